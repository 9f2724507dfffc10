/** Ashby's webhooks: how deliveries are signed and read, and how our own are registered. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  ConnectorError,
  type Wake,
  type WebhookFormat,
  type Webhooks,
} from '#connectors/contract.ts';
import { AshbyError, duplicateWebhook, saysGone, type AshbyClient } from './client.ts';

/**
 * One hook carries one event, so as few as do the work:
 * - candidateStageChange: the trigger of every rule. Hiring and archiving come as one, too, which
 *   is why candidateHire and applicationUpdate are not asked for.
 * - applicationSubmit: a candidacy that begins in a chosen stage changes none.
 * - candidateDelete: what the hub stored of the person must go.
 * - candidateMerge: the candidacies of one person become another's, tags included.
 * - interviewPlanTransition: stage ids in rules must follow to the new plan.
 * - interviewScheduleUpdate: somebody called an interview off.
 * Tags fire nothing at all; the sweep sees them.
 */
const events = [
  'candidateStageChange',
  'applicationSubmit',
  'candidateDelete',
  'candidateMerge',
  'interviewPlanTransition',
  'interviewScheduleUpdate',
] as const;

export const webhookFormat: WebhookFormat = {
  events,
  signature: 'required',

  verify({ headers, body }, secrets) {
    const given = /^sha256=([0-9a-f]{64})$/.exec(headers.get('ashby-signature') ?? '')?.[1];
    if (given === undefined) return false;
    const signature = Buffer.from(given, 'hex');
    let good = false;
    for (const secret of secrets) {
      const expected = createHmac('sha256', secret).update(body).digest();
      // Every secret is tried, so that the time does not tell which one fits.
      good = timingSafeEqual(expected, signature) || good;
    }
    return good;
  },

  parse({ body }) {
    const delivery = deliverySchema.safeParse(json(body));
    if (!delivery.success) {
      throw new ConnectorError({
        connector: 'ashby',
        operation: 'webhook',
        kind: 'unexpected_shape',
        surelyNotDone: true,
        message:
          'ashby: webhook was not a delivery of Ashby. Check what sends to this address in Ashby under Admin > Integrations > Webhooks.',
      });
    }
    const { action, webhookActionId, data } = delivery.data;
    return {
      event: action,
      // Retries share the id, but so do sibling events of one act: a hire is three deliveries.
      dedupeKey: webhookActionId ? `${action}/${webhookActionId}` : null,
      wakes: wakesOf(action, data ?? {}),
    };
  },

  silentHint:
    'In Ashby under Admin > Integrations > Webhooks each hook must be there once and enabled. Ashby sends nothing for tags and for bulk imports; move a test candidate to another stage instead.',
};

const named = z.object({ id: z.string() }).nullish().catch(null);

const dataSchema = z.object({
  application: named,
  candidate: named,
  mergedCandidate: named,
  interviewSchedule: z.object({ applicationId: z.string() }).nullish().catch(null),
  jobId: z.string().nullish().catch(null),
  interviewStageMappings: z
    .array(z.object({ fromInterviewStageId: z.string(), toInterviewStageId: z.string() }))
    .nullish()
    .catch(null),
});

const deliverySchema = z.object({
  action: z.string(),
  // A ping has none in the OpenAPI text, and one in the documentation.
  webhookActionId: z.string().nullish(),
  data: dataSchema.nullish(),
});

const json = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return null;
  }
};

/** By what the payload holds more than by its event: a hook made by hand for another one works too. */
const wakesOf = (action: string, data: z.output<typeof dataSchema>): Wake[] => {
  const wakes: Wake[] = [];
  if (data.application) wakes.push({ kind: 'candidate', id: data.application.id });
  if (data.candidate) {
    // The person's id: Ashby does not name the candidacies that went with them.
    const kind = action === 'candidateDelete' ? 'candidate_deleted' : 'person';
    wakes.push({ kind, id: data.candidate.id });
  }
  if (data.interviewSchedule)
    wakes.push({ kind: 'candidate', id: data.interviewSchedule.applicationId });
  if (data.mergedCandidate) wakes.push({ kind: 'person', id: data.mergedCandidate.id });
  const moves = (data.interviewStageMappings ?? []).map((mapping) => ({
    from: mapping.fromInterviewStageId,
    to: mapping.toInterviewStageId,
  }));
  if (moves.length > 0) wakes.push({ kind: 'stages_moved', jobId: data.jobId ?? null, moves });
  return wakes;
};

// ---------------------------------------------------------------------------------------------
// Registration

const hookSchema = z.object({
  id: z.string(),
  enabled: z.boolean().nullish(),
  requestUrl: z.string().nullish(),
});

/** Ashby pings the address before it answers; how long it waits is not documented. */
const pingTimeout = 30_000;

export const createWebhooks = (client: AshbyClient): Webhooks => {
  const info = async (webhookId: string) =>
    (await client.call('webhook.info', { webhookId }, hookSchema)).results;

  const update = async (webhookId: string, change: Record<string, unknown>) =>
    (await client.call('webhook.update', { webhookId, ...change }, hookSchema, pingTimeout))
      .results;

  return {
    /**
     * Ashby cannot list hooks, so the stored id is all there is to recognise one by. A known hook
     * that is gone is an error (`not_found`) here: `health` reports it, and who then forgets the
     * id and subscribes again gets a new one.
     */
    async subscribe({ event, url, secret, known }) {
      if (known === null) return create(client, event, url, secret);
      const hook = await info(known.id);
      const current =
        hook.requestUrl === url && known.secretStored
          ? hook
          : await update(known.id, { requestUrl: url, secretToken: secret });
      return { state: 'subscribed', id: hook.id, enabled: current.enabled === true };
    },

    async unsubscribe({ id }) {
      if (id === null) return 'manual';
      try {
        await client.call('webhook.delete', { webhookId: id }, z.unknown());
        return 'deleted';
      } catch (thrown) {
        if (saysGone(thrown)) return 'gone';
        throw thrown;
      }
    },

    async health({ id }) {
      if (id === null) return 'unknown';
      try {
        const { enabled } = await info(id);
        return typeof enabled === 'boolean' ? (enabled ? 'enabled' : 'disabled') : 'unknown';
      } catch (thrown) {
        if (saysGone(thrown)) return 'gone';
        throw thrown;
      }
    },

    /** Pings again; the answer tells whether that worked. */
    async enable({ id }) {
      return (await update(id, { enabled: true })).enabled === true ? 'enabled' : 'disabled';
    },
  };
};

const create = async (
  client: AshbyClient,
  event: string,
  url: string,
  secret: string,
): ReturnType<Webhooks['subscribe']> => {
  const body = { webhookType: event, requestUrl: url, secretToken: secret };
  try {
    const { results } = await client.call('webhook.create', body, hookSchema, pingTimeout);
    return { state: 'subscribed', id: results.id, enabled: results.enabled === true };
  } catch (thrown) {
    if (thrown instanceof AshbyError && thrown.code === duplicateWebhook) {
      return { state: 'exists_id_unknown' };
    }
    throw thrown;
  }
};
