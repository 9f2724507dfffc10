/** The first Super Admin, and the way back in for a Super Admin who is locked out: one-time links. */
import { LoopwrightError } from '#core/errors.ts';
import { insertAudit } from '#store/audit.ts';
import { inTransaction, type Database, type Executor } from '#store/database.ts';
import { findLink, hasGoodLink, hasLink, insertLink, useUp } from '#store/one-time-links.ts';
import { endSessionsOf } from '#store/sessions.ts';
import {
  findUserByEmail,
  hasSuperAdmin,
  hasUsers,
  insertUser,
  lockAdmins,
  putPassword,
  updateUser,
  type UserRow,
} from '#store/users.ts';

/** Milliseconds that a set-up link is good for. */
const goodFor = 24 * 3_600_000;

const urlOf = (publicUrl: string, token: string): string => `${publicUrl}/setup/${token}`;

/** Made once for each installation: at the first start that finds no user. Null: not now. */
export const firstSetupLink = (
  db: Database,
  publicUrl: string,
  now: number,
): Promise<string | null> =>
  inTransaction(db, async (tx) => {
    await lockAdmins(tx);
    if ((await hasUsers(tx)) || (await hasLink(tx, 'setup'))) return null;
    const { token } = await insertLink(tx, { purpose: 'setup', expiresAt: now + goodFor });
    return urlOf(publicUrl, token);
  });

/** Made by whoever has the machine: it takes the place of those before, and always lets in. */
export const newSetupLink = (db: Database, publicUrl: string, now: number): Promise<string> =>
  inTransaction(db, async (tx) => {
    await lockAdmins(tx);
    await useUp(tx, { purpose: 'setup' });
    const { token } = await insertLink(tx, {
      purpose: 'setup',
      byCommand: true,
      expiresAt: now + goodFor,
    });
    await insertAudit(tx, { id: 'command', name: 'the command line' }, 'setup.link', 'setup');
    return urlOf(publicUrl, token);
  });

/** For whoever starts again before there is an account, and has the earlier link no more. Null: somebody is in. */
export const setupLinkAgain = async (
  db: Database,
  publicUrl: string,
  now: number,
): Promise<string | null> => ((await hasSuperAdmin(db)) ? null : newSetupLink(db, publicUrl, now));

/** Whether the hub waits for its first Super Admin, and whether a link for that is about. */
export const setupState = async (
  db: Executor,
  now: number,
): Promise<'done' | 'link_made' | 'link_expired'> => {
  if (await hasSuperAdmin(db)) return 'done';
  return (await hasGoodLink(db, 'setup', now)) ? 'link_made' : 'link_expired';
};

export interface NewAdmin {
  name: string;
  email: string;
  passwordHash: string;
}

/**
 * Makes the Super Admin. A link from the command line gives an account that is there already a new
 * password, its role and its right to sign in. Throws `setup_link_wrong`; nothing is used up then.
 */
export const setUp = (
  db: Database,
  token: string,
  admin: NewAdmin,
  now: number,
): Promise<UserRow> =>
  inTransaction(db, async (tx) => {
    await lockAdmins(tx);
    const link = await findLink(tx, 'setup', token, now);
    if (!link || (!link.by_command && (await hasSuperAdmin(tx)))) throw setupLinkWrong();
    const before = link.by_command ? await findUserByEmail(tx, admin.email) : null;
    const user = before
      ? await updateUser(tx, before.id, { name: admin.name, role: 'super_admin', active: true })
      : await insertUser(tx, { name: admin.name, email: admin.email, role: 'super_admin' });
    await putPassword(tx, user.id, admin.passwordHash);
    await endSessionsOf(tx, user.id);
    await useUp(tx, { purpose: 'setup' });
    await insertAudit(tx, user, before ? 'setup.recover' : 'setup.done', user.id);
    return user;
  });

export const setupLinkWrong = (): LoopwrightError =>
  new LoopwrightError(
    'setup_link_wrong',
    403,
    'setup: this link is wrong, used or out of date. Make a new one on the machine of the hub with loopwright setup-link.',
    'token',
  );
