/** A candidacy that is deleted in the ATS under an interview that stands: nobody is told of a nobody. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 2 } });
const hub = hubOf(world);
const lever = leverOf(world);
await joinLever(world, 'Alan Turing', 'Edsger Dijkstra');
const connectionId = await hub.connect('lever');
const posting = (await lever.postings())[0]?.id ?? '';

after(() => world.close());

const { person, at, settled, schedule, act, mails: mailsOf } = panelOf(world);
const alan = await person('Alan Turing');
const edsger = await person('Edsger Dijkstra');

let day = 0;
const scheduled = async (name: string, change: Record<string, unknown> = {}) => {
  day += 1;
  const candidate = await applyAtLever(world, name, { posting });
  const { id } = await schedule({
    connectionId,
    candidateId: candidate.id,
    events: [
      { name: 'Design', minutes: 60, start: at(24 * day), seats: [seat(alan)] },
      { name: 'Coding', minutes: 60, start: at(24 * day + 1), seats: [seat(edsger)] },
    ],
    ...change,
  });
  return { id, candidate };
};

const flagOf = async (id: string) => (await world.api.get<Interview>(`/interviews/${id}`)).flag;
const flagged = (id: string, flag: string | null) =>
  until(`its flag is ${String(flag)}`, async () => (await flagOf(id)) === flag);

interface Person {
  name: string;
  email: string | null;
}
const knownOf = async (id: string): Promise<Person> => {
  const { candidateId } = await world.api.get<{ candidateId: string }>(`/interviews/${id}`);
  const { name, email } = await world.api.get<Person>(`/candidates/${candidateId}`);
  return { name, email };
};

test('the interview is flagged and goes on with what was known, until it is cancelled', async () => {
  const { id, candidate } = await scheduled('Gwen Gone');
  await settled(id);
  const first = (await mailsOf(id)).length;
  await world.form(`/lever/candidates/${candidate.id}/delete`);
  await flagged(id, 'candidate_gone');
  await hub.quiet();
  assert.equal((await mailsOf(id)).length, first, 'nobody is told anything');
  const { items } = await world.api.get<{ items: Array<{ act: string; actor: string }> }>(`/interviews/${id}/changes`);
  assert.deepEqual(items.filter(({ act: what }) => what === 'candidate_gone').map(({ actor }) => actor), ['The lever account']);

  await act(id, 'move', { eventId: 'e1', start: at(24 * day + 4) });
  await settled(id);
  const moved = (await mailsOf(id)).slice(first);
  assert.deepEqual(moved.map(({ to }) => to).sort(), ['alan.turing@example.com', candidate.email, candidate.email].sort());
  assert.equal(moved.find(({ to }) => to.startsWith('alan'))?.subject, 'Design: Gwen Gone');

  const { status, body } = await world.api.call('POST', `/interviews/${id}/put-back`, {});
  assert.equal(status, 409);
  assert.equal(body['code'], 'candidate_gone');

  await act(id, 'cancel');
  await settled(id);
  const off = (await mailsOf(id)).slice(first + moved.length);
  assert.deepEqual(off.map(({ to, calendar }) => `${calendar?.method ?? ''} ${to}`).sort(), [
    'CANCEL alan.turing@example.com',
    'CANCEL edsger.dijkstra@example.com',
    `CANCEL ${candidate.email}`,
  ].sort());
  assert.deepEqual(await knownOf(id), { name: '', email: null }, 'what nobody needs any more is erased');
}); // prettier-ignore

test('a candidate who is shown again goes on with the interview, and the ATS hears what changed meanwhile', async () => {
  const { id, candidate } = await scheduled('Rob Returned');
  await settled(id);
  const first = (await mailsOf(id)).length;
  const { db, queue } = world.hub.hub;
  const read = () => queue.send(db, 'apply-rule', { connectionId, remoteId: candidate.id });
  const match = `GET /v1/opportunities/${candidate.id}`;
  world.emulator('lever').faults.push({ kind: 404, match, times: 1 });
  await read();
  await flagged(id, 'candidate_gone');
  await act(id, 'remove-event', { eventId: 'e2' });
  await settled(id);
  await read();
  await flagged(id, null);
  await settled(id);
  const { panels } = world.emulator('lever').snapshot() as {
    panels: Array<{
      opportunity: string;
      canceledAt: number | null;
      interviews: Array<{ subject: string }>;
    }>;
  };
  const own = panels.filter(({ opportunity }) => opportunity === candidate.id);
  assert.deepEqual(
    own.map(({ canceledAt, interviews }) => [canceledAt, interviews.map(({ subject }) => subject)]),
    [[null, ['Design']]],
    'one panel, brought up to date',
  );
  const told = (await mailsOf(id)).slice(first).map(({ to }) => to);
  assert.ok(!told.some((to) => to.startsWith('alan')), 'who is not concerned hears nothing');
});

test('nothing begins for a candidate who is gone', async () => {
  const { id, candidate } = await scheduled('Dora Draft', { state: 'draft' });
  await world.form(`/lever/candidates/${candidate.id}/delete`);
  await until('what was known is erased', async () => (await knownOf(id)).name === '');
  for (const what of ['hold', 'confirm']) {
    const { status, body } = await world.api.call('POST', `/interviews/${id}/${what}`, {});
    assert.equal(status, 409);
    assert.equal(body['code'], 'candidate_gone');
  }
});
