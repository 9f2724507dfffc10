/** Passwords: forgotten, set anew, changed. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { invalid } from '#core/errors.ts';
import { lookAtReset, requestReset, resetPassword } from '#jobs/reset-password.ts';
import { insertAudit } from '#store/audit.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { acceptedSchema, body, json, problems } from '../document.ts';
import { allowAttempt, forgiveAttempt } from '../sign-in-limits.ts';
import { addressOf, setCookies, visitorOf } from '../visitor.ts';
import { emailText, passwordText, refuseWeak, sessionOf, tokenText } from './sign-in.ts';

const tags = ['Sign-in'];
const root = '/api/v1/password';

export const passwordRoutes = {
  forgot: createRoute({
    method: 'post',
    path: `${root}/forgot`,
    tags,
    summary: 'Have a link for a new password mailed; the answer is the same for unknown addresses',
    request: { body: body(z.strictObject({ email: emailText })) },
    responses: { 202: json(acceptedSchema, 'Accepted.'), ...problems },
  }),
  reset: createRoute({
    method: 'post',
    path: `${root}/reset`,
    tags,
    summary: 'Set a new password by the mailed link; all sessions end',
    request: { body: body(z.strictObject({ token: tokenText, password: passwordText })) },
    responses: { 204: { description: 'Set. Sign in with it.' }, ...problems },
  }),
  change: createRoute({
    method: 'post',
    path: `${root}/change`,
    tags,
    summary: 'Change your password; all other sessions end',
    request: { body: body(z.strictObject({ current: passwordText, password: passwordText })) },
    responses: { 204: { description: 'Changed; the session goes on anew.' }, ...problems },
  }),
};

export const servePasswords = (app: OpenAPIHono<ApiEnv>, { hub, auth }: ApiDeps): void => {
  app.openapi(passwordRoutes.forgot, async (c) => {
    const { email } = c.req.valid('json');
    await allowAttempt(hub.db, 'address', addressOf(c));
    await allowAttempt(hub.db, 'forgot', email);
    const requestId = c.get('requestId');
    // Not awaited: how long it takes would tell whether there is such a user.
    requestReset(hub, email).catch((thrown: unknown) => {
      hub.log.error({ request: requestId, error: thrown }, 'api: a password link was not made.');
    });
    return c.json({ queued: true as const }, 202);
  });

  app.openapi(passwordRoutes.reset, async (c) => {
    await allowAttempt(hub.db, 'address', addressOf(c));
    const { token, password } = c.req.valid('json');
    const { name, email } = await lookAtReset(hub.db, token, hub.now());
    refuseWeak(password, [name, email]);
    await resetPassword(hub, token, await auth.hash(password));
    await forgiveAttempt(hub.db, 'account', email);
    return c.body(null, 204);
  });

  app.openapi(passwordRoutes.change, async (c) => {
    sessionOf(c);
    const actor = c.get('actor');
    const { current, password } = c.req.valid('json');
    await allowAttempt(hub.db, 'password', actor.id);
    refuseWeak(password, [actor.name, actor.email ?? '']);
    const changed = await auth.changePassword(current, password, visitorOf(c));
    if (!changed)
      throw invalid(
        'password_wrong',
        'password: the current one is wrong, or this account has none. Correct it, or ask for a link by mail.',
        'current',
      );
    await insertAudit(hub.db, actor, 'password.change', actor.id);
    await forgiveAttempt(hub.db, 'password', actor.id);
    setCookies(c, changed.cookies);
    return c.body(null, 204);
  });
};
