/** Figures for Prometheus. Labels are routes and kinds, never ids or data. */
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Hub } from '#jobs/hub.ts';
import { countEffects } from '#store/effects.ts';
import type { ApiEnv } from './context.ts';

/** What became of a webhook delivery. */
export type DeliveryOutcome =
  | 'new'
  | 'known'
  | 'busy'
  | 'bad_signature'
  | 'unreadable'
  | 'unknown_token'
  | 'too_large'
  | 'too_slow'
  | 'database_away'
  | 'failed';

export interface ApiMetrics {
  requests: Counter<'method' | 'route' | 'status'>;
  seconds: Histogram<'route'>;
  deliveries: Counter<'connector' | 'outcome'>;
}

export const createMetrics = (hub: Hub, registry: Registry): ApiMetrics => {
  const effects = new Gauge({
    name: 'loopwright_effects',
    help: 'Effects in the ledger, by kind and state.',
    labelNames: ['kind', 'state'],
    registers: [registry],
    async collect() {
      const counts = await countEffects(hub.db).catch(() => null);
      effects.reset();
      for (const { kind, state, count } of counts ?? []) effects.set({ kind, state }, count);
    },
  });
  return {
    requests: new Counter({
      name: 'loopwright_http_requests_total',
      help: 'Requests answered, by method, route and status.',
      labelNames: ['method', 'route', 'status'],
      registers: [registry],
    }),
    seconds: new Histogram({
      name: 'loopwright_http_request_seconds',
      help: 'How long requests took, by route.',
      labelNames: ['route'],
      buckets: [0.002, 0.01, 0.05, 0.25, 1, 5, 15],
      registers: [registry],
    }),
    deliveries: new Counter({
      name: 'loopwright_deliveries_total',
      help: 'Webhook deliveries, by connector and what became of them.',
      labelNames: ['connector', 'outcome'],
      registers: [registry],
    }),
  };
};

/** Counts and logs each request once it is answered. Probes and deliveries are counted only. */
export const observe =
  (hub: Hub, metrics: ApiMetrics): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const begin = hub.monotonic();
    await next();
    const route = matchedRoutes(c).find(({ method }) => method !== 'ALL')?.path ?? 'unknown';
    const { method } = c.req;
    const { status } = c.res;
    const milliseconds = hub.monotonic() - begin;
    metrics.requests.inc({ method, route, status: String(status) });
    metrics.seconds.observe({ route }, milliseconds / 1_000);
    if (route.startsWith('/api/v1')) {
      hub.log.info(
        {
          request: c.get('requestId'),
          method,
          route,
          status,
          milliseconds: Math.round(milliseconds),
        },
        'api: a request was answered.',
      );
    }
  };
