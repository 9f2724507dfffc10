import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLink } from '#store/one-time-links.ts';
import { openDatabase, serverTime } from '#store/database.ts';
import { createTestDatabase } from '#store/testing.ts';
import { run } from './testing.ts';

test('prints a link that takes the place of the one before, for a day', async (t) => {
  const database = await createTestDatabase();
  const { db, close } = openDatabase(database.url, { max: 1, onError: () => undefined });
  t.after(async () => {
    await close();
    await database.drop();
  });
  const env = { DATABASE_URL: database.url, LOOPWRIGHT_PUBLIC_URL: 'https://hub.example.com' };
  const now = await serverTime(db);
  const make = async (): Promise<string> => {
    const { code, out, err } = await run(['setup-link'], env);
    assert.equal(code, 0, err);
    const [, token] = /^https:\/\/hub\.example\.com\/setup\/([\w-]{32})$/.exec(out) ?? [];
    assert.ok(token, out);
    return token;
  };
  const first = await make();
  const link = await findLink(db, 'setup', first, now);
  assert.equal(link?.by_command, true);
  assert.ok(Math.abs(link.expires_at - now - 24 * 3_600_000) < 60_000);
  const second = await make();
  assert.equal(await findLink(db, 'setup', first, now), null);
  assert.ok(await findLink(db, 'setup', second, now));
  assert.equal(await findLink(db, 'setup', second, now + 25 * 3_600_000), null);
});
