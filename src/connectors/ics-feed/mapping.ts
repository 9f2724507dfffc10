/**
 * A calendar as text, to when its person is taken. Whatever could be an entry and is not understood
 * makes the whole feed unknown: nobody is free by accident.
 */
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import type { BusyInterval } from '#connectors/contract.ts';

import { startsOf, type Rule } from './recurrence.ts';
import { NotUnderstood, zoneOf } from './zones.ts';

export interface Window {
  start: number;
  end: number;
  /** The person's. */
  zone: string;
}

export interface Calendar {
  name: string | null;
  events: ICAL.Component[];
  /** IANA names that the feed's own descriptions of zones tell, by TZID. */
  locations: ReadonlyMap<string, string>;
}

/** Throws `NotUnderstood` where it is no calendar, or only a part of one. */
export const parseCalendar = (text: string): Calendar => {
  const roots = rootsOf(text);
  if (roots.length === 0 || roots.some(({ name }) => name !== 'vcalendar'))
    throw new NotUnderstood('something that is no calendar');
  const inside = (name: string) => roots.flatMap((root) => root.getAllSubcomponents(name));
  if (inside('vfreebusy').length > 0) throw new NotUnderstood('VFREEBUSY');
  const locations = inside('vtimezone').flatMap((zone): Array<[string, string]> => {
    const location = zone.getFirstPropertyValue('x-lic-location');
    return location === null ? [] : [[textOf(zone, 'tzid'), String(location)]];
  });
  return {
    name: roots[0] ? textOf(roots[0], 'x-wr-calname') || null : null,
    events: inside('vevent'),
    locations: new Map(locations),
  };
};

const rootsOf = (text: string): ICAL.Component[] => {
  try {
    const parsed = ICAL.parse(text) as unknown[];
    const many = (typeof parsed[0] === 'string' ? [parsed] : parsed) as Array<[string, [], []]>;
    return many.map((one) => new ICAL.Component(one));
  } catch {
    throw new NotUnderstood('something that is no whole calendar');
  }
};

/** `check` is called between entries; it throws when too much time has passed. */
export const busyIn = (calendar: Calendar, window: Window, check: () => void): BusyInterval[] => {
  const changed = new Map<string, Set<number>>();
  const entries = calendar.events.map((event) => entryOf(event, calendar, window));
  for (const { uid, replaces } of entries)
    if (replaces !== null) changed.set(uid, (changed.get(uid) ?? new Set<number>()).add(replaces));
  return entries
    .flatMap((entry) => {
      check();
      if (!entry.isBusy) return [];
      const replaced = entry.replaces === null ? changed.get(entry.uid) : undefined;
      return occurrences(entry, window).flatMap(({ start, end }) =>
        replaced?.has(start) || end <= window.start || start >= window.end || end <= start
          ? []
          : [{ start, end, soft: entry.isSoft }],
      );
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
};

interface Entry {
  uid: string;
  isBusy: boolean;
  isSoft: boolean;
  /** When the occurrence that it replaces would have begun. */
  replaces: number | null;
  start: When;
  endOf(start: Temporal.ZonedDateTime): Temporal.ZonedDateTime;
  rules: Rule[];
  added: Array<{ start: When; endOf: Entry['endOf'] | null }>;
  removed: ReadonlySet<number>;
}

/** A time on a clock. All-day ones begin at midnight of the person's zone. */
interface When {
  local: Temporal.PlainDateTime;
  zone: string;
  isDate: boolean;
}

const longestRepeated = 366 * 86_400_000;

const occurrences = (entry: Entry, window: Window): Array<{ start: number; end: number }> => {
  const { start, endOf } = entry;
  const begin = place(start);
  const length = endOf(begin).epochMilliseconds - begin.epochMilliseconds;
  if (length < 0) throw new NotUnderstood('an entry that ends before it begins');
  if (entry.rules.length > 0 && length > longestRepeated)
    throw new NotUnderstood('a repeated entry that is longer than a year');
  const wide = { start: window.start - length, end: window.end };
  const repeated = entry.rules.flatMap((rule) =>
    startsOf(rule, start.local, start.zone, wide).map((local) => ({ ...start, local })),
  );
  const all = [
    ...(entry.rules.length === 0 ? [start] : repeated).map((one) => ({ start: one, endOf })),
    ...entry.added.map((one) => ({ start: one.start, endOf: one.endOf ?? endOf })),
  ];
  const placed = new Map(
    all.map((one) => {
      const at = place(one.start);
      return [at.epochMilliseconds, one.endOf(at).epochMilliseconds] as const;
    }),
  );
  return [...placed].flatMap(([at, end]) => (entry.removed.has(at) ? [] : [{ start: at, end }]));
};

const place = ({ local, zone }: When): Temporal.ZonedDateTime => local.toZonedDateTime(zone);

const entryOf = (event: ICAL.Component, calendar: Calendar, window: Window): Entry => {
  const times = (name: string): When[] =>
    event.getAllProperties(name).flatMap((property) => whenOf(property, calendar, window));
  const [start] = times('dtstart');
  if (!start) throw new NotUnderstood('an entry without a beginning');
  if (event.hasProperty('exrule')) throw new NotUnderstood('EXRULE');
  const [replaced] = times('recurrence-id');
  const isOfMany = event.getFirstProperty('recurrence-id')?.getFirstParameter('range');
  if (isOfMany) throw new NotUnderstood('RANGE=THISANDFUTURE');
  const status = textOf(event, 'status').toUpperCase();
  const isFree = textOf(event, 'transp').toUpperCase() === 'TRANSPARENT';
  const shown = textOf(event, 'x-microsoft-cdo-busystatus').toUpperCase();
  return {
    uid: textOf(event, 'uid'),
    isBusy: !isFree && status !== 'CANCELLED',
    isSoft: status === 'TENTATIVE' || shown === 'TENTATIVE',
    replaces: replaced ? place(replaced).epochMilliseconds : null,
    start,
    endOf: lengthOf(event, start, times('dtend')[0]),
    rules: event.getAllProperties('rrule').map((property) => rawOf(property)[0] as Rule),
    added: event
      .getAllProperties('rdate')
      .flatMap((property) => addedOf(property, calendar, window)),
    removed: new Set(times('exdate').map((one) => place(one).epochMilliseconds)),
  };
};

const lengthOf = (event: ICAL.Component, start: When, end: When | undefined): Entry['endOf'] => {
  const duration = event.getFirstProperty('duration');
  if (duration) {
    const parsed = durationOf(rawOf(duration)[0]);
    return (begin) => begin.add(parsed);
  }
  if (start.isDate) {
    const days = end ? start.local.until(end.local, { largestUnit: 'days' }).days : 1;
    return (begin) => begin.add({ days: days === 0 ? 1 : days });
  }
  if (!end) return (begin) => begin;
  const milliseconds = place(end).epochMilliseconds - place(start).epochMilliseconds;
  return (begin) => begin.add({ milliseconds });
};

const addedOf = (property: ICAL.Property, calendar: Calendar, window: Window): Entry['added'] => {
  if (property.type !== 'period')
    return whenOf(property, calendar, window).map((start) => ({ start, endOf: null }));
  return rawOf(property).map((period) => {
    const [from, to] = period as [unknown, unknown];
    const zone = zoneFor(property, calendar, window);
    const start = timeAt(String(from), zone);
    if (/^[+-]?P/.test(String(to))) {
      const parsed = durationOf(to);
      return { start, endOf: (begin) => begin.add(parsed) };
    }
    const end = place(timeAt(String(to), zone));
    return { start, endOf: () => end };
  });
};

const whenOf = (property: ICAL.Property, calendar: Calendar, window: Window): When[] => {
  if (property.type !== 'date' && property.type !== 'date-time')
    throw new NotUnderstood(`a time as ${property.type}`);
  const zone = zoneFor(property, calendar, window);
  return rawOf(property).map((value) => timeAt(String(value), zone, window.zone));
};

/** Of the property's TZID; a floating time is on the person's own clock. */
const zoneFor = (property: ICAL.Property, { locations }: Calendar, window: Window): string => {
  const tzid = property.getFirstParameter('tzid');
  if (!tzid) return window.zone;
  const zone = zoneOf(tzid, locations.get(tzid));
  if (zone === null) throw new NotUnderstood('a time zone that nobody knows');
  return zone;
};

const timeAt = (text: string, zone: string, ofDates = zone): When => {
  try {
    const isDate = !text.includes('T');
    const local = Temporal.PlainDateTime.from(text.replace(/Z$/, ''));
    return { local, isDate, zone: isDate ? ofDates : text.endsWith('Z') ? 'UTC' : zone };
  } catch {
    throw new NotUnderstood('a time that is none');
  }
};

const durationOf = (value: unknown): Temporal.Duration => {
  try {
    return Temporal.Duration.from(String(value));
  } catch {
    throw new NotUnderstood('a duration that is none');
  }
};

/** The values as they stand in jCal, before ical.js makes times of its own zones of them. */
const rawOf = (property: ICAL.Property): unknown[] => (property.toJSON() as unknown[]).slice(3);

const textOf = (component: ICAL.Component, name: string): string => {
  const value = component.getFirstPropertyValue(name);
  return typeof value === 'string' ? value.trim() : '';
};
