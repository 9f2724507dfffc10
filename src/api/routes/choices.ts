/** What there is to choose from: accounts by name, and what their vendors offer, as last read. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { connectorOf } from '#jobs/hub.ts';
import { listChoices } from '#store/choices.ts';
import { findConnection, listConnections } from '#store/connections.ts';
import type { ChoiceKind } from '#store/schema.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, idParam, json, problems, time, vendorId } from '../document.ts';
import { pageOf, pageQuery, readCursor, searchQuery, toPage } from '../paging.ts';
import { AccountSchema, presentAccount } from '../present/connection.ts';

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
} as const satisfies Record<string, ChoiceKind>;

const query = z.strictObject({
  ...searchQuery,
  choice: vendorId.optional().openapi({ description: 'The one with this id alone.' }),
});
const responses = {
  200: json(
    pageOf(ChoiceSchema).extend({
      refreshedAt: time.nullable().openapi({ description: 'When this page was read.' }),
    }),
    "Choices in the vendor's order.",
  ),
  ...problems,
};

const listOf = <Kind extends string>(kind: Kind, summary: string) =>
  createRoute({
    method: 'get',
    path: `${root}/{id}/choices/${kind}`,
    tags,
    summary: `${summary}, as last read`,
    request: { params: idParam, query },
    responses,
  });

export const choiceRoutes = {
  accounts: createRoute({
    method: 'get',
    path: '/api/v1/accounts',
    tags,
    summary: 'The names of all connections, for whoever chooses among them',
    request: { query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(AccountSchema), 'Accounts, the oldest first.'), ...problems },
  }),
  // What templates and interviews hold has a name for everybody who sees it there.
  feedbackForms: listOf('feedback-forms', 'The feedback forms of an ATS'),
  tests: listOf('tests', 'The tests of a coding platform'),
  templates: listOf('templates', 'The templates of a coding platform, that its rooms begin with'),
  choices: createRoute({
    method: 'get',
    path: `${root}/{id}/choices/{kind}`,
    tags,
    summary: 'What the vendor offers to choose from, as last read',
    request: {
      params: idParam.extend({
        kind: z.enum(Object.keys(choiceKinds) as [keyof typeof choiceKinds]),
      }),
      query,
    },
    responses,
  }),
};

export const serveChoices = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  const read = async (id: string, kind: ChoiceKind, asked: z.infer<typeof query>) => {
    const { limit, cursor, search, choice } = asked;
    await findConnection(hub.db, id);
    const after = readCursor(cursor, ['number'])?.[0] ?? -1;
    const page = { after, limit: limit + 1, search, id: choice };
    const rows = await listChoices(hub.db, id, kind, page);
    const shown = toPage(
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
    return { ...shown, refreshedAt: readAt === undefined ? null : at(readAt) };
  };
  app.openapi(choiceRoutes.accounts, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listConnections(hub.db, { after, limit: limit + 1 });
    return c.json(
      toPage(
        rows,
        limit,
        (row) => presentAccount(hub, connectorOf(hub, row), row),
        (row) => [row.id],
      ),
      200,
    );
  });
  // Before the last: its address fits them as well.
  app.openapi(choiceRoutes.feedbackForms, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(await read(id, 'feedback_form', c.req.valid('query')), 200);
  });
  app.openapi(choiceRoutes.tests, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(await read(id, 'test', c.req.valid('query')), 200);
  });
  app.openapi(choiceRoutes.templates, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(await read(id, 'template', c.req.valid('query')), 200);
  });
  app.openapi(choiceRoutes.choices, async (c) => {
    const { id, kind } = c.req.valid('param');
    return c.json(await read(id, choiceKinds[kind], c.req.valid('query')), 200);
  });
};
