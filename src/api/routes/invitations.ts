/** Asking people to join, and their answer. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { roles } from '#core/roles.ts';
import {
  acceptInvitation,
  inviteAgain,
  inviteUser,
  lookAtInvitation,
  withdrawInvitation,
  type Invited,
} from '#jobs/invite-user.ts';
import { listInvitations } from '#store/invitations.ts';
import { expiryOf } from '#store/one-time-links.ts';
import { refuseFields } from '../body.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, body, idParam, json, nameText, problems, time } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import { allowAttempt } from '../sign-in-limits.ts';
import { addressOf } from '../visitor.ts';
import { emailText, enter, passwordText, refuseWeak, signInRoutes, tokenText } from './sign-in.ts';

const tags = ['Invitations'];
const root = '/api/v1/invitations';

const invitation = {
  id: z.string(),
  email: z.string(),
  role: z.enum(roles),
  invitedBy: z.string(),
  createdAt: time,
  expiresAt: time.openapi({ description: 'Until then its newest link is good.' }),
};

const InvitationSchema = z.object(invitation).openapi('Invitation');
const MadeSchema = z
  .object({
    ...invitation,
    link: z.string().nullable().openapi({
      description:
        'Only where no mail server is connected, and only here: to be handed over by hand.',
    }),
  })
  .openapi('InvitationMade');

export const invitationRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'Invitations without an answer',
    request: { query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(InvitationSchema), 'Invitations.'), ...problems },
  }),
  create: createRoute({
    method: 'post',
    path: root,
    tags,
    summary: 'Invite somebody by mail',
    request: { body: body(z.strictObject({ email: emailText, role: z.enum(roles) })) },
    responses: { 201: json(MadeSchema, 'The invitation.'), ...problems },
  }),
  resend: createRoute({
    method: 'post',
    path: `${root}/{id}/resend`,
    tags,
    summary: 'Send a new link; the one before is no longer good',
    request: { params: idParam },
    middleware: [refuseFields] as const,
    responses: { 200: json(MadeSchema, 'The invitation.'), ...problems },
  }),
  withdraw: createRoute({
    method: 'delete',
    path: `${root}/{id}`,
    tags,
    summary: 'Withdraw an invitation',
    request: { params: idParam },
    responses: { 204: { description: 'Withdrawn.' }, ...problems },
  }),
  look: createRoute({
    method: 'post',
    path: `${root}/look`,
    tags,
    summary: 'Whose invitation a link is',
    request: { body: body(z.strictObject({ token: tokenText })) },
    responses: {
      200: json(
        z.object({ email: z.string(), role: z.enum(roles), invitedBy: z.string() }),
        'The invitation.',
      ),
      ...problems,
    },
  }),
  accept: createRoute({
    method: 'post',
    path: `${root}/accept`,
    tags,
    summary: 'Join by the link of an invitation, and sign in',
    request: {
      body: body(z.strictObject({ token: tokenText, name: nameText, password: passwordText })),
    },
    responses: { 201: signInRoutes.setup.responses[201], ...problems },
  }),
};

const present = (
  { row, link }: Omit<Invited, 'expiresAt'>,
  expiresAt: number,
): z.infer<typeof MadeSchema> => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy: row.invited_by,
  createdAt: at(row.created_at),
  expiresAt: at(expiresAt),
  link,
});

export const serveInvitations = (app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void => {
  const { hub, auth } = deps;

  app.openapi(invitationRoutes.list, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listInvitations(hub.db, { after, limit: limit + 1 });
    const expiry = await expiryOf(
      hub.db,
      rows.map(({ id }) => id),
    );
    const page = toPage(
      rows,
      limit,
      (row) => {
        const { link: _link, ...shown } = present({ row, link: null }, expiry.get(row.id) ?? 0);
        return shown;
      },
      (row) => [row.id],
    );
    return c.json(page, 200);
  });

  app.openapi(invitationRoutes.create, async (c) => {
    const made = await inviteUser(hub, c.req.valid('json'), c.get('actor'));
    return c.json(present(made, made.expiresAt), 201);
  });

  app.openapi(invitationRoutes.resend, async (c) => {
    const made = await inviteAgain(hub, c.req.valid('param').id, c.get('actor'));
    return c.json(present(made, made.expiresAt), 200);
  });

  app.openapi(invitationRoutes.withdraw, async (c) => {
    await withdrawInvitation(hub, c.req.valid('param').id, c.get('actor'));
    return c.body(null, 204);
  });

  app.openapi(invitationRoutes.look, async (c) => {
    await allowAttempt(hub.db, 'address', addressOf(c));
    const row = await lookAtInvitation(hub.db, c.req.valid('json').token, hub.now());
    return c.json({ email: row.email, role: row.role, invitedBy: row.invited_by }, 200);
  });

  app.openapi(invitationRoutes.accept, async (c) => {
    await allowAttempt(hub.db, 'address', addressOf(c));
    const { token, name, password } = c.req.valid('json');
    const { email } = await lookAtInvitation(hub.db, token, hub.now());
    refuseWeak(password, [name, email]);
    await acceptInvitation(hub, token, { name, passwordHash: await auth.hash(password) });
    const entered = await enter(deps, c, email, password);
    if (!entered) throw new Error('api: a user that was just made could not sign in.');
    return c.json(entered, 201);
  });
};
