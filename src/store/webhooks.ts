/** Our own webhooks at the vendors: one row per connection and event, written before the vendor is asked. */
import { sql } from 'kysely';
import { newId, type Executor, type Row } from './database.ts';
import type { WebhookState } from './schema.ts';

export type WebhookRow = Row<'webhook'>;

/** The row for `event`, made when it is not there. The token is unguessable and kept for life. */
export const ensureWebhook = async (
  db: Executor,
  connectionId: string,
  event: string,
  urlOf: (token: string) => string,
): Promise<WebhookRow> => {
  const token = newId('hook', 32);
  await db
    .insertInto('webhook')
    .values({
      id: newId('wh'),
      connection_id: connectionId,
      event,
      token,
      url: urlOf(token),
      state: 'intended',
    })
    .onConflict((conflict) => conflict.columns(['connection_id', 'event']).doNothing())
    .execute();
  return db
    .selectFrom('webhook')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('event', '=', event)
    .executeTakeFirstOrThrow();
};

/** Remembers an address that may go on standing at the vendor; twice is once. */
export const leaveBehind = async (db: Executor, { id, url }: WebhookRow): Promise<void> => {
  await db
    .updateTable('webhook')
    .set({ left_behind: sql<string[]>`array_append(array_remove(left_behind, ${url}), ${url})` })
    .where('id', '=', id)
    .execute();
};

export const updateWebhook = async (
  db: Executor,
  id: string,
  change: {
    state: WebhookState;
    url?: string;
    remoteId?: string | null;
    detail?: string | null;
    secretStored?: boolean;
    lastBadSignatureAt?: null;
  },
): Promise<void> => {
  await db
    .updateTable('webhook')
    .set({
      state: change.state,
      detail: change.detail ?? null,
      ...(change.url === undefined ? {} : { url: change.url }),
      ...(change.remoteId === undefined ? {} : { remote_id: change.remoteId }),
      ...(change.secretStored === undefined ? {} : { secret_stored: change.secretStored }),
      ...(change.lastBadSignatureAt === undefined ? {} : { last_bad_signature_at: null }),
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .execute();
};

export const listWebhooks = async (db: Executor, connectionId: string): Promise<WebhookRow[]> =>
  db
    .selectFrom('webhook')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .orderBy('event')
    .execute();

export const deleteWebhook = async (db: Executor, id: string): Promise<void> => {
  await db.deleteFrom('webhook').where('id', '=', id).execute();
};

/** By the unguessable last part of the URL, in full; there is no fallback. */
export const findWebhookByToken = async (
  db: Executor,
  token: string,
): Promise<{ webhook: WebhookRow; connector: string; connectionState: string } | null> => {
  const row = await db
    .selectFrom('webhook')
    .innerJoin('connection', 'connection.id', 'webhook.connection_id')
    .selectAll('webhook')
    .select(['connection.connector as connector', 'connection.state as connectionState'])
    .where('webhook.token', '=', token)
    .where('connection.state', '!=', 'removed')
    .executeTakeFirst();
  if (!row) return null;
  const { connector, connectionState, ...webhook } = row;
  return { webhook, connector, connectionState };
};

export const markBadSignature = async (db: Executor, id: string): Promise<void> => {
  await db
    .updateTable('webhook')
    .set({ last_bad_signature_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
};

/** Written at most every few seconds: a busy hook must not rewrite its own row for each delivery. */
export const markDelivered = async (db: Executor, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await db
    .updateTable('webhook')
    .set({ last_delivery_at: sql<Date>`now()` })
    .where('id', 'in', ids)
    .where((where) =>
      where.or([
        where('last_delivery_at', 'is', null),
        where('last_delivery_at', '<', sql<number>`now() - interval '5 seconds'`),
      ]),
    )
    .execute();
};

export const webhooksOf = async (
  db: Executor,
  connectionIds: readonly string[],
): Promise<WebhookRow[]> =>
  connectionIds.length === 0
    ? []
    : db
        .selectFrom('webhook')
        .selectAll()
        .where('connection_id', 'in', connectionIds)
        .orderBy('event')
        .execute();
