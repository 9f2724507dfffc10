/**
 * A coding platform's emulator and its client in one process, on a clock that stands still until a
 * test moves it. For the conformance suite and for the vendors' own tests.
 */
import { noDial } from '#connectors/dial.ts';
import type { Capabilities, Connector, Link } from '#connectors/contract.ts';
import type { CreateEmulator, EmulatedMail, Emulator } from '#connectors/emulator.ts';
import { createHttp, type Fetch } from '#connectors/http.ts';

export interface CaseOverrides {
  /** Milliseconds for every request of the client. */
  timeout?: number;
  /** Replaces single settings, such as a key by a wrong one. */
  settings?: Record<string, string>;
  /** Stands between client and emulator. */
  fetch?: (emulated: Fetch) => Fetch;
  /** A snapshot to start from. */
  saved?: unknown;
  /** Default false: webhook addresses are https, as the vendors demand. */
  allowHttpLoopback?: boolean;
  /** Default: the vendor's own limits. */
  rate?: number;
}

export interface CodingCase {
  connector: Connector;
  emulator: Emulator;
  link: Link<Record<string, unknown>>;
  capabilities: Capabilities;
}

export interface OpenCase extends CodingCase {
  mails: EmulatedMail[];
  /** Webhooks that the emulator sent; each is answered 200. */
  deliveries: Array<{ url: string; body: string }>;
  /** Moves the clock and runs what became due. */
  advance(milliseconds: number): void;
  /** A request to the emulator's pages, `path` below its base; forms are urlencoded. */
  page(path: string, form?: Record<string, string>): Promise<Response>;
}

const beginning = Date.UTC(2026, 10, 23, 9);

export const openCase = (
  connector: Connector,
  createEmulator: CreateEmulator,
  overrides: CaseOverrides = {},
): OpenCase => {
  const origin = `http://emulator.test/${connector.id}`;
  const mails: EmulatedMail[] = [];
  const deliveries: Array<{ url: string; body: string }> = [];
  const due = new Map<() => void, number>();
  let now = beginning;
  const emulator = createEmulator({
    seed: 7,
    candidates: 0,
    now: () => now,
    later: (milliseconds, task) => {
      due.set(task, now + milliseconds);
      return () => due.delete(task);
    },
    fetch: (url, init) => {
      deliveries.push({ url, body: typeof init.body === 'string' ? init.body : '' });
      return new Response(null, { status: 200 });
    },
    origin,
    rate: overrides.rate ?? 'vendor',
    allowHttpLoopback: overrides.allowHttpLoopback ?? false,
    deliverMail: (mail) => mails.push(mail),
    saved: overrides.saved,
    changed: () => undefined,
  });
  const emulated: Fetch = async (url, init) => {
    const { pathname, search } = new URL(url);
    const path = pathname.replace(`/${connector.id}/api`, '') + search;
    return untilAborted(Promise.resolve(emulator.api.request(path, init)), init.signal);
  };
  const http = createHttp({
    connector: connector.id,
    fetch: overrides.fetch?.(emulated) ?? emulated,
  });
  const link: Link<Record<string, unknown>> = {
    settings: connector.settings.parse({ ...emulator.credentials(), ...overrides.settings }),
    http: (request) =>
      http(overrides.timeout === undefined ? request : { ...request, timeout: overrides.timeout }),
    dial: noDial,
    now: () => now,
  };
  return {
    connector,
    emulator,
    link,
    capabilities: connector.connect(link),
    mails,
    deliveries,
    advance(milliseconds) {
      now += milliseconds;
      for (const [task, at] of due) {
        if (at > now) continue;
        due.delete(task);
        task();
      }
    },
    page: async (path, form) =>
      emulator.pages.request(path, form && { method: 'POST', body: new URLSearchParams(form) }),
  };
};

/** In process nobody listens to the signal, so a request that hangs is given up here. */
export const untilAborted = async (
  answer: Promise<Response>,
  signal: AbortSignal | null | undefined,
): Promise<Response> => {
  if (!signal) return answer;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
  return Promise.race([answer, aborted]);
};
