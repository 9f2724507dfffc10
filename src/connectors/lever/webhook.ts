/** Lever's webhooks: their registration over the API, their signature and what they say. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  ConnectorError,
  type RawDelivery,
  type Wake,
  type WebhookFormat,
  type Webhooks,
} from '#connectors/contract.ts';
import { failure, type LeverClient } from './client.ts';

const events = [
  'candidateStageChange',
  'candidateArchiveChange',
  'candidateDeleted',
  'contactUpdated',
  'applicationCreated',
  // Called off or changed in Lever. `interviewCreated` would only tell of what the hub made itself.
  'interviewUpdated',
  'interviewDeleted',
] as const;

// ---------------------------------------------------------------------------------------------
// Registration

/** The token is in the answer to a creation only, never in a list [live]. */
const hookSchema = z.object({
  id: z.string(),
  event: z.string().nullish(),
  url: z.string().nullish(),
  configuration: z.object({ signatureToken: z.string().nullish() }).nullish(),
});
type Hook = z.output<typeof hookSchema>;

export const listHooks = (client: LeverClient): Promise<Hook[]> =>
  client.all('GET /webhooks', '/webhooks', hookSchema, (hook) => hook.id);

export const createWebhooks = (client: LeverClient): Webhooks => {
  const remove = (hook: Hook): Promise<'deleted' | 'gone'> =>
    client.remove('DELETE /webhooks/:id', `/webhooks/${encodeURIComponent(hook.id)}`);

  const oursAmong = (hooks: Hook[], event: string, url: string): Hook[] =>
    hooks.filter((hook) => hook.event === event && lastSegment(hook.url) === lastSegment(url));

  return {
    /**
     * Lever allows any number of hooks with the same event and address, so an earlier try whose
     * answer was lost leaves a second one behind. Each has a signature token of its own, told once:
     * a hook whose token was not stored is useless and is made anew. So is one that points at a
     * former address, because whether a token outlives a change of the address is not documented.
     */
    async subscribe({ event, url, known }) {
      const ours = oursAmong(await listHooks(client), event, url);
      const kept = known?.secretStored
        ? ours.find((hook) => hook.id === known.id && hook.url === url)
        : undefined;
      for (const hook of ours) if (hook !== kept) await remove(hook);
      // Whether the event is switched on in Lever's settings is told by no call [doc]; the hub
      // shows the hint below until a first delivery has come.
      if (kept) return { state: 'subscribed', id: kept.id, enabled: true };

      const created = await client.send('POST /webhooks', '/webhooks', { url, event }, hookSchema);
      const token = created.configuration?.signatureToken;
      if (!token) {
        throw failure('POST /webhooks', {
          kind: 'unexpected_shape',
          surelyNotDone: false,
          text: 'answered without a signature token, so that deliveries could not be checked. Try again, then report this.',
        });
      }
      return { state: 'subscribed', id: created.id, enabled: true, secret: token };
    },

    async unsubscribe({ event, id, url }) {
      const hooks = await listHooks(client);
      const ours = new Set([
        ...oursAmong(hooks, event, url),
        ...hooks.filter((hook) => hook.id === id),
      ]);
      for (const hook of ours) await remove(hook);
      return ours.size > 0 ? 'deleted' : 'gone';
    },

    /** Being listed is no proof of being switched on: never `enabled`. */
    async health({ event, id, url }) {
      const hooks = await listHooks(client);
      const present = hooks.some(
        (hook) => hook.url === url && hook.event === event && (id === null || hook.id === id),
      );
      return present ? 'unknown' : 'gone';
    },
  };
};

const lastSegment = (url: string | null | undefined): string | null =>
  url && URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? null) : null;

// ---------------------------------------------------------------------------------------------
// Deliveries

const deliverySchema = z.object({
  event: z.string().min(1),
  triggeredAt: z.union([z.number(), z.string()]),
  /** Random per delivery, and signed. */
  token: z.string().min(1).max(200),
  signature: z.string().nullish(),
  data: z
    .looseObject({ opportunityId: z.string().nullish(), contactId: z.string().nullish() })
    .nullish(),
});

/**
 * The signature stands in the body and covers `token` and `triggeredAt` alone [doc]: whoever saw
 * one delivery can send it again with other data. So ids are all that is taken from it, and what
 * they stand for is read from Lever. `triggeredAt` is not compared with the clock: retries and
 * reruns by hand come late, and a repeated token is known anyway.
 */
export const webhookFormat: WebhookFormat = {
  events,
  signature: 'required',

  verify(delivery, secrets) {
    const parsed = read(delivery);
    if (!parsed?.signature) return false;
    const given = Buffer.from(parsed.signature);
    let verified = false;
    for (const secret of secrets) {
      if (secret === '') continue;
      const expected = Buffer.from(
        createHmac('sha256', secret)
          .update(parsed.token + String(parsed.triggeredAt))
          .digest('hex'),
      );
      if (given.length === expected.length && timingSafeEqual(given, expected)) verified = true;
    }
    return verified;
  },

  parse(delivery) {
    const parsed = read(delivery);
    if (!parsed) {
      throw new ConnectorError({
        connector: 'lever',
        operation: 'webhook',
        kind: 'unexpected_shape',
        surelyNotDone: true,
        message: 'lever: webhook is not what Lever sends. Check that only Lever has this address.',
      });
    }
    const wakes = wakesOf(parsed);
    return {
      // Lever's test button sends a real event's name with empty data [doc].
      event: isEmpty(parsed.data) ? 'ping' : parsed.event,
      // Not `id`: it is missing from recorded deliveries, and it is not signed, so a new one could
      // be put on an old delivery.
      dedupeKey: parsed.token,
      wakes,
    };
  },

  silentHint:
    'Lever sends nothing until a Super Admin switches the event on: in Lever under Settings > Integrations and API > Webhooks, turn on the toggle beside the name of each event (Candidate Stage Change, Candidate Archive Change, Candidate Deleted, Contact Updated, Application Created, Interview Updated, Interview Deleted). The address must be https with a certificate of a public authority.',
};

type Delivery = z.output<typeof deliverySchema>;

const read = (delivery: RawDelivery): Delivery | null => {
  try {
    const parsed = deliverySchema.safeParse(JSON.parse(new TextDecoder().decode(delivery.body)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

const isEmpty = (data: Delivery['data']): boolean => !data || Object.keys(data).length === 0;

/** `candidateId` is a legacy id that differs from the opportunity's [doc]; it is never used. */
const wakesOf = ({ event, data }: Delivery): Wake[] => {
  if (data?.opportunityId) {
    const kind = event === 'candidateDeleted' ? 'candidate_deleted' : 'candidate';
    return [{ kind, id: data.opportunityId }];
  }
  return data?.contactId ? [{ kind: 'person', id: data.contactId }] : [];
};
