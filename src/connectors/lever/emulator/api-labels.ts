/** `/tags` and `/sources`: texts with counts and no ids; a label exists once it was used. [doc] */
import { Hono } from 'hono';
import { needs, type ApiEnv } from './auth.ts';
import { pageOf } from './paging.ts';
import type { World } from './world.ts';

export const labelRoutes = ({ index }: World): Hono<ApiEnv> => {
  const app = new Hono<ApiEnv>();
  for (const name of ['tags', 'sources'] as const) {
    app.get(`/${name}`, needs(name, 'read'), (c) => {
      const labels = [...index[name].entries].map(([text, count]) => ({ text, count }));
      return c.json(pageOf(c, labels, (label) => label.text));
    });
  }
  return app;
};
