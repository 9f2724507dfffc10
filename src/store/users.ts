/** People who sign in. */
import { sql } from 'kysely';
import { conflict, notFound } from '#core/errors.ts';
import type { Role } from '#core/roles.ts';
import { isNamed, newId, type Executor, type Row } from './database.ts';
import { changedNow } from './version.ts';

export type UserRow = Row<'app_user'>;

/** Changes that could take the last Super Admin away go one after the other. */
const adminsLock = 727_012;

export const lockAdmins = async (tx: Executor): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${adminsLock})`.execute(tx);
};

export const hasSuperAdmin = async (db: Executor, except?: string): Promise<boolean> =>
  (await db
    .selectFrom('app_user')
    .select('id')
    .where('role', '=', 'super_admin')
    .where('active', '=', true)
    .$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const hasUsers = async (db: Executor): Promise<boolean> =>
  (await db.selectFrom('app_user').select('id').limit(1).executeTakeFirst()) !== undefined;

/** Throws `user_exists`; an address is never taken over. */
export const insertUser = async (
  tx: Executor,
  input: { name: string; email: string; role: Role },
): Promise<UserRow> => {
  const row = await tx
    .insertInto('app_user')
    .values({
      id: newId('us'),
      name: input.name,
      email: input.email.toLowerCase(),
      email_verified: true,
      role: input.role,
    })
    .onConflict((clash) => clash.column('email').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row) return row;
  throw conflict(
    'user_exists',
    'user: there is a user with this address already. Sign in, or have the role changed.',
  );
};

export const findUser = async (db: Executor, id: string): Promise<UserRow> => {
  const row = await db.selectFrom('app_user').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('user', id);
  return row;
};

export const findUserByEmail = async (db: Executor, email: string): Promise<UserRow | null> =>
  (await db
    .selectFrom('app_user')
    .selectAll()
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()) ?? null;

export const updateUser = async (
  tx: Executor,
  id: string,
  change: { name?: string; role?: Role; active?: boolean },
): Promise<UserRow> => {
  // Shutting out and letting in replace nothing that anybody said.
  const isSaid = change.name !== undefined || change.role !== undefined;
  const row = await tx
    .updateTable('app_user')
    .set({ ...change, ...(isSaid ? changedNow : { updated_at: sql<Date>`now()` }) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw notFound('user', id);
  return row;
};

/** In the order of their addresses. */
export const listUsers = async (
  db: Executor,
  page: {
    after: string | null;
    limit: number;
    search?: string | undefined;
    role?: Role | undefined;
    active?: boolean | undefined;
  },
): Promise<UserRow[]> =>
  db
    .selectFrom('app_user')
    .selectAll()
    .where(isNamed(page.search, 'name', 'email'))
    .$if(page.role !== undefined, (query) => query.where('role', '=', page.role ?? 'super_admin'))
    .$if(page.active !== undefined, (query) => query.where('active', '=', page.active ?? true))
    .$if(page.after !== null, (query) => query.where('email', '>', page.after ?? ''))
    .orderBy('email')
    .limit(page.limit)
    .execute();

/** `hash` takes the place of a password that was there. */
export const putPassword = async (tx: Executor, userId: string, hash: string): Promise<void> => {
  await tx
    .insertInto('account')
    .values({
      id: newId('ac'),
      user_id: userId,
      provider_id: 'credential',
      account_id: userId,
      password: hash,
    })
    .onConflict((clash) =>
      clash
        .columns(['provider_id', 'account_id'])
        .doUpdateSet({ password: hash, updated_at: sql<Date>`now()` }),
    )
    .execute();
};
