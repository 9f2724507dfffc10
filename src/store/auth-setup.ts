/** What signing in is made with. */
import type { Role } from '#core/roles.ts';
import type { Provider } from './auth-provider.ts';
import type { Database } from './database.ts';
import type { Vault } from './vault.ts';

/** Milliseconds. A session ends when it is not used for a day, and after a week in any case. */
export const idleFor = 24 * 3_600_000;
export const lastsFor = 7 * idleFor;

/** Where the provider sends the browser back to, under the public address. */
export const ssoPath = '/oauth/sso';

/** Carries the address of the connection to better-auth, which looks for it in a header. */
export const addressHeader = 'x-loopwright-address';

export interface AuthSetup {
  db: Database;
  vault: Vault;
  publicUrl: string;
  provider: Provider | null;
  /** The role of somebody whom the provider sends and the hub does not know; null: not let in. */
  admit(email: string): Promise<Role | null>;
  /** That person is a user now. */
  admitted(userId: string): Promise<void>;
  now(): number;
}
