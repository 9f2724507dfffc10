/**
 * What speaks against a person at a time: calendar, hours, days off, limits, other interviews. Working
 * hours are wall times in the person's zone; in a gap or an overlap of the clocks they mean what
 * Temporal calls compatible (the later time in a gap, the earlier in an overlap).
 */
import { Temporal } from 'temporal-polyfill';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Local wall times of a weekday, `HH:MM`; several spans a day, none on a day off. */
export type Hours = Record<(typeof days)[number], Array<{ from: string; to: string }>>;

/** Local dates, both inclusive. */
export interface DaysOff {
  from: string;
  to: string;
  reason: string;
}

/** Milliseconds since the epoch; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

export interface Habits {
  /** IANA name. */
  zone: string;
  hours: Hours;
  daysOff: readonly DaysOff[];
  /** Interviews at most; null: no limit. */
  perDay: number | null;
  perWeek: number | null;
  /** Minutes kept free before and after, towards the calendar and other interviews. */
  buffer?: { before: number; after: number };
}

export interface Engagements {
  /** Null: the calendar could not be read, which is not the same as free. */
  busy: ReadonlyArray<Span & { soft: boolean }> | null;
  /** Other interviews that the hub has planned. */
  bookings: readonly Span[];
  /** Other events of the same interview: between them, its own gaps hold, and no buffer. */
  beside?: readonly Span[];
}

/** A person's own buffer, and what the interview asks for at least. */
export const widest = (
  own: NonNullable<Habits['buffer']>,
  least: number,
): NonNullable<Habits['buffer']> => ({
  before: Math.max(own.before, least),
  after: Math.max(own.after, least),
});

export type ConflictCode =
  | 'double_booked'
  | 'busy'
  | 'busy_tentative'
  | 'calendar_unknown'
  | 'outside_hours'
  | 'day_off'
  | 'over_day_limit'
  | 'over_week_limit';

export interface Conflict {
  code: ConflictCode;
  /** In plain words, without the person's name. */
  text: string;
  /** False: a warning; nothing has to be overridden. */
  blocks: boolean;
}

const meet = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

const localDay = (instant: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();

const wall = (day: Temporal.PlainDate, time: string, zone: string): number => {
  // 24:00 is the end of the day.
  const [date, clock] = time === '24:00' ? [day.add({ days: 1 }), '00:00'] : [day, time];
  return date.toZonedDateTime({ timeZone: zone, plainTime: clock }).epochMilliseconds;
};

/** Working time around an instant, joined where one span ends as the next begins. */
const workingTime = ({ zone, hours }: Habits, around: Span): Span[] => {
  const spans: Span[] = [];
  const last = localDay(around.end, zone).add({ days: 1 });
  for (let day = localDay(around.start, zone).subtract({ days: 1 }); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const name = days[day.dayOfWeek - 1];
    for (const { from, to } of name ? hours[name] : []) {
      const span = { start: wall(day, from, zone), end: wall(day, to, zone) };
      const before = spans.at(-1);
      if (before?.end === span.start) before.end = span.end;
      else spans.push(span);
    }
  }
  return spans;
}; // prettier-ignore

const countOn = (bookings: readonly Span[], same: (instant: number) => boolean): number =>
  bookings.filter(({ start }) => same(start)).length;

/**
 * Everything that speaks against `span`, the gravest first; empty: nothing does. `bufferMinutes`: kept
 * free around it at least, whatever the habits say.
 */
export const conflictsAt = (
  habits: Habits,
  engagements: Engagements,
  span: Span,
  bufferMinutes = 0,
): Conflict[] => {
  const { zone } = habits;
  const buffer = widest(habits.buffer ?? { before: 0, after: 0 }, bufferMinutes);
  const { beside = [] } = engagements;
  const wide = {
    start: span.start - buffer.before * 60_000,
    end: span.end + buffer.after * 60_000,
  };
  const booked = [...engagements.bookings, ...beside];
  const found: Conflict[] = [];
  const add = (code: ConflictCode, text: string, blocks = true): void => {
    found.push({ code, text, blocks });
  };

  if (engagements.bookings.some((one) => meet(one, wide)) || beside.some((one) => meet(one, span)))
    add('double_booked', 'is in another interview then');
  if (engagements.busy === null)
    add('calendar_unknown', 'has a calendar that cannot be read, so nobody knows', false);
  else {
    const hits = engagements.busy.filter((one) => meet(one, wide));
    if (hits.some(({ soft }) => !soft)) add('busy', 'is busy then');
    else if (hits.length > 0) add('busy_tentative', 'has something tentative then', false);
  }
  const day = localDay(span.start, zone);
  const off = habits.daysOff.find(
    ({ from, to }) => day.toString() >= from && day.toString() <= to,
  );
  if (off) add('day_off', `has a day off${off.reason === '' ? '' : ` (${off.reason})`}`);
  else if (!workingTime(habits, span).some(({ start, end }) => start <= span.start && span.end <= end))
    add('outside_hours', `works at other hours (${zone})`);

  const onDay = countOn(booked, (at) => localDay(at, zone).equals(day));
  if (habits.perDay !== null && onDay >= habits.perDay)
    add('over_day_limit', `has ${String(onDay)} of ${String(habits.perDay)} interviews that day`);
  const week = (at: number): string => {
    const date = localDay(at, zone);
    return date.subtract({ days: date.dayOfWeek - 1 }).toString();
  };
  const inWeek = countOn(booked, (at) => week(at) === week(span.start));
  if (habits.perWeek !== null && inWeek >= habits.perWeek)
    add('over_week_limit', `has ${String(inWeek)} of ${String(habits.perWeek)} interviews that week`);
  return found;
}; // prettier-ignore

const always = [{ from: '00:00', to: '24:00' }];

/** Rooms are there at any time. */
export const allHours: Hours = {
  mon: always,
  tue: always,
  wed: always,
  thu: always,
  fri: always,
  sat: always,
  sun: always,
};

/** Monday to Friday, nine to five. */
export const officeHours: Hours = {
  mon: [{ from: '09:00', to: '17:00' }],
  tue: [{ from: '09:00', to: '17:00' }],
  wed: [{ from: '09:00', to: '17:00' }],
  thu: [{ from: '09:00', to: '17:00' }],
  fri: [{ from: '09:00', to: '17:00' }],
  sat: [],
  sun: [],
};
