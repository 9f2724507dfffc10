/** Answers to invites: posted by whatever reads the organizer's mail, or given in the hub. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { conflict, notFound } from '#core/errors.ts';
import { answerEvent, takeReply } from '#jobs/take-reply.ts';
import { findInterview } from '#store/interviews.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { body, idParam, json, problems } from '../document.ts';
import { interviewWithin } from '../loop.ts';
import { InterviewWithThingsSchema } from '../present/interview.ts';
import { address } from '../present/scheduling-input.ts';
import { showInterview } from '../show-interview.ts';

export const replyRoutes = {
  take: createRoute({
    method: 'post', path: '/api/v1/replies', tags: ['Interviews'],
    summary: 'Take an answer to an invite in; it counts for its sender alone',
    request: { body: body(z.strictObject({
      from: address.openapi({ description: 'Who sent the mail, as your mail server verified it.' }),
      calendar: z.string().max(1_000_000).openapi({ description: 'The calendar object of the answer.' }),
    })) },
    responses: {
      200: json(z.object({ counted: z.boolean().openapi({ description: 'False: a later answer is there already.' }) }), 'Taken.'),
      ...problems,
    },
  }),
  answer: createRoute({
    method: 'post', path: '/api/v1/interviews/{id}/rsvp', tags: ['Interviews'],
    summary: 'Answer for yourself whether you take your seat in an event; counts like an answer by mail',
    request: { params: idParam, body: body(z.strictObject({
      eventId: z.string().min(1).max(60), status: z.enum(['accepted', 'declined', 'tentative']),
    })) },
    responses: { 200: json(InterviewWithThingsSchema, 'The interview.'), ...problems },
  }),
}; // prettier-ignore

export const serveReplies = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  app.openapi(replyRoutes.take, async (c) => {
    if (!hub.tracksReplies)
      throw conflict(
        'replies_off',
        'reply: this hub tracks no answers. Set LOOPWRIGHT_REPLIES to api, smtp or imap, and restart it.',
      );
    return c.json({ counted: await takeReply(hub, c.req.valid('json')) }, 200);
  });

  app.openapi(replyRoutes.answer, async (c) => {
    const { eventId, status } = c.req.valid('json');
    const row = await interviewWithin(c, hub, c.req.valid('param').id);
    const { email } = c.get('actor');
    if (email === null) throw notFound('event', eventId);
    await answerEvent(hub, row, { eventId, address: email, status });
    return c.json(await showInterview(hub, hub.db, await findInterview(hub.db, row.id)), 200);
  });
};
