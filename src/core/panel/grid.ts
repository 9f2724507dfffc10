/** A panel's time: slots, the days of its zone, and the starts that the candidate and the clock allow. */
import type { Span } from '../people/conflicts.ts';
import type { Panel } from './model.ts';
import { allWithin, emptyRow, fill, has, type Row } from './rows.ts';
import { instantOf, localDay, offsetAt, wallTime, zoneTable, type ZoneTable } from './zones.ts';

const minute = 60_000;
const dayLong = 86_400_000;
/** Zone tables reach as far beside the horizon, so that weeks and days at its ends are whole. */
const beside = 9 * dayLong;

export interface Day {
  /** Local day in the panel's zone. */
  local: number;
  /** Slots, the end exclusive. */
  from: number;
  to: number;
  /** Its part of `starts`. */
  first: number;
  last: number;
  /** Slots in which lunch lies; null: no lunch is asked for. */
  lunch: { from: number; to: number } | null;
}

export interface Grid {
  /** The instant of slot 0. */
  origin: number;
  /** Milliseconds. */
  slot: number;
  slots: number;
  zone: ZoneTable;
  days: Day[];
  /** Slots at which something may start, in order. */
  starts: Int32Array;
  /** For each slot, the index of the first start that is not before it. */
  startAt: Int32Array;
  /** Slots of the candidate's windows. */
  open: Row;
  lunchSlots: number;
}

export const inSlots = (grid: Pick<Grid, 'slot'>, minutes: number): number =>
  Math.ceil((minutes * minute) / grid.slot);

export const instantAt = ({ origin, slot }: Grid, index: number): number => origin + index * slot;

/** The slot that an instant lies in. */
export const slotOf = ({ origin, slot }: Pick<Grid, 'origin' | 'slot'>, instant: number): number =>
  Math.floor((instant - origin) / slot);

/** Whole slots of what is free: rounded inward. */
export const inward = (grid: Pick<Grid, 'origin' | 'slot'>, { start, end }: Span): [number, number] => [
  Math.ceil((start - grid.origin) / grid.slot),
  Math.floor((end - grid.origin) / grid.slot),
]; // prettier-ignore

/** Slots that something taken touches: rounded outward. */
export const outward = (grid: Pick<Grid, 'origin' | 'slot'>, { start, end }: Span): [number, number] => [
  Math.floor((start - grid.origin) / grid.slot),
  Math.ceil((end - grid.origin) / grid.slot),
]; // prettier-ignore

/** Spans that touch or overlap, as one; empty ones left out. */
export const joined = (spans: readonly Span[]): Span[] => {
  const made: Span[] = [];
  for (const span of spans.filter(({ start, end }) => start < end).toSorted((a, b) => a.start - b.start)) {
    const before = made.at(-1);
    if (before && span.start <= before.end) before.end = Math.max(before.end, span.end);
    else made.push({ ...span });
  }
  return made;
}; // prettier-ignore

export const tableFor = (zone: string, { start, end }: Span): ZoneTable =>
  zoneTable(zone, start - beside, end + beside);

/** Slots in which the wall clock of the zone lies between two times on a day. */
export const wallSlots = (
  grid: Pick<Grid, 'origin' | 'slot' | 'zone'>,
  local: number,
  wall: { from: string; to: string },
): [number, number] =>
  inward(grid, {
    start: instantOf(grid.zone, local, wallTime(wall.from)),
    end: instantOf(grid.zone, local, wallTime(wall.to)),
  });

/** Slots at which the wall clock shows a multiple of `lattice`, in milliseconds. */
const latticeSlots = (
  { origin, slot, zone }: Pick<Grid, 'origin' | 'slot' | 'zone'>,
  from: number,
  to: number,
  lattice: number,
): number[] => {
  const found: number[] = [];
  const local = (index: number): number => {
    const instant = origin + index * slot;
    return instant + offsetAt(zone, instant);
  };
  const changes = local(from) - from * slot !== local(to - 1) - (to - 1) * slot;
  const step = changes ? 1 : lattice / slot;
  let index = from;
  while (index < to && local(index) % lattice !== 0) index++;
  for (; index < to; index += step) if (!changes || local(index) % lattice === 0) found.push(index);
  return found;
};

export const gridOf = (panel: Panel): Grid => {
  const { horizon, zone: zoneName } = panel;
  const slot = panel.grain * minute;
  const zone = tableFor(zoneName, horizon);
  const margin =
    Math.max(0, ...panel.resources.map(({ buffer }) => Math.max(buffer.before, buffer.after))) * minute; // prettier-ignore
  const origin = Math.floor((horizon.start - margin) / slot) * slot;
  const slots = Math.ceil((horizon.end + margin - origin) / slot);
  const base = { origin, slot, zone };

  const open = emptyRow(slots);
  for (const window of joined(panel.windows)) {
    const [from, to] = inward(base, {
      start: Math.max(window.start, horizon.start),
      end: Math.min(window.end, horizon.end),
    });
    fill(open, from, to);
  }

  const days: Day[] = [];
  const starts: number[] = [];
  const startAt = new Int32Array(slots + 1);
  let before = 0;
  const last = localDay(zone, Math.max(horizon.start, horizon.end - 1));
  for (let local = localDay(zone, horizon.start); local <= last; local++) {
    const [from, to] = inward(base, {
      start: Math.max(instantOf(zone, local, 0), horizon.start),
      end: Math.min(instantOf(zone, local + 1, 0), horizon.end),
    });
    const first = starts.length;
    for (const index of latticeSlots(base, from, to, panel.lattice * minute)) {
      if (!has(open, index)) continue;
      startAt.fill(starts.length, before, index + 1);
      before = index + 1;
      starts.push(index);
    }
    if (starts.length === first) continue;
    const lunch = panel.lunch && wallSlots(base, local, panel.lunch);
    days.push({
      local, from, to, first, last: starts.length,
      lunch: lunch && { from: lunch[0], to: lunch[1] },
    }); // prettier-ignore
  }
  startAt.fill(starts.length, before);
  return {
    ...base,
    slots,
    days,
    open,
    starts: Int32Array.from(starts),
    startAt,
    lunchSlots: panel.lunch ? inSlots({ slot }, panel.lunch.minutes) : 0,
  };
};

/** Where an event of this length may start as far as the candidate, the day and its own hours say. */
export const mayStart = (
  grid: Grid,
  length: number,
  between: { from: string; to: string } | null,
): Row => {
  const row = allWithin(grid.open, length);
  const allowed = emptyRow(grid.slots);
  for (const day of grid.days) {
    const wall = between && wallSlots(grid, day.local, between);
    const from = wall ? Math.max(wall[0], day.from) : day.from;
    const to = wall ? Math.min(wall[1], day.to) : day.to;
    fill(allowed, from, to - length + 1);
  }
  for (let word = 0; word < row.length; word++) row[word] = (row[word] ?? 0) & (allowed[word] ?? 0);
  return row;
};
