/** The pool, the transaction, and how values cross between JavaScript and PostgreSQL. */
import { randomBytes } from 'node:crypto';
import { Kysely, PostgresDialect, sql, type Selectable, type Transaction } from 'kysely';
import pg from 'pg';
import { LoopwrightError } from '#core/errors.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;
/** Either the pool or an open transaction: what every store function takes. */
export type Executor = Kysely<Schema> | Transaction<Schema>;
export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;

/** `timestamptz` is read as milliseconds, `int8` as a number: none of ours outgrows one. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => {
    if (id === pg.types.builtins.TIMESTAMPTZ) return (text: string) => Date.parse(text);
    if (id === pg.types.builtins.INT8) return Number;
    return pg.types.getTypeParser(id, format) as (text: string) => unknown;
  },
};

export interface DatabaseHandle {
  db: Database;
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens a pool; `onError` hears of connections that broke while idle. */
export const openDatabase = (
  url: string,
  options: { max: number; onError: (error: Error) => void },
): DatabaseHandle => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    connectionTimeoutMillis: 5_000,
    application_name: 'loopwright',
    types,
  });
  // Without a listener a broken idle connection ends the process.
  pool.on('error', options.onError);
  // So does one that breaks in use; whoever uses it hears of it by the query that fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
};

export const inTransaction = <T>(
  db: Executor,
  work: (tx: Transaction<Schema>) => Promise<T>,
): Promise<T> => db.transaction().execute(work);

/** The database's own clock, for who has none. */
export const clockOf = async (db: Executor): Promise<number> => {
  const { rows } = await sql<{ now: number }>`select now()`.execute(db);
  return rows[0]?.now ?? 0;
};

/** An instant (milliseconds) to compare a column with. */
export const instant = (milliseconds: number) =>
  sql<number>`${new Date(milliseconds)}::timestamptz`;

/** The database's own clock, for commands, which have none. */
export const serverTime = async (db: Executor): Promise<number> => {
  const { rows } = await sql<{ now: number }>`select now() as now`.execute(db);
  return rows[0]?.now ?? 0;
};

/** Crockford's alphabet in lower case: no letter is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** `prefix_` and `length` random characters of 5 bits each; 26 make 130 bits. */
export const newId = (prefix: string, length = 14): string =>
  `${prefix}_${[...randomBytes(length)].map((byte) => alphabet[byte & 31]).join('')}`;

/** Whether one of these columns has the text in it, in any case; without a text, all have. */
export const isNamed = (text: string | undefined, ...columns: readonly string[]) =>
  text === undefined
    ? sql<boolean>`true`
    : sql<boolean>`(${sql.join(
        columns.map((column) => sql`position(lower(${text}) in lower(${sql.ref(column)})) > 0`),
        sql` or `,
      )})`;

/** An opaque cursor over `(instant, id)`; `null` reads from the start. */
export const encodeCursor = (...parts: Array<string | number>): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

export const decodeCursor = (cursor: string): Array<string | number> => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.every((p) => typeof p === 'string' || typeof p === 'number'))
      return parts;
  } catch {
    // falls through to the same answer as any other unreadable cursor
  }
  throw new LoopwrightError(
    'cursor_invalid',
    422,
    'list: the cursor is not one of ours. Start again without a cursor.',
    'cursor',
  );
};

/** Whether the failure is the database being away rather than a fault in the statement. */
export const isDatabaseAway = (thrown: unknown): boolean => {
  if (!(thrown instanceof Error)) return false;
  const code = (thrown as NodeJS.ErrnoException).code ?? '';
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'].includes(code) ||
    // 57P0x: the server is shutting down or starting; 08xxx: connection exceptions; 53300: too many
    /^(57P0[1-5]|08\w{3}|53300)$/.test(code) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(thrown.message)
  );
};

/** Whether a statement failed because the row that it refers to is gone (SQLSTATE 23503). */
export const isMissingReference = (thrown: unknown): boolean =>
  thrown instanceof Error && (thrown as NodeJS.ErrnoException).code === '23503';
