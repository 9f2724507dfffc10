/**
 * What the rest of a schedule costs at least: a table over sets of events, filled backward through the
 * days (Held and Karp's dynamic programming). It knows everything about times, gaps, lunch and days, and
 * takes from `costs.ts` what people cost, so it is exact but for people who are wanted twice.
 *
 * `value[k][mask][lunch][gap class][start]`: the cost of all events in `mask`, the first of them at
 * `start`, with `k` days left to use, today's included. `lunch` is 1 once today's lunch has its place.
 */
import type { Costs } from './costs.ts';
import type { Day } from './grid.ts';
import type { Stop } from './model.ts';
import type { Prepared } from './prepare.ts';

export interface DayTable {
  day: Day;
  /** Of the day among those that were filled together. */
  place: number;
  value: Float64Array;
  /** Suffix minima of `value` plus what a later start idles. */
  onward: Float64Array;
  /** Slots at which events can end, the place among them by event and start, and the ways on by lunch. */
  ends: { slots: Int32Array; at: Int32Array[]; ways: Way[][][] };
  /** By set, lunch and end: what is left costs. Only where a day stands by itself. */
  tails?: Float64Array;
}

export interface Bound {
  prepared: Prepared;
  costs: Costs;
  /** Gap rules that differ, and which one each event has. */
  classes: Array<{ min: number; max: number }>;
  classOf: number[];
  tables: DayTable[];
  /** By `k` and mask index, for each day: what it costs from that day on. One more at the end. */
  from: Float64Array[];
}

export const boundOf = (prepared: Prepared, costs: Costs): Bound => {
  const classes: Bound['classes'] = [];
  const classOf = prepared.events.map(({ gap }) => {
    const known = classes.findIndex(({ min, max }) => min === gap.min && max === gap.max);
    return known >= 0 ? known : classes.push(gap) - 1;
  });
  return { prepared, costs, classes, classOf, tables: [], from: [] };
};

/** Where lunch can still have its place before the first event, or after the last. */
export const lunchBefore = ({ grid }: Prepared, { lunch }: Day, slot: number): boolean =>
  lunch === null || Math.min(slot, lunch.to) - lunch.from >= grid.lunchSlots;

export const lunchAfter = ({ grid }: Prepared, { lunch }: Day, slot: number): boolean =>
  lunch === null || lunch.to - Math.max(slot, lunch.from) >= grid.lunchSlots;

/** The place of a row of `value` in its table; rows are as long as the day has starts. */
export const rowAt = (bound: Bound, k: number, mask: number, lunch: number, kind: number): number => {
  const { prepared, classes } = bound;
  const at = prepared.maskAt[mask] ?? 0;
  return (((k - 1) * prepared.masks.length + at) * 2 + lunch) * classes.length + kind;
}; // prettier-ignore

/** A way to go on after an event that ended: starts from `first` to before `last`. */
export interface Way {
  lunch: number;
  kind: number;
  first: number;
  last: number;
  /** Slots that do not count as idle. */
  spared: number;
}

/** The ways from the end of an event to the next one on its day, by what lunch and gaps allow. */
export const waysOn = (bound: Bound, day: Day, lunch: number, slot: number): Way[] => {
  const { grid } = bound.prepared;
  const ways: Way[] = [];
  const add = (kind: number, to: number, earliest: number, latest: number, spared: number): void => {
    const first = Math.max(grid.startAt[Math.min(earliest, grid.slots)] ?? 0, day.first);
    const last = latest >= grid.slots ? day.last : Math.min(grid.startAt[latest + 1] ?? 0, day.last);
    if (first < last) ways.push({ kind, lunch: to, first, last, spared });
  };
  bound.classes.forEach(({ min, max }, kind) => {
    add(kind, lunch, slot + min, slot + max, 0);
    if (lunch === 1 || day.lunch === null) return;
    const sits = Math.max(slot, day.lunch.from) + grid.lunchSlots;
    if (sits > day.lunch.to) return;
    add(kind, 1, Math.max(slot + min, sits), slot + max + grid.lunchSlots, grid.lunchSlots);
  });
  return ways;
}; // prettier-ignore

/**
 * Fills the tables of these days, the last first. `which`: the events, as a mask, whose costs have changed
 * since they were filled last. False: it was stopped, and they are not to be used.
 */
export const fillTables = (
  bound: Bound,
  days: readonly Day[],
  which: number,
  stop: Stop,
): boolean => {
  const { prepared } = bound;
  const most = days.length > 1 ? prepared.panel.maxDays : 1;
  const size = (most + 1) * prepared.masks.length;
  bound.from = Array.from({ length: days.length + 1 }, () => new Float64Array(size).fill(Infinity));
  for (let place = days.length - 1; place >= 0; place--) {
    const day = days[place];
    if (!day) continue;
    const table = fillDay(bound, day, place, most, which, stop);
    if (!table) return false;
    bound.tables[place] = table;
  }
  return true;
};

/** The least cost of what is left once an event has ended at `slot`. */
export const restCost = (
  bound: Bound,
  { day, value, onward }: DayTable,
  after: Float64Array,
  k: number,
  left: number,
  lunch: number,
  slot: number,
  ways: readonly Way[],
): number => {
  const { grid, weights, masks, maskAt } = bound.prepared;
  const fed = lunch === 1 || lunchAfter(bound.prepared, day, slot);
  if (left === 0) return fed ? 0 : Infinity;
  const { idle } = weights.cost;
  let least = Infinity;
  if (k > 1 && fed)
    least = weights.cost.days + (after[(k - 1) * masks.length + (maskAt[left] ?? 0)] ?? Infinity);
  const wide = day.last - day.first;
  for (const way of ways) {
    const row = rowAt(bound, k, left, way.lunch, way.kind) * wide - day.first;
    const spent = (slot + way.spared) * idle;
    if (way.last === day.last) {
      const cost = (onward[row + way.first] ?? Infinity) - spent;
      if (cost < least) least = cost;
    } else
      for (let index = way.first; index < way.last; index++) {
        const cost = (value[row + index] ?? Infinity) + (grid.starts[index] ?? 0) * idle - spent;
        if (cost < least) least = cost;
      }
  }
  return least;
};

const fillDay = (bound: Bound, day: Day, place: number, most: number, which: number, stop: Stop): DayTable | null => {
  const { prepared, costs, classes, classOf } = bound;
  const { grid, events, masks, weights, maskAt } = prepared;
  const { starts } = grid;
  const wide = day.last - day.first;
  const size = most * masks.length * 2 * classes.length * wide;
  const before = bound.tables[place];
  const ends = before?.ends ?? endsOf(bound, day);
  const value = before?.value ?? new Float64Array(size).fill(Infinity);
  const onward = before?.onward ?? new Float64Array(size).fill(Infinity);
  // Where a day stands by itself, sets without a changed event keep what was found about them.
  const tails = before?.tails ?? (most === 1 ? new Float64Array(masks.length * 2 * ends.slots.length) : null);
  const kept = (mask: number): boolean => before?.tails !== undefined && tails !== null && (mask & which) === 0;
  const table: DayTable = { day, place, value, onward, ends, ...(tails ? { tails } : {}) };
  const { idle } = weights.cost;
  const after = bound.from[place + 1] ?? new Float64Array(0);
  const here = bound.from[place] ?? new Float64Array(0);
  // Before lunch one may go on to after it, so the latter comes first.
  const lunches = day.lunch === null ? [1] : [1, 0];
  const scratch = new Float64Array(ends.slots.length);
  const setLength = 2 * classes.length * wide;
  if (before)
    for (let set = 0; set < most * masks.length; set++)
      if (!kept(masks[set % masks.length] ?? 0))
        value.fill(Infinity, set * setLength, (set + 1) * setLength);

  for (let k = 1; k <= most; k++)
    for (const mask of masks) {
      const at = maskAt[mask] ?? 0;
      if (stop()) return null;
      for (const lunch of lunches) {
        const own = (at * 2 + lunch) * ends.slots.length;
        const tail = tails?.subarray(own, own + ends.slots.length) ?? scratch;
        // All that may come before this set was filled in by smaller sets: now it is complete.
        if (mask !== 0 && !kept(mask))
          for (let kind = 0; kind < classes.length; kind++) {
            const row = rowAt(bound, k, mask, lunch, kind) * wide;
            let least = Infinity;
            for (let index = wide - 1; index >= 0; index--) {
              const cost =
                (value[row + index] ?? Infinity) + (starts[day.first + index] ?? 0) * idle;
              if (cost < least) least = cost;
              onward[row + index] = least;
            }
          }
        const ways = ends.ways[lunch] ?? [];
        for (let end = 0; end < tail.length && !kept(mask); end++)
          tail[end] = restCost(bound, table, after, k, mask, lunch, ends.slots[end] ?? 0, ways[end] ?? []);
        for (let event = 0; event < events.length; event++) {
          const whole = mask | (1 << event);
          if (whole === mask || (maskAt[whole] ?? -1) < 0 || kept(whole)) continue;
          const cost = costs[event] ?? value;
          const endAt = ends.at[event] ?? starts;
          const row = rowAt(bound, k, whole, lunch, classOf[event] ?? 0) * wide;
          for (let index = 0; index < wide; index++) {
            const all = (cost[day.first + index] ?? 0) + (tail[endAt[index] ?? 0] ?? 0);
            if (all < (value[row + index] ?? 0)) value[row + index] = all;
          }
        }
      }
      if (most > 1 && mask !== 0) {
        let least = after[k * masks.length + at] ?? Infinity;
        for (let index = day.first; index < day.last; index++)
          least = Math.min(least, startCost(bound, table, k, mask, index));
        here[k * masks.length + at] = least;
      }
    }
  return table;
}; // prettier-ignore

/** The slots at which events of a day can end, and how it can go on from each. */
const endsOf = (bound: Bound, day: Day): DayTable['ends'] => {
  const { grid, events } = bound.prepared;
  const starts = grid.starts.subarray(day.first, day.last);
  const slots = [
    ...new Set(events.flatMap(({ length }) => [...starts].map((slot) => slot + length))),
  ].toSorted((a, b) => a - b);
  const place = new Map(slots.map((slot, index) => [slot, index]));
  return {
    slots: Int32Array.from(slots),
    at: events.map(({ length }) => starts.map((slot) => place.get(slot + length) ?? 0)),
    ways: [0, 1].map((lunch) => slots.map((slot) => waysOn(bound, day, lunch, slot))),
  };
};

/** Starts of a day's first event: where lunch may lie before it, both layers are open. */
export const layersAt = ({ prepared }: Bound, day: Day, slot: number): number[] => {
  if (day.lunch === null) return [1];
  return lunchBefore(prepared, day, slot) ? [0, 1] : [0];
};

export const startCost = (bound: Bound, table: DayTable, k: number, mask: number, index: number): number => {
  const { day, value } = table;
  const wide = day.last - day.first;
  let least = Infinity;
  for (const lunch of layersAt(bound, day, bound.prepared.grid.starts[index] ?? 0))
    for (let kind = 0; kind < bound.classes.length; kind++) {
      const cost = value[rowAt(bound, k, mask, lunch, kind) * wide + index - day.first] ?? Infinity;
      if (cost < least) least = cost;
    }
  return least;
}; // prettier-ignore
