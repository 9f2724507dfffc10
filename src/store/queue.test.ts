import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { inTransaction, openDatabase, type DatabaseHandle } from './database.ts';
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
  const candidacy = { connectionId: 'cn_1', remoteId: 'op_0' };
  await queue.send(handle.db, 'apply-rule', candidacy);
  for (const name of ['tick', 'sweep', 'apply-rule']) await queue.boss.fetch(name);
  const active = await allActiveJobs(handle.db);
  assert.deepEqual(active.map((job) => job.queue).sort(), ['apply-rule', 'sweep', 'tick']);
  await takeBack(queue, handle.db, active);
  assert.deepEqual(await allActiveJobs(handle.db), []);
  assert.equal(await waiting('tick'), 1);
  await queue.send(handle.db, 'sweep', { connectionId: 'cn_1' });
  assert.equal(await waiting('sweep'), 1, 'it kept its key');
  await queue.send(handle.db, 'apply-rule', candidacy);
  assert.equal(await waiting('apply-rule'), 1, 'so did one with two ids');
});

test('begins a job that was asked for again only when whoever asked has committed', async () => {
  const job = { effectId: 'ef_1' };
  const worker = await openQueue(database.url, { worker: true, onError });
  const seen: string[] = [];
  const began = Promise.withResolvers<undefined>();
  try {
    await sql`create table owed (what text)`.execute(handle.db);
    await queue.send(handle.db, 'record-result', job);
    await inTransaction(handle.db, async (tx) => {
      await sql`insert into owed values ('news')`.execute(tx);
      // One like it is queued, so this makes none.
      await queue.send(tx, 'record-result', job);
      await worker.work('record-result', async () => {
        const { rows } = await sql<{ what: string }>`select what from owed`.execute(handle.db);
        seen.push(...rows.map((row) => row.what));
        began.resolve(undefined);
      });
      await workerWaits(began.promise);
    });
    await began.promise;
    assert.deepEqual(seen, ['news']);
  } finally {
    await worker.stop(1_000);
  }
});

/** Resolves once a worker stands before a lock that a sender holds, or has `begun` regardless. */
const workerWaits = async (begun: Promise<unknown>): Promise<void> => {
  const waits = sql`select from pg_locks where locktype = 'advisory' and not granted`;
  const over = begun.then(() => true);
  for (;;) {
    const { rows } = await waits.execute(handle.db);
    if (rows.length > 0 || (await Promise.race([over, Promise.resolve(false)]))) return;
  }
};
