/** What a connection's vendor offers to choose from, as last read. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { listChoices } from '#store/choices.ts';
import { findConnection } from '#store/connections.ts';
import type { ChoiceKind } from '#store/schema.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, idParam, json, problems, time } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';

const tags = ['Connections'];
const root = '/api/v1/connections';

const ChoiceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    group: z.object({ id: z.string(), name: z.string() }).nullable().optional(),
    open: z.boolean().optional(),
    email: z.string().optional(),
    active: z.boolean().optional(),
  })
  .openapi('Choice');

const choiceKinds = {
  stages: 'stage',
  tags: 'tag',
  jobs: 'job',
  users: 'user',
  tests: 'test',
  templates: 'template',
  'feedback-forms': 'feedback_form',
} as const satisfies Record<string, ChoiceKind>;

export const choiceRoutes = {
  choices: createRoute({
    method: 'get',
    path: `${root}/{id}/choices/{kind}`,
    tags,
    summary: 'What the vendor offers to choose from, as last read',
    request: {
      params: idParam.extend({
        kind: z.enum(Object.keys(choiceKinds) as [keyof typeof choiceKinds]),
      }),
      query: z.strictObject(pageQuery),
    },
    responses: {
      200: json(
        pageOf(ChoiceSchema).extend({
          refreshedAt: time.nullable().openapi({ description: 'When this page was read.' }),
        }),
        "Choices in the vendor's order.",
      ),
      ...problems,
    },
  }),
};

export const serveChoices = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(choiceRoutes.choices, async (c) => {
    const { id, kind } = c.req.valid('param');
    const { limit, cursor } = c.req.valid('query');
    await findConnection(hub.db, id);
    const after = readCursor(cursor, ['number'])?.[0] ?? -1;
    const rows = await listChoices(hub.db, id, choiceKinds[kind], { after, limit: limit + 1 });
    const page = toPage(
      rows,
      limit,
      ({ remote_id, name, detail: { group, open, email, active } }) => ({
        id: remote_id,
        name,
        ...(group === undefined ? {} : { group }),
        ...(open === undefined ? {} : { open }),
        ...(email === undefined ? {} : { email }),
        ...(active === undefined ? {} : { active }),
      }),
      (row) => [row.position],
    );
    const readAt = rows[0]?.refreshed_at;
    return c.json({ ...page, refreshedAt: readAt === undefined ? null : at(readAt) }, 200);
  });
};
