/** The emulated HTTP surface: key, version, permission, then the endpoint's own answer. */
import { type Context, Hono } from 'hono';
import type { EmulatorOptions, Fault, RecordedRequest } from '#connectors/emulator.ts';
import { seeded } from '#connectors/emulator-data.ts';
import { faultMiddleware } from '#connectors/emulator-faults.ts';
import type { Actions } from './actions.ts';
import type { Data } from './data.ts';
import { applicationEndpoints } from './endpoints-applications.ts';
import { candidateEndpoints } from './endpoints-candidates.ts';
import { interviewEndpoints } from './endpoints-interviews.ts';
import { apiVersion, setupEndpoints } from './endpoints-setup.ts';
import { webhookEndpoints } from './endpoints-webhooks.ts';
import type { Hooks } from './hooks.ts';
import { ulid } from './ids.ts';
import type { StoredKey } from './model.ts';
import { permissionName, scopeOf } from './permissions.ts';
import { type Call, type Endpoint, Refusal } from './rpc.ts';
import type { Views } from './views.ts';

const endpoints: Readonly<Record<string, Endpoint>> = {
  ...candidateEndpoints,
  ...applicationEndpoints,
  ...setupEndpoints,
  ...interviewEndpoints,
  ...webhookEndpoints,
};

export const endpointNames: readonly string[] = Object.keys(endpoints);

/**
 * Ashby documents no number for ordinary endpoints, only 429 with `Retry-After` on bursts, per
 * key. This is generous and still finite, so that a client without a brake is found out [inferred].
 */
const limit = { perSecond: 25, burst: 100 };

/** The user name of Basic authentication; null when there is none. */
const keyIn = (header: string | undefined): string | null => {
  const encoded = /^basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const name = Buffer.from(encoded, 'base64').toString().split(':', 1)[0];
  return name ? name : null;
};

export const createApi = (setup: {
  options: EmulatorOptions;
  faults: Fault[];
  requests: RecordedRequest[];
  data: Data;
  views: Views;
  actions: Actions;
  hooks: Hooks;
}): Hono => {
  const { options, data } = setup;
  const random = seeded(options.seed ^ 0x1d5);
  const requestId = (): string => ulid(options.now(), random);

  const failure = (
    c: Context,
    status: 200 | 400 | 403 | 404 | 429 | 500 | 503,
    code: string,
    message: string,
  ): Response => {
    const id = requestId();
    c.header('x-ashby-request-id', id);
    const errorInfo = { code, message, requestId: id, meta: {} };
    return c.json({ success: false, errors: [code], errorInfo }, status);
  };

  /** [code] A missing module permission comes as objects, without `errorInfo`. */
  const lacking = (c: Context, parameter: string): Response =>
    c.json(
      {
        success: false,
        errors: [
          {
            message: `missing_endpoint_permission: this API key lacks the permission ${parameter}`,
            parameter,
          },
        ],
      },
      403,
    );

  const errorBody = (status: number, c: Context): Response => {
    if (status === 401) return c.text('Unauthorized', 401);
    if (status === 403) return c.text('Forbidden', 403);
    if (status === 429) {
      const response = failure(c, 429, 'rate_limit_exceeded', 'Too many requests.');
      response.headers.set('retry-after', '1');
      return response;
    }
    return failure(c, status === 503 ? 503 : 500, 'internal_server_error', 'Something went wrong.');
  };

  /** The key, or the refusal that stands in its place. */
  const authenticate = (c: Context): StoredKey | Response => {
    // [code] The front refuses clients that do not name themselves.
    if (!c.req.header('user-agent')) return c.text('error code: 1010', 403);
    const given = keyIn(c.req.header('authorization'));
    if (given === null) return c.text('Unauthorized', 401);
    const key = data.state.keys.find((one) => one.key === given);
    return key?.active ? key : c.text('Forbidden', 403);
  };

  const actorOf = (c: Context, key: StoredKey): string | Response => {
    const wanted = c.req.header('x-on-behalf-of');
    if (wanted === undefined) return key.ownerId;
    if (!key.onBehalfOf) return lacking(c, 'actOnBehalfOfUser');
    if (data.users.get(wanted)?.isEnabled) return wanted;
    return failure(c, 200, 'user_not_found', 'X-On-Behalf-Of names no active user.');
  };

  const answer = async (c: Context, endpoint: Endpoint, call: Call): Promise<Response> => {
    const text = await c.req.text();
    let body: unknown;
    try {
      body = JSON.parse(text === '' ? '{}' : text);
    } catch {
      return failure(c, 400, 'invalid_json', 'The body is not JSON.');
    }
    try {
      const answered = await endpoint.answer(body, call);
      c.header('x-ashby-request-id', requestId());
      return c.json({ success: true, ...answered });
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      if (thrown.bare) return c.json({ success: false, errors: [thrown.code] });
      return failure(c, 200, thrown.code, thrown.message);
    }
  };

  const api = new Hono();
  // A broken connection must leave `api.request` as an exception, not as Hono's own 500.
  api.onError((error) => {
    throw error;
  });
  api.use('*', async (c, next) => {
    await next();
    c.res.headers.set('ashby-version', apiVersion);
    c.res.headers.set('ashby-version-status', 'active');
  });
  api.use(
    '*',
    faultMiddleware({
      options,
      faults: setup.faults,
      requests: setup.requests,
      callerOf: (c) => keyIn(c.req.header('authorization')),
      limit,
      errorBody,
    }),
  );
  api.post('/:endpoint', async (c) => {
    const key = authenticate(c);
    if (key instanceof Response) return key;
    const version = c.req.header('ashby-version');
    if (version !== undefined && version !== apiVersion)
      return failure(c, 400, 'invalid_version', `There is no version ${version}.`);
    const name = c.req.param('endpoint');
    const endpoint = endpoints[name];
    if (!endpoint) return failure(c, 404, 'endpoint_not_found', 'There is no such endpoint.');
    const scope = scopeOf[name] ?? null;
    if (scope !== null && !key.scopes.includes(scope)) return lacking(c, permissionName(scope));
    const actorId = actorOf(c, key);
    if (actorId instanceof Response) return actorId;
    const { views, actions, hooks } = setup;
    return answer(c, endpoint, { data, views, actions, hooks, key, actorId, now: options.now() });
  });
  api.all('*', (c) => failure(c, 404, 'endpoint_not_found', 'Endpoints are called by POST.'));
  return api;
};
