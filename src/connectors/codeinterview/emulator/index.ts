/**
 * CodeInterview.io, emulated: four endpoints and the pad that the link opens. Neither a rate limit
 * nor errors nor webhooks are documented.
 */
import { Hono, type Context } from 'hono';
import type { CreateEmulator, Fault, RecordedRequest } from '#connectors/emulator.ts';
import { faultMiddleware, noWebhookFaults } from '#connectors/emulator-faults.ts';
import { createPads } from './pads.ts';
import { createPages } from './pages.ts';
import { createRoutes } from './routes.ts';
import { freshState, type State } from './state.ts';

/** The vendor describes no error body; this one is our own [inferred]. */
const errorBody = (status: number, c: Context): Response =>
  c.json({ message: status === 401 ? 'invalid key' : 'error' }, status as 400);

export const createEmulator: CreateEmulator = (options) => {
  const state = (options.saved as State | undefined) ?? freshState(options.seed);
  const pads = createPads(options, state);
  const faults: Fault[] = [];
  const requests: RecordedRequest[] = [];

  const api = new Hono();
  api.use(
    faultMiddleware({
      options,
      faults,
      requests,
      callerOf: (c) => c.req.query('key') ?? null,
      limit: null,
      errorBody,
      secretParams: ['key'],
    }),
  );
  api.use(async (c, next) => {
    // What an unknown key is answered with is not documented; 401 is the usual way [inferred].
    if (state.key === null || c.req.query('key') !== state.key) return errorBody(401, c);
    await next();
    return undefined;
  });
  api.route('/1', createRoutes(pads));
  // A route, not `notFound`: that one is lost where the sandbox mounts this app in its own.
  api.all('*', (c) => errorBody(404, c));
  // A dropped connection must reach the caller as an exception, not as an answer.
  api.onError((error) => {
    throw error;
  });

  return {
    id: 'codeinterview',
    name: 'CodeInterview',
    playable: [
      'generate and revoke the API key',
      'see the interviews and make one by hand',
      'open an interview as candidate or interviewer, write code, end it',
    ],
    api,
    pages: createPages(pads, options),
    credentials: () => ({
      apiBase: `${options.origin}/api`,
      webBase: options.origin,
      apiKey: state.key ?? 'revoked',
    }),
    requests,
    faults,
    webhookFaults: noWebhookFaults(),
    snapshot: () => structuredClone(state),
    stop: () => undefined,
  };
};
