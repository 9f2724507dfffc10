/** The server's own small pages: how a consent ended, and what this is where the web app is not built. */
import { html, raw } from 'hono/html';
import type { Context } from 'hono';
import type { ApiEnv } from './context.ts';
import { pageStyle } from './headers.ts';

/** In one piece: white space that a formatter adds would change the hash that the policy allows. */
const styleSheet = raw(`<style>${pageStyle}</style>`);

type Markup = ReturnType<typeof html>;

export const page = async (
  c: Context<ApiEnv>,
  status: number,
  title: string,
  content: Markup,
): Promise<Response> => {
  const document = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Loopwright</title>
        ${styleSheet}
      </head>
      <body>
        <h1>${title}</h1>
        ${content}
      </body>
    </html>`;
  return c.html(document, status as 200);
};

export const homePage = (
  c: Context<ApiEnv>,
  hub: { version: string; publicUrl: string },
): Promise<Response> =>
  page(
    c,
    200,
    'Loopwright',
    html`<p>
        This is a Loopwright hub, version ${hub.version}. It sends coding tests and makes interview
        links when candidates reach a stage, and keeps the applicant tracking system true to it.
      </p>
      <p>
        Its web app was not built here: run <code>npm run build:web</code> in the clone, then start
        the hub anew. Without it the hub is used through its HTTP API:
        <a href="/api/openapi.json">/api/openapi.json</a>.
      </p>
      <p>Make a key on the machine where it runs, and send it with each request:</p>
      <pre>
loopwright api-key create --name me --role super_admin
curl -H "Authorization: Bearer lw_…" ${hub.publicUrl}/api/v1/me</pre>
      <p>Health: <a href="/healthz">/healthz</a>, <a href="/readyz">/readyz</a>.</p>`,
  );
