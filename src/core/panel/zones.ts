/**
 * Zones as tables: asking `Intl` for every date is what makes other engines slow, so each zone is asked
 * about once a week, and each change of its clocks is found to the minute. Weekly, because some zones
 * change twice within a month (Morocco, around Ramadan).
 */
const minute = 60_000;
const day = 1_440 * minute;
const week = 7 * day;

/** Offsets of a zone, in milliseconds east of UTC, within a span of time. */
export interface ZoneTable {
  from: number;
  to: number;
  /** `offsets[i]` holds from `starts[i]` to `starts[i + 1]`; the first starts at `from`. */
  starts: number[];
  offsets: number[];
}

const formats = new Map<string, Intl.DateTimeFormat>();
const tables = new Map<string, ZoneTable>();

const longOffset = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** Throws a RangeError for a zone that is not known. */
const offsetAsked = (zone: string, instant: number): number => {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      timeZoneName: 'longOffset',
      hour: '2-digit',
    });
    formats.set(zone, format);
  }
  const [, sign, hours, minutes, seconds = '0'] = longOffset.exec(format.format(instant)) ?? [];
  if (sign === undefined) return 0;
  const size = Number(hours) * 60 * minute + Number(minutes) * minute + Number(seconds) * 1_000;
  return sign === '-' ? -size : size;
};

/** Most clocks change on a Sunday, at 2:00 of their own time or at 1:00 of UTC. */
const usual = (from: number, offset: number): number[] => {
  const sunday = (at: number): number => at + ((6 - weekday(Math.floor(at / day)) + 7) % 7) * day;
  const local = Math.floor((from + offset) / day) * day;
  return [
    sunday(local) + 120 * minute - offset,
    sunday(Math.floor(from / day) * day) + 60 * minute,
  ];
};

/** The first instant, to the minute, at which the offset is no longer what it is at `from`. */
const changeWithin = (zone: string, from: number, to: number, before: number): number => {
  for (const guess of usual(from, before))
    if (from < guess && guess <= to && offsetAsked(zone, guess) !== before)
      if (offsetAsked(zone, guess - minute) === before) return guess;
  let low = from;
  let high = to;
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / 2 / minute) * minute;
    if (offsetAsked(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
};

const build = (zone: string, from: number, to: number): ZoneTable => {
  const table: ZoneTable = { from, to, starts: [from], offsets: [offsetAsked(zone, from)] };
  for (let at = from; at < to; at += week) {
    const end = Math.min(at + week, to);
    let known = table.offsets.at(-1) ?? 0;
    const last = offsetAsked(zone, end);
    if (known === last) continue;
    const change = changeWithin(zone, at, end, known);
    known = offsetAsked(zone, change);
    table.starts.push(change);
    table.offsets.push(known);
  }
  return table;
};

/** Whatever is asked lies within these bounds, rounded to days so that tables are found again. */
export const zoneTable = (zone: string, from: number, to: number): ZoneTable => {
  const known = tables.get(zone);
  if (known && known.from <= from && to <= known.to) return known;
  const made = build(zone, Math.floor(from / day) * day, Math.ceil(to / day) * day);
  tables.set(zone, made);
  return made;
};

/** So that a bench can pay for the tables again. */
export const forgetZones = (): void => {
  tables.clear();
};

export const offsetAt = ({ starts, offsets }: ZoneTable, instant: number): number => {
  let index = starts.length - 1;
  while (index > 0 && instant < (starts[index] ?? 0)) index--;
  return offsets[index] ?? 0;
};

/** Local days are counted from the epoch: day 0 is 1 January 1970, a Thursday. */
export const localDay = (table: ZoneTable, instant: number): number =>
  Math.floor((instant + offsetAt(table, instant)) / day);

/** Milliseconds of the wall clock since its midnight. */
export const wallOf = (table: ZoneTable, instant: number): number => {
  const local = instant + offsetAt(table, instant);
  return local - Math.floor(local / day) * day;
};

/** Mondays are 0. */
export const weekday = (localDayNumber: number): number => (((localDayNumber + 3) % 7) + 7) % 7;

/** Monday of the week, as a local day. */
export const weekOf = (localDayNumber: number): number => localDayNumber - weekday(localDayNumber);

/** When a wall clock shows this, `milliseconds` after midnight: *compatible*, as Temporal says. */
export const instantOf = (table: ZoneTable, localDayNumber: number, milliseconds: number): number => {
  const wall = localDayNumber * day + milliseconds;
  const { starts, offsets } = table;
  for (let index = 0; index < starts.length; index++) {
    const offset = offsets[index] ?? 0;
    const instant = wall - offset;
    const end = starts[index + 1];
    if (end === undefined || instant < end) {
      // In a gap the time reads as if the clocks had not changed yet.
      const start = starts[index] ?? 0;
      return index > 0 && instant < start ? wall - (offsets[index - 1] ?? 0) : instant;
    }
  }
  return wall;
}; // prettier-ignore

/** `HH:MM` in milliseconds. */
export const wallTime = (text: string): number =>
  (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * minute;

/** `2026-12-01` of a local day. */
export const dayText = (localDayNumber: number): string =>
  new Date(localDayNumber * day).toISOString().slice(0, 10);
