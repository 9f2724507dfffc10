/** Signed deliveries: who gets told of an event, what the body says, retries, ping and Rerun. */
import { createHmac } from 'node:crypto';
import type { EmulatorOptions, WebhookFaults } from '#connectors/emulator.ts';
import {
  createWebhookSender,
  type SentWebhook,
  type WebhookMessage,
} from '#connectors/emulator-webhooks.ts';
import type { DeliveryRecord, HookRecord, LeverState } from './state.ts';
import type { EventName, Origin } from './vocabulary.ts';
import type { Mint } from './mint.ts';

/** [doc] Five retries at growing intervals; the intervals themselves are not published. */
const retryDelays = [10_000, 60_000, 300_000, 1_800_000, 7_200_000];
const keptDeliveries = 1_000;
const timeout = 10_000;

/**
 * Hex HMAC-SHA256 over `token` followed by `triggeredAt` in decimal, keyed by the signature token's
 * text. The body is not covered. [doc][code]
 */
export const sign = (signatureToken: string, token: string, triggeredAt: number): string =>
  createHmac('sha256', signatureToken)
    .update(token + String(triggeredAt))
    .digest('hex');

export interface Hooks {
  /** Tells every fitting hook. `origin` is null for events that know no conditions. */
  fire(event: EventName, data: Record<string, unknown>, origin: Origin | null): void;
  /** The settings page's test: the real event with empty data. [doc] Answers the status, 0 = none. */
  ping(hook: HookRecord): Promise<number>;
  /** Sends an old delivery again, unchanged [inferred]; null when its hook is gone. */
  rerun(deliveryId: string): Promise<number | null>;
  history: SentWebhook[];
  /** Takes up what was still to be sent when the state was saved. */
  resume(): void;
  stop(): void;
}

export const createHooks = (setup: {
  options: EmulatorOptions;
  faults: WebhookFaults;
  state: Pick<LeverState, 'hooks' | 'deliveries' | 'history' | 'eventGroups' | 'omitEventId'>;
  mint: Mint;
}): Hooks => {
  const { options, state, mint } = setup;
  const sender = createWebhookSender({
    options,
    faults: setup.faults,
    retryDelay: (n) => retryDelays[n - 1] ?? null,
    succeeded: (status) => status >= 200 && status < 300,
    timeout,
  });
  const pending = state.history.filter((sent) => sent.state === 'pending');
  sender.history.push(...state.history.filter((sent) => sent.state !== 'pending'));

  const hookOf = (id: string): HookRecord | undefined => state.hooks.find((one) => one.id === id);
  const deliveryOf = (id: string): DeliveryRecord | undefined =>
    state.deliveries.find((one) => one.id === id);

  const record = (hook: HookRecord, data: Record<string, unknown>): DeliveryRecord => {
    const delivery: DeliveryRecord = {
      id: mint.uuid(),
      hookId: hook.id,
      event: hook.event,
      triggeredAt: options.now(),
      token: mint.hex(48),
      data,
    };
    state.deliveries.push(delivery);
    if (state.deliveries.length > keptDeliveries) state.deliveries.shift();
    return delivery;
  };

  const message = (hook: HookRecord, delivery: DeliveryRecord): WebhookMessage => ({
    id: delivery.id,
    hookId: hook.id,
    url: hook.url,
    event: delivery.event,
    build: (_attempt, forge) => ({
      headers: { 'user-agent': 'Lever-Webhooks' },
      body: JSON.stringify(envelope(hook, delivery, state.omitEventId, forge)),
    }),
  });

  return {
    history: sender.history,
    fire(event, data, origin) {
      if (!state.eventGroups[event]) return;
      for (const hook of state.hooks) {
        if (hook.event !== event) continue;
        if (hook.origins && origin && !hook.origins.includes(origin)) continue;
        sender.send(message(hook, record(hook, data)));
      }
    },
    ping: (hook) => sender.sendNow(message(hook, record(hook, {}))),
    async rerun(deliveryId) {
      const delivery = deliveryOf(deliveryId);
      const hook = delivery && hookOf(delivery.hookId);
      return delivery && hook ? sender.sendNow(message(hook, delivery)) : null;
    },
    resume() {
      for (const sent of pending) {
        const delivery = deliveryOf(sent.id);
        const hook = hookOf(sent.hookId);
        if (delivery && hook) sender.send(message(hook, delivery));
      }
    },
    stop: sender.stop,
  };
};

const envelope = (
  hook: HookRecord,
  delivery: DeliveryRecord,
  omitId: boolean,
  forge: boolean,
): Record<string, unknown> => {
  const { id, event, triggeredAt, token, data } = delivery;
  const key = forge ? hook.signatureToken.split('').reverse().join('') : hook.signatureToken;
  return {
    ...(omitId ? {} : { id }),
    event,
    triggeredAt,
    token,
    signature: sign(key, token, triggeredAt),
    data,
  };
};
