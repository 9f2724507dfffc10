/** Tests that were sent, with their results. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { notFound } from '#core/errors.ts';
import { findAssessment, listAssessments } from '#store/assessments.ts';
import { findCandidate } from '#store/candidates.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { idParam, json, problems, vendorId } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import { AssessmentSchema, assessmentStatuses, presentAssessment } from '../present/assessment.ts';
import { mustReach, ownJobs } from '../scope.ts';

const tags = ['Assessments'];
const root = '/api/v1/assessments';

export const assessmentRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'Tests sent, newest first',
    request: {
      query: z.strictObject({
        ...pageQuery,
        candidateId: vendorId.optional(),
        status: z.enum(assessmentStatuses).optional(),
      }),
    },
    responses: { 200: json(pageOf(AssessmentSchema), 'Tests.'), ...problems },
  }),
  get: createRoute({
    method: 'get',
    path: `${root}/{id}`,
    tags,
    summary: 'One test with its result',
    request: { params: idParam },
    responses: { 200: json(AssessmentSchema, 'The test.'), ...problems },
  }),
};

export const serveAssessments = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(assessmentRoutes.list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const position = readCursor(cursor, ['number', 'text']);
    const before = position === null ? null : { at: position[0], id: position[1] };
    const jobs = await ownJobs(c, hub.db);
    const rows = await listAssessments(hub.db, {
      ...filter,
      ownJobs: jobs,
      before,
      limit: limit + 1,
    });
    return c.json(
      toPage(rows, limit, presentAssessment, (row) => [row.created_at, row.effect_id]),
      200,
    );
  });

  app.openapi(assessmentRoutes.get, async (c) => {
    const { id } = c.req.valid('param');
    const row = await findAssessment(hub.db, id);
    if (!row) throw notFound('assessment', id);
    const candidate = await findCandidate(hub.db, row.candidate_id);
    mustReach(await ownJobs(c, hub.db), candidate, 'assessment', id);
    return c.json(presentAssessment(row), 200);
  });
};
