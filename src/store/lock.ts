/** One at a time over all processes, for work that talks to a vendor and so cannot sit in a transaction. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Callers of this process stand in line here, so that at most one of them waits on a connection. */
const lines = new WeakMap<Database, Map<string, Promise<unknown>>>();

/** Waits for the lock of this name, works, and frees it; a dying process frees it as well. */
export const withLock = async <T>(
  db: Database,
  name: string,
  work: () => Promise<T>,
): Promise<T> => {
  const line = lines.get(db) ?? new Map<string, Promise<unknown>>();
  lines.set(db, line);
  const turn = (line.get(name) ?? Promise.resolve()).then(() => locked(db, name, work));
  const settled = turn.catch(() => undefined);
  line.set(name, settled);
  try {
    return await turn;
  } finally {
    if (line.get(name) === settled) line.delete(name);
  }
};

const locked = <T>(db: Database, name: string, work: () => Promise<T>): Promise<T> => {
  const key = keyOf(name);
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${key}::bigint)`.execute(connection);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${key}::bigint)`.execute(connection);
    }
  });
};

/** Resolves to false, without working, where another has the lock of this name. */
export const withFreeLock = (
  db: Database,
  name: string,
  work: () => Promise<void>,
): Promise<boolean> =>
  db.connection().execute(async (connection) => {
    const key = keyOf(name);
    const { rows } = await sql<{ free: boolean }>`
      select pg_try_advisory_lock(${key}::bigint) as free`.execute(connection);
    if (rows[0]?.free !== true) return false;
    try {
      await work();
      return true;
    } finally {
      await sql`select pg_advisory_unlock(${key}::bigint)`.execute(connection);
    }
  });

const keyOf = (name: string): string =>
  createHash('sha256').update(name).digest().readBigInt64BE().toString();
