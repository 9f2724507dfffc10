/** Keys to this API. A key is shown once, when it is made. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { roles } from '#core/roles.ts';
import { insertApiKey, listApiKeys, revokeApiKey, type ApiKeyRow } from '#store/api-keys.ts';
import { insertAudit } from '#store/audit.ts';
import { inTransaction } from '#store/database.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, body, idParam, json, maybeAt, nameText, problems, time } from '../document.ts';
import { pageOf, readCursor, searchQuery, toPage } from '../paging.ts';

const tags = ['API keys'];
const root = '/api/v1/api-keys';

const apiKey = {
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  email: z.string().nullable().openapi({
    description: 'The person it acts as: decides which jobs are its own.',
  }),
  createdAt: time,
  lastUsedAt: time.nullable(),
};

const ApiKeySchema = z.object(apiKey).openapi('ApiKey');

const present = (row: ApiKeyRow): z.infer<typeof ApiKeySchema> => ({
  id: row.id,
  name: row.name,
  role: row.role,
  email: row.email,
  createdAt: at(row.created_at),
  lastUsedAt: maybeAt(row.last_used_at),
});

export const apiKeyRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'Keys that are good',
    request: { query: z.strictObject(searchQuery) },
    responses: { 200: json(pageOf(ApiKeySchema), 'Keys.'), ...problems },
  }),
  create: createRoute({
    method: 'post',
    path: root,
    tags,
    summary: 'Make a key',
    request: {
      body: body(
        z.strictObject({
          name: nameText,
          role: z.enum(roles),
          email: z.email().max(200).nullable().default(null),
        }),
      ),
    },
    responses: {
      201: json(
        z.object({ ...apiKey, key: z.string().openapi({ description: 'Shown only here.' }) }),
        'The key.',
      ),
      ...problems,
    },
  }),
  revoke: createRoute({
    method: 'delete',
    path: `${root}/{id}`,
    tags,
    summary: 'Revoke a key; it is refused from now on',
    request: { params: idParam },
    responses: { 204: { description: 'Revoked.' }, ...problems },
  }),
};

export const serveApiKeys = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(apiKeyRoutes.list, async (c) => {
    const { limit, cursor, search } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listApiKeys(hub.db, { after, search, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, present, (row) => [row.id]),
      200,
    );
  });

  app.openapi(apiKeyRoutes.create, async (c) => {
    const input = c.req.valid('json');
    const made = await inTransaction(hub.db, async (tx) => {
      const inserted = await insertApiKey(tx, input);
      const { id, name, role } = inserted.row;
      await insertAudit(tx, c.get('actor'), 'api_key.create', id, { name, role });
      return inserted;
    });
    return c.json({ ...present(made.row), key: made.key }, 201);
  });

  app.openapi(apiKeyRoutes.revoke, async (c) => {
    const { id } = c.req.valid('param');
    await inTransaction(hub.db, async (tx) => {
      await revokeApiKey(tx, id);
      await insertAudit(tx, c.get('actor'), 'api_key.revoke', id);
    });
    return c.body(null, 204);
  });
};
