/** Calendars behind secret addresses, one for each person, as calendar services publish them. */
import { Hono } from 'hono';
import type { CreateEmulator, Fault, RecordedRequest } from '#connectors/emulator.ts';
import { faultMiddleware, noWebhookFaults } from '#connectors/emulator-faults.ts';
import { calendarText } from './calendar.ts';
import { createPages } from './pages.ts';
import { freshState, type State } from './state.ts';

export const createEmulator: CreateEmulator = (options) => {
  const state = (options.saved as State | undefined) ?? freshState(options.seed);
  const faults: Fault[] = [];
  const requests: RecordedRequest[] = [];

  const api = new Hono();
  api.use(
    faultMiddleware({
      options,
      faults,
      requests,
      callerOf: () => null,
      limit: null,
      errorBody: (status) => new Response('Not available', { status }),
    }),
  );
  api.get('/:token/basic.ics', (c) => {
    const person = state.people.find(({ token }) => token === c.req.param('token'));
    if (!person) return c.text('Not found', 404);
    return c.body(calendarText(person), 200, { 'content-type': 'text/calendar; charset=utf-8' });
  });
  api.all('*', (c) => c.text('Not found', 404));
  // A dropped connection must reach the caller as an exception, not as an answer.
  api.onError((error) => {
    throw error;
  });

  return {
    id: 'ics-feed',
    name: 'ICS calendar feed',
    playable: [
      'copy the secret address of a person',
      'add an entry: once or repeated, busy, tentative, free or cancelled',
      'remove an entry',
    ],
    api,
    pages: createPages(state, options),
    credentials: () => ({ url: `${options.origin}/api/${state.people[0]?.token ?? ''}/basic.ics` }),
    requests,
    faults,
    webhookFaults: noWebhookFaults(),
    snapshot: () => structuredClone(state),
    stop: () => undefined,
  };
};
