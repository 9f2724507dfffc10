/** A person's calendar as such services publish it: VTIMEZONE by name, folded lines, CRLF. */
import type { Entry, Person } from './state.ts';

export const calendarText = ({ name, zone, entries }: Person): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Emulated calendars//EN',
    `X-WR-CALNAME:${escaped(name)}`,
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    `X-LIC-LOCATION:${zone}`,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0000',
    'TZOFFSETTO:+0000',
    'END:STANDARD',
    'END:VTIMEZONE',
    ...entries.flatMap((entry) => eventLines(entry, zone)),
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n');

const eventLines = (entry: Entry, zone: string): string[] => {
  const time = (name: string, local: string): string => {
    const digits = local.replace(/[-:]/g, '');
    return local.includes('T')
      ? `${name};TZID=${zone}:${digits}00`
      : `${name};VALUE=DATE:${digits}`;
  };
  const status = {
    busy: 'CONFIRMED',
    free: 'CONFIRMED',
    tentative: 'TENTATIVE',
    cancelled: 'CANCELLED',
  };
  return [
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    'DTSTAMP:20260101T000000Z',
    time('DTSTART', entry.start),
    time('DTEND', entry.end),
    ...(entry.repeats === 'never' ? [] : [`RRULE:FREQ=${entry.repeats}`]),
    `SUMMARY:${escaped(entry.title)}`,
    `STATUS:${status[entry.shows]}`,
    `TRANSP:${entry.shows === 'free' ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
  ];
};

const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, '\\$&').replace(/[\r\n]+/g, '\\n');

/** At most 60 characters a line, which are at most 75 octets but for rare scripts. */
const folded = (line: string): string => line.replace(/.{60}(?=.)/gu, '$&\r\n ');
