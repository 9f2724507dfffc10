/** Webhook deliveries as they came in, and their replay. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { enqueueWakes } from '#jobs/receive-webhook.ts';
import { insertAudit } from '#store/audit.ts';
import { inTransaction } from '#store/database.ts';
import {
  findDelivery,
  listDeliveries,
  requeueDelivery,
  type DeliveryRow,
} from '#store/deliveries.ts';
import { refuseFields } from '../body.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import {
  acceptedSchema,
  at,
  json,
  maybeAt,
  numberParam,
  problems,
  time,
  vendorId,
} from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';

const tags = ['Deliveries'];
const root = '/api/v1/deliveries';

const DeliverySchema = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    webhookId: z.string(),
    event: z.string(),
    state: z.enum(['queued', 'done', 'ignored']),
    detail: z.string().nullable().openapi({ description: 'What came of it.' }),
    wakes: z
      .array(z.object({ kind: z.string() }).catchall(z.unknown()))
      .openapi({ description: 'What it asked the hub to look at. Bodies are not kept.' }),
    receivedAt: time,
    handledAt: time.nullable(),
  })
  .openapi('Delivery');

const present = (row: DeliveryRow): z.infer<typeof DeliverySchema> => ({
  id: String(row.id),
  connectionId: row.connection_id,
  webhookId: row.webhook_id,
  event: row.event,
  state: row.state,
  detail: row.detail,
  wakes: row.wakes,
  receivedAt: at(row.received_at),
  handledAt: maybeAt(row.handled_at),
});

export const deliveryRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'Deliveries, newest first',
    request: { query: z.strictObject({ ...pageQuery, connectionId: vendorId.optional() }) },
    responses: { 200: json(pageOf(DeliverySchema), 'Deliveries.'), ...problems },
  }),
  get: createRoute({
    method: 'get',
    path: `${root}/{id}`,
    tags,
    summary: 'One delivery',
    request: { params: numberParam },
    responses: { 200: json(DeliverySchema, 'The delivery.'), ...problems },
  }),
  replay: createRoute({
    method: 'post',
    path: `${root}/{id}/replay`,
    tags,
    summary: 'Look again at what it was about; nothing is done twice',
    middleware: refuseFields,
    request: { params: numberParam },
    responses: { 202: json(acceptedSchema, 'Queued.'), ...problems },
  }),
};

export const serveDeliveries = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(deliveryRoutes.list, async (c) => {
    const { limit, cursor, connectionId } = c.req.valid('query');
    const before = readCursor(cursor, ['number'])?.[0] ?? null;
    const rows = await listDeliveries(hub.db, { connectionId, before, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, present, (row) => [row.id]),
      200,
    );
  });

  app.openapi(deliveryRoutes.get, async (c) =>
    c.json(present(await findDelivery(hub.db, Number(c.req.valid('param').id))), 200),
  );

  app.openapi(deliveryRoutes.replay, async (c) => {
    const id = Number(c.req.valid('param').id);
    await inTransaction(hub.db, async (tx) => {
      const { connection_id: connectionId, wakes } = await findDelivery(tx, id);
      await requeueDelivery(tx, id);
      // Stages that moved were moved then; their ids may mean something else by now.
      const again = wakes.filter((wake) => wake.kind !== 'stages_moved');
      await enqueueWakes(hub, tx, [{ connectionId, wakes: again }]);
      await insertAudit(tx, c.get('actor'), 'delivery.replay', String(id));
    });
    return c.json({ queued: true } as const, 202);
  });
};
