/** Headers that every answer carries. There is no CORS: other origins' scripts have no business here. */
import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './context.ts';

/** The one style sheet of the server's own pages; its hash is all that their policy allows. */
export const pageStyle =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem;color:#1c2733;overflow-wrap:anywhere}' +
  'code,pre{background:#eef1f4;border-radius:4px;padding:.1em .3em}pre{padding:.8em;overflow:auto}';

const styleHash = createHash('sha256').update(pageStyle).digest('base64');

const policyOf = (contentType: string): string =>
  contentType.startsWith('text/html')
    ? `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
    : "default-src 'none'; frame-ancestors 'none'";

export const securityHeaders =
  (publicUrl: string): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    await next();
    const { headers } = c.res;
    // The web app's page brings its own, with a number that is new each time.
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', policyOf(headers.get('content-type') ?? ''));
    headers.set('x-content-type-options', 'nosniff');
    headers.set('x-frame-options', 'DENY');
    headers.set('referrer-policy', 'no-referrer');
    // Nothing of a hub is for search engines, least of all pages that one may see by their address.
    headers.set('x-robots-tag', 'noindex');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('cross-origin-opener-policy', 'same-origin');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
    if (publicUrl.startsWith('https:'))
      headers.set('strict-transport-security', 'max-age=31536000');
  };
