/** Who was asked to join, as what. At most one open invitation for an address. */
import { sql } from 'kysely';
import { conflict, notFound } from '#core/errors.ts';
import type { Role } from '#core/roles.ts';
import { newId, type Executor, type Row } from './database.ts';

export type InvitationRow = Row<'invitation'>;

/** Throws `invitation_exists`. */
export const insertInvitation = async (
  tx: Executor,
  input: { email: string; role: Role; invitedBy: string },
): Promise<InvitationRow> => {
  const row = await tx
    .insertInto('invitation')
    .values({
      id: newId('in'),
      email: input.email.toLowerCase(),
      role: input.role,
      invited_by: input.invitedBy,
    })
    .onConflict((clash) =>
      clash
        .column('email')
        .where('accepted_at', 'is', null)
        .where('withdrawn_at', 'is', null)
        .doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
  if (row) return row;
  throw conflict(
    'invitation_exists',
    'invitation: this address has an open one. Send that one again, or withdraw it first.',
  );
};

/** Only while it is open; locked for the transaction. Throws `invitation_not_found`. */
export const findOpenInvitation = async (tx: Executor, id: string): Promise<InvitationRow> => {
  const row = await tx
    .selectFrom('invitation')
    .selectAll()
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('invitation', id);
  return row;
};

export const findInvitationFor = async (
  db: Executor,
  email: string,
): Promise<InvitationRow | null> =>
  (await db
    .selectFrom('invitation')
    .selectAll()
    .where('email', '=', email.toLowerCase())
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()) ?? null;

export const closeInvitation = async (
  tx: Executor,
  id: string,
  how: 'accepted_at' | 'withdrawn_at',
): Promise<void> => {
  await tx
    .updateTable('invitation')
    .set({ [how]: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
};

/** Open ones. */
export const listInvitations = async (
  db: Executor,
  page: { after: string | null; limit: number },
): Promise<InvitationRow[]> =>
  db
    .selectFrom('invitation')
    .selectAll()
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .$if(page.after !== null, (query) => query.where('id', '>', page.after ?? ''))
    .orderBy('id')
    .limit(page.limit)
    .execute();
