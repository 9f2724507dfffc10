/** When a resource can sit, and what speaks against it then. */
import type { Hours, Span } from '../people/conflicts.ts';
import { inSlots, inward, joined, outward, tableFor, type Grid } from './grid.ts';
import type { Panel, Resource, Term } from './model.ts';
import {
  allWithin,
  anyWithin,
  clear,
  emptyRow,
  fill,
  isEmpty,
  subtract,
  type Row,
} from './rows.ts';
import type { Weights } from './weights.ts';
import { instantOf, localDay, wallTime, weekday, weekOf, type ZoneTable } from './zones.ts';

const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** What sitting costs beyond the place in the list: `row` says at which starts. */
export interface Penalty {
  term: Term;
  weight: number;
  row: Row;
}

export interface Sitting {
  /** Starts at which the resource can take an event of this length. */
  free: Row;
  penalties: Penalty[];
}

export interface Availability {
  resource: Resource;
  zone: ZoneTable;
  /** Slots, with the cost of a first interview that starts from there on (`load` and `met`). */
  steps: Array<{ from: number; cost: number }>;
  /** By the length of the event, in slots. */
  sittings: Map<number, Sitting>;
}

/** Hours as spans, joined where one ends as the next begins. */
const hourSpans = (zone: ZoneTable, hours: Hours, from: number, to: number): Span[] => {
  const spans: Span[] = [];
  const last = localDay(zone, to) + 1;
  for (let local = localDay(zone, from) - 1; local <= last; local++)
    for (const span of hours[names[weekday(local)] ?? 'mon'])
      spans.push({
        start: instantOf(zone, local, wallTime(span.from)),
        end: instantOf(zone, local, wallTime(span.to)),
      });
  return joined(spans);
};

const hourRow = (grid: Grid, zone: ZoneTable, hours: Hours): Row => {
  const row = emptyRow(grid.slots);
  const end = grid.origin + grid.slots * grid.slot;
  for (const span of hourSpans(zone, hours, grid.origin, end)) {
    const [from, to] = inward(grid, span);
    fill(row, from, to);
  }
  return row;
};

/** Rows of hours that several people share, by their zone and hours. */
export type SharedHours = Map<string, Map<Hours, Row>>;

const sharedRow = (grid: Grid, shared: SharedHours, zone: ZoneTable, name: string, hours: Hours): Row => {
  const ofZone = shared.get(name) ?? new Map<Hours, Row>();
  shared.set(name, ofZone);
  const known = ofZone.get(hours);
  if (known) return known;
  const same = [...ofZone].find(([other]) => alike(other, hours))?.[1];
  const row = same ?? hourRow(grid, zone, hours);
  ofZone.set(hours, row);
  return row;
}; // prettier-ignore

const alike = (a: Hours, b: Hours): boolean =>
  names.every((name) => {
    const one = a[name];
    const other = b[name];
    return (
      one.length === other.length &&
      one.every(({ from, to }, index) => from === other[index]?.from && to === other[index].to)
    );
  });

/** Slots that anything of this kind touches; null: nothing does. */
const takenBy = (grid: Grid, resource: Resource, kind: Resource['busy'][number]['kind']): Row | null => {
  let row: Row | null = null;
  const add = (span: Span): void => {
    if (span.start >= span.end) return;
    row ??= emptyRow(grid.slots);
    const [from, to] = outward(grid, span);
    fill(row, from, to);
  };
  for (const span of resource.busy) if (span.kind === kind) add(span);
  if (kind === 'hard') for (const span of resource.booked) add(span);
  return row;
}; // prettier-ignore

/** Local dates as `2026-12-01` in days since the epoch. */
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

const clearDaysOff = (grid: Grid, row: Row, { daysOff }: Resource, zone: ZoneTable): void => {
  for (const { from, to } of daysOff) {
    const [first, last] = outward(grid, {
      start: instantOf(zone, dayNumber(from), 0),
      end: instantOf(zone, dayNumber(to) + 1, 0),
    });
    clear(row, first, last);
  }
};

/** Interviews that stand already, by local day and by local week (of its Monday). */
export const countBooked = (
  { booked }: Resource,
  zone: ZoneTable,
): { days: Map<number, number>; weeks: Map<number, number> } => {
  const days = new Map<number, number>();
  const weeks = new Map<number, number>();
  for (const { start, end } of booked) {
    if (start >= end) continue;
    const local = localDay(zone, start);
    days.set(local, (days.get(local) ?? 0) + 1);
    weeks.set(weekOf(local), (weeks.get(weekOf(local)) ?? 0) + 1);
  }
  return { days, weeks };
};

/** Starts on days, and in weeks, whose limit is reached. */
const limitRows = (grid: Grid, resource: Resource, zone: ZoneTable): Row[] => {
  if (resource.perDay === null && resource.perWeek === null) return [];
  const { days, weeks } = countBooked(resource, zone);
  const reached = (counts: Map<number, number>, limit: number | null, length: number): Row[] => {
    if (limit === null) return [];
    const row = emptyRow(grid.slots);
    if (limit === 0) fill(row, 0, grid.slots);
    for (const [local, count] of counts) {
      if (count < limit) continue;
      const [from, to] = outward(grid, {
        start: instantOf(zone, local, 0),
        end: instantOf(zone, local + length, 0),
      });
      fill(row, from, to);
    }
    return isEmpty(row) ? [] : [row];
  };
  return [...reached(days, resource.perDay, 1), ...reached(weeks, resource.perWeek, 7)];
};

/** Cost of one more interview in the week that a start lies in: (b + 1)² − b². */
const loadSteps = (grid: Grid, resource: Resource, zone: ZoneTable, weights: Weights): Availability['steps'] => {
  const met = resource.met && resource.kind === 'person' ? weights.cost.met : 0;
  if (resource.kind === 'room' || weights.cost.load === 0) return [{ from: 0, cost: met }];
  const { weeks } = countBooked(resource, zone);
  const steps: Availability['steps'] = [];
  const end = grid.origin + grid.slots * grid.slot;
  for (let monday = weekOf(localDay(zone, grid.origin)); ; monday += 7) {
    const start = instantOf(zone, monday, 0);
    if (start >= end) break;
    const from = Math.max(0, Math.ceil((start - grid.origin) / grid.slot));
    steps.push({ from, cost: (2 * (weeks.get(monday) ?? 0) + 1) * weights.cost.load + met });
  }
  return steps;
}; // prettier-ignore

export const stepCost = (steps: Availability['steps'], slot: number): number => {
  let index = steps.length - 1;
  while (index > 0 && slot < (steps[index]?.from ?? 0)) index--;
  return steps[index]?.cost ?? 0;
};

export const availabilityOf = (
  panel: Panel,
  grid: Grid,
  weights: Weights,
  shared: SharedHours,
  resource: Resource,
  lengths: ReadonlySet<number>,
): Availability => {
  const zone = tableFor(resource.zone, panel.horizon);
  const { cost } = weights;
  const person = resource.kind === 'person';
  const hard = takenBy(grid, resource, 'hard');
  let free: Row;
  if (resource.hours === null) {
    free = emptyRow(grid.slots);
    fill(free, 0, grid.slots);
  } else free = sharedRow(grid, shared, zone, resource.zone, resource.hours).slice();
  clearDaysOff(grid, free, resource, zone);
  if (hard) subtract(free, hard);

  const soft = takenBy(grid, resource, 'soft');
  const unknown = takenBy(grid, resource, 'unknown');
  const liked =
    person && resource.preferred !== null
      ? sharedRow(grid, shared, zone, resource.zone, resource.preferred)
      : null;
  const full = person ? limitRows(grid, resource, zone) : [];
  const before = inSlots(grid, resource.buffer.before);
  const after = inSlots(grid, resource.buffer.after);

  const sittings = new Map<number, Sitting>();
  for (const length of lengths) {
    const sitting: Sitting = { free: allWithin(free, length), penalties: [] };
    const against = (row: Row, term: Term): void => {
      sitting.penalties.push({ term, row, weight: cost[term] });
    };
    if (unknown) against(anyWithin(unknown, length), 'unknown');
    if (soft) against(anyWithin(soft, length), 'soft');
    if (liked) {
      const outside = emptyRow(grid.slots);
      fill(outside, 0, grid.slots);
      subtract(outside, allWithin(liked, length));
      against(outside, 'preferred');
    }
    for (const row of full)
      if (panel.limits === 'keep') subtract(sitting.free, row);
      else against(row, 'limit');
    if (person && hard && before + after > 0) {
      const touched = anyWithin(hard, length + before + after, before);
      if (panel.buffers === 'keep') subtract(sitting.free, touched);
      else against(touched, 'buffer');
    }
    sittings.set(length, sitting);
  }
  return { resource, zone, steps: loadSteps(grid, resource, zone, weights), sittings };
};
