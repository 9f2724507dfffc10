/** `/feedback_templates`, read only: the forms that interviewers fill in. */
import { Hono } from 'hono';
import { needs, type ApiEnv } from './auth.ts';
import { notFound } from './errors.ts';
import { pageOf } from './paging.ts';
import { presentFeedbackTemplate } from './present-panels.ts';
import type { World } from './world.ts';

export const feedbackTemplateRoutes = ({ state }: World): Hono<ApiEnv> => {
  const app = new Hono<ApiEnv>();
  const read = needs('feedback_templates', 'read');

  app.get('/', read, (c) => {
    const page = pageOf(c, state.feedbackTemplates, (one) => one.id);
    return c.json({ ...page, data: page.data.map(presentFeedbackTemplate) });
  });

  app.get('/:id', read, (c) => {
    const id = c.req.param('id');
    const template = state.feedbackTemplates.find((one) => one.id === id);
    if (!template) throw notFound('feedback_templates', id);
    return c.json({ data: presentFeedbackTemplate(template) });
  });

  return app;
};
