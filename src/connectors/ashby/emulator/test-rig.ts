/** An emulator under test: a clock that moves by hand, timers that fire with it, a receiver. */
import assert from 'node:assert/strict';
import type { Emulator, EmulatorOptions } from '#connectors/emulator.ts';
import { createEmulator } from './index.ts';

export interface Received {
  url: string;
  headers: Headers;
  body: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body, loosely typed: tests look into it by path. */
  body: Loose;
}

/** Any part of a JSON answer; a missing part is undefined and not an error. */
export interface Loose {
  readonly [name: string]: Loose;
}

export interface Rig {
  emulator: Emulator;
  /** Deliveries so far; `answer` decides what the receiver says next. */
  received: Received[];
  receiver: { answer: (delivery: Received) => Promise<number> | number };
  call(endpoint: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, form?: Record<string, string>): Promise<Response>;
  page(path: string): Promise<string>;
  /** Moves the clock, fires the timers that are due and lets deliveries finish. */
  advance(milliseconds: number): Promise<void>;
  changes(): number;
}

export const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

export const createRig = (overrides: Partial<EmulatorOptions> = {}): Rig => {
  let now = Date.UTC(2026, 10, 2, 9);
  let changes = 0;
  const timers = new Set<{ at: number; task: () => void }>();
  const received: Received[] = [];
  const receiver: Rig['receiver'] = { answer: () => 204 };
  const emulator = createEmulator({
    seed: 7,
    candidates: 30,
    now: () => now,
    later(milliseconds, task) {
      const timer = { at: now + milliseconds, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async fetch(url, init) {
      const delivery = { url, headers: new Headers(init.headers), body: String(init.body) };
      received.push(delivery);
      const status = await receiver.answer(delivery);
      if (status === 0) throw new TypeError('fetch failed');
      return new Response(null, { status });
    },
    origin: 'http://emulator.test/ashby',
    rate: 0,
    allowHttpLoopback: false,
    deliverMail: () => undefined,
    changed: () => {
      changes += 1;
    },
    ...overrides,
  });

  /** Deliveries are chains of promises without timers, so a turn of the loop ends them. */
  const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

  return {
    emulator,
    received,
    receiver,
    async call(endpoint, body = {}, headers = {}) {
      const response = await emulator.api.request(`/${endpoint}`, {
        method: 'POST',
        headers: {
          'user-agent': 'test',
          'content-type': 'application/json',
          authorization: basic(emulator.credentials()['apiKey'] ?? ''),
          ...headers,
        },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: (isJson ? JSON.parse(text) : {}) as Loose,
      };
    },
    post: async (path, form = {}) =>
      emulator.pages.request(path, { method: 'POST', body: new URLSearchParams(form) }),
    page: async (path) => (await emulator.pages.request(path)).text(),
    async advance(milliseconds) {
      now += milliseconds;
      for (const timer of [...timers].sort((one, other) => one.at - other.at)) {
        if (timer.at > now || !timers.delete(timer)) continue;
        timer.task();
      }
      await settle();
    },
    changes: () => changes,
  };
};

/** A well-formed id of nothing. */
export const unknownId = '00000000-0000-4000-8000-000000000000';

/** The results of a call that must succeed. */
export const results = async (rig: Rig, endpoint: string, body: unknown = {}): Promise<Loose> => {
  const answer = await rig.call(endpoint, body);
  assert.equal(answer.body['success'], true, `${endpoint}: ${answer.text}`);
  return answer.body['results'] ?? {};
};
/** A part of an answer that is an array. */
export const items = (list: Loose | undefined): Loose[] => list as unknown as Loose[];
/** The code of a call that must be refused inside a 200. */
export const code = async (rig: Rig, endpoint: string, body: unknown = {}): Promise<unknown> => {
  const answer = await rig.call(endpoint, body);
  assert.equal(answer.status, 200);
  assert.equal(answer.body['success'], false, answer.text);
  return answer.body['errorInfo']?.['code'];
};
/** A key made on the admin page, as a person would. */
export const makeKey = async (rig: Rig, form: Record<string, string>): Promise<string> => {
  const page = await (await rig.post('/admin/api/keys', form)).text();
  const key = /id="api-key"[^>]*>\s*([0-9a-f]+)\s*</.exec(page)?.[1];
  assert.ok(key, 'the page shows the key');
  return key;
};
export const withKey = (key: string) => ({ authorization: basic(key) });

/** The first application, its plan's stages, and an archive reason. */
export const opening = async (rig: Rig) => {
  const application = (await results(rig, 'application.list', { limit: 1 }))['0'];
  const interviewPlanId = application?.['currentInterviewStage']?.['interviewPlanId'];
  const stages = items(await results(rig, 'interviewStage.list', { interviewPlanId }));
  const reason = (await results(rig, 'archiveReason.list'))['0']?.['id'];
  const stage = (title: string): unknown =>
    stages.find((one) => one['title'] === (title as unknown))?.['id'];
  return {
    applicationId: application?.['id'],
    candidateId: application?.['candidate']?.['id'],
    stage,
    reason,
  };
};
