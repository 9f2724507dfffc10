/** The hub's HTTP side: the API under `/api/v1`, webhooks, probes, the way back from consents, the web app. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { newId } from '#store/database.ts';
import { access } from './access.ts';
import { guard } from './auth.ts';
import { jsonBody } from './body.ts';
import type { ApiDeps, ApiEnv } from './context.ts';
import { securityHeaders } from './headers.ts';
import { serveHealth } from './health.ts';
import { serveHooks } from './hooks.ts';
import { idempotency } from './idempotency.ts';
import { serveJoin } from './join.ts';
import { createMetrics, observe } from './metrics.ts';
import { serveOAuth } from './oauth.ts';
import { openApiDocument } from './openapi.ts';
import { invalidInput, problemOf, problemResponse } from './problem.ts';
import { serveApiKeys } from './routes/api-keys.ts';
import { serveAssessments } from './routes/assessments.ts';
import { serveCalendarFeed } from './routes/calendar-feed.ts';
import { serveCandidatePage } from './routes/candidate-page.ts';
import { serveAudit } from './routes/audit.ts';
import { serveCandidates } from './routes/candidates.ts';
import { serveChoices } from './routes/choices.ts';
import { serveCompany } from './routes/company.ts';
import { serveConnections } from './routes/connections.ts';
import { serveConnectors } from './routes/connectors.ts';
import { serveDeliveries } from './routes/deliveries.ts';
import { serveEffects } from './routes/effects.ts';
import { serveEvents } from './routes/events.ts';
import { serveInterviewReads } from './routes/interview-reads.ts';
import { serveInstallation } from './routes/installation.ts';
import { serveInterviews } from './routes/interviews.ts';
import { serveInvitations } from './routes/invitations.ts';
import { serveMails } from './routes/mails.ts';
import { servePanels } from './routes/panels.ts';
import { servePasswords } from './routes/passwords.ts';
import { servePeople } from './routes/people.ts';
import { servePools } from './routes/pools.ts';
import { serveReplies } from './routes/replies.ts';
import { serveRules } from './routes/rules.ts';
import { serveSchedule } from './routes/schedule.ts';
import { serveTakenTimes } from './routes/taken-times.ts';
import { serveSessions } from './routes/sessions.ts';
import { serveSignIn } from './routes/sign-in.ts';
import { serveTemplates } from './routes/templates.ts';
import { serveTestPage } from './routes/test-page.ts';
import { serveToday } from './routes/today.ts';
import { serveUsers } from './routes/users.ts';
import { nameSender } from './sender.ts';
import { serveWeb } from './web.ts';

export type { ApiDeps } from './context.ts';

export const createApp = (deps: ApiDeps): OpenAPIHono<ApiEnv> => {
  const { hub } = deps;
  const metrics = createMetrics(hub, deps.metrics);
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidInput(result.target, result.error);
    },
  });

  app.use(async (c, next) => {
    const requestId = newId('rq');
    c.set('requestId', requestId);
    await next();
    c.res.headers.set('x-request-id', requestId);
  });
  app.use(nameSender(deps.trustedProxies));
  app.use(securityHeaders(hub.publicUrl));
  app.use(observe(hub, metrics));
  app.use(guard(deps));
  app.use('/api/v1/*', jsonBody);
  app.use('/api/v1/*', idempotency(hub));

  // Made when somebody asks for it: it takes longer than all else that is put together here.
  let description: ReturnType<typeof openApiDocument> | undefined;
  app.get('/api/openapi.json', (c) => c.json((description ??= openApiDocument(deps.version))));
  serveHealth(app, deps);
  serveInstallation(app, deps);
  serveHooks(app, deps, metrics);
  serveOAuth(app, deps);
  serveConnectors(app, deps);
  serveConnections(app, deps);
  serveChoices(app, deps);
  serveRules(app, deps);
  serveCandidates(app, deps);
  serveToday(app, deps);
  serveEffects(app, deps);
  serveAssessments(app, deps);
  serveCompany(app, deps);
  servePeople(app, deps);
  servePools(app, deps);
  serveTemplates(app, deps);
  serveSchedule(app, deps);
  serveTakenTimes(app, deps);
  serveInterviewReads(app, deps);
  serveInterviews(app, deps);
  servePanels(app, deps);
  serveMails(app, deps);
  serveReplies(app, deps);
  serveCalendarFeed(app, deps);
  serveCandidatePage(app, deps);
  serveJoin(app, deps);
  serveTestPage(app, deps);
  serveDeliveries(app, deps);
  serveAudit(app, deps);
  serveApiKeys(app, deps);
  serveSignIn(app, deps);
  serveSessions(app, deps);
  servePasswords(app, deps);
  serveUsers(app, deps);
  serveInvitations(app, deps);
  serveEvents(app, deps);
  serveWeb(app, deps);

  app.onError((thrown, c) => {
    const problem = problemOf(thrown);
    if (problem.ours)
      hub.log.error({ request: c.get('requestId'), error: thrown }, 'api: a request broke off.');
    return problemResponse(c, problem);
  });
  demandAccess(app);
  return app;
};

/** Every route must stand in the table of access, and the table must name no other. */
const demandAccess = (app: OpenAPIHono<ApiEnv>): void => {
  const served = new Set(
    app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  );
  const undeclared = [...served].filter((route) => !(route in access));
  const unserved = Object.keys(access).filter((route) => !served.has(route));
  if (undeclared.length + unserved.length > 0) {
    throw new Error(
      `api: the table of access does not fit the routes (undeclared: ${undeclared.join(', ')}; unserved: ${unserved.join(', ')}). Correct src/api/access.ts.`,
    );
  }
};
