import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { allActiveJobs, openQueue, queueSizes, takeBack, type QueueHandle } from './queue.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let handle: DatabaseHandle;
let queue: QueueHandle;

const onError = (error: Error): void => {
  throw error;
};

before(async () => {
  database = await createTestDatabase();
  handle = openDatabase(database.url, { max: 2, onError });
  queue = await openQueue(database.url, { worker: false, onError });
});

after(async () => {
  await queue.stop(1_000);
  await handle.close();
  await database.drop();
});

const waiting = async (name: string): Promise<number> =>
  (await queueSizes(handle.db)).find((size) => size.queue === name)?.waiting ?? 0;

test('takes back a scheduled job, which carries no data, as well as one with a key', async () => {
  await queue.boss.insert('tick', [{}]);
  await queue.send(handle.db, 'sweep', { connectionId: 'cn_1' });
  await queue.boss.fetch('tick');
  await queue.boss.fetch('sweep');
  const active = await allActiveJobs(handle.db);
  assert.deepEqual(active.map((job) => job.queue).sort(), ['sweep', 'tick']);
  await takeBack(queue, handle.db, active);
  assert.deepEqual(await allActiveJobs(handle.db), []);
  assert.equal(await waiting('tick'), 1);
  await queue.send(handle.db, 'sweep', { connectionId: 'cn_1' });
  assert.equal(await waiting('sweep'), 1, 'it kept its key');
});
