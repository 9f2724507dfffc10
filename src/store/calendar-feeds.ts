/** Secret addresses under which calendars read an interviewer's own interviews; kept as hashes. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { instant, type Executor, type Row } from './database.ts';
import type { InterviewRow } from './interviews.ts';
import type { PersonRow } from './people.ts';

export type CalendarFeedRow = Row<'calendar_feed'>;

/** A token is 256 random bits, so a plain fast hash is enough: there is nothing to guess. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Makes a feed, or gives it another token; the token is returned here and never again. */
export const replaceFeed = async (
  tx: Executor,
  { id, email }: Pick<PersonRow, 'id' | 'email'>,
): Promise<{ row: CalendarFeedRow; token: string }> => {
  const token = randomBytes(32).toString('base64url');
  const values = { email: email.toLowerCase(), hash: hashOf(token) };
  const row = await tx
    .insertInto('calendar_feed')
    .values({ person_id: id, ...values })
    .onConflict((conflict) =>
      conflict
        .column('person_id')
        .doUpdateSet({ ...values, created_at: sql<Date>`now()`, read_at: null }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row, token };
};

/** False: there was none. */
export const removeFeed = async (tx: Executor, personId: string): Promise<boolean> => {
  const query = tx.deleteFrom('calendar_feed').where('person_id', '=', personId);
  return (await query.returning('person_id').executeTakeFirst()) !== undefined;
};

/** All that were handed to this address; tells whose they were. */
export const removeFeedsOf = async (tx: Executor, email: string): Promise<string[]> => {
  const query = tx.deleteFrom('calendar_feed').where('email', '=', email.toLowerCase());
  return (await query.returning('person_id').execute()).map(({ person_id: id }) => id);
};

/** Null: there is none, or it was handed to whoever had another address. */
export const findFeed = async (
  db: Executor,
  { id, email }: Pick<PersonRow, 'id' | 'email'>,
): Promise<CalendarFeedRow | null> =>
  (await db
    .selectFrom('calendar_feed')
    .selectAll()
    .where('person_id', '=', id)
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()) ?? null;

/** Whose interviews a token tells; null: it is unknown, or its user may not come in any more. */
export const findFeedOwner = async (db: Executor, token: string): Promise<string | null> => {
  const row = await db
    .selectFrom('calendar_feed')
    .innerJoin('person', 'person.id', 'calendar_feed.person_id')
    .select('calendar_feed.person_id')
    .where('calendar_feed.hash', '=', hashOf(token))
    .where(sql<boolean>`calendar_feed.email = lower(person.email)`)
    .where(
      sql<boolean>`not exists (select 1 from app_user
        where app_user.email = calendar_feed.email and not app_user.active)`,
    )
    .executeTakeFirst();
  return row?.person_id ?? null;
};

/** A calendar asked for it; written once a minute at most. */
export const markFeedRead = async (db: Executor, personId: string): Promise<void> => {
  await db
    .updateTable('calendar_feed')
    .set({ read_at: sql<Date>`now()` })
    .where('person_id', '=', personId)
    .where(sql<boolean>`coalesce(read_at < now() - interval '1 minute', true)`)
    .execute();
};

/**
 * What a person sits in: what is to come, the next first, then what is over, the latest first. Nothing
 * that is a draft, was cancelled, or may still be taken back before it leaves the hub.
 */
export const interviewsInFeed = async (
  db: Executor,
  personId: string,
  { from, now, to }: { from: number; now: number; to: number },
): Promise<InterviewRow[]> => {
  const within = (start: number, end: number) =>
    db
      .selectFrom('interview')
      .selectAll()
      .where('state', 'in', ['hold', 'confirmed', 'completed'])
      .where('send_at', 'is', null)
      .where('ends_at', '>', instant(start))
      .where('ends_at', '<=', instant(end))
      .where(
        sql<boolean>`exists (select 1 from booking
          where booking.interview_id = interview.id and booking.person_id = ${personId})`,
      );
  const toCome = await within(now, to).orderBy('ends_at').orderBy('id').limit(200).execute();
  const over = await within(from, now)
    .orderBy('ends_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();
  return [...toCome, ...over];
};
