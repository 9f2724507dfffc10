/** The ledger of effects. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { decideEffect, effectDecisions } from '#jobs/effect-actions.ts';
import type { Hub } from '#jobs/hub.ts';
import { findCandidate } from '#store/candidates.ts';
import { findEffect, listEffects, listEvents, type EffectRow } from '#store/effects.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { body, idParam, json, problems, vendorId } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import {
  EffectSchema,
  effectStates,
  EffectWithEventsSchema,
  presentEffect,
  presentEvent,
} from '../present/effect.ts';
import { mustReach, ownJobs, type OwnJobs } from '../scope.ts';

const tags = ['Effects'];
const root = '/api/v1/effects';

export const effectRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'Effects, newest first',
    request: {
      query: z.strictObject({
        ...pageQuery,
        candidateId: vendorId.optional(),
        connectionId: vendorId.optional(),
        ruleId: vendorId.optional(),
        state: z.enum(effectStates).optional(),
      }),
    },
    responses: { 200: json(pageOf(EffectSchema), 'Effects.'), ...problems },
  }),
  get: createRoute({
    method: 'get',
    path: `${root}/{id}`,
    tags,
    summary: 'One effect with everything that happened to it',
    request: { params: idParam },
    responses: { 200: json(EffectWithEventsSchema, 'The effect.'), ...problems },
  }),
  decide: createRoute({
    method: 'post',
    path: `${root}/{id}/decide`,
    tags,
    summary: 'Retry, skip, or tell whether an unknown one happened',
    request: {
      params: idParam,
      body: body(z.strictObject({ decision: z.enum(effectDecisions) })),
    },
    responses: { 200: json(EffectWithEventsSchema, 'The effect.'), ...problems },
  }),
};

const showOne = async (hub: Hub, row: EffectRow) => ({
  ...presentEffect(row),
  events: (await listEvents(hub.db, row.id)).map(presentEvent),
});

/** The effect, when its candidate is within reach. */
const findWithin = async (hub: Hub, jobs: OwnJobs | undefined, id: string): Promise<EffectRow> => {
  const row = await findEffect(hub.db, id);
  const candidate =
    row.candidate_id === null ? null : await findCandidate(hub.db, row.candidate_id);
  mustReach(jobs, candidate, 'effect', id);
  return row;
};

export const serveEffects = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(effectRoutes.list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const position = readCursor(cursor, ['number', 'text']);
    const before = position === null ? null : { at: position[0], id: position[1] };
    const jobs = await ownJobs(c, hub.db);
    const rows = await listEffects(hub.db, { ...filter, ownJobs: jobs, before, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, presentEffect, (row) => [row.created_at, row.id]),
      200,
    );
  });

  app.openapi(effectRoutes.get, async (c) => {
    const row = await findWithin(hub, await ownJobs(c, hub.db), c.req.valid('param').id);
    return c.json(await showOne(hub, row), 200);
  });

  app.openapi(effectRoutes.decide, async (c) => {
    const { id } = c.req.valid('param');
    const { decision } = c.req.valid('json');
    const actor = c.get('actor');
    await findWithin(hub, await ownJobs(c, hub.db), id);
    const row = await decideEffect(hub, id, decision, actor);
    return c.json(await showOne(hub, row), 200);
  });
};
