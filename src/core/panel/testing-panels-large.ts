/** Loops as companies run them, for load tests and benches: an onsite of six interviews and a lunch. */
import { Temporal } from 'temporal-polyfill';
import type { Hours, Span } from '../people/conflicts.ts';
import type { Panel, Resource } from './model.ts';
import { dice, type Dice } from './testing-panels.ts';

const minute = 60_000;
const zones = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'Europe/London', 'Europe/Berlin']; // prettier-ignore
const candidateZone = 'America/New_York';
const lengths = [60, 45, 60, 45, 60, 30, 45, 60, 30, 45];
const busyLengths = [30, 30, 60, 60, 90, 25];
const meanBusy = busyLengths.reduce((sum, one) => sum + one, 0) / busyLengths.length;
/** New York's clocks change on the 14th. */
const firstDay = Temporal.PlainDate.from('2027-03-08');

export interface LargeOptions {
  people: number;
  days: number;
  events: number;
  /** `disjoint`: everybody is in one event's pool. `overlapping`: half of them, drawn anew for each. */
  pools: 'disjoint' | 'overlapping';
  grain: 5 | 15;
  /** Share of their time that people are busy. */
  density: number;
  /** Share of what is busy that is tentative only. */
  soft: number;
}

const office = (from: string, to: string): Hours => {
  const day = (): Array<{ from: string; to: string }> => [{ from, to }];
  return { mon: day(), tue: day(), wed: day(), thu: day(), fri: day(), sat: [], sun: [] };
};

const workdays = (days: number): Temporal.PlainDate[] =>
  Array.from({ length: days }, (_, index) => firstDay.add({ days: index })).filter(
    ({ dayOfWeek }) => dayOfWeek <= 5,
  );

const at = (date: Temporal.PlainDate, hour: number, zone: string): number =>
  date.toPlainDateTime({ hour }).toZonedDateTime(zone).epochMilliseconds;

const person = (d: Dice, index: number, zone: string, days: readonly Temporal.PlainDate[], options: LargeOptions): Resource => {
  const busy: Resource['busy'][number][] = [];
  const booked: Span[] = [];
  for (const day of days) {
    const opens = at(day, 9, zone);
    const ends = at(day, 17, zone);
    // The mean pause that leaves blocks the wanted share of the day.
    const pause = meanBusy * (1 / options.density - 1);
    let from = opens;
    while (options.density > 0) {
      from += Math.round((-Math.log(1 - d.next()) * pause) / 5) * 5 * minute;
      if (from >= ends) break;
      const end = from + d.pick(busyLengths) * minute;
      busy.push({ start: from, end, kind: d.chance(options.soft) ? 'soft' : 'hard', title: 'Meeting' });
      from = end;
    }
  }
  for (let week = 0; week < Math.ceil(options.days / 7); week += 1)
    for (let left = d.whole(0, 6); left > 0; left -= 1) {
      const day = firstDay.add({ days: week * 7 + d.whole(0, 4) });
      const start = at(day, 9, zone) + d.whole(0, 14) * 30 * minute;
      booked.push({ start, end: start + 30 * minute });
    }
  const limited = d.chance(1 / 3);
  return {
    id: `p${String(index)}`,
    name: `Person ${String(index)}`,
    kind: 'person',
    zone,
    hours: office('09:00', '17:00'),
    daysOff: d.chance(0.1) ? [{ from: d.pick(days).toString(), to: d.pick(days).toString(), reason: '' }] : [],
    busy,
    booked,
    buffer: d.chance(0.2) ? { before: 5, after: 10 } : { before: 0, after: 0 },
    perDay: limited ? 3 : null,
    perWeek: limited ? 6 : null,
    preferred: d.chance(0.2) ? office('10:00', '16:00') : null,
    met: d.chance(0.05),
  };
}; // prettier-ignore

export const largePanel = (seed: number, change: Partial<LargeOptions> = {}): Panel => {
  const options: LargeOptions = {
    people: 200, days: 14, events: 6, pools: 'disjoint', grain: 15, density: 0.35, soft: 0.1, ...change,
  };
  const d = dice(seed);
  const days = workdays(options.days);
  const resources = Array.from({ length: options.people }, (_, index) =>
    person(d, index, zones[Math.floor(index / options.events) % zones.length] ?? candidateZone, days, options),
  );
  const last = firstDay.add({ days: options.days });
  const pools = Array.from({ length: options.events }, (_, event) =>
    resources
      .filter((_, index) =>
        options.pools === 'disjoint' ? index % options.events === event : d.chance(0.5),
      )
      .map(({ id }) => id),
  );
  return {
    seed,
    zone: candidateZone,
    horizon: { start: at(firstDay, 0, candidateZone), end: at(last, 0, candidateZone) },
    windows: days.map((day) => ({ start: at(day, 9, candidateZone), end: at(day, 17, candidateZone) })),
    grain: options.grain,
    lattice: options.grain,
    resources,
    events: pools.map((of, index) => ({
      id: `e${String(index)}`,
      name: `Interview ${String(index + 1)}`,
      minutes: lengths[index % lengths.length] ?? 60,
      seats: [{ id: 'lead', of, count: 1, required: true, ranked: false }],
      between: null,
      after: [],
      gap: null,
    })),
    order: 'any',
    gap: { min: 0, max: 30 },
    lunch: { from: '12:00', to: '14:00', minutes: 45 },
    maxDays: 1,
    repeat: false,
    limits: 'keep',
    buffers: 'avoid',
    objective: null,
  };
}; // prettier-ignore
