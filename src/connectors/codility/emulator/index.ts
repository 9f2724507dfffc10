/**
 * Codility, emulated: tests, invitations with callbacks, sessions, the limit of 500 requests an
 * hour, CodeLive in the shape that our settings assume, and pages for recruiter and candidate.
 */
import { Hono, type Context } from 'hono';
import type { CreateEmulator, Fault, RecordedRequest } from '#connectors/emulator.ts';
import { faultMiddleware, noWebhookFaults } from '#connectors/emulator-faults.ts';
import { createWebhookSender } from '#connectors/emulator-webhooks.ts';
import { createAccount } from './account.ts';
import { refuse } from './api.ts';
import { createInterviews, createLiveRoutes } from './interviews.ts';
import { createPages } from './pages.ts';
import { createRoutes } from './routes.ts';
import { freshState, type State } from './state.ts';

/** Requests per user and hour [doc]; whether the vendor counts by a bucket is not. */
const perHour = 500;

const tokenOf = (c: Context): string | null =>
  /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? null;

export const createEmulator: CreateEmulator = (options) => {
  const state = (options.saved as State | undefined) ?? freshState(options.seed);
  const faults: Fault[] = [];
  const requests: RecordedRequest[] = [];
  const webhookFaults = noWebhookFaults();
  // No retry is documented, so a callback that fails is lost and the hub has to look by itself.
  const webhooks = createWebhookSender({
    options,
    faults: webhookFaults,
    retryDelay: () => null,
    succeeded: (status) => status >= 200 && status < 300,
    timeout: 10_000,
  });
  const account = createAccount({ options, state, webhooks });
  const interviews = createInterviews(options, state);

  const api = new Hono();
  api.use(
    faultMiddleware({
      options,
      faults,
      requests,
      callerOf: tokenOf,
      limit: { perSecond: perHour / 3_600, burst: perHour },
      errorBody: (status, c) => refuse(c, status),
    }),
  );
  api.use(async (c, next) => {
    const token = tokenOf(c);
    if (token === null) return refuse(c, 401, 'Authentication credentials were not provided.');
    if (!state.integrations.some((one) => one.token === token)) return refuse(c, 401);
    // Addresses end with a slash; without it Django sends a reader on [inferred].
    if (c.req.method === 'GET' && !c.req.path.endsWith('/'))
      return c.redirect(`${options.origin}/api${c.req.path}/${new URL(c.req.url).search}`, 301);
    await next();
    return undefined;
  });
  api.route('/', createRoutes(account, options.origin));
  api.route('/', createLiveRoutes(interviews, options.origin));
  // A route, not `notFound`: that one is lost where the sandbox mounts this app in its own.
  api.all('*', (c) => refuse(c, 404));
  // A dropped connection must reach the caller as an exception, not as an answer.
  api.onError((error) => {
    throw error;
  });

  return {
    id: 'codility',
    name: 'Codility',
    playable: [
      'create an integration and copy its key (My Account > Account details > Integrations)',
      'take a test as the candidate, from the link in the mail',
      'read its report, end the similarity check',
      'enter a CodeLive session as host, press Start, and let the candidate in',
    ],
    api,
    pages: createPages({ account, interviews, options, sent: webhooks.history }),
    credentials: () => ({
      apiBase: `${options.origin}/api`,
      apiKey: state.integrations[0]?.token ?? 'removed',
    }),
    requests,
    faults,
    webhookFaults,
    snapshot: () => structuredClone(state),
    stop: () => {
      webhooks.stop();
    },
  };
};
