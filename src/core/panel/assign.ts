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
  /** What a position would pay for one more place of a person. */
  worth: Map<number, number> | null;
}

/** One place to fill. */
export interface Chair {
  event: number;
  plan: EventPlan;
  seat: SeatPlan;
  slot: number;
}

export interface Position extends Chair {
  /** Cheapest first, as many as could ever be needed. */
  who: number[];
  cost: number[];
}

/** An event's positions at a start, kept between schedules that share them. */
export type Lists = Map<number, Position[]>;

const listOf = (prepared: Prepared, plan: EventPlan, seat: SeatPlan, slot: number): { who: number[]; cost: number[] } => {
  const who: number[] = [];
  const cost: number[] = [];
  for (const member of seat.members) {
    const own = sittingCost(prepared, plan, member, slot);
    // Of a position's members no more than there are positions can be in use elsewhere.
    const full = cost.length === prepared.positions;
    if (own === Infinity || (full && own >= (cost.at(-1) ?? 0))) continue;
    if (full) {
      who.pop();
      cost.pop();
    }
    let at = cost.length;
    while (at > 0 && own < (cost[at - 1] ?? 0)) at--;
    who.splice(at, 0, member.who);
    cost.splice(at, 0, own);
  }
  return { who, cost };
}; // prettier-ignore

/** All places to fill, as `Assignment.who` has them. */
export const chairsOf = ({ events }: Prepared, timed: readonly Timed[]): Chair[] =>
  timed.flatMap(({ event, slot }) => {
    const plan = events[event];
    return plan ? plan.chairs.map((seat) => ({ event, plan, seat, slot })) : [];
  });

const positionsOf = (prepared: Prepared, timed: readonly Timed[], lists: Lists): Position[] => {
  const all: Position[] = [];
  for (const one of timed) {
    const key = one.event * prepared.grid.slots + one.slot;
    let positions = lists.get(key);
    if (!positions) {
      const lasts = new Map<SeatPlan, ReturnType<typeof listOf>>();
      positions = chairsOf(prepared, [one]).map((chair) => {
        const list = lasts.get(chair.seat) ?? listOf(prepared, chair.plan, chair.seat, chair.slot);
        lasts.set(chair.seat, list);
        return { ...chair, ...list };
      });
      lists.set(key, positions);
    }
    all.push(...positions);
  }
  return all;
};

/**
 * A cost of `biggest` or more: the seats cannot be filled at these times. Once `stop` says so, it need
 * not be the least.
 */
export const assign = (prepared: Prepared, timed: readonly Timed[], lists: Lists, stop: Stop): Assignment => {
  const positions = positionsOf(prepared, timed, lists);
  return prepared.panel.repeat
    ? assignRepeating(prepared, positions, stop)
    : assignOnce(prepared, positions, null);
}; // prettier-ignore

/** The columns that a person may take at a position, with what each costs beyond the list's price. */
type Columns = (who: number, position: Position) => ReadonlyArray<{ key: number; extra: number }>;

/** People sit once in a panel, rooms once in an event. */
const aloneAt = ({ people }: Prepared, who: number, event: number): number =>
  people[who]?.resource.kind === 'room' ? -1 - event * people.length - who : who;

/** Positions as rows, whom they may have as columns, and an empty chair for each. */
interface Table {
  /** The edges of row `r` are those from `first[r]` to before `first[r + 1]`. */
  first: Int32Array;
  to: number[];
  price: number[];
  /** Whom a column stands for; -1: an empty chair. */
  owner: number[];
  /** What the column costs beyond the list's price. */
  extra: number[];
}

const tableOf = (
  prepared: Prepared,
  positions: readonly Position[],
  columnsOf: Columns | null,
): Table => {
  const first = new Int32Array(positions.length + 1);
  const to: number[] = [];
  const price: number[] = [];
  const owner: number[] = [];
  const extras: number[] = [];
  const columns = new Map<number, number>();
  const add = (one: number, key: number, cost: number, extra: number): void => {
    let column = columns.get(key);
    if (column === undefined) {
      column = owner.push(one) - 1;
      extras.push(extra);
      columns.set(key, column);
    }
    to.push(column);
    price.push(cost + extra);
  };
  positions.forEach((position, row) => {
    first[row] = to.length;
    const { who, cost, seat } = position;
    for (let index = 0; index < who.length; index++) {
      const one = who[index] ?? 0;
      const own = cost[index] ?? 0;
      if (columnsOf)
        for (const { key, extra } of columnsOf(one, position)) add(one, key, own, extra);
      else add(one, aloneAt(prepared, one, position.event), own, 0);
    }
    // A chair that has to be taken may stay empty at a cost that no schedule has, so that the duals tell
    // of people who are missing as well.
    to.push(owner.push(-1) - 1);
    extras.push(0);
    price.push(Math.min(seat.empty, biggest));
  });
  first[positions.length] = to.length;
  return { first, to, price, owner, extra: extras };
};

/** Jonker and Volgenant's way: each position in turn takes the cheapest path to a free column. */
const assignOnce = (
  prepared: Prepared,
  positions: readonly Position[],
  columns: Columns | null,
): Assignment => {
  const { first, to, price, owner, extra } = tableOf(prepared, positions, columns);
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

  // What one more position pays for a person: the cheapest of the person's columns.
  const worth = new Map<number, number>();
  owner.forEach((one, column) => {
    if (one < 0 || prepared.people[one]?.resource.kind === 'room') return;
    const value = (extra[column] ?? 0) - (dual[column] ?? 0);
    worth.set(one, Math.min(worth.get(one) ?? Infinity, value));
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
  const { people } = prepared;
  const known = new Map<number, ReadonlyArray<{ key: number; extra: number }>>();
  return (who, position) => {
    if (people[who]?.resource.kind === 'room')
      return [{ key: aloneAt(prepared, who, position.event), extra: 0 }];
    const at = countsFor(prepared, who, position.slot);
    const name = at.day * people.length + who;
    let columns = known.get(name);
    if (!columns) {
      columns = Array.from({ length: times }, (_, time) => ({
        key: name * times + time,
        extra: further(prepared, who, at, time, time),
      })).filter(({ extra }) => extra < Infinity);
      known.set(name, columns);
    }
    return columns;
  };
};

/** Two positions of one event that hold the same person, or 'week': somebody on two days of one week. */
const faultIn = (prepared: Prepared, positions: readonly Position[], { who }: Assignment): [number, number] | 'week' | null => {
  const events = new Map<string, number>();
  const dayOfWeek = new Map<string, number>();
  let weeks = false;
  for (const [index, { event, slot }] of positions.entries()) {
    const one = who[index] ?? -1;
    if (one < 0) continue;
    const inEvent = `${String(event)} ${String(one)}`;
    const other = events.get(inEvent);
    if (other !== undefined) return [other, index];
    events.set(inEvent, index);
    const { day, week } = countsFor(prepared, one, slot);
    const ofWeek = `${String(one)} ${String(week)}`;
    if (prepared.people[one]?.resource.kind === 'person' && (dayOfWeek.get(ofWeek) ?? day) !== day) weeks = true;
    dayOfWeek.set(ofWeek, day);
  }
  return weeks ? 'week' : null;
}; // prettier-ignore

/**
 * As if each day of a person were a person, and each position an event: that costs no more than the
 * truth. Where it puts somebody into an event twice, one of the two places is forbidden in turn; where
 * somebody sits on two days of a week, whose load then adds up, all ways are searched.
 */
const assignRepeating = (prepared: Prepared, positions: readonly Position[], stop: Stop): Assignment => {
  const columns = chairsOfDays(prepared, prepared.events.length);
  let best: Assignment = { cost: biggest, who: new Int32Array(positions.length).fill(-1), worth: null };
  let worth: Assignment['worth'] = null;
  const visit = (tried: readonly Position[]): void => {
    if (stop()) return;
    const loose = assignOnce(prepared, tried, columns);
    worth ??= loose.worth;
    if (loose.cost >= best.cost) return;
    const fault = faultIn(prepared, tried, loose);
    if (fault === 'week') {
      const found = assignByTrial(prepared, tried, best.cost, stop);
      if (found.cost < best.cost) best = found;
    } else if (fault)
      for (const place of fault) visit(tried.map((one, at) => (at === place ? without(one, loose.who[place]) : one)));
    else best = loose;
  };
  visit(positions);
  return { ...best, worth };
}; // prettier-ignore

const without = (position: Position, who: number | undefined): Position => {
  const at = who === undefined ? -1 : position.who.indexOf(who);
  return { ...position, who: position.who.toSpliced(at, 1), cost: position.cost.toSpliced(at, 1) };
};

/** Depth first over positions; what is left costs at least its cheapest members. */
const assignByTrial = (prepared: Prepared, positions: readonly Position[], below: number, stop: Stop): Assignment => {
  const rest = new Float64Array(positions.length + 1);
  for (let index = positions.length - 1; index >= 0; index--) {
    const position = positions[index];
    const cheapest = Math.min(position?.cost[0] ?? Infinity, position?.seat.empty ?? Infinity);
    rest[index] = (rest[index + 1] ?? 0) + cheapest;
  }
  const counts = new Map<string, number>();
  const count = (key: string): number => counts.get(key) ?? 0;
  const chosen = new Int32Array(positions.length).fill(-1);
  let best: Assignment = { cost: below, who: chosen, worth: null };

  const place = (index: number, cost: number): void => {
    if (cost + (rest[index] ?? 0) >= best.cost || stop()) return;
    const position = positions[index];
    if (!position) {
      best = { cost, who: chosen.slice(), worth: null };
      return;
    }
    const { who, cost: costs, seat, slot, event } = position;
    for (let option = 0; option < who.length; option++) {
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

/**
 * What is given back of a price that every position pays for a person: as much as the person's places
 * are worth at it, on each of their days among these slots.
 */
export const givenBack = (prepared: Prepared, who: number, price: number, slots: readonly number[]): number => {
  if (price === 0 || !prepared.panel.repeat) return price;
  const days = new Map(slots.map((slot) => [countsFor(prepared, who, slot).day, slot]));
  let sum = 0;
  for (const slot of days.values())
    for (let time = 0; time < prepared.events.length; time++)
      sum += Math.max(0, price - further(prepared, who, countsFor(prepared, who, slot), time, time));
  return sum;
}; // prettier-ignore
