/** Guide 004: a candidate reaches a chosen stage in Ashby, so an interview link appears in the notes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ashbyOf, codeinterviewOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let ashby: ReturnType<typeof ashbyOf>;
let codeinterview: ReturnType<typeof codeinterviewOf>;
let connectionId = '';

before(async () => {
  world = await startWorld();
  ashby = ashbyOf(world);
  codeinterview = codeinterviewOf(world);
});

after(() => world.close());

interface Hook {
  event: string;
  url: string;
  status: string;
}

test('registers the webhook once, enabled, although its ping comes before the answer', async () => {
  connectionId = await world.connect('ashby');
  const { webhooks } = await world.api.get<{ webhooks: Hook[] }>(`/connections/${connectionId}`);
  const stageChange = webhooks.filter((hook) => hook.event === 'candidateStageChange');
  assert.equal(stageChange.length, 1);
  const page = await world.page('/ashby/admin/webhooks');
  const address = new URL(stageChange[0]?.url ?? '').pathname;
  assert.ok(page.includes(address), 'the webhook stands on the admin page');
  assert.deepEqual([...new Set(webhooks.map((hook) => hook.status))], ['healthy']);
});

test('makes a link when a candidate reaches the stage, and the link appears in the notes', async () => {
  const platformId = await world.connect('codeinterview');
  const [candidate] = await ashby.applicants('with address');
  assert.ok(candidate);
  const stage = await ashby.stage(candidate, 'Technical Quiz');
  await world.api.post('/rules', {
    name: 'Quiz links',
    connectionId,
    stageIds: [stage],
    tag: null,
    jobId: null,
    action: 'live_link',
    platformId,
    testId: null,
    repeats: false,
    enabled: true,
  });
  await ashby.move(candidate, stage);
  const [note] = await until('the link is in the notes', async () => {
    const notes = await ashby.notes(candidate.candidate.id);
    return notes.length > 0 && notes;
  });
  const [pad] = await codeinterview.pads();
  assert.ok(pad);
  assert.match(note ?? '', new RegExp(`<a href="[^"]*/${pad.id}"`));

  const review = candidate.currentInterviewStage.id;
  await ashby.move(candidate, review);
  await ashby.move(candidate, stage);
  await until('the second entry was looked at', async () => {
    const { items } = await world.api.get<{ items: Array<{ event: string; state: string }> }>(
      `/deliveries?connectionId=${connectionId}`,
    );
    const changes = items.filter((one) => one.event === 'candidateStageChange');
    return changes.length >= 3 && changes.every((one) => one.state === 'done');
  });
  assert.equal((await codeinterview.pads()).length, 1);
  assert.equal((await ashby.notes(candidate.candidate.id)).length, 1);
});

test('needs no e-mail address for a link', async () => {
  const [candidate] = await ashby.applicants('without address');
  assert.ok(candidate);
  await ashby.move(candidate, await ashby.stage(candidate, 'Technical Quiz'));
  await until('the link is in the notes', async () => {
    const notes = await ashby.notes(candidate.candidate.id);
    return notes.length === 1;
  });
  assert.equal((await codeinterview.pads()).length, 2);
});
