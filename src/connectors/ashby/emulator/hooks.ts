/** Ashby's webhooks: pings, signed deliveries, siblings that share one action id, retries. */
import { createHmac } from 'node:crypto';
import type { EmulatorOptions, WebhookFaults } from '#connectors/emulator.ts';
import {
  createWebhookSender,
  type SentWebhook,
  type WebhookMessage,
} from '#connectors/emulator-webhooks.ts';
import type { Data } from './data.ts';
import type { StoredDelivery, StoredOutcome, StoredWebhook } from './model.ts';

/** What `webhook.create` accepts [doc]. */
export const creatableTypes = [
  'applicationSubmit',
  'applicationUpdate',
  'candidateHire',
  'candidateStageChange',
  'candidateDelete',
  'candidateMerge',
  'interviewPlanTransition',
  'interviewScheduleCreate',
  'interviewScheduleUpdate',
  'jobPostingUpdate',
  'jobPostingPublish',
  'jobPostingUnpublish',
  'offerCreate',
  'offerUpdate',
  'offerDelete',
  'pushToHRIS',
  'surveySubmit',
] as const;

/** The admin page offers two more that have payload documentation and no place in the API's list. */
export const pageTypes: readonly string[] = [...creatableTypes, 'jobCreate', 'jobUpdate'];

/** [doc] After these Ashby does not try again. */
const permanent = [401, 403, 404, 405, 410];

/** [doc] Ten attempts; before retry n at least (2^n - 1) * 10 s. */
export const retryDelay = (n: number): number | null => (n < 10 ? (2 ** n - 1) * 10_000 : null);

export const sign = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

export interface HookEvent {
  action: string;
  data: Record<string, unknown>;
}

export type HookProblem = 'invalid_url' | 'duplicate';

export interface Hooks {
  /** Sends siblings: they share one `webhookActionId`, over all hooks and retries. */
  emit(events: readonly HookEvent[]): void;
  create(hook: Omit<StoredWebhook, 'id' | 'enabled'>): Promise<StoredWebhook | HookProblem>;
  update(
    hook: StoredWebhook,
    change: { enabled?: boolean; requestUrl?: string; secretToken?: string },
  ): Promise<StoredWebhook | HookProblem>;
  remove(hook: StoredWebhook): void;
  find(id: string): StoredWebhook | undefined;
  history: readonly SentWebhook[];
  /** What a restart must send again, and what the page should still show. */
  unfinished(): { pending: StoredDelivery[]; outcomes: StoredOutcome[] };
  stop(): void;
}

const keptOutcomes = 200;

export const createHooks = (setup: {
  data: Data;
  options: EmulatorOptions;
  faults: WebhookFaults;
}): Hooks => {
  const { data, options, faults } = setup;
  const { state } = data;
  const outbox = new Map<string, StoredDelivery>();
  const sender = createWebhookSender({
    options,
    faults,
    retryDelay,
    succeeded: (status) => status >= 200 && status < 300,
    permanent,
    // Ashby documents no time-out; ten seconds is the kit's and most vendors' usage [inferred].
    timeout: 10_000,
  });

  const toMessage = (delivery: StoredDelivery): WebhookMessage => ({
    id: delivery.id,
    hookId: delivery.hookId,
    url: delivery.url,
    event: delivery.event,
    build: (_, forge) => ({
      headers: {
        'user-agent': 'Ashby-Webhook',
        // [doc] Signed only when the webhook has a secret.
        ...(delivery.secret === null
          ? {}
          : { 'ashby-signature': sign(forge ? 'forged' : delivery.secret, delivery.body) }),
      },
      body: delivery.body,
    }),
  });

  const deliveryFor = (
    hook: StoredWebhook,
    event: HookEvent,
    actionId: string,
  ): StoredDelivery => ({
    id: data.newId(),
    hookId: hook.id,
    url: hook.requestUrl,
    event: event.action,
    secret: hook.secretToken,
    body: JSON.stringify({ webhookActionId: actionId, ...event }),
  });

  const send = (delivery: StoredDelivery): void => {
    if (!faults.drop) outbox.set(delivery.id, delivery);
    sender.send(toMessage(delivery));
  };

  const prune = (): void => {
    const finished = sender.history.filter((entry) => entry.state !== 'pending');
    for (const entry of finished) outbox.delete(entry.id);
  };

  const ping = async (hook: StoredWebhook): Promise<boolean> => {
    const event = { action: 'ping', data: { webhookActionType: 'ping' } };
    const status = await sender.sendNow(toMessage(deliveryFor(hook, event, data.newId())));
    return status >= 200 && status < 300;
  };

  const problemWith = (hook: Pick<StoredWebhook, 'type' | 'requestUrl'>, own?: StoredWebhook) => {
    if (!isAcceptable(hook.requestUrl, options.allowHttpLoopback)) return 'invalid_url';
    const twin = state.webhooks.find(
      (one) => one !== own && one.type === hook.type && one.requestUrl === hook.requestUrl,
    );
    return twin ? 'duplicate' : null;
  };

  for (const outcome of state.outcomes) sender.history.push(outcome);
  const waiting = state.pending;
  state.outcomes = [];
  state.pending = [];
  waiting.forEach(send);

  return {
    history: sender.history,
    emit(events) {
      const actionId = data.newId();
      for (const event of events)
        for (const hook of state.webhooks)
          if (hook.enabled && hook.type === event.action) send(deliveryFor(hook, event, actionId));
      if (outbox.size > 1_000) prune();
    },
    async create(wanted) {
      const problem = problemWith(wanted);
      if (problem) return problem;
      const hook: StoredWebhook = { ...wanted, id: data.newId(), enabled: false };
      // Stored before the ping, so that a second request meanwhile is a duplicate.
      state.webhooks.push(hook);
      hook.enabled = await ping(hook);
      options.changed();
      return hook;
    },
    async update(hook, change) {
      const requestUrl = change.requestUrl ?? hook.requestUrl;
      const problem = problemWith({ type: hook.type, requestUrl }, hook);
      if (problem) return problem;
      hook.requestUrl = requestUrl;
      hook.secretToken = change.secretToken ?? hook.secretToken;
      const wanted = change.enabled ?? hook.enabled;
      const onlyDisables =
        change.enabled === false &&
        change.requestUrl === undefined &&
        change.secretToken === undefined;
      if (onlyDisables) hook.enabled = false;
      // [doc] Every edit is pinged; a ping that fails leaves the webhook disabled.
      else hook.enabled = (await ping(hook)) && wanted;
      options.changed();
      return hook;
    },
    remove(hook) {
      state.webhooks.splice(state.webhooks.indexOf(hook), 1);
      options.changed();
    },
    find: (id) => state.webhooks.find((hook) => hook.id === id),
    unfinished() {
      prune();
      return {
        pending: [...outbox.values()],
        outcomes: sender.history
          .slice(-keptOutcomes)
          .flatMap(({ state: outcome, ...entry }) =>
            outcome === 'pending' ? [] : [{ ...entry, state: outcome }],
          ),
      };
    },
    stop: () => {
      sender.stop();
    },
  };
};

const isAcceptable = (address: string, allowHttpLoopback: boolean): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:') return true;
  const isLoopback =
    hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
  return allowHttpLoopback && protocol === 'http:' && isLoopback;
};
