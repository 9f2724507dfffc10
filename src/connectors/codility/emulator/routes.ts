/** Tests, invitations and sessions, as real clients use them [code]. */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { Account } from './account.ts';
import { bodyOf, paged, refuse, refuseFields } from './api.ts';
import { presentSession, presentTest } from './present.ts';
import type { Session } from './state.ts';

const invitationBody = z.object({
  candidates: z
    .array(
      z.object({
        id: z.string().min(1),
        first_name: z.string().nullish(),
        last_name: z.string().nullish(),
        email: z.email().nullish(),
      }),
    )
    .min(1),
  event_callbacks: z
    .array(
      z.object({ event: z.enum(['result', 'similarity']), url: z.url({ protocol: /^https?$/ }) }),
    )
    .nullish(),
});

export const createRoutes = (account: Account, origin: string): Hono => {
  const { state } = account;
  const routes = new Hono();

  const present = (session: Session) => {
    const test = account.testOf(session);
    return test ? presentSession(origin, test, session) : null;
  };

  routes.get('/tests/', (c) => {
    const wanted = c.req.query('is_archived')?.toLowerCase();
    const tests = state.tests.filter(
      (test) => wanted === undefined || String(test.archived) === wanted,
    );
    return paged(c, origin, tests, (test) => presentTest(origin, test));
  });

  const testAt = (c: Context) => state.tests.find((one) => String(one.id) === c.req.param('id'));

  routes.get('/tests/:id/', (c) => {
    const test = testAt(c);
    return test ? c.json(presentTest(origin, test)) : refuse(c, 404);
  });

  routes.get('/tests/:id/sessions/', (c) => {
    const test = testAt(c);
    if (!test) return refuse(c, 404);
    const sessions = account.sessions().filter((one) => one.testId === test.id);
    return paged(c, origin, sessions, present);
  });

  routes.post('/tests/:id/invite/', async (c) => {
    const test = testAt(c);
    // What an archived test answers is not known [inferred].
    if (!test || test.archived) return refuse(c, 404);
    const parsed = invitationBody.safeParse(await bodyOf(c));
    if (!parsed.success) return refuseFields(c, parsed.error);
    const callbacks = parsed.data.event_callbacks ?? [];
    const sessions = parsed.data.candidates.map((one) =>
      account.invite(test, {
        candidate: one.id,
        firstName: one.first_name ?? '',
        lastName: one.last_name ?? '',
        email: one.email ?? null,
        callbacks,
      }),
    );
    return c.json({
      candidates: sessions.map((session) => ({
        id: session.candidate,
        test_link: `${origin}/test/${session.id}/`,
        session_url: `${origin}/api/sessions/${session.id}/`,
      })),
    });
  });

  routes.get('/sessions/', (c) => paged(c, origin, account.sessions(), present));

  const sessionAt = (c: Context) => account.sessions().find((one) => one.id === c.req.param('id'));

  routes.get('/sessions/:id/', (c) => {
    const session = sessionAt(c);
    return session ? c.json(present(session)) : refuse(c, 404);
  });

  routes.post('/sessions/:id/cancel/', (c) => {
    const session = sessionAt(c);
    if (!session) return refuse(c, 404);
    if (!account.cancel(session)) return refuse(c, 400, 'The session has already been started.');
    return c.json({});
  });

  return routes;
};
