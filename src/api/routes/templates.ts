/** Base and interview templates. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { conflict, invalid } from '#core/errors.ts';
import { check, contextNames } from '#core/template/check.ts';
import type { Context } from '#core/template/facts.ts';
import { canonical } from '#core/template/parse.ts';
import { checkLayer } from '#jobs/check-layer.ts';
import { keepPlace } from '#jobs/company-places.ts';
import { connectionsOfRole, platformsOf, registryOf } from '#jobs/interview-scene.ts';
import { insertAudit } from '#store/audit.ts';
import { inTransaction } from '#store/database.ts';
import {
  childrenOfTemplate,
  findTemplate,
  insertTemplate,
  listTemplates,
  lockTemplate,
  placeOfTemplate,
  removeTemplate,
  updateTemplate,
  type TemplateInput,
  type TemplateRow,
} from '#store/templates.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, body, bodyReadBefore, idParam, json, problems, time } from '../document.ts';
import { pageOf, readCursor, searchQuery, toPage } from '../paging.ts';
import { ourId, TemplateInputSchema } from '../present/scheduling-input.ts';
import { ifMatch, mustMatch, tagged, versioned, versionField } from '../version.ts';

const tags = ['Templates'];
const root = '/api/v1/templates';

const TemplateSchema = TemplateInputSchema.extend({
  id: z.string(),
  version: versionField,
  createdAt: time,
  updatedAt: time,
}).openapi('Template');

const ListedTemplateSchema = TemplateSchema.extend({
  parentName: z.string().nullable().openapi({ description: 'The name of its base.' }),
}).openapi('ListedTemplate');

const contexts = Object.keys(contextNames) as Context[];

const TextCheckSchema = z.object({
  text: z.string().openapi({ description: 'As it would be saved: names in their own spelling.' }),
  problems: z.array(
    z.object({
      code: z.enum(['variable_unknown', 'variable_internal', 'variable_misplaced', 'fallback_variable']),
      variable: z.string().openapi({ description: 'As written.' }),
      at: z.int().openapi({ description: 'Characters before it.' }),
      message: z.string(),
      suggestion: z.string().nullable().openapi({ description: 'What was probably meant.' }),
    }),
  ),
}); // prettier-ignore

export const templateRoutes = {
  list: createRoute({
    method: 'get', path: root, tags, summary: 'Templates by name, each base before what builds upon it',
    request: { query: z.strictObject({
      ...searchQuery,
      parentId: z.union([ourId, z.literal('none')]).optional().openapi({
        description: 'What builds upon this base; `none`: what builds upon nothing.',
      }),
    }) },
    responses: { 200: json(pageOf(ListedTemplateSchema), 'Templates.'), ...problems },
  }),
  create: createRoute({
    method: 'post', path: root, tags, summary: 'Make a template',
    request: { body: body(TemplateInputSchema) },
    responses: { 201: versioned(TemplateSchema, 'The new template.'), ...problems },
  }),
  check: createRoute({
    method: 'post', path: `${root}/check`, tags, summary: 'What is wrong with a text; saves nothing',
    request: { body: body(z.strictObject({ text: z.string().max(20_000), context: z.enum(contexts) })) },
    responses: { 200: json(TextCheckSchema, 'What saving it would be refused for.'), ...problems },
  }),
  get: createRoute({
    method: 'get', path: `${root}/{id}`, tags, summary: 'One template',
    request: { params: idParam },
    responses: { 200: versioned(TemplateSchema, 'The template.'), ...problems },
  }),
  change: createRoute({
    method: 'put', path: `${root}/{id}`, tags, summary: 'Replace a template',
    description: 'Interviews that are scheduled keep what they were scheduled with.',
    request: { params: idParam, headers: ifMatch, body: bodyReadBefore(TemplateInputSchema, TemplateSchema) },
    responses: { 200: versioned(TemplateSchema, 'The template.'), ...problems },
  }),
  remove: createRoute({
    method: 'delete', path: `${root}/{id}`, tags, summary: 'Delete a template',
    request: { params: idParam, headers: ifMatch },
    responses: { 204: { description: 'Deleted.' }, ...problems },
  }),
}; // prettier-ignore

const present = (row: TemplateRow): z.infer<typeof TemplateSchema> => ({
  id: row.id,
  name: row.name,
  parentId: row.parent_id,
  connectionId: row.connection_id,
  jobId: row.job_id,
  stageId: row.stage_id,
  layer: row.layer,
  version: row.version,
  createdAt: at(row.created_at),
  updatedAt: at(row.updated_at),
});

export const serveTemplates = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  const toInput = async (
    given: z.infer<typeof TemplateInputSchema>,
    id: string | null,
  ): Promise<TemplateInput> => {
    if (given.parentId !== null) {
      const parent = await findTemplate(hub.db, given.parentId);
      const isParent = id !== null && (await childrenOfTemplate(hub.db, id)).length > 0;
      if (parent.parent_id !== null || isParent || parent.id === id)
        throw invalid(
          'template_too_deep',
          'template: a base template has no base of its own. Choose one without a base.',
          'parentId',
        );
    }
    return { ...given, layer: await checkLayer(hub, given.layer, 'layer') };
  };

  app.openapi(templateRoutes.list, async (c) => {
    const { limit, cursor, search, parentId } = c.req.valid('query');
    const after = readCursor(cursor, ['text', 'text', 'number', 'text', 'text']);
    const rows = await listTemplates(hub.db, {
      after,
      limit: limit + 1,
      search,
      parentId: parentId === 'none' ? null : parentId,
    });
    const listed = (row: (typeof rows)[number]) => ({ ...present(row), parentName: row.parent_name });
    return c.json(toPage(rows, limit, listed, placeOfTemplate), 200);
  });

  app.openapi(templateRoutes.create, async (c) => {
    const input = await toInput(c.req.valid('json'), null);
    const row = await inTransaction(hub.db, async (tx) => {
      await keepPlace(tx, input.layer, 'layer');
      const made = await insertTemplate(tx, input);
      await insertAudit(tx, c.get('actor'), 'template.create', made.id, { name: input.name });
      return made;
    });
    return c.json(tagged(c, present(row)), 201);
  });

  app.openapi(templateRoutes.check, async (c) => {
    const { text, context } = c.req.valid('json');
    const registry = registryOf(platformsOf(hub, await connectionsOfRole(hub, hub.db, 'coding')));
    return c.json({ text: canonical(text, registry), problems: check(text, context, registry) }, 200);
  });

  app.openapi(templateRoutes.get, async (c) =>
    c.json(tagged(c, present(await findTemplate(hub.db, c.req.valid('param').id))), 200),
  );

  app.openapi(templateRoutes.change, async (c) => {
    const { id } = c.req.valid('param');
    const expected = c.req.valid('header')['If-Match'];
    const input = await toInput(c.req.valid('json'), id);
    const row = await inTransaction(hub.db, async (tx) => {
      const { version } = await lockTemplate(tx, id);
      await mustMatch(tx, expected, version, { noun: 'template', id });
      await keepPlace(tx, input.layer, 'layer');
      const changed = await updateTemplate(tx, id, input);
      await insertAudit(tx, c.get('actor'), 'template.change', id, { name: input.name });
      return changed;
    });
    return c.json(tagged(c, present(row)), 200);
  });

  app.openapi(templateRoutes.remove, async (c) => {
    const { id } = c.req.valid('param');
    const expected = c.req.valid('header')['If-Match'];
    const children = await childrenOfTemplate(hub.db, id);
    if (children.length > 0)
      throw conflict(
        'template_has_children',
        `template: ${children.map(({ name }) => name).slice(0, 5).join(', ')} build upon it. Give them another base first.`,
      );
    await inTransaction(hub.db, async (tx) => {
      const { version } = await lockTemplate(tx, id);
      await mustMatch(tx, expected, version, { noun: 'template', id });
      await removeTemplate(tx, id);
      await insertAudit(tx, c.get('actor'), 'template.remove', id);
    });
    return c.body(null, 204);
  });
}; // prettier-ignore
