/**
 * What a connector is.
 *
 * A connector is a folder whose name is its id and whose `index.ts` default-exports
 * `defineConnector({...})`. It speaks to exactly one vendor, knows nothing of the hub, and is told
 * everything it needs through a `Link`. What a vendor can do is a set of capability objects that
 * are present or absent; inside one, a method is optional only where a whole class of vendors
 * lacks the thing.
 *
 * Rules every connector keeps (the conformance suite checks them against its emulator):
 * - one `await` to one vendor per step; never a retry, never a sleep: policy stands in `jobs/`;
 * - every failure is a `ConnectorError` whose `kind` is right and whose text holds no secret;
 * - every create takes a `ref` (short, opaque, no personal data) and leaves it at the vendor, so
 *   that `find(ref)` can tell after a crash whether the thing was made;
 * - vendors' answers are parsed loosely: unknown keys are ignored, null and absent are alike.
 */
import type { Socket } from 'node:net';
import type { z } from 'zod';
import type {
  AssessmentResult,
  Candidate,
  Choice,
  Job,
  Note,
  OAuthTokens,
  Stage,
  User,
  Verification,
  Wake,
} from '#core/model.ts';

import type { AtsInterviews, BusySource, Mail } from './contract-scheduling.ts';

export type { OAuthTokens, Permission, Verification, Wake } from '#core/model.ts';
export * from './contract-errors.ts';
export type * from './contract-scheduling.ts';

// ---- Outgoing requests

export interface HttpRequest {
  /** For messages, metrics and logs: the vendor's operation without ids or secrets. */
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  /** Appended to the URL; arrays repeat the key; undefined entries are left out. */
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  /** Sent as `application/json`. */
  json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`. */
  form?: Record<string, string>;
  /** Milliseconds until the whole answer must be read; default 10,000. */
  timeout?: number;
  /** Bytes of answer at most; default 5 MiB. */
  maxBytes?: number;
  /** Statuses other than 2xx that the connector wants to read itself instead of an error. */
  accept?: readonly number[];
  /** True where the request changes nothing although its method is not GET (RPC over POST). */
  readOnly?: boolean;
}

export interface HttpResponse {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body. Throws `unexpected_shape` when it is not JSON (an HTML page, say). */
  json(): unknown;
}

/**
 * The only way a connector reaches its vendor. Made by `connectors/http.ts`: rate limit, time-out,
 * size limit, address guard, no redirects, and every failure as a `ConnectorError`.
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * A TCP connection for vendors that speak no HTTP, made by `connectors/dial.ts`: address guard and
 * time-out, failures as `ConnectorError`s. Encryption is up to the protocol on it.
 */
export type Dial = (request: {
  operation: string;
  host: string;
  port: number;
  /** Milliseconds until the connection must stand; default 10,000. */
  timeout?: number;
}) => Promise<Socket>;

// ---- The link between the hub and one account

/**
 * Where OAuth tokens live. `refresh` is single-flight over all processes of the hub: `exchange` is
 * called by one of them with the tokens as stored now, and its result is stored before anyone uses it.
 */
export interface TokenStore {
  /** The app that the tokens were issued to; a refresh has to name it again. */
  client: OAuthClient;
  read(): Promise<OAuthTokens>;
  refresh(
    stale: OAuthTokens,
    exchange: (current: OAuthTokens) => Promise<OAuthTokens>,
  ): Promise<OAuthTokens>;
}

/** Who has which of the links that are pasted into the settings: kept by the hub, over all processes. */
export interface LinkPool {
  /**
   * The first of `links` that nobody has, from now on this `ref`'s for good; the one it has already,
   * when it asks again. Null: none is left.
   */
  take(ref: string, links: readonly string[]): Promise<string | null>;
  find(ref: string): Promise<string | null>;
}

export interface Link<Settings = unknown> {
  settings: Settings;
  http: Http;
  dial: Dial;
  now(): number;
  /** Absent for a draft that is not stored yet. */
  pool?: LinkPool;
  /** Present when the connection was made by OAuth instead of a pasted key. */
  tokens?: TokenStore;
}

// ---- Settings and verification

/** A known place where a vendor's API stands, with the settings that lead there. */
export interface KnownHost {
  id: string;
  name: string;
  settings: Record<string, string>;
}

// ---- Capabilities

export interface Page<T> {
  items: T[];
  /** Opaque; null on the last page. */
  next: string | null;
}

/** An applicant tracking system. */
export interface Ats {
  stages(): Promise<Stage[]>;
  tags(): Promise<Choice[]>;
  jobs(): Promise<Job[]>;
  users(): Promise<User[]>;
  /** The candidacy as it is now; null when it is gone or not visible to this key. */
  candidate(remoteId: string): Promise<Candidate | null>;
  /** Candidacies of a person whose address or name matches; at most 100. */
  search(query: { email?: string; name?: string }): Promise<Candidate[]>;
  /** Candidacies that are in this stage now, archived ones left out. */
  inStage(stageId: string, cursor: string | null): Promise<Page<Candidate>>;
  /** Candidacies of this person (a contact got an address, say). */
  ofPerson(personId: string): Promise<string[]>;
  /**
   * What changed since `cursor` (null: start from now and return none). `remoteIds` may hold more
   * than what changed, never less; `more` asks for another call at once. A cursor that the vendor
   * no longer knows is answered by a full scan, not by an error.
   */
  changes(cursor: string | null): Promise<{ remoteIds: string[]; cursor: string; more: boolean }>;
  /**
   * Whether `changes` surely tells of a tag or an address that was added. Where the vendor does not
   * say so, the sweep also reads the stages of rules.
   */
  changesTellOfTags: boolean;
  /** Adds a note that carries `ref`; returns the note's id. */
  addNote(remoteId: string, note: Note, ref: string): Promise<{ id: string }>;
  /** The note that carries `ref`, if it is there. */
  findNote(remoteId: string, ref: string): Promise<{ id: string } | null>;
  /** Replaces a note's text. Absent where notes are immutable. */
  updateNote?(remoteId: string, noteId: string, note: Note, ref: string): Promise<void>;
  /** Shows an address on the candidacy; showing it twice is showing it once. Absent: use a note. */
  addLink?(remoteId: string, url: string): Promise<void>;
  interviews?: AtsInterviews;
}

export interface LiveSession {
  id: string;
  /** One URL for everybody: no vendor issues separate ones for interviewer and candidate. */
  url: string;
}

/** Live coding rooms. */
export interface LiveSessions {
  /**
   * Milliseconds that a link lives after it was made; null: for good. Where it would die before the
   * interview is over, invites carry the hub's own address and the room is made in time.
   */
  linkLifetime: number | null;
  /** What a room can be started with; empty where the vendor has no templates. */
  templates(): Promise<Choice[]>;
  create(request: {
    ref: string;
    title: string;
    templateId: string | null;
    candidate: { name: string; email: string | null };
  }): Promise<LiveSession>;
  find(ref: string): Promise<LiveSession | null>;
  /**
   * Nobody can use it any more: ended, deleted, or over already. `unused` where the vendor can do
   * neither (or this key may not): it lives on, marked as unused in its name where it has one.
   */
  end(id: string): Promise<'ended' | 'unused'>;
}

export interface Invited {
  id: string;
  /** The link that the candidate opens. */
  url: string;
  /** The recruiter's page of this invitation at the vendor, where there is one. */
  dashboardUrl: string | null;
  /** Until when the candidate can begin; left out where the vendor does not tell. */
  expiresAt?: number | null;
}

/** Tests that are sent and come back with a result. */
export interface Assessments {
  tests(): Promise<Choice[]>;
  /** Whether `mail: 'none'` is obeyed; false where the vendor always mails, or does not say. */
  canKeepQuiet: boolean;
  /**
   * Makes the invitation. `mail`: the vendor mails the candidate (default), or the hub brings the
   * link. `callbackUrl`: the connection's own hook, for vendors that are told per invitation where
   * to report.
   */
  invite(request: {
    ref: string;
    testId: string;
    candidate: { name: string; email: string };
    mail?: 'platform' | 'none';
    callbackUrl?: string | null;
  }): Promise<Invited>;
  find(ref: string): Promise<Invited | null>;
  /** Null when the vendor no longer has it. */
  result(id: string): Promise<AssessmentResult | null>;
  /** Takes an invitation back. `too_late` when the candidate has already begun. */
  cancel(id: string): Promise<'cancelled' | 'too_late' | 'gone'>;
}

export type SubscribeOutcome =
  /** `secret` only where the vendor chose it (Lever); else the one that was given holds. */
  | { state: 'subscribed'; id: string; enabled: boolean; secret?: string }
  /** The vendor has it, but tells no id: it can later be deleted by hand only. */
  | { state: 'exists_id_unknown' }
  /** The one place for a URL is taken by somebody else's; never replaced without consent. */
  | { state: 'foreign'; url: string }
  /** No API: the admin enters it in the vendor's product. */
  | { state: 'manual'; where: string }
  /** Nothing to register: every invitation carries the URL (`callbackUrl`). */
  | { state: 'per_invitation' };

/** Registering our own webhooks at the vendor. */
export interface Webhooks {
  /**
   * Makes sure that exactly one hook for `event` points at `url`, whatever an earlier try left
   * behind. `known` is what the hub remembers of it. A hook of ours at another host (the public URL
   * changed) is recognised by the last path segment of `url`, which is unguessable and kept for life.
   */
  subscribe(request: {
    event: string;
    url: string;
    secret: string;
    known: { id: string; url: string; secretStored: boolean } | null;
    /** The admin agreed that a foreign hook may be replaced. */
    replaceForeign: boolean;
  }): Promise<SubscribeOutcome>;
  /** `manual` when only a person can delete it in the vendor's product. */
  unsubscribe(hook: {
    event: string;
    id: string | null;
    url: string;
  }): Promise<'deleted' | 'gone' | 'manual'>;
  /** `unknown` where the vendor gives no way to ask. */
  health(hook: {
    event: string;
    id: string | null;
    url: string;
  }): Promise<'enabled' | 'disabled' | 'gone' | 'unknown'>;
  /** Switches on a hook that the vendor made disabled (a failed ping). Absent: not a thing there. */
  enable?(hook: { event: string; id: string }): Promise<'enabled' | 'disabled'>;
}

export interface Capabilities {
  ats?: Ats;
  liveSessions?: LiveSessions;
  assessments?: Assessments;
  webhooks?: Webhooks;
  mail?: Mail;
  busy?: BusySource;
}

// ---- Incoming webhooks (pure: no link, no I/O)

export interface RawDelivery {
  headers: Headers;
  body: Uint8Array;
  /** The public URL as registered at the vendor; some sign it. */
  url: string;
}

export interface ParsedDelivery {
  /** The vendor's event name; `ping` for a test of the line. */
  event: string;
  /** The sender's id of this event, stable over its retries; null: the body's hash serves. */
  dedupeKey: string | null;
  wakes: Wake[];
}

/** Pure half of a connector's webhooks. */
export interface WebhookFormat {
  /** The events the hub wants a hook for. `''` where one hook carries everything. */
  events: readonly string[];
  /** `''` where the vendor signs nothing: the URL itself is the secret. */
  signature: 'required' | 'none';
  /** Constant time; truncated, longer or wrong-case signatures fail. */
  verify(delivery: RawDelivery, secrets: readonly string[]): boolean;
  /** Throws `ConnectorError` `unexpected_shape` when it is no delivery of this vendor. */
  parse(delivery: RawDelivery): ParsedDelivery;
  /** What to tell an admin whose hook is registered and has been silent so far. */
  silentHint: string;
}

// ---- OAuth

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

/** Authorization-code OAuth, where the vendor has it. */
export interface OAuth<Settings> {
  /** Settings that the tokens tell by themselves, such as the user who consented. */
  settingsFrom(tokens: OAuthTokens): Record<string, string>;
  /** The vendor's id of the account that consented; null where the tokens do not tell it. */
  accountOf(tokens: OAuthTokens): string | null;
  /** Where the browser is sent for consent. */
  authorizeUrl(request: {
    settings: Settings;
    client: OAuthClient;
    redirectUri: string;
    state: string;
  }): string;
  exchangeCode(request: {
    settings: Settings;
    client: OAuthClient;
    redirectUri: string;
    code: string;
    http: Http;
    now: number;
  }): Promise<OAuthTokens>;
  refresh(request: {
    settings: Settings;
    client: OAuthClient;
    refreshToken: string;
    http: Http;
    now: number;
  }): Promise<OAuthTokens>;
}

// ---- The connector

export interface RateLimit {
  /** Requests per second over all processes of the hub; 0 = none known. */
  perSecond: number;
  burst: number;
}

/**
 * Settings are a flat zod object of strings, numbers and booleans. Every field has a
 * `.meta({ title, description })`; secret ones are `secret()` from `connectors/settings.ts`,
 * hosts are `hostUrl()`.
 */
export interface Connector<Schema extends z.ZodObject = z.ZodObject> {
  /** The folder's name. */
  id: string;
  name: string;
  docsUrl: string;
  role: 'ats' | 'coding' | 'mail' | 'busy';
  hosts: readonly KnownHost[];
  settings: Schema;
  rateLimit: RateLimit;
  webhooks?: WebhookFormat;
  oauth?: OAuth<z.output<Schema>>;
  /** Throws `ConnectorError` when the key does not work at all. */
  verify(link: Link<z.output<Schema>>): Promise<Verification>;
  /** No I/O: closures over the link. */
  connect(link: Link<z.output<Schema>>): Capabilities;
}

/** Identity that lets the compiler check a connector against its own settings schema. */
export const defineConnector = <Schema extends z.ZodObject>(
  connector: Connector<Schema>,
): Connector<Schema> => connector;
