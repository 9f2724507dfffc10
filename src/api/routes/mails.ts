/** The outbox: every message to a person, complete, and what became of it. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { MailMessage } from '#connectors/contract.ts';
import { findMail, listMails, type MailRow } from '#store/mails.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, idParam, json, maybeAt, problems, time, vendorId } from '../document.ts';
import { pageOf, readCursor, searchQuery, toPage } from '../paging.ts';

const tags = ['Mails'];
const root = '/api/v1/mails';
const states = ['composed', 'kept', 'sent', 'bounced'] as const;

const MailSchema = z
  .object({
    id: z.string(),
    interviewId: z.string().nullable(),
    state: z.enum(states).openapi({
      description: '`kept`: no mail server is connected, nothing was sent. `bounced`: refused for good.',
    }),
    to: z.string(),
    subject: z.string(),
    error: z.string().nullable(),
    createdAt: time,
    settledAt: time.nullable(),
  })
  .openapi('Mail'); // prettier-ignore

const WholeMailSchema = MailSchema.extend({
  messageId: z.string(),
  from: z.object({ name: z.string(), address: z.string() }),
  text: z.string(),
  html: z.string(),
  calendar: z.object({ method: z.enum(['REQUEST', 'CANCEL']), content: z.string() }).nullable(),
}).openapi('WholeMail');

export const mailRoutes = {
  list: createRoute({
    method: 'get', path: root, tags, summary: 'Messages, newest first',
    request: { query: z.strictObject({ ...searchQuery, interviewId: vendorId.optional(), state: z.enum(states).optional() }) },
    responses: { 200: json(pageOf(MailSchema), 'Messages.'), ...problems },
  }),
  get: createRoute({
    method: 'get', path: `${root}/{id}`, tags, summary: 'One message, complete',
    request: { params: idParam },
    responses: { 200: json(WholeMailSchema, 'The message.'), ...problems },
  }),
  eml: createRoute({
    method: 'get', path: `${root}/{id}/eml`, tags, summary: 'The message as a file that mail programs open',
    request: { params: idParam },
    responses: {
      200: { description: 'The message, RFC 5322.', content: { 'message/rfc822': { schema: z.string() } } },
      ...problems,
    },
  }),
}; // prettier-ignore

const present = (row: MailRow): z.infer<typeof MailSchema> => ({
  id: row.id,
  interviewId: row.interview_id,
  state: row.state,
  to: row.address,
  subject: row.subject,
  error: row.error,
  createdAt: at(row.created_at),
  settledAt: maybeAt(row.settled_at),
});

export const serveMails = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(mailRoutes.list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const position = readCursor(cursor, ['number', 'text']);
    const before = position === null ? null : { at: position[0], id: position[1] };
    const rows = await listMails(hub.db, { ...filter, before, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, present, (row) => [row.created_at, row.id]),
      200,
    );
  });

  app.openapi(mailRoutes.get, async (c) => {
    const { id } = c.req.valid('param');
    const row = await findMail(hub.db, id);
    const { messageId, from, text, html, calendar } = row.message as MailMessage;
    return c.json({ ...present(row), messageId, from, text, html, calendar }, 200);
  });

  app.openapi(mailRoutes.eml, async (c) => {
    const { id, message } = await findMail(hub.db, c.req.valid('param').id);
    const bytes = await hub.toBytes(message as MailMessage);
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename="${id}.eml"`,
    });
  });
};
