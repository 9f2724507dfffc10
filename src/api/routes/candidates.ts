/** Candidates: the hub's mirror of candidacies, and what was done for each. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { listActivity, type ActivityRow } from '#store/activity.ts';
import { assessmentsOf } from '#store/assessments.ts';
import { findCandidate, listCandidates } from '#store/candidates.ts';
import { listEventsOf } from '#store/effects.ts';
import { refuseFields } from '../body.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { acceptedSchema, idParam, json, problems, vendorId } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import { ActivitySchema, presentActivity } from '../present/activity.ts';
import { CandidateSchema, presentCandidate } from '../present/candidate.ts';
import { mustReach, ownJobs } from '../scope.ts';

const tags = ['Candidates'];
const root = '/api/v1/candidates';

export const candidateRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'Candidates that the hub has read',
    request: {
      query: z.strictObject({
        ...pageQuery,
        connectionId: vendorId.optional(),
        stageId: vendorId.optional(),
        search: z.string().trim().min(1).max(200).optional().openapi({
          description: 'Part of the name, or the whole address.',
        }),
      }),
    },
    responses: { 200: json(pageOf(CandidateSchema), 'Candidates.'), ...problems },
  }),
  get: createRoute({
    method: 'get',
    path: `${root}/{id}`,
    tags,
    summary: 'One candidate',
    request: { params: idParam },
    responses: { 200: json(CandidateSchema, 'The candidate.'), ...problems },
  }),
  refresh: createRoute({
    method: 'post',
    path: `${root}/{id}/refresh`,
    tags,
    summary: 'Read it from the ATS again and apply the rules',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 202: json(acceptedSchema, 'Queued.'), ...problems },
  }),
  activity: createRoute({
    method: 'get',
    path: `${root}/{id}/activity`,
    tags,
    summary: 'What was done and decided for it, newest first',
    request: { params: idParam, query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(ActivitySchema), 'Effects and decisions.'), ...problems },
  }),
};

export const serveCandidates = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(candidateRoutes.list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const jobs = await ownJobs(c, hub.db);
    const rows = await listCandidates(hub.db, {
      ...filter,
      ownJobs: jobs,
      after,
      limit: limit + 1,
    });
    return c.json(
      toPage(rows, limit, presentCandidate, (row) => [row.id]),
      200,
    );
  });

  app.openapi(candidateRoutes.get, async (c) => {
    const { id } = c.req.valid('param');
    const row = await findCandidate(hub.db, id);
    mustReach(await ownJobs(c, hub.db), row, 'candidate', id);
    return c.json(presentCandidate(row), 200);
  });

  app.openapi(candidateRoutes.refresh, async (c) => {
    const { id } = c.req.valid('param');
    const row = await findCandidate(hub.db, id);
    mustReach(await ownJobs(c, hub.db), row, 'candidate', id);
    const { connection_id: connectionId, remote_id: remoteId } = row;
    await hub.queue.send(hub.db, 'apply-rule', { connectionId, remoteId });
    return c.json({ queued: true } as const, 202);
  });

  app.openapi(candidateRoutes.activity, async (c) => {
    const { id } = c.req.valid('param');
    const { limit, cursor } = c.req.valid('query');
    const row = await findCandidate(hub.db, id);
    mustReach(await ownJobs(c, hub.db), row, 'candidate', id);
    const before = readCursor(cursor, ['number', 'text']);
    const rows = await listActivity(hub.db, {
      candidateId: id,
      before: before === null ? null : { at: before[0], id: before[1] },
      limit: limit + 1,
    });
    const shown = rows.flatMap((one) => ('effect' in one ? [one.id] : []));
    const events = await listEventsOf(hub.db, shown);
    const assessments = await assessmentsOf(hub.db, shown);
    const present = (one: ActivityRow) => presentActivity(one, events, assessments);
    return c.json(
      toPage(rows, limit, present, (one) => [one.at, one.id]),
      200,
    );
  });
};
