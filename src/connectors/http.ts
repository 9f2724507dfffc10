/**
 * The one door to the outside. Adds to a plain fetch: a time-out over the whole exchange, a size
 * limit, no redirects, an address guard, the shared rate limit, and failures as `ConnectorError`s
 * that say whether the call may have had an effect.
 */
import { lookup as dnsLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, fetch as undiciFetch } from 'undici';
import {
  ConnectorError,
  type ConnectorErrorDetails,
  type Http,
  type HttpRequest,
  type HttpResponse,
} from '#connectors/contract.ts';

/** The part of `fetch` that is used; an emulator's `app.request` fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response> | Response;

export interface HttpOptions {
  connector: string;
  fetch: Fetch;
  /** Waits until the shared rate limit allows one more call; rejects when the wait is too long. */
  takeTurn?: () => Promise<void>;
  /** Called when the vendor answered 429, so that all processes slow down. */
  slowDown?: (milliseconds: number | undefined) => Promise<void>;
  /**
   * Called directly before the request leaves; throws when the work is no longer ours (fencing). A
   * function that comes back is called when half of the body is out: a test aid.
   */
  beforeSend?: (request: HttpRequest) => (() => void) | undefined;
  /** Called when the answer's head is there and its body has not been read yet. */
  afterHead?: (request: HttpRequest) => void;
  /** One line per call for metrics and logs; `outcome` is a status or an error kind. */
  observe?: (call: { operation: string; outcome: string; milliseconds: number }) => void;
  /** Milliseconds that only ever grow, to time the calls for `observe`. */
  monotonic?: () => number;
}

const defaultTimeout = 10_000;
const defaultMaxBytes = 5 * 1024 * 1024;
const userAgent = 'Loopwright (+https://github.com/loopwright/loopwright)';

export const createHttp = (options: HttpOptions): Http => {
  return async (request) => {
    await options.takeTurn?.();
    const clock = options.monotonic ?? (() => 0);
    const begin = clock();
    const observe = (outcome: string): void =>
      options.observe?.({
        operation: request.operation,
        outcome,
        milliseconds: clock() - begin,
      });
    try {
      const response = await exchange(options, request);
      observe(String(response.status));
      return response;
    } catch (thrown) {
      if (thrown instanceof ConnectorError) {
        observe(thrown.kind);
        if (thrown.kind === 'rate_limited') await options.slowDown?.(thrown.retryAfter);
      }
      throw thrown;
    }
  };
};

const exchange = async (options: HttpOptions, request: HttpRequest): Promise<HttpResponse> => {
  const fail = (
    details: Omit<ConnectorErrorDetails, 'connector' | 'operation' | 'message'> & { text: string },
  ): ConnectorError => {
    const { text, ...rest } = details;
    return new ConnectorError({
      connector: options.connector,
      operation: request.operation,
      message: `${options.connector}: ${request.operation} ${text}`,
      ...rest,
    });
  };

  const timeout = request.timeout ?? defaultTimeout;
  const signal = AbortSignal.timeout(timeout);
  const halfway = options.beforeSend?.(request);
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await options.fetch(withQuery(request), {
      method: request.method,
      headers: headersOf(request),
      ...(halfway ? halved(bodyOf(request) ?? '', halfway) : { body: bodyOf(request) }),
      redirect: 'manual',
      signal,
    });
    options.afterHead?.(request);
    bytes = await readLimited(response, request.maxBytes ?? defaultMaxBytes);
  } catch (thrown) {
    if (thrown instanceof ConnectorError) throw thrown;
    if (thrown instanceof TooLarge) {
      throw fail({
        kind: 'unexpected_shape',
        surelyNotDone: false,
        text: 'answered with more data than the hub accepts. Check the host in the settings.',
      });
    }
    const refused = refusal(thrown);
    if (refused) throw fail({ kind: 'unreachable', surelyNotDone: true, text: refused });
    const slow = signal.aborted;
    throw fail({
      kind: 'unreachable',
      surelyNotDone: false,
      text: slow
        ? `did not answer within ${String(timeout / 1000)} s. The hub tries again by itself.`
        : 'broke off before the answer was complete. The hub tries again by itself.',
    });
  }

  const answer = toResponse(response, bytes, (text) =>
    fail({ kind: 'unexpected_shape', surelyNotDone: false, status: response.status, text }),
  );
  if (response.status >= 200 && response.status < 300) return answer;
  if (request.accept?.includes(response.status)) return answer;
  throw fail(byStatus(response));
};

const byStatus = (
  response: Response,
): Omit<ConnectorErrorDetails, 'connector' | 'operation' | 'message'> & { text: string } => {
  const { status } = response;
  if (status === 401)
    return {
      kind: 'unauthorized',
      status,
      surelyNotDone: true,
      text: 'was refused (401). The key is wrong, revoked, or of another region. Paste a new key.',
    };
  if (status === 403)
    return {
      kind: 'forbidden',
      status,
      surelyNotDone: true,
      text: 'was refused (403). The key lacks a permission for this. Grant it at the vendor.',
    };
  if (status === 404 || status === 410)
    return {
      kind: 'not_found',
      status,
      surelyNotDone: true,
      text: `found nothing there (${String(status)}). It was removed, or the host is wrong.`,
    };
  if (status === 429) {
    const retryAfter = parseRetryAfter(
      response.headers.get('retry-after'),
      Date.parse(response.headers.get('date') ?? ''),
    );
    return {
      kind: 'rate_limited',
      status,
      surelyNotDone: true,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      text: 'was put off (429): too many requests. The hub tries again by itself.',
    };
  }
  if (status >= 500 || status === 408) {
    const retryAfter = parseRetryAfter(
      response.headers.get('retry-after'),
      Date.parse(response.headers.get('date') ?? ''),
    );
    return {
      kind: 'unreachable',
      status,
      surelyNotDone: false,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      text: `failed at the vendor (${String(status)}). The hub tries again by itself.`,
    };
  }
  if (status >= 300 && status < 400)
    return {
      kind: 'unexpected_shape',
      status,
      surelyNotDone: true,
      text: `was redirected (${String(status)}), which the hub never follows. Check the host in the settings.`,
    };
  return {
    kind: 'rejected',
    status,
    surelyNotDone: true,
    text: `was rejected (${String(status)}). Check what was asked for at the vendor.`,
  };
};

/**
 * Milliseconds from a `Retry-After` header (seconds or an HTTP date), at most a day; undefined when
 * absent or unreadable. A date counts from the answer's own `Date`, so that no clock is needed here.
 */
export const parseRetryAfter = (header: string | null, answeredAt: number): number | undefined => {
  if (header === null) return undefined;
  const day = 86_400_000;
  if (/^\d{1,9}$/.test(header.trim())) return Math.min(Number(header) * 1000, day);
  // JavaScript takes much more for a date than an HTTP date is.
  if (!/^[A-Z][a-z]{2,8}, /.test(header)) return undefined;
  const until = Date.parse(header);
  if (Number.isNaN(until) || Number.isNaN(answeredAt)) return undefined;
  return Math.min(Math.max(0, until - answeredAt), day);
};

const withQuery = (request: HttpRequest): string => {
  if (!request.query) return request.url;
  const url = new URL(request.url);
  for (const [name, value] of Object.entries(request.query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value])
      url.searchParams.append(name, String(one));
  }
  return url.href;
};

const headersOf = (request: HttpRequest): Record<string, string> => ({
  accept: 'application/json',
  'user-agent': userAgent,
  ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
  ...(request.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
  ...request.headers,
});

const bodyOf = (request: HttpRequest): string | null => {
  if (request.json !== undefined) return JSON.stringify(request.json);
  if (request.form) return new URLSearchParams(request.form).toString();
  return null;
};

/** A body that stops in the middle and never ends. */
const halved = (body: string, halfway: () => void): RequestInit => ({
  duplex: 'half',
  body: new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body.slice(0, body.length / 2)));
      halfway();
    },
  }),
});

class TooLarge extends Error {}

const readLimited = async (response: Response, maxBytes: number): Promise<Uint8Array> => {
  if (!response.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const toResponse = (
  response: Response,
  bytes: Uint8Array,
  unexpected: (text: string) => ConnectorError,
): HttpResponse => {
  const text = new TextDecoder().decode(bytes);
  return {
    status: response.status,
    headers: response.headers,
    text,
    json() {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        throw unexpected(
          /^\s*</.test(text)
            ? 'answered with a web page instead of data. Check the host in the settings.'
            : 'answered with something that is not JSON. Check the host in the settings.',
        );
      }
    },
  };
};

/** The sentence for a failure that surely happened before anything was sent; else undefined. */
export const refusal = (thrown: unknown): string | undefined => {
  for (let cause = thrown; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ForbiddenAddress) return cause.message;
    // A DOMException, such as a time-out's, has a number for its code.
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      return 'could not find the host. Check the address in the settings.';
    if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH')
      return 'could not be reached: the connection was refused. Check the address, or try later.';
    if (code.startsWith('ERR_TLS') || code.includes('CERT') || code === 'EPROTO')
      return 'could not be reached safely: the certificate is not valid. Check the address.';
    if (code === 'UND_ERR_CONNECT_TIMEOUT')
      return 'could not be reached: no connection in time. Check the address, or try later.';
  }
  return undefined;
};

// ---------------------------------------------------------------------------------------------
// The address guard

export class ForbiddenAddress extends Error {
  constructor(host: string) {
    super(
      `points at ${host}, a private or local address. Allow it with LOOPWRIGHT_ALLOW_HOSTS if it is meant.`,
    );
    this.name = 'ForbiddenAddress';
  }
}

/** Whether an IP literal is one that the internet would route to. */
export const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  // Named ranges cover NAT64 and 6to4; what is left of IPv6 outside 2000::/3 is not routed either.
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(ipaddr.parseCIDR('2000::/3'));
};

/** undici's own fetch, for its agents do not fit the one that Node brings; only the names differ. */
const guarded = undiciFetch as unknown as (
  url: string,
  init: Omit<RequestInit, 'dispatcher'> & { dispatcher: unknown },
) => Promise<Response>;

export const isPrivateLiteral = (host: string): boolean => {
  const literal = host.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(literal) && !isPublicAddress(literal);
};

/** A name look-up that answers with public addresses or fails. */
export const publicLookup: LookupFunction = (hostname, lookupOptions, callback) => {
  dnsLookup(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
    if (error) {
      callback(error, '', 4);
      return;
    }
    const bad = addresses.find((entry) => !isPublicAddress(entry.address));
    const first = addresses[0];
    if (bad || !first) {
      callback(new ForbiddenAddress(hostname), '', 4);
      return;
    }
    if (lookupOptions.all)
      (callback as unknown as (e: null, a: typeof addresses) => void)(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/**
 * A fetch that refuses private, loopback and link-local addresses, as literals in any spelling and
 * as answers of the name look-up (the checked address is the one connected to, so a name cannot
 * change its mind in between). `allowed` holds `host:port` pairs from the configuration.
 */
export const createGuardedFetch = (allowed: readonly string[]): Fetch => {
  const strict = new Agent({ connect: { timeout: 5_000, lookup: publicLookup } });
  const open = new Agent({ connect: { timeout: 5_000 } });
  return (url, init) => {
    const target = new URL(url);
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    const isAllowed = allowed.includes(`${target.hostname}:${port}`);
    if (!isAllowed && (target.username || isPrivateLiteral(target.hostname)))
      throw new ForbiddenAddress(target.hostname);
    const ask = () => guarded(url, { ...init, dispatcher: isAllowed ? open : strict });
    return ask().catch((thrown: unknown) => {
      if (init.method === 'GET' && isHungUp(thrown)) return ask();
      throw thrown;
    });
  };
};

/**
 * Closed by the other side before an answer: what happens to a connection that was kept open when it is
 * used at the moment of its end. Only reading is done once more; the rest is the ledger's to decide.
 */
const isHungUp = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  thrown.cause instanceof Error &&
  ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(
    (thrown.cause as NodeJS.ErrnoException).code ?? '',
  );
