/** Who did what to the hub. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { listAudit, type AuditRow } from '#store/audit.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, json, problems, time } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';

const AuditSchema = z
  .object({
    id: z.string(),
    at: time,
    actor: z.object({ id: z.string(), name: z.string() }),
    act: z.string(),
    object: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .openapi('AuditEntry');

export const auditRoutes = {
  list: createRoute({
    method: 'get',
    path: '/api/v1/audit',
    tags: ['Audit'],
    summary: 'Changes, newest first; an Admin sees the own ones',
    request: { query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(AuditSchema), 'Entries.'), ...problems },
  }),
};

const present = (row: AuditRow): z.infer<typeof AuditSchema> => ({
  id: String(row.id),
  at: at(row.at),
  actor: { id: row.actor_id, name: row.actor_name },
  act: row.act,
  object: row.object,
  detail: row.detail,
});

export const serveAudit = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(auditRoutes.list, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const before = readCursor(cursor, ['number'])?.[0] ?? null;
    const actorId = c.get('reach') === 'any' ? undefined : c.get('actor').id;
    const rows = await listAudit(hub.db, { actorId, before, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, present, (row) => [row.id]),
      200,
    );
  });
};
