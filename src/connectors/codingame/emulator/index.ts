/**
 * CodinGame for Work, now CoderPad Screen, emulated: API version 1.1, the account's webhook and
 * the pages of candidate and recruiter. No rate limit is documented, so none is kept unless asked.
 */
import { Hono, type Context } from 'hono';
import type { CreateEmulator, Fault, RecordedRequest } from '#connectors/emulator.ts';
import { faultMiddleware, noWebhookFaults } from '#connectors/emulator-faults.ts';
import { createWebhookSender } from '#connectors/emulator-webhooks.ts';
import { createAccount } from './account.ts';
import { createPages } from './pages.ts';
import { createRoutes } from './routes.ts';
import { freshState, type State } from './state.ts';

const codes: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  429: 'TooManyRequests',
};

/** Only `{code, message}` is known of the vendor's errors; these codes are our own [inferred]. */
const errorBody = (status: number, c: Context): Response =>
  c.json({ code: codes[status] ?? 'InternalError', message: 'Refused' }, status as 400);

export const createEmulator: CreateEmulator = (options) => {
  const state = (options.saved as State | undefined) ?? freshState(options.seed);
  const faults: Fault[] = [];
  const requests: RecordedRequest[] = [];
  const webhookFaults = noWebhookFaults();
  // No retry is documented, so a delivery that fails is lost and the hub has to look by itself.
  const webhooks = createWebhookSender({
    options,
    faults: webhookFaults,
    retryDelay: () => null,
    succeeded: (status) => status >= 200 && status < 300,
    timeout: 10_000,
  });
  const account = createAccount({ options, state, webhooks });

  const api = new Hono();
  api.use(
    faultMiddleware({
      options,
      faults,
      requests,
      callerOf: (c) => c.req.header('api-key') ?? null,
      limit: null,
      errorBody,
    }),
  );
  api.use(async (c, next) => {
    if (state.key === null || c.req.header('api-key') !== state.key) return errorBody(401, c);
    await next();
    return undefined;
  });
  api.route('/assessment/api/v1.1', createRoutes(account));
  // A route, not `notFound`: that one is lost where the sandbox mounts this app in its own.
  api.all('*', (c) => errorBody(404, c));
  // A dropped connection must reach the caller as an exception, not as an answer.
  api.onError((error) => {
    throw error;
  });

  return {
    id: 'codingame',
    name: 'CodinGame',
    playable: [
      'generate and revoke the API key, set the webhook address',
      'write the invitation mail of a campaign',
      'take a test as the candidate, from the link in the mail',
      'grade a test and read its report',
    ],
    api,
    pages: createPages(account, options, webhooks.history),
    credentials: () => ({ apiBase: `${options.origin}/api`, apiKey: state.key ?? 'revoked' }),
    requests,
    faults,
    webhookFaults,
    snapshot: () => structuredClone(state),
    stop: () => {
      webhooks.stop();
    },
  };
};
