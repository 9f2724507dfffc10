/** A found schedule in the caller's terms: who sits where, its score, and what was compromised for whom. */
import { dateTimeText, durationText } from '../template/times.ts';
import { chairsOf } from './chairs.ts';
import { countBooked } from './availability.ts';
import { instantAt, type Grid } from './grid.ts';
import type { Compromise, Placed, Schedule, Score } from './model.ts';
import type { Prepared } from './prepare.ts';
import { has } from './rows.ts';
import type { Found, Start } from './search.ts';
import { lexicographic, noScore } from './weights.ts';
import { localDay, weekOf } from './zones.ts';

const minute = 60_000;

/** Idle slots of a day's events, lunch left out once where it lies between two. */
const idleOf = (grid: Grid, spans: ReadonlyArray<{ start: number; end: number }>): number => {
  const day = grid.days.find(({ from, to }) => from <= (spans[0]?.start ?? 0) && (spans[0]?.start ?? 0) < to); // prettier-ignore
  let idle = 0;
  let spared = 0;
  spans.forEach(({ start }, index) => {
    const end = spans[index - 1]?.end;
    if (end === undefined) return;
    idle += start - end;
    const lunch = day?.lunch;
    if (lunch && Math.min(start, lunch.to) - Math.max(end, lunch.from) >= grid.lunchSlots)
      spared = grid.lunchSlots;
  });
  return idle - spared;
};

interface Sat {
  eventId: string;
  eventName: string;
  who: number;
  slot: number;
  length: number;
  rank: number;
}

const words: Record<string, (name: string) => string> = {
  unknown: (name) => `nobody knows whether ${name} is free then: the calendar could not be read`,
  soft: (name) => `${name} has something tentative then`,
  preferred: (name) => `outside the hours that ${name} likes`,
  limit: (name) => `beyond the limit of ${name}`,
  buffer: (name) => `without the pause that ${name} keeps`,
};

const titlesOf = (prepared: Prepared, { who, slot, length }: Sat): string => {
  const start = instantAt(prepared.grid, slot);
  const end = instantAt(prepared.grid, slot + length);
  const titles = (prepared.people[who]?.resource.busy ?? [])
    .filter((one) => one.kind === 'soft' && one.start < end && start < one.end)
    .flatMap(({ title }) => title ?? []);
  return titles.length === 0 ? '' : `: ${titles.join(', ')}`;
};

/** What sits where, in the order of `chairsOf`. */
const seatsOf = (prepared: Prepared, { timed, who }: Found): { placed: Placed[]; sat: Sat[]; open: Compromise[] } => {
  const { grid, people } = prepared;
  const sat: Sat[] = [];
  const open: Compromise[] = [];
  const seats = new Map<number, Map<string, string[]>>();
  chairsOf(prepared, timed).forEach(({ event, plan, seat, slot }, index) => {
    const one = who[index] ?? -1;
    const of = seats.get(event) ?? new Map<string, string[]>();
    seats.set(event, of);
    const ids = of.get(seat.seat.id) ?? [];
    of.set(seat.seat.id, ids);
    const resource = people[one]?.resource;
    if (!resource)
      open.push({
        term: 'optional', eventId: plan.event.id, resourceId: null,
        text: `${plan.event.name}: an optional seat stays empty.`,
      }); // prettier-ignore
    else {
      ids.push(resource.id);
      const place = seat.seat.ranked ? seat.seat.of.indexOf(resource.id) : 0;
      sat.push({ eventId: plan.event.id, eventName: plan.event.name, who: one, slot, length: plan.length, rank: Math.min(place, 9) }); // prettier-ignore
    }
  });
  const placed = timed.map(({ event, slot }): Placed => {
    const plan = prepared.events[event];
    return {
      eventId: plan?.event.id ?? '',
      start: instantAt(grid, slot),
      end: instantAt(grid, slot) + (plan?.event.minutes ?? 0) * minute,
      seats: (plan?.event.seats ?? []).map(({ id }) => ({
        seatId: id,
        resourceIds: (seats.get(event)?.get(id) ?? []).toSorted(),
      })),
    };
  });
  return { placed, sat, open };
}; // prettier-ignore

/** Further interviews beyond a limit, and how the load grows, by people and their days and weeks. */
const burdenOf = (prepared: Prepared, sat: readonly Sat[]): { load: number; over: Array<{ who: number; count: number }> } => {
  const over: Array<{ who: number; count: number }> = [];
  let load = 0;
  for (const [who, all] of Map.groupBy(sat, (one) => one.who)) {
    const person = prepared.people[who];
    if (person?.resource.kind !== 'person') continue;
    const { days, weeks } = countBooked(person.resource, person.zone);
    const { perDay, perWeek } = person.resource;
    const dayOf = ({ slot }: Sat): number => localDay(person.zone, instantAt(prepared.grid, slot));
    let count = 0;
    const beyond = (limit: number | null, had: number, more: number): number =>
      limit === null ? 0 : Math.max(0, had + more - limit) - Math.max(0, had - limit);
    for (const [day, some] of Map.groupBy(all, dayOf))
      count += beyond(perDay, days.get(day) ?? 0, some.length);
    for (const [week, some] of Map.groupBy(all, (one) => weekOf(dayOf(one)))) {
      const had = weeks.get(week) ?? 0;
      count += beyond(perWeek, had, some.length);
      load += (had + some.length) ** 2 - had ** 2;
    }
    if (count > 0) over.push({ who, count });
  }
  return { load, over };
}; // prettier-ignore

export const describe = (prepared: Prepared, found: Found): Schedule => {
  const { grid, people, panel } = prepared;
  const score = noScore();
  const { placed, sat, open } = seatsOf(prepared, found);
  const compromises: Compromise[] = [...open];
  score.optional = open.length;
  const name = (who: number): string => people[who]?.resource.name ?? '';
  for (const one of sat) {
    const person = people[one.who];
    score.rank += one.rank;
    if (person?.resource.met && person.resource.kind === 'person') {
      score.met++;
      compromises.push({ term: 'met', eventId: one.eventId, resourceId: person.resource.id, text: `${one.eventName}: ${name(one.who)} met this candidate before.` }); // prettier-ignore
    }
    for (const { term, row } of person?.sittings.get(one.length)?.penalties ?? []) {
      if (term === 'limit' || !has(row, one.slot)) continue;
      score[term]++;
      const titles = term === 'soft' ? titlesOf(prepared, one) : '';
      compromises.push({ term, eventId: one.eventId, resourceId: person?.resource.id ?? null, text: `${one.eventName}: ${words[term]?.(name(one.who)) ?? term}${titles}.` }); // prettier-ignore
    }
  }
  const { load, over } = burdenOf(prepared, sat);
  score.load = load;
  for (const { who, count } of over) {
    score.limit += count;
    compromises.push({ term: 'limit', eventId: null, resourceId: people[who]?.resource.id ?? null, text: `${name(who)} goes beyond a limit by ${String(count)}.` }); // prettier-ignore
  }
  const spans = found.timed.map(({ event, slot }) => ({ start: slot, end: slot + (prepared.events[event]?.length ?? 0) })); // prettier-ignore
  const byDay = Map.groupBy(spans, ({ start }) => grid.days.findIndex(({ from, to }) => from <= start && start < to)); // prettier-ignore
  for (const some of byDay.values()) score.idle += idleOf(grid, some) * panel.grain;
  score.days = byDay.size - 1;
  const first = placed[0]?.start ?? panel.horizon.start;
  score.start = (first - panel.horizon.start) / minute;
  if (score.idle > 0)
    compromises.push({ term: 'idle', eventId: null, resourceId: null, text: `The candidate waits ${durationText(score.idle * minute)} between events.` }); // prettier-ignore
  if (score.days > 0)
    compromises.push({ term: 'days', eventId: null, resourceId: null, text: `It takes ${String(score.days + 1)} days, from ${dateTimeText(first, panel.zone)}.` }); // prettier-ignore
  return { events: placed, score, compromises };
};

/** What a bound says of each term, where terms can be told apart. */
export const boundScore = (prepared: Prepared, { low, slot }: Start): Score | null => {
  const order = lexicographic(prepared.panel);
  if (!order) return null;
  const { cost } = prepared.weights;
  const score = noScore();
  let rest = low;
  for (const term of order) {
    if (term === 'start') {
      score.start = (instantAt(prepared.grid, slot) - prepared.panel.horizon.start) / minute;
      continue;
    }
    const units = Math.floor(rest / cost[term]);
    rest -= units * cost[term];
    score[term] = term === 'idle' ? units * prepared.panel.grain : units;
  }
  return score;
};
