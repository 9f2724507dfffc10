/** better-auth, told our tables and what it must not do. The one file that loads it. */
import { APIError, betterAuth, type BetterAuthOptions } from 'better-auth';
import type { KyselyPlugin } from 'kysely';
import { insertAudit } from './audit.ts';
import { providerPlugin } from './auth-provider.ts';
import { addressHeader, idleFor, ssoPath, type AuthSetup } from './auth-setup.ts';
import { newId } from './database.ts';
import { findUser } from './users.ts';

const seconds = (milliseconds: number): number => milliseconds / 1_000;

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

export const engineOf = (setup: AuthSetup, secret: string) => {
  const { db, publicUrl, provider } = setup;
  const common = { createdAt: 'created_at', updatedAt: 'updated_at' };
  const options = {
    appName: 'Loopwright',
    baseURL: publicUrl,
    basePath: ssoPath,
    // As a list: a variable of better-auth's in the environment would replace a single one.
    secrets: [{ version: 1, value: secret }],
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    database: { db: db.withPlugin(dates), type: 'postgres', transaction: true },
    user: {
      modelName: 'app_user',
      fields: { ...common, emailVerified: 'email_verified' },
      additionalFields: {
        // Always there; the hook below sets them, and no provider's profile does.
        role: { type: 'string', required: false, input: false },
        active: { type: 'boolean', required: false, input: false },
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

export type Engine = ReturnType<typeof engineOf>;

/** Whether better-auth refused, rather than broke. */
export const isRefusal = (thrown: unknown): boolean =>
  thrown instanceof APIError && thrown.statusCode < 500;
