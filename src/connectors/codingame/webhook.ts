/**
 * CodinGame's webhook. Its body, its events and any signature are not known to us: every POST is
 * taken as a hint, and what it says is read from the API.
 */
import { randomUUID } from 'node:crypto';
import type { RawDelivery, WebhookFormat } from '#connectors/contract.ts';

export const webhookFormat: WebhookFormat = {
  events: [''],
  signature: 'none',
  verify: () => true,
  parse: (delivery) => {
    const body = bodyOf(delivery);
    const id = idOf(body['id_test']) ?? idOf(body['id']);
    return {
      event: typeof body['event'] === 'string' ? body['event'] : 'unknown',
      // A body may be empty or say the same at the start and at the end of a test, so its hash would
      // make news look like a repetition. A repetition only costs one more read.
      dedupeKey: randomUUID(),
      wakes: [id === null ? { kind: 'assessments' } : { kind: 'assessment', id }],
    };
  },
  silentHint:
    'CodinGame says nothing until a candidate starts or ends a test. If a test has ended and nothing came, check in CodinGame (account, Integration) that the webhook address is the one shown here. Results arrive without it as well, only later.',
};

/** An empty or unreadable body is a wake-up all the same. */
const bodyOf = (delivery: RawDelivery): Record<string, unknown> => {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(delivery.body));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const idOf = (value: unknown): string | null =>
  /^[1-9]\d{0,9}$/.test(String(value)) ? String(value) : null;
