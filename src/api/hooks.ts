/**
 * Where vendors deliver webhooks. Nothing is asked of any vendor here: a delivery is verified over
 * its raw bytes, reduced to ids, committed with its jobs, and only then acknowledged. Always with
 * exactly 200: some vendors count no other success.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { OpenAPIHono } from '@hono/zod-openapi';
import {
  ConnectorError,
  type Connector,
  type ParsedDelivery,
  type RawDelivery,
} from '#connectors/contract.ts';
import type { Hub } from '#jobs/hub.ts';
import { hookSecretName } from '#jobs/subscribe-webhooks.ts';
import { isDatabaseAway, isMissingReference } from '#store/database.ts';
import { getSecret } from '#store/vault.ts';
import { findWebhookByToken, markBadSignature, type WebhookRow } from '#store/webhooks.ts';
import { readBody } from './body.ts';
import type { ApiDeps, ApiEnv } from './context.ts';
import type { ApiMetrics, DeliveryOutcome } from './metrics.ts';
import { ProblemError } from './problem.ts';

/** A hook as looked up, kept for a moment so that a burst costs no query per delivery. */
interface KnownHook {
  webhook: WebhookRow;
  connector: Connector;
  secret: string | null;
  until: number;
}

/** Milliseconds. A changed secret is noticed at once all the same: a bad signature looks again. */
const keptFor = 5_000;
const mostKept = 1_000;
/** Milliseconds between two notes of a bad signature at one hook. */
const noteEvery = 5_000;

const createLookup = (hub: Hub) => {
  const known = new Map<string, KnownHook>();
  const load = async (token: string): Promise<KnownHook | null> => {
    const found = await findWebhookByToken(hub.db, token);
    const connector = found ? hub.connectors.get(found.connector) : undefined;
    if (!found || !connector) {
      known.delete(token);
      return null;
    }
    const { webhook } = found;
    const secret = await getSecret(
      hub.db,
      hub.vault,
      webhook.connection_id,
      hookSecretName(webhook.id),
    );
    const hook = { webhook, connector, secret, until: hub.monotonic() + keptFor };
    if (known.size >= mostKept) known.clear();
    known.set(token, hook);
    return hook;
  };
  return {
    /** `fresh` tells that it was read just now. */
    async find(token: string): Promise<{ hook: KnownHook | null; fresh: boolean }> {
      const kept = known.get(token);
      if (kept && kept.until > hub.monotonic()) return { hook: kept, fresh: false };
      return { hook: await load(token), fresh: true };
    },
    load,
    forget: (token: string) => known.delete(token),
  };
};

const noHook = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'not_found',
    detail: 'hook: there is nothing at this address. Delete the webhook at the vendor.',
  });

const busy = (): ProblemError =>
  new ProblemError({
    status: 503,
    code: 'busy',
    detail: 'hook: too many deliveries are waiting. Send it again in a moment.',
    retryAfter: 5,
  });

export const serveHooks = (app: OpenAPIHono<ApiEnv>, deps: ApiDeps, metrics: ApiMetrics): void => {
  const { hub, inbox } = deps;
  const lookup = createLookup(hub);
  const noted = new Map<string, number>();

  const isSigned = ({ connector, secret }: KnownHook, delivery: RawDelivery): boolean => {
    const { webhooks } = connector;
    if (!webhooks) return false;
    return (
      webhooks.signature === 'none' || (secret !== null && webhooks.verify(delivery, [secret]))
    );
  };

  const noteBadSignature = async (id: string): Promise<void> => {
    const now = hub.monotonic();
    if ((noted.get(id) ?? Number.NEGATIVE_INFINITY) > now - noteEvery) return;
    noted.set(id, now);
    await markBadSignature(hub.db, id);
  };

  /** The hook, when the delivery is signed by its secret; throws 401 or 404. */
  const authenticate = async (
    token: string,
    headers: Headers,
    body: Uint8Array,
  ): Promise<KnownHook> => {
    const { hook, fresh } = await lookup.find(token);
    if (!hook) throw noHook();
    if (isSigned(hook, { headers, body, url: hook.webhook.url })) return hook;
    const latest = fresh ? hook : await lookup.load(token);
    if (!latest) throw noHook();
    if (isSigned(latest, { headers, body, url: latest.webhook.url })) return latest;
    await noteBadSignature(latest.webhook.id);
    throw new ProblemError({
      status: 401,
      code: 'bad_signature',
      detail: "hook: the signature is not right. Check the webhook's secret at the vendor.",
    });
  };

  const receive = async (
    c: Context<ApiEnv>,
    token: string,
  ): Promise<{ outcome: DeliveryOutcome; connector: string }> => {
    if (!/^hook_[0-9a-z]{32}$/.test(token)) throw noHook();
    // Looked up before the body is read: strangers are turned away at the door.
    if (!(await lookup.find(token)).hook) throw noHook();
    const body = await readBody(c.req.raw);
    const { headers } = c.req.raw;
    const { webhook, connector } = await authenticate(token, headers, body);
    const parsed = parse(connector, { headers, body, url: webhook.url });
    const receipt = await inbox
      .receive({
        webhookId: webhook.id,
        connectionId: webhook.connection_id,
        dedupeKey: parsed.dedupeKey ?? createHash('sha256').update(body).digest('hex'),
        event: parsed.event,
        wakes: parsed.wakes,
      })
      .catch((thrown: unknown) => {
        if (!isMissingReference(thrown)) throw thrown;
        // Disconnected a moment ago.
        lookup.forget(token);
        throw noHook();
      });
    if (receipt === 'busy') throw busy();
    return { outcome: receipt, connector: connector.id };
  };

  app.post('/hooks/:token', async (c) => {
    try {
      const { outcome, connector } = await receive(c, c.req.param('token'));
      metrics.deliveries.inc({ connector, outcome });
      return c.json({ received: true }, 200);
    } catch (thrown) {
      metrics.deliveries.inc({ connector: 'unknown', outcome: outcomeOf(thrown) });
      throw thrown;
    }
  });
};

const parse = (connector: Connector, delivery: RawDelivery): ParsedDelivery => {
  try {
    const parsed = connector.webhooks?.parse(delivery);
    if (parsed && isStorable(parsed)) return parsed;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
  }
  throw new ProblemError({
    status: 400,
    code: 'delivery_unreadable',
    detail: `hook: this is not what ${connector.name} sends. Check that only ${connector.name} has this address.`,
  });
};

/** PostgreSQL keeps no U+0000, and an id has no business being long. */
const isStorable = (parsed: ParsedDelivery): boolean =>
  [parsed.event, parsed.dedupeKey ?? ''].every(
    (text) => text.length <= 500 && !text.includes('\0'),
  ) && !JSON.stringify(parsed.wakes).includes('\\u0000');

const outcomes: Record<string, DeliveryOutcome> = {
  busy: 'busy',
  bad_signature: 'bad_signature',
  delivery_unreadable: 'unreadable',
  not_found: 'unknown_token',
  body_too_large: 'too_large',
  body_too_slow: 'too_slow',
};

const outcomeOf = (thrown: unknown): DeliveryOutcome => {
  if (thrown instanceof ProblemError) return outcomes[thrown.problem.code] ?? 'failed';
  return isDatabaseAway(thrown) ? 'database_away' : 'failed';
};
