import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { buryDead, registerProcess } from './processes.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let handle: DatabaseHandle;

before(async () => {
  database = await createTestDatabase();
  handle = openDatabase(database.url, { max: 2, onError: () => undefined });
});

after(async () => {
  await handle.close();
  await database.drop();
});

const register = (onLost: () => void = () => undefined) =>
  registerProcess(database.url, 'all', onLost);

const until = async (condition: () => Promise<boolean> | boolean): Promise<void> => {
  const signal = AbortSignal.timeout(10_000);
  while (!(await condition())) {
    assert.ok(!signal.aborted, 'did not happen in time');
    await pause(20);
  }
};

test('takes a process for dead when its lock is free, and for alive as long as it is held', async () => {
  const [self, other] = [await register(), await register()];
  assert.deepEqual(await buryDead(handle.db, self.id()), { dead: [], othersAlive: true });
  await other.end();
  await until(async () => !(await buryDead(handle.db, self.id())).othersAlive);
  assert.deepEqual(await buryDead(handle.db, self.id()), { dead: [], othersAlive: false });
  await self.end();
});

test('registers anew under another id when its connection broke, and is unproven in between', async () => {
  let lost = 0;
  const process = await register(() => (lost += 1));
  const first = process.id();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'loopwright-process' and datname = current_database()`.execute(
    handle.db,
  );
  await until(() => lost === 1);
  await until(() => process.isProven());
  assert.notEqual(process.id(), first);
  const self = await register();
  const { dead, othersAlive } = await buryDead(handle.db, self.id());
  assert.deepEqual([dead.includes(first), othersAlive], [true, true]);
  await Promise.all([process.end(), self.end()]);
});
