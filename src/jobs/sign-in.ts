/** How people sign in: better-auth on our tables, the provider of single sign-on, and whom it lets in. */
import type { Role } from '#core/roles.ts';
import type { Http } from '#connectors/contract.ts';
import { createAuth, type Auth } from '#store/auth.ts';
import { findInvitationFor } from '#store/invitations.ts';
import type { Hub } from './hub.ts';
import { settleInvitation } from './invite-user.ts';
import { createProvider, type OidcSettings } from './oidc.ts';

export interface SsoSetup extends OidcSettings {
  /** What its button says. */
  name: string;
  /** The role of whoever was not invited; null: not let in. */
  newUsers: Role | null;
  http: Http;
}

export interface SignIn {
  auth: Auth;
  /** Null: there is no single sign-on. */
  ssoName: string | null;
}

export const openSignIn = (hub: Hub, sso: SsoSetup | null): SignIn => {
  const { db, vault, publicUrl } = hub;
  const now = (): number => hub.now();
  const refused = (why: string): void => {
    hub.log.warn({ why }, 'single sign-on: an ID token was refused.');
  };
  const auth = createAuth({
    db,
    vault,
    publicUrl,
    now,
    provider: sso && createProvider(sso, sso.http, now, refused),
    admit: async (email) => (await findInvitationFor(db, email))?.role ?? sso?.newUsers ?? null,
    admitted: (userId) => settleInvitation(db, userId),
  });
  return { auth, ssoName: sso?.name ?? null };
};
