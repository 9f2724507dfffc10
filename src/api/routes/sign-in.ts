/** Signing in and out: the first Super Admin, mail and password, single sign-on. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { longestPassword, passwordFault, shortestPassword } from '#core/password.ts';
import { capabilities, reach, roles } from '#core/roles.ts';
import { ConnectorError } from '#connectors/contract.ts';
import { passwordRefused } from '#jobs/manage-users.ts';
import { setUp, setupLinkWrong, setupState } from '#jobs/set-up.ts';
import { insertAudit } from '#store/audit.ts';
import type { SignedIn } from '#store/auth.ts';
import { inTransaction } from '#store/database.ts';
import { findLink } from '#store/one-time-links.ts';
import { endSession } from '#store/sessions.ts';
import { findUser } from '#store/users.ts';
import { refuseFields } from '../body.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { body, json, nameText, problems } from '../document.ts';
import { ProblemError } from '../problem.ts';
import { allowAttempt, forgiveAttempt } from '../sign-in-limits.ts';
import { addressOf, setCookies, visitorOf } from '../visitor.ts';

const tags = ['Sign-in'];

export const emailText = z.email().max(200);
/** Weak ones are refused with a reason; this is only what is read at all. */
export const passwordText = z.string().min(1).max(1_000);
export const tokenText = z.string().min(1).max(200);

const reaches = ['any', 'own_jobs', 'own_events', 'own_acts', 'own_person', 'none'] as const;

const SignedInSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(roles),
    may: z.record(z.string(), z.enum(reaches)),
    sessionId: z.string().nullable().openapi({ description: 'Null: an API key is asking.' }),
    position: z.string().nullable().openapi({
      description: 'How far changes have come, for `since` of `GET /events`; null: not known.',
    }),
  })
  .openapi('SignedIn');

export const signInRoutes = {
  ways: createRoute({
    method: 'get',
    path: '/api/v1/sign-in',
    tags,
    summary: 'How one signs in here',
    responses: {
      200: json(
        z.object({
          setup: z.enum(['done', 'link_made', 'link_expired']).openapi({
            description:
              'Whether there is a Super Admin; else whether a set-up link is good, or a new one is to be made with `loopwright setup-link`.',
          }),
          sso: z
            .object({ name: z.string(), url: z.string() })
            .nullable()
            .openapi({ description: 'Null: there is no single sign-on.' }),
          password: z.object({ shortest: z.int(), longest: z.int() }),
        }),
        'The ways.',
      ),
      ...problems,
    },
  }),
  setup: createRoute({
    method: 'post',
    path: '/api/v1/setup',
    tags,
    summary: 'Make the first Super Admin by the one-time link, and sign in',
    request: {
      body: body(
        z.strictObject({
          token: tokenText,
          name: nameText,
          email: emailText,
          password: passwordText,
        }),
      ),
    },
    responses: { 201: json(SignedInSchema, 'Signed in.'), ...problems },
  }),
  signIn: createRoute({
    method: 'post',
    path: '/api/v1/sign-in',
    tags,
    summary: 'Sign in with mail and password',
    request: { body: body(z.strictObject({ email: emailText, password: passwordText })) },
    responses: { 200: json(SignedInSchema, 'Signed in; the cookie is the session.'), ...problems },
  }),
  sso: createRoute({
    method: 'get',
    path: '/api/v1/sign-in/sso',
    tags,
    summary: 'Go to the provider of single sign-on; it leads back to `to`, or to /sign-in?error=…',
    request: {
      query: z.strictObject({
        to: z
          .string()
          .regex(/^\/(?![/\\])[^\\\s]{0,500}$/, 'it is no path of the hub')
          .default('/'),
      }),
    },
    responses: { 302: { description: 'On to the provider.' }, ...problems },
  }),
  signOut: createRoute({
    method: 'post',
    path: '/api/v1/sign-out',
    tags,
    summary: 'End this session',
    middleware: [refuseFields] as const,
    responses: { 204: { description: 'Signed out.' }, ...problems },
  }),
  session: createRoute({
    method: 'get',
    path: '/api/v1/session',
    tags,
    summary: 'Who is signed in, and what that person may do',
    responses: { 200: json(SignedInSchema, 'The actor.'), ...problems },
  }),
};

const wrong = (): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'sign_in_wrong',
    detail:
      'sign-in: address and password do not fit together. Correct them, or ask for a new password.',
  });

/** Throws `password_weak`. */
export const refuseWeak = (password: string, known: readonly string[]): void => {
  const fault = passwordFault(password, known);
  if (fault !== null) throw passwordRefused(fault);
};

/** For acts that only a session has. */
export const sessionOf = (c: Context<ApiEnv>): string => {
  const { sessionId } = c.get('actor');
  if (sessionId !== null) return sessionId;
  throw new ProblemError({
    status: 422,
    code: 'no_session',
    detail: 'sign-in: an API key has no session and no password. Sign in to do this.',
  });
};

/**
 * Signs in whoever has just proven to be `email`. The session that the browser had before ends, so
 * that no session lives through a change of user.
 */
export const enter = async (
  { hub, auth, changes }: ApiDeps,
  c: Context<ApiEnv>,
  email: string,
  password: string,
): Promise<z.infer<typeof SignedInSchema> | null> => {
  const visitor = visitorOf(c);
  const before = await auth.session(visitor);
  const entered: SignedIn | null = await auth.signIn(email, password, visitor);
  if (!entered) return null;
  if (before) await endSession(hub.db, before.sessionId, null).catch(() => undefined);
  setCookies(c, entered.cookies);
  const { id, name, role, email: address } = await findUser(hub.db, entered.userId);
  const actor = { id, name, role, email: address, sessionId: entered.sessionId };
  return presentActor(actor, changes.position());
};

const presentActor = (
  actor: ApiEnv['Variables']['actor'],
  position: string | null,
): z.infer<typeof SignedInSchema> => {
  const { id, name, email, role, sessionId } = actor;
  const may = Object.fromEntries(capabilities.map((one) => [one, reach(role, one)] as const));
  return { id, name, email, role, may, sessionId, position };
};

export const serveSignIn = (app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void => {
  const { hub, auth, ssoName } = deps;

  app.openapi(signInRoutes.ways, async (c) => {
    const url = `${hub.publicUrl}/api/v1/sign-in/sso`;
    return c.json(
      {
        setup: await setupState(hub.db, hub.now()),
        sso: ssoName === null ? null : { name: ssoName, url },
        password: { shortest: shortestPassword, longest: longestPassword },
      },
      200,
    );
  });

  app.openapi(signInRoutes.setup, async (c) => {
    await allowAttempt(hub.db, 'address', addressOf(c));
    const { token, name, email, password } = c.req.valid('json');
    if (!(await findLink(hub.db, 'setup', token, hub.now()))) throw setupLinkWrong();
    refuseWeak(password, [name, email]);
    const passwordHash = await auth.hash(password);
    await setUp(hub.db, token, { name, email, passwordHash }, hub.now());
    const entered = await enter(deps, c, email, password);
    if (!entered) throw wrong();
    return c.json(entered, 201);
  });

  app.openapi(signInRoutes.signIn, async (c) => {
    const { email, password } = c.req.valid('json');
    const address = addressOf(c);
    await allowAttempt(hub.db, 'address', address);
    await allowAttempt(hub.db, 'account', email);
    const entered = await enter(deps, c, email, password);
    if (!entered) {
      hub.log.warn({ request: c.get('requestId'), address }, 'api: a sign-in was refused.');
      throw wrong();
    }
    await forgiveAttempt(hub.db, 'address', address);
    await forgiveAttempt(hub.db, 'account', email);
    return c.json(entered, 200);
  });

  /** A browser is on its way, so it is led to the page for signing in, with a word on what failed. */
  const failed = (c: Context<ApiEnv>, reason: unknown): string => {
    const isAway = reason instanceof ConnectorError;
    if (typeof reason !== 'string' && !isAway) throw reason;
    const why = isAway ? 'provider_away' : reason;
    const fields = { request: c.get('requestId'), why, ...(isAway ? { error: reason } : {}) };
    hub.log.warn(fields, 'api: a single sign-on failed.');
    return `${hub.publicUrl}/sign-in?error=${why}`;
  };

  app.openapi(signInRoutes.sso, async (c) => {
    if (ssoName === null) throw noSso();
    await allowAttempt(hub.db, 'address', addressOf(c));
    try {
      const { url, cookies } = await auth.beginSso(c.req.valid('query').to, visitorOf(c));
      setCookies(c, cookies);
      return c.redirect(url, 302);
    } catch (thrown) {
      return c.redirect(failed(c, thrown), 302);
    }
  });

  app.get('/oauth/sso/callback/oidc', async (c) => {
    if (ssoName === null) throw noSso();
    const query = Object.fromEntries(
      Object.entries(c.req.query()).map(([name, value]) => [name, value.slice(0, 4_000)]),
    );
    try {
      const visitor = visitorOf(c);
      const before = await auth.session(visitor);
      const { to, cookies, error } = await auth.finishSso(query, visitor);
      if (error !== null) return c.redirect(failed(c, error), 302);
      if (before) await endSession(hub.db, before.sessionId, null).catch(() => undefined);
      setCookies(c, cookies);
      return c.redirect(new URL(to, hub.publicUrl).href, 302);
    } catch (thrown) {
      return c.redirect(failed(c, thrown), 302);
    }
  });

  app.openapi(signInRoutes.signOut, async (c) => {
    const id = sessionOf(c);
    await inTransaction(hub.db, async (tx) => {
      await endSession(tx, id, null);
      await insertAudit(tx, c.get('actor'), 'session.end', id);
    });
    setCookies(c, await auth.signOut(visitorOf(c)));
    return c.body(null, 204);
  });

  app.openapi(signInRoutes.session, (c) =>
    c.json(presentActor(c.get('actor'), deps.changes.position()), 200),
  );
};

const noSso = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'sso_not_configured',
    detail:
      'sign-in: there is no single sign-on here. Set LOOPWRIGHT_OIDC_ISSUER and what goes with it.',
  });
