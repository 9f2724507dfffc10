/**
 * What the hub knows, as the panel engine is asked: who may sit where, when they can, and when the
 * candidate can. Whatever `plan-interview.ts` would refuse is not offered.
 */
import { invalid } from '#core/errors.ts';
import { lacksAtsUser, membersOf, noAtsUser, type Pool } from '#core/interview/fill.ts';
import { rulesOf, type EventTemplate, type Settled } from '#core/interview/layers.ts';
import {
  loopPanel,
  without,
  workingDays,
  type LoopEvent,
  type Search,
} from '#core/interview/loop.ts';
import type { FilledSeat, Plan, PlannedEvent, Rules, SeatSource } from '#core/interview/model.ts';
import type { Panel, Resource } from '#core/panel/model.ts';
import type { Span } from '#core/people/conflicts.ts';
import { bookingsOf, metBy } from '#store/bookings.ts';
import { findCandidate } from '#store/candidates.ts';
import type { Executor } from '#store/database.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { readBusy, withoutOwn } from './busy-times.ts';
import { takenOf } from './candidate-times.ts';
import type { Hub } from './hub.ts';
import { gatherCrowd, type Crowd } from './interview-people.ts';
import { resourceOf } from './panel-resource.ts';
import { settleWish, type LoopWish } from './plan-interview.ts';

const day = 86_400_000;

/** What looks for its times: the events of a new interview, or of one that stands. */
export interface Loop {
  connectionId: string;
  /** The hub's id. */
  candidateId: string;
  interviewId: string | null;
  zone: string;
  rules: Rules;
  events: Array<Pick<LoopEvent, 'id' | 'name' | 'minutes'> & { seats: EventTemplate['seats'] }>;
  /** Events of the same interview that stay as they are. */
  fixed: readonly PlannedEvent[];
  /** The plan whose invites stand in calendars. */
  standing: Plan | null;
}

export interface Problem {
  panel: Panel;
  crowd: Crowd;
  events: LoopEvent[];
  /** What a coordinator should know: who is left out, and why. */
  remarks: string[];
}

/** Of an interview that is not there yet. */
export const loopOfWish = async (db: Executor, wish: LoopWish & { candidateId: string }): Promise<Loop> => {
  const settled = await settleWish(db, wish);
  const { remote, zone } = settled;
  const wished = wish.events.length > 0 ? wish.events : settled.events.map(() => ({}));
  return {
    connectionId: wish.connectionId,
    candidateId: wish.candidateId,
    interviewId: null,
    zone: remote ? (wish.candidateZone ?? zone) : zone,
    rules: rulesOf(settled),
    events: wished.map((one, index) => eventOf(one, settled, index)),
    fixed: [],
    standing: null,
  };
}; // prettier-ignore

const eventOf = (wish: Partial<EventTemplate>, settled: Settled, index: number): Loop['events'][number] => {
  const { name = 'Interview', minutes, seats = [] } = { ...settled.events[index], ...wish };
  if (minutes === undefined)
    throw invalid(
      'event_length_missing',
      'interview: nothing says how long an event takes. Give its minutes, or choose a template that does.',
      `events.${String(index)}.minutes`,
    );
  return { id: `e${String(index + 1)}`, name, minutes, seats: seats.map(({ chosen: _chosen, ...seat }) => seat) };
}; // prettier-ignore

/**
 * Of an interview that stands. `keep`: the same people; else whoever may sit there. `free`: one seat that
 * others may take in any case.
 */
export const loopOfInterview = async (
  db: Executor,
  {
    id,
    plan,
    connection_id,
    candidate_id,
    template_id,
  }: Pick<InterviewRow, 'id' | 'plan' | 'connection_id' | 'candidate_id' | 'template_id'>,
  { eventId, keep, free }: About,
): Promise<Loop> => {
  const named = (personIds: string[]): SeatSource => ({ kind: 'people', personIds });
  const isFree = (event: string, place: number): boolean =>
    free?.eventId === event && free.place === place;
  const moved = plan.events.filter((event) => eventId === null || event.id === eventId);
  if (moved.length === 0)
    throw invalid(
      'event_not_found',
      `interview: there is no event ${eventId ?? ''} in it. Its events are ${plan.events.map((one) => one.id).join(', ')}.`,
      'eventId',
    );
  return {
    connectionId: connection_id,
    candidateId: candidate_id,
    interviewId: id,
    zone: plan.remote ? plan.candidateZone : plan.zone,
    rules: plan.rules ?? rulesOf(await settleWish(db, { templateId: template_id, layer: {} })),
    events: moved.map(({ id: own, name, start, end, seats }) => ({
      id: own,
      name,
      minutes: (end - start) / 60_000,
      seats: seats.map((seat, place) => ({
        from: isFree(own, place)
          ? named(free?.personIds ?? [])
          : keep
            ? named([seat.personId])
            : sourceOf(seat),
        required: seat.required,
        feedbackFormId: seat.feedbackFormId,
      })),
    })),
    fixed: plan.events.filter((event) => !moved.includes(event)),
    standing: plan,
  };
};

export interface About {
  /** Null: all of it. */
  eventId: string | null;
  keep: boolean;
  free?: { eventId: string; place: number; personIds: string[] };
}

/** Whoever sits stays possible, also when no pool knows them any more. */
export const sourceOf = ({ personId, from }: FilledSeat): SeatSource => {
  if (from?.kind === 'pool') return { ...from, count: 1 };
  const named = from?.personIds ?? [personId];
  return { kind: 'people', personIds: named.includes(personId) ? named : [personId, ...named] };
};

/** Reads calendars, so never inside a transaction. */
export const panelOf = async (hub: Hub, loop: Loop, search: Search): Promise<Problem> => {
  const crowd = await gatherCrowd(hub, hub.db, loop.connectionId);
  const remarks = new Set<string>();
  const events = loop.events.map(({ id, name, minutes, seats }): LoopEvent => ({
    id,
    name,
    minutes,
    seats: seats.map((template) => ({ template, of: mayTake(crowd, template.from, id, remarks) })),
  })); // prettier-ignore
  const ids = [...new Set(events.flatMap(({ seats }) => seats.flatMap(({ of }) => of)))];
  const resources = await resourcesOf(hub, loop, crowd, ids, search.horizon);
  const unread = resources.filter(({ busy }) => busy.some(({ kind }) => kind === 'unknown'));
  for (const { name } of unread) remarks.add(`${name} has a calendar that cannot be read.`);
  const windows = search.windows ?? workingDays(search.horizon, loop.zone);
  const margin = loop.rules.gapMinutes * 60_000;
  const candidate = await findCandidate(hub.db, loop.candidateId);
  const elsewhere = await takenOf(hub.db, candidate, search.horizon, loop.interviewId);
  const open = without(without(windows, loop.fixed, margin), elsewhere);
  const panel = loopPanel({ ...loop, id: loop.candidateId, events }, resources, {
    ...search,
    windows: inOrder(loop, open),
  });
  return { panel, crowd, events, remarks: [...remarks] };
};

/** An event that moves alone stays between its neighbours, where the order is fixed. */
const inOrder = ({ rules, fixed, events, standing }: Loop, windows: Span[]): Span[] => {
  const [own] = events;
  const now = standing?.events.find(({ id }) => id === own?.id);
  if (rules.order === 'any' || fixed.length === 0 || !now) return windows;
  const before = Math.max(-Infinity, ...fixed.filter(({ start }) => start < now.start).map(({ end }) => end));
  const after = Math.min(Infinity, ...fixed.filter(({ start }) => start > now.start).map(({ start }) => start));
  return windows
    .map(({ start, end }) => ({ start: Math.max(start, before), end: Math.min(end, after) }))
    .filter(({ start, end }) => start < end);
}; // prettier-ignore

const mayTake = (crowd: Crowd, from: SeatSource, eventId: string, remarks: Set<string>): string[] => {
  const members =
    from.kind === 'people'
      ? from.personIds.flatMap((id) => crowd.people.get(id) ?? [])
      : membersOf(poolOf(crowd, from.poolId), crowd.people);
  return [...new Set(members)].flatMap((one) => {
    if (!lacksAtsUser(one, crowd)) return [one.personId];
    remarks.add(noAtsUser(eventId, one).text);
    return [];
  });
}; // prettier-ignore

const poolOf = ({ pools }: Crowd, id: string): Pool => {
  const pool = pools.get(id);
  if (pool) return pool;
  throw invalid('pool_unknown', 'interview: the pool of a seat is not there any more. Choose another one.', 'events');
}; // prettier-ignore

const resourcesOf = async (
  hub: Hub,
  loop: Loop,
  crowd: Crowd,
  ids: readonly string[],
  horizon: Span,
): Promise<Resource[]> => {
  const rows = ids.flatMap((id) => crowd.rows.get(id) ?? []);
  const around = { start: horizon.start - day, end: horizon.end + day };
  const busy = withoutOwn(await readBusy(hub, rows, around), loop.standing);
  const weeks = { start: horizon.start - 8 * day, end: horizon.end + 8 * day };
  const bookings = await bookingsOf(hub.db, ids, weeks, loop.interviewId);
  const byPerson = Map.groupBy(bookings, ({ person_id: id }) => id);
  const met = await metBy(hub.db, loop.candidateId, loop.interviewId);
  return rows.map((row) => {
    const beside = loop.fixed.filter(({ seats }) => seats.some(({ personId }) => personId === row.id));
    const booked = [
      ...(byPerson.get(row.id) ?? []).map((one) => ({ start: one.starts_at, end: one.ends_at })),
      ...beside.map(({ start, end }) => ({ start, end })),
    ];
    const taken = { busy: busy.get(row.id) ?? null, booked, read: around, met: met.has(row.id) };
    return resourceOf(row, taken, loop.rules.bufferMinutes);
  });
}; // prettier-ignore
