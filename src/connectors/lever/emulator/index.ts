/** Lever, emulated: the Data API v1 with its oddities, OAuth, signed webhooks and a few pages. */
import { noWebhookFaults } from '#connectors/emulator-faults.ts';
import { createActs } from './acts.ts';
import { createApi } from './api.ts';
import { createPages } from './pages.ts';
import { restoreAccount, seedAccount } from './seed.ts';
import { createHooks } from './webhooks.ts';
import type { CreateEmulator, Fault, RecordedRequest } from '#connectors/emulator.ts';
import type { World } from './world.ts';

export const createEmulator: CreateEmulator = (options) => {
  const faults: Fault[] = [];
  const requests: RecordedRequest[] = [];
  const webhookFaults = noWebhookFaults();
  const account =
    options.saved === undefined ? seedAccount(options) : restoreAccount(options.saved);
  const { state, index, mint } = account;
  const hooks = createHooks({ options, faults: webhookFaults, state, mint });
  const world: World = { options, state, index, mint, hooks };
  const acts = createActs(world);
  hooks.resume();
  return {
    id: 'lever',
    name: 'Lever',
    playable: [
      'make and revoke API keys, with their permissions',
      'add a tag to a job; its candidates inherit it',
      'add candidates, move their stage, archive them, set tags and e-mail address',
      'read the timeline of a candidate',
      'switch webhook events on and off, see deliveries, send one again, delete a webhook',
      'see authorized apps and revoke their access',
      'add users, and deactivate them',
      'switch the scheduling integration on, get its key, and schedule from a candidate',
      'see the interviews of a candidate, open their feedback forms, cancel or delete a panel',
    ],
    api: createApi(world, acts, { faults, requests }),
    pages: createPages(world, acts),
    credentials: () => credentials(world),
    requests,
    faults,
    webhookFaults,
    webhooks: hooks.history,
    snapshot: () => structuredClone({ ...state, ...index.snapshot(), history: hooks.history }),
    stop: hooks.stop,
  };
};

/** The first key has every permission but confidential data; writes are made for an Admin. */
const credentials = ({ options: { origin }, state }: World): Record<string, string> => ({
  apiBase: `${origin}/api/v1`,
  authBase: `${origin}/api/auth`,
  audience: `${origin}/api/v1/`,
  webBase: origin,
  apiKey: state.keys[0]?.key ?? '',
  performAs: state.users.find((user) => user.accessRole === 'admin')?.id ?? '',
  clientId: state.clients[0]?.clientId ?? '',
  clientSecret: state.clients[0]?.clientSecret ?? '',
});
