/**
 * better-auth on our tables: it hashes passwords, signs cookies, and walks through single sign-on.
 * Nothing of it is served by itself; the routes in `api` call what this file offers.
 */
import { hkdfSync } from 'node:crypto';
import type { Role } from '#core/roles.ts';
import type { Engine } from './auth-engine.ts';
import { providerId } from './auth-provider.ts';
import { addressHeader, lastsFor, type AuthSetup } from './auth-setup.ts';

/** What a request brings along that signing in needs. */
export interface Visitor {
  cookie: string | undefined;
  userAgent: string | undefined;
  /** Where the connection comes from. */
  address: string;
}

export interface SignedIn {
  userId: string;
  sessionId: string;
  /** Values of `Set-Cookie`. */
  cookies: string[];
}

export interface LiveSession extends SignedIn {
  name: string;
  email: string;
  role: Role;
  startedAt: number;
}

export interface Auth {
  hasSso: boolean;
  hash(password: string): Promise<string>;
  /** Null: wrong, whatever is wrong about it; it takes as long for an unknown address. */
  signIn(email: string, password: string, visitor: Visitor): Promise<SignedIn | null>;
  /** The visitor's session, prolonged; null: there is none that is good. */
  session(visitor: Visitor): Promise<LiveSession | null>;
  signOut(visitor: Visitor): Promise<string[]>;
  /** Ends all sessions and begins a new one. Null: the current password is wrong, or there is none. */
  changePassword(current: string, next: string, visitor: Visitor): Promise<SignedIn | null>;
  beginSso(to: string, visitor: Visitor): Promise<{ url: string; cookies: string[] }>;
  /** `error` is a word of ours for why it failed. */
  finishSso(
    query: Record<string, string>,
    visitor: Visitor,
  ): Promise<{ to: string; cookies: string[]; error: string | null }>;
}

const headersOf = ({ cookie, userAgent, address }: Visitor): Headers => {
  const headers = new Headers({ [addressHeader]: address });
  if (cookie !== undefined) headers.set('cookie', cookie);
  if (userAgent !== undefined) headers.set('user-agent', userAgent);
  return headers;
};

/** Cookies are signed under a key derived from the installation's: a new key ends all sessions. */
const cookieSecret = (key: Buffer): string =>
  Buffer.from(hkdfSync('sha256', key, '', 'loopwright/cookies', 32)).toString('base64url');

/** Loaded with the first sign-in: it would add a tenth of a second to every start. */
const loadEngine = () => import('./auth-engine.ts');

/** Null where better-auth refuses; what breaks breaks. */
const unlessRefused = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work;
  } catch (thrown) {
    const { isRefusal } = await loadEngine();
    if (isRefusal(thrown)) return null;
    throw thrown;
  }
};

/** Words of better-auth for a failed single sign-on that say more than that it failed. */
const ssoErrors: Record<string, string> = {
  not_invited: 'not_invited',
  email_unverified: 'email_unverified',
  deactivated: 'deactivated',
  email_not_found: 'email_missing',
  account_not_linked: 'email_unverified',
  access_denied: 'denied',
  state_mismatch: 'stale',
  state_not_found: 'stale',
  state_security_mismatch: 'stale',
  please_restart_the_process: 'stale',
};

export const createAuth = (setup: AuthSetup): Auth => {
  const { db, vault, provider } = setup;
  let made: { keyId: string; engine: Engine } | undefined;
  const load = async (): Promise<Engine> => {
    const { engineOf } = await loadEngine();
    const { id, bytes } = vault.current();
    if (made?.keyId !== id) made = { keyId: id, engine: engineOf(setup, cookieSecret(bytes)) };
    return made.engine;
  };
  const started = async (token: string, headers: Headers): Promise<SignedIn> => {
    const row = await db
      .selectFrom('session')
      .select(['id', 'user_id'])
      .where('token', '=', token)
      .executeTakeFirstOrThrow();
    return { userId: row.user_id, sessionId: row.id, cookies: headers.getSetCookie() };
  };
  const end = async (id: string): Promise<void> => {
    await db.deleteFrom('session').where('id', '=', id).execute();
  };

  return {
    hasSso: provider !== null,
    async hash(password) {
      const { $context } = await load();
      return (await $context).password.hash(password);
    },

    async signIn(email, password, visitor) {
      // The cookie is left out: whoever was signed in before plays no part in this.
      const headers = headersOf({ ...visitor, cookie: undefined });
      const work = (await load()).api.signInEmail({
        body: { email, password },
        headers,
        returnHeaders: true,
      });
      const done = await unlessRefused(work);
      return done && started(done.response.token, done.headers);
    },

    async session(visitor) {
      if (visitor.cookie === undefined) return null;
      const done = await unlessRefused(
        (await load()).api.getSession({ headers: headersOf(visitor), returnHeaders: true }),
      );
      if (!done?.response) return null;
      const { session, user } = done.response;
      const startedAt = new Date(session.createdAt).getTime();
      if (!user.active || setup.now() - startedAt > lastsFor) {
        await end(session.id);
        return null;
      }
      const { id: userId, name, email, role } = user;
      const cookies = done.headers.getSetCookie();
      return { userId, sessionId: session.id, name, email, role: role as Role, startedAt, cookies };
    },

    async signOut(visitor) {
      const done = await (
        await load()
      ).api.signOut({ headers: headersOf(visitor), returnHeaders: true });
      return done.headers.getSetCookie();
    },

    async changePassword(currentPassword, newPassword, visitor) {
      const work = (await load()).api.changePassword({
        body: { currentPassword, newPassword, revokeOtherSessions: true },
        headers: headersOf(visitor),
        returnHeaders: true,
      });
      const done = await unlessRefused(work);
      return done && started(done.response.token ?? '', done.headers);
    },

    async beginSso(to, visitor) {
      const { headers, response } = await (
        await load()
      ).api.signInSocial({
        body: { provider: providerId, callbackURL: to, disableRedirect: true },
        headers: headersOf({ ...visitor, cookie: undefined }),
        returnHeaders: true,
      });
      return { url: response.url ?? '', cookies: headers.getSetCookie() };
    },

    async finishSso(query, visitor) {
      const answer = await (
        await load()
      ).api.callbackOAuth({
        method: 'GET',
        params: { id: providerId },
        query,
        headers: headersOf(visitor),
        asResponse: true,
      });
      const cookies = answer.headers.getSetCookie();
      const to = answer.headers.get('location') ?? '';
      const error = URL.parse(to, setup.publicUrl)?.searchParams.get('error') ?? null;
      const failed = answer.status >= 400 || error !== null;
      return { to, cookies, error: failed ? (ssoErrors[error ?? ''] ?? 'failed') : null };
    },
  };
};
