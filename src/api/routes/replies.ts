/** Answers to invites, posted by whatever reads the organizer's mail. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { conflict } from '#core/errors.ts';
import { takeReply } from '#jobs/take-reply.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { body, json, problems } from '../document.ts';
import { address } from '../present/scheduling-input.ts';

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
};
