/** `/opportunities/:id/panels`. */
import { Hono, type Context } from 'hono';
import { addressed } from './api-opportunities.ts';
import { needs, type ApiEnv } from './auth.ts';
import { notFound } from './errors.ts';
import { pageOf } from './paging.ts';
import { panelContent } from './panel-body.ts';
import { presentPanel } from './present-panels.ts';
import { performing, readBody } from './request.ts';
import type { Panels } from './panels.ts';
import type { PanelRecord } from './state.ts';
import type { World } from './world.ts';

export const panelRoutes = (world: World, panels: Panels): Hono<ApiEnv> => {
  const { state } = world;
  const app = new Hono<ApiEnv>();
  const read = needs('panels', 'read');
  const write = needs('panels', 'write');

  const panelOf = (c: Context<ApiEnv>): PanelRecord => {
    const id = c.req.param('panel') ?? '';
    const panel = panels.of(addressed(c, world)).find((one) => one.id === id);
    if (!panel) throw notFound('panels', id);
    return panel;
  };

  app.get('/:opportunity/panels', read, (c) => {
    const page = pageOf(c, panels.of(addressed(c, world)), (panel) => panel.id);
    return c.json({ ...page, data: page.data.map((panel) => presentPanel(panel, state)) });
  });

  app.get('/:opportunity/panels/:panel', read, (c) =>
    c.json({ data: presentPanel(panelOf(c), state) }),
  );

  app.post('/:opportunity/panels', write, async (c) => {
    const actor = performing(c, state);
    const opportunity = addressed(c, world);
    const content = panelContent(await readBody(c), opportunity, state);
    const panel = panels.create(opportunity, content, actor);
    return c.json({ data: presentPanel(panel, state, 'write') }, 201);
  });

  app.put('/:opportunity/panels/:panel', write, async (c) => {
    const actor = performing(c, state);
    const panel = panelOf(c);
    panels.replace(panel, panelContent(await readBody(c), addressed(c, world), state), actor);
    return c.json({ data: presentPanel(panel, state, 'write') });
  });

  app.delete('/:opportunity/panels/:panel', write, (c) => {
    performing(c, state);
    panels.remove(panelOf(c));
    return c.body(null, 204);
  });

  return app;
};
