/** The inbox: what vendors' webhooks told us, each event once. Bodies are not kept, only their ids. */
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { Wake } from '#core/model.ts';
import type { DeliveryState } from './schema.ts';
import { instant, type Executor, type Row } from './database.ts';

export type DeliveryRow = Row<'delivery'>;

export interface NewDelivery {
  webhookId: string;
  connectionId: string;
  dedupeKey: string;
  event: string;
  wakes: Wake[];
  /** The candidacy it is about, when it is about exactly one. */
  subject: string | null;
}

/**
 * Inserts many in one statement. Returns the positions of the new ones; the others were known
 * already (a retry, a copy, a replayed capture) and must have no effect.
 */
export const insertDeliveries = async (
  db: Executor,
  deliveries: readonly NewDelivery[],
): Promise<number[]> => {
  const { rows } = await sql<{ webhook_id: string; dedupe_key: string }>`
    insert into delivery (webhook_id, connection_id, dedupe_key, event, wakes, subject, state)
    select * from unnest(
      ${deliveries.map((d) => d.webhookId)}::text[],
      ${deliveries.map((d) => d.connectionId)}::text[],
      ${deliveries.map((d) => d.dedupeKey)}::text[],
      ${deliveries.map((d) => d.event)}::text[],
      ${deliveries.map((d) => JSON.stringify(d.wakes))}::jsonb[],
      ${deliveries.map((d) => d.subject)}::text[],
      ${deliveries.map(stateOf)}::text[])
    on conflict (webhook_id, dedupe_key) do nothing
    returning webhook_id, dedupe_key`.execute(db);
  const fresh = new Set(rows.map((row) => `${row.webhook_id} ${row.dedupe_key}`));
  return deliveries.flatMap((delivery, position) => {
    // The first of several equal ones in this batch is the new one.
    return fresh.delete(`${delivery.webhookId} ${delivery.dedupeKey}`) ? [position] : [];
  });
};

/**
 * One about a single candidacy stays open until that was read; the others are done once their jobs
 * are queued, which happens in the same transaction; nothing to do: ignored.
 */
const stateOf = (delivery: NewDelivery): DeliveryState => {
  if (delivery.wakes.length === 0) return 'ignored';
  return delivery.subject === null ? 'done' : 'queued';
};

/** The newest delivery waiting for this candidacy; what is read after it covers all up to it. */
export const newestQueued = async (
  db: Executor,
  connectionId: string,
  subject: string,
): Promise<number | null> => {
  const row = await db
    .selectFrom('delivery')
    .select((select) => select.fn.max('id').as('id'))
    .where('connection_id', '=', connectionId)
    .where('subject', '=', subject)
    .where('state', '=', 'queued')
    .executeTakeFirst();
  return row?.id ?? null;
};

export const finishDeliveries = async (
  db: Executor,
  connectionId: string,
  subject: string,
  upTo: number,
  detail: string,
): Promise<void> => {
  await db
    .updateTable('delivery')
    .set({ state: 'done', detail, handled_at: sql<Date>`now()` })
    .where('connection_id', '=', connectionId)
    .where('subject', '=', subject)
    .where('state', '=', 'queued')
    .where('id', '<=', upTo)
    .execute();
};

/** Newest first. */
export const listDeliveries = async (
  db: Executor,
  filter: { connectionId?: string | undefined; before: number | null; limit: number },
): Promise<DeliveryRow[]> =>
  db
    .selectFrom('delivery')
    .selectAll()
    .$if(filter.connectionId !== undefined, (query) =>
      query.where('connection_id', '=', filter.connectionId ?? ''),
    )
    .$if(filter.before !== null, (query) => query.where('id', '<', filter.before ?? 0))
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();

export const findDelivery = async (db: Executor, id: number): Promise<DeliveryRow> => {
  const row = await db.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('delivery', String(id));
  return row;
};

/** Opens a delivery again. One that is about no single candidacy has nobody who would close it. */
export const requeueDelivery = async (db: Executor, id: number): Promise<void> => {
  await db
    .updateTable('delivery')
    .set({ state: 'queued', detail: null, handled_at: null })
    .where('id', '=', id)
    .where('subject', 'is not', null)
    .execute();
};

/**
 * Acknowledged deliveries that have waited since before `then`: their jobs may be lost. Those of a
 * paused connection wait rightly and are left out, so that they do not crowd out the others.
 */
export const staleDeliveries = async (
  db: Executor,
  then: number,
  limit: number,
): Promise<DeliveryRow[]> =>
  db
    .selectFrom('delivery')
    .innerJoin('connection', 'connection.id', 'delivery.connection_id')
    .selectAll('delivery')
    .where('connection.state', '=', 'active')
    .where('delivery.state', '=', 'queued')
    .where('received_at', '<', instant(then))
    .orderBy('delivery.id')
    .limit(limit)
    .execute();
