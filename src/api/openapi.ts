/** The description of the API, made from the routes' own definitions. */
import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { access } from './access.ts';
import { healthRoutes } from './health.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { assessmentRoutes } from './routes/assessments.ts';
import { auditRoutes } from './routes/audit.ts';
import { calendarFeedRoutes } from './routes/calendar-feed.ts';
import { candidatePageRoutes } from './routes/candidate-page.ts';
import { candidateRoutes } from './routes/candidates.ts';
import { choiceRoutes } from './routes/choices.ts';
import { companyRoutes } from './routes/company.ts';
import { connectionRoutes } from './routes/connections.ts';
import { connectorRoutes } from './routes/connectors.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { effectRoutes } from './routes/effects.ts';
import { eventRoutes } from './routes/events.ts';
import { interviewReads } from './routes/interview-reads.ts';
import { installationRoutes } from './routes/installation.ts';
import { interviewRoutes } from './routes/interviews.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { mailRoutes } from './routes/mails.ts';
import { panelRoutes } from './routes/panels.ts';
import { passwordRoutes } from './routes/passwords.ts';
import { peopleRoutes } from './routes/people.ts';
import { poolRoutes } from './routes/pools.ts';
import { ruleRoutes } from './routes/rules.ts';
import { replyRoutes } from './routes/replies.ts';
import { scheduleRoute } from './routes/schedule.ts';
import { takenTimesRoute } from './routes/taken-times.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { templateRoutes } from './routes/templates.ts';
import { testPageRoutes } from './routes/test-page.ts';
import { todayRoutes } from './routes/today.ts';
import { userRoutes } from './routes/users.ts';

const definitions: RouteConfig[] = [
  connectorRoutes,
  connectionRoutes,
  choiceRoutes,
  ruleRoutes,
  candidateRoutes,
  candidatePageRoutes,
  calendarFeedRoutes,
  testPageRoutes,
  todayRoutes,
  effectRoutes,
  assessmentRoutes,
  companyRoutes,
  peopleRoutes,
  poolRoutes,
  templateRoutes,
  { schedule: scheduleRoute },
  { taken: takenTimesRoute },
  interviewReads,
  interviewRoutes,
  panelRoutes,
  mailRoutes,
  replyRoutes,
  deliveryRoutes,
  auditRoutes,
  apiKeyRoutes,
  signInRoutes,
  sessionRoutes,
  passwordRoutes,
  userRoutes,
  invitationRoutes,
  eventRoutes,
  healthRoutes,
  installationRoutes,
].flatMap((routes) => Object.values<RouteConfig>(routes));

const accessOf = ({ method, path }: RouteConfig): string =>
  access[`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`] ?? '';

/** The OpenAPI 3.1 document; `x-access` names the right that a key's role must have. */
export const openApiDocument = (version: string): object => {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of this hub: `lw_…`.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'loopwright.session_token',
    description:
      'A session, begun by signing in; with `__Secure-` in front where the hub is reached by https. Whatever changes something must come from a page of the hub (`Origin`, `Sec-Fetch-Site`).',
  });
  for (const { middleware: _middleware, ...definition } of definitions)
    app.openAPIRegistry.registerPath({ ...definition, 'x-access': accessOf(definition) });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Loopwright',
      version,
      license: { name: 'AGPL-3.0-or-later' },
      description:
        'The open, self-hosted hub for technical interviews. Lists are paged by cursor; every POST takes an `Idempotency-Key`; what a GET told may be changed and given back whole to its PUT, which passes over what is only told; what two people may change at once tells its `ETag`, and is changed and deleted with `If-Match`; failures are problem documents (RFC 9457) with stable codes.',
    },
    security: [{ apiKey: [] }, { session: [] }],
  });
};
