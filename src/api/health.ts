/** Is it alive, may it get work, and how is it: for probes, for Prometheus, for people. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Hub } from '#jobs/hub.ts';
import { listConnections } from '#store/connections.ts';
import { pendingMigrations } from '#store/migrate.ts';
import { queueSizes } from '#store/queue.ts';
import type { ApiDeps, ApiEnv } from './context.ts';
import { json, maybeAt, problems, time } from './document.ts';
import { publicUrlProblems } from './public-url.ts';

const HealthSchema = z
  .object({
    version: z.string(),
    publicUrl: z.string(),
    problems: z.array(z.object({ code: z.string(), text: z.string() })),
    queues: z.array(
      z.object({
        queue: z.string(),
        waiting: z.int(),
        running: z.int(),
        oldestDue: time.nullable(),
      }),
    ),
    connections: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        connector: z.string(),
        state: z.enum(['active', 'paused', 'removed']),
        pauseText: z.string().nullable(),
        sweptAt: time.nullable(),
        nextSweepAt: time.nullable(),
      }),
    ),
  })
  .openapi('Health');

export const healthRoutes = {
  health: createRoute({
    method: 'get',
    path: '/api/v1/health',
    tags: ['Health'],
    summary: 'Queues, connections and their last sweeps',
    responses: { 200: json(HealthSchema, 'How it is.'), ...problems },
  }),
};

/** Null: ready; else why not. */
const notReady = async (hub: Hub, draining: boolean): Promise<string | null> => {
  if (draining) return 'stopping';
  const pending = await pendingMigrations(hub.db).catch(() => null);
  if (pending === null) return 'database away';
  return pending.length > 0 ? 'migrations missing' : null;
};

export const serveHealth = (app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void => {
  const { hub } = deps;

  app.get('/healthz', (c) => c.json({ status: 'ok' }, 200));

  app.get('/readyz', async (c) => {
    const reason = await notReady(hub, deps.draining());
    if (reason === null) return c.json({ status: 'ready' }, 200);
    return c.json({ status: 'not ready', reason }, 503, { 'retry-after': '5' });
  });

  app.get('/metrics', async (c) =>
    c.body(await deps.metrics.metrics(), 200, { 'content-type': deps.metrics.contentType }),
  );

  app.openapi(healthRoutes.health, async (c) => {
    const connections = await listConnections(hub.db, { after: null, limit: 200 });
    const queues = await queueSizes(hub.db);
    return c.json(
      {
        version: deps.version,
        publicUrl: hub.publicUrl,
        problems: publicUrlProblems(hub.publicUrl),
        queues: queues.map(({ queue, waiting, running, oldestDue }) => ({
          queue,
          waiting,
          running,
          oldestDue: maybeAt(oldestDue),
        })),
        connections: connections.map((row) => ({
          id: row.id,
          name: row.name,
          connector: row.connector,
          state: row.state,
          pauseText: row.pause_text,
          sweptAt: maybeAt(row.swept_at),
          nextSweepAt: maybeAt(row.sweep_due_at),
        })),
      },
      200,
    );
  });
};
