/**
 * Who sits where once all times are fixed, at the least cost. Where nobody may sit twice it is an
 * assignment problem, solved by shortest augmenting paths, whose dual values say what people are worth;
 * where people may, it is searched, because limits and load then depend on who sits how often.
 */
import { countBooked } from './availability.ts';
import type { Stop } from './model.ts';
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
  /** By position, in the order of `chairsOf`: whom, or -1 for a position left empty. */
  who: Int32Array;
  /** What a person's place is worth to others, by person; all 0 where people may sit twice. */
  worth: Map<number, number> | null;
}

/** One place to fill. */
export interface Chair {
  event: number;
  plan: EventPlan;
  seat: SeatPlan;
  slot: number;
}

interface Position extends Chair {
  /** Cheapest first, as many as could ever be needed. */
  who: number[];
  cost: number[];
}

/** Short lists of the cheapest members, kept between schedules that share an event's start. */
export type Lists = Map<number, { who: number[]; cost: number[] }>;

const listOf = (prepared: Prepared, plan: EventPlan, seat: SeatPlan, slot: number): { who: number[]; cost: number[] } => {
  const found: Array<{ who: number; cost: number }> = [];
  for (const member of seat.members) {
    const cost = sittingCost(prepared, plan, member, slot);
    if (cost < Infinity) found.push({ who: member.who, cost });
  }
  // Of a position's members no more than there are positions can be in use elsewhere.
  const short = found.sort((a, b) => a.cost - b.cost || a.who - b.who).slice(0, prepared.positions);
  return { who: short.map(({ who }) => who), cost: short.map(({ cost }) => cost) };
}; // prettier-ignore

/** All places to fill, as `Assignment.who` has them. */
export const chairsOf = ({ events }: Prepared, timed: readonly Timed[]): Chair[] =>
  timed.flatMap(({ event, slot }) => {
    const plan = events[event];
    if (!plan) return [];
    return plan.seats.flatMap((seat) =>
      Array.from({ length: seat.count }, () => ({ event, plan, seat, slot })),
    );
  });

const positionsOf = (prepared: Prepared, timed: readonly Timed[], lists: Lists): Position[] => {
  const { slots } = prepared.grid;
  return chairsOf(prepared, timed).map((chair) => {
    const { event, plan, seat, slot } = chair;
    const key = (event * 64 + plan.seats.indexOf(seat)) * slots + slot;
    let list = lists.get(key);
    if (!list) {
      list = listOf(prepared, plan, seat, slot);
      lists.set(key, list);
    }
    return { ...chair, who: list.who, cost: list.cost };
  });
};

/**
 * A cost of `biggest` or more: the seats cannot be filled at these times. Once `stop` says so, it need
 * not be the least.
 */
export const assign = (prepared: Prepared, timed: readonly Timed[], lists: Lists, stop: Stop): Assignment => {
  const positions = positionsOf(prepared, timed, lists);
  return prepared.panel.repeat
    ? assignRepeating(prepared, positions, stop)
    : assignOnce(prepared, positions, oneChairEach(prepared));
}; // prettier-ignore

/** The columns that a person may take at a position, with what each costs beyond the list's price. */
type Columns = (who: number, position: Position) => ReadonlyArray<{ key: string; extra: number }>;

/** People sit once in a panel, rooms once in an event. */
const oneChairEach = ({ people }: Prepared): Columns => {
  const own = people.map((_, who) => [{ key: String(who), extra: 0 }]);
  return (who, { event }) =>
    people[who]?.resource.kind === 'room'
      ? [{ key: `${String(event)} ${String(who)}`, extra: 0 }]
      : (own[who] ?? []);
};

/** Positions as rows, whom they may have as columns, and an empty chair for each. */
interface Table {
  /** The edges of row `r` are those from `first[r]` to before `first[r + 1]`. */
  first: Int32Array;
  to: number[];
  price: number[];
  /** Whom a column stands for; -1: an empty chair. */
  owner: number[];
}

const tableOf = (positions: readonly Position[], columnsOf: Columns): Table => {
  const first = new Int32Array(positions.length + 1);
  const to: number[] = [];
  const price: number[] = [];
  const owner: number[] = [];
  const columns = new Map<string, number>();
  positions.forEach((position, row) => {
    first[row] = to.length;
    const { who, cost, seat } = position;
    for (let index = 0; index < who.length; index++) {
      const one = who[index] ?? 0;
      for (const { key, extra } of columnsOf(one, position)) {
        let column = columns.get(key);
        if (column === undefined) {
          column = owner.push(one) - 1;
          columns.set(key, column);
        }
        to.push(column);
        price.push((cost[index] ?? 0) + extra);
      }
    }
    // A chair that has to be taken may stay empty at a cost that no schedule has, so that the duals tell
    // of people who are missing as well.
    to.push(owner.push(-1) - 1);
    price.push(Math.min(seat.empty, biggest));
  });
  first[positions.length] = to.length;
  return { first, to, price, owner };
};

/** Jonker and Volgenant's way: each position in turn takes the cheapest path to a free column. */
const assignOnce = (
  prepared: Prepared,
  positions: readonly Position[],
  columns: Columns,
): Assignment => {
  const { first, to, price, owner } = tableOf(positions, columns);
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

/** The local day and week that a person's interview at a slot counts for. */
const countsFor = ({ people, grid }: Prepared, who: number, slot: number): { day: number; week: number } => {
  const zone = people[who]?.zone;
  const day = zone ? localDay(zone, instantAt(grid, slot)) : 0;
  return { day, week: weekOf(day) };
}; // prettier-ignore

/**
 * What a person's interview costs beyond a first one, after `today` and `thisWeek` others of the panel;
 * infinite beyond a limit.
 */
const further = (prepared: Prepared, who: number, at: { day: number; week: number }, today: number, thisWeek: number): number => {
  const { weights, panel, people } = prepared;
  const person = people[who];
  if (person?.resource.kind !== 'person') return 0;
  const { perDay, perWeek } = person.resource;
  const booked = countBooked(person.resource, person.zone);
  const over = (limit: number | null, had: number, now: number): number => {
    // What the first one costs beyond a limit stands in the list.
    if (limit === null || now === 0 || had >= limit || had + now < limit) return 0;
    return panel.limits === 'keep' ? Infinity : weights.cost.limit;
  };
  return (
    2 * thisWeek * weights.cost.load +
    over(perDay, booked.days.get(at.day) ?? 0, today) +
    over(perWeek, booked.weeks.get(at.week) ?? 0, thisWeek)
  );
}; // prettier-ignore

/** A column for each time that a person may sit on a day, each dearer than the one before. */
const chairsOfDays = (prepared: Prepared, times: number): Columns => {
  const known = new Map<string, ReadonlyArray<{ key: string; extra: number }>>();
  const once = oneChairEach(prepared);
  return (who, position) => {
    if (prepared.people[who]?.resource.kind === 'room') return once(who, position);
    const at = countsFor(prepared, who, position.slot);
    const name = `${String(who)} ${String(at.day)}`;
    let columns = known.get(name);
    if (!columns) {
      columns = Array.from({ length: times }, (_, time) => ({
        key: `${name} ${String(time)}`,
        extra: further(prepared, who, at, time, time),
      })).filter(({ extra }) => extra < Infinity);
      known.set(name, columns);
    }
    return columns;
  };
};

/** Whether it can be as it is: nobody twice in an event, and nobody on two days of one week. */
const isLawful = (prepared: Prepared, positions: readonly Position[], { who }: Assignment): boolean => {
  const events = new Set<string>();
  const dayOfWeek = new Map<string, number>();
  return positions.every(({ event, slot }, index) => {
    const one = who[index] ?? -1;
    if (one < 0) return true;
    const inEvent = `${String(event)} ${String(one)}`;
    if (events.has(inEvent)) return false;
    events.add(inEvent);
    const { day, week } = countsFor(prepared, one, slot);
    const ofWeek = `${String(one)} ${String(week)}`;
    const before = dayOfWeek.get(ofWeek) ?? day;
    dayOfWeek.set(ofWeek, day);
    return before === day || prepared.people[one]?.resource.kind === 'room';
  });
}; // prettier-ignore

/**
 * As if each day of a person were a person, which costs no more than the truth and mostly is the truth;
 * where it is not, all ways are searched.
 */
const assignRepeating = (prepared: Prepared, positions: readonly Position[], stop: Stop): Assignment => {
  const loose = assignOnce(prepared, positions, chairsOfDays(prepared, prepared.events.length));
  if (loose.cost >= biggest || isLawful(prepared, positions, loose)) return { ...loose, worth: null };
  return assignByTrial(prepared, positions, loose.cost, stop);
}; // prettier-ignore

/** Depth first over positions; what is left costs at least its cheapest members. */
const assignByTrial = (prepared: Prepared, positions: readonly Position[], least: number, stop: Stop): Assignment => {
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

  const place = (index: number, cost: number): void => {
    if (cost + (rest[index] ?? 0) >= best.cost || best.cost === least || stop()) return;
    const position = positions[index];
    if (!position) {
      best = { cost, who: chosen.slice(), worth: null };
      return;
    }
    const { who, cost: costs, seat, slot, event } = position;
    // Positions of one seat are alike: they are filled in the order of its list, empty ones last.
    const same = positions[index - 1]?.seat === seat;
    const before = same ? (chosen[index - 1] ?? -1) : -1;
    const first = same ? who.indexOf(before) + 1 : 0;
    for (let option = same && before < 0 ? who.length : first; option < who.length; option++) {
      const one = who[option] ?? 0;
      const at = countsFor(prepared, one, slot);
      const keys = [`e${String(event)} ${String(one)}`, `d${String(one)} ${String(at.day)}`, `w${String(one)} ${String(at.week)}`]; // prettier-ignore
      const [inEvent = '', day = '', week = ''] = keys;
      if (count(inEvent) > 0) continue;
      const all = cost + (costs[option] ?? 0) + further(prepared, one, at, count(day), count(week));
      if (all === Infinity) continue;
      for (const key of keys) counts.set(key, count(key) + 1);
      chosen[index] = one;
      place(index + 1, all);
      for (const key of keys) counts.set(key, count(key) - 1);
      chosen[index] = -1;
    }
    if (seat.empty < Infinity) place(index + 1, cost + seat.empty);
  };
  place(0, 0);
  return best;
}; // prettier-ignore
