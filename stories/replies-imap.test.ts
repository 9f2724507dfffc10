/** Answers to invites that the hub finds in the organizer's mailbox. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { startImapServer } from './imap-server.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { field, panelOf, seat } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

let server = await startImapServer();
const { port } = server;
await server.close();
const logged: string[] = [];
const note = (_: unknown, text: string): void => {
  logged.push(text);
};
const count = (part: string): number => logged.filter((text) => text.includes(part)).length;
const world = await startWorld({
  sandbox: { only: ['lever'], candidates: 2 },
  overrides: { log: { info: note, warn: note, error: note } },
  env: {
    LOOPWRIGHT_REPLIES: 'imap',
    LOOPWRIGHT_IMAP_URL: `imap://interviews@127.0.0.1:${String(port)}`,
    LOOPWRIGHT_IMAP_PASSWORD: 'right',
    LOOPWRIGHT_IMAP_SECONDS: '1',
  },
});
after(async () => {
  await world.close();
  await server.close();
});
const panel = panelOf(world);
await joinLever(world, 'Alan Turing');
const connectionId = await hubOf(world).connect('lever');
const [posting] = await leverOf(world).postings();
const alan = await panel.person('Alan Turing');
const candidate = await applyAtLever(world, 'Ada Answered', { posting: posting?.id ?? '' });
const { id } = await panel.schedule({
  connectionId,
  candidateId: candidate.id,
  layer: { texts: { candidateMail: null } },
  events: [{ name: 'Design', minutes: 60, start: panel.at(24), seats: [seat(alan)] }],
});
await panel.settled(id);
const invite = (await panel.mails(id)).find(({ to }) => to === 'alan.turing@example.com');
assert.ok(invite);
const uid = field(invite, 'UID');

const mail = (status: string, from: string, stamp: string): string =>
  [
    `From: ${from}`,
    'MIME-Version: 1.0',
    'Content-Type: text/calendar; method=REPLY; charset=utf-8',
    '',
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Somebody//Mail//EN',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp}`,
    'SEQUENCE:0',
    `ATTENDEE;PARTSTAT=${status}:mailto:${from}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

const answered = async (): Promise<string | undefined> => {
  const { events } = await world.api.get<{ events: Array<{ seats: Array<{ rsvp: string }> }> }>(
    `/interviews/${id}`,
  );
  return events[0]?.seats[0]?.rsvp;
};
const from = 'alan.turing@example.com';

test('a server that is down is said once, and read when it comes up, past a wrong password', async () => {
  await until('it is said', () => count('cannot be read') === 1);
  server = await startImapServer(port, 'other');
  await until('the login is refused', () => server.logins > 0);
  await until('it is said', () => count('refuses the login') === 1);
  server.password = 'right';
  const accepted = server.put(mail('ACCEPTED', from, '20300101T100000Z'));
  await until('it is shown', async () => (await answered()) === 'accepted');
  await until('it is marked', () => accepted.flags.has('\\Seen'));
  assert.equal(count('cannot be read'), 1);
});

test('neither the same mail again, nor a stranger, nor a mail too large changes an answer', async () => {
  const again = server.put(mail('ACCEPTED', from, '20300101T100000Z'));
  const stranger = server.put(mail('DECLINED', 'eve@example.com', '20300101T110000Z'));
  const large = server.put(mail('DECLINED', from, '20300101T120000Z') + ' '.repeat(1024 * 1024));
  const plain = server.put(`From: ${from}\r\n\r\nThanks.\r\n`);
  await until('all were looked at', () => plain.reads > 0);
  assert.equal(await answered(), 'accepted');
  assert.deepEqual(
    [again, stranger, large, plain].map(({ flags }) => flags.has('\\Seen')),
    [true, true, false, false],
  );
  assert.deepEqual([large.reads, count('too large')], [0, 1]);
});
