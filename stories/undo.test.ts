/** An interview that was sent waits some seconds, in which all of it can be taken back. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'codility'], candidates: 2 } });
const panel = panelOf(world);
await joinLever(world, 'Alan Turing');
const connectionId = await hubOf(world).connect('lever');
await hubOf(world).connect('codility');
const posting = (await leverOf(world).postings())[0]?.id ?? '';
const alan = await panel.person('Alan Turing');

after(() => world.close());

const schedule = async (name: string, undoSeconds: number, hours: number) => {
  const candidate = await applyAtLever(world, name, { posting });
  return panel.schedule({
    connectionId,
    candidateId: candidate.id,
    undoSeconds,
    layer: {
      texts: { interviewerInvite: { title: 'Talk', body: '$Interview.Codility.Live.Link' } },
    },
    events: [{ name: 'Talk', minutes: 60, start: panel.at(hours), seats: [seat(alan)] }],
  });
};

const snapshots = () => JSON.stringify(['lever', 'codility'].map((id) => world.emulator(id).snapshot())); // prettier-ignore

test('undone in time, it never was: nothing left the hub, and its time is free again', async () => {
  const { id } = await schedule('Una Undone', 60, 0);
  const before = snapshots();
  const { effects, sendAt } = await world.api.get<Interview & { sendAt: string | null }>(
    `/interviews/${id}`,
  );
  assert.deepEqual(effects, []);
  assert.ok(sendAt !== null);
  // Somebody else cannot take the time meanwhile.
  const other = await applyAtLever(world, 'Oda Other', { posting });
  const wish = {
    connectionId,
    candidateId: other.id,
    events: [{ name: 'Talk', minutes: 60, start: panel.at(0), seats: [seat(alan)] }],
    state: 'hold',
  };
  assert.equal((await world.api.call('POST', '/interviews', wish)).status, 409);

  assert.equal((await world.api.call('POST', `/interviews/${id}/undo`)).status, 204);
  assert.equal((await world.api.call('GET', `/interviews/${id}`)).status, 404);
  assert.deepEqual(await panel.mails(id), []);
  assert.equal(snapshots().includes('Una Undone'), before.includes('Una Undone'));
  const { items } = await world.api.get<{ items: Array<{ act: string; object: string }> }>('/audit'); // prettier-ignore
  assert.ok(items.some(({ act, object }) => act === 'interview.undo' && object === id));
  assert.equal((await world.api.call('POST', '/interviews', wish)).status, 201);
});

test('what somebody else changed meanwhile is not undone with it', async () => {
  const { id, revision } = await schedule('Otto Other', 60, 48);
  const other = await world.as('team_member', 'other@example.com');
  await other.post(`/interviews/${id}/move`, { revision, eventId: 'e1', start: panel.at(49) });
  const { status, body } = await world.api.call('POST', `/interviews/${id}/undo`);
  assert.deepEqual([status, body['code']], [409, 'interview_changed']);
  assert.match(String(body['detail']), /team_member changed it meanwhile \(move\)/);
  assert.equal((await world.api.call('GET', `/interviews/${id}`)).status, 200);
  await other.post(`/interviews/${id}/cancel`, {});
});

test('when its seconds are over it is sent once, also by a hub that was started anew meanwhile, and stays', async () => {
  const { id } = await schedule('Sue Sent', 1, 24);
  await world.restart();
  await panel.settled(id);
  const mails = await panel.mails(id);
  assert.equal(new Set(mails.map(({ to }) => to)).size, 2);
  assert.equal(mails.filter(({ to }) => to === 'alan.turing@example.com').length, 1);
  const { status, body } = await world.api.call('POST', `/interviews/${id}/undo`);
  assert.equal(status, 409);
  assert.equal(body['code'], 'undo_over');
  await until('it says that it is over', async () => {
    const { sendAt } = await world.api.get<{ sendAt: string | null }>(`/interviews/${id}`);
    return sendAt === null;
  });
});

test('a wait that is too long is refused at its field', async () => {
  const { status, body } = await world.api.call('POST', '/interviews', {
    connectionId,
    candidateId: 'whoever',
    undoSeconds: 61,
  });
  assert.equal(status, 422);
  assert.equal(body['field'], 'undoSeconds');
});
