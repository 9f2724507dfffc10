/** What everybody who uses this hub has to know of it: whom it really talks to. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { mailServer } from '#jobs/interview-scene.ts';
import { type ConnectionRow, connectionsWith } from '#store/connections.ts';
import { hasKeptMails } from '#store/mails.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { json, problems } from '../document.ts';

const InstallationSchema = z
  .object({
    version: z.string(),
    sandbox: z
      .object({
        url: z.string(),
        vendors: z.array(z.object({ name: z.string(), url: z.string() })),
        mailbox: z.string(),
      })
      .nullable()
      .openapi({ description: 'The vendors are played, with these pages; null: they are real.' }),
    mail: z.object({
      server: z.string().nullable().openapi({
        description: 'The connection that mails leave by; null: they are kept in the outbox.',
      }),
      kept: z.boolean().openapi({ description: 'Whether messages were kept that nobody got.' }),
    }),
  })
  .openapi('Installation');

export const installationRoutes = {
  get: createRoute({
    method: 'get',
    path: '/api/v1/installation',
    tags: ['Health'],
    summary: 'Whether vendors are played, and whether mails leave',
    responses: { 200: json(InstallationSchema, 'What it is.'), ...problems },
  }),
};

export const serveInstallation = (app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void => {
  const { hub, sandbox, sandboxUrl, version } = deps;
  app.openapi(installationRoutes.get, async (c) => {
    const server = await mailServer(hub, hub.db);
    const url = sandbox?.url ?? sandboxUrl;
    const played = sandbox
      ? new Set(sandbox.places.keys())
      : playedBy(url, await connectionsWith(hub.db, [...hub.connectors.keys()]));
    return c.json(
      {
        version,
        sandbox:
          url === undefined
            ? null
            : {
                url,
                vendors: [...hub.connectors.values()].flatMap(({ id, name }) =>
                  played.has(id) ? { name, url: `${url}/${id}` } : [],
                ),
                mailbox: `${url}/mailbox`,
              },
        mail: {
          server: server?.name ?? null,
          kept: server === null && (await hasKeptMails(hub.db)),
        },
      },
      200,
    );
  });
};

/** Connectors with an account that a sandbox at this address plays. */
const playedBy = (sandboxUrl: string | undefined, accounts: readonly ConnectionRow[]) =>
  new Set(
    accounts.flatMap(({ connector, settings }) =>
      Object.values(settings).some(
        (value) => typeof value === 'string' && URL.parse(value)?.origin === sandboxUrl,
      )
        ? [connector]
        : [],
    ),
  );
