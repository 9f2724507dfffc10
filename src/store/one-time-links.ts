/**
 * Links that let somebody in once: 192 random bits, kept as a hash. The token itself is kept only
 * sealed, and only until the mail that carries it is handed over.
 */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { instant, newId, type Executor, type Row } from './database.ts';
import type { LinkPurpose } from './schema-sign-in.ts';
import { seal, unseal, type Vault } from './vault.ts';

export type OneTimeLinkRow = Row<'one_time_link'>;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const vaultName = 'one-time-link';

export interface NewLink {
  purpose: LinkPurpose;
  userId?: string;
  invitationId?: string;
  byCommand?: boolean;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Makes a link; the token is returned here and never again. */
export const insertLink = async (
  tx: Executor,
  link: NewLink,
): Promise<{ id: string; token: string }> => {
  const token = randomBytes(24).toString('base64url');
  const id = newId('ln');
  await tx
    .insertInto('one_time_link')
    .values({
      id,
      purpose: link.purpose,
      hash: hashOf(token),
      user_id: link.userId ?? null,
      invitation_id: link.invitationId ?? null,
      by_command: link.byCommand ?? false,
      expires_at: new Date(link.expiresAt),
    })
    .execute();
  return { id, token };
};

/** Gives the token to the mail that will carry it. */
export const attachToMail = async (
  tx: Executor,
  vault: Vault,
  { id, token }: { id: string; token: string },
  mailId: string,
): Promise<void> => {
  const { key_id, nonce, ciphertext } = seal(vault, vaultName, id, token);
  const sealed = [key_id, nonce.toString('base64'), ciphertext.toString('base64')].join(' ');
  await tx
    .updateTable('one_time_link')
    .set({ mail_id: mailId, sealed })
    .where('id', '=', id)
    .execute();
};

/** The token that a mail carries; null: the link was used, replaced, or is out of date. */
export const tokenOfMail = async (
  db: Executor,
  vault: Vault,
  mailId: string,
  now: number,
): Promise<string | null> => {
  const row = await db
    .selectFrom('one_time_link')
    .select(['id', 'sealed'])
    .where('mail_id', '=', mailId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', instant(now))
    .executeTakeFirst();
  if (!row?.sealed) return null;
  const [key_id = '', nonce = '', ciphertext = ''] = row.sealed.split(' ');
  return unseal(vault, vaultName, row.id, {
    key_id,
    nonce: Buffer.from(nonce, 'base64'),
    ciphertext: Buffer.from(ciphertext, 'base64'),
  });
};

export const forgetTokenOfMail = async (tx: Executor, mailId: string): Promise<void> => {
  await tx
    .updateTable('one_time_link')
    .set({ sealed: null })
    .where('mail_id', '=', mailId)
    .execute();
};

/** Null: unknown, used, or out of date. The row is locked for the transaction. */
export const findLink = async (
  tx: Executor,
  purpose: LinkPurpose,
  token: string,
  now: number,
): Promise<OneTimeLinkRow | null> =>
  (await tx
    .selectFrom('one_time_link')
    .selectAll()
    .where('hash', '=', hashOf(token))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', instant(now))
    .forUpdate()
    .executeTakeFirst()) ?? null;

/** Whether a link of this kind was ever made. */
export const hasLink = async (db: Executor, purpose: LinkPurpose): Promise<boolean> =>
  (await db
    .selectFrom('one_time_link')
    .select('id')
    .where('purpose', '=', purpose)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Whether one of them would still let somebody in. */
export const hasGoodLink = async (
  db: Executor,
  purpose: LinkPurpose,
  now: number,
): Promise<boolean> =>
  (await db
    .selectFrom('one_time_link')
    .select('id')
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', instant(now))
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Uses links up: one, or all of a purpose, of a user or of an invitation. */
export const useUp = async (
  tx: Executor,
  which:
    | { id: string }
    | { purpose: 'setup' }
    | { purpose: 'reset'; userId: string }
    | { purpose: 'invitation'; invitationId: string },
): Promise<void> => {
  const update = tx
    .updateTable('one_time_link')
    .set({ used_at: sql<Date>`now()`, sealed: null })
    .where('used_at', 'is', null);
  const chosen =
    'id' in which
      ? update.where('id', '=', which.id)
      : which.purpose === 'setup'
        ? update.where('purpose', '=', 'setup')
        : which.purpose === 'reset'
          ? update.where('user_id', '=', which.userId)
          : update.where('invitation_id', '=', which.invitationId);
  await chosen.execute();
};

/** When the newest link of an invitation runs out. */
export const expiryOf = async (
  db: Executor,
  invitationIds: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (invitationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('one_time_link')
    .select(['invitation_id', (eb) => eb.fn.max('expires_at').as('expires_at')])
    .where('invitation_id', 'in', invitationIds)
    .groupBy('invitation_id')
    .execute();
  return new Map(rows.map((row) => [row.invitation_id ?? '', row.expires_at]));
};
