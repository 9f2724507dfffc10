/** CodeSignal's webhooks: how deliveries are signed and read. They are entered by hand. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  ConnectorError,
  type RawDelivery,
  type WebhookFormat,
  type Webhooks,
} from '#connectors/contract.ts';

/** What is worth a delivery; all others would be read and forgotten. */
const wanted = [
  'companyTestSessionStarted',
  'companyTestSessionFinished',
  'preScreenCandidateDeclined',
  'preScreenResultVerificationPending',
  'preScreenResultVerified',
  'preScreenResultNotVerified',
  'preScreenResultShared',
  'preScreenExpired',
  'preScreenIntegrityReviewUpdated',
  'liveInterviewFinished',
  'liveInterviewFeedbackUpdated',
];

const place = 'In CodeSignal under Integrations > Webhooks';

export const manualWebhooks: Webhooks = {
  subscribe: ({ url }) =>
    Promise.resolve({
      state: 'manual',
      where: `${place}, add a webhook. Endpoint URL: ${url} — Secret key: replace the one that CodeSignal proposes by the secret that the hub shows for this webhook. Event types: ${wanted.join(', ')}.`,
    }),
  unsubscribe: () => Promise.resolve('manual'),
  health: () => Promise.resolve('unknown'),
};

const deliverySchema = z.object({
  event: z.string().min(1),
  /** Milliseconds since the epoch. */
  triggeredOn: z.number(),
  payload: z
    .object({
      testSessionId: z.string().nullish().catch(null),
      interviewId: z.string().nullish().catch(null),
    })
    .nullish(),
});

/**
 * The signature covers the address, the event's name and the time, and not the payload [doc]:
 * whoever saw one delivery can send it again about something else. So ids are all that is taken, and
 * what they stand for is read from CodeSignal. The time is not compared with the clock: 25 retries
 * take three weeks, behind a blocked queue longer, and what a repetition can cause is one read.
 */
export const webhookFormat: WebhookFormat = {
  // One hook carries every event that is ticked.
  events: [''],
  signature: 'required',

  verify(delivery, secrets) {
    // On saving a webhook CodeSignal posts nothing, unsigned, and wants 200 [doc].
    if (isPing(delivery)) return true;
    const parsed = read(delivery);
    const given = delivery.headers.get('x-codesignal-signature') ?? '';
    if (!parsed || !/^[0-9a-f]{64}$/.test(given)) return false;
    const signature = Buffer.from(given, 'hex');
    const signed = delivery.url + parsed.event + String(parsed.triggeredOn);
    let verified = false;
    for (const secret of secrets) {
      if (secret === '') continue;
      const expected = createHmac('sha256', secret).update(signed).digest();
      // Every secret is tried, so that the time does not tell which one fits.
      verified = timingSafeEqual(expected, signature) || verified;
    }
    return verified;
  },

  parse(delivery) {
    if (isPing(delivery)) return { event: 'ping', dedupeKey: 'ping', wakes: [] };
    const parsed = read(delivery);
    if (!parsed)
      throw new ConnectorError({
        connector: 'codesignal',
        operation: 'webhook',
        kind: 'unexpected_shape',
        surelyNotDone: true,
        message:
          'codesignal: webhook is not what CodeSignal sends. Check that only CodeSignal has this address.',
      });
    const { event, triggeredOn, payload } = parsed;
    const sessionId = payload?.testSessionId;
    const subject = sessionId ?? payload?.interviewId ?? '';
    return {
      event,
      // Two of one kind in the same millisecond are about two subjects.
      dedupeKey: `${event}/${String(triggeredOn)}/${subject}`,
      wakes: sessionId ? [{ kind: 'assessment', id: sessionId }] : [],
    };
  },

  silentHint: `${place} the webhook must stand with the address and the secret shown here, and be enabled: CodeSignal disables one that failed 25 times. Results arrive without it as well, only later.`,
};

const bodyOf = (delivery: RawDelivery): string => new TextDecoder().decode(delivery.body).trim();

/** "An empty payload": no body at all, or an object with nothing in it. */
const isPing = (delivery: RawDelivery): boolean => ['', '{}'].includes(bodyOf(delivery));

const read = (delivery: RawDelivery): z.output<typeof deliverySchema> | null => {
  try {
    const parsed = deliverySchema.safeParse(JSON.parse(bodyOf(delivery)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};
