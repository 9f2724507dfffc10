/**
 * CodeSignal's webhooks: one queue a hook, in order, about one event a second, whose first event
 * blocks the others until it is answered 200. Only the address, the event's name and the time are
 * signed; an empty unsigned call goes out whenever a hook is made or changed.
 */
import { createHmac } from 'node:crypto';
import type { EmulatorOptions, WebhookFaults } from '#connectors/emulator.ts';
import type { SentWebhook } from '#connectors/emulator-webhooks.ts';
import { makeId, nextRandom, type Hook, type QueuedEvent, type State } from './state.ts';

export const eventTypes = [
  'assessmentCreated',
  'assessmentUpdated',
  'companyTestSessionCreated',
  'preScreenCandidateDeclined',
  'companyTestSessionStarted',
  'companyTestSessionFinished',
  'preScreenResultVerificationPending',
  'preScreenResultVerified',
  'preScreenResultNotVerified',
  'preScreenResultShared',
  'preScreenExpired',
  'preScreenIntegrityReviewUpdated',
  'liveInterviewFinished',
  'liveInterviewFeedbackUpdated',
] as const;

export type EventType = (typeof eventTypes)[number];

const mostFailures = 25;
const timeout = 10_000;
const pause = 1_000;
const keptHistory = 200;

export const sign = (secret: string, url: string, event: string, triggeredOn: number): string =>
  createHmac('sha256', secret)
    .update(url + event + String(triggeredOn))
    .digest('hex');

/** Milliseconds before the next attempt after `failCount` failures; `draw` is 0..1. */
export const retryDelay = (failCount: number, draw: number): number =>
  ((failCount - 1) ** 4 + 15 + Math.floor(draw * 30) * failCount) * 1_000;

/** Owners are told after the 5th and the 14th failure, and after each from the 16th on. */
export const isTold = (failCount: number): boolean =>
  failCount === 5 || failCount === 14 || failCount >= 16;

export type Webhooks = ReturnType<typeof createWebhooks>;

export const createWebhooks = (options: EmulatorOptions, state: State, faults: WebhookFaults) => {
  const history: SentWebhook[] = [];
  const cancels = new Map<string, () => void>();
  const heldBack: Array<() => void> = [];
  const draw = (): number => nextRandom(options.seed, state)();

  const recordOf = (hook: Hook, queued: QueuedEvent): SentWebhook => {
    const known = history.find((one) => one.id === queued.id);
    if (known) return known;
    const { id, event } = queued;
    const { id: hookId, url } = hook;
    const sent: SentWebhook = { id, hookId, url, event, attempts: [], state: 'pending' };
    history.push(sent);
    if (history.length > keptHistory) history.shift();
    return sent;
  };

  const post = async (hook: Hook, headers: Record<string, string>, body: string) => {
    try {
      const response = await options.fetch(hook.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  };

  /** One timer a hook: whatever is due next at it. */
  const schedule = (hook: Hook, milliseconds: number): void => {
    if (hook.state === 'disabled' || hook.queue.length === 0 || cancels.has(hook.id)) return;
    const cancel = options.later(milliseconds, () => void sendFirst(hook));
    cancels.set(hook.id, cancel);
  };

  const sendFirst = async (hook: Hook): Promise<void> => {
    const [first] = hook.queue;
    if (!first || !state.hooks.includes(hook)) return;
    const { event, triggeredOn, payload } = first;
    const signature = sign(
      faults.forge ? 'somebody else' : hook.secret,
      hook.url,
      event,
      triggeredOn,
    );
    const body = JSON.stringify({ event, triggeredOn, payload });
    const status = await post(hook, { 'x-codesignal-signature': signature }, body);
    const record = recordOf(hook, first);
    record.attempts.push({ at: options.now(), status });
    cancels.delete(hook.id);
    if (status === 200) {
      record.state = 'delivered';
      hook.queue.shift();
      hook.failCount = 0;
      hook.state = 'healthy';
    } else {
      fail(hook);
    }
    schedule(hook, hook.failCount === 0 ? pause : retryDelay(hook.failCount, draw()));
    options.changed();
  };

  const fail = (hook: Hook): void => {
    hook.failCount += 1;
    hook.state = 'unhealthy';
    if (hook.failCount >= mostFailures) {
      for (const queued of hook.queue) recordOf(hook, queued).state = 'given_up';
      hook.state = 'disabled';
      hook.queue = [];
    }
    if (!isTold(hook.failCount)) return;
    for (const to of hook.ownerEmails)
      options.deliverMail({
        from: 'no-reply@codesignal.example',
        to,
        subject: `A CodeSignal webhook ${hook.state === 'disabled' ? 'is disabled' : 'is failing'}`,
        text: `${hook.url} failed ${String(hook.failCount)} times.`,
        sentAt: options.now(),
      });
  };

  const ping = async (hook: Hook): Promise<void> => {
    hook.state = (await post(hook, {}, '')) === 200 ? 'healthy' : 'unhealthy';
    hook.failCount = 0;
    options.changed();
    schedule(hook, pause);
  };

  // What was queued in an earlier life goes on.
  for (const hook of state.hooks) schedule(hook, pause);

  return {
    history,

    announce(event: EventType, payload: Record<string, unknown>): void {
      if (faults.drop) return;
      const queued = { event, triggeredOn: options.now(), payload };
      for (const hook of state.hooks) {
        if (hook.state === 'disabled' || !hook.events.includes(event)) continue;
        const enqueue = (): void => {
          for (let copy = 0; copy < faults.copies; copy += 1) {
            const id = makeId(nextRandom(options.seed, state));
            hook.queue.push({ id, ...queued });
            recordOf(hook, { id, ...queued });
          }
          schedule(hook, faults.delay);
        };
        if (faults.reverse === 0) enqueue();
        else heldBack.push(enqueue);
      }
      if (heldBack.length > 0 && heldBack.length >= faults.reverse)
        for (const enqueue of heldBack.splice(0).reverse()) enqueue();
      options.changed();
    },

    /** Refuses what is no public https address, in words. */
    refusal(url: string): string | null {
      const parsed = URL.canParse(url) ? new URL(url) : null;
      const isLoopback = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(parsed?.hostname ?? '');
      if (parsed?.protocol === 'https:') return null;
      if (parsed?.protocol === 'http:' && isLoopback && options.allowHttpLoopback) return null;
      return 'The endpoint URL has to begin with https.';
    },

    newSecret: (): string => makeId(nextRandom(options.seed, state), 32),

    /** Makes or changes a hook, and calls it once with nothing in its hands. */
    async save(
      fields: Pick<Hook, 'url' | 'secret' | 'events' | 'ownerEmails'>,
      id?: string,
    ): Promise<Hook> {
      let hook = state.hooks.find((one) => one.id === id);
      if (hook) Object.assign(hook, fields);
      else {
        const fresh = { state: 'healthy' as const, failCount: 0, queue: [] };
        hook = { ...fields, ...fresh, id: makeId(nextRandom(options.seed, state)) };
        state.hooks.push(hook);
      }
      await ping(hook);
      return hook;
    },

    remove(hook: Hook): void {
      cancels.get(hook.id)?.();
      cancels.delete(hook.id);
      state.hooks.splice(state.hooks.indexOf(hook), 1);
      options.changed();
    },

    stop(): void {
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
};
