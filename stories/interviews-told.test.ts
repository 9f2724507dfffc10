/** Who hears of a change: those whom it concerns, each once. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { field, panelOf, seat, type Mail } from './panel.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 2 } });
await joinLever(world, 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov');
const connectionId = await hubOf(world).connect('lever');
const posting = (await leverOf(world).postings())[0]?.id ?? '';

after(() => world.close());

const { person, at, settled, schedule, act, mails: mailsOf } = panelOf(world);
const people = [
  await person('Alan Turing'),
  await person('Edsger Dijkstra'),
  await person('Barbara Liskov'),
];

/** Three events from this hour on, with the default texts unless said. */
const scheduled = async (name: string, hours: number, texts: object = {}) => {
  const candidate = await applyAtLever(world, name, { posting });
  const { id } = await schedule({
    connectionId,
    candidateId: candidate.id,
    layer: { texts },
    events: people.map((one, index) => ({
      name: `Event ${String(index + 1)}`,
      minutes: 60,
      start: at(hours + index),
      seats: [seat(one)],
    })),
  });
  await settled(id);
  return { id, candidate };
};

const addressees = (mails: readonly Mail[]): string[] =>
  [...new Set(mails.map(({ to }) => to))].sort();

test('an event that moves is told to its own interviewers and the candidate; the rest rides along with what is owed next', async () => {
  const { id, candidate } = await scheduled('Ina Itinerary', 0);
  const first = await mailsOf(id);
  assert.equal(first.length, 5);
  await act(id, 'move', { eventId: 'e2', start: at(6) });
  await settled(id);
  const told = (await mailsOf(id)).slice(first.length);
  assert.deepEqual(addressees(told), ['edsger.dijkstra@example.com', candidate.email].sort());
  await act(id, 'move', { eventId: 'e1', start: at(8) });
  await settled(id);
  const later = (await mailsOf(id)).slice(first.length + told.length);
  assert.deepEqual(addressees(later), ['alan.turing@example.com', candidate.email].sort());
  const alan = later.find(({ to }) => to.startsWith('alan'));
  assert.ok(alan);
  assert.equal(field(alan, 'SEQUENCE'), '1', 'what was not sent has no number');
  assert.match(alan.text, /16:00 UTC to 17:00 UTC: Event 2 with Edsger Dijkstra/);
}); // prettier-ignore

test('a candidate without an invite is told of a cancellation by mail, where the canceller says so', async () => {
  const mailOnly = { candidateInvite: null };
  const cancelled = async (name: string, hours: number, texts: object, body: object) => {
    const { id, candidate } = await scheduled(name, hours, texts);
    const first = (await mailsOf(id)).length;
    await act(id, 'cancel', { reason: 'The job was filled.', ...body });
    await settled(id);
    return (await mailsOf(id)).slice(first).filter(({ to }) => to === candidate.email);
  };
  const [mail, ...others] = await cancelled('Mia Mail-Only', 24, mailOnly, {});
  assert.deepEqual(others, []);
  assert.equal(mail?.calendar, null);
  assert.match(mail.subject, /^Cancelled: Your interview with/);
  assert.match(mail.text, /^The interview below is cancelled\. The job was filled\.\n\nHello Mia,/);
  assert.match(mail.html, /^The interview below is cancelled/);
  const silent = { notify: ['interviewers'] };
  assert.deepEqual(await cancelled('Sid Silent', 48, mailOnly, silent), []);
  const methods = (await cancelled('Ivy Invited', 72, {}, {})).map(({ calendar }) => calendar?.method);
  assert.deepEqual(methods, ['CANCEL'], 'who has an invite gets no mail beside its cancellation');
}); // prettier-ignore
