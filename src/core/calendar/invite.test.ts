import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ical from 'ical.js';
import { isSimpleAddress, serializeFeed, serializeInvite, type Invite } from './invite.ts';
import { lintCalendar } from './testing-linter.ts';

const start = Date.UTC(2026, 11, 1, 9);

const invite = (change: Partial<Invite> = {}): Invite => ({
  uid: 'iv1-e1@loopwright',
  sequence: 2,
  stamp: Date.UTC(2026, 10, 25, 20, 0, 0, 999),
  start,
  end: start + 3_600_000,
  title: 'System design',
  description: 'Bring a pen.',
  html: null,
  location: '',
  url: null,
  organizer: { name: 'Grace Hopper', address: 'grace@example.com' },
  attendees: [{ name: 'Alan Turing', address: 'alan@example.com', required: true }],
  status: 'CONFIRMED',
  isPrivate: false,
  ...change,
});

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The event as another library reads it. */
const readBack = (text: string) => {
  const calendar = new ical.Component(ical.parse(text) as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent');
  assert.ok(event);
  return { calendar, event, value: (name: string) => event.getFirstPropertyValue(name) };
};

test('is this text to the byte', () => {
  assert.equal(
    serializeInvite('REQUEST', invite()),
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Loopwright//Loopwright//EN',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'UID:iv1-e1@loopwright',
      'DTSTAMP:20261125T200000Z',
      'DTSTART:20261201T090000Z',
      'DTEND:20261201T100000Z',
      'SEQUENCE:2',
      'SUMMARY:System design',
      'DESCRIPTION:Bring a pen.',
      'STATUS:CONFIRMED',
      'CLASS:PUBLIC',
      'TRANSP:OPAQUE',
      'ORGANIZER;CN=Grace Hopper:mailto:grace@example.com',
      'ATTENDEE;CN=Alan Turing;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEE',
      ' DS-ACTION;RSVP=TRUE:mailto:alan@example.com',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
});

test('a cancellation asks nobody for an answer, and has no status when the event goes on', () => {
  const whole = serializeInvite('CANCEL', invite({ status: 'CANCELLED' }));
  assert.match(whole, /\r\nMETHOD:CANCEL\r\n/);
  assert.match(whole, /\r\nSTATUS:CANCELLED\r\n/);
  assert.doesNotMatch(whole, /RSVP|PARTSTAT/);
  assert.doesNotMatch(serializeInvite('CANCEL', invite({ status: null })), /STATUS/);
});

test('a name with quotes, colons and line ends stays one parameter', () => {
  const name = 'O"Brien: "the\r\nATTENDEE:mailto:eve@example.com", Jr; ^x';
  const text = serializeInvite('REQUEST', invite({ organizer: { name, address: 'o@example.com' } }));
  assert.deepEqual(lintCalendar(octets(text), 1), []);
  const cn: unknown = readBack(text).event.getFirstProperty('organizer')?.getParameter('cn');
  assert.equal(cn, 'O"Brien: "the ATTENDEE:mailto:eve@example.com", Jr; ^x');
}); // prettier-ignore

test('a feed holds whole entries, the first ones, up to its size, and names nobody who takes part', () => {
  const entries = ['Übung', 'B', 'C'].map((title, index) => invite({ title, uid: `e${String(index)}` }));
  const feed = (of: readonly Invite[], mostOctets = 10_000): string =>
    serializeFeed({ name: 'Interviews; all', refreshMinutes: 60, entries: of, mostOctets });
  const whole = feed(entries);
  const titles = (text: string) =>
    new ical.Component(ical.parse(text) as unknown[])
      .getAllSubcomponents('vevent')
      .map((one) => one.getFirstPropertyValue('summary'));
  assert.deepEqual(titles(whole), ['Übung', 'B', 'C']);
  assert.match(whole, /\r\nNAME:Interviews\\; all\r\nX-WR-CALNAME:Interviews\\; all\r\nREFRESH-INTERVAL;VALUE=DURATION:PT60M\r\n/);
  assert.doesNotMatch(whole, /ATTENDEE/);
  const first = octets(whole).length - octets(feed(entries.slice(1))).length;
  assert.deepEqual(titles(feed(entries, first)), ['Übung']);
  assert.deepEqual(titles(feed(entries, first - 1)), []);
}); // prettier-ignore

test('refuses what the format cannot tell', () => {
  for (const address of ['a b@example.com', '"a"@example.com', 'a@b', 'a@example.com\r\nX:1', 'ä@example.com', `${'a'.repeat(65)}@example.com`, 'a@example.com,b@example.com', '<a@example.com>', 'a@-b.com', ''])
    assert.throws(() => serializeInvite('REQUEST', invite({ organizer: { name: '', address } })), /not a simple one/, address);
  assert.throws(() => serializeInvite('REQUEST', invite({ uid: 'a\r\nX:1' })), /uid/);
  assert.throws(() => serializeInvite('REQUEST', invite({ end: start })), /ends before/);
  assert.throws(() => serializeInvite('REQUEST', invite({ url: 'javascript:alert(1)' })), /web/);
}); // prettier-ignore

test('takes the addresses that people have', () => {
  for (const address of ['ada@example.com', 'ada.lovelace+jobs@mail.example.co.uk', "o'brien@example.org", 'x_1@a-b.example'])
    assert.equal(isSimpleAddress(address), true, address);
}); // prettier-ignore

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc
    .array(fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\u0085', '\u202e', '\u2066', '\\', ';', ',', ':', '"', '^n', '\\n', 'ATTENDEE:mailto:eve@example.com', 'END:VEVENT', 'BEGIN:VALARM', ' ', '\t', '\u0000', '\ud800', '😀', 'é', 'a'), { maxLength: 30 })
    .map((parts) => parts.join('')),
); // prettier-ignore

const hostileAttendee = fc.record({
  name: hostile,
  address: fc.constantFrom('a@example.com', 'b.c+d@mail.example.org'),
  required: fc.boolean(),
});

const hostileInvite = fc.record({
  title: hostile,
  description: hostile,
  html: fc.option(hostile),
  location: hostile,
  organizer: hostileAttendee,
  attendees: fc.array(hostileAttendee, { minLength: 1, maxLength: 4 }),
  sequence: fc.nat(),
  start: fc.integer({ min: 0, max: 4e12 }),
  minutes: fc.integer({ min: 1, max: 1_000 }),
  method: fc.constantFrom('REQUEST' as const, 'CANCEL' as const),
});

/** What a text means once line ends are alike and control characters are gone. */
const meaning = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\n\t\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '');

test('20,000 events with hostile texts are well-formed, and read back as they were meant', () => {
  fc.assert(
    fc.property(hostileInvite, ({ minutes, method, ...fields }) => {
      const end = fields.start + minutes * 60_000;
      const text = serializeInvite(method, invite({ ...fields, end }));
      assert.deepEqual(lintCalendar(octets(text), fields.attendees.length), []);
      const { calendar, event, value } = readBack(text);
      assert.equal(calendar.getFirstPropertyValue('method'), method);
      assert.equal(value('summary'), meaning(fields.title));
      if (fields.description !== '') assert.equal(value('description'), meaning(fields.description));
      assert.equal(event.getAllProperties('attendee').length, fields.attendees.length);
      assert.equal(value('sequence'), fields.sequence);
    }),
    { numRuns: 20_000 },
  );
}); // prettier-ignore
