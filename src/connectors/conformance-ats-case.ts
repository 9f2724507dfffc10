/**
 * An emulated applicant tracking system with candidates and its client in one process, on a clock
 * that stands still until a test moves it. For the conformance suite and the vendors' own tests.
 */
import { noDial } from '#connectors/dial.ts';
import assert from 'node:assert/strict';
import { untilAborted } from '#connectors/conformance-coding-case.ts';
import type { Ats, Capabilities, Connector, Link, RawDelivery } from '#connectors/contract.ts';
import type { CreateEmulator, Emulator } from '#connectors/emulator.ts';
import { createHttp, type Fetch } from '#connectors/http.ts';
import type { Candidate } from '#core/model.ts';

export interface AtsCaseOverrides {
  /** Replaces single settings, such as a key by a wrong one; undefined takes one away. */
  settings?: Record<string, string | undefined>;
  /** Present: the connection was made by OAuth. */
  tokens?: Link['tokens'];
  /** How many candidates the account has; default 140, so that lists have several pages. */
  candidates?: number;
  /** Stands between client and emulator. */
  fetch?: (emulated: Fetch) => Fetch;
  /** Milliseconds for every request of the client. */
  timeout?: number;
}

export interface AtsCase {
  emulator: Emulator;
  link: Link<Record<string, unknown>>;
  capabilities: Capabilities;
  ats: Ats;
  /** What the emulator sent to hooks, as the hub would receive it; each is answered 200. */
  deliveries: RawDelivery[];
  now(): number;
  /** Moves the clock and runs what became due. */
  advance(milliseconds: number): void;
  /** A request to the emulator's pages, `path` below its base; forms are urlencoded. */
  page(path: string, form?: Record<string, string>): Promise<Response>;
}

const beginning = Date.UTC(2026, 10, 23, 9);

export const openAtsCase = (
  connector: Connector,
  createEmulator: CreateEmulator,
  overrides: AtsCaseOverrides = {},
): AtsCase => {
  const deliveries: RawDelivery[] = [];
  const due = new Map<() => void, number>();
  let now = beginning;
  const emulator = createEmulator({
    seed: 7,
    candidates: overrides.candidates ?? 140,
    now: () => now,
    later: (milliseconds, task) => {
      due.set(task, now + milliseconds);
      return () => due.delete(task);
    },
    fetch: (url, init) => {
      const body = new TextEncoder().encode(typeof init.body === 'string' ? init.body : '');
      deliveries.push({ url, headers: new Headers(init.headers), body });
      return new Response(null, { status: 200 });
    },
    origin: `http://emulator.test/${connector.id}`,
    rate: 0,
    allowHttpLoopback: true,
    deliverMail: () => undefined,
    changed: () => undefined,
  });
  const emulated: Fetch = (url, init) => {
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
    ...(overrides.tokens ? { tokens: overrides.tokens } : {}),
  };
  const capabilities = connector.connect(link);
  assert.ok(capabilities.ats, `${connector.id} has no Ats capability`);
  return {
    emulator,
    link,
    capabilities,
    ats: capabilities.ats,
    deliveries,
    now: () => now,
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

/** Everybody in a stage, page after page. */
export const everybodyIn = async (ats: Ats, stageId: string): Promise<Candidate[]> => {
  const found: Candidate[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 100; pages += 1) {
    const page: Awaited<ReturnType<Ats['inStage']>> = await ats.inStage(stageId, cursor);
    found.push(...page.items);
    if (page.next === null) return found;
    cursor = page.next;
  }
  throw new assert.AssertionError({ message: 'inStage never comes to an end' });
};

/** Some candidate who is not archived and has an address. */
export const someCandidate = async (ats: Ats): Promise<Candidate> => {
  for (const stage of await ats.stages()) {
    const found = (await everybodyIn(ats, stage.id)).find(({ email }) => email !== null);
    if (found) return found;
  }
  throw new assert.AssertionError({ message: 'the emulator has no candidate with an address' });
};

/** All that a sweep is told from `cursor` on. */
export const sweep = async (
  ats: Ats,
  cursor: string,
): Promise<{ remoteIds: string[]; cursor: string }> => {
  const remoteIds: string[] = [];
  let at = cursor;
  for (let calls = 0; calls < 200; calls += 1) {
    const told = await ats.changes(at);
    remoteIds.push(...told.remoteIds);
    at = told.cursor;
    if (!told.more) return { remoteIds, cursor: at };
  }
  throw new assert.AssertionError({ message: 'changes never comes to an end' });
};
