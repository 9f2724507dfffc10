/** The queue: pg-boss on the same database, so that a job is enqueued in the transaction that needs it. */
import { createHash } from 'node:crypto';
import { fromKysely, PgBoss, type Job } from 'pg-boss';
import { sql } from 'kysely';
import type { Executor } from './database.ts';

/** What travels in a job: ids only, never candidate data or secrets. */
export interface JobData {
  /** Re-read a candidate and apply the rules. `remoteId` is the ATS's id of the candidacy. */
  'apply-rule': { connectionId: string; remoteId: string };
  /** Perform the effects that a candidate is owed. */
  'perform-effects': { candidateId: string };
  /** Bring the outside in step with an interview's plan. */
  'reconcile-interview': { interviewId: string };
  /** See whether the ATS still has an interview that was pushed to it. */
  'look-at-ats': { interviewId: string };
  /** Read an assessment's result and bring the ATS in step. */
  'record-result': { effectId: string };
  /** Re-read what a lost webhook would have told, for one connection. */
  sweep: { connectionId: string };
  /** Hand over a mail about an account. */
  'send-mail': { mailId: string };
  /** Refresh what a vendor offers to choose from. */
  'refresh-choices': { connectionId: string };
  /** Enqueues another job when its time has come; one that waits must not block one that is due. */
  later: {
    queue: 'apply-rule' | 'perform-effects' | 'reconcile-interview' | 'record-result' | 'sweep';
    data: object;
    key: string;
  };
  /** Looks for whatever is due; runs every minute. */
  tick: Record<string, never>;
}

export type QueueName = keyof JobData;

/** One queued and one running job per key, the next one fetched when the running one is done. */
const oneByOne = [
  'apply-rule',
  'perform-effects',
  'reconcile-interview',
  'look-at-ats',
  'record-result',
  'sweep',
  'refresh-choices',
  'send-mail',
] as const;
const isOneByOne = (name: QueueName): boolean => (oneByOne as readonly QueueName[]).includes(name);
const queueNames: readonly QueueName[] = [...oneByOne, 'later', 'tick'];

const heartbeatSeconds = 15;
/** Jobs at once in each process. Every arrival wakes all of a queue's workers, so they are few. */
const concurrency: Record<QueueName, number> = {
  'apply-rule': 4,
  'perform-effects': 4,
  'reconcile-interview': 4,
  'look-at-ats': 1,
  'record-result': 2,
  sweep: 2,
  'refresh-choices': 1,
  'send-mail': 1,
  later: 1,
  tick: 1,
};

export interface QueueHandle {
  boss: PgBoss;
  /** Enqueues inside `tx`; a job with the same key that is still queued makes it superfluous. */
  send<Name extends Exclude<QueueName, 'later' | 'tick'>>(
    tx: Executor,
    name: Name,
    data: JobData[Name],
  ): Promise<void>;
  sendMany<Name extends Exclude<QueueName, 'later' | 'tick'>>(
    tx: Executor,
    name: Name,
    data: ReadonlyArray<JobData[Name]>,
  ): Promise<void>;
  /** Enqueues for a later instant (milliseconds since the epoch). */
  sendLater<Name extends JobData['later']['queue']>(
    tx: Executor,
    name: Name,
    data: JobData[Name],
    at: number,
  ): Promise<void>;
  work<Name extends QueueName>(
    name: Name,
    handler: (data: JobData[Name], jobId: string) => Promise<void>,
  ): Promise<void>;
  stop(timeout: number): Promise<void>;
}

/** Jobs with the same key are one: the subject they are about. PostgreSQL reorders `data`. */
const keyOf = (name: QueueName, data: object): string =>
  Object.entries(data)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, value]) => String(value))
    .join('/') || name;

/**
 * A job that is queued already makes a second one superfluous only if it begins after the second
 * sender's commit: else it would read the state before, and nobody would look again. So senders
 * share a lock until they commit, and a job takes it alone for a moment before it begins. 256
 * locks stand for all keys, as thousands can be sent in one transaction.
 */
const startLock = 727_003;

const startLockOf = (name: QueueName, key: string): number =>
  createHash('sha256').update(`${name}/${key}`).digest().readUInt8(0);

const holdStarts = async (tx: Executor, name: QueueName, keys: string[]): Promise<void> => {
  const locks = [...new Set(keys.map((key) => startLockOf(name, key)))].sort((a, b) => a - b);
  await sql`
    select pg_advisory_xact_lock_shared(${startLock}, lock)
    from unnest(${locks}::int[]) as lock`.execute(tx);
};

const awaitSenders = async (boss: PgBoss, lock: number): Promise<void> => {
  await boss.getDb().executeSql('select pg_advisory_xact_lock($1, $2)', [startLock, lock]);
};

export const openQueue = async (
  url: string,
  options: { worker: boolean; onError: (error: Error) => void },
): Promise<QueueHandle> => {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'loopwright-queue',
    max: options.worker ? 6 : 2,
    useListenNotify: options.worker,
    supervise: options.worker,
    superviseIntervalSeconds: 5,
    // The check for missed heartbeats; once a minute unless said.
    monitorIntervalSeconds: 5,
    schedule: options.worker,
  });
  boss.on('error', options.onError);
  await boss.start();
  for (const name of queueNames) {
    await boss.createQueue(name, {
      policy: isOneByOne(name) ? 'stately' : 'standard',
      notify: true,
      heartbeatSeconds,
      expireInSeconds: 900,
      // Expected failures are kept in the ledger; a job fails only when something broke under it
      // (the database went away, the process died), and then it is tried until it goes through.
      retryLimit: 10_000,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      deleteAfterSeconds: 3_600,
    });
  }
  if (options.worker) await boss.schedule('tick', '* * * * *');

  const insert = async (
    tx: Executor,
    name: QueueName,
    jobs: Array<{ data: object; singletonKey?: string; startAfter?: Date }>,
  ): Promise<void> => {
    if (jobs.length === 0) return;
    const keys = jobs.flatMap(({ singletonKey }) => singletonKey ?? []);
    // Outside a transaction, what the job reads is committed before it is sent.
    if (tx.isTransaction && keys.length > 0) await holdStarts(tx, name, keys);
    await boss.insert(name, jobs, { db: fromKysely(tx) });
  };

  return {
    boss,
    send: (tx, name, data) => insert(tx, name, [{ data, singletonKey: keyOf(name, data) }]),
    sendMany: (tx, name, data) => {
      const byKey = new Map(data.map((one) => [keyOf(name, one), one]));
      return insert(
        tx,
        name,
        [...byKey].map(([singletonKey, one]) => ({ data: one, singletonKey })),
      );
    },
    sendLater: (tx, name, data, at) =>
      insert(tx, 'later', [
        { data: { queue: name, data, key: keyOf(name, data) }, startAfter: new Date(at) },
      ]),
    async work(name, handler) {
      for (let worker = 0; worker < concurrency[name]; worker += 1) {
        const id = await boss.work<JobData[typeof name]>(
          name,
          {
            batchSize: 1,
            pollingIntervalSeconds: 0.5,
            notifyPollingIntervalSeconds: name === 'later' ? 0.5 : 5,
          },
          async (jobs: Job<JobData[typeof name]>[]) => {
            for (const job of jobs) {
              if (isOneByOne(name))
                await awaitSenders(boss, startLockOf(name, keyOf(name, job.data)));
              await handler(job.data, job.id);
            }
            // Without this the worker sleeps a polling interval although more may be waiting.
            boss.notifyWorker(id);
          },
        );
      }
    },
    async stop(timeout) {
      await boss.stop({ graceful: true, timeout });
    },
  };
};

interface ActiveJob {
  id: string;
  queue: QueueName;
  data: object | null;
}

/** Jobs that a process was working on, whatever became of it. */
export const activeJobsOf = async (
  db: Executor,
  processIds: readonly number[],
): Promise<ActiveJob[]> => {
  if (processIds.length === 0) return [];
  const { rows } = await sql<ActiveJob>`
    select job.id, job.name as queue, job.data
    from pgboss.job job join job_run on job_run.job_id = job.id
    where job.state = 'active' and job_run.process_id = any(${[...processIds]}::int[])`.execute(db);
  return rows;
};

/** Every job that is marked as running; none of them is, when no process is alive. */
export const allActiveJobs = async (db: Executor): Promise<ActiveJob[]> => {
  const names = queueNames.map(String);
  const { rows } = await sql<ActiveJob>`
    select id, name as queue, data from pgboss.job
    where state = 'active' and name = any(${names}::text[])`.execute(db);
  return rows;
};

/** Takes jobs of a dead process back: the old ones end, and the same work is queued anew. */
export const takeBack = async (
  queue: QueueHandle,
  tx: Executor,
  jobs: readonly ActiveJob[],
): Promise<void> => {
  for (const job of jobs) {
    await queue.boss.cancel(job.queue, job.id, { db: fromKysely(tx) });
    // The scheduled tick comes without data.
    const data = job.data ?? {};
    const key = isOneByOne(job.queue) ? { singletonKey: keyOf(job.queue, data) } : {};
    if (key.singletonKey !== undefined) await holdStarts(tx, job.queue, [key.singletonKey]);
    await queue.boss.insert(job.queue, [{ data, ...key }], { db: fromKysely(tx) });
  }
};

export interface QueueSize {
  queue: string;
  waiting: number;
  running: number;
  /** Given up; kept for a while, and what they were for is tried again by the tick. */
  failed: number;
  /** Milliseconds since the epoch of the job that has been due the longest. */
  oldestDue: number | null;
}

/** How much work waits, by queue. */
export const queueSizes = async (db: Executor): Promise<QueueSize[]> => {
  const names = queueNames.map(String);
  const { rows } = await sql<QueueSize>`
    select names.queue,
      count(*) filter (where state in ('created', 'retry')) as waiting,
      count(*) filter (where state = 'active') as running,
      count(*) filter (where state = 'failed') as failed,
      min(start_after) filter (where state in ('created', 'retry') and start_after <= now()) as "oldestDue"
    from unnest(${names}::text[]) as names (queue)
    left join pgboss.job on job.name = names.queue and state in ('created', 'retry', 'active', 'failed')
    group by names.queue order by names.queue`.execute(db);
  return rows;
};
