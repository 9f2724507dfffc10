/** A panel in the solver's terms: numbers for names, slots for times, masks for sets of events. */
import { invalid } from '../errors.ts';
import { availabilityOf, type Availability, type SharedHours } from './availability.ts';
import { gridOf, inSlots, mayStart, type Grid } from './grid.ts';
import { limits, type Panel, type PanelEvent, type Seat } from './model.ts';
import { has, type Row } from './rows.ts';
import { weightsOf, type Weights } from './weights.ts';

export interface Member {
  /** Index in `people`. */
  who: number;
  /** Place in the list, as far as it counts. */
  rank: number;
}

export interface SeatPlan {
  seat: Seat;
  count: number;
  /** What a position left empty costs; infinite where it must be filled. */
  empty: number;
  members: Member[];
}

export interface EventPlan {
  event: PanelEvent;
  /** Slots. */
  length: number;
  seats: SeatPlan[];
  /** Its seats, each as often as it has positions. */
  chairs: SeatPlan[];
  /** Starts that the candidate, the day and the event's hours allow. */
  open: Row;
  /** Events that have to be over, as a mask. */
  needs: number;
  gap: { min: number; max: number };
}

export interface Prepared {
  panel: Panel;
  grid: Grid;
  weights: Weights;
  people: Availability[];
  events: EventPlan[];
  /** Sets of events that may be what is left, smaller before larger; each holds what comes after. */
  masks: number[];
  /** Index in `masks` by mask; -1: cannot be left. */
  maskAt: Int32Array;
  shared: SharedHours;
  /** Places to fill in all. */
  positions: number;
}

/** A number from a name and the seed: an order that does not depend on how things were listed. */
export const lot = (seed: number, name: string): number => {
  let hash = 2_166_136_261 ^ seed;
  for (let index = 0; index < name.length; index++)
    hash = Math.imul(hash ^ name.charCodeAt(index), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519);
  return (hash ^ (hash >>> 13)) >>> 0;
};

const byLot = <T extends { id: string }>(seed: number, things: readonly T[]): T[] =>
  things
    .map((thing) => ({ thing, at: lot(seed, thing.id) }))
    .toSorted((a, b) => a.at - b.at || (a.thing.id < b.thing.id ? -1 : 1))
    .map(({ thing }) => thing);

/** Lengths of the events that each resource may sit in. */
const lengthsOf = (grid: Grid, events: readonly PanelEvent[]): Map<string, Set<number>> => {
  const lengths = new Map<string, Set<number>>();
  for (const { seats, minutes } of events)
    for (const { of } of seats)
      for (const id of of) {
        const known = lengths.get(id);
        if (known) known.add(inSlots(grid, minutes));
        else lengths.set(id, new Set([inSlots(grid, minutes)]));
      }
  return lengths;
};

const masksOf = (events: readonly EventPlan[]): number[] => {
  const size = (mask: number): number => {
    let count = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
    return count;
  };
  const full = (1 << events.length) - 1;
  const found: number[] = [];
  for (let left = 0; left <= full; left++)
    // Whoever is left needs only what is left or over; whoever is over needs only what is over.
    if (events.every(({ needs }, index) => ((left >> index) & 1) === 1 || (needs & left) === 0))
      found.push(left);
  return found.toSorted((a, b) => size(a) - size(b) || a - b);
};

const needsOf = (panel: Panel, ordered: readonly PanelEvent[]): number[] => {
  const at = new Map(ordered.map(({ id }, index) => [id, index]));
  return ordered.map((event) => {
    const place = panel.events.indexOf(event);
    const before = panel.order === 'fixed' ? panel.events.slice(0, place).map(({ id }) => id) : [];
    return [...before, ...event.after].reduce((mask, id) => mask | (1 << (at.get(id) ?? 0)), 0);
  });
};

export const prepare = (panel: Panel): Prepared => {
  const grid = gridOf(panel);
  const weights = weightsOf(panel, grid);
  const shared: SharedHours = new Map();
  const ordered = byLot(panel.seed, panel.events);
  const lengths = lengthsOf(grid, ordered);
  const seated = byLot(panel.seed, panel.resources.filter(({ id }) => lengths.has(id))); // prettier-ignore
  const people = seated.map((resource) =>
    availabilityOf(panel, grid, weights, shared, resource, lengths.get(resource.id) ?? new Set()),
  );
  const place = new Map(seated.map(({ id }, index) => [id, index]));
  const needs = needsOf(panel, ordered);
  const events = ordered.map((event, index): EventPlan => {
    const length = inSlots(grid, event.minutes);
    const { min, max } = event.gap ?? panel.gap;
    const seats = event.seats.map((seat): SeatPlan => ({
      seat,
      count: seat.count,
      empty: seat.required ? Infinity : weights.cost.optional,
      members: seat.of
        .map((id, rank) => ({
          who: place.get(id) ?? 0,
          rank: seat.ranked ? Math.min(rank, 9) * weights.cost.rank : 0,
        }))
        .toSorted((a, b) => a.who - b.who),
    }));
    return {
      event,
      length,
      open: mayStart(grid, length, event.between),
      needs: needs[index] ?? 0,
      gap: {
        min: inSlots(grid, min),
        max: max === null ? grid.slots : Math.floor((max * 60_000) / grid.slot),
      },
      seats,
      chairs: seats.flatMap((seat) => Array.from({ length: seat.count }, () => seat)),
    };
  });
  const masks = masksOf(events);
  const maskAt = new Int32Array(1 << events.length).fill(-1);
  masks.forEach((mask, index) => (maskAt[mask] = index));
  const gaps = new Set(events.map(({ gap }) => `${String(gap.min)} ${String(gap.max)}`));
  const cells = masks.length * 2 * gaps.size * panel.maxDays * grid.starts.length;
  if (cells > limits.cells)
    throw invalid(
      'panel_too_large',
      `panel: ${String(events.length)} events in any order at so many times on ${String(panel.maxDays)} days are more than can be looked through. Fix their order, ask for fewer days, or let events start at fewer times.`,
      'events',
    );
  const positions = events.reduce((sum, { chairs }) => sum + chairs.length, 0);
  return { panel, grid, weights, people, events, masks, maskAt, shared, positions };
};

/** What it costs to have this member in an event that starts then; infinite where it cannot be. */
export const sittingCost = (
  { people }: Prepared,
  { length }: EventPlan,
  { who, rank }: Member,
  slot: number,
): number => {
  const person = people[who];
  const sitting = person?.sittings.get(length);
  if (!person || !sitting || !has(sitting.free, slot)) return Infinity;
  let cost = rank;
  const { steps } = person;
  let index = steps.length - 1;
  while (index > 0 && slot < (steps[index]?.from ?? 0)) index--;
  cost += steps[index]?.cost ?? 0;
  for (const penalty of sitting.penalties) if (has(penalty.row, slot)) cost += penalty.weight;
  return cost;
};
