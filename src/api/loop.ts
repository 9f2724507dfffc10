/** Reads which interview the panel engine is asked about, within the reach of whoever asks. */
import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { invalid, notFound } from '#core/errors.ts';
import type { RoomChoice } from '#core/interview/model.ts';
import { checkLayer, checkRooms } from '#jobs/check-layer.ts';
import { fittingTemplate } from '#jobs/draft-interview.ts';
import type { Quest } from '#jobs/find-schedules.ts';
import type { Hub } from '#jobs/hub.ts';
import { loopOfInterview, loopOfWish, type Loop } from '#jobs/panel-problem.ts';
import { settleWish, type EventWish, type LoopWish } from '#jobs/plan-interview.ts';
import { readCandidate } from '#jobs/read-candidate.ts';
import { findCandidate, type CandidateRow } from '#store/candidates.ts';
import { findInterview, type InterviewRow } from '#store/interviews.ts';
import { findPersonByEmail } from '#store/people.ts';
import type { ApiEnv } from './context.ts';
import type { BestSchema, loopFields } from './present/loop.ts';
import type { EventWishSchema, LayerSchema } from './present/scheduling-input.ts';
import { isWithin, mustReach, ownJobs } from './scope.ts';

/** The interview, when it lies within the actor's reach. */
export const interviewWithin = async (
  c: Context<ApiEnv>,
  hub: Hub,
  id: string,
): Promise<InterviewRow> => {
  const row = await findInterview(hub.db, id);
  if (c.get('reach') === 'own_events') {
    const { email } = c.get('actor');
    const person = email === null ? null : await findPersonByEmail(hub.db, email);
    const sits = row.plan.events.some(({ seats }) =>
      seats.some((seat) => seat.personId === person?.id),
    );
    if (!sits) throw notFound('interview', id);
    return row;
  }
  const candidate = await findCandidate(hub.db, row.candidate_id);
  mustReach(await ownJobs(c, hub.db), candidate, 'interview', id);
  return row;
};

/** What is said of an interview that is to be. */
export interface WishInput {
  connectionId: string;
  candidateId: string;
  templateId: string | null;
  candidateZone: string | null;
  layer: z.infer<typeof LayerSchema>;
  events: Array<z.infer<typeof EventWishSchema>>;
}

export interface ReadWish extends LoopWish {
  events: Array<Partial<EventWish>>;
}

export const readWish = async (
  c: Context<ApiEnv>,
  hub: Hub,
  given: WishInput,
): Promise<{ wish: ReadWish; candidate: CandidateRow }> => {
  const { connectionId, candidateId, candidateZone } = given;
  const candidate = await readCandidate(hub, connectionId, candidateId);
  if (!isWithin(await ownJobs(c, hub.db), candidate)) throw notFound('candidate', candidateId);
  const layer = await checkLayer(hub, given.layer, 'layer');
  const templateId = given.templateId ?? (await fittingTemplate(hub.db, candidate))?.id ?? null;
  const codings = await codingsOf(hub, given.events, { templateId, layer });
  const events = given.events.map(({ start, coding: _ids, ...event }, index) => ({
    ...said({ ...event, coding: codings[index] }),
    ...(start === undefined ? {} : { start: Date.parse(start) }),
  }));
  return { candidate, wish: { connectionId, templateId, candidateZone, layer, events } };
};

/** What is used at the platforms for each event. What a template says already may be gone at its vendor. */
const codingsOf = async (
  hub: Hub,
  events: WishInput['events'],
  about: Parameters<typeof settleWish>[1],
): Promise<Array<RoomChoice[] | undefined>> => {
  if (events.every(({ coding = [] }) => coding.length === 0)) return events.map(({ coding }) => coding && []);
  const settled = await settleWish(hub.db, about);
  const known = settled.events.flatMap(({ coding = [] }) => coding);
  return Promise.all(
    events.map(async ({ coding }, index) =>
      coding && checkRooms(hub, coding, `events.${String(index)}.coding`, known),
    ),
  );
}; // prettier-ignore

/** Without the fields that were left out. */
const said = (event: Record<string, unknown>): Partial<EventWish> =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));

type SearchInput = Omit<z.infer<typeof BestSchema>, 'keep'>;

/** Null: every event has its start. Throws `input_invalid` where it is half said. */
export const searchOf = (
  given: Omit<SearchInput, 'from' | 'to'> & {
    from?: string | undefined;
    to?: string | undefined;
    events: WishInput['events'];
  },
): SearchInput | null => {
  const { events, from, to, windows, startEvery, repeat, relax } = given;
  const open = events.findIndex(({ start }) => start === undefined);
  const isTimed = events.some(({ start }) => start !== undefined);
  if (isTimed && open < 0) return null;
  if (!isTimed && from !== undefined && to !== undefined)
    return { from, to, windows, startEvery, repeat, relax };
  const missing = isTimed ? `events.${String(open)}.start` : from === undefined ? 'from' : 'to';
  throw invalid(
    'input_invalid',
    `request: ${missing} is missing. Give every event its start; or none, and between which times to search.`,
    missing,
  );
};

export const startsOf = (events: ReadonlyArray<Partial<EventWish>>): EventWish[] =>
  events.map((event) => ({ ...event, start: event.start ?? 0 }));

export const toSpans = (windows: SearchInput['windows']): Quest['windows'] =>
  windows?.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) })) ?? null;

/** Throws `search_past` where nothing is left of the time asked for. */
export const readQuest = (
  c: Context<ApiEnv>,
  hub: Hub,
  { from, to, windows, startEvery, repeat, relax }: SearchInput,
  { schedules = 1, timeLimitMs = 2_000 }: { schedules?: number; timeLimitMs?: number } = {},
): Quest => {
  const horizon = { start: Math.max(Date.parse(from), hub.now()), end: Date.parse(to) };
  if (horizon.end <= horizon.start)
    throw invalid(
      'search_past',
      'interview: the time to search ends before it begins, or is over already. Give a later end.',
      'to',
    );
  return {
    horizon,
    windows: toSpans(windows),
    startEvery,
    repeat,
    relax,
    schedules,
    timeLimitMs,
    signal: c.req.raw.signal,
  };
};

/** Throws `input_invalid` naming the field. */
export const needed = <T>(value: T | undefined, field: string): T => {
  if (value !== undefined) return value;
  throw invalid(
    'input_invalid',
    `request: ${field} is missing. Correct it and send the request again.`,
    field,
  );
};

const ofInterviews = [
  'interviewId',
  'connectionId',
  'candidateId',
  'from',
  'to',
  'windows',
] as const;

type LoopInput = z.infer<z.ZodObject<typeof loopFields>>;

/** A panel says everything: whatever is said of an interview beside it would be overlooked. */
export const onlyPanel = <P>(given: LoopInput & { panel?: P | undefined }): P => {
  const other = ofInterviews.find((field) => given[field] !== undefined);
  if (other === undefined) return needed(given.panel, 'panel');
  throw invalid(
    'input_invalid',
    `request: ${other} is said beside a panel. Give a panel, or an interview.`,
    other,
  );
};

/** The interview that a question is about: one that stands, or one that is to be. */
export const readLoop = async (
  c: Context<ApiEnv>,
  hub: Hub,
  given: LoopInput & { timeLimitMs: number },
  eventId: string | null = null,
): Promise<{ loop: Loop; quest: Quest; row: InterviewRow | null }> => {
  const { interviewId, connectionId, candidateId, keep, timeLimitMs } = given;
  if (interviewId === undefined && connectionId === undefined && candidateId === undefined)
    throw invalid(
      'input_invalid',
      'request: panel is missing. Give a panel, or an interview: interviewId, or connectionId and candidateId.',
      'panel',
    );
  const from = needed(given.from, 'from');
  const to = needed(given.to, 'to');
  const quest = readQuest(c, hub, { ...given, from, to }, { timeLimitMs });
  if (interviewId !== undefined) {
    const row = await interviewWithin(c, hub, interviewId);
    return { quest, row, loop: await loopOfInterview(hub.db, row, { eventId, keep }) };
  }
  const about = {
    connectionId: needed(connectionId, 'connectionId'),
    candidateId: needed(candidateId, 'candidateId'),
  };
  const { wish, candidate } = await readWish(c, hub, { ...given, ...about });
  const loop = await loopOfWish(hub.db, { ...wish, candidateId: candidate.id });
  return { quest, row: null, loop: ofEvent(loop, eventId) };
};

const ofEvent = (loop: Loop, eventId: string | null): Loop => {
  const events = loop.events.filter(({ id }) => eventId === null || id === eventId);
  if (events.length > 0 || loop.events.length === 0) return { ...loop, events };
  throw invalid(
    'event_not_found',
    `interview: there is no event ${eventId ?? ''} in it. Its events are ${loop.events.map(({ id }) => id).join(', ')}.`,
    'eventId',
  );
};
