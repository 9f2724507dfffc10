/** Sends an emulated vendor's webhooks: its retry schedule, its idea of success, and the faults. */
import type { EmulatorOptions, WebhookFaults } from '#connectors/emulator.ts';

/** One delivery with what became of it; vendors show these in their webhook tab. */
export interface SentWebhook {
  id: string;
  hookId: string;
  url: string;
  event: string;
  /** Attempts so far with the answer's status; 0 = no answer. */
  attempts: Array<{ at: number; status: number }>;
  state: 'pending' | 'delivered' | 'given_up';
}

export interface WebhookMessage {
  id: string;
  hookId: string;
  url: string;
  event: string;
  /** Built for every attempt anew; `forge` asks for a wrong signature. */
  build(attempt: number, forge: boolean): { headers: Record<string, string>; body: string };
}

export interface WebhookSender {
  send(message: WebhookMessage): void;
  /** Sends once, now, and tells the status (0 = no answer); for pings and reruns. */
  sendNow(message: WebhookMessage): Promise<number>;
  /** Newest last; at most 1,000. */
  history: SentWebhook[];
  stop(): void;
}

const keptHistory = 1_000;

export const createWebhookSender = (setup: {
  options: EmulatorOptions;
  faults: WebhookFaults;
  /** Milliseconds before attempt `n` (1 = the first retry); null: give up. */
  retryDelay: (n: number) => number | null;
  succeeded: (status: number) => boolean;
  /** Statuses after which the vendor does not try again. */
  permanent?: readonly number[];
  timeout: number;
}): WebhookSender => {
  const { options, faults } = setup;
  const history: SentWebhook[] = [];
  const cancels = new Set<() => void>();
  const heldBack: WebhookMessage[] = [];

  const later = (milliseconds: number, task: () => void): void => {
    const cancel = options.later(milliseconds, () => {
      cancels.delete(cancel);
      task();
    });
    cancels.add(cancel);
  };

  const post = async (message: WebhookMessage, attempt: number): Promise<number> => {
    const { headers, body } = message.build(attempt, faults.forge);
    try {
      const response = await options.fetch(message.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(setup.timeout),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  };

  const attempt = async (message: WebhookMessage, entry: SentWebhook): Promise<void> => {
    const status = await post(message, entry.attempts.length);
    entry.attempts.push({ at: options.now(), status });
    if (setup.succeeded(status)) {
      entry.state = 'delivered';
    } else {
      const delay = setup.permanent?.includes(status)
        ? null
        : setup.retryDelay(entry.attempts.length);
      if (delay === null) entry.state = 'given_up';
      else later(delay, () => void attempt(message, entry));
    }
    options.changed();
  };

  const record = (message: WebhookMessage): SentWebhook => {
    const { id, hookId, url, event } = message;
    const entry: SentWebhook = { id, hookId, url, event, attempts: [], state: 'pending' };
    if (history.length >= keptHistory) history.shift();
    history.push(entry);
    return entry;
  };

  const begin = (message: WebhookMessage): void => {
    for (let copy = 0; copy < faults.copies; copy += 1) {
      const entry = record(message);
      later(faults.delay, () => void attempt(message, entry));
    }
  };

  return {
    history,
    send(message) {
      if (faults.drop) return;
      heldBack.push(message);
      if (heldBack.length >= faults.reverse) heldBack.splice(0).reverse().forEach(begin);
    },
    async sendNow(message) {
      const entry = record(message);
      const status = await post(message, 0);
      entry.attempts.push({ at: options.now(), status });
      entry.state = setup.succeeded(status) ? 'delivered' : 'given_up';
      options.changed();
      return status;
    },
    stop() {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
};
