/** Before a change happens, who would hear of it is told, and nothing is done. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

interface Foreseen {
  told: Array<{ name: string; acts: string[] }>;
  outside: Array<{ kind: string; act: string }>;
}

const world = await startWorld({ sandbox: { only: ['lever', 'codeinterview'] } });
after(() => world.close());
const hub = hubOf(world);
const panel = panelOf(world);
await joinLever(world, 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov');
const connectionId = await hub.connect('lever');
await hub.connect('codeinterview');
const posting = (await leverOf(world).postings())[0]?.id ?? '';
const alan = await panel.person('Alan Turing');
const edsger = await panel.person('Edsger Dijkstra');
const barbara = await panel.person('Barbara Liskov');
const candidate = await applyAtLever(world, 'Ada Foreseen', { posting });
const { id } = await panel.schedule({
  connectionId,
  candidateId: candidate.id,
  layer: { texts: { interviewerInvite: { title: '$Event.Name', body: '$Event.CodeInterview.Live.Link' }, candidateInvite: { title: 'Interview', body: '$Event.CodeInterview.Live.Link' } } },
  events: [
    { name: 'Design', minutes: 60, start: panel.at(0), seats: [seat(alan)] },
    { name: 'Coding', minutes: 60, start: panel.at(1), seats: [seat(edsger)] },
  ],
}); // prettier-ignore
await panel.settled(id);

const foresee = async (what: string, body: Record<string, unknown>) => {
  const dry = { ...body, dryRun: true };
  const { foreseen } = await world.api.post<Interview & { foreseen: Foreseen }>(`/interviews/${id}/${what}`, dry);
  const told = Object.fromEntries(foreseen.told.map(({ name, acts }) => [name, acts.join()]));
  return { told, outside: foreseen.outside.map(({ kind, act }) => `${kind} ${act}`).sort() };
}; // prettier-ignore

test('one event is moved: its interviewer and the candidate get an update, the other nothing', async () => {
  const before = await world.api.get<Interview>(`/interviews/${id}`);
  const mails = (await panel.mails(id)).length;
  assert.deepEqual(await foresee('move', { eventId: 'e2', start: panel.at(3) }), {
    told: { 'Ada Foreseen': 'update', 'Alan Turing': '', 'Edsger Dijkstra': 'update' },
    outside: ['ats_interview update'],
  });
  await hub.quiet();
  assert.deepEqual(await world.api.get<Interview>(`/interviews/${id}`), before);
  assert.equal((await panel.mails(id)).length, mails);
});

test('whoever is not to be told hears nothing', async () => {
  const { told } = await foresee('move', { eventId: 'e2', start: panel.at(3), notify: ['interviewers'] });
  assert.deepEqual(told, { 'Ada Foreseen': '', 'Alan Turing': '', 'Edsger Dijkstra': 'update' });
}); // prettier-ignore

test('who comes gets an invite, who goes a cancellation; a new link concerns who reads it', async () => {
  const replaced = await foresee('replace', { eventId: 'e1', personId: alan, byPersonId: barbara });
  assert.equal(replaced.told['Alan Turing'], 'remove');
  assert.equal(replaced.told['Barbara Liskov'], 'create');
  assert.equal(replaced.told['Edsger Dijkstra'], '');
  const { effects } = await world.api.get<Interview>(`/interviews/${id}`);
  const link = effects.find(({ key }) => key.includes('/event/e1/live-session/'));
  const renewed = await foresee('new-link', { effectId: link?.id });
  assert.deepEqual(renewed, {
    told: { 'Ada Foreseen': 'update', 'Alan Turing': 'update', 'Edsger Dijkstra': '' },
    outside: ['ats_interview update', 'live_session create', 'live_session remove'],
  });
});

test('what would be refused is refused, and a conflict is told before it is made', async () => {
  const there = await world.api.call('POST', `/interviews/${id}/replace`, { eventId: 'e1', personId: alan, byPersonId: 'pe_none', dryRun: true });
  assert.equal(there.status, 422);
  const cancelled = await foresee('cancel', { reason: 'Filled' });
  assert.deepEqual(cancelled.told, { 'Ada Foreseen': 'remove', 'Alan Turing': 'remove', 'Edsger Dijkstra': 'remove' });
}); // prettier-ignore
