/** The hub's own addresses: of live sessions, of pages about tests, of the candidate's page. */
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

/** Tokens of an interview, by thing. */
export const joinLinksOf = async (
  db: Executor,
  interviewId: string,
): Promise<ReadonlyMap<string, string>> => {
  const rows = await db
    .selectFrom('join_link')
    .select(['thing', 'token'])
    .where('interview_id', '=', interviewId)
    .execute();
  return new Map(rows.map((row) => [row.thing, row.token]));
};
