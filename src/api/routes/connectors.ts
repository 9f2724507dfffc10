/** What can be connected, and who is asking. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { capabilities, reach, roles } from '#core/roles.ts';
import { describeSettings } from '#connectors/settings.ts';
import type { ApiDeps, ApiEnv, SandboxSide } from '../context.ts';
import { json, problems } from '../document.ts';

const ConnectorSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    docsUrl: z.string(),
    role: z.enum(['ats', 'coding', 'mail', 'busy']),
    hosts: z
      .array(
        z.object({ id: z.string(), name: z.string(), settings: z.record(z.string(), z.string()) }),
      )
      .openapi({ description: 'Known places of its API, with the settings that lead there.' }),
    settings: z
      .array(
        z.object({
          name: z.string(),
          title: z.string(),
          description: z.string(),
          secret: z.boolean(),
          required: z.boolean(),
          kind: z.enum(['text', 'number', 'switch']),
          options: z
            .array(z.string())
            .nullable()
            .openapi({ description: 'One of them is picked; null: it is typed.' }),
          host: z.boolean().openapi({ description: 'An address that one of `hosts` fills in.' }),
          choices: z.string().nullable(),
          default: z.union([z.string(), z.number(), z.boolean()]).nullable(),
        }),
      )
      .openapi({ description: 'The fields of its settings form.' }),
    webhooks: z.boolean(),
    oauth: z.object({
      available: z.boolean(),
      configured: z
        .boolean()
        .openapi({ description: 'The hub has a client id and secret for it.' }),
    }),
  })
  .openapi('Connector');

const reaches = ['any', 'own_jobs', 'own_events', 'own_acts', 'own_person', 'none'] as const;

export const connectorRoutes = {
  list: createRoute({
    method: 'get',
    path: '/api/v1/connectors',
    tags: ['Connectors'],
    summary: 'What can be connected, with the fields of each form',
    responses: {
      200: json(z.object({ items: z.array(ConnectorSchema), next: z.null() }), 'Connectors.'),
      ...problems,
    },
  }),
  me: createRoute({
    method: 'get',
    path: '/api/v1/me',
    tags: ['API keys'],
    summary: 'Whom this key acts as, and what it may do',
    responses: {
      200: json(
        z.object({
          id: z.string(),
          name: z.string(),
          role: z.enum(roles),
          email: z.string().nullable(),
          may: z.record(z.string(), z.enum(reaches)),
        }),
        'The actor.',
      ),
      ...problems,
    },
  }),
};

/** Where the vendors are played, that place comes first. */
const placesOf = (sandbox: SandboxSide | null, id: string) => {
  const settings = sandbox?.places.get(id);
  return settings && Object.keys(settings).length > 0
    ? [{ id: 'sandbox', name: 'The sandbox', settings }]
    : [];
};

export const serveConnectors = (
  app: OpenAPIHono<ApiEnv>,
  { hub, oauth, sandbox }: ApiDeps,
): void => {
  app.openapi(connectorRoutes.list, (c) => {
    const items = [...hub.connectors.values()].map((connector) => ({
      id: connector.id,
      name: connector.name,
      docsUrl: connector.docsUrl,
      role: connector.role,
      hosts: [
        ...placesOf(sandbox, connector.id),
        ...connector.hosts.map(({ id, name, settings }) => ({ id, name, settings })),
      ],
      settings: describeSettings(connector.settings),
      webhooks: connector.webhooks !== undefined,
      oauth: {
        available: connector.oauth !== undefined,
        configured: connector.oauth !== undefined && oauth.clients.has(connector.id),
      },
    }));
    return c.json({ items, next: null }, 200);
  });

  app.openapi(connectorRoutes.me, (c) => {
    const { id, name, role, email } = c.get('actor');
    const may = Object.fromEntries(capabilities.map((one) => [one, reach(role, one)] as const));
    return c.json({ id, name, role, email, may }, 200);
  });
};
