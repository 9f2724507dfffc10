/** Connections: the accounts at ATSs and coding platforms. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { invalid } from '#core/errors.ts';
import {
  changeConnection,
  createConnection,
  disconnect,
  subscribeAgain,
  resume,
  testConnection,
} from '#jobs/accounts.ts';
import { testDraft } from '#jobs/test-account.ts';
import { startOAuth, startOAuthAgain } from '#jobs/connect-oauth.ts';
import { connectorOf, type Hub } from '#jobs/hub.ts';
import { hookSecretName } from '#jobs/subscribe-webhooks.ts';
import { insertAudit } from '#store/audit.ts';
import {
  findConnection,
  listConnections,
  pauseConnection,
  type ConnectionRow,
} from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { getSecret, listSecretNames } from '#store/vault.ts';
import { listWebhooks, webhooksOf } from '#store/webhooks.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { acceptedSchema, body, idParam, json, nameText, problems } from '../document.ts';
import { refuseFields } from '../body.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import {
  ConnectionSchema,
  ConnectionSummarySchema,
  presentConnection,
  presentSummary,
  VerificationSchema,
} from '../present/connection.ts';
import { ifMatch, matching, tagged, versioned } from '../version.ts';

const tags = ['Connections'];
const root = '/api/v1/connections';

const settingsInput = z
  .record(z.string().max(100), z.union([z.string().max(5_000), z.number(), z.boolean()]))
  .openapi({ description: 'By name, as `GET /connectors` describes them.' });
const connectorId = z
  .string()
  .min(1)
  .max(50)
  .openapi({ description: 'As `GET /connectors` lists it.' });
const rate = z.number().min(0).max(1_000).nullable().openapi({
  description:
    "Requests per second in place of the vendor's own limit; 0: no limit, null: the vendor's.",
});

const scheduleLink = z.boolean().openapi({
  description:
    'Of an ATS: whether candidates whose job and stage fit a template get the link to the scheduler, among their links or by a note.',
});

const consentSchema = z.object({ authorizeUrl: z.string() });

export const connectionRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'All connections, in short',
    request: { query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(ConnectionSummarySchema), 'Connections.'), ...problems },
  }),
  create: createRoute({
    method: 'post',
    path: root,
    tags,
    summary: 'Connect an account',
    description:
      'Tests the settings, stores them, subscribes the webhooks and reads the lists. Nothing is stored when the test fails.',
    request: {
      body: body(
        z.strictObject({
          connector: connectorId,
          name: nameText,
          settings: settingsInput,
          requestsPerSecond: rate.optional(),
          scheduleLink: scheduleLink.optional(),
        }),
      ),
    },
    responses: { 201: versioned(ConnectionSchema, 'The new connection.'), ...problems },
  }),
  testDraft: createRoute({
    method: 'post',
    path: `${root}/test`,
    tags,
    summary: 'Test settings without storing them',
    request: { body: body(z.strictObject({ connector: connectorId, settings: settingsInput })) },
    responses: {
      200: json(
        z.object({
          verification: VerificationSchema,
          choices: z
            .record(z.string(), z.array(z.object({ id: z.string(), name: z.string() })))
            .openapi({ description: 'Lists to choose settings from, by settings field.' }),
        }),
        'What the vendor told.',
      ),
      ...problems,
    },
  }),
  startOAuth: createRoute({
    method: 'post',
    path: `${root}/oauth`,
    tags,
    summary: 'Begin to connect an account by consent at the vendor',
    request: {
      body: body(
        z.strictObject({
          connector: connectorId,
          name: nameText,
          settings: settingsInput.default({}),
        }),
      ),
    },
    responses: {
      200: json(consentSchema, "Where to send the admin's browser."),
      ...problems,
    },
  }),
  startOAuthAgain: createRoute({
    method: 'post',
    path: `${root}/{id}/oauth`,
    tags,
    summary: 'Begin to connect an account again by consent at the vendor',
    description:
      'After the consent, given for the same account, its tokens take the place of the stored tokens or key, the connection is resumed, and everything that waited goes on.',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 200: json(consentSchema, "Where to send the admin's browser."), ...problems },
  }),
  get: createRoute({
    method: 'get',
    path: `${root}/{id}`,
    tags,
    summary: 'One connection with its webhooks and what its test found',
    request: { params: idParam },
    responses: { 200: versioned(ConnectionSchema, 'The connection.'), ...problems },
  }),
  change: createRoute({
    method: 'patch',
    path: `${root}/{id}`,
    tags,
    summary: 'Change name, settings, rate or the link to the scheduler',
    description:
      'Settings that are not given stay as they are. New ones are tested before they are stored.',
    request: {
      params: idParam,
      headers: ifMatch,
      body: body(
        z.strictObject({
          name: nameText.optional(),
          settings: settingsInput.optional(),
          requestsPerSecond: rate.optional(),
          scheduleLink: scheduleLink.optional(),
        }),
      ),
    },
    responses: { 200: versioned(ConnectionSchema, 'The connection.'), ...problems },
  }),
  remove: createRoute({
    method: 'delete',
    path: `${root}/{id}`,
    tags,
    summary: 'Disconnect: deletes our webhooks at the vendor, then the stored key',
    request: { params: idParam },
    responses: {
      200: json(
        z.object({
          deleteByHand: z.array(z.object({ event: z.string(), url: z.string() })).openapi({
            description: "Webhooks that only a person can delete in the vendor's product.",
          }),
          restingRules: z.int().openapi({ description: 'Rules that rest because of this.' }),
        }),
        'What is left to do.',
      ),
      ...problems,
    },
  }),
  test: createRoute({
    method: 'post',
    path: `${root}/{id}/test`,
    tags,
    summary: 'Test the stored settings',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 200: json(VerificationSchema, 'What the vendor told.'), ...problems },
  }),
  pause: createRoute({
    method: 'post',
    path: `${root}/{id}/pause`,
    tags,
    summary: 'Stop all calls; deliveries are still taken in and wait',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 200: versioned(ConnectionSchema, 'The connection.'), ...problems },
  }),
  resume: createRoute({
    method: 'post',
    path: `${root}/{id}/resume`,
    tags,
    summary: 'Test the key and let everything that waited go on',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 200: versioned(ConnectionSchema, 'The connection.'), ...problems },
  }),
  subscribe: createRoute({
    method: 'post',
    path: `${root}/{id}/subscribe`,
    tags,
    summary: 'Register the webhooks again, also those that were removed at the vendor',
    request: {
      params: idParam,
      body: {
        required: false,
        content: {
          'application/json': {
            schema: z.strictObject({
              replaceForeign: z.boolean().default(false).openapi({
                description:
                  "Take the place of another system's webhook, which then gets nothing more.",
              }),
            }),
          },
        },
      },
    },
    responses: { 200: versioned(ConnectionSchema, 'The connection.'), ...problems },
  }),
  sweep: createRoute({
    method: 'post',
    path: `${root}/{id}/sweep`,
    tags,
    summary: 'Re-read now what a lost webhook would have told',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 202: json(acceptedSchema, 'Queued.'), ...problems },
  }),
  refresh: createRoute({
    method: 'post',
    path: `${root}/{id}/refresh`,
    tags,
    summary: 'Re-read the lists to choose from',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 202: json(acceptedSchema, 'Queued.'), ...problems },
  }),
};

/** A connection with all its parts. */
const showOne = async (hub: Hub, row: ConnectionRow) => {
  const webhooks = await listWebhooks(hub.db, row.id);
  const hookSecrets = new Map<string, string | null>();
  for (const { id, state } of webhooks)
    if (state === 'manual')
      hookSecrets.set(id, await getSecret(hub.db, hub.vault, row.id, hookSecretName(id)));
  return presentConnection(hub, connectorOf(hub, row), row, {
    webhooks,
    hookSecrets,
    secretNames: await listSecretNames(hub.db, row.id),
  });
};

export const serveConnections = (app: OpenAPIHono<ApiEnv>, { hub, oauth }: ApiDeps): void => {
  const show = async (id: string) => showOne(hub, await findConnection(hub.db, id));

  app.openapi(connectionRoutes.list, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listConnections(hub.db, { after, limit: limit + 1 });
    const webhooks = await webhooksOf(
      hub.db,
      rows.map((row) => row.id),
    );
    const present = (row: ConnectionRow) =>
      presentSummary(
        hub,
        connectorOf(hub, row),
        row,
        webhooks.filter((webhook) => webhook.connection_id === row.id),
      );
    return c.json(
      toPage(rows, limit, present, (row) => [row.id]),
      200,
    );
  });

  app.openapi(connectionRoutes.create, async (c) => {
    const { requestsPerSecond = null, ...draft } = c.req.valid('json');
    const row = await createConnection(hub, { ...draft, requestsPerSecond }, c.get('actor'));
    return c.json(tagged(c, await showOne(hub, row)), 201);
  });

  app.openapi(connectionRoutes.testDraft, async (c) =>
    c.json(await testDraft(hub, c.req.valid('json')), 200),
  );

  app.openapi(connectionRoutes.startOAuth, async (c) => {
    const actor = c.get('actor');
    const draft = c.req.valid('json');
    return c.json(await startOAuth(oauth, { ...draft, actor }), 200);
  });

  app.openapi(connectionRoutes.startOAuthAgain, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(await startOAuthAgain(oauth, { connectionId: id, actor: c.get('actor') }), 200);
  });

  app.openapi(connectionRoutes.get, async (c) =>
    c.json(tagged(c, await show(c.req.valid('param').id)), 200),
  );

  app.openapi(connectionRoutes.change, async (c) => {
    const { id } = c.req.valid('param');
    const expected = c.req.valid('header')['If-Match'];
    await changeConnection(hub, id, c.req.valid('json'), {
      actor: c.get('actor'),
      mayReplace: matching(expected, { noun: 'connection', id }),
    });
    return c.json(tagged(c, await show(id)), 200);
  });

  app.openapi(connectionRoutes.remove, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(await disconnect(hub, id, c.get('actor')), 200);
  });

  app.openapi(connectionRoutes.test, async (c) =>
    c.json(await testConnection(hub, c.req.valid('param').id), 200),
  );

  app.openapi(connectionRoutes.pause, async (c) => {
    const { id } = c.req.valid('param');
    const actor = c.get('actor');
    await findConnection(hub.db, id);
    await inTransaction(hub.db, async (tx) => {
      await pauseConnection(
        tx,
        id,
        'by_hand',
        `Paused by ${actor.name}. Resume it when you are ready.`,
      );
      await insertAudit(tx, actor, 'connection.pause', id);
    });
    return c.json(tagged(c, await show(id)), 200);
  });

  app.openapi(connectionRoutes.resume, async (c) => {
    const { id } = c.req.valid('param');
    await resume(hub, id, c.get('actor'));
    return c.json(tagged(c, await show(id)), 200);
  });

  app.openapi(connectionRoutes.subscribe, async (c) => {
    const { id } = c.req.valid('param');
    const row = await findConnection(hub.db, id);
    if (!connectorOf(hub, row).webhooks)
      throw invalid(
        'webhooks_not_offered',
        'connection: this vendor has no webhooks. The hub asks for results by itself.',
      );
    // Without a body nothing was validated, so the default is not filled in.
    const replaceForeign =
      (c.req.valid('json') as { replaceForeign?: boolean }).replaceForeign ?? false;
    await subscribeAgain(hub, id, { replaceForeign }, c.get('actor'));
    return c.json(tagged(c, await show(id)), 200);
  });

  app.openapi(connectionRoutes.sweep, async (c) => {
    const { id } = c.req.valid('param');
    await findConnection(hub.db, id);
    await hub.queue.send(hub.db, 'refresh-choices', { connectionId: id });
    await hub.queue.send(hub.db, 'sweep', { connectionId: id });
    return c.json({ queued: true } as const, 202);
  });

  app.openapi(connectionRoutes.refresh, async (c) => {
    const { id } = c.req.valid('param');
    await findConnection(hub.db, id);
    await hub.queue.send(hub.db, 'refresh-choices', { connectionId: id });
    return c.json({ queued: true } as const, 202);
  });
};
