/**
 * Who sits where once all times are fixed, at the least cost. Where nobody may sit twice it is an
 * assignment problem, solved by shortest augmenting paths, whose dual values say what people are worth;
 * where people may, it is searched, because limits and load then depend on who sits how often.
 */
import { countBooked } from './availability.ts';
import { sittingCost, type EventPlan, type Prepared, type SeatPlan } from './prepare.ts';
import { instantAt } from './grid.ts';
import { biggest } from './weights.ts';
import { localDay, weekOf } from './zones.ts';

/** An event at a start: its index in `events`, and a slot. */
export interface Timed {
  event: number;
  slot: number;
}

export interface Assignment {
  cost: number;
  /** By position, in the order of `positionsOf`: whom, or -1 for a position left empty. */
  who: Int32Array;
  /** What a person's place is worth to others, by person; all 0 where people may sit twice. */
  worth: Map<number, number> | null;
}

interface Position {
  event: number;
  plan: EventPlan;
  seat: SeatPlan;
  slot: number;
  /** Cheapest first, as many as could ever be needed. */
  who: number[];
  cost: number[];
}

/** Short lists of the cheapest members, kept between schedules that share an event's start. */
export type Lists = Map<number, { who: number[]; cost: number[] }>;

const listOf = (prepared: Prepared, plan: EventPlan, seat: SeatPlan, slot: number, most: number): { who: number[]; cost: number[] } => {
  const found: Array<{ who: number; cost: number }> = [];
  for (const member of seat.members) {
    const cost = sittingCost(prepared, plan, member, slot);
    if (cost < Infinity) found.push({ who: member.who, cost });
  }
  // Of a position's members no more than there are positions can be in use elsewhere.
  const short = found.sort((a, b) => a.cost - b.cost || a.who - b.who).slice(0, most);
  return { who: short.map(({ who }) => who), cost: short.map(({ cost }) => cost) };
}; // prettier-ignore

export const positionsOf = (prepared: Prepared, timed: readonly Timed[], lists: Lists): Position[] => {
  const total = prepared.events.reduce(
    (all, { seats }) => seats.reduce((sum, { count }) => sum + count, all),
    0,
  );
  const { slots } = prepared.grid;
  return timed.flatMap(({ event, slot }) => {
    const plan = prepared.events[event];
    if (!plan) return [];
    return plan.seats.flatMap((seat, index) => {
      const key = (event * 64 + index) * slots + slot;
      let list = lists.get(key);
      if (!list) {
        list = listOf(prepared, plan, seat, slot, total);
        lists.set(key, list);
      }
      const { who, cost } = list;
      return Array.from({ length: seat.count }, () => ({ event, plan, seat, slot, who, cost }));
    });
  });
}; // prettier-ignore

/** A cost of `biggest` or more: the seats cannot be filled at these times. */
export const assign = (prepared: Prepared, timed: readonly Timed[], lists: Lists): Assignment => {
  const positions = positionsOf(prepared, timed, lists);
  return prepared.panel.repeat
    ? assignRepeating(prepared, positions)
    : assignOnce(prepared, positions);
}; // prettier-ignore

/** Positions as rows, whom they may have as columns: people once, rooms once an event, and an empty chair. */
interface Table {
  /** The edges of row `r` are those from `first[r]` to before `first[r + 1]`. */
  first: Int32Array;
  to: Int32Array;
  price: Float64Array;
  /** Whom a column stands for; -1: an empty chair. */
  owner: number[];
}

const tableOf = ({ people }: Prepared, positions: readonly Position[]): Table => {
  const size = positions.reduce((sum, { who }) => sum + who.length + 1, 0);
  const first = new Int32Array(positions.length + 1);
  const to = new Int32Array(size);
  const price = new Float64Array(size);
  const owner: number[] = [];
  const columns = new Map<number, number>();
  let edge = 0;
  positions.forEach(({ event, who, cost, seat }, row) => {
    first[row] = edge;
    for (let index = 0; index < who.length; index++) {
      const one = who[index] ?? 0;
      const key = people[one]?.resource.kind === 'room' ? (event + 1) * people.length + one : one;
      let column = columns.get(key);
      if (column === undefined) {
        column = owner.push(one) - 1;
        columns.set(key, column);
      }
      to[edge] = column;
      price[edge++] = cost[index] ?? 0;
    }
    // A chair that has to be taken may stay empty at a cost that no schedule has, so that the duals tell
    // of people who are missing as well.
    to[edge] = owner.push(-1) - 1;
    price[edge++] = Math.min(seat.empty, biggest);
  });
  first[positions.length] = edge;
  return { first, to, price, owner };
};

/** Jonker and Volgenant's way: each position in turn takes the cheapest path to a free column. */
const assignOnce = (prepared: Prepared, positions: readonly Position[]): Assignment => {
  const { first, to, price, owner } = tableOf(prepared, positions);
  const rows = positions.length;
  const wide = owner.length;
  const taken = new Int32Array(wide).fill(-1);
  const dual = new Float64Array(wide);
  const seated = new Int32Array(rows).fill(-1);
  /** What each row pays where it sits. */
  const pays = new Float64Array(rows);
  const distance = new Float64Array(wide);
  const from = new Int32Array(wide);
  const through = new Int32Array(wide);
  const done = new Uint8Array(wide);

  for (let row = 0; row < rows; row++) {
    distance.fill(Infinity);
    done.fill(0);
    let at = row;
    let least = 0;
    let end = -1;
    while (end < 0) {
      // Distances are differences to the edge that this row sits on.
      const own = seated[at] ?? -1;
      const base = own < 0 ? 0 : (pays[at] ?? 0) - (dual[own] ?? 0);
      for (let edge = first[at] ?? 0; edge < (first[at + 1] ?? 0); edge++) {
        const column = to[edge] ?? 0;
        if (done[column] === 1) continue;
        const far = least + (price[edge] ?? 0) - (dual[column] ?? 0) - base;
        if (far < (distance[column] ?? 0)) {
          distance[column] = far;
          from[column] = at;
          through[column] = edge;
        }
      }
      let next = -1;
      let nearest = Infinity;
      for (let column = 0; column < wide; column++)
        if (done[column] === 0 && (distance[column] ?? 0) < nearest) {
          next = column;
          nearest = distance[column] ?? 0;
        }
      least = nearest;
      if ((taken[next] ?? -1) < 0) end = next;
      else {
        done[next] = 1;
        at = taken[next] ?? 0;
      }
    }
    for (let column = 0; column < wide; column++)
      if (done[column] === 1) dual[column] = (dual[column] ?? 0) + (distance[column] ?? 0) - least;
    for (let by = -1; by !== row;) {
      by = from[end] ?? 0;
      const before = seated[by] ?? -1;
      taken[end] = by;
      seated[by] = end;
      pays[by] = price[through[end] ?? 0] ?? 0;
      end = before;
    }
  }

  const worth = new Map<number, number>();
  owner.forEach((one, column) => {
    const value = -(dual[column] ?? 0);
    if (one >= 0 && value > 0 && prepared.people[one]?.resource.kind === 'person')
      worth.set(one, value);
  });
  return {
    cost: pays.reduce((sum, one) => sum + one, 0),
    who: seated.map((column) => owner[column] ?? -1),
    worth,
  };
};

/** Depth first over positions; what is left costs at least its cheapest members. */
const assignRepeating = (prepared: Prepared, positions: readonly Position[]): Assignment => {
  const { weights, panel, grid } = prepared;
  const rest = new Float64Array(positions.length + 1);
  for (let index = positions.length - 1; index >= 0; index--) {
    const position = positions[index];
    const cheapest = Math.min(position?.cost[0] ?? Infinity, position?.seat.empty ?? Infinity);
    rest[index] = (rest[index + 1] ?? 0) + cheapest;
  }
  const counts = new Map<string, number>();
  const count = (key: string): number => counts.get(key) ?? 0;
  const chosen = new Int32Array(positions.length).fill(-1);
  let best: Assignment = { cost: biggest, who: chosen, worth: null };

  /** What a further interview of a person costs beyond a first one; infinite beyond a limit. */
  const further = (who: number, slot: number, keys: [string, string]): number => {
    const person = prepared.people[who];
    if (person?.resource.kind !== 'person') return 0;
    const { perDay, perWeek } = person.resource;
    const local = localDay(person.zone, instantAt(grid, slot));
    const booked = countBooked(person.resource, person.zone);
    const over = (limit: number | null, had: number, now: number): number => {
      if (limit === null || now === 0 || had >= limit || had + now < limit) return 0;
      return panel.limits === 'keep' ? Infinity : weights.cost.limit;
    };
    return (
      2 * count(keys[1]) * weights.cost.load +
      over(perDay, booked.days.get(local) ?? 0, count(keys[0])) +
      over(perWeek, booked.weeks.get(weekOf(local)) ?? 0, count(keys[1]))
    );
  };

  const place = (index: number, cost: number): void => {
    if (cost + (rest[index] ?? 0) >= best.cost) return;
    const position = positions[index];
    if (!position) {
      best = { cost, who: chosen.slice(), worth: null };
      return;
    }
    const { who, cost: costs, seat, slot, event } = position;
    const before = positions[index - 1];
    // Positions of one seat are alike: they are filled in the order of its list.
    const first = before?.seat === seat ? who.indexOf(chosen[index - 1] ?? -1) + 1 : 0;
    const openBefore = before?.seat === seat && chosen[index - 1] === -1;
    if (!openBefore)
      for (let option = first; option < who.length; option++) {
        const one = who[option] ?? 0;
        const inEvent = `${String(event)} ${String(one)}`;
        if (count(inEvent) > 0) continue;
        const person = prepared.people[one];
        const local = person ? localDay(person.zone, instantAt(grid, slot)) : 0;
        const keys: [string, string] = [`d${String(one)} ${String(local)}`, `w${String(one)} ${String(weekOf(local))}`]; // prettier-ignore
        const all = cost + (costs[option] ?? 0) + further(one, slot, keys);
        if (all === Infinity) continue;
        for (const key of [inEvent, ...keys]) counts.set(key, count(key) + 1);
        chosen[index] = one;
        place(index + 1, all);
        for (const key of [inEvent, ...keys]) counts.set(key, count(key) - 1);
        chosen[index] = -1;
      }
    if (seat.empty < Infinity) place(index + 1, cost + seat.empty);
  };
  place(0, 0);
  return best;
};
