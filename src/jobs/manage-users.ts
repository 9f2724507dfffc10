/** Who may sign in, as what. Every change and the audit of it are committed together. */
import { conflict, invalid } from '#core/errors.ts';
import type { Role } from '#core/roles.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { removeFeedsOf } from '#store/calendar-feeds.ts';
import { inTransaction, type Database, type Executor } from '#store/database.ts';
import { useUp } from '#store/one-time-links.ts';
import { endSession, endSessionsOf } from '#store/sessions.ts';
import { findUser, hasSuperAdmin, lockAdmins, updateUser, type UserRow } from '#store/users.ts';
import type { MayReplace } from '#store/version.ts';

/** Throws `last_super_admin` if nobody would be left who may do everything. */
const keepSuperAdmin = async (tx: Executor, user: UserRow): Promise<void> => {
  if (user.role !== 'super_admin' || !user.active || (await hasSuperAdmin(tx, user.id))) return;
  throw conflict(
    'last_super_admin',
    'user: this is the last active Super Admin. Make somebody else Super Admin first.',
  );
};

/** Takes effect with the next request of the user. */
export const changeUser = (
  db: Database,
  id: string,
  change: { name?: string | undefined; role?: Role | undefined },
  { actor, mayReplace }: { actor: Actor; mayReplace: MayReplace },
): Promise<UserRow> =>
  inTransaction(db, async (tx) => {
    await lockAdmins(tx);
    const before = await findUser(tx, id);
    await mayReplace(tx, before);
    if (change.role !== undefined && change.role !== 'super_admin')
      await keepSuperAdmin(tx, before);
    const { name = before.name, role = before.role } = change;
    const after = await updateUser(tx, id, { name, role });
    await insertAudit(tx, actor, 'user.change', id, {
      ...(role === before.role ? {} : { from: before.role, to: role }),
      ...(name === before.name ? {} : { fields: ['name'] }),
    });
    return after;
  });

/**
 * Ends the user's sessions and turns the user's calendar feed off; keys that act as the user are refused
 * from now on.
 */
export const deactivateUser = (db: Database, id: string, actor: Actor): Promise<UserRow> =>
  inTransaction(db, async (tx) => {
    await lockAdmins(tx);
    const before = await findUser(tx, id);
    await keepSuperAdmin(tx, before);
    const after = await updateUser(tx, id, { active: false });
    await endSessionsOf(tx, id);
    await useUp(tx, { purpose: 'reset', userId: id });
    await insertAudit(tx, actor, 'user.deactivate', id);
    for (const personId of await removeFeedsOf(tx, before.email))
      await insertAudit(tx, actor, 'calendar_feed.disable', personId);
    return after;
  });

export const reactivateUser = (db: Database, id: string, actor: Actor): Promise<UserRow> =>
  inTransaction(db, async (tx) => {
    const after = await updateUser(tx, id, { active: true });
    await insertAudit(tx, actor, 'user.reactivate', id);
    return after;
  });

/** `ownerId`: only if it is this user's session. */
export const endOneSession = (
  db: Database,
  id: string,
  ownerId: string | null,
  actor: Actor,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { userId } = await endSession(tx, id, ownerId);
    await insertAudit(tx, actor, 'session.end', id, { user: userId });
  });

/** All of a user's sessions, but for `except`. */
export const endAllSessions = (
  db: Database,
  userId: string,
  except: string | null,
  actor: Actor,
): Promise<number> =>
  inTransaction(db, async (tx) => {
    const count = await endSessionsOf(tx, userId, except);
    await insertAudit(tx, actor, 'session.end_all', userId, { count });
    return count;
  });

export const passwordRefused = (fault: string): Error =>
  invalid('password_weak', `password: ${fault}.`, 'password');
