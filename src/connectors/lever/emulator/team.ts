/** The account's users, by API or by a person. */
import { badRequest } from './errors.ts';
import { accessRoles, canonicalEmail, type AccessRole } from './vocabulary.ts';
import type { UserRecord } from './state.ts';
import type { World } from './world.ts';

export interface Team {
  /** No invite is sent. [doc] */
  add(user: { name: string; email: string; accessRole: string }): UserRecord;
  deactivate(user: UserRecord): void;
  reactivate(user: UserRecord): void;
}

const isAccessRole = (text: string): text is AccessRole =>
  (accessRoles as readonly string[]).includes(text);

export const createTeam = ({ state, mint, options }: World): Team => ({
  add({ name, email, accessRole }) {
    if (!isAccessRole(accessRole)) throw badRequest(`accessRole ${accessRole} does not exist`);
    if (state.users.some((one) => canonicalEmail(one.email) === canonicalEmail(email)))
      throw badRequest('email belongs to another user');
    const user: UserRecord = {
      id: mint.uuid(),
      name,
      username: canonicalEmail(email).split('@')[0] ?? '',
      email,
      accessRole,
      createdAt: options.now(),
      deactivatedAt: null,
      jobTitle: null,
      managerId: null,
    };
    state.users.push(user);
    return user;
  },
  deactivate(user) {
    user.deactivatedAt ??= options.now();
  },
  reactivate(user) {
    user.deactivatedAt = null;
  },
});
