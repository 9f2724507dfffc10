/** Optional people, zones and clock changes, and names that look like something else. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { field, panelOf, seat } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 2 } });
const panel = panelOf(world);
await joinLever(world, 'Alan Turing', 'Barbara Liskov', 'Edsger Dijkstra');
const connectionId = await hubOf(world).connect('lever');
const [posting] = await leverOf(world).postings();
const alan = await panel.person('Alan Turing', { zone: 'America/New_York' });
const barbara = await panel.person('Barbara Liskov', { zone: 'Europe/Berlin' });
const edsger = await panel.person('Edsger Dijkstra', { zone: 'Australia/Lord_Howe' });

after(() => world.close());

const texts = {
  interviewerInvite: { title: '$Event.Name: $Candidate.FullName', body: '$Interview.Itinerary' },
  candidateInvite: { title: 'Interview of $Candidate.FullName', body: '$Interview.Itinerary' },
  candidateMail: null,
};

/** Names are of any kind; nobody shares an address. */
let cases = 0;

const schedule = async (name: string, change: Record<string, unknown>) => {
  const candidate = await applyAtLever(world, name, {
    posting: posting?.id ?? '',
    email: `case.${String((cases += 1))}@candidates.example`,
  });
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    candidateZone: 'Asia/Kathmandu',
    ...change,
  });
  const interview = await panel.settled(id);
  const mails = await panel.mails(id);
  const own = mails.find(({ to }) => to === candidate.email);
  assert.ok(own);
  return { interview, mails, own };
};

test('an optional person who is busy is left out, and never named to the candidate', async () => {
  const event = (name: string, people: object[]) => ({
    name,
    minutes: 60,
    start: panel.at(0),
    seats: people,
  });
  await schedule('Olga Occupies', { layer: { texts }, events: [event('Talk', [seat(barbara)])] });
  const { interview } = await schedule('Otto Optional', {
    layer: { texts },
    events: [event('Design', [seat(alan), seat(barbara, { required: false })])],
  });
  assert.deepEqual(
    interview.events[0]?.seats.map(({ name }) => name),
    ['Alan Turing'],
  );
  const { own, interview: both } = await schedule('Oda Optional', {
    layer: { texts },
    events: [
      { ...event('Design', [seat(alan), seat(edsger, { required: false })]), start: panel.at(2) },
    ],
  });
  assert.equal(both.events[0]?.seats.length, 2);
  assert.match(own.text, /with Alan Turing/);
  assert.doesNotMatch(own.text, /Edsger/);
});

test('everybody meets at one instant, told in each zone, across a change of the clocks', async () => {
  // Europe springs forward on 30 March 2031, New York did on the 9th.
  const { mails, own } = await schedule('Zoe Zones', {
    layer: { texts, remote: false, zone: 'Europe/Berlin' },
    events: [
      {
        name: 'Design',
        minutes: 60,
        start: '2031-03-31T08:00:00Z',
        seats: [seat(alan), seat(barbara), seat(edsger)],
      },
    ],
  });
  assert.equal(mails.length, 4);
  for (const mail of mails) {
    assert.equal(field(mail, 'DTSTART'), '20310331T080000Z');
    assert.equal(field(mail, 'DTEND'), '20310331T090000Z');
  }
  assert.match(own.text, /10:00/);
  const { own: remote } = await schedule('Zed Remote', {
    layer: { texts },
    events: [
      { name: 'Design', minutes: 60, start: '2031-03-31T12:00:00Z', seats: [seat(barbara)] },
    ],
  });
  assert.match(remote.text, /17:45/, 'a quarter to six in Kathmandu');
});

test('a name that looks like a variable or a tag is printed as it is, and escaped on a page', async () => {
  const name = '$Candidate.Email <script>alert(1)</script>';
  const { mails, own } = await schedule(name, {
    layer: { texts },
    events: [{ name: 'Design', minutes: 60, start: panel.at(30), seats: [seat(alan)] }],
  });
  assert.equal(own.subject, `Interview of ${name}`);
  for (const mail of mails) {
    assert.doesNotMatch(mail.html, /<script/i);
    assert.notEqual(field(mail, 'X-ALT-DESC'), '');
    assert.doesNotMatch(field(mail, 'X-ALT-DESC'), /<script/i);
  }
  const inside = mails.find(({ to }) => to === 'alan.turing@example.com');
  assert.equal(inside?.subject, `Design: ${name}`);
});
