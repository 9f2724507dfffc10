/** Every delivery of every vendor is lost: guides 003 and 004 come true by sweeps and questions. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hubOf, type HubSide } from './hub-side.ts';
import { applyAtAshby, applyAtLever } from './newcomers.ts';
import { ashbyOf, codeinterviewOf, codingameOf, leverOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let hub: HubSide;

before(async () => {
  world = await startWorld({ env: { LOOPWRIGHT_RESULT_POLL_SECONDS: '1' } });
  for (const emulator of world.sandbox.emulators.values()) emulator.webhookFaults.drop = true;
  hub = hubOf(world);
});

after(() => world.close());

/** Ashby's ping of a new hook is no delivery of an event. */
const delivered = async (): Promise<string[]> => {
  const { items } = await world.api.get<{ items: Array<{ event: string }> }>('/deliveries');
  return items.map(({ event }) => event).filter((event) => event !== 'ping');
};

test('guide 003 comes true: the test, the note, the result, and the address that came later', async () => {
  const lever = leverOf(world);
  const codingame = codingameOf(world);
  const connectionId = await hub.connect('lever');
  const platformId = await hub.connect('codingame');
  const testId = (await hub.choices(platformId, 'tests'))[0]?.id ?? '';
  const posting = (await lever.postings())[0]?.id ?? '';
  const stage = await lever.stage('Recruiter screen');
  const tag = 'codingame-backend';
  await hub.rule({ connectionId, platformId, testId, stageIds: [stage], tag });
  await world.form(`/lever/jobs/${posting}/tags`, { tag });
  const one = await applyAtLever(world, 'Una Unheard', { posting });
  const other = await applyAtLever(world, 'Noa No-Address', { posting, email: '' });
  await lever.move(one.id, stage);
  await lever.move(other.id, stage);
  await hub.quiet();
  assert.deepEqual(await hub.effects(one.id), [], 'nothing was heard of it');

  await hub.sweep(connectionId);
  const [session] = await until('the test is sent', async () => {
    const tests = await codingame.tests(one.email);
    return tests.length > 0 && tests;
  });
  assert.ok(session);
  const first = await until('the note is written', async () => {
    const notes = await lever.notes(one.id);
    return notes.length > 0 && notes;
  });
  assert.ok(first[0]?.includes(session.test_url));
  assert.ok(world.sandbox.mailbox.list().some(({ to }) => to === one.email));

  await codingame.take(session.test_url, 82);
  const result = await until('the result is on the timeline', async () => {
    const notes = await lever.notes(one.id);
    return notes.some((note) => note.includes('(82 %)')) && notes;
  });
  assert.equal(result.length, 1);

  await hub.effect(other.id, 'assessment', 'waiting');
  await lever.setEmail(other.id, 'noa@candidates.example');
  await hub.sweep(connectionId);
  await until('the test is sent', async () => {
    const tests = await codingame.tests('noa@candidates.example');
    return tests.length === 1;
  });

  await lever.move(one.id, 'applicant-new');
  await lever.move(one.id, stage);
  await hub.sweep(connectionId);
  await hub.sweep(connectionId);
  assert.equal((await codingame.tests(one.email)).length, 1);
  assert.deepEqual(await delivered(), []);
});

test('guide 004 comes true: the link is made and appears in the notes', async () => {
  const ashby = ashbyOf(world);
  const connectionId = await hub.connect('ashby');
  const platformId = await hub.connect('codeinterview');
  const job = (await hub.choices(connectionId, 'jobs')).find((one) => one.name === 'Data Engineer');
  const one = await applyAtAshby(world, ashby, 'Ula Unheard', { job: job?.id ?? '' });
  const stage = await ashby.stage(one, 'Technical Quiz');
  const review = one.currentInterviewStage.id;
  await hub.rule({ connectionId, platformId, stageIds: [stage] });
  await ashby.move(one, stage);
  await hub.quiet();
  assert.deepEqual(await hub.effects(one.id), [], 'nothing was heard of it');

  await hub.sweep(connectionId);
  const [note] = await until('the link is in the notes', async () => {
    const notes = await ashby.notes(one.candidate.id);
    return notes.length > 0 && notes;
  });
  const [pad] = await codeinterviewOf(world).pads();
  assert.ok(pad && note?.includes(`/${pad.id}"`), note);

  await ashby.move(one, review);
  await ashby.move(one, stage);
  await hub.sweep(connectionId);
  assert.equal((await codeinterviewOf(world).pads()).length, 1);
  assert.equal((await ashby.notes(one.candidate.id)).length, 1);
  assert.deepEqual(await delivered(), []);
});
