/** Who did what to the hub: a list, and the same as a table for spreadsheets. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { byteOrderMark, csvLine } from '#core/csv.ts';
import type { Executor } from '#store/database.ts';
import { listAudit, type AuditFilter, type AuditRow } from '#store/audit.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, json, problems, time } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';

const tags = ['Audit'];
const root = '/api/v1/audit';

const AuditSchema = z
  .object({
    id: z.string(),
    at: time,
    actor: z.object({ id: z.string(), name: z.string() }),
    act: z.string(),
    object: z.string(),
    objectName: z.string().nullable().openapi({
      description:
        'What it is called now; of interviews and effects, the candidate. Null: it has no name, or is gone.',
    }),
    detail: z.record(z.string(), z.unknown()),
  })
  .openapi('AuditEntry');

const text = z.string().trim().min(1).max(200).optional();
const instant = z.iso.datetime({ offset: true }).optional();

const filterQuery = {
  who: text.openapi({ description: 'Part of the name of who did it.' }),
  act: z
    .string()
    .regex(/^[a-z_]+(\.[a-z_]+)?$/, 'must be an act such as rule.enable, or its beginning: rule')
    .optional()
    .openapi({ description: 'An act (`rule.enable`), or all of a noun (`rule`).' }),
  about: text.openapi({
    description:
      'An id, or part of a name: of what was acted on, or of its candidate or connection.',
  }),
  from: instant,
  to: instant.openapi({ description: 'Before this.' }),
};

export const auditRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'Changes, newest first; an Admin sees the own ones',
    request: { query: z.strictObject({ ...pageQuery, ...filterQuery }) },
    responses: { 200: json(pageOf(AuditSchema), 'Entries.'), ...problems },
  }),
  export: createRoute({
    method: 'get',
    path: `${root}/export`,
    tags,
    summary: 'The same as CSV: everything that the filter lets through',
    description:
      'UTF-8 with a byte order mark, RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.',
    request: { query: z.strictObject(filterQuery) },
    responses: {
      200: { description: 'The table.', content: { 'text/csv': { schema: z.string() } } },
      ...problems,
    },
  }),
};

const present = (row: AuditRow): z.infer<typeof AuditSchema> => ({
  id: String(row.id),
  at: at(row.at),
  actor: { id: row.actor_id, name: row.actor_name },
  act: row.act,
  object: row.object,
  objectName: row.object_name === '' ? null : row.object_name,
  detail: row.detail,
});

type Given = { [Name in keyof typeof filterQuery]?: string | undefined };

const filterOf = (c: Context<ApiEnv>, { from, to, ...given }: Given) => ({
  ...given,
  actorId: c.get('reach') === 'any' ? undefined : c.get('actor').id,
  from: from === undefined ? undefined : Date.parse(from),
  to: to === undefined ? undefined : Date.parse(to),
});

const columns = ['time', 'who', 'who_id', 'act', 'object', 'object_name', 'detail'];
const readAtOnce = 500;

/** Page by page, as fast as it is taken; newer entries do not move what comes. */
async function* table(
  db: Executor,
  filter: Omit<AuditFilter, 'before' | 'limit'>,
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns);
  for (let before: number | null = null; ;) {
    const rows: AuditRow[] = await listAudit(db, { ...filter, before, limit: readAtOnce });
    yield rows.map(present).map(lineOf).join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < readAtOnce) return;
    before = last.id;
  }
}

const lineOf = (entry: z.infer<typeof AuditSchema>): string =>
  csvLine([
    entry.at,
    entry.actor.name,
    entry.actor.id,
    entry.act,
    entry.object,
    entry.objectName ?? '',
    JSON.stringify(entry.detail),
  ]);

export const serveAudit = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(auditRoutes.list, async (c) => {
    const { limit, cursor, ...given } = c.req.valid('query');
    const before = readCursor(cursor, ['number'])?.[0] ?? null;
    const rows = await listAudit(hub.db, { ...filterOf(c, given), before, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, present, (row) => [row.id]),
      200,
    );
  });

  app.openapi(auditRoutes.export, (c) => {
    const lines = table(hub.db, filterOf(c, c.req.valid('query')));
    return c.body(ReadableStream.from(lines).pipeThrough(new TextEncoderStream()), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="loopwright-activity.csv"',
    });
  });
};
