/** `/users`, read only: who may be asked, and in whose name writes are made. */
import { Hono } from 'hono';
import { needs, type ApiEnv } from './auth.ts';
import { notFound } from './errors.ts';
import { pageOf } from './paging.ts';
import { presentUser, shapeBy } from './present.ts';
import { canonicalEmail } from './vocabulary.ts';
import type { World } from './world.ts';

export const userRoutes = ({ state }: World): Hono<ApiEnv> => {
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

  app.get('/:id', needs('users', 'read'), (c) => {
    const id = c.req.param('id');
    const user = state.users.find((one) => one.id === id);
    if (!user) throw notFound('users', id);
    return c.json({ data: presentUser(user) });
  });

  return app;
};
