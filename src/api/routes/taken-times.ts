/** When people are taken, for the grid in which a coordinator chooses a time. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { invalid } from '#core/errors.ts';
import { takenTimesOf } from '#jobs/taken-times.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, json, problems, time } from '../document.ts';
import { personId } from '../present/loop.ts';
import { instant } from '../present/search-input.ts';

const most = 50;
const longest = 31 * 86_400_000;

const TakenSchema = z
  .object({
    items: z.array(
      z.object({
        personId: z.string(),
        known: z.boolean().openapi({
          description: 'False: a calendar could not be read, so more may be taken.',
        }),
        times: z.array(
          z.object({ start: time, end: time, kind: z.enum(['busy', 'tentative', 'interview']) }),
        ),
      }),
    ),
  })
  .openapi('TakenTimes');

export const takenTimesRoute = createRoute({
  method: 'get',
  path: '/api/v1/taken-times',
  tags: ['People'],
  summary: 'When people are taken, without saying by what',
  request: {
    query: z.strictObject({
      people: z
        .string()
        .transform((text) => [...new Set(text.split(','))])
        .pipe(z.array(personId).min(1).max(most))
        .openapi({
          type: 'string',
          description: `Ids with commas between; ${String(most)} at most.`,
        }),
      from: instant,
      to: instant.openapi({ description: 'At most 31 days later.' }),
    }),
  },
  responses: { 200: json(TakenSchema, 'Those of the people who are there.'), ...problems },
});

export const serveTakenTimes = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(takenTimesRoute, async (c) => {
    const { people, from, to } = c.req.valid('query');
    const span = { start: Date.parse(from), end: Date.parse(to) };
    if (span.end <= span.start || span.end - span.start > longest)
      throw invalid(
        'input_invalid',
        'request: to is before from, or more than 31 days after it. Give a shorter time.',
        'to',
      );
    const items = await takenTimesOf(hub, people, span);
    return c.json(
      {
        items: items.map(({ times, ...one }) => ({
          ...one,
          times: times.map(({ start, end, kind }) => ({ start: at(start), end: at(end), kind })),
        })),
      },
      200,
    );
  });
};
