/** Every message to a person, complete to the byte before it is handed over, and what became of it. */
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import { isNamed, instant, newId, type Executor, type Row } from './database.ts';
import type { MailState } from './schema-scheduling.ts';

export type MailRow = Row<'mail'>;

export interface NewMail {
  interviewId: string | null;
  /** Null: a mail about an account, which stands in no ledger but this one. */
  effectId: string | null;
  /** Which act of the effect: trying the same act again is the same message. */
  generation: number | null;
  connectionId: string | null;
  address: string;
  subject: string;
  message: unknown;
}

/** The message of this act if it was written down already: a crash must not change its bytes. */
export const findMailOf = async (
  db: Executor,
  effectId: string,
  generation: number,
): Promise<MailRow | null> =>
  (await db
    .selectFrom('mail')
    .selectAll()
    .where('effect_id', '=', effectId)
    .where('generation', '=', generation)
    .executeTakeFirst()) ?? null;

/** Whether the newest message of an effect was handed over, or may have been. */
export const mayHaveGone = async (db: Executor, effectId: string): Promise<boolean> => {
  const newest = await db
    .selectFrom('mail')
    .select('state')
    .where('effect_id', '=', effectId)
    .orderBy('generation', 'desc')
    .executeTakeFirst();
  return newest !== undefined && newest.state !== 'bounced';
};

export const insertMail = async (tx: Executor, mail: NewMail): Promise<MailRow> =>
  tx
    .insertInto('mail')
    .values({
      id: newId('ml'),
      interview_id: mail.interviewId,
      effect_id: mail.effectId,
      generation: mail.generation,
      connection_id: mail.connectionId,
      address: mail.address,
      subject: mail.subject,
      message: JSON.stringify(mail.message),
      state: 'composed',
    })
    .returningAll()
    .executeTakeFirstOrThrow();

export const settleMail = async (
  tx: Executor,
  id: string,
  state: MailState,
  error: string | null,
): Promise<void> => {
  await tx
    .updateTable('mail')
    .set({ state, error, settled_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
};

/** The outbox's word on why a mail is not out yet. */
export const noteMail = async (db: Executor, id: string, error: string): Promise<void> => {
  await db.updateTable('mail').set({ error }).where('id', '=', id).execute();
};

/** Mails about accounts that are to be handed over still. */
export const findWaitingMails = async (db: Executor, limit: number): Promise<string[]> => {
  const rows = await db
    .selectFrom('mail')
    .select('id')
    .where('state', '=', 'composed')
    .where('effect_id', 'is', null)
    .orderBy('created_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
};

/** By address in lower case: the refusal, where the newest mail that was settled was refused. */
export const bouncedOf = async (
  db: Executor,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, { at: number; error: string }>> => {
  if (addresses.length === 0) return new Map();
  const { rows } = await sql<{
    address: string;
    state: MailState;
    error: string | null;
    at: number;
  }>`
    select distinct on (lower(address)) lower(address) as address, state, error, settled_at as at
    from mail where settled_at is not null
      and lower(address) = any(${addresses.map((one) => one.toLowerCase())}::text[])
    order by lower(address), settled_at desc`.execute(db);
  return new Map(
    rows.flatMap(({ address, state, error, at }) =>
      state === 'bounced' ? [[address, { at, error: error ?? '' }] as const] : [],
    ),
  );
};

/** Whether something was composed that no server has taken. */
export const hasKeptMails = async (db: Executor): Promise<boolean> => {
  const row = await db
    .selectFrom('mail')
    .select('id')
    .where('state', '=', 'kept')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

export const findMail = async (db: Executor, id: string): Promise<MailRow> => {
  const row = await db.selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('mail', id);
  return row;
};

export const listMails = async (
  db: Executor,
  filter: {
    interviewId?: string | undefined;
    state?: MailState | undefined;
    search?: string | undefined;
    before: { at: number; id: string } | null;
    limit: number;
  },
): Promise<MailRow[]> => {
  let query = db
    .selectFrom('mail')
    .selectAll()
    .where(isNamed(filter.search, 'subject', 'address'));
  if (filter.interviewId !== undefined)
    query = query.where('interview_id', '=', filter.interviewId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.before !== null)
    query = query.where(
      sql<boolean>`(date_trunc('milliseconds', created_at), id) < (${instant(filter.before.at)}, ${filter.before.id})`,
    );
  return query
    .orderBy(sql`date_trunc('milliseconds', created_at)`, 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();
};
