/**
 * better-auth on our tables: it hashes passwords, signs cookies, and walks through single sign-on.
 * Nothing of it is served by itself; the routes in `api` call what this file offers.
 */
import { hkdfSync } from 'node:crypto';
import { APIError, betterAuth, type BetterAuthOptions } from 'better-auth';
import type { KyselyPlugin } from 'kysely';
import type { Role } from '#core/roles.ts';
import { insertAudit } from './audit.ts';
import { newId, type Database } from './database.ts';
import { findUser } from './users.ts';
import type { Vault } from './vault.ts';

/** Milliseconds. A session ends when it is not used for a day, and after a week in any case. */
export const idleFor = 24 * 3_600_000;
export const lastsFor = 7 * idleFor;
const seconds = (milliseconds: number): number => milliseconds / 1_000;

/** Where the provider sends the browser back to, under the public address. */
export const ssoPath = '/oauth/sso';
const providerId = 'oidc';

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

/** The person as the provider vouches for it. */
export interface ProviderClaims {
  sub: string;
  name: string;
  email: string | null;
  emailVerified: boolean;
}

/** An OpenID Connect provider, made in `jobs`, where the calls to the outside stand. */
export interface Provider {
  authorizeUrl(wish: {
    state: string;
    codeVerifier: string;
    nonce: string;
    redirectUri: string;
  }): Promise<URL>;
  exchange(answer: {
    code: string;
    codeVerifier: string;
    redirectUri: string;
  }): Promise<{ idToken: string; accessToken: string }>;
  /** Null: the token does not hold. */
  claims(
    tokens: { idToken: string; accessToken: string },
    nonce: string,
  ): Promise<ProviderClaims | null>;
}

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

/** Our pool reads instants as milliseconds; better-auth wants dates. */
const dates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({
    ...result,
    rows: result.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          name.endsWith('_at') && typeof value === 'number' ? new Date(value) : value,
        ]),
      ),
    ),
  }),
};

const idPrefix: Record<string, string> = { user: 'us', session: 'ss', account: 'ac' };

/** The name in `APIError`s of refusals that the hub itself makes. */
const refusal = (code: string): APIError => new APIError('FORBIDDEN', { code, message: code });

/** Cookies are signed under a key derived from the installation's: a new key ends all sessions. */
const cookieSecret = (key: Buffer): string =>
  Buffer.from(hkdfSync('sha256', key, '', 'loopwright/cookies', 32)).toString('base64url');

const engineOf = (setup: AuthSetup, secret: string) => {
  const { db, publicUrl, provider } = setup;
  const common = { createdAt: 'created_at', updatedAt: 'updated_at' };
  const options = {
    appName: 'Loopwright',
    baseURL: publicUrl,
    basePath: ssoPath,
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    database: { db: db.withPlugin(dates), type: 'postgres', transaction: true },
    user: {
      modelName: 'app_user',
      fields: { ...common, emailVerified: 'email_verified' },
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        active: { type: 'boolean', required: true, input: false },
      },
    },
    session: {
      modelName: 'session',
      fields: {
        ...common,
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      expiresIn: seconds(idleFor),
      updateAge: 60,
    },
    account: {
      modelName: 'account',
      fields: {
        ...common,
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
      updateAccountOnSignIn: false,
    },
    verification: { modelName: 'verification', fields: { ...common, expiresAt: 'expires_at' } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      autoSignIn: false,
      minPasswordLength: 1,
      maxPasswordLength: 1_000,
    },
    advanced: {
      cookiePrefix: 'loopwright',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: ({ model }) => newId(idPrefix[model] ?? 'vf', 20) },
    },
    databaseHooks: {
      user: {
        create: {
          // Only single sign-on makes users here; the others are made with their invitation.
          async before(user) {
            if (!user.emailVerified) throw refusal('email_unverified');
            const role = await setup.admit(user.email);
            if (role === null) throw refusal('not_invited');
            return { data: { ...user, role, active: true } };
          },
          after: (user) => setup.admitted(user.id),
        },
      },
      account: {
        create: {
          // The hub never acts at the provider, so it keeps nothing to act with.
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null, scope: null },
          }),
        },
      },
      session: {
        create: {
          async before(session) {
            const { active } = await findUser(db, session.userId);
            if (!active) throw refusal('deactivated');
            return { data: { ...session, userAgent: session.userAgent?.slice(0, 300) ?? null } };
          },
          async after(session) {
            const { id, name } = await findUser(db, session.userId);
            await insertAudit(db, { id, name }, 'session.begin', session.id);
          },
        },
      },
    },
    plugins: provider === null ? [] : [providerPlugin(provider)],
  } satisfies BetterAuthOptions;
  return betterAuth(options);
};

const addressHeader = 'x-loopwright-address';

/** Registers the provider as better-auth's own do, with the nonce bound to the browser's state. */
const providerPlugin = (provider: Provider) => ({
  id: 'loopwright-oidc',
  init: () => ({
    context: {
      socialProviders: [
        {
          id: providerId,
          name: providerId,
          requiresIdTokenNonce: true,
          accountSubject: ({ profile }: { profile: object }) => (profile as ProviderClaims).sub,
          createAuthorizationURL: (data: {
            state: string;
            codeVerifier: string;
            redirectURI: string;
            idTokenNonce?: string | undefined;
          }) =>
            provider.authorizeUrl({
              state: data.state,
              codeVerifier: data.codeVerifier,
              nonce: data.idTokenNonce ?? '',
              redirectUri: data.redirectURI,
            }),
          validateAuthorizationCode: (data: {
            code: string;
            redirectURI: string;
            codeVerifier?: string | undefined;
          }) =>
            provider.exchange({
              code: data.code,
              codeVerifier: data.codeVerifier ?? '',
              redirectUri: data.redirectURI,
            }),
          async getUserInfo(tokens: {
            idToken?: string | undefined;
            accessToken?: string | undefined;
            expectedIdTokenNonce?: string | undefined;
          }) {
            const { idToken = '', accessToken = '', expectedIdTokenNonce: nonce = '' } = tokens;
            const claims =
              nonce === '' ? null : await provider.claims({ idToken, accessToken }, nonce);
            if (!claims) return null;
            const { name, email, emailVerified } = claims;
            return { user: { name, email, emailVerified }, data: claims };
          },
        },
      ],
    },
  }),
});

const headersOf = ({ cookie, userAgent, address }: Visitor): Headers => {
  const headers = new Headers({ [addressHeader]: address });
  if (cookie !== undefined) headers.set('cookie', cookie);
  if (userAgent !== undefined) headers.set('user-agent', userAgent);
  return headers;
};

const isRefusal = (thrown: unknown): thrown is APIError => thrown instanceof APIError;

/** Null where better-auth refuses; what breaks breaks. */
const unlessRefused = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work;
  } catch (thrown) {
    if (isRefusal(thrown) && thrown.statusCode < 500) return null;
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
  let made: { keyId: string; engine: ReturnType<typeof engineOf> } | undefined;
  const engine = (): ReturnType<typeof engineOf> => {
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
    hash: async (password) => (await engine().$context).password.hash(password),

    async signIn(email, password, visitor) {
      // The cookie is left out: whoever was signed in before plays no part in this.
      const headers = headersOf({ ...visitor, cookie: undefined });
      const work = engine().api.signInEmail({
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
        engine().api.getSession({ headers: headersOf(visitor), returnHeaders: true }),
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
      const done = await engine().api.signOut({ headers: headersOf(visitor), returnHeaders: true });
      return done.headers.getSetCookie();
    },

    async changePassword(currentPassword, newPassword, visitor) {
      const work = engine().api.changePassword({
        body: { currentPassword, newPassword, revokeOtherSessions: true },
        headers: headersOf(visitor),
        returnHeaders: true,
      });
      const done = await unlessRefused(work);
      return done && started(done.response.token ?? '', done.headers);
    },

    async beginSso(to, visitor) {
      const { headers, response } = await engine().api.signInSocial({
        body: { provider: providerId, callbackURL: to, disableRedirect: true },
        headers: headersOf({ ...visitor, cookie: undefined }),
        returnHeaders: true,
      });
      return { url: response.url ?? '', cookies: headers.getSetCookie() };
    },

    async finishSso(query, visitor) {
      const answer = await engine().api.callbackOAuth({
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
