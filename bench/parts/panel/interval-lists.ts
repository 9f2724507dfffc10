/** A panel as lists of intervals: what the depth-first search asks about people and days. */
import { DateTime } from 'luxon';
import type { Hours, Span } from '#core/people/conflicts.ts';
import type { Panel, PanelEvent, Resource } from '#core/panel/model.ts';
import { inOrder, subtract, workingTime } from './sweep.ts';

const minute = 60_000;

export interface Person {
  index: number;
  resource: Resource;
  free: readonly Span[];
  soft: readonly Span[];
  /** Null: any time is as good. */
  liked: readonly Span[] | null;
  taken: readonly Span[];
  before: number;
  after: number;
}

/** Somebody who can sit, and what it costs: `grave` is made of the terms before `idle`. */
export interface Candidate {
  person: Person;
  grave: number;
  load: number;
}

export interface Event {
  length: number;
  /** At least, whoever sits; Infinity: there is nobody. */
  leastGrave: number;
  leastLoad: number;
  /** Everybody of the pool with what they cost at least, cheapest first. */
  pool: readonly Candidate[];
  /** What somebody of the pool costs at this time in `grave`; null: cannot sit then. */
  graveAt(candidate: Candidate, at: number): number | null;
  /** Who can at this time, cheapest first: looked up once and remembered. */
  remembered(at: number): readonly Candidate[];
}

export interface Day {
  window: Span;
  /** Bounds between which lunch lies; null: there is none. */
  lunch: (Span & { length: number }) | null;
  events: readonly Event[];
}

/** One number for `soft`, `preferred`, `met` and `buffer`, in this order; each is 15 at most. */
const graveOf = (soft: boolean, unloved: boolean, met: boolean, squeezed: boolean): number =>
  ((Number(soft) * 16 + Number(unloved)) * 16 + Number(met)) * 16 + Number(squeezed);

/** The four terms again. */
export const termsOf = (grave: number): number[] =>
  [12, 8, 4, 0].map((bits) => (grave >> bits) & 15);

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

const merged = (spans: readonly Span[]): Span[] => {
  const found: Span[] = [];
  for (const span of inOrder(spans)) {
    const last = found.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else found.push({ ...span });
  }
  return found;
};

/** The first span that ends after `at`, by binary search. */
const firstAfter = (spans: readonly Span[], at: number): Span | undefined => {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return spans[low];
};

const contains = (spans: readonly Span[], start: number, end: number): boolean => {
  const span = firstAfter(spans, start);
  return span !== undefined && span.start <= start && end <= span.end;
};

const touches = (spans: readonly Span[], start: number, end: number): boolean => {
  const span = firstAfter(spans, start);
  return span !== undefined && span.start < end;
};

const isOfKind =
  (kind: 'hard' | 'soft') =>
  (busy: Resource['busy'][number]): boolean =>
    busy.kind === kind;

/** Working time is asked for once for people of one zone with the same hours. */
const workingTimes = (panel: Panel): ((resource: Resource, hours: Hours) => Span[]) => {
  const known = new Map<string, Span[]>();
  return (resource, hours) => {
    const key = `${resource.zone} ${JSON.stringify(hours)}`;
    const made =
      known.get(key) ??
      inward(workingTime({ ...resource, hours }, panel.horizon), panel.grain * minute);
    known.set(key, made);
    return made;
  };
};

const startOf = (day: string, zone: string): DateTime => DateTime.fromISO(day, { zone });

/** Days off, and the days and weeks whose limit is reached, in order. */
const closed = ({ zone, daysOff, booked, perDay, perWeek }: Resource): Span[] => {
  const off = daysOff.map(({ from, to }) => ({
    start: startOf(from, zone).toMillis(),
    end: startOf(to, zone).plus({ days: 1 }).toMillis(),
  }));
  const full = (unit: 'day' | 'week', limit: number | null): Span[] => {
    if (limit === null) return [];
    const counts = new Map<number, number>();
    for (const { start } of booked) {
      const at = DateTime.fromMillis(start, { zone }).startOf(unit).toMillis();
      counts.set(at, (counts.get(at) ?? 0) + 1);
    }
    return [...counts]
      .filter(([, count]) => count >= limit)
      .map(([start]) => ({
        start,
        end: DateTime.fromMillis(start, { zone })
          .plus({ [`${unit}s`]: 1 })
          .toMillis(),
      }));
  };
  return [...off, ...full('day', perDay), ...full('week', perWeek)].filter(
    ({ start, end }) => start < end,
  );
};

const peopleOf = (panel: Panel): Map<string, Person> => {
  const grain = panel.grain * minute;
  const working = workingTimes(panel);
  const up = (minutes: number): number => Math.ceil((minutes * minute) / grain) * grain;
  return new Map(
    panel.resources.map((resource, index) => {
      const { hours, preferred, busy, booked, buffer } = resource;
      const time = hours ? working(resource, hours) : [panel.horizon];
      const taken = merged(outward([...busy.filter(isOfKind('hard')), ...booked], grain));
      const person = {
        index,
        resource,
        free: subtract(time, merged(outward([...taken, ...closed(resource)], grain))),
        soft: merged(outward(busy.filter(isOfKind('soft')), grain)),
        liked: preferred ? working(resource, preferred) : null,
        taken,
        before: up(buffer.before),
        after: up(buffer.after),
      };
      return [resource.id, person];
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

const byCost = (a: Candidate, b: Candidate): number => a.grave - b.grave || a.load - b.load;

const eventOf = (
  { minutes, seats }: PanelEvent,
  people: ReadonlyMap<string, Person>,
  loads: ReadonlyMap<string, number>,
): Event => {
  const length = minutes * minute;
  const pool = (seats[0]?.of ?? [])
    .flatMap((id) => {
      const person = people.get(id);
      if (!person) return [];
      const grave = graveOf(false, false, person.resource.met, false);
      return [{ person, grave, load: loads.get(id) ?? 0 }];
    })
    .sort(byCost);
  const graveAt = ({ person }: Candidate, start: number): number | null => {
    const end = start + length;
    if (!contains(person.free, start, end)) return null;
    const { soft, liked, taken, before, after, resource } = person;
    const unloved = liked !== null && !contains(liked, start, end);
    const squeezed = touches(taken, start - before, start) || touches(taken, end, end + after);
    return graveOf(touches(soft, start, end), unloved, resource.met, squeezed);
  };
  const known = new Map<number, Candidate[]>();
  return {
    length,
    leastGrave: pool[0]?.grave ?? Infinity,
    leastLoad: Math.min(...pool.map(({ load }) => load)),
    pool,
    graveAt,
    remembered(at) {
      const made =
        known.get(at) ??
        pool
          .flatMap((candidate) => {
            const grave = graveAt(candidate, at);
            return grave === null ? [] : [{ ...candidate, grave }];
          })
          .sort(byCost);
      known.set(at, made);
      return made;
    },
  };
};

/** One for each of the candidate's windows. */
export const daysOf = (panel: Panel): Day[] => {
  const grain = panel.grain * minute;
  const people = peopleOf(panel);
  return inward(panel.windows, grain).map((window) => {
    const day = DateTime.fromMillis(window.start, { zone: panel.zone });
    const loads = new Map(panel.resources.map((resource) => [resource.id, loadIn(resource, day)]));
    const wall = (time: string): number =>
      day.set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) }).toMillis();
    const lunch = panel.lunch && {
      start: wall(panel.lunch.from),
      end: wall(panel.lunch.to),
      length: Math.ceil((panel.lunch.minutes * minute) / grain) * grain,
    };
    return { window, lunch, events: panel.events.map((event) => eventOf(event, people, loads)) };
  });
};
