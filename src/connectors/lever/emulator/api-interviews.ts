/** `/opportunities/:id/interviews`: the single interviews of a candidacy's panels. */
import { Hono, type Context } from 'hono';
import { addressed } from './api-opportunities.ts';
import { needs, type ApiEnv } from './auth.ts';
import { notFound } from './errors.ts';
import { pageOf } from './paging.ts';
import { interviewContent } from './panel-body.ts';
import { presentInterview } from './present-panels.ts';
import { presentPosting, shapeBy, userExpander } from './present.ts';
import { performing, readBody, requiredText } from './request.ts';
import type { Panels } from './panels.ts';
import type { InterviewRecord, PanelRecord } from './state.ts';
import type { World } from './world.ts';

export const interviewRoutes = (world: World, panels: Panels): Hono<ApiEnv> => {
  const { state } = world;
  const app = new Hono<ApiEnv>();
  const read = needs('interviews', 'read');
  const write = needs('interviews', 'write');

  const allOf = (c: Context<ApiEnv>): Array<{ panel: PanelRecord; interview: InterviewRecord }> =>
    panels
      .of(addressed(c, world))
      .flatMap((panel) => panel.interviews.map((interview) => ({ panel, interview })));

  const found = (c: Context<ApiEnv>) => {
    const id = c.req.param('interview') ?? '';
    const one = allOf(c).find(({ interview }) => interview.id === id);
    if (!one) throw notFound('interviews', id);
    return one;
  };

  const shape = (c: Context) =>
    shapeBy(c, {
      feedbackForms: ({ feedbackForms }) => feedbackForms,
      user: userExpander(world, 'user'),
      stage: ({ stage }) => {
        const one = state.stages.find(({ id }) => id === stage);
        return one ? { id: one.id, text: one.text } : null;
      },
      postings: ({ postings }) =>
        state.postings
          .filter(({ id }) => (postings as string[]).includes(id))
          .map((posting) => presentPosting(posting, world.options.origin)),
    });

  app.get('/:opportunity/interviews', read, (c) => {
    const shaped = shape(c);
    const page = pageOf(c, allOf(c), ({ interview }) => interview.id);
    return c.json({
      ...page,
      data: page.data.map((one) => shaped(presentInterview(one.panel, one.interview, world))),
    });
  });

  app.get('/:opportunity/interviews/:interview', read, (c) => {
    const { panel, interview } = found(c);
    return c.json({ data: shape(c)(presentInterview(panel, interview, world)) });
  });

  app.post('/:opportunity/interviews', write, async (c) => {
    const actor = performing(c, state);
    const opportunity = addressed(c, world);
    const body = await readBody(c);
    const id = requiredText(body, 'panel');
    const panel = panels.of(opportunity).find((one) => one.id === id);
    if (!panel) throw notFound('panels', id);
    const interview = panels.addInterview(panel, interviewContent(body, state), actor);
    return c.json({ data: presentInterview(panel, interview, world) }, 201);
  });

  app.put('/:opportunity/interviews/:interview', write, async (c) => {
    performing(c, state);
    const { panel, interview } = found(c);
    panels.replaceInterview(panel, interview, interviewContent(await readBody(c), state));
    return c.json({ data: presentInterview(panel, interview, world) });
  });

  app.delete('/:opportunity/interviews/:interview', write, (c) => {
    performing(c, state);
    const { panel, interview } = found(c);
    panels.removeInterview(panel, interview);
    return c.body(null, 204);
  });

  return app;
};
