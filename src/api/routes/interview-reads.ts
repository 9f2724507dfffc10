/** Interviews as they are read: a list of them, one with what stands outside, and its history. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { aboutInterviews } from '#store/interview-about.ts';
import { changesSince, listInterviews } from '#store/interviews.ts';
import { rsvpsOf } from '#store/invites.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { idParam, json, problems, vendorId, yesOrNo } from '../document.ts';
import { interviewWithin } from '../loop.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import {
  ChangeSchema,
  InterviewSchema,
  InterviewWithThingsSchema,
  ListedInterviewSchema,
  presentChange,
  presentInterview,
} from '../present/interview.ts';
import { personId } from '../present/loop.ts';
import { ownJobs } from '../scope.ts';
import { showInterview } from '../show-interview.ts';
import { outsideOf } from '../show-outside.ts';

const tags = ['Interviews'];
const root = '/api/v1/interviews';
const instant = z.iso.datetime({ offset: true });

export const interviewReads = {
  list: createRoute({
    method: 'get', path: root, tags, summary: 'Interviews by their start',
    request: { query: z.strictObject({
      ...pageQuery, candidateId: vendorId.optional(), personId: personId.optional(),
      state: InterviewSchema.shape.state.optional(), from: instant.optional(), to: instant.optional(),
      flag: InterviewSchema.shape.flag.unwrap().optional(),
      trouble: z.enum(['conflict', 'declined']).optional().openapi({
        description: 'Of those that stand and are not over: somebody cannot come, or somebody said no.',
      }),
      when: z.enum(['to_come', 'over']).optional().openapi({
        description: 'By the end of the last event: `to_come` earliest first, `over` latest first.',
      }),
      outside: yesOrNo.default(false).openapi({
        description: 'Whether each is told with what stands outside.',
      }),
      search: z.string().trim().max(200).optional().openapi({
        description: 'In the names of candidate, interview, events and interviewers.',
      }),
    }) },
    responses: { 200: json(pageOf(ListedInterviewSchema), 'Interviews.'), ...problems },
  }),
  get: createRoute({
    method: 'get', path: `${root}/{id}`, tags, summary: 'One interview with what stands outside',
    request: { params: idParam },
    responses: { 200: json(InterviewWithThingsSchema, 'The interview.'), ...problems },
  }),
  changes: createRoute({
    method: 'get', path: `${root}/{id}/changes`, tags, summary: 'Who changed what, oldest first',
    request: { params: idParam, query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(ChangeSchema), 'Changes.'), ...problems },
  }),
}; // prettier-ignore

export const serveInterviewReads = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(interviewReads.list, async (c) => {
    const { limit, cursor, from, to, when, trouble, outside, ...filter } = c.req.valid('query');
    const position = readCursor(cursor, ['number', 'text']);
    const own = c.get('reach') === 'own_events';
    const rows = await listInterviews(hub.db, {
      ...filter,
      from: from === undefined ? undefined : Date.parse(from),
      to: to === undefined ? undefined : Date.parse(to),
      when: when && { is: when, now: hub.now() },
      trouble: trouble && { is: trouble, now: hub.now() },
      ...(own ? { ownEvents: c.get('actor').email ?? '' } : { ownJobs: await ownJobs(c, hub.db) }),
      after: position === null ? null : { at: position[0], id: position[1] },
      limit: limit + 1,
    });
    const ids = rows.map(({ id }) => id);
    const answers = await rsvpsOf(hub.db, ids);
    const about = await aboutInterviews(hub.db, ids);
    const tell = outside ? await outsideOf(hub, hub.db, rows) : () => null;
    return c.json(
      toPage(
        rows,
        limit,
        (row) => ({
          ...presentInterview(row, about.get(row.id), answers, hub.tracksReplies),
          outside: tell(row),
        }),
        (row) => [row.starts_at ?? 253_370_764_800_000, row.id],
      ),
      200,
    );
  });

  app.openapi(interviewReads.get, async (c) => {
    const row = await interviewWithin(c, hub, c.req.valid('param').id);
    return c.json(await showInterview(hub, hub.db, row), 200);
  });

  app.openapi(interviewReads.changes, async (c) => {
    const row = await interviewWithin(c, hub, c.req.valid('param').id);
    const { limit, cursor } = c.req.valid('query');
    const since = readCursor(cursor, ['number'])?.[0] ?? 0;
    const rows = await changesSince(hub.db, row.id, since, limit + 1);
    return c.json(
      toPage(rows, limit, presentChange, (one) => [one.revision]),
      200,
    );
  });
};
