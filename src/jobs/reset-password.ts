/** A forgotten password: a one-time link by mail, and what it opens. */
import { conflict, LoopwrightError } from '#core/errors.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { inTransaction, type Executor } from '#store/database.ts';
import { findLink, insertLink, useUp } from '#store/one-time-links.ts';
import { endSessionsOf } from '#store/sessions.ts';
import { findUser, findUserByEmail, putPassword, type UserRow } from '#store/users.ts';
import { composeAccountMail } from './account-mail.ts';
import type { Hub } from './hub.ts';

/** Milliseconds. */
const goodFor = 3_600_000;
/** Milliseconds that a link is good for which a person hands over. */
const handedOverGoodFor = 24 * 3_600_000;

/** Sends a link if there is such a user; whoever asks is told the same in any case. */
export const requestReset = (hub: Hub, email: string): Promise<void> =>
  inTransaction(hub.db, async (tx) => {
    const user = await findUserByEmail(tx, email);
    if (!user?.active) return;
    await useUp(tx, { purpose: 'reset', userId: user.id });
    const expiresAt = hub.now() + goodFor;
    const link = await insertLink(tx, { purpose: 'reset', userId: user.id, expiresAt });
    await composeAccountMail(
      hub,
      tx,
      {
        to: { name: user.name, address: user.email },
        subject: 'A new password for Loopwright',
        before: 'Somebody asked for a new password for your account. Open this link to set it:',
        after:
          'The link works once and for an hour. If it was not you, leave it alone: your password stays as it is.',
        address: `${hub.publicUrl}/reset`,
      },
      link,
    );
    await insertAudit(tx, user, 'password.forgot', user.id);
  });

/**
 * A link for somebody whom no mail reaches, to be handed over by hand. The password stays until it is
 * used. Throws `user_inactive`.
 */
export const makePasswordLink = (
  hub: Hub,
  id: string,
  actor: Actor,
): Promise<{ link: string; expiresAt: number }> =>
  inTransaction(hub.db, async (tx) => {
    const user = await findUser(tx, id);
    if (!user.active)
      throw conflict(
        'user_inactive',
        'user: this user may not sign in. Let the user in again first.',
      );
    await useUp(tx, { purpose: 'reset', userId: id });
    const expiresAt = hub.now() + handedOverGoodFor;
    const { token } = await insertLink(tx, { purpose: 'reset', userId: id, expiresAt });
    await insertAudit(tx, actor, 'password.link', id);
    return { link: `${hub.publicUrl}/reset/${token}`, expiresAt };
  });

/** Whose password a token changes. Throws `reset_link_wrong`. */
export const lookAtReset = async (tx: Executor, token: string, now: number): Promise<UserRow> => {
  const link = await findLink(tx, 'reset', token, now);
  const user = link?.user_id ? await findUser(tx, link.user_id) : null;
  if (user?.active) return user;
  throw new LoopwrightError(
    'reset_link_wrong',
    403,
    'password: this link is wrong, used or out of date. Ask for a new one.',
    'token',
  );
};

/** Ends all sessions of the user. */
export const resetPassword = (hub: Hub, token: string, passwordHash: string): Promise<UserRow> =>
  inTransaction(hub.db, async (tx) => {
    const user = await lookAtReset(tx, token, hub.now());
    await putPassword(tx, user.id, passwordHash);
    await useUp(tx, { purpose: 'reset', userId: user.id });
    await endSessionsOf(tx, user.id);
    await insertAudit(tx, user, 'password.reset', user.id);
    return user;
  });
