/** `/users`: who may be asked, and in whose name writes are made. */
import { Hono } from 'hono';
import { needs, type ApiEnv } from './auth.ts';
import { notFound } from './errors.ts';
import { pageOf } from './paging.ts';
import { presentUser, shapeBy } from './present.ts';
import { readBody, requiredText, textOf } from './request.ts';
import { canonicalEmail } from './vocabulary.ts';
import type { Team } from './team.ts';
import type { UserRecord } from './state.ts';
import type { World } from './world.ts';

export const userRoutes = ({ state }: World, team: Team): Hono<ApiEnv> => {
  const app = new Hono<ApiEnv>();

  app.get('/', needs('users', 'read'), (c) => {
    const emails = c.req.queries('email')?.map(canonicalEmail);
    const roles = c.req.queries('accessRole');
    const all = c.req.query('includeDeactivated') === 'true';
    const shaped = shapeBy(c, {});
    const page = pageOf(
      c,
      state.users.filter(
        (user) =>
          (all || user.deactivatedAt === null) &&
          (!emails || emails.includes(canonicalEmail(user.email))) &&
          (!roles || roles.includes(user.accessRole)),
      ),
      (user) => user.id,
    );
    return c.json({ ...page, data: page.data.map((user) => shaped(presentUser(user))) });
  });

  const userOf = (id: string): UserRecord => {
    const user = state.users.find((one) => one.id === id);
    if (!user) throw notFound('users', id);
    return user;
  };

  app.get('/:id', needs('users', 'read'), (c) =>
    c.json({ data: presentUser(userOf(c.req.param('id'))) }),
  );

  app.post('/', needs('users', 'write'), async (c) => {
    const body = await readBody(c);
    const user = team.add({
      name: requiredText(body, 'name'),
      email: requiredText(body, 'email'),
      accessRole: textOf(body, 'accessRole') ?? 'interviewer',
    });
    return c.json({ data: presentUser(user) }, 201);
  });

  for (const act of ['deactivate', 'reactivate'] as const) {
    app.post(`/:id/${act}`, needs('users', 'write'), (c) => {
      const user = userOf(c.req.param('id'));
      team[act](user);
      return c.json({ data: presentUser(user) });
    });
  }

  return app;
};
