/** A backup is older than the world: what was done after it is found at the vendors, not repeated. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { codeinterviewOf, leverOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;

before(async () => {
  world = await startWorld();
});

after(async () => {
  await world.close();
});

test('makes no second link for a candidate whom the restored ledger does not know', async () => {
  const lever = leverOf(world);
  const codeinterview = codeinterviewOf(world);
  const stage = await lever.stage('On-site interview');
  const connectionId = await world.connect('lever');
  await world.api.post('/rules', {
    name: 'Onsite links',
    connectionId,
    stageIds: [stage],
    tag: null,
    jobId: null,
    action: 'live_link',
    platformId: await world.connect('codeinterview'),
    testId: null,
    repeats: false,
    enabled: true,
  });
  const [candidate] = await lever.applicants('with address');
  assert.ok(candidate);
  await lever.move(candidate.id, stage);
  const notes = () => lever.notes(candidate.id);
  await until('the link is on the timeline', async () => (await notes()).length === 1);

  // What a restore of a backup made before the move leaves behind.
  const { db } = world.hub.hub;
  await sql`truncate candidate, effect, delivery, decision cascade`.execute(db);
  await sql`insert into installation (restored_at) values (now())`.execute(db);
  await world.api.post(`/connections/${connectionId}/sweep`);
  await until('the ledger knows both effects again', async () => {
    const { items } = await world.api.get<{ items: Array<{ state: string }> }>('/effects');
    return items.length === 2 && items.every((effect) => effect.state === 'done');
  });
  assert.equal((await codeinterview.pads()).length, 1);
  assert.equal((await notes()).length, 1);
});
