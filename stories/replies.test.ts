/** What people answer to their invites: over SMTP and the API, by SEQUENCE and DTSTAMP, for themselves alone. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { keepLog } from './kept-log.ts';
import { field, panelOf, seat, type Mail } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const { log, fields: logged } = keepLog();
const world = await startWorld({
  sandbox: { only: ['lever'], candidates: 2 },
  overrides: { log },
  env: { LOOPWRIGHT_REPLIES: 'smtp', LOOPWRIGHT_REPLIES_PORT: '0' },
});
const panel = panelOf(world);
await joinLever(world, 'Alan Turing', 'Barbara Liskov', 'Carl Conway');
const connectionId = await hubOf(world).connect('lever');
const [posting] = await leverOf(world).postings();
const [alan, barbara] = [await panel.person('Alan Turing'), await panel.person('Barbara Liskov')];

after(() => world.close());

let day = 0;
const schedule = async (name: string, change: Record<string, unknown> = {}) => {
  const candidate = await applyAtLever(world, name, { posting: posting?.id ?? '' });
  day += 1;
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: { texts: { candidateMail: null }, confirmHolds: true },
    events: [
      {
        name: 'Design',
        minutes: 60,
        start: panel.at(24 * day),
        seats: [seat(alan), seat(barbara)],
      },
    ],
    ...change,
  });
  await panel.settled(id);
  const invite = (await panel.mails(id)).find(({ to }) => to === 'alan.turing@example.com');
  assert.ok(invite);
  return { id, uid: field(invite, 'UID'), invite };
};

const reply = (
  uid: string,
  status: string,
  change: { by?: string; sequence?: number; stamp?: string; method?: string } = {},
): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Somebody//Mail//EN',
    `METHOD:${change.method ?? 'REPLY'}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${change.stamp ?? '20300101T100000Z'}`,
    `SEQUENCE:${String(change.sequence ?? 0)}`,
    'ORGANIZER:mailto:interviews@loopwright.invalid',
    `ATTENDEE;PARTSTAT=${status};CN=Somebody:mailto:${change.by ?? 'Alan.Turing@example.com'}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

const post = (calendar: string, from = 'alan.turing@example.com') =>
  world.api.call<{ counted: boolean }>('POST', '/replies', { from, calendar });

/** By mail, as the server of the organizer's domain hands it on. */
const deliver = (calendar: string, messageId = '<x@example.com>') =>
  createTransport({
    host: '127.0.0.1',
    port: world.hub.repliesAt ?? 0,
    ignoreTLS: true,
  }).sendMail({
    from: 'Alan Turing <alan.turing@example.com>',
    to: 'interviews@loopwright.invalid',
    subject: 'Re: Design',
    messageId,
    text: 'Yes.',
    icalEvent: { method: 'reply', content: calendar },
  });

const answers = async (id: string): Promise<Record<string, string>> => {
  const { events } = await world.api.get<{
    events: Array<{ seats: Array<{ name: string; rsvp: string }> }>;
  }>(`/interviews/${id}`);
  return Object.fromEntries(events[0]?.seats.map(({ name, rsvp }) => [name, rsvp]) ?? []);
};

test('an answer that comes by mail is shown at its sender alone', async () => {
  const { id, uid } = await schedule('Ada Answered');
  assert.deepEqual(await answers(id), {
    'Alan Turing': 'needs_action',
    'Barbara Liskov': 'needs_action',
  });
  await deliver(reply(uid, 'ACCEPTED'));
  await until('it is shown', async () => (await answers(id))['Alan Turing'] === 'accepted');
  assert.equal((await answers(id))['Barbara Liskov'], 'needs_action');
});

test('the candidate’s answer is shown, and lists of interviews tell all answers as well', async () => {
  const { id, uid } = await schedule('Cora Candidate');
  const shown = () =>
    world.api.get<{ candidateId: string; candidateRsvp: string }>(`/interviews/${id}`);
  assert.equal((await shown()).candidateRsvp, 'needs_action');
  const own = (await panel.mails(id)).find(
    ({ to, calendar }) => to.startsWith('cora.candidate') && calendar !== null,
  );
  assert.ok(own);
  const declined = reply(field(own, 'UID'), 'DECLINED', { by: own.to });
  assert.deepEqual((await post(declined, own.to)).body, { counted: true });
  assert.equal((await shown()).candidateRsvp, 'declined');
  await post(reply(uid, 'ACCEPTED'));
  const { items } = await world.api.get<{
    items: Array<{ candidateRsvp: string; events: Array<{ seats: Array<{ rsvp: string }> }> }>;
  }>(`/interviews?candidateId=${(await shown()).candidateId}`);
  assert.deepEqual(
    items.map((one) => [one.candidateRsvp, one.events[0]?.seats.map(({ rsvp }) => rsvp)]),
    [['declined', ['accepted', 'needs_action']]],
  );
});

test('an answer that cannot be stored is the sending server’s to offer again', async () => {
  const { id, uid } = await schedule('Rob Refused');
  const { db } = world.hub.hub;
  await sql`alter table rsvp add constraint refused check (comment is null) not valid`.execute(db);
  const content = reply(uid, 'ACCEPTED').replace('SEQUENCE', 'COMMENT:Gladly\r\nSEQUENCE');
  const failure: unknown = await deliver(content, '<refused@example.com>').catch(
    (thrown: unknown) => thrown,
  );
  assert.ok(failure instanceof Error && 'responseCode' in failure);
  assert.equal(failure.responseCode, 451);
  assert.match(failure.message, /451 Try again later\.$/);
  assert.deepEqual(
    logged.filter(({ messageId }) => messageId === '<refused@example.com>'),
    [{ messageId: '<refused@example.com>', reason: '23514' }],
  );
  await sql`alter table rsvp drop constraint refused`.execute(db);
  await deliver(content, '<refused@example.com>');
  assert.equal((await answers(id))['Alan Turing'], 'accepted');
});

test('a hold whose last answer was stored before a crash is confirmed when that comes again', async () => {
  const { id, uid } = await schedule('Chris Crashed', { state: 'hold' });
  const stored = { interview_id: id, uid, status: 'accepted', sequence: 0, comment: null } as const;
  for (const address of ['alan.turing@example.com', 'barbara.liskov@example.com'])
    await world.hub.hub.db
      .insertInto('rsvp')
      .values({ ...stored, address, stamp: new Date('2030-01-01T10:00:00Z') })
      .execute();
  assert.equal((await post(reply(uid, 'ACCEPTED'))).body.counted, false);
  assert.equal((await world.api.get<{ state: string }>(`/interviews/${id}`)).state, 'confirmed');
  await panel.settled(id);
});

for (const method of ['REQUEST', 'COUNTER', 'CANCEL'])
  test(`a ${method} that comes by mail is taken and changes nothing`, async () => {
    const { id, uid } = await schedule(`Otto ${method}`);
    await deliver(reply(uid, 'DECLINED', { method }));
    assert.equal((await answers(id))['Alan Turing'], 'needs_action');
  });

test('the later answer counts, in whichever order they arrive', async () => {
  const { id, uid } = await schedule('Lea Later');
  const late = reply(uid, 'DECLINED', { stamp: '20300101T120000Z' });
  assert.equal((await post(late)).body.counted, true);
  assert.equal((await post(reply(uid, 'ACCEPTED'))).body.counted, false);
  assert.equal((await post(late)).body.counted, false);
  assert.equal((await answers(id))['Alan Turing'], 'declined');
});

test('an answer to times that are over does not count for the new ones', async () => {
  const { id, uid } = await schedule('Mo Moved');
  await post(reply(uid, 'ACCEPTED'));
  assert.equal((await answers(id))['Alan Turing'], 'accepted');
  await panel.act(id, 'reschedule', { start: panel.at(24 * 20) });
  await panel.settled(id);
  assert.equal((await answers(id))['Alan Turing'], 'needs_action');
  await post(reply(uid, 'TENTATIVE', { sequence: 1 }));
  assert.equal((await answers(id))['Alan Turing'], 'tentative');
});

test('interviews are found in which somebody said no, or cannot come, as long as it is so', async () => {
  const found = async (trouble: string) =>
    (await world.api.get<{ items: Array<{ id: string }> }>(`/interviews?trouble=${trouble}&limit=100`)).items.map(({ id }) => id);
  const carl = { name: 'Carl Conway', email: 'carl.conway@example.com', zone: 'UTC' };
  const who = await panel.person(carl.name);
  const { id, uid } = await schedule('Tessa Trouble', {
    events: [{ name: 'Design', minutes: 60, start: panel.at(24 * 30), seats: [seat(alan), seat(who, { required: false })] }],
  });
  assert.ok(![...(await found('declined')), ...(await found('conflict'))].includes(id));
  const no = reply(uid, 'DECLINED', { by: carl.email });
  assert.deepEqual((await post(no, carl.email)).body, { counted: true });
  assert.ok((await found('declined')).includes(id), 'also of somebody optional');
  assert.ok(!(await found('conflict')).includes(id));
  await world.api.call('PUT', `/people/${who}`, { ...carl, active: false });
  assert.ok((await found('conflict')).includes(id));
  await panel.act(id, 'event', { eventId: 'e1', removeSeats: [who] });
  await panel.settled(id);
  const { id: other } = await schedule('Nora No');
  const own = (await panel.mails(other)).find(({ to, calendar }) => to.startsWith('nora.no') && calendar !== null);
  assert.ok(own);
  await post(reply(field(own, 'UID'), 'DECLINED', { by: own.to }), own.to);
  const declined = await found('declined');
  assert.ok(declined.includes(other) && !declined.includes(id));
  assert.ok(!(await found('conflict')).includes(id));
  await panel.act(other, 'cancel');
  assert.ok(!(await found('declined')).includes(other), 'it takes no place any more');
}); // prettier-ignore

test('nobody answers for somebody else, nor without an invitation', async () => {
  const { id, uid } = await schedule('Nia Nobody');
  const other = await post(reply(uid, 'ACCEPTED', { by: 'barbara.liskov@example.com' }));
  assert.deepEqual([other.status, other.body['code' as never]], [422, 'reply_stranger']);
  const stranger = await post(reply(uid, 'ACCEPTED', { by: 'eve@example.com' }), 'eve@example.com');
  assert.equal(stranger.status, 422);
  const unknown = await post(reply('iv_none.e1@loopwright', 'ACCEPTED'));
  assert.equal(unknown.status, 404);
  assert.deepEqual(new Set(Object.values(await answers(id))), new Set(['needs_action']));
});

for (const [what, calendar] of [
  ['no calendar at all', 'Accepted!'],
  ['a request', reply('x@loopwright', 'ACCEPTED', { method: 'REQUEST' })],
  ['an answer that is none', reply('x@loopwright', 'PERHAPS')],
  [
    'an answer without a status',
    reply('x@loopwright', 'ACCEPTED').replace(';PARTSTAT=ACCEPTED', ''),
  ],
] as const)
  test(`${what} is refused with the remedy`, async () => {
    const { status, body } = await post(calendar);
    assert.deepEqual([status, body['code' as never]], [422, 'reply_unreadable']);
  });

test('a hold is confirmed by itself once everybody required has accepted', async () => {
  const { id, uid } = await schedule('Hal Held', { state: 'hold' });
  await post(reply(uid, 'ACCEPTED'));
  assert.equal((await world.api.get<{ state: string }>(`/interviews/${id}`)).state, 'hold');
  await post(
    reply(uid, 'ACCEPTED', { by: 'barbara.liskov@example.com' }),
    'barbara.liskov@example.com',
  );
  await panel.settled(id);
  const { state } = await world.api.get<{ state: string }>(`/interviews/${id}`);
  assert.equal(state, 'confirmed');
  const own = (await panel.mails(id)).filter(({ to }: Mail) => to.startsWith('hal.held'));
  assert.equal(own.length, 1);
});

test('where no answers are tracked, that is said instead of “no answer”', async () => {
  const { id, uid } = await schedule('Tim Tracked');
  await world.restart({});
  assert.deepEqual(new Set(Object.values(await answers(id))), new Set(['not_tracked']));
  const { status, body } = await post(reply(uid, 'ACCEPTED'));
  assert.deepEqual([status, body['code' as never]], [409, 'replies_off']);
});
