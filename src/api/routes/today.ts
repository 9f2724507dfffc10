/** One list for each lane of Today: what needs a person, and what is under way. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { reach } from '#core/roles.ts';
import { decisionsFor, effectDecisions } from '#jobs/effect-actions.ts';
import { listToday, motions, needs, type TodayRow } from '#store/today.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, json, maybeAt, problems, time } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import { effectKinds } from '../present/effect.ts';
import { InterviewSchema } from '../present/interview.ts';
import { ownJobs } from '../scope.ts';

const kinds = [...needs, ...motions] as const;

const TodayRowSchema = z
  .object({
    id: z.string(),
    kind: z.enum(kinds),
    at: time.openapi({
      description: 'Since when; of interviews that are in motion, their start.',
    }),
    text: z.string().nullable().openapi({ description: 'Why, or what, in plain words.' }),
    people: z.array(z.string()).openapi({
      description: 'Who declined, or who cannot come.',
    }),
    candidate: z
      .object({
        id: z.string(),
        name: z.string(),
        url: z.string().openapi({ description: 'The candidate in the ATS; may be empty.' }),
        job: z.string().nullable(),
      })
      .nullable(),
    interview: z
      .object({
        id: z.string(),
        name: z.string(),
        startsAt: time.nullable(),
        flag: InterviewSchema.shape.flag,
      })
      .nullable(),
    effect: z
      .object({
        id: z.string(),
        kind: z.enum(effectKinds),
        decisions: z.array(z.enum(effectDecisions)),
      })
      .nullable(),
    connection: z.object({ id: z.string(), name: z.string() }).nullable(),
  })
  .openapi('TodayRow');

export const todayRoutes = {
  list: createRoute({
    method: 'get',
    path: '/api/v1/today',
    tags: ['Today'],
    summary: 'What needs a person, or what is under way',
    description:
      'What needs a person: what holds up most first, then the oldest. In motion: holds and the interviews of the next seven days by their start, then what is being done, then tests that are out.',
    request: {
      query: z.strictObject({
        ...pageQuery,
        lane: z.enum(['needs_me', 'in_motion']),
        kind: z.enum(kinds).optional(),
      }),
    },
    responses: { 200: json(pageOf(TodayRowSchema), 'One lane.'), ...problems },
  }),
};

const present = (row: TodayRow): z.infer<typeof TodayRowSchema> => ({
  id: `${row.kind}:${row.id}`,
  kind: row.kind,
  at: at(row.at),
  text: row.text,
  people: row.people,
  candidate:
    row.candidate_id === null
      ? null
      : {
          id: row.candidate_id,
          name: row.candidate_name ?? '',
          url: row.candidate_url ?? '',
          job: row.job,
        },
  interview:
    row.interview_id === null
      ? null
      : {
          id: row.interview_id,
          name: row.interview_name ?? '',
          startsAt: maybeAt(row.starts_at),
          flag: row.flag,
        },
  effect:
    row.effect_kind === null || row.effect_state === null
      ? null
      : { id: row.id, kind: row.effect_kind, decisions: decisionsFor(row.effect_state) },
  connection:
    row.connection_id === null ? null : { id: row.connection_id, name: row.connection_name ?? '' },
});

export const serveToday = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(todayRoutes.list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const position = readCursor(cursor, ['number', 'number', 'text']);
    const rows = await listToday(hub.db, {
      ...filter,
      ownJobs: await ownJobs(c, hub.db),
      connections: reach(c.get('actor').role, 'rules.see') !== 'none',
      now: hub.now(),
      after: position === null ? null : { rank: position[0], at: position[1], id: position[2] },
      limit: limit + 1,
    });
    return c.json(
      toPage(rows, limit, present, (row) => [row.rank, row.at, row.id]),
      200,
    );
  });
};
