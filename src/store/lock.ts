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
  const key = createHash('sha256').update(name).digest().readBigInt64BE();
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${key.toString()}::bigint)`.execute(connection);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${key.toString()}::bigint)`.execute(connection);
    }
  });
};
