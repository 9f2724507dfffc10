/** Failure switches, request log and token bucket: the same for every emulator. */
import type { Context, MiddlewareHandler } from 'hono';
import type {
  EmulatorOptions,
  Fault,
  RecordedRequest,
  WebhookFaults,
} from '#connectors/emulator.ts';
import { seeded } from '#connectors/emulator-data.ts';

export const noWebhookFaults = (): WebhookFaults => ({
  drop: false,
  copies: 1,
  delay: 0,
  reverse: 0,
  forge: false,
});

/** Thrown out of `api.request` in tests, a broken socket when served: no answer ever arrives. */
export class DroppedConnection extends Error {
  readonly code = 'ECONNRESET';
  constructor() {
    super('socket hang up');
  }
}

const keptRequests = 20_000;

/**
 * First middleware of every emulated API: records the request, applies the next matching fault,
 * and keeps the vendor's rate limit. `tooMany` and `broken` build the vendor's own error bodies.
 */
export const faultMiddleware = (setup: {
  options: EmulatorOptions;
  faults: Fault[];
  requests: RecordedRequest[];
  /** Key of the caller's bucket; null: not limited. */
  callerOf: (c: Context) => string | null;
  limit: { perSecond: number; burst: number } | null;
  errorBody: (status: number, c: Context) => Response;
  /** Query parameters that hold a credential. */
  secretParams?: readonly string[];
}): MiddlewareHandler => {
  const random = seeded(setup.options.seed ^ 0x5eed);
  const take = bucket(setup);
  return async (c, next) => {
    const entry: RecordedRequest = {
      at: setup.options.now(),
      method: c.req.method,
      path: redactedPath(c.req.url, setup.secretParams ?? []),
      body: await c.req.raw.clone().text(),
      status: 0,
    };
    if (setup.requests.length >= keptRequests) setup.requests.splice(0, keptRequests / 2);
    setup.requests.push(entry);
    const fault = nextFault(setup.faults, `${entry.method} ${entry.path}`, random);
    if (fault && fault.kind !== 'drop_after' && fault.kind !== 'hang_after') {
      const response = await actOut(fault, c, setup.errorBody);
      entry.status = response.status;
      return response;
    }
    const caller = setup.callerOf(c);
    if (caller !== null && !take(caller)) {
      entry.status = 429;
      return setup.errorBody(429, c);
    }
    await next();
    entry.status = c.res.status;
    if (fault?.kind === 'hang_after') return never();
    if (fault) await breakConnection(c);
    return undefined;
  };
};

const redactedPath = (url: string, secretParams: readonly string[]): string => {
  const parsed = new URL(url);
  for (const name of secretParams) {
    if (parsed.searchParams.has(name)) parsed.searchParams.set(name, '***');
  }
  return parsed.pathname + parsed.search;
};

/** Uses up the next fault that matches `METHOD /path`. */
export const nextFault = (
  faults: Fault[],
  line: string,
  random: () => number,
): Fault | undefined => {
  const fault = faults.find((one) => one.times > 0 && line.includes(one.match));
  if (!fault || (fault.share !== undefined && random() >= fault.share)) return undefined;
  fault.times -= 1;
  if (fault.times === 0) faults.splice(faults.indexOf(fault), 1);
  return fault;
};

const actOut = async (
  fault: Fault,
  c: Context,
  errorBody: (status: number, c: Context) => Response,
): Promise<Response> => {
  if (fault.kind === 'hang') return never();
  if (fault.kind === 'drop_before') return breakConnection(c);
  if (fault.kind === 'html') return c.html('<!doctype html><title>Maintenance</title>', 200);
  const response = errorBody(Number(fault.kind), c);
  if (fault.retryAfter !== undefined) response.headers.set('retry-after', fault.retryAfter);
  return response;
};

const never = (): Promise<never> => new Promise<never>(() => undefined);

/** Destroys the socket when there is one; in process it throws, which is what `fetch` would do. */
const breakConnection = (c: Context): Promise<never> => {
  const node = c.env as { incoming?: { socket: { destroy(): void } } } | undefined;
  if (node?.incoming) {
    node.incoming.socket.destroy();
    return never();
  }
  throw new DroppedConnection();
};

/** A token bucket per caller, on the injected clock. */
const bucket = (setup: {
  options: EmulatorOptions;
  limit: { perSecond: number; burst: number } | null;
}): ((caller: string) => boolean) => {
  const { rate } = setup.options;
  const limit = rate === 'vendor' ? setup.limit : { perSecond: rate, burst: Math.max(1, rate * 2) };
  const states = new Map<string, { tokens: number; at: number }>();
  return (caller) => {
    if (!limit || limit.perSecond === 0) return true;
    const now = setup.options.now();
    const state = states.get(caller) ?? { tokens: limit.burst, at: now };
    const tokens = Math.min(
      limit.burst,
      state.tokens + ((now - state.at) / 1000) * limit.perSecond,
    );
    const allowed = tokens >= 1;
    states.set(caller, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed;
  };
};
