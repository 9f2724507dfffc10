/** The API's front: recording, faults, rate limit, authentication, routes, error bodies. */
import { Hono } from 'hono';
import { faultMiddleware } from '#connectors/emulator-faults.ts';
import { contactRoutes } from './api-contacts.ts';
import { feedbackTemplateRoutes } from './api-feedback-templates.ts';
import { interviewRoutes } from './api-interviews.ts';
import { labelRoutes } from './api-labels.ts';
import { noteRoutes } from './api-notes.ts';
import { opportunityRoutes } from './api-opportunities.ts';
import { panelRoutes } from './api-panels.ts';
import { postingRoutes } from './api-postings.ts';
import { stageRoutes } from './api-stages.ts';
import { userRoutes } from './api-users.ts';
import { webhookRoutes } from './api-webhooks.ts';
import { authenticate, credentialOf } from './auth.ts';
import { ApiError, errorBody } from './errors.ts';
import { oauthRoutes } from './oauth.ts';
import { withPlainPath } from './request.ts';
import type { Fault, RecordedRequest } from '#connectors/emulator.ts';
import type { Acts } from './acts.ts';
import type { World } from './world.ts';

/** [doc] A token bucket per key: 10 a second, bursts to 20. No Retry-After comes with the 429. */
const limit = { perSecond: 10, burst: 20 };

export const createApi = (
  world: World,
  acts: Acts,
  log: { faults: Fault[]; requests: RecordedRequest[] },
): Hono => {
  const inner = new Hono();
  inner.use(
    faultMiddleware({
      options: world.options,
      ...log,
      callerOf: credentialOf,
      limit,
      errorBody,
      secretParams: ['code', 'client_secret', 'refresh_token', 'access_token'],
    }),
  );
  inner.use(async (c, next) => {
    await next();
    if (c.req.method !== 'GET' && c.res.status < 400) world.options.changed();
  });
  inner.use('/v1/*', authenticate(world));
  const opportunities = opportunityRoutes(world, acts.candidacies, acts.panels);
  opportunities.route('/', noteRoutes(world, acts.notes));
  opportunities.route('/', panelRoutes(world, acts.panels));
  opportunities.route('/', interviewRoutes(world, acts.panels));
  inner.route('/v1/opportunities', opportunities);
  inner.route('/v1/candidates', opportunities);
  inner.route('/v1/contacts', contactRoutes(world, acts.candidacies));
  inner.route('/v1/users', userRoutes(world, acts.team));
  inner.route('/v1/postings', postingRoutes(world, acts.postings, acts.candidacies));
  inner.route('/v1/feedback_templates', feedbackTemplateRoutes(world));
  inner.route('/v1/webhooks', webhookRoutes(world));
  inner.route('/v1', stageRoutes(world));
  inner.route('/v1', labelRoutes(world));
  inner.route('/auth', oauthRoutes(world));
  inner.notFound(() => errorBody(404));
  inner.onError((thrown, c) => {
    if (!(thrown instanceof ApiError)) throw thrown;
    return c.json({ code: thrown.code, message: thrown.message }, thrown.status);
  });

  const api = new Hono();
  api.all('*', (c) => inner.fetch(withPlainPath(c.req.raw), c.env));
  api.onError((thrown) => {
    throw thrown;
  });
  return api;
};
