/** Asking somebody to join: an invitation, its one-time link, and the mail that carries it. */
import { conflict, LoopwrightError } from '#core/errors.ts';
import type { Role } from '#core/roles.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { inTransaction, type Database, type Executor } from '#store/database.ts';
import {
  closeInvitation,
  findInvitationFor,
  findOpenInvitation,
  insertInvitation,
  type InvitationRow,
} from '#store/invitations.ts';
import { findLink, insertLink, useUp } from '#store/one-time-links.ts';
import { findUser, findUserByEmail, insertUser, putPassword, type UserRow } from '#store/users.ts';
import { composeAccountMail } from './account-mail.ts';
import type { Hub } from './hub.ts';

/** Milliseconds that an invitation's link is good for. */
export const invitationGoodFor = 7 * 24 * 3_600_000;

export const roleNames: Record<Role, string> = {
  super_admin: 'Super Admin',
  admin: 'Admin',
  team_member: 'Team Member',
  limited_team_member: 'Limited Team Member',
  interviewer: 'Interviewer',
};

export interface Invited {
  row: InvitationRow;
  expiresAt: number;
  /** Only where no mail server is connected: to be handed over by hand. */
  link: string | null;
}

/** Throws `user_exists`, `invitation_exists`. */
export const inviteUser = (
  hub: Hub,
  input: { email: string; role: Role },
  actor: Actor,
): Promise<Invited> =>
  inTransaction(hub.db, async (tx) => {
    if (await findUserByEmail(tx, input.email))
      throw conflict(
        'user_exists',
        'invitation: there is a user with this address already. Change that user instead.',
      );
    const row = await insertInvitation(tx, { ...input, invitedBy: actor.name });
    await insertAudit(tx, actor, 'invitation.create', row.id, { role: row.role });
    return sendLink(hub, tx, row);
  });

/** A new link takes the place of the one before. */
export const inviteAgain = (hub: Hub, id: string, actor: Actor): Promise<Invited> =>
  inTransaction(hub.db, async (tx) => {
    const row = await findOpenInvitation(tx, id);
    await useUp(tx, { purpose: 'invitation', invitationId: id });
    await insertAudit(tx, actor, 'invitation.resend', id);
    return sendLink(hub, tx, row);
  });

const sendLink = async (hub: Hub, tx: Executor, row: InvitationRow): Promise<Invited> => {
  const expiresAt = hub.now() + invitationGoodFor;
  const link = await insertLink(tx, { purpose: 'invitation', invitationId: row.id, expiresAt });
  const address = `${hub.publicUrl}/invitation`;
  const { hasServer } = await composeAccountMail(
    hub,
    tx,
    {
      to: { name: '', address: row.email },
      subject: 'You are invited to Loopwright',
      before: `${row.invited_by} invites you to Loopwright, the hub for interviews, as ${roleNames[row.role]}. Open this link to join:`,
      after: 'The link works once and for seven days. If you do not expect it, leave it alone.',
      address,
    },
    link,
  );
  return { row, expiresAt, link: hasServer ? null : `${address}/${link.token}` };
};

export const withdrawInvitation = (hub: Hub, id: string, actor: Actor): Promise<void> =>
  inTransaction(hub.db, async (tx) => {
    await findOpenInvitation(tx, id);
    await useUp(tx, { purpose: 'invitation', invitationId: id });
    await closeInvitation(tx, id, 'withdrawn_at');
    await insertAudit(tx, actor, 'invitation.withdraw', id);
  });

/** Whose invitation a token opens. Throws `invitation_link_wrong`. */
export const lookAtInvitation = async (
  tx: Executor,
  token: string,
  now: number,
): Promise<InvitationRow> => {
  const link = await findLink(tx, 'invitation', token, now);
  const row = link?.invitation_id
    ? await findOpenInvitation(tx, link.invitation_id).catch(() => null)
    : null;
  if (row) return row;
  throw new LoopwrightError(
    'invitation_link_wrong',
    403,
    'invitation: this link is wrong, used, withdrawn or out of date. Ask for a new invitation.',
    'token',
  );
};

/** Role and address are the invitation's, whatever the guest says. Never takes an account over. */
export const acceptInvitation = (
  hub: Hub,
  token: string,
  guest: { name: string; passwordHash: string },
): Promise<UserRow> =>
  inTransaction(hub.db, async (tx) => {
    const { id, email, role } = await lookAtInvitation(tx, token, hub.now());
    const user = await insertUser(tx, { name: guest.name, email, role });
    await putPassword(tx, user.id, guest.passwordHash);
    await useUp(tx, { purpose: 'invitation', invitationId: id });
    await closeInvitation(tx, id, 'accepted_at');
    await insertAudit(tx, user, 'invitation.accept', id, { role });
    return user;
  });

/** Whoever came in by single sign-on needs the link no more. */
export const settleInvitation = (db: Database, userId: string): Promise<void> =>
  inTransaction(db, async (tx) => {
    const user = await findUser(tx, userId);
    await insertAudit(tx, user, 'user.create', user.id, { role: user.role, by: 'sso' });
    const row = await findInvitationFor(tx, user.email);
    if (!row) return;
    await useUp(tx, { purpose: 'invitation', invitationId: row.id });
    await closeInvitation(tx, row.id, 'accepted_at');
    await insertAudit(tx, user, 'invitation.accept', row.id, { role: row.role, by: 'sso' });
  });
