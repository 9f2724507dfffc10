/** Pools of interviewers, by their tags. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { matches, parsePool, tagsIn } from '#core/people/pool.ts';
import { insertAudit } from '#store/audit.ts';
import { inTransaction } from '#store/database.ts';
import { activePeople, listPeople, mostPeople, type PersonRow } from '#store/people.ts';
import {
  deletePool,
  findPool,
  insertPool,
  listPools,
  lockPool,
  updatePool,
  type PoolRow,
} from '#store/pools.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { body, bodyReadBefore, idParam, json, problems } from '../document.ts';
import { pageOf, readCursor, searchQuery, toPage } from '../paging.ts';
import { PoolInputSchema } from '../present/scheduling-input.ts';
import { ifMatch, mustMatch, tagged, versioned, versionField } from '../version.ts';

const tags = ['People'];
const root = '/api/v1/pools';

const PoolSchema = PoolInputSchema.extend({ id: z.string(), version: versionField }).openapi(
  'Pool',
);

const PreviewSchema = z
  .object({
    count: z.int(),
    unusedTags: z
      .array(z.string())
      .openapi({ description: 'Tags of the expression that nobody active has.' }),
  })
  .openapi('PoolPreview');

const MemberSchema = z
  .object({ id: z.string(), name: z.string(), tags: z.array(z.string()) })
  .openapi('PoolMember');
const expression = PoolInputSchema.shape.expression;

export const poolRoutes = {
  list: createRoute({
    method: 'get', path: root, tags, summary: 'Pools',
    request: { query: z.strictObject(searchQuery) },
    responses: { 200: json(pageOf(PoolSchema), 'Pools.'), ...problems },
  }),
  create: createRoute({
    method: 'post', path: root, tags, summary: 'Make a pool',
    request: { body: body(PoolInputSchema) },
    responses: { 201: versioned(PoolSchema, 'The new pool.'), ...problems },
  }),
  preview: createRoute({
    method: 'post', path: `${root}/preview`, tags, summary: 'How many are in a pool that is not saved',
    request: { body: body(z.strictObject({ expression })) },
    responses: { 200: json(PreviewSchema, 'What it finds now.'), ...problems },
  }),
  members: createRoute({
    method: 'get', path: `${root}/members`, tags, summary: 'Who is in a pool, saved or not, by name',
    request: { query: z.strictObject({ ...searchQuery, expression }) },
    responses: { 200: json(pageOf(MemberSchema), 'Its members now.'), ...problems },
  }),
  get: createRoute({
    method: 'get', path: `${root}/{id}`, tags, summary: 'One pool',
    request: { params: idParam },
    responses: { 200: versioned(PoolSchema, 'The pool.'), ...problems },
  }),
  change: createRoute({
    method: 'put', path: `${root}/{id}`, tags, summary: 'Replace a pool',
    request: { params: idParam, headers: ifMatch, body: bodyReadBefore(PoolInputSchema, PoolSchema) },
    responses: { 200: versioned(PoolSchema, 'The pool.'), ...problems },
  }),
  remove: createRoute({
    method: 'delete', path: `${root}/{id}`, tags, summary: 'Delete a pool',
    request: { params: idParam, headers: ifMatch },
    responses: { 204: { description: 'Deleted.' }, ...problems },
  }),
}; // prettier-ignore

const present = (row: PoolRow): z.infer<typeof PoolSchema> => ({
  id: row.id,
  name: row.name,
  expression: row.expression,
  version: row.version,
});

const presentMember = ({ id, name, tags: own }: PersonRow): z.infer<typeof MemberSchema> => ({
  id,
  name,
  tags: own,
});

export const servePools = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(poolRoutes.list, async (c) => {
    const { limit, cursor, search } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listPools(hub.db, { after, search, limit: limit + 1 });
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
    return c.json(tagged(c, present(row)), 201);
  });

  app.openapi(poolRoutes.preview, async (c) => {
    const wanted = parsePool(c.req.valid('json').expression);
    const people = await activePeople(hub.db);
    const answer: z.infer<typeof PreviewSchema> = {
      count: people.filter((row) => matches(wanted, row.tags)).length,
      unusedTags: tagsIn(wanted).filter(
        (tag) => !people.some((row) => matches({ kind: 'tag', tag }, row.tags)),
      ),
    };
    return c.json(answer, 200);
  });

  app.openapi(poolRoutes.members, async (c) => {
    const { limit, cursor, search, expression: asked } = c.req.valid('query');
    const wanted = parsePool(asked);
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const people = await listPeople(hub.db, { search, active: true, after, limit: mostPeople });
    const members = people.filter((row) => matches(wanted, row.tags));
    return c.json(
      toPage(members, limit, presentMember, (row) => [row.id]),
      200,
    );
  });

  app.openapi(poolRoutes.get, async (c) =>
    c.json(tagged(c, present(await findPool(hub.db, c.req.valid('param').id))), 200),
  );

  app.openapi(poolRoutes.change, async (c) => {
    const { id } = c.req.valid('param');
    const expected = c.req.valid('header')['If-Match'];
    const input = c.req.valid('json');
    parsePool(input.expression);
    const row = await inTransaction(hub.db, async (tx) => {
      const { version } = await lockPool(tx, id);
      await mustMatch(tx, expected, version, { noun: 'pool', id });
      const changed = await updatePool(tx, id, input);
      await insertAudit(tx, c.get('actor'), 'pool.change', id);
      return changed;
    });
    return c.json(tagged(c, present(row)), 200);
  });

  app.openapi(poolRoutes.remove, async (c) => {
    const { id } = c.req.valid('param');
    const expected = c.req.valid('header')['If-Match'];
    await inTransaction(hub.db, async (tx) => {
      const { version } = await lockPool(tx, id);
      await mustMatch(tx, expected, version, { noun: 'pool', id });
      await deletePool(tx, id);
      await insertAudit(tx, c.get('actor'), 'pool.remove', id);
    });
    return c.body(null, 204);
  });
};
