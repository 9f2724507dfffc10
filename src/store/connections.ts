/** Configured accounts at connectors. */
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { Verification } from '#core/model.ts';
import { instant, newId, type Executor, type Row } from './database.ts';
import type { ConnectionState, Settings } from './schema.ts';
import { changedNow } from './version.ts';

export type ConnectionRow = Row<'connection'>;

export const insertConnection = async (
  db: Executor,
  input: {
    connector: string;
    name: string;
    settings: Settings;
    requestsPerSecond: number | null;
    scheduleLink?: boolean | undefined;
  },
): Promise<ConnectionRow> =>
  db
    .insertInto('connection')
    .values({
      id: newId('cn'),
      connector: input.connector,
      name: input.name,
      state: 'active',
      settings: JSON.stringify(input.settings),
      requests_per_second: input.requestsPerSecond,
      schedule_link: input.scheduleLink ?? false,
    })
    .returningAll()
    .executeTakeFirstOrThrow();

export const findConnection = async (db: Executor, id: string): Promise<ConnectionRow> => {
  const row = await db
    .selectFrom('connection')
    .selectAll()
    .where('id', '=', id)
    .where('state', '!=', 'removed')
    .executeTakeFirst();
  if (!row) throw notFound('connection', id);
  return row;
};

/** The same, held until the transaction ends, so that it is neither changed nor removed meanwhile. */
export const lockConnection = async (tx: Executor, id: string): Promise<ConnectionRow> => {
  const row = await tx
    .selectFrom('connection')
    .selectAll()
    .where('id', '=', id)
    .where('state', '!=', 'removed')
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('connection', id);
  return row;
};

/** Oldest first; a hub has a handful of them. */
export const listConnections = async (
  db: Executor,
  page: { after: string | null; limit: number },
): Promise<ConnectionRow[]> =>
  db
    .selectFrom('connection')
    .selectAll()
    .where('state', '!=', 'removed')
    .$if(page.after !== null, (query) =>
      query.where(
        sql<boolean>`(created_at, id) > (select created_at, id from connection where id = ${page.after})`,
      ),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(page.limit)
    .execute();

/** Connections of these connectors that are not removed, oldest first. */
export const connectionsWith = async (
  db: Executor,
  connectors: readonly string[],
): Promise<ConnectionRow[]> =>
  connectors.length === 0
    ? []
    : db
        .selectFrom('connection')
        .selectAll()
        .where('state', '!=', 'removed')
        .where('connector', 'in', [...connectors])
        .orderBy('created_at')
        .orderBy('id')
        .execute();

/** Secrets count, too: where they alone are changed, there is nothing else to give. */
export const updateConnection = async (
  db: Executor,
  id: string,
  change: {
    name?: string;
    settings?: Settings;
    requestsPerSecond?: number | null;
    scheduleLink?: boolean;
  },
): Promise<void> => {
  await db
    .updateTable('connection')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.settings === undefined ? {} : { settings: JSON.stringify(change.settings) }),
      ...(change.requestsPerSecond === undefined
        ? {}
        : { requests_per_second: change.requestsPerSecond }),
      ...(change.scheduleLink === undefined ? {} : { schedule_link: change.scheduleLink }),
      ...changedNow,
    })
    .where('id', '=', id)
    .execute();
};

/** Stops all outside calls of a connection until a person resumes it; says why in plain words. */
export const pauseConnection = async (
  db: Executor,
  id: string,
  code: string,
  text: string,
): Promise<void> => {
  await db
    .updateTable('connection')
    .set({ state: 'paused', pause_code: code, pause_text: text, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .execute();
};

export const resumeConnection = async (db: Executor, id: string): Promise<void> => {
  await db
    .updateTable('connection')
    .set({ state: 'active', pause_code: null, pause_text: null, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('state', '=', 'paused')
    .execute();
};

export const markRemoved = async (db: Executor, id: string): Promise<void> => {
  await db
    .updateTable('connection')
    .set({ state: 'removed', removed_at: sql<Date>`now()`, sweep_due_at: null })
    .where('id', '=', id)
    .execute();
};

export const updateVerification = async (
  db: Executor,
  id: string,
  verification: Verification,
): Promise<void> => {
  await db
    .updateTable('connection')
    .set({ verification: JSON.stringify(verification), verified_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
};

export const updateSweep = async (
  db: Executor,
  id: string,
  sweep: { cursor: string | null; dueAt: number; sweptAt: number },
): Promise<void> => {
  await db
    .updateTable('connection')
    .set({
      sweep_cursor: sweep.cursor,
      sweep_due_at: new Date(sweep.dueAt),
      swept_at: new Date(sweep.sweptAt),
    })
    .where('id', '=', id)
    .execute();
};

export const findDueSweeps = async (db: Executor, now: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('connection')
    .select('id')
    .where('state', '=', 'active')
    .where('sweep_due_at', '<=', instant(now))
    .execute();
  return rows.map((row) => row.id);
};

/** Connections that nobody has swept yet: made just now, or by a process that died over it. */
export const findNeverSwept = async (db: Executor): Promise<string[]> => {
  const rows = await db
    .selectFrom('connection')
    .select('id')
    .where('state', '=', 'active')
    .where('swept_at', 'is', null)
    .execute();
  return rows.map((row) => row.id);
};

export const setSweepDue = async (db: Executor, id: string, dueAt: number): Promise<void> => {
  await db
    .updateTable('connection')
    .set({ sweep_due_at: new Date(dueAt) })
    .where('id', '=', id)
    .execute();
};

export interface ConnectionHealth {
  id: string;
  name: string;
  connector: string;
  state: ConnectionState;
  pauseText: string | null;
  /** A hook of it was deleted at the vendor by a person, so its rules rest. */
  webhookRemoved: boolean;
}

/** Whether rules may rely on these connections; removed ones are told too. */
export const connectionHealths = async (
  db: Executor,
  ids: readonly string[],
): Promise<Map<string, ConnectionHealth>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('connection')
    .select((select) => [
      'id',
      'name',
      'connector',
      'state',
      'pause_text as pauseText',
      select
        .exists(
          select
            .selectFrom('webhook')
            .select('webhook.id')
            .whereRef('webhook.connection_id', '=', 'connection.id')
            .where('webhook.state', '=', 'removed_at_vendor'),
        )
        .$castTo<boolean>()
        .as('webhookRemoved'),
    ])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
};
