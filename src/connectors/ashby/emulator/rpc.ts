/** How an emulated call is answered: lenient input, paging, syncing, refusals. */
import { z } from 'zod';
import type { Actions } from './actions.ts';
import { type Data, firstAfter } from './data.ts';
import type { Hooks } from './hooks.ts';
import {
  type Cursor,
  decodeCursor,
  decodeSyncToken,
  encodeCursor,
  encodeSyncToken,
} from './ids.ts';
import type { Listed, StoredApplication, StoredJob, StoredKey } from './model.ts';
import type { Json, Views } from './views.ts';

export interface Call {
  data: Data;
  views: Views;
  actions: Actions;
  hooks: Hooks;
  key: StoredKey;
  /** The key's owner, or the user that `X-On-Behalf-Of` names. */
  actorId: string;
  now: number;
}

/** A refusal inside a 200 [doc]. */
export class Refusal extends Error {
  readonly code: string;
  /** [code] `webhook.delete` of an unknown id has the `errors` array alone. */
  readonly bare: boolean;
  constructor(code: string, message: string, bare = false) {
    super(message);
    this.code = code;
    this.bare = bare;
  }
}

export const notFound = (noun: string): Refusal =>
  new Refusal(`${noun.replaceAll(' ', '_')}_not_found`, `No ${noun} exists with that id.`);

export const invalidInput = (message: string): Refusal => new Refusal('invalid_input', message);

/** Answers the parsed body with everything but `success`. */
export interface Endpoint {
  answer(body: unknown, call: Call): Json | Promise<Json>;
}

export const endpoint = <Input extends z.ZodType>(
  input: Input,
  run: (input: z.output<Input>, call: Call) => Json | Promise<Json>,
): Endpoint => ({
  answer(body, call) {
    const parsed = input.safeParse(body);
    if (parsed.success) return run(parsed.data, call);
    const issue = parsed.error.issues[0];
    throw invalidInput(`${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'not valid'}`);
  },
});

// ---------------------------------------------------------------------------------------------
// Input pieces; string-encoded booleans and numbers are taken [doc changelog]

export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, 'must be a UUID')
  .transform((id) => id.toLowerCase());

export const bool = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((text) => text === 'true'),
]);

const integer = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/, 'must be an integer')
    .transform(Number),
]);

/** [doc] Integer milliseconds; an ISO date is refused. */
export const millis = integer;

export const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const paging = {
  // [doc changelog] Null is accepted for both.
  cursor: z.string().nullish(),
  limit: integer.pipe(z.number().min(1).max(100)).default(100),
};

export const syncing = { ...paging, syncToken: z.string().nullish() };

// ---------------------------------------------------------------------------------------------
// Lists

/** Ashby documents that both expire, not when; these are the emulator's choice [inferred]. */
export const cursorLifetime = 3_600_000;
export const syncTokenLifetime = 7 * 86_400_000;
/** The limit of pages in an incremental run is undocumented as well [inferred]. */
const incrementalPages = 100;

interface ListInput {
  cursor?: string | null | undefined;
  syncToken?: string | null | undefined;
  limit: number;
}

export const listPage = <T extends Listed>(setup: {
  list: string;
  items: readonly T[];
  input: ListInput;
  call: Call;
  keep?: (item: T) => boolean;
  show: (item: T) => unknown;
  /** Lists without a `syncToken` parameter give none out. */
  syncs?: boolean;
}): Json => {
  const { list, items, input, call } = setup;
  const run = startOf(list, input, call);
  const chosen: T[] = [];
  let index = firstAfter(items, run.after);
  for (; index < items.length && chosen.length <= input.limit; index += 1) {
    const item = items[index];
    if (!item || (run.since !== null && item.rev <= run.since)) continue;
    if (setup.keep?.(item) ?? true) chosen.push(item);
  }
  const shown = chosen.slice(0, input.limit);
  const more = chosen.length > input.limit;
  const results = shown.map(setup.show);
  if (more) {
    const nextCursor = encodeCursor({
      ...run,
      after: shown.at(-1)?.seq ?? run.after,
      page: run.page + 1,
      issuedAt: call.now,
    });
    return { results, moreDataAvailable: true, nextCursor };
  }
  const syncToken = encodeSyncToken(list, run.began, call.now);
  return { results, moreDataAvailable: false, ...(setup.syncs === false ? {} : { syncToken }) };
};

const startOf = (list: string, input: ListInput, call: Call): Cursor => {
  const began = call.data.state.revision;
  if (input.cursor) {
    const cursor = decodeCursor(list, input.cursor);
    if (!cursor)
      throw new Refusal('invalid_next_cursor', 'The cursor cannot be read. Begin a new run.');
    if (call.now - cursor.issuedAt > cursorLifetime)
      throw new Refusal('next_cursor_expired', 'The cursor has expired. Begin a new run.');
    if (cursor.since !== null && cursor.page >= incrementalPages)
      throw new Refusal('incremental_sync_too_large', 'Too much has changed. Do a full sync.');
    return cursor;
  }
  const fresh: Cursor = { list, after: 0, began, since: null, page: 0, issuedAt: call.now };
  if (!input.syncToken) return fresh;
  const token = decodeSyncToken(list, input.syncToken);
  if (!token || token.revision > began)
    throw new Refusal('sync_token_invalid', 'The sync token cannot be read. Do a full sync.');
  if (call.now - token.issuedAt > syncTokenLifetime)
    throw new Refusal('sync_token_expired', 'The sync token has expired. Do a full sync.');
  return { ...fresh, since: token.revision };
};

// ---------------------------------------------------------------------------------------------
// What a key may see [doc]: confidential jobs and their applications only with the key's option

export const seesJob = (call: Call, job: StoredJob | undefined): job is StoredJob =>
  job !== undefined && (!job.confidential || call.key.confidentialJobs);

export const seesApplication = (call: Call, application: StoredApplication): boolean =>
  seesJob(call, call.data.jobs.get(application.jobId));
