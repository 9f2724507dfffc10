/** What this folder's tests share: an emulator on a clock of their own and a client's `fetch`. */
import { setImmediate as everythingThatNeedsNoTime } from 'node:timers/promises';
import { createEmulator } from './index.ts';
import type { Emulator, EmulatorOptions } from '#connectors/emulator.ts';

export interface Delivery {
  url: string;
  headers: Headers;
  body: {
    id?: string;
    event: string;
    triggeredAt: number;
    token: string;
    signature: string;
    data: Record<string, unknown>;
  };
}

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

export interface OpportunityJson {
  id: string;
  name: string;
  contact: string;
  stage: string;
  emails: string[];
  links: string[];
  tags: string[];
  sources: string[];
  origin: string;
  confidentiality: string;
  archived: { reason: string; archivedAt: number } | null;
  stageChanges: Array<{
    toStageId: string;
    toStageIndex: number;
    updatedAt: number;
    userId?: string;
  }>;
  applications: unknown[];
  createdAt: number;
  updatedAt: number | null;
  opportunityLocation?: string;
  urls: { show: string };
}

export interface Listed<T> {
  data: T[];
  hasNext: boolean;
  next?: string;
}

export interface Rig {
  emulator: Emulator;
  settings: Record<string, string>;
  deliveries: Delivery[];
  /** Statuses that the receiver answers next; 200 when empty, 0 breaks the connection. */
  answers: number[];
  changes(): number;
  /** Moves the clock, running every timer that falls due, and waits for what they began. */
  advance(milliseconds: number): Promise<void>;
  now(): number;
  /** A raw request, as a client's `fetch` would make it. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** A request to the API with the account's key, in Basic style. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    json?: unknown,
    key?: string,
  ): Promise<Answer<T>>;
  /** A form on one of the vendor's pages. */
  act(path: string, fields?: Record<string, string>): Promise<Response>;
  page(path: string): Promise<string>;
}

export const origin = 'http://emulator.test/lever';
export const begin = Date.UTC(2026, 0, 15, 9);

export const createRig = (given: Partial<EmulatorOptions> = {}): Rig => {
  let now = begin;
  let changed = 0;
  const timers = new Set<{ at: number; task: () => void }>();
  const deliveries: Delivery[] = [];
  const answers: number[] = [];

  const emulator = createEmulator({
    seed: 7,
    candidates: 20,
    now: () => now,
    later(milliseconds, task) {
      const timer = { at: now + milliseconds, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    fetch(url, init) {
      const body = JSON.parse(typeof init.body === 'string' ? init.body : '') as Delivery['body'];
      deliveries.push({ url, headers: new Headers(init.headers), body });
      const status = answers.shift() ?? 200;
      if (status === 0) throw new TypeError('fetch failed');
      return new Response(null, { status });
    },
    origin,
    rate: 0,
    allowHttpLoopback: false,
    deliverMail: () => undefined,
    changed: () => {
      changed += 1;
    },
    ...given,
  });
  const settings = emulator.credentials();

  const fetch = async (url: string, init?: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(url);
    return emulator.api.request(pathname.replace('/lever/api', '') + search, init);
  };

  const runDue = async (): Promise<void> => {
    const due = [...timers].filter((timer) => timer.at <= now);
    for (const timer of due) {
      timers.delete(timer);
      timer.task();
    }
    await everythingThatNeedsNoTime();
  };

  return {
    emulator,
    settings,
    deliveries,
    answers,
    changes: () => changed,
    now: () => now,
    fetch,
    async advance(milliseconds) {
      const until = now + milliseconds;
      await runDue();
      for (;;) {
        const next = Math.min(...[...timers].map((timer) => timer.at));
        if (next > until) break;
        now = next;
        await runDue();
      }
      now = until;
    },
    async call<T>(
      method: string,
      path: string,
      json?: unknown,
      key = settings['apiKey'] ?? '',
    ): Promise<Answer<T>> {
      const response = await fetch(`${settings['apiBase'] ?? ''}${path}`, {
        method,
        headers: {
          authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      const text = await response.text();
      const body = (text === '' ? {} : JSON.parse(text)) as T;
      return { status: response.status, body, headers: response.headers };
    },
    async act(path, fields = {}) {
      return emulator.pages.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      });
    },
    async page(path) {
      return (await emulator.pages.request(path)).text();
    },
  };
};

/** The newest two candidates: an applicant with an e-mail address, and one without. */
export const firstTwo = async (rig: Rig): Promise<[OpportunityJson, OpportunityJson]> => {
  const { body } = await rig.call<Listed<OpportunityJson>>('GET', '/opportunities?limit=2');
  const [first, second] = body.data;
  if (!first || !second) throw new Error('the rig has no candidates');
  return [first, second];
};

/** A key with these permissions, made on the vendor's page. */
export const makeKey = async (rig: Rig, permissions: readonly string[]): Promise<string> => {
  const form = new URLSearchParams({ name: 'test' });
  for (const permission of permissions) form.append('permissions', permission);
  const response = await rig.emulator.pages.request('/settings/credentials', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const [, key] = /<code id="new-key">(\w+)<\/code>/.exec(await response.text()) ?? [];
  if (key === undefined) throw new Error('no key was shown');
  return key;
};
