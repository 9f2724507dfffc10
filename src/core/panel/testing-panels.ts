/** Panels from seeds: small ones in which everything happens, for the oracle, and large ones for load. */
import { Temporal } from 'temporal-polyfill';
import type { DaysOff, Hours, Span } from '../people/conflicts.ts';
import { terms, type Gap, type Objective, type Panel, type PanelEvent, type Resource, type Seat } from './model.ts'; // prettier-ignore

const minute = 60_000;

export interface Dice {
  /** From 0 to 1, 1 excluded. */
  next: () => number;
  /** A whole number, both ends included. */
  whole: (from: number, to: number) => number;
  chance: (share: number) => boolean;
  pick: <T>(of: readonly T[]) => T;
  shuffle: <T>(of: readonly T[]) => T[];
}

/** Mulberry32. */
export const dice = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(of: readonly T[]): T => of[whole(0, of.length - 1)] as T;
  const shuffle = <T>(of: readonly T[]): T[] => {
    const left = [...of];
    return of.map(() => left.splice(whole(0, left.length - 1), 1)[0] as T);
  };
  return { next, whole, chance: (share) => next() < share, pick, shuffle };
};

/** Zones, with days on which their clocks change or that lie about such a day. */
export const zonesAndDays: Record<string, readonly string[]> = {
  'America/New_York': ['2027-03-14', '2026-11-01', '2027-12-31'],
  'Europe/Berlin': ['2027-03-28', '2026-10-25', '2027-06-14'],
  'Australia/Lord_Howe': ['2027-04-04', '2026-10-04'],
  // The island left out Friday the 30th.
  'Pacific/Apia': ['2011-12-30', '2027-03-29', '2027-08-02'],
  'Africa/Casablanca': ['2025-02-23', '2025-04-06', '2027-05-03'],
  'Africa/Cairo': ['2027-04-30', '2026-10-30', '2027-07-06'],
  'Asia/Kathmandu': ['2027-03-14', '2026-12-31'],
  'America/St_Johns': ['2027-03-14', '2026-11-01'],
  'Asia/Kolkata': ['2027-03-28', '2027-02-28'],
  'Pacific/Auckland': ['2026-09-27', '2027-04-04'],
  'America/Sao_Paulo': ['2018-11-04', '2018-02-18', '2027-03-14'],
  'Asia/Tokyo': ['2027-03-28', '2027-01-04'],
};

const at = (date: Temporal.PlainDate, minutes: number, zone: string): number =>
  date.toPlainDateTime().add({ minutes }).toZonedDateTime(zone).epochMilliseconds;

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const noHours = (): Hours => ({ mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] });
const within = (minutes: number): number => Math.min(1440, Math.max(0, minutes));

/** Weekly hours which hold most of the windows, as the person's clock shows them. */
const hoursOver = (d: Dice, windows: readonly Span[], zone: string, slack: number, step: number): Hours => {
  const hours = noHours();
  for (const window of windows) {
    const start = Temporal.Instant.fromEpochMilliseconds(window.start).toZonedDateTimeISO(zone);
    const shift = (): number => d.whole(-2, 2) * step + (d.chance(0.1) ? 7 : 0);
    const from = start.hour * 60 + start.minute - slack + shift();
    const to = from + Math.round((window.end - window.start) / minute) + 2 * slack + shift();
    const today = hours[weekdays[start.dayOfWeek - 1] ?? 'mon'];
    const tomorrow = hours[weekdays[start.dayOfWeek % 7] ?? 'mon'];
    const split = from + Math.round((to - from) / 2 / step) * step;
    const add = (first: number, end: number, day: Hours['mon']): void => {
      if (within(first) < within(end)) day.push({ from: clock(within(first)), to: clock(within(end)) });
    };
    if (d.chance(0.2)) {
      add(from, split, today);
      add(split, to, today);
    } else add(from, to, today);
    add(0, to - 1440, tomorrow);
  }
  return hours;
}; // prettier-ignore

interface Frame {
  zone: string;
  days: readonly Temporal.PlainDate[];
  windows: readonly Span[];
  grain: 5 | 15;
  /** The usual length of an event. */
  unit: number;
  mild: boolean;
}

const spanNear = (d: Dice, frame: Frame, lengths: readonly number[]): Span => {
  const window = d.pick(frame.windows);
  const step = d.chance(0.3) ? 1 : frame.grain;
  const long = Math.max(1, Math.round((window.end - window.start) / minute / step));
  const start = window.start + d.whole(-4, long) * step * minute;
  return { start, end: start + d.pick(lengths) * minute };
};

const several = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const resource = (d: Dice, frame: Frame, id: string, kind: 'person' | 'room'): Resource => {
  const zone = d.chance(0.5) ? frame.zone : d.pick(Object.keys(zonesAndDays));
  const { windows, unit, grain, mild } = frame;
  const person = kind === 'person';
  const dayOff = (): DaysOff => {
    const from = d.pick(frame.days).add({ days: d.whole(-1, 1) });
    const to = from.add({ days: d.chance(0.1) ? -1 : d.whole(0, 1) });
    return { from: from.toString(), to: to.toString(), reason: '' };
  };
  const booked = several(d.chance(0.4) ? d.whole(1, 3) : 0, (): Span => {
    if (d.chance(0.5)) return spanNear(d, frame, [unit, unit, 0, 7]);
    const start = d.pick(windows).start + d.whole(-72, 72) * 60 * minute;
    return { start, end: start + unit * minute };
  });
  return {
    id,
    name: id.toUpperCase(),
    kind,
    zone,
    hours: d.chance(person ? 0.45 : 0.1) ? hoursOver(d, windows, zone, d.pick(mild ? [60, 240] : [-15, 30, 120]), frame.grain) : null,
    daysOff: several(d.chance(0.1) ? d.whole(1, 2) : 0, dayOff),
    busy: several(d.chance(mild ? 0.4 : 0.6) ? d.whole(1, 3) : 0, () => ({
      ...spanNear(d, frame, [unit, unit, grain, 5, 1, 0, -10]),
      kind: d.pick(['hard', 'soft', 'unknown', mild ? 'soft' : 'hard'] as const),
      ...(d.chance(0.5) ? { title: 'Sync' } : {}),
    })),
    booked,
    buffer: person && d.chance(0.6) ? { before: d.pick([0, 5, 10, 15, 30]), after: d.pick([0, 5, 15, 22]) } : { before: 0, after: 0 },
    perDay: person && d.chance(0.3) ? d.pick([0, 1, 1, 2]) : null,
    perWeek: person && d.chance(0.3) ? d.whole(1, 3) : null,
    preferred: person && d.chance(0.35) ? hoursOver(d, windows, zone, -unit, frame.grain) : null,
    met: person && d.chance(0.2),
  };
}; // prettier-ignore

const gapOf = (d: Dice, unit: number): Gap => {
  const min = d.pick([0, 0, 0, 5, unit]);
  return { min, max: d.chance(0.6) ? null : min + d.pick([0, 10, unit, 2 * unit, 4 * unit]) };
};

const seatsOf = (d: Dice, people: readonly string[], rooms: readonly string[], some: number): Seat[] => {
  const seat = (id: string, of: readonly string[], count: number, required: boolean): Seat => ({
    id, of, count, required, ranked: d.chance(0.4),
  });
  const group = (count: number): string[] =>
    d.shuffle(people).slice(0, d.chance(0.05) ? 1 : count - 1 + d.pick([1, 2, 2, 3]));
  if (d.chance(0.08)) return [];
  const seats = several(some, (index) => {
    const count = d.chance(0.12) ? 2 : 1;
    return seat(`s${String(index)}`, group(count), count, true);
  });
  if (d.chance(0.35)) seats.push(seat('o', group(2), d.chance(0.2) ? 2 : 1, false));
  if (rooms.length > 0 && d.chance(0.5)) seats.push(seat('r', d.shuffle(rooms), 1, d.chance(0.6)));
  return seats;
}; // prettier-ignore

const objectiveOf = (d: Dice): Objective | null => {
  if (d.chance(0.45)) return null;
  const some = d.shuffle(terms).slice(0, d.whole(1, terms.length));
  if (d.chance(0.5)) return { order: some };
  const weight = (): number => d.pick([0, 1, 2, 5, 10, 60, 1000, 1_000_000]);
  return {
    weights: Object.fromEntries(some.map((term) => [term, weight()])),
  };
};

/** How many schedules an oracle may have to try, roughly and at most. */
const size = ({ windows, lattice, events, order }: Panel): number => {
  const minutes = windows.reduce((sum, { start, end }) => sum + (end - start) / minute, 0);
  const starts = minutes / lattice;
  return events.reduce((all, { seats }, index) => {
    const ways = seats.reduce((some, { of, count, required }) => {
      const exact = count === 1 ? of.length : (of.length * (of.length - 1)) / 2;
      return some * (required ? exact : exact + 1 + (count === 2 ? of.length : 0));
    }, 1);
    return (all * ways * starts) / (order === 'fixed' ? index + 1 : 1);
  }, 1);
};

const smaller = (panel: Panel): Panel => ({
  ...panel,
  windows:
    panel.windows.length > 1
      ? panel.windows.slice(0, -1)
      : panel.windows.map(({ start, end }) => ({ start, end: start + Math.floor((end - start) * 0.7 / minute) * minute })),
  events: panel.events.map((event) => ({
    ...event,
    seats: event.seats.slice(0, 2).map((seat) => ({ ...seat, of: seat.of.slice(0, Math.max(seat.count, 2)) })),
  })),
}); // prettier-ignore

/** A small panel, often one that cannot be. */
export const randomPanel = (seed: number): Panel => {
  const d = dice(seed);
  // Some are left with few rules, or most could not be.
  const mild = d.chance(0.75);
  const zone = d.pick(Object.keys(zonesAndDays));
  const grain = d.pick([5, 15] as const);
  const lattice = d.pick(grain === 5 ? [5, 15, 30, 60, 10] : [15, 15, 30, 60]);
  const many = d.pick([2, 2, 3, 3, 3, 4]);
  const dayCount = d.pick(many === 4 ? [1, 1, 2] : [1, 2, 3]);
  const first = Temporal.PlainDate.from(d.pick(zonesAndDays[zone] ?? []));
  const early = first.subtract({ days: d.whole(0, dayCount - 1) });
  const days = several(dayCount, (index) => early.add({ days: index }));
  const unit = lattice === 5 ? 15 : Math.max(lattice, d.pick([15, 30]));
  const opens = d.chance(0.45) ? d.whole(0, 3) * 60 : d.whole(8, 13) * 60;
  // As many starts as the oracle can try in all their combinations.
  const starts = { 2: 80, 3: 28, 4: 14 }[many] ?? 14;
  const long = Math.min(
    Math.floor(starts / dayCount) * lattice + unit,
    Math.round(many * unit * d.pick(mild ? [2, 3, 4] : [1, 1.5, 2.5, 4])),
  );
  const rough = (): number => (d.chance(0.2) ? d.whole(-7, 7) : 0);
  const windows = days.flatMap((day): Span[] => {
    const to = Math.min(opens + Math.min(long, 60 * 9), 1440 + 120);
    const whole = { start: at(day, opens + rough(), zone), end: at(day, to + rough(), zone) };
    const half = whole.start + Math.floor((whole.end - whole.start) / 2 / minute) * minute;
    const split = d.whole(0, 9);
    if (split === 0) return [{ start: half, end: whole.end }, { start: whole.start, end: half }];
    if (split === 1) return [{ start: whole.start, end: half + 20 * minute }, { start: half, end: whole.end }];
    if (split === 2) return [{ start: whole.start, end: half - 10 * minute }, { start: half, end: whole.end }, { start: half, end: half }];
    return [whole];
  });
  const frame: Frame = { zone, days, windows, grain, unit, mild };
  const tight = d.chance(0.4) && windows.every(({ start, end }) => end - start > 30 * minute);
  const last = days.at(-1) ?? early;
  const horizon = {
    start: tight ? Math.min(...windows.map(({ start }) => start)) + rough() * minute : at(early, 0, zone),
    end: tight
      ? Math.max(...windows.map(({ end }) => end)) + rough() * minute
      : Math.max(at(last, 1440, zone), at(early, 1440 + 60, zone)),
  };
  const people = several(d.whole(many - 1, many + 2), (index) => resource(d, frame, `p${String(index)}`, 'person'));
  const rooms = several(d.chance(0.4) ? d.whole(1, 2) : 0, (index) => resource(d, frame, `r${String(index)}`, 'room'));
  const names = several(many, (index) => `e${String(index)}`);
  const ids = people.map(({ id }) => id);
  const events = names.map((id, index): PanelEvent => {
    const from = within(Math.floor(opens / 60) * 60 + d.whole(-2, mild ? 0 : 2) * 30);
    return {
      id,
      name: `Event ${id}`,
      minutes: d.chance(0.1) ? unit - d.whole(-3, 9) : d.pick([unit, unit, unit, 2 * unit, grain]),
      seats: seatsOf(d, ids, rooms.map((one) => one.id), many === 2 && d.chance(0.5) ? 2 : 1),
      between: d.chance(0.12) ? { from: clock(from), to: clock(within(from + Math.max(long, 30))) } : null,
      after: index > 0 && d.chance(0.15) ? [d.pick(names.slice(0, index))] : [],
      gap: d.chance(0.2) ? gapOf(d, unit) : null,
    };
  });
  const lunchFrom = Math.max(0, opens + d.whole(-1, 2) * unit + (d.chance(0.2) ? 10 : 0));
  // Listed in another order than they follow each other in, where the order is free.
  const fixed = d.chance(mild ? 0.15 : 0.4);
  const panel: Panel = {
    seed,
    zone,
    horizon,
    windows,
    grain,
    lattice,
    resources: [...people, ...rooms],
    events: fixed ? events : d.shuffle(events),
    order: fixed ? 'fixed' : 'any',
    gap: gapOf(d, unit),
    lunch: d.chance(0.35)
      ? { from: clock(lunchFrom), to: clock(within(lunchFrom + d.whole(mild ? 2 : 1, 5) * unit)), minutes: d.pick([unit, grain, 10]) }
      : null,
    maxDays: d.pick(mild ? [1, 2, 3] : [1, 1, 2, 3]),
    repeat: d.chance(mild ? 0.75 : 0.4),
    limits: d.pick(['keep', 'avoid'] as const),
    buffers: d.pick(['keep', 'avoid'] as const),
    objective: objectiveOf(d),
  };
  let small = panel;
  for (let left = 5; left > 0 && size(small) > 500_000; left -= 1) small = smaller(small);
  return small;
}; // prettier-ignore
