/**
 * CodeSignal emulated: its GraphQL API over the vendor's own schema, keys with their permissions,
 * live interviews, tests, signed webhooks, and the pages of recruiter, interviewer and candidate.
 */
import { Hono, type Context } from 'hono';
import type { CreateEmulator, Fault, RecordedRequest } from '#connectors/emulator.ts';
import { faultMiddleware, noWebhookFaults } from '#connectors/emulator-faults.ts';
import { createGraphql } from './graphql.ts';
import { createInterviews } from './interviews.ts';
import { createPages } from './pages.ts';
import { createSessions } from './sessions.ts';
import { freshState, type ApiKey, type State } from './state.ts';
import { createWebhooks } from './webhooks.ts';

const errorBody = (status: number, c: Context): Response =>
  c.json({ errors: [{ message: 'Refused' }] }, status as 400);

export const createEmulator: CreateEmulator = (options) => {
  const state = (options.saved as State | undefined) ?? freshState(options.seed);
  const faults: Fault[] = [];
  const requests: RecordedRequest[] = [];
  const webhookFaults = noWebhookFaults();
  const webhooks = createWebhooks(options, state, webhookFaults);
  const interviews = createInterviews({ options, state, webhooks });
  const sessions = createSessions({ options, state, webhooks });

  const keyOf = (c: Context): ApiKey | undefined => {
    const given = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    return state.keys.find((key) => key.value === given);
  };

  const api = new Hono();
  // The limit is kept per field, once the query has been read.
  api.use(
    faultMiddleware({ options, faults, requests, callerOf: () => null, limit: null, errorBody }),
  );
  api.route('/', createGraphql({ options, interviews, sessions, keyOf }));
  // A route, not `notFound`: that one is lost where the sandbox mounts this app in its own.
  api.all('*', (c) => errorBody(404, c));
  // A dropped connection must reach the caller as an exception, not as an answer.
  api.onError((error) => {
    throw error;
  });

  return {
    id: 'codesignal',
    name: 'CodeSignal',
    playable: [
      'add an API key with its permissions, revoke it',
      'enter a webhook by hand and see its deliveries',
      'see the interview templates, open a live interview as interviewer or candidate',
      'take a test as the candidate, from the link in the mail; verify or question its result',
    ],
    api,
    pages: createPages({ options, state, webhooks, interviews, sessions }),
    credentials: () => ({
      apiBase: `${options.origin}/api`,
      apiKey: state.keys[0]?.value ?? 'revoked',
    }),
    requests,
    faults,
    webhookFaults,
    snapshot: () => structuredClone(state),
    stop: () => {
      webhooks.stop();
      interviews.stop();
      sessions.stop();
    },
  };
};
