/** OAuth consents under way: the `state` is kept as a hash, works once, and dies in ten minutes. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Executor, Row } from './database.ts';
import type { Settings } from './schema.ts';

const hashOf = (state: string): Buffer => createHash('sha256').update(state).digest();

export const beginOAuth = async (
  db: Executor,
  attempt: {
    connector: string;
    name: string;
    settings: Settings;
    /** Null: the consent makes a connection. */
    connectionId: string | null;
    actorId: string;
    actorName: string;
  },
): Promise<string> => {
  const state = randomBytes(24).toString('base64url');
  await db
    .insertInto('oauth_attempt')
    .values({
      state_hash: hashOf(state),
      connector: attempt.connector,
      name: attempt.name,
      settings: JSON.stringify(attempt.settings),
      connection_id: attempt.connectionId,
      actor_id: attempt.actorId,
      actor_name: attempt.actorName,
      expires_at: sql<Date>`now() + interval '10 minutes'`,
    })
    .execute();
  return state;
};

/** Takes the attempt out: null when the state is forged, used, or stale. */
export const takeOAuth = async (
  db: Executor,
  state: string,
): Promise<Row<'oauth_attempt'> | null> => {
  const row = await db
    .deleteFrom('oauth_attempt')
    .where('state_hash', '=', hashOf(state))
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  const { rows } = await sql<{ fresh: boolean }>`
    select ${new Date(row.expires_at)}::timestamptz > now() as fresh`.execute(db);
  return rows[0]?.fresh === true ? row : null;
};
