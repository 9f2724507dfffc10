/** Keys to the hub's own API: shown once, kept as a hash, tied to a role and perhaps to a person. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { Role } from '#core/roles.ts';
import { isNamed, newId, type Executor, type Row } from './database.ts';

export type ApiKeyRow = Row<'api_key'>;

/** A key is 192 random bits, so a plain fast hash is enough: there is nothing to guess. */
const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Makes a key; the text is returned here and never again. */
export const insertApiKey = async (
  db: Executor,
  input: { name: string; role: Role; email: string | null },
): Promise<{ row: ApiKeyRow; key: string }> => {
  const key = `lw_${randomBytes(24).toString('base64url')}`;
  const row = await db
    .insertInto('api_key')
    .values({
      id: newId('ak'),
      name: input.name,
      hash: hashOf(key),
      role: input.role,
      email: input.email?.toLowerCase() ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row, key };
};

/** The key's row, unless it is unknown or revoked, or acts as a user who was deactivated. */
export const findByKey = async (db: Executor, key: string): Promise<ApiKeyRow | null> =>
  (await db
    .selectFrom('api_key')
    .selectAll()
    .where('hash', '=', hashOf(key))
    .where('revoked_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('app_user')
            .select('app_user.id')
            .whereRef('app_user.email', '=', 'api_key.email')
            .where('app_user.active', '=', false),
        ),
      ),
    )
    .executeTakeFirst()) ?? null;

export const markUsed = async (db: Executor, id: string): Promise<void> => {
  await db
    .updateTable('api_key')
    .set({ last_used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where((where) =>
      where.or([
        where('last_used_at', 'is', null),
        where('last_used_at', '<', sql<number>`now() - interval '1 minute'`),
      ]),
    )
    .execute();
};

export const listApiKeys = async (
  db: Executor,
  page: { after: string | null; search?: string | undefined; limit: number },
): Promise<ApiKeyRow[]> =>
  db
    .selectFrom('api_key')
    .selectAll()
    .where('revoked_at', 'is', null)
    .where(isNamed(page.search, 'name', 'email'))
    .$if(page.after !== null, (query) => query.where('id', '>', page.after ?? ''))
    .orderBy('id')
    .limit(page.limit)
    .execute();

export const revokeApiKey = async (db: Executor, id: string): Promise<void> => {
  const row = await db
    .updateTable('api_key')
    .set({ revoked_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!row) throw notFound('api_key', id);
};
