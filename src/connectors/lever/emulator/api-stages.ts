/** `/stages`, `/archive_reasons`, and both at once under `/disposition_stages` (undocumented, [live]). */
import { Hono } from 'hono';
import { needs, type ApiEnv } from './auth.ts';
import { notFound } from './errors.ts';
import { pageOf } from './paging.ts';
import type { World } from './world.ts';

export const stageRoutes = ({ state }: World): Hono<ApiEnv> => {
  const app = new Hono<ApiEnv>();

  app.get('/stages', needs('stages', 'read'), (c) =>
    c.json(
      pageOf(
        c,
        state.stages.map(({ id, text }) => ({ id, text })),
        (stage) => stage.id,
      ),
    ),
  );

  app.get('/stages/:id', needs('stages', 'read'), (c) => {
    const id = c.req.param('id');
    const stage = state.stages.find((one) => one.id === id);
    if (!stage) throw notFound('stages', id);
    return c.json({ data: { id: stage.id, text: stage.text } });
  });

  app.get('/disposition_stages', needs('stages', 'read'), (c) =>
    c.json({
      data: {
        stages: state.stages.map((stage, rank) => ({ ...stage, rank })),
        archiveReasons: state.archiveReasons,
      },
    }),
  );

  app.get('/archive_reasons', needs('archive_reasons', 'read'), (c) => {
    const type = c.req.query('type');
    const fitting = state.archiveReasons.filter((one) => type === undefined || one.type === type);
    return c.json(pageOf(c, fitting, (reason) => reason.id));
  });

  app.get('/archive_reasons/:id', needs('archive_reasons', 'read'), (c) => {
    const id = c.req.param('id');
    const reason = state.archiveReasons.find((one) => one.id === id);
    if (!reason) throw notFound('archive_reasons', id);
    return c.json({ data: reason });
  });

  return app;
};
