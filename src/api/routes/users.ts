/** Who may sign in, and as what. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { roles } from '#core/roles.ts';
import { changeUser, deactivateUser, reactivateUser } from '#jobs/manage-users.ts';
import { makePasswordLink } from '#jobs/reset-password.ts';
import { findUser, listUsers, type UserRow } from '#store/users.ts';
import { refuseFields } from '../body.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, body, idParam, json, nameText, problems, time, yesOrNo } from '../document.ts';
import { pageOf, readCursor, searchQuery, toPage } from '../paging.ts';
import { ifMatch, matching, tagged, versioned, versionField } from '../version.ts';

const tags = ['Users'];
const root = '/api/v1/users';

const UserSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().openapi({ description: 'Decides which jobs and events are its own.' }),
    role: z.enum(roles),
    active: z.boolean(),
    version: versionField,
    createdAt: time,
  })
  .openapi('User');

const PasswordLinkSchema = z.object({ link: z.string(), expiresAt: time }).openapi('PasswordLink');

const one = { 200: versioned(UserSchema, 'The user.'), ...problems };

export const userRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'Users, by address',
    request: {
      query: z.strictObject({
        ...searchQuery,
        role: z.enum(roles).optional(),
        active: yesOrNo.optional(),
      }),
    },
    responses: { 200: json(pageOf(UserSchema), 'Users.'), ...problems },
  }),
  get: createRoute({
    method: 'get',
    path: `${root}/{id}`,
    tags,
    summary: 'One user',
    request: { params: idParam },
    responses: one,
  }),
  change: createRoute({
    method: 'patch',
    path: `${root}/{id}`,
    tags,
    summary: 'Change role or name; the last active Super Admin stays one',
    request: {
      params: idParam,
      headers: ifMatch,
      body: body(z.strictObject({ role: z.enum(roles).optional(), name: nameText.optional() })),
    },
    responses: one,
  }),
  deactivate: createRoute({
    method: 'post',
    path: `${root}/{id}/deactivate`,
    tags,
    summary: 'Shut a user out: sessions end, keys that act as the user are refused',
    request: { params: idParam },
    middleware: [refuseFields] as const,
    responses: one,
  }),
  reactivate: createRoute({
    method: 'post',
    path: `${root}/{id}/reactivate`,
    tags,
    summary: 'Let a user in again',
    request: { params: idParam },
    middleware: [refuseFields] as const,
    responses: one,
  }),
  passwordLink: createRoute({
    method: 'post',
    path: `${root}/{id}/password-link`,
    tags,
    summary: 'Make a one-time link by which a user sets a new password, to be handed over by hand',
    request: { params: idParam },
    middleware: [refuseFields] as const,
    responses: { 201: json(PasswordLinkSchema, 'The link, shown only here.'), ...problems },
  }),
};

const present = (row: UserRow): z.infer<typeof UserSchema> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  active: row.active,
  version: row.version,
  createdAt: at(row.created_at),
});

export const serveUsers = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(userRoutes.list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listUsers(hub.db, { ...filter, after, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, present, (row) => [row.email]),
      200,
    );
  });

  app.openapi(userRoutes.get, async (c) =>
    c.json(tagged(c, present(await findUser(hub.db, c.req.valid('param').id))), 200),
  );

  app.openapi(userRoutes.change, async (c) => {
    const { id } = c.req.valid('param');
    const expected = c.req.valid('header')['If-Match'];
    const row = await changeUser(hub.db, id, c.req.valid('json'), {
      actor: c.get('actor'),
      mayReplace: matching(expected, { noun: 'user', id }),
    });
    return c.json(tagged(c, present(row)), 200);
  });

  app.openapi(userRoutes.deactivate, async (c) => {
    const row = await deactivateUser(hub.db, c.req.valid('param').id, c.get('actor'));
    return c.json(tagged(c, present(row)), 200);
  });

  app.openapi(userRoutes.reactivate, async (c) => {
    const row = await reactivateUser(hub.db, c.req.valid('param').id, c.get('actor'));
    return c.json(tagged(c, present(row)), 200);
  });

  app.openapi(userRoutes.passwordLink, async (c) => {
    const { id } = c.req.valid('param');
    const { link, expiresAt } = await makePasswordLink(hub, id, c.get('actor'));
    return c.json({ link, expiresAt: at(expiresAt) }, 201);
  });
};
