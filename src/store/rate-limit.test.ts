import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { holdTurns, takeTurn } from './rate-limit.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let handle: DatabaseHandle;

before(async () => {
  database = await createTestDatabase();
  handle = openDatabase(database.url, { max: 4, onError: () => undefined });
});

after(async () => {
  await handle.close();
  await database.drop();
});

/** So slow a limit that no test run can earn a turn back. */
const limit = { perSecond: 0.001, burst: 5 };

test('gives a whole burst at once, also to callers that come together, and then makes wait', async () => {
  const waits = await Promise.all(
    Array.from({ length: 6 }, () => takeTurn(handle.db, 'together', limit, 2_000_000)),
  );
  assert.equal(waits.filter((wait) => wait === 0).length, 5);
  const sixth = waits.find((wait) => wait !== 0) ?? 0;
  assert.ok(sixth > 990_000 && sixth <= 1_000_000, `waits ${String(sixth)} ms`);
});

test('refuses a turn that would come too late, and does not use it up', async () => {
  for (let call = 0; call < 5; call += 1) await takeTurn(handle.db, 'late', limit, 0);
  assert.equal(await takeTurn(handle.db, 'late', limit, 1_000), null);
  assert.equal(await takeTurn(handle.db, 'late', limit, 1_000), null);
  const next = await takeTurn(handle.db, 'late', limit, 2_000_000);
  assert.ok(next !== null && next <= 1_000_000, 'refused turns were counted');
});

test('holds everybody back after the vendor said so, without a burst afterwards', async () => {
  await holdTurns(handle.db, 'held', limit, 60_000);
  const wait = await takeTurn(handle.db, 'held', limit, 10_000_000);
  assert.ok(wait !== null && wait > 55_000 && wait <= 60_000, `waits ${String(wait)} ms`);
  const second = await takeTurn(handle.db, 'held', limit, 10_000_000);
  assert.ok(second !== null && second > 1_000_000, `second waits ${String(second)} ms`);
});

test('keeps buckets apart', async () => {
  for (let call = 0; call < 5; call += 1) await takeTurn(handle.db, 'one', limit, 0);
  assert.equal(await takeTurn(handle.db, 'other', limit, 0), 0);
});
