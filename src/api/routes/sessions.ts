/** Who is signed in where, and the end of it. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { reach } from '#core/roles.ts';
import { endAllSessions, endOneSession } from '#jobs/manage-users.ts';
import { lastsFor } from '#store/auth-setup.ts';
import { listSessions, type SessionRow } from '#store/sessions.ts';
import { findUser } from '#store/users.ts';
import { refuseFields } from '../body.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, idParam, json, problems, time } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import { deviceOf } from '../present/device.ts';
import { sessionOf } from './sign-in.ts';

const tags = ['Sessions'];

const SessionSchema = z
  .object({
    id: z.string(),
    device: z.string().openapi({ description: 'Browser and system, as far as they tell.' }),
    address: z.string().openapi({
      description: 'Where it was begun; behind a proxy that is not trusted, the proxy.',
    }),
    startedAt: time,
    lastUsedAt: time,
    endsAt: time.openapi({ description: 'When it ends if it is not used again.' }),
    current: z.boolean().openapi({ description: 'The one that is asking.' }),
  })
  .openapi('Session');

const EndedSchema = z.object({ ended: z.int() }).openapi('SessionsEnded');

export const sessionRoutes = {
  list: createRoute({
    method: 'get',
    path: '/api/v1/sessions',
    tags,
    summary: 'Your own sessions',
    request: { query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(SessionSchema), 'Sessions.'), ...problems },
  }),
  end: createRoute({
    method: 'delete',
    path: '/api/v1/sessions/{id}',
    tags,
    summary: 'End a session: your own, or as a Super Admin anybody’s',
    request: { params: idParam },
    responses: { 204: { description: 'Ended.' }, ...problems },
  }),
  endOthers: createRoute({
    method: 'post',
    path: '/api/v1/sessions/end-others',
    tags,
    summary: 'End all your sessions but this one',
    middleware: [refuseFields] as const,
    responses: { 200: json(EndedSchema, 'How many.'), ...problems },
  }),
  listOf: createRoute({
    method: 'get',
    path: '/api/v1/users/{id}/sessions',
    tags,
    summary: 'A user’s sessions',
    request: { params: idParam, query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(SessionSchema), 'Sessions.'), ...problems },
  }),
  endOf: createRoute({
    method: 'delete',
    path: '/api/v1/users/{id}/sessions',
    tags,
    summary: 'End all of a user’s sessions',
    request: { params: idParam },
    responses: { 200: json(EndedSchema, 'How many.'), ...problems },
  }),
};

const present =
  (current: string | null) =>
  (row: SessionRow): z.infer<typeof SessionSchema> => ({
    id: row.id,
    device: deviceOf(row.user_agent ?? ''),
    address: row.ip_address ?? '',
    startedAt: at(row.created_at),
    lastUsedAt: at(row.updated_at),
    endsAt: at(Math.min(row.expires_at, row.created_at + lastsFor)),
    current: row.id === current,
  });

export const serveSessions = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  const pageFor = async (
    userId: string,
    current: string | null,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ) => {
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listSessions(hub.db, userId, hub.now(), { after, limit: limit + 1 });
    return toPage(rows, limit, present(current), (row) => [row.id]);
  };

  app.openapi(sessionRoutes.list, async (c) => {
    const { id, sessionId } = c.get('actor');
    return c.json(await pageFor(id, sessionId, c.req.valid('query')), 200);
  });

  app.openapi(sessionRoutes.end, async (c) => {
    const actor = c.get('actor');
    const owner = reach(actor.role, 'users.manage') === 'any' ? null : actor.id;
    await endOneSession(hub.db, c.req.valid('param').id, owner, actor);
    return c.body(null, 204);
  });

  app.openapi(sessionRoutes.endOthers, async (c) => {
    const actor = c.get('actor');
    const ended = await endAllSessions(hub.db, actor.id, sessionOf(c), actor);
    return c.json({ ended }, 200);
  });

  app.openapi(sessionRoutes.listOf, async (c) => {
    const { id } = await findUser(hub.db, c.req.valid('param').id);
    return c.json(await pageFor(id, c.get('actor').sessionId, c.req.valid('query')), 200);
  });

  app.openapi(sessionRoutes.endOf, async (c) => {
    const { id } = await findUser(hub.db, c.req.valid('param').id);
    return c.json({ ended: await endAllSessions(hub.db, id, null, c.get('actor')) }, 200);
  });
};
