/**
 * What each event costs at each start, at least: every position takes its cheapest member as if nobody
 * else wanted them. Prices on people who are wanted twice make that bound sharper (Lagrangian): whoever
 * sits pays the price, and the sum of all prices is given back once.
 */
import type { Day } from './grid.ts';
import {
  sittingCost,
  type EventPlan,
  type Member,
  type Prepared,
  type SeatPlan,
} from './prepare.ts';
import { has } from './rows.ts';

/** By event, by index in `grid.starts`. */
export type Costs = Float64Array[];

export const emptyCosts = ({ events, grid }: Prepared): Costs =>
  events.map(() => new Float64Array(grid.starts.length).fill(Infinity));

/** Adds to `into` what the seat's best `count` members cost, for the starts of a day. */
const addSeat = (
  prepared: Prepared,
  plan: EventPlan,
  seat: SeatPlan,
  day: Day,
  prices: Float64Array | null,
  into: Float64Array,
): void => {
  const { starts } = prepared.grid;
  const wide = day.last - day.first;
  const best = new Float64Array(wide * seat.count).fill(seat.empty);
  for (const member of seat.members) {
    const person = prepared.people[member.who];
    const sitting = person?.sittings.get(plan.length);
    if (!person || !sitting) continue;
    const { free, penalties } = sitting;
    const price = prices?.[member.who] ?? 0;
    const plain = penalties.length === 0 && sameStep(person.steps, starts, day);
    const fixed = plain ? sittingCostIfFree(person.steps, starts[day.first] ?? 0, member) + price : 0;
    for (let index = day.first; index < day.last; index++) {
      const slot = starts[index] ?? 0;
      if (!has(free, slot)) continue;
      const cost = plain ? fixed : sittingCost(prepared, plan, member, slot) + price;
      if (seat.count === 1) {
        if (cost < (best[index - day.first] ?? 0)) best[index - day.first] = cost;
      } else insert(best, (index - day.first) * seat.count, seat.count, cost);
    }
  }
  for (let index = 0; index < wide; index++) {
    let sum = 0;
    for (let place = 0; place < seat.count; place++) sum += best[index * seat.count + place] ?? 0;
    into[day.first + index] = (into[day.first + index] ?? 0) + sum;
  }
}; // prettier-ignore

const sameStep = (steps: Array<{ from: number }>, starts: Int32Array, day: Day): boolean => {
  const first = starts[day.first] ?? 0;
  const last = starts[day.last - 1] ?? 0;
  return !steps.some(({ from }) => first < from && from <= last);
};

const sittingCostIfFree = (
  steps: Array<{ from: number; cost: number }>,
  slot: number,
  { rank }: Member,
): number => {
  let index = steps.length - 1;
  while (index > 0 && slot < (steps[index]?.from ?? 0)) index--;
  return rank + (steps[index]?.cost ?? 0);
};

/** Keeps the `count` smallest, in order. */
const insert = (best: Float64Array, from: number, count: number, cost: number): void => {
  let place = from + count - 1;
  if (cost >= (best[place] ?? 0)) return;
  while (place > from && cost < (best[place - 1] ?? 0)) {
    best[place] = best[place - 1] ?? 0;
    place--;
  }
  best[place] = cost;
};

/** Fills in the costs of these events, as a mask, on a day; `prices` by person. */
export const costDay = (prepared: Prepared, day: Day, prices: Float64Array | null, costs: Costs, which: number): void => {
  const { events, grid } = prepared;
  events.forEach((plan, event) => {
    const into = costs[event];
    if (!into || ((which >> event) & 1) === 0) return;
    for (let index = day.first; index < day.last; index++)
      into[index] = has(plan.open, grid.starts[index] ?? 0) ? 0 : Infinity;
    for (const seat of plan.seats) addSeat(prepared, plan, seat, day, prices, into);
  });
}; // prettier-ignore
