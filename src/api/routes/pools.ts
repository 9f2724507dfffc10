/** Pools of interviewers, by their tags. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { matches, parsePool, tagsIn } from '#core/people/pool.ts';
import { insertAudit } from '#store/audit.ts';
import { inTransaction } from '#store/database.ts';
import { activePeople } from '#store/people.ts';
import {
  deletePool,
  findPool,
  insertPool,
  listPools,
  updatePool,
  type PoolRow,
} from '#store/pools.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { body, idParam, json, problems } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import { PoolInputSchema } from '../present/scheduling-input.ts';

const tags = ['People'];
const root = '/api/v1/pools';
/** Members that a preview names. */
const shown = 100;

const PoolSchema = PoolInputSchema.extend({ id: z.string() }).openapi('Pool');

const PreviewSchema = z
  .object({
    count: z.int(),
    members: z
      .array(z.object({ id: z.string(), name: z.string(), tags: z.array(z.string()) }))
      .openapi({ description: `The first ${String(shown)}, by name.` }),
    unusedTags: z
      .array(z.string())
      .openapi({ description: 'Tags of the expression that nobody active has.' }),
  })
  .openapi('PoolPreview');

export const poolRoutes = {
  list: createRoute({
    method: 'get', path: root, tags, summary: 'Pools',
    request: { query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(PoolSchema), 'Pools.'), ...problems },
  }),
  create: createRoute({
    method: 'post', path: root, tags, summary: 'Make a pool',
    request: { body: body(PoolInputSchema) },
    responses: { 201: json(PoolSchema, 'The new pool.'), ...problems },
  }),
  preview: createRoute({
    method: 'post', path: `${root}/preview`, tags, summary: 'Who is in a pool that is not saved',
    request: { body: body(PoolInputSchema.pick({ expression: true })) },
    responses: { 200: json(PreviewSchema, 'Its members now.'), ...problems },
  }),
  get: createRoute({
    method: 'get', path: `${root}/{id}`, tags, summary: 'One pool',
    request: { params: idParam },
    responses: { 200: json(PoolSchema, 'The pool.'), ...problems },
  }),
  change: createRoute({
    method: 'put', path: `${root}/{id}`, tags, summary: 'Replace a pool',
    request: { params: idParam, body: body(PoolInputSchema) },
    responses: { 200: json(PoolSchema, 'The pool.'), ...problems },
  }),
  remove: createRoute({
    method: 'delete', path: `${root}/{id}`, tags, summary: 'Delete a pool',
    request: { params: idParam },
    responses: { 204: { description: 'Deleted.' }, ...problems },
  }),
}; // prettier-ignore

const present = ({ id, name, expression }: PoolRow): z.infer<typeof PoolSchema> => ({
  id,
  name,
  expression,
});

export const servePools = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(poolRoutes.list, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listPools(hub.db, { after, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, present, (row) => [row.id]),
      200,
    );
  });

  app.openapi(poolRoutes.create, async (c) => {
    const input = c.req.valid('json');
    parsePool(input.expression);
    const row = await inTransaction(hub.db, async (tx) => {
      const made = await insertPool(tx, input);
      await insertAudit(tx, c.get('actor'), 'pool.create', made.id);
      return made;
    });
    return c.json(present(row), 201);
  });

  app.openapi(poolRoutes.preview, async (c) => {
    const wanted = parsePool(c.req.valid('json').expression);
    const people = await activePeople(hub.db);
    const members = people.filter((row) => matches(wanted, row.tags));
    const answer: z.infer<typeof PreviewSchema> = {
      count: members.length,
      members: members.slice(0, shown).map(({ id, name, tags: own }) => ({ id, name, tags: own })),
      unusedTags: tagsIn(wanted).filter(
        (tag) => !people.some((row) => matches({ kind: 'tag', tag }, row.tags)),
      ),
    };
    return c.json(answer, 200);
  });

  app.openapi(poolRoutes.get, async (c) =>
    c.json(present(await findPool(hub.db, c.req.valid('param').id)), 200),
  );

  app.openapi(poolRoutes.change, async (c) => {
    const { id } = c.req.valid('param');
    const input = c.req.valid('json');
    parsePool(input.expression);
    const row = await inTransaction(hub.db, async (tx) => {
      const changed = await updatePool(tx, id, input);
      await insertAudit(tx, c.get('actor'), 'pool.change', id);
      return changed;
    });
    return c.json(present(row), 200);
  });

  app.openapi(poolRoutes.remove, async (c) => {
    const { id } = c.req.valid('param');
    await inTransaction(hub.db, async (tx) => {
      await deletePool(tx, id);
      await insertAudit(tx, c.get('actor'), 'pool.remove', id);
    });
    return c.body(null, 204);
  });
};
