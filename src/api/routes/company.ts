/** The company: its own facts, its layer of settings, and the variables that its texts may hold. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { defaultLayer } from '#core/interview/layers.ts';
import { connectionsOfRole, platformsOf, registryOf } from '#jobs/interview-scene.ts';
import { checkLayer } from '#jobs/check-layer.ts';
import { keepNamedPlaces } from '#jobs/company-places.ts';
import { insertAudit } from '#store/audit.ts';
import { findCompany, lockCompany, saveCompany } from '#store/company.ts';
import { inTransaction } from '#store/database.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { bodyReadBefore, json, problems } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import { CompanyInputSchema, LayerSchema } from '../present/scheduling-input.ts';
import { ifMatch, mustMatch, tagged, versioned, versionField } from '../version.ts';

const tags = ['Company'];

const CompanySchema = CompanyInputSchema.extend({ version: versionField }).openapi('Company');

const VariableSchema = z
  .object({
    name: z.string().openapi({ description: 'As it stands in a text, with its dollar sign.' }),
    aliases: z.array(z.string()),
    audience: z.enum(['everyone', 'internal', 'candidate']),
    contexts: z.array(z.string()),
    describes: z.string(),
    sample: z.string(),
    makes: z.string().nullable().openapi({ description: 'What naming it creates at a platform.' }),
  })
  .openapi('Variable');

/** `oneDay` says the same as `maxDays`. */
const { oneDay: _oneDay, ...lowest } = defaultLayer;

export const companyRoutes = {
  get: createRoute({
    method: 'get',
    path: '/api/v1/company',
    tags,
    summary: 'The company and its settings',
    responses: { 200: versioned(CompanySchema, 'The company.'), ...problems },
  }),
  put: createRoute({
    method: 'put',
    path: '/api/v1/company',
    tags,
    summary: 'Replace the company and its settings',
    request: { headers: ifMatch, body: bodyReadBefore(CompanyInputSchema, CompanySchema) },
    responses: { 200: versioned(CompanySchema, 'The company.'), ...problems },
  }),
  defaults: createRoute({
    method: 'get',
    path: '/api/v1/company/defaults',
    tags,
    summary: 'What holds where neither company nor template says anything',
    responses: { 200: json(LayerSchema, 'The lowest layer.'), ...problems },
  }),
  variables: createRoute({
    method: 'get',
    path: '/api/v1/variables',
    tags,
    summary: 'Variables that texts may hold, with those of the connected platforms',
    request: { query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(VariableSchema), 'Variables.'), ...problems },
  }),
};

export const serveCompany = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(companyRoutes.get, async (c) => c.json(tagged(c, await findCompany(hub.db)), 200));

  app.openapi(companyRoutes.put, async (c) => {
    const { layer, ...facts } = c.req.valid('json');
    const expected = c.req.valid('header')['If-Match'];
    const company = { ...facts, layer: await checkLayer(hub, layer, 'layer', facts.places) };
    const version = await inTransaction(hub.db, async (tx) => {
      const now = await lockCompany(tx);
      await mustMatch(tx, expected, now, { noun: 'company', id: 'company' });
      await keepNamedPlaces(tx, (await findCompany(tx)).places, company.places);
      await insertAudit(tx, c.get('actor'), 'company.change', 'company');
      return saveCompany(tx, company);
    });
    return c.json(tagged(c, { ...company, version }), 200);
  });

  app.openapi(companyRoutes.defaults, (c) => c.json(lowest, 200));

  app.openapi(companyRoutes.variables, async (c) => {
    const platforms = platformsOf(hub, await connectionsOfRole(hub, hub.db, 'coding'));
    const { limit, cursor } = c.req.valid('query');
    const first = readCursor(cursor, ['number'])?.[0] ?? 0;
    const rows = registryOf(platforms).all.map((one, place) => ({ one, place }));
    const present = ({ one }: (typeof rows)[number]) => ({
      name: `$${one.name}`,
      aliases: one.aliases.map((name) => `$${name}`),
      audience: one.audience,
      contexts: [...one.contexts],
      describes: one.describes,
      sample: one.sample,
      makes:
        one.need === null
          ? null
          : `${one.need.scope === 'event' ? 'one for each event' : 'one for the interview'} at ${one.need.platform}`,
    });
    return c.json(
      toPage(rows.slice(first, first + limit + 1), limit, present, ({ place }) => [place + 1]),
      200,
    );
  });
};
