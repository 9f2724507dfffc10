/** Who hears of a change: those whom it concerns, each once. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { panelOfThree } from './panel-of-three.ts';
import { field, seat, type Mail } from './panel.ts';
import { applyAtLever } from './newcomers.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 2 } });
after(() => world.close());

const {
  connectionId,
  posting,
  people,
  scheduled,
  at,
  settled,
  schedule,
  act,
  mails: mailsOf,
} = await panelOfThree(world);

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

test('whom the scheduler leaves out hears nothing, until a change tells them', async () => {
  const candidate = await applyAtLever(world, 'Quinn Quiet', { posting });
  const { id } = await schedule({
    connectionId,
    candidateId: candidate.id,
    events: [{ name: 'Talk', minutes: 60, start: at(96), seats: [seat(people[0] ?? '')] }],
    notify: ['interviewers'],
  });
  await settled(id);
  const told = async () => new Set((await mailsOf(id)).map(({ to }) => to));
  assert.deepEqual([...(await told())], ['alan.turing@example.com']);
  await act(id, 'move', { eventId: 'e1', start: at(97) });
  await settled(id);
  assert.ok((await told()).has(candidate.email), 'told with the change');
});
