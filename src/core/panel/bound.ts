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
import type { Prepared } from './prepare.ts';

export interface DayTable {
  day: Day;
  /** Of the day among those that were filled together. */
  place: number;
  value: Float64Array;
  /** Suffix minima of `value` plus what a later start idles. */
  onward: Float64Array;
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

/** Fills the tables of these days, the last first. */
export const fillTables = (bound: Bound, days: readonly Day[]): void => {
  const { prepared } = bound;
  const most = days.length > 1 ? prepared.panel.maxDays : 1;
  const size = (most + 1) * prepared.masks.length;
  bound.from = Array.from({ length: days.length + 1 }, () => new Float64Array(size).fill(Infinity));
  bound.tables = [];
  for (let place = days.length - 1; place >= 0; place--) {
    const day = days[place];
    if (day) bound.tables[place] = fillDay(bound, day, place, most);
  }
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

const fillDay = (bound: Bound, day: Day, place: number, most: number): DayTable => {
  const { prepared, costs, classes, classOf } = bound;
  const { grid, events, masks, weights, maskAt } = prepared;
  const wide = day.last - day.first;
  const rows = most * masks.length * 2 * classes.length;
  const value = new Float64Array(rows * wide).fill(Infinity);
  const onward = new Float64Array(rows * wide).fill(Infinity);
  const idle = weights.cost.idle;
  const { starts } = grid;
  const after = bound.from[place + 1] ?? new Float64Array(0);
  const here = bound.from[place] ?? new Float64Array(0);
  const lunches = day.lunch === null ? [1] : [0, 1];
  const table = { day, place, value, onward };

  // Ways depend on the end of an event alone, so they are found once for each.
  const ways = events.map(({ length }) =>
    lunches.map((lunch) =>
      Array.from({ length: wide }, (_, index) =>
        waysOn(bound, day, lunch, (starts[day.first + index] ?? 0) + length),
      ),
    ),
  );

  for (let k = 1; k <= most; k++)
    for (const mask of masks) {
      if (mask === 0) continue;
      for (const [layer, lunch] of lunches.entries()) {
        for (let event = 0; event < events.length; event++) {
          const left = mask & ~(1 << event);
          if (left === mask || (maskAt[left] ?? -1) < 0) continue;
          const cost = costs[event];
          const length = events[event]?.length ?? 0;
          const row = rowAt(bound, k, mask, lunch, classOf[event] ?? 0) * wide;
          for (let index = 0; index < wide; index++) {
            const own = cost?.[day.first + index] ?? Infinity;
            if (own === Infinity) continue;
            const end = (starts[day.first + index] ?? 0) + length;
            const all =
              own +
              restCost(
                bound,
                table,
                after,
                k,
                left,
                lunch,
                end,
                ways[event]?.[layer]?.[index] ?? [],
              );
            if (all < (value[row + index] ?? 0)) value[row + index] = all;
          }
        }
        for (let kind = 0; kind < classes.length; kind++) {
          const row = rowAt(bound, k, mask, lunch, kind) * wide;
          let least = Infinity;
          for (let index = wide - 1; index >= 0; index--) {
            const cost = (value[row + index] ?? Infinity) + (starts[day.first + index] ?? 0) * idle;
            if (cost < least) least = cost;
            onward[row + index] = least;
          }
        }
      }
      if (most > 1) {
        let least = after[k * masks.length + (maskAt[mask] ?? 0)] ?? Infinity;
        for (let index = day.first; index < day.last; index++)
          least = Math.min(least, startCost(bound, table, k, mask, index));
        here[k * masks.length + (maskAt[mask] ?? 0)] = least;
      }
    }
  return table;
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
