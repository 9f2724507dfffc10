/** Guide 000: Codility's key goes in, and its live links come out of invite texts. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { field, linksIn, panelOf, seat, type Mail } from './panel.ts';
import { codilityOf, leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'codility'], candidates: 2 } });
const hub = hubOf(world);
const codility = codilityOf(world);
const panel = panelOf(world);
await joinLever(world, 'Alan Turing', 'Barbara Liskov', 'Edsger Dijkstra');
const connectionId = await hub.connect('lever');
const [posting] = await leverOf(world).postings();
const [alan, barbara, edsger] = [
  await panel.person('Alan Turing', { zone: 'America/New_York' }),
  await panel.person('Barbara Liskov', { zone: 'Europe/London' }),
  await panel.person('Edsger Dijkstra', { zone: 'Europe/Amsterdam' }),
];

after(() => world.close());

test('the key is copied from its header in Codility, pasted as it is, and cleaned', async () => {
  await world.form('/codility/account/integrations', { name: 'Loopwright' });
  const page = await world.page('/codility/account/integrations');
  const header = />\s*(Authorization: Bearer [^<\s]+)/.exec(page)?.[1] ?? '';
  const id = await world.connect('codility', { apiKey: `  ${header}\n` });
  const { permissions } = await world.api.post<{ permissions: Array<{ state: string }> }>(
    `/connections/${id}/test`,
  );
  assert.ok(permissions.some(({ state }) => state === 'granted'));
});

const events = [
  { name: 'Algorithms', minutes: 60, start: panel.at(0), seats: [seat(alan)] },
  { name: 'Design', minutes: 60, start: panel.at(1), seats: [seat(barbara)] },
  { name: 'Pairing', minutes: 60, start: panel.at(2), seats: [seat(edsger)] },
];

const schedule = async (
  name: string,
  live: string,
  change: { days?: number; events?: object[] } = {},
) => {
  const candidate = await applyAtLever(world, name, { posting: posting?.id ?? '' });
  const later = (start: string): string =>
    new Date(Date.parse(start) + (change.days ?? 0) * 86_400_000).toISOString();
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    candidateZone: 'Asia/Kathmandu',
    layer: {
      texts: {
        interviewerInvite: { title: '$Event.Name with $Candidate.FullName', body: live },
        candidateInvite: { title: 'Your day', body: `$Interview.Itinerary\n${live}` },
        candidateMail: null,
      },
    },
    events: (change.events ?? events).map((event) => ({
      ...event,
      start: later((event as { start: string }).start),
    })),
  });
  await panel.settled(id);
  return { id, candidate, ...(await invitesOf(id, candidate.email)) };
};

const invitesOf = async (id: string, candidateEmail: string | null) => {
  const mails = await panel.mails(id);
  const newest = new Map<string, Mail>();
  for (const mail of mails) if (mail.calendar) newest.set(mail.to, mail);
  const own = newest.get(candidateEmail ?? '');
  newest.delete(candidateEmail ?? '');
  return { mails, own, inside: [...newest.values()] };
};

test('one link for the interview stands in all three internal invites and in the candidate’s', async () => {
  const before = (await codility.interviews()).length;
  const { own, inside } = await schedule('Ida Single', 'Room: $Interview.Codility.Live.Link');
  const all = await codility.interviews();
  assert.equal(all.length - before, 1);
  const link = all.at(-1)?.interview_link;
  assert.equal(inside.length, 3);
  for (const mail of [...inside, own]) assert.deepEqual(linksIn(mail?.text ?? ''), [link]);
  for (const mail of [...inside, own])
    assert.ok(mail?.calendar?.content.replaceAll('\r\n ', '').includes(link ?? 'none'));
});

test('a link for each event: each invite has its own, the candidate a list with times in its zone', async () => {
  const before = (await codility.interviews()).length;
  const { own, inside } = await schedule('Eva Each', 'Rooms:\n$Event.Codility.Live.Link', {
    days: 1,
  });
  assert.equal((await codility.interviews()).length - before, 3);
  const links = inside.flatMap(({ text }) => linksIn(text));
  assert.equal(links.length, 3);
  assert.equal(new Set(links).size, 3);
  const rows = (own?.text ?? '').split('\n').filter((line) => line.includes('http'));
  assert.deepEqual(rows.flatMap(linksIn).sort(), links.sort());
  // Ten o'clock in UTC is a quarter to four in the afternoon in Kathmandu.
  assert.deepEqual(
    rows.map((row) => /\d{1,2}:\d{2}/.exec(row)?.[0]),
    ['15:45', '16:45', '17:45'],
  );
});

test('a link for one event alone makes one session, and one line for the candidate', async () => {
  const before = (await codility.interviews()).length;
  const live = 'Room: $Event.Codility.Live.Link';
  const plain = { title: 'Talk', body: 'Without a room.' };
  const { own, inside } = await schedule('Ona One', live, {
    days: 2,
    events: events.map((event, index) => ({
      ...event,
      interviewerInvite: index === 1 ? { title: 'Pairing', body: live } : plain,
    })),
  });
  assert.equal((await codility.interviews()).length - before, 1);
  assert.deepEqual(inside.map(({ text }) => linksIn(text).length).sort(), [0, 0, 1]);
  const [link] = inside.flatMap(({ text }) => linksIn(text));
  assert.deepEqual(linksIn(own?.text ?? ''), [link]);
});

test('a reschedule keeps sessions and uids; the sequence rises', async () => {
  const { id, inside, candidate } = await schedule('Rhea Moved', '$Event.Codility.Live.Link', {
    days: 3,
  });
  const sessions = (await codility.interviews()).map((one) => one.id);
  await panel.act(id, 'reschedule', { start: panel.at(4 * 24 + 3) });
  await panel.settled(id);
  const after = await invitesOf(id, candidate.email);
  assert.deepEqual(
    (await codility.interviews()).map((one) => one.id),
    sessions,
  );
  const told = (mails: Mail[]) =>
    mails.map((mail) => [field(mail, 'UID'), linksIn(mail.text)]).sort();
  assert.deepEqual(told(after.inside), told(inside));
  for (const mail of after.inside) assert.equal(field(mail, 'SEQUENCE'), '1');
});

test('a removed event closes its own session, and only its people are told', async () => {
  const { id, inside, mails, candidate } = await schedule(
    'Rob Removed',
    '$Event.Codility.Live.Link',
    {
      days: 5,
    },
  );
  const design = inside.find(({ to }) => to === 'barbara.liskov@example.com');
  const [link] = linksIn(design?.text ?? '');
  const open = async (): Promise<Array<string | undefined>> =>
    (await codility.interviews()).map(({ interview_link: one }) => one);
  assert.ok((await open()).includes(link));
  await panel.act(id, 'remove-event', { eventId: 'e2' });
  await panel.settled(id);
  assert.ok(!(await open()).includes(link));
  const told = (await panel.mails(id)).slice(mails.length);
  assert.deepEqual(
    told.map(({ to, calendar }) => [to, calendar?.method]).sort(),
    [
      ['barbara.liskov@example.com', 'CANCEL'],
      [candidate.email, 'REQUEST'],
    ].sort(),
  );
});

test('cancelling closes every session, and takes every invite back', async () => {
  const { id, inside, mails } = await schedule('Cem Cancelled', '$Event.Codility.Live.Link', {
    days: 6,
  });
  const links = inside.flatMap(({ text }) => linksIn(text));
  await panel.act(id, 'cancel', { reason: 'The position is filled.' });
  await panel.settled(id);
  const open = new Set((await codility.interviews()).map((one) => one.interview_link));
  assert.deepEqual(
    links.filter((link) => open.has(link)),
    [],
  );
  const told = (await panel.mails(id)).slice(mails.length);
  assert.deepEqual(new Set(told.map(({ calendar }) => calendar?.method)), new Set(['CANCEL']));
  assert.equal(told.length, 4);
});
