/**
 * The panels that are measured: large, random by seed, from 2027-03-08 on, so that the clocks of the
 * United States change within them and those of Europe do not.
 */
import { Temporal } from 'temporal-polyfill';
import { terms, type Panel, type PanelEvent, type Resource } from '#core/panel/model.ts';
import type { Hours, Span } from '#core/people/conflicts.ts';

export const minute = 60_000;
const place = 'America/New_York';
const american = [place, 'America/Chicago', 'America/Denver', 'America/Los_Angeles'];
const both = [place, 'America/Chicago', 'America/Los_Angeles', 'Europe/London', 'Europe/Berlin'];

const nineToFive = [{ from: '09:00', to: '17:00' }];
/** One object for all, as the hub's default hours are. */
const hours: Hours = {
  mon: nineToFive,
  tue: nineToFive,
  wed: nineToFive,
  thu: nineToFive,
  fri: nineToFive,
  sat: [],
  sun: [],
};

export type Random = () => number;

/** From 0 to below 1, the same for the same seed (mulberry32). */
export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const below = (random: Random, end: number): number => Math.floor(random() * end);

const pick = <T>(random: Random, list: readonly T[]): T => {
  const found = list[below(random, list.length)];
  if (found === undefined) throw new Error('bench: picked from an empty list.');
  return found;
};

const shuffled = <T>(random: Random, list: readonly T[]): T[] =>
  list
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);

const begin = Temporal.PlainDate.from('2027-03-08');

const horizonOf = (days: number): Span => ({
  start: begin.toZonedDateTime('UTC').epochMilliseconds,
  end: begin.add({ days }).toZonedDateTime('UTC').epochMilliseconds,
});

const officeDays = new Map<string, Span[]>();

/** Nine to five from Monday to Friday, in milliseconds. */
const officeDaysOf = (zone: string, days: number): Span[] => {
  const key = `${zone} ${String(days)}`;
  const known = officeDays.get(key);
  if (known) return known;
  const made = Array.from({ length: days }, (_, index) => begin.add({ days: index }))
    .filter(({ dayOfWeek }) => dayOfWeek <= 5)
    .map((date) => {
      const at = (plainTime: string): number =>
        date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
      return { start: at('09:00'), end: at('17:00') };
    });
  officeDays.set(key, made);
  return made;
};

/** Blocks of 30 to 90 minutes from any fifth minute on, about `density` of the working time. */
const busyTimes = (random: Random, offices: readonly Span[], density: number): Span[] =>
  offices.flatMap((office) => {
    const expected = ((office.end - office.start) / minute / 60) * density;
    const blocks = Math.floor(expected) + (random() < expected % 1 ? 1 : 0);
    return Array.from({ length: blocks }, () => {
      const start = office.start + below(random, 96) * 5 * minute;
      return { start, end: start + (30 + below(random, 13) * 5) * minute };
    });
  });

/** None to six interviews of an hour a week. */
const bookings = (random: Random, offices: readonly Span[]): Span[] =>
  Array.from({ length: Math.ceil(offices.length / 5) }, (_, week) =>
    Array.from({ length: below(random, 7) }, () => {
      const office = pick(random, offices.slice(week * 5, week * 5 + 5));
      const start = office.start + below(random, 8) * 60 * minute;
      return { start, end: start + 60 * minute };
    }),
  ).flat();

interface Crowd {
  people: number;
  days: number;
  density: number;
  zones: readonly string[];
  booked: boolean;
}

const resources = (random: Random, crowd: Crowd): Resource[] =>
  Array.from({ length: crowd.people }, (_, index) => {
    const zone = pick(random, crowd.zones);
    const offices = officeDaysOf(zone, crowd.days);
    return {
      id: `person-${String(index)}`,
      name: `Person ${String(index)}`,
      kind: 'person',
      zone,
      hours,
      daysOff: [],
      busy: busyTimes(random, offices, crowd.density).map((span) => ({ ...span, kind: 'hard' })),
      booked: crowd.booked ? bookings(random, offices) : [],
      buffer: { before: 0, after: 0 },
      perDay: null,
      perWeek: null,
      preferred: null,
      met: false,
    };
  });

const base = (
  days: number,
): Omit<Panel, 'seed' | 'resources' | 'events' | 'windows' | 'grain'> => ({
  zone: place,
  horizon: horizonOf(days),
  lattice: 15,
  order: 'any',
  gap: { min: 0, max: 30 },
  lunch: null,
  maxDays: 1,
  repeat: false,
  limits: 'keep',
  buffers: 'keep',
  objective: { order: terms },
});

const event = (id: string, minutes: number, of: readonly string[], count: number): PanelEvent => ({
  id,
  name: id,
  minutes,
  seats: [{ id: 'seat', of, count, required: true, ranked: false }],
  between: null,
  after: [],
  gap: null,
});

/** One meeting of an hour that starts on a quarter: of all people, or of any one of them. */
export const meetingPanel = (
  seed: number,
  { people, density, who }: { people: number; density: number; who: 'all' | 'any' },
): Panel => {
  const random = seeded(seed);
  const zones = who === 'all' ? american : both;
  const crowd = resources(random, { people, days: 14, density, zones, booked: false });
  const of = crowd.map(({ id }) => id);
  return {
    ...base(14),
    seed,
    windows: [horizonOf(14)],
    grain: 15,
    resources: crowd,
    events: [event('meeting', 60, of, who === 'all' ? people : 1)],
  };
};

export interface Large {
  people: number;
  days: number;
  /** `disjoint`: everybody is in one pool. `overlapping`: each pool is a random half of all. */
  pools: 'disjoint' | 'overlapping';
  grain: 5 | 15;
  density: number;
}

const lengths = [60, 45, 60, 45, 60, 30];

/** An onsite of six interviews in any order and lunch, all on one day. */
export const largePanel = (seed: number, large: Large): Panel => {
  const { people, days, pools, grain, density } = large;
  const random = seeded(seed);
  const crowd = resources(random, { people, days, density, zones: both, booked: true });
  const ids = crowd.map(({ id }) => id);
  const poolOf = (index: number): string[] =>
    pools === 'disjoint'
      ? ids.filter((_, person) => person % lengths.length === index)
      : shuffled(random, ids).slice(0, Math.floor(people / 2));
  return {
    ...base(days),
    seed,
    windows: officeDaysOf(place, days),
    grain,
    lunch: { from: '12:00', to: '14:00', minutes: 45 },
    resources: crowd,
    events: lengths.map((minutes, index) =>
      event(`interview-${String(index + 1)}`, minutes, poolOf(index), 1),
    ),
  };
};
