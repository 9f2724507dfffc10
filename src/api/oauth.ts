/** Where the vendor sends the admin's browser back after consent. It redirects nowhere. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { finishOAuth } from '#jobs/connect-oauth.ts';
import type { ApiDeps, ApiEnv } from './context.ts';
import { page } from './page.ts';
import { problemOf } from './problem.ts';

const mostText = 4_000;

export const serveOAuth = (app: OpenAPIHono<ApiEnv>, { hub, oauth }: ApiDeps): void => {
  app.get('/oauth/callback', async (c) => {
    const read = (name: string): string | undefined => c.req.query(name)?.slice(0, mostText);
    try {
      const { id, name } = await finishOAuth(oauth, {
        state: read('state'),
        code: read('code'),
        error: read('error'),
      });
      return await page(
        c,
        200,
        'Connected',
        html`<p>${name} is connected. You may close this page.</p>
          <p><a href="/settings/company/${id}">See what it may do</a></p>`,
      );
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.ours)
        hub.log.error({ request: c.get('requestId'), error: thrown }, 'api: a consent broke off.');
      return page(
        c,
        problem.status,
        'Not connected',
        html`<p>${problem.detail}</p>
          <p><code>${problem.code}</code></p>`,
      );
    }
  });
};
