/** Who is signed in where. better-auth makes and prolongs sessions; people see and end them here. */
import { notFound } from '#core/errors.ts';
import { instant, type Executor, type Row } from './database.ts';

export type SessionRow = Omit<Row<'session'>, 'token'>;

const shown = [
  'id',
  'user_id',
  'expires_at',
  'ip_address',
  'user_agent',
  'created_at',
  'updated_at',
] as const;

/** Those that are good, in the order of their ids. */
export const listSessions = async (
  db: Executor,
  userId: string,
  now: number,
  page: { after: string | null; limit: number },
): Promise<SessionRow[]> =>
  db
    .selectFrom('session')
    .select(shown)
    .where('user_id', '=', userId)
    .where('expires_at', '>', instant(now))
    .$if(page.after !== null, (query) => query.where('id', '>', page.after ?? ''))
    .orderBy('id')
    .limit(page.limit)
    .execute();

/** `userId`: only if it is this user's. */
export const endSession = async (
  tx: Executor,
  id: string,
  userId: string | null,
): Promise<{ userId: string }> => {
  const row = await tx
    .deleteFrom('session')
    .where('id', '=', id)
    .$if(userId !== null, (query) => query.where('user_id', '=', userId ?? ''))
    .returning('user_id')
    .executeTakeFirst();
  if (!row) throw notFound('session', id);
  return { userId: row.user_id };
};

/** Ends all of a user's sessions but one, and tells how many. */
export const endSessionsOf = async (
  tx: Executor,
  userId: string,
  except: string | null = null,
): Promise<number> => {
  const rows = await tx
    .deleteFrom('session')
    .where('user_id', '=', userId)
    .$if(except !== null, (query) => query.where('id', '!=', except ?? ''))
    .returning('id')
    .execute();
  return rows.length;
};

/** Sessions and single sign-ons that ran out are of no use to anybody. */
export const forgetExpired = async (
  db: Executor,
  now: number,
  oldestStart: number,
): Promise<void> => {
  await db
    .deleteFrom('session')
    .where((where) =>
      where.or([
        where('expires_at', '<', instant(now)),
        where('created_at', '<', instant(oldestStart)),
      ]),
    )
    .execute();
  await db.deleteFrom('verification').where('expires_at', '<', instant(now)).execute();
  await db.deleteFrom('sign_in_window').where('until', '<', instant(now)).execute();
};
