/** The hub's own addresses: of live sessions, of pages about tests, of the candidate's page. */
import { sql } from 'kysely';
import { newId, type Executor } from './database.ts';

/** The token for a thing, made once and kept for life. */
export const ensureJoinLink = async (
  db: Executor,
  interviewId: string,
  thing: string,
): Promise<string> => {
  await db
    .insertInto('join_link')
    .values({ token: newId('join', 26), interview_id: interviewId, thing })
    .onConflict((conflict) => conflict.column('thing').doNothing())
    .execute();
  const row = await db
    .selectFrom('join_link')
    .select('token')
    .where('thing', '=', thing)
    .executeTakeFirstOrThrow();
  return row.token;
};

export const findJoinLink = async (
  db: Executor,
  token: string,
): Promise<{ interviewId: string; thing: string; createdAt: number } | null> => {
  const row = await db
    .selectFrom('join_link')
    .select(['interview_id', 'thing', 'created_at'])
    .where('token', '=', token)
    .executeTakeFirst();
  return row
    ? { interviewId: row.interview_id, thing: row.thing, createdAt: row.created_at }
    : null;
};

/** Tokens by interview and thing. */
export const joinLinksOf = async (
  db: Executor,
  interviewIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> => {
  const rows = await db
    .selectFrom('join_link')
    .select(['interview_id', 'thing', 'token'])
    .where('interview_id', '=', sql<string>`any(${[...interviewIds]}::text[])`)
    .execute();
  const byInterview = Map.groupBy(rows, ({ interview_id: id }) => id);
  return new Map(
    [...byInterview].map(([id, own]) => [id, new Map(own.map((row) => [row.thing, row.token]))]),
  );
};
