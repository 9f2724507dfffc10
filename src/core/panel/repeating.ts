/** Who sits where people may sit in several events: limits and load then depend on who sits how often. */
import { countBooked } from './availability.ts';
import type { Assignment, Position } from './chairs.ts';
import { instantAt } from './grid.ts';
import { aloneAt, assignOnce, type Columns } from './matching.ts';
import type { Stop } from './model.ts';
import type { Prepared } from './prepare.ts';
import { biggest } from './weights.ts';
import { localDay, weekOf } from './zones.ts';

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
export const assignRepeating = (prepared: Prepared, positions: readonly Position[], stop: Stop): Assignment => {
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
