/**
 * The peer of the search: depth first over order, starts and seats on lists of intervals, as one would
 * write it without the engine: members of a pool sorted by what they cost, a binary search for whether
 * somebody is free, and every branch cut whose cost so far, with the least that the rest can cost, does
 * not beat what is known. It proves its answer as the engine does, and shares no code with it.
 *
 * It knows what the panels of the bench ask: events of one seat for one person each, all on one day in
 * any order, nobody twice, hard busy times, no limits and no buffers; there idle time, load and start
 * are the terms that differ.
 */
import { DateTime } from 'luxon';
import type { Panel, PanelEvent, Resource } from '#core/panel/model.ts';
import type { Span } from '#core/people/conflicts.ts';
import { inOrder, subtract, workingTime } from './sweep.ts';

const minute = 60_000;

/** The terms that differ; `start` is the instant. */
export interface Found {
  start: number;
  idle: number;
  load: number;
}

/** Negative: `a` is better. */
const compare = (a: Found, b: Found): number =>
  a.idle - b.idle || a.load - b.load || a.start - b.start;

interface Person {
  index: number;
  free: readonly Span[];
}

interface Event {
  length: number;
  /** Cheapest first in the week in question. */
  pool: ReadonlyArray<{ person: Person; cost: number }>;
  /** Of the cheapest; Infinity: nobody is in the pool. */
  least: number;
}

const outward = (spans: readonly Span[], grain: number): Span[] =>
  spans.map(({ start, end }) => ({
    start: Math.floor(start / grain) * grain,
    end: Math.ceil(end / grain) * grain,
  }));

const inward = (spans: readonly Span[], grain: number): Span[] =>
  spans.map(({ start, end }) => ({
    start: Math.ceil(start / grain) * grain,
    end: Math.floor(end / grain) * grain,
  }));

const isFree = (free: readonly Span[], start: number, end: number): boolean => {
  let low = 0;
  let high = free.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((free[middle]?.end ?? 0) >= end) high = middle;
    else low = middle + 1;
  }
  const span = free[low];
  return span !== undefined && span.start <= start && end <= span.end;
};

/** Everybody's free time; working time is asked for once per zone, as all keep the same hours. */
const peopleOf = (panel: Panel, grain: number): Map<string, Person> => {
  const working = new Map<string, Span[]>();
  return new Map(
    panel.resources.map((resource, index) => {
      const time =
        working.get(resource.zone) ?? inward(workingTime(resource, panel.horizon), grain);
      working.set(resource.zone, time);
      const taken = outward(inOrder([...resource.busy, ...resource.booked]), grain);
      return [resource.id, { index, free: subtract(time, taken) }];
    }),
  );
};

/** What one interview more in that week adds to the load: (n + 1)² − n². */
const loadIn = ({ booked, zone }: Resource, around: DateTime): number => {
  const week = around.setZone(zone).startOf('week');
  const [from, to] = [week.toMillis(), week.plus({ weeks: 1 }).toMillis()];
  const standing = booked.filter(({ start }) => start >= from && start < to).length;
  return 2 * standing + 1;
};

const eventOf = (
  { minutes, seats }: PanelEvent,
  people: ReadonlyMap<string, Person>,
  costs: ReadonlyMap<string, number>,
): Event => {
  const pool = (seats[0]?.of ?? [])
    .flatMap((id) => {
      const person = people.get(id);
      return person ? [{ person, cost: costs.get(id) ?? 0 }] : [];
    })
    .sort((a, b) => a.cost - b.cost);
  return { length: minutes * minute, pool, least: pool[0]?.cost ?? Infinity };
};

interface Day {
  window: Span;
  /** Bounds between which lunch lies; null: there is none. */
  lunch: (Span & { length: number }) | null;
  /** The interviews of the week that the day is in. */
  events: readonly Event[];
}

const daysOf = (panel: Panel): Day[] => {
  const grain = panel.grain * minute;
  const people = peopleOf(panel, grain);
  const weeks = new Map<string, Event[]>();
  return inward(panel.windows, grain).map((window) => {
    const day = DateTime.fromMillis(window.start, { zone: panel.zone });
    const week = day.startOf('week').toISODate() ?? '';
    const costs = new Map(panel.resources.map((resource) => [resource.id, loadIn(resource, day)]));
    const events = weeks.get(week) ?? panel.events.map((event) => eventOf(event, people, costs));
    weeks.set(week, events);
    const wall = (time: string): number =>
      day.set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) }).toMillis();
    const lunch = panel.lunch && {
      start: wall(panel.lunch.from),
      end: wall(panel.lunch.to),
      length: Math.ceil((panel.lunch.minutes * minute) / grain) * grain,
    };
    return { window, lunch, events };
  });
};

/** The best schedules with different starts, best first, proven. */
export const depthFirst = (panel: Panel, count: number): { found: Found[]; nodes: number } => {
  const step = panel.lattice * minute;
  const least = panel.gap.min * minute;
  const most = panel.gap.max === null ? Infinity : panel.gap.max * minute;
  const found: Found[] = [];
  let nodes = 0;

  /** The best that starts at this instant and is among the best of all; null: there is none. */
  const bestFrom = ({ window, lunch, events }: Day, first: number): Found | null => {
    let best: Found | null = null;
    let limit = found.length < count ? null : (found.at(-1) ?? null);
    const used = new Set<number>();
    const done = events.map(() => false);

    const isHopeless = (idle: number, load: number): boolean =>
      limit !== null && compare({ start: first, idle, load }, limit) >= 0;
    const lunchFits = (from: number, to: number): boolean =>
      lunch !== null && Math.min(to, lunch.end) - Math.max(from, lunch.start) >= lunch.length;
    const lunchBefore = lunch === null || lunchFits(-Infinity, first);

    /** `rest`: the least that the open events can cost; `open`: their time; `eaten`: lunch lies in a gap. */
    const place = (
      at: number,
      idle: number,
      load: number,
      rest: number,
      open: number,
      eaten: boolean,
    ): void => {
      if (at + open > window.end) return;
      events.forEach((event, index) => {
        if (done[index] === true) return;
        const others = rest - event.least;
        done[index] = true;
        for (const { person, cost } of event.pool) {
          if (isHopeless(idle, load + cost + others)) break;
          if (used.has(person.index) || !isFree(person.free, at, at + event.length)) continue;
          nodes += 1;
          used.add(person.index);
          proceed(at + event.length, idle, load + cost, others, open - event.length, eaten);
          used.delete(person.index);
        }
        done[index] = false;
      });
    };

    const proceed = (
      end: number,
      idle: number,
      load: number,
      rest: number,
      open: number,
      eaten: boolean,
    ): void => {
      if (open === 0) {
        if (!eaten && !lunchBefore && !lunchFits(end, Infinity)) return;
        best = { start: first, idle, load };
        limit = best;
        return;
      }
      const longest = most + (eaten ? 0 : (lunch?.length ?? 0));
      const last = Math.min(end + longest, window.end - open);
      for (let at = Math.ceil((end + least) / step) * step; at <= last; at += step) {
        const wait = at - end;
        if (wait <= most && !isHopeless(idle + wait, load + rest))
          place(at, idle + wait, load, rest, open, eaten);
        if (eaten || lunch === null || !lunchFits(end, at)) continue;
        const beside = idle + wait - lunch.length;
        if (wait - lunch.length <= most && !isHopeless(beside, load + rest))
          place(at, beside, load, rest, open, true);
      }
    };

    const rest = events.reduce((sum, event) => sum + event.least, 0);
    const open = events.reduce((sum, { length }) => sum + length, 0);
    place(first, 0, 0, rest, open, false);
    return best;
  };

  for (const day of daysOf(panel)) {
    const { start, end } = day.window;
    for (let first = Math.ceil(start / step) * step; first < end; first += step) {
      const best = bestFrom(day, first);
      if (!best) continue;
      found.push(best);
      found.sort(compare);
      found.length = Math.min(found.length, count);
    }
  }
  return { found, nodes };
};
