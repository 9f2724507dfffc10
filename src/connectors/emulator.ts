/**
 * What an emulator is: a vendor's documented HTTP contract with its limits, errors, oddities and
 * signed webhooks, plus small pages on which a person plays the vendor's side. Unit tests inject
 * `api.request` as `fetch`; the sandbox serves it on a real socket.
 *
 * Everything that varies is handed in: clock, timers, randomness by seed, outgoing fetch. State is
 * one plain JSON value, so that the sandbox can keep it over a restart.
 */
import type { Hono } from 'hono';
import type { Fetch } from '#connectors/http.ts';

/** A mail that a vendor sends to a person; the sandbox shows it on its mailbox page. */
export interface EmulatedMail {
  from: string;
  to: string;
  subject: string;
  text: string;
  sentAt: number;
  /** The whole message as it was sent, where it came by a mail server. */
  raw?: string;
  /** Its page, and the calendar object in it. */
  html?: string;
  calendar?: string;
}

export interface EmulatorOptions {
  /** The same seed makes the same data. */
  seed: number;
  /** How many candidates (or, at a coding platform, nothing) to begin with. */
  candidates: number;
  now(): number;
  /** Runs `task` after `milliseconds`; the answer cancels it. */
  later(milliseconds: number, task: () => void): () => void;
  /** Sends webhooks. */
  fetch: Fetch;
  /** Where the emulator is reachable, such as `http://127.0.0.1:4001/lever`; no trailing slash. */
  origin: string;
  /** Requests per second: the vendor's own limit, or a number; 0 lifts it. */
  rate: 'vendor' | number;
  /** Vendors that demand https for webhook addresses accept http to loopback as well. */
  allowHttpLoopback: boolean;
  deliverMail(mail: EmulatedMail): void;
  /** State as `snapshot()` gave it in an earlier life; replaces the seeded data. */
  saved?: unknown;
  /** Called after every change of state. */
  changed(): void;
}

/** One request that reached the vendor's API, for tests that ask what really happened. */
export interface RecordedRequest {
  at: number;
  method: string;
  /** Path and query; keys are replaced by `***`. */
  path: string;
  body: string;
  status: number;
}

/** What goes wrong next. Each entry is used up by `times` matching requests, then gone. */
export interface Fault {
  /**
   * - a status: answered instead of doing anything; 421, 451 and 550 are a mail server's
   * - `hang`: never answers, does nothing
   * - `drop_before`: the connection breaks, nothing done
   * - `drop_after`: everything is done, then the connection breaks before the answer
   * - `hang_after`: everything is done, then no answer ever comes
   * - `html`: a web page instead of data, nothing done
   */
  kind:
    | (429 | 500 | 503 | 401 | 403 | 404)
    | (421 | 451 | 550)
    | ('hang' | 'drop_before' | 'drop_after' | 'hang_after' | 'html');
  /** Only requests whose `METHOD /path` contains this; empty: all. */
  match: string;
  times: number;
  /** 0..1: only this share of the matching requests (drawn by seed); default 1. */
  share?: number;
  /** Sent with 429 and 503 where given. */
  retryAfter?: string;
}

/** What goes wrong with the webhooks that are sent from now on. */
export interface WebhookFaults {
  /** Nothing is sent at all. */
  drop: boolean;
  /** Each delivery is sent this many times (1 = as it should be). */
  copies: number;
  /** Milliseconds added before the first attempt. */
  delay: number;
  /** Deliveries are kept back and sent in reverse order, this many at a time (0 = off). */
  reverse: number;
  /** Signatures are made with a wrong key; where nothing is signed, the body is made up. */
  forge: boolean;
}

/** What can go wrong with a request, as a page offers it: `[503, 'is away (503)']`. */
export type FaultOffer = readonly [kind: Fault['kind'], label: string];

export interface Emulator {
  id: string;
  name: string;
  /** Where the vendor speaks no HTTP: what can go wrong instead, and what requests look like. */
  faultOffers?: { kinds: readonly FaultOffer[]; example: string };
  /** What a person can do on the pages, one short phrase each; shown on the sandbox's front page. */
  playable?: readonly string[];
  /** The vendor's API at the vendor's own paths; the sandbox mounts it under `/<id>/api`. */
  api: Hono;
  /** Pages for a person; the sandbox mounts them under `/<id>`. */
  pages: Hono;
  /** What a client needs to reach it: base addresses and working credentials, by settings name. */
  credentials(): Record<string, string>;
  requests: RecordedRequest[];
  faults: Fault[];
  webhookFaults: WebhookFaults;
  /** What it has told or is about to tell, newest last; none where it has no webhooks. */
  webhooks?: ReadonlyArray<{ state: string; attempts: readonly unknown[] }>;
  snapshot(): unknown;
  /** Where the vendor speaks no HTTP: opens its own port (0: any) and answers with `host:port`. */
  listen?(host: string, port: number): Promise<string>;
  /** Cancels every timer, and closes a port of its own. */
  stop(): void;
}

export type CreateEmulator = (options: EmulatorOptions) => Emulator;
