/**
 * Calendar invites: RFC 5545 text of one event in one object, iTIP methods of RFC 5546. Our own
 * serializer, because the popular ones let a crafted name or address add lines, and fold UTF-8 wrongly.
 * Times are UTC without VTIMEZONE: what every client understands, in cancellations too.
 */
import {
  line,
  octetsOf,
  parameterText,
  textValue,
  uriValue,
  utc,
  type Parameters,
} from './content-line.ts';

export interface Party {
  name: string;
  /** A simple address; anything else is refused (`isSimpleAddress`). */
  address: string;
}

export interface Attendee extends Party {
  required: boolean;
}

/** Instants in milliseconds since the epoch; seconds are what the format keeps. */
export interface Invite {
  /** For life: a rescheduled event keeps it. Letters, digits, `.`, `-`, `_`, `@`. */
  uid: string;
  /** Rises whenever anything that was sent changes. */
  sequence: number;
  /** When this version was written. */
  stamp: number;
  start: number;
  end: number;
  title: string;
  /** Plain text; variables are resolved. */
  description: string;
  /** The same as a page, for clients that show one; null: none. */
  html: string | null;
  location: string;
  url: string | null;
  organizer: Party;
  attendees: readonly Attendee[];
  /** `TENTATIVE`: a hold. Null in the cancellation for one person of an event that goes on. */
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED' | null;
  isPrivate: boolean;
}

const productId = '-//Loopwright//Loopwright//EN';

/**
 * - `REQUEST`, `CANCEL`: from the organizer to those who take part
 * - `PUBLISH`: for whoever reads along; it names nobody but the organizer (RFC 5546)
 */
type Method = 'REQUEST' | 'CANCEL' | 'PUBLISH';

/**
 * The whole calendar object, CRLF line ends, every line at most 75 octets. Throws where a field can
 * not be told in the format (a strange uid or address), for then nothing must be sent.
 */
export const serializeInvite = (method: Method, invite: Invite): string =>
  framed(method, entry(method, invite));

/** A calendar that others read again and again. */
export interface Feed {
  name: string;
  /** How often to look again. */
  refreshMinutes: number;
  /** What matters most first; whatever would go beyond `mostOctets` is left out. */
  entries: readonly Invite[];
  mostOctets: number;
}

/** Many entries in one object, with their name and how often to look (RFC 7986, and what Outlook reads). */
export const serializeFeed = ({ name, refreshMinutes, entries, mostOctets }: Feed): string => {
  const every = `PT${String(refreshMinutes)}M`;
  const lines = [
    line('NAME', textValue(name)),
    line('X-WR-CALNAME', textValue(name)),
    line('REFRESH-INTERVAL', every, { VALUE: 'DURATION' }),
    line('X-PUBLISHED-TTL', every),
  ];
  let left = mostOctets;
  for (const one of entries) {
    const text = entry('PUBLISH', one).join('');
    left -= octetsOf(text);
    if (left < 0) break;
    lines.push(text);
  }
  return framed('PUBLISH', lines);
};

const framed = (method: Method, lines: readonly string[]): string =>
  [
    line('BEGIN', 'VCALENDAR'),
    line('VERSION', '2.0'),
    line('PRODID', productId),
    line('METHOD', method),
    ...lines,
    line('END', 'VCALENDAR'),
  ].join('');

const entry = (method: Method, invite: Invite): string[] => {
  if (!/^[\w.@-]{1,200}$/.test(invite.uid)) throw new Error('calendar: the uid is not a simple one.');
  if (!(invite.end > invite.start)) throw new Error('calendar: the event ends before it begins.');
  const attendees = method === 'PUBLISH' ? [] : invite.attendees;
  return [
    line('BEGIN', 'VEVENT'),
    line('UID', invite.uid),
    line('DTSTAMP', utc(invite.stamp)),
    line('DTSTART', utc(invite.start)),
    line('DTEND', utc(invite.end)),
    line('SEQUENCE', String(Math.trunc(invite.sequence))),
    line('SUMMARY', textValue(invite.title)),
    ...(invite.description === '' ? [] : [line('DESCRIPTION', textValue(invite.description))]),
    ...(invite.html === null
      ? []
      : [line('X-ALT-DESC', textValue(invite.html), { FMTTYPE: 'text/html' })]),
    ...(invite.location === '' ? [] : [line('LOCATION', textValue(invite.location))]),
    ...(invite.url === null ? [] : [line('URL', uriValue(invite.url))]),
    ...(invite.status === null ? [] : [line('STATUS', invite.status)]),
    line('CLASS', invite.isPrivate ? 'PRIVATE' : 'PUBLIC'),
    line('TRANSP', 'OPAQUE'),
    party('ORGANIZER', invite.organizer, {}),
    ...attendees.map((attendee) => party('ATTENDEE', attendee, roleOf(attendee, method))),
    line('END', 'VEVENT'),
  ];
}; // prettier-ignore

const roleOf = ({ required }: Attendee, method: Method): Parameters => ({
  CUTYPE: 'INDIVIDUAL',
  ROLE: required ? 'REQ-PARTICIPANT' : 'OPT-PARTICIPANT',
  ...(method === 'REQUEST' ? { PARTSTAT: 'NEEDS-ACTION', RSVP: 'TRUE' } : {}),
});

const party = (name: 'ORGANIZER' | 'ATTENDEE', one: Party, parameters: Parameters): string => {
  if (!isSimpleAddress(one.address)) throw new Error('calendar: an address is not a simple one.');
  const shown = parameterText(one.name);
  return line(name, `mailto:${one.address}`, {
    ...(shown === '' ? {} : { CN: shown }),
    ...parameters,
  });
};

/** `local@host.tld` without quotes, comments or anything outside ASCII; at most 254 characters. */
export const isSimpleAddress = (address: string): boolean =>
  address.length <= 254 &&
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/.test(
    address,
  ) &&
  (address.split('@')[0]?.length ?? 0) <= 64;
