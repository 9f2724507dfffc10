/**
 * Which processes of the hub are alive. Each holds an advisory lock on a connection of its own;
 * PostgreSQL frees it the moment the process is gone, which proves the death without a clock.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { sql } from 'kysely';
import type { Executor } from './database.ts';

const lockClass = 727_002;

export interface LivingProcess {
  /** Changes when the proof was lost and given anew. */
  id(): number;
  /** False while the connection that proves our life is lost: others may take our work then. */
  isProven(): boolean;
  end(): Promise<void>;
}

const betweenTries = 1_000;

/**
 * Registers this process and keeps its lock until `end`. When the connection breaks (the database
 * restarted, say), it registers anew under another id as soon as it can.
 */
export const registerProcess = async (
  url: string,
  role: string,
  onLost: () => void,
): Promise<LivingProcess> => {
  const ended = new AbortController();
  let current: { client: pg.Client; id: number } | null = null;
  let lastId = 0;

  const register = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'loopwright-process',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => {
      if (current?.client !== client) return;
      current = null;
      onLost();
      void registerAgain();
    });
    await client.connect();
    const { rows } = await client.query<{ id: number }>(
      'insert into process (role) values ($1) returning id',
      [role],
    );
    lastId = rows[0]?.id ?? 0;
    await client.query('select pg_advisory_lock($1, $2)', [lockClass, lastId]);
    current = { client, id: lastId };
  };

  const registerAgain = async (): Promise<void> => {
    while (current === null && !ended.signal.aborted) {
      await register().catch(() =>
        pause(betweenTries, undefined, { signal: ended.signal }).catch(() => undefined),
      );
    }
  };

  await register();
  return {
    id: () => lastId,
    isProven: () => current !== null,
    async end() {
      ended.abort();
      const held = current;
      current = null;
      await held?.client.end();
    },
  };
};

/** Forgets processes whose lock is free and returns their ids, and whether any other is alive. */
export const buryDead = async (
  db: Executor,
  selfId: number,
): Promise<{ dead: number[]; othersAlive: boolean }> => {
  const { rows } = await sql<{ id: number; alive: boolean }>`
    select process.id, exists (
      select 1 from pg_locks
      where locktype = 'advisory' and classid = ${lockClass}::oid and objid = process.id::oid
        and objsubid = 2 and granted
        and database = (select oid from pg_database where datname = current_database())) as alive
    from process where process.id <> ${selfId}`.execute(db);
  const dead = rows.filter((row) => !row.alive).map((row) => row.id);
  if (dead.length > 0) await db.deleteFrom('process').where('id', 'in', dead).execute();
  return { dead, othersAlive: rows.some((row) => row.alive) };
};

export const startRun = async (
  db: Executor,
  run: { jobId: string; queue: string; processId: number },
): Promise<void> => {
  await db
    .insertInto('job_run')
    .values({ job_id: run.jobId, queue: run.queue, process_id: run.processId })
    .onConflict((conflict) => conflict.column('job_id').doUpdateSet({ process_id: run.processId }))
    .execute();
};

export const endRun = async (db: Executor, jobId: string): Promise<void> => {
  await db.deleteFrom('job_run').where('job_id', '=', jobId).execute();
};

export const forgetRuns = async (db: Executor, processIds: readonly number[]): Promise<void> => {
  if (processIds.length > 0)
    await db.deleteFrom('job_run').where('process_id', 'in', processIds).execute();
};
