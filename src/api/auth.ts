/** Who is asking, and may they: the one guard in front of every route. */
import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { reach } from '#core/roles.ts';
import { findByKey, markUsed } from '#store/api-keys.ts';
import { access, isScreen, methodsOf } from './access.ts';
import type { ApiActor, ApiDeps, ApiEnv } from './context.ts';
import { ProblemError } from './problem.ts';
import { addressOf, refuseCrossSite, setCookies, visitorOf } from './visitor.ts';

const minute = 60_000;
const failuresPerMinute = 20;
/** Addresses and keys remembered at most. */
const mostRemembered = 10_000;

/**
 * Counts wrong keys by address. Keys that were good before are let past a full count, so that one
 * broken client behind a shared proxy does not lock out the others; they are still looked up.
 */
const createFailureLimit = (monotonic: () => number) => {
  const failures = new Map<string, { count: number; until: number }>();
  const good = new Set<string>();
  const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64');
  return {
    check(address: string, key: string): void {
      const entry = failures.get(address);
      if (!entry || entry.count < failuresPerMinute || good.has(hashOf(key))) return;
      const left = entry.until - monotonic();
      if (left <= 0) return;
      throw new ProblemError({
        status: 429,
        code: 'too_many_attempts',
        detail:
          'sign-in: too many wrong keys came from this address. Wait a minute, then use a good one.',
        retryAfter: Math.ceil(left / 1_000),
      });
    },
    failed(address: string): void {
      const now = monotonic();
      const entry = failures.get(address);
      if (entry && entry.until > now) {
        entry.count += 1;
        return;
      }
      if (failures.size >= mostRemembered) failures.clear();
      failures.set(address, { count: 1, until: now + minute });
    },
    succeeded(key: string): void {
      if (good.size >= mostRemembered) good.clear();
      good.add(hashOf(key));
    },
  };
};

const notSignedIn = (): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'key_missing_or_wrong',
    detail:
      'sign-in: no valid API key was given, and no session. Sign in, or send Authorization: Bearer lw_…; make a key with loopwright api-key create.',
  });

const sessionOver = (): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'session_over',
    detail: 'sign-in: this session has ended. Sign in again.',
  });

/** What a browser sends without asking is no act. */
const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** The route that answers, as the table of access names it; the web app has what nobody else has. */
const routeOf = (c: Context<ApiEnv>): string | null => {
  const route = matchedRoutes(c).find(({ method }) => method !== 'ALL');
  if (!route || (route.path === '/*' && !isScreen(c.req.path))) return null;
  return `${route.method} ${route.path}`;
};

/** Guards by default: what the table of access does not name is not served. */
export const guard = ({ hub, auth }: ApiDeps): MiddlewareHandler<ApiEnv> => {
  const limit = createFailureLimit(() => hub.monotonic());

  const byKey = async (header: string | undefined, address: string): Promise<ApiActor> => {
    const key = /^Bearer (lw_[\w-]{20,100})$/i.exec(header ?? '')?.[1];
    limit.check(address, key ?? '');
    const row = key === undefined ? null : await findByKey(hub.db, key);
    if (key === undefined || !row) {
      // Without a key nothing was guessed; a browser that just looks is not counted.
      if (header !== undefined) limit.failed(address);
      throw notSignedIn();
    }
    limit.succeeded(key);
    await markUsed(hub.db, row.id);
    const { id, name, role, email } = row;
    return { id, name, role, email, sessionId: null };
  };

  /** A cookie is looked at only where no key was sent. */
  const authenticate = async (c: Context<ApiEnv>): Promise<ApiActor> => {
    const header = c.req.header('authorization');
    const visitor = visitorOf(c);
    const hasCookie = visitor.cookie?.includes('loopwright.session_token=') ?? false;
    if (header !== undefined || !hasCookie) return byKey(header, addressOf(c));
    if (!isRead(c.req.method)) refuseCrossSite(c, hub, true);
    const session = await auth.session(visitor);
    if (!session) throw sessionOver();
    setCookies(c, session.cookies);
    const { userId: id, name, role, email, sessionId } = session;
    return { id, name, role, email, sessionId };
  };

  return async (c, next) => {
    if (/%00/.test(c.req.url)) {
      throw new ProblemError({
        status: 400,
        code: 'request_unreadable',
        detail: 'request: the address holds the character U+0000. Take it out.',
      });
    }
    const route = routeOf(c);
    const needed = route === null ? undefined : access[route];
    if (needed === undefined) throw nothingHere(c.req.path);
    if (needed === 'public') {
      const path = c.req.path;
      if (path.startsWith('/api/v1/') && !isRead(c.req.method)) refuseCrossSite(c, hub, false);
    } else {
      const actor = await authenticate(c);
      const far = needed === 'signed_in' ? 'any' : reach(actor.role, needed);
      if (far === 'none') {
        throw new ProblemError({
          status: 403,
          code: 'role_lacks_right',
          detail: `sign-in: the role of this ${actor.sessionId === null ? 'key' : 'user'} may not do this (${needed}). Ask a Super Admin for another role.`,
        });
      }
      c.set('actor', actor);
      c.set('reach', far);
    }
    await next();
  };
};

const nothingHere = (path: string): ProblemError => {
  const methods = methodsOf(path);
  return methods.length === 0
    ? new ProblemError({
        status: 404,
        code: 'not_found',
        detail:
          'request: there is nothing at this address. See /api/openapi.json for what there is.',
      })
    : new ProblemError({
        status: 405,
        code: 'method_not_allowed',
        detail: `request: this address takes ${methods.join(', ')}. Use one of them.`,
        allow: methods.join(', '),
      });
};
