import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { insertConnection } from './connections.ts';
import { inTransaction, openDatabase, type DatabaseHandle } from './database.ts';
import { finishDeliveries, insertDeliveries, listDeliveries, newestQueued } from './deliveries.ts';
import { openQueue, type QueueHandle } from './queue.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import { ensureWebhook } from './webhooks.ts';

let database: TestDatabase;
let handle: DatabaseHandle;
let queue: QueueHandle;
let connectionId = '';
let webhookId = '';

before(async () => {
  database = await createTestDatabase();
  handle = openDatabase(database.url, { max: 4, onError: () => undefined });
  queue = await openQueue(database.url, { worker: false, onError: () => undefined });
  const input = { connector: 'lever', name: 'L', settings: {}, requestsPerSecond: null };
  connectionId = (await insertConnection(handle.db, input)).id;
  webhookId = (await ensureWebhook(handle.db, connectionId, 'e', (token) => token)).id;
});

after(async () => {
  await queue.stop(1_000);
  await handle.close();
  await database.drop();
});

const delivery = (dedupeKey: string, candidate: string | null) => ({
  webhookId,
  connectionId,
  dedupeKey,
  event: 'candidateStageChange',
  wakes: candidate === null ? [] : [{ kind: 'candidate' as const, id: candidate }],
  subject: candidate,
});

test('stores an event once, within a batch and over batches', async () => {
  const first = await insertDeliveries(handle.db, [
    delivery('a', 'c1'),
    delivery('b', 'c1'),
    delivery('a', 'c2'),
  ]);
  const second = await insertDeliveries(handle.db, [delivery('b', 'c9'), delivery('c', null)]);
  assert.deepEqual([first, second], [[0, 1], [1]]);
  const rows = await listDeliveries(handle.db, { connectionId, before: null, limit: 10 });
  assert.deepEqual(
    rows.map((row) => [row.dedupe_key, row.subject, row.state]),
    [
      ['c', null, 'ignored'],
      ['b', 'c1', 'queued'],
      ['a', 'c1', 'queued'],
    ],
  );
});

test('closes what was received before a read, and leaves what came later', async () => {
  await insertDeliveries(handle.db, [delivery('d', 'c3')]);
  const upTo = await newestQueued(handle.db, connectionId, 'c3');
  assert.ok(upTo !== null);
  await insertDeliveries(handle.db, [delivery('e', 'c3')]);
  await finishDeliveries(handle.db, connectionId, 'c3', upTo, 'read');
  const rows = await listDeliveries(handle.db, { connectionId, before: null, limit: 2 });
  assert.deepEqual(
    rows.map((row) => [row.dedupe_key, row.state]),
    [
      ['e', 'queued'],
      ['d', 'done'],
    ],
  );
});

test('leaves neither delivery nor job behind when the transaction is rolled back', async () => {
  const jobs = async () =>
    (await queue.boss.getQueueStats('apply-rule', { force: true }))[0]?.totalCount;
  const before = await jobs();
  await assert.rejects(
    inTransaction(handle.db, async (tx) => {
      await insertDeliveries(tx, [delivery('lost', 'c4')]);
      await queue.send(tx, 'apply-rule', { connectionId, remoteId: 'c4' });
      throw new Error('rolled back');
    }),
    /rolled back/,
  );
  assert.equal(await newestQueued(handle.db, connectionId, 'c4'), null);
  assert.deepEqual(await queue.boss.findJobs('apply-rule'), []);
  assert.equal(await jobs(), before);
});

test('keeps one queued job per candidate, and queues another once the first is running', async () => {
  const data = { connectionId, remoteId: 'c5' };
  await queue.send(handle.db, 'apply-rule', data);
  await queue.send(handle.db, 'apply-rule', data);
  assert.equal((await queue.boss.fetch('apply-rule', { batchSize: 5 })).length, 1);
  await queue.send(handle.db, 'apply-rule', data);
  assert.equal((await queue.boss.fetch('apply-rule', { batchSize: 5 })).length, 0);
  const waiting = await queue.boss.findJobs('apply-rule');
  assert.deepEqual(waiting.map((job) => job.state).sort(), ['active', 'created']);
});
