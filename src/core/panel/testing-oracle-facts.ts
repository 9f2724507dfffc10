/**
 * What the oracle knows of a panel before it enumerates: minute by minute, with zone arithmetic that asks
 * nothing but the offset at an instant. It shares nothing with the solver or the checker.
 */
import { Temporal } from 'temporal-polyfill';
import type { Hours, Span } from '../people/conflicts.ts';
import type { Panel, PanelEvent, Resource } from './model.ts';

const minute = 60_000;
const hour = 60 * minute;
const dayLength = 24 * hour;

const offsets = new Map<string, number>();

/** Of the local clock, in milliseconds. Clocks change at quarters of an hour in all that tests use. */
export const offsetAt = (zone: string, instant: number): number => {
  const quarter = Math.floor(instant / (15 * minute));
  const key = `${zone} ${String(quarter)}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const at = Temporal.Instant.fromEpochMilliseconds(quarter * 15 * minute);
    offset = at.toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
    offsets.set(key, offset);
  }
  return offset;
};

/** A wall clock's reading, as if it were UTC. */
const wallAt = (zone: string, instant: number): number => instant + offsetAt(zone, instant);

/** Local days, counted from 1 January 1970. */
export const dayNumber = (zone: string, instant: number): number =>
  Math.floor(wallAt(zone, instant) / dayLength);

/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

export const weekNumber = (zone: string, instant: number): number =>
  Math.floor((dayNumber(zone, instant) + 3) / 7);

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The instant of a wall time: the first that shows it, else as if the clock had not been put forward. */
export const instantOfWall = (zone: string, day: number, time: string): number => {
  const wall = day * dayLength + minutesOf(time) * minute;
  const before = offsetAt(zone, wall - 36 * hour);
  const after = offsetAt(zone, wall + 36 * hour);
  const shown = [wall - before, wall - after].filter((at) => wallAt(zone, at) === wall);
  return shown.length > 0 ? Math.min(...shown) : wall - before;
};

/** Which minutes of a range are covered by spans. */
const covered = (range: Span, spans: readonly Span[]): Uint8Array => {
  const flags = new Uint8Array(Math.ceil((range.end - range.start) / minute));
  for (const { start, end } of spans)
    for (let at = Math.max(start, range.start); at < Math.min(end, range.end); at += minute)
      flags[Math.floor((at - range.start) / minute)] = 1;
  return flags;
};

const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const hoursAround = (hours: Hours, zone: string, range: Span): Span[] => {
  const spans: Span[] = [];
  const last = dayNumber(zone, range.end) + 2;
  for (let day = dayNumber(zone, range.start) - 2; day <= last; day += 1)
    for (const { from, to } of hours[names[weekdayOf(day)] ?? 'mon'])
      spans.push({ start: instantOfWall(zone, day, from), end: instantOfWall(zone, day, to) });
  return spans;
};

/** The slots of the horizon, and for each whether something holds of every minute of it. */
export interface Slots {
  grain: number;
  first: number;
  count: number;
}

const everyMinute = (slots: Slots, spans: readonly Span[]): Uint8Array => {
  const range = { start: slots.first, end: slots.first + slots.count * slots.grain };
  const minutes = covered(range, spans);
  const long = slots.grain / minute;
  return Uint8Array.from({ length: slots.count }, (_, slot) =>
    minutes.subarray(slot * long, (slot + 1) * long).every((flag) => flag === 1) ? 1 : 0,
  );
};

const touches = (spans: readonly Span[], start: number, end: number): boolean =>
  start < end && spans.some((one) => one.start < one.end && one.start < end && start < one.end);

const anySlot = (slots: Slots, spans: readonly Span[]): Uint8Array =>
  Uint8Array.from({ length: slots.count }, (_, slot) => {
    const start = slots.first + slot * slots.grain;
    return touches(spans, start, start + slots.grain) ? 1 : 0;
  });

const all = (flags: Uint8Array, from: number, count: number): boolean => {
  for (let at = from; at < from + count; at += 1) if (flags[at] !== 1) return false;
  return true;
};
const any = (flags: Uint8Array, from: number, count: number): boolean => {
  for (let at = from; at < from + count; at += 1) if (flags[at] === 1) return true;
  return false;
};

/** Local dates as numbers of days. */
const dateNumber = (date: string): number => Date.parse(`${date}T00:00Z`) / dayLength;

export interface Sitting {
  free: boolean;
  unknown: number;
  soft: number;
  preferred: number;
  met: number;
  buffer: number;
}

/** What holds of somebody in an event that takes `count` slots from `from`. */
export type Look = (from: number, count: number) => Sitting;

export const lookAt = (panel: Panel, slots: Slots, one: Resource): Look => {
  const range = { start: slots.first, end: slots.first + slots.count * slots.grain };
  const always = new Uint8Array(slots.count).fill(1);
  const inHours = (hours: Hours | null): Uint8Array =>
    hours ? everyMinute(slots, hoursAround(hours, one.zone, range)) : always;
  const works = inHours(one.hours);
  const likes = inHours(one.preferred);
  const isOff = Uint8Array.from({ length: slots.count }, (_, slot) => {
    const day = dayNumber(one.zone, slots.first + slot * slots.grain);
    return one.daysOff.some(({ from, to }) => dateNumber(from) <= day && day <= dateNumber(to))
      ? 1
      : 0;
  });
  const of = (kind: string): Span[] => one.busy.filter((busy) => busy.kind === kind);
  const taken = [...of('hard'), ...one.booked];
  const isTaken = anySlot(slots, taken);
  const soft = anySlot(slots, of('soft'));
  const unknown = anySlot(slots, of('unknown'));
  const padding = (minutes: number): number =>
    Math.ceil((minutes * minute) / slots.grain) * slots.grain;
  const person = one.kind === 'person';
  return (from, count) => {
    const start = slots.first + from * slots.grain;
    const end = start + count * slots.grain;
    const squeezed =
      touches(taken, start - padding(one.buffer.before), start) ||
      touches(taken, end, end + padding(one.buffer.after));
    return {
      free:
        all(works, from, count) &&
        !any(isOff, from, count) &&
        !any(isTaken, from, count) &&
        !(squeezed && panel.buffers === 'keep'),
      unknown: any(unknown, from, count) ? 1 : 0,
      soft: any(soft, from, count) ? 1 : 0,
      preferred: person && !all(likes, from, count) ? 1 : 0,
      met: person && one.met ? 1 : 0,
      buffer: person && squeezed && panel.buffers === 'avoid' ? 1 : 0,
    };
  };
};

export const slotsOf = (panel: Panel): Slots => {
  const grain = panel.grain * minute;
  const first = Math.ceil(panel.horizon.start / grain) * grain;
  const count = Math.max(0, Math.floor((panel.horizon.end - first) / grain));
  return { grain, first, count };
};

/** Where the times of an event may lie, whoever sits in it: the slots at which it may start. */
export const startSlots = (panel: Panel, slots: Slots, event: PanelEvent, count: number): number[] => {
  const { zone } = panel;
  const open = everyMinute(slots, panel.windows);
  const found: number[] = [];
  for (let from = 0; from + count <= slots.count; from += 1) {
    const start = slots.first + from * slots.grain;
    const end = start + count * slots.grain;
    const wall = wallAt(zone, start) / minute;
    const day = dayNumber(zone, start);
    const oneDay = Array.from({ length: count }, (_, at) => dayNumber(zone, start + at * slots.grain))
      .every((one) => one === day);
    const { between } = event;
    const fits = between === null ||
      (instantOfWall(zone, day, between.from) <= start && end <= instantOfWall(zone, day, between.to));
    if (wall % panel.lattice === 0 && oneDay && all(open, from, count) && fits) found.push(from);
  }
  return found;
}; // prettier-ignore

/** The slots in which lunch may lie, on a day of the panel's zone: the first, and the first after it. */
export const lunchSlots = (panel: Panel, slots: Slots, day: number): [number, number] => {
  const { lunch, zone } = panel;
  if (!lunch) return [0, 0];
  const from = (instantOfWall(zone, day, lunch.from) - slots.first) / slots.grain;
  const to = (instantOfWall(zone, day, lunch.to) - slots.first) / slots.grain;
  return [Math.ceil(from), Math.floor(to)];
};
