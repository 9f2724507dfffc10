/** What signing in looks at in a request, and whether a browser sent it from a page of the hub. */
import type { Context } from 'hono';
import type { Visitor } from '#store/auth.ts';
import type { ApiEnv } from './context.ts';
import { ProblemError } from './problem.ts';

export const addressOf = (c: Context<ApiEnv>): string => c.get('sender');

export const visitorOf = (c: Context<ApiEnv>): Visitor => ({
  cookie: c.req.header('cookie'),
  userAgent: c.req.header('user-agent'),
  address: addressOf(c),
});

export const setCookies = (c: Context<ApiEnv>, cookies: readonly string[]): void => {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
};

interface Home {
  publicUrl: string;
  hasPublicUrl: boolean;
}

/** The hub's own origin; without a public address of its own, wherever the browser reached it. */
const isOwnOrigin = (origin: string, host: string | undefined, home: Home): boolean => {
  if (origin === home.publicUrl) return true;
  return !home.hasPublicUrl && host !== undefined && URL.parse(origin)?.host === host.toLowerCase();
};

/**
 * A browser sends cookies along whoever wrote the page, so it also has to say that the page is the
 * hub's: by `Origin`, or by `Sec-Fetch-Site` where there is none. `strict` refuses when it says
 * nothing. Throws `cross_site`.
 */
export const refuseCrossSite = (c: Context<ApiEnv>, home: Home, strict: boolean): void => {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isOwn =
    (site === undefined || site === 'same-origin') &&
    (origin === undefined
      ? !strict || site !== undefined
      : isOwnOrigin(origin, c.req.header('host'), home));
  if (isOwn) return;
  throw new ProblemError({
    status: 403,
    code: 'cross_site',
    detail: `sign-in: this did not come from a page of the hub at ${home.publicUrl}. Open the hub at that address, or use an API key.`,
  });
};
