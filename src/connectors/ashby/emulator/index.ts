/** An emulated Ashby: see `model.ts` for its memory, `api.ts` and `pages.ts` for its two faces. */
import type { CreateEmulator, Fault, RecordedRequest } from '#connectors/emulator.ts';
import { noWebhookFaults } from '#connectors/emulator-faults.ts';
import { createActions } from './actions.ts';
import { createApi } from './api.ts';
import { createData } from './data.ts';
import { createHooks } from './hooks.ts';
import type { State, StoredEvent } from './model.ts';
import { createPages } from './pages.ts';
import { seedState } from './seed.ts';
import { createViews } from './views.ts';

export const createEmulator: CreateEmulator = (options) => {
  const state =
    options.saved === undefined
      ? seedState({ seed: options.seed, candidates: options.candidates })
      : structuredClone(options.saved as State);
  // Saved before feedback could be handed in.
  for (const { events } of state.schedules)
    for (const event of events as Array<Partial<StoredEvent>>) event.feedbackBy ??= [];
  const faults: Fault[] = [];
  const requests: RecordedRequest[] = [];
  const webhookFaults = noWebhookFaults();
  const data = createData(state);
  const views = createViews(data, options.origin);
  const hooks = createHooks({ data, options, faults: webhookFaults });
  const actions = createActions({
    data,
    views,
    hooks,
    now: () => options.now(),
    changed: () => {
      options.changed();
    },
  });
  const shared = { options, data, views, actions, hooks };
  return {
    id: 'ashby',
    name: 'Ashby',
    playable: [
      'create an API key for an integration, deactivate or revoke it',
      'see, switch and delete webhooks and their deliveries',
      'add candidates, move their stage, hire or archive them, set tags and e-mail address, merge two',
      'read the notes of a candidate',
      'see the interviews of a candidate, hand in their feedback, cancel them',
      'move a job to another interview plan',
    ],
    api: createApi({ ...shared, faults, requests }),
    pages: createPages(shared),
    credentials: () => ({
      apiBase: `${options.origin}/api`,
      webBase: options.origin,
      apiKey: (state.keys.find(({ active }) => active) ?? state.keys[0])?.key ?? '',
    }),
    requests,
    faults,
    webhookFaults,
    webhooks: hooks.history,
    snapshot: () => structuredClone({ ...state, ...hooks.unfinished() }),
    stop: () => {
      hooks.stop();
    },
  };
};
