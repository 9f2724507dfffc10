/** No pair is special: Lever with CodeInterview and Ashby with CodinGame are the same code. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ashbyOf, codeinterviewOf, codingameOf, leverOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;

before(async () => {
  world = await startWorld();
});

after(() => world.close());

test('a stage in Lever makes a CodeInterview link', async () => {
  const lever = leverOf(world);
  const stage = await lever.stage('On-site interview');
  await world.api.post('/rules', {
    name: 'Onsite links',
    connectionId: await world.connect('lever'),
    stageIds: [stage],
    tag: null,
    jobId: null,
    action: 'live_link',
    platformId: await world.connect('codeinterview'),
    testId: null,
    repeats: false,
    enabled: true,
  });
  const [candidate] = await lever.applicants('without address');
  assert.ok(candidate);
  await lever.move(candidate.id, stage);
  const [note] = await until('the link is on the timeline', async () => {
    const notes = await lever.notes(candidate.id);
    return notes.length > 0 && notes;
  });
  const [pad] = await codeinterviewOf(world).pads();
  assert.ok(pad && note?.includes(`/${pad.id}`), note);
});

test('a stage in Ashby sends a CodinGame test, and a re-scored result is a further note', async () => {
  const ashby = ashbyOf(world);
  const codingame = codingameOf(world);
  const [candidate] = await ashby.applicants('with address');
  const [campaign] = await codingame.campaigns();
  assert.ok(candidate && campaign);
  const stage = await ashby.stage(candidate, 'Technical Quiz');
  await world.api.post('/rules', {
    name: 'Quiz tests',
    connectionId: await world.connect('ashby'),
    stageIds: [stage],
    tag: null,
    jobId: null,
    action: 'assessment',
    platformId: await world.connect('codingame'),
    testId: String(campaign.id),
    repeats: false,
    enabled: true,
  });
  await ashby.move(candidate, stage);
  const email = candidate.candidate.primaryEmailAddress?.value ?? '';
  const session = await until('the test is sent', async () => (await codingame.tests(email))[0]);
  await until('the hub has written that down', async () => (await ashby.notes(candidate.candidate.id)).length === 1); // prettier-ignore
  await codingame.take(session.test_url, 61);
  const scored = (score: string) => async () => {
    const notes = await ashby.notes(candidate.candidate.id);
    return notes.some((note) => note.includes(`(${score} %)`)) && notes;
  };
  const first = await until('the result is in the notes', scored('61'));
  assert.equal(first.length, 2, 'notes cannot be changed in Ashby, so the result is a second one');
  await world.form(`/codingame/tests/${String(session.id)}/grade`, { score: '77' });
  const second = await until('the new score is in the notes', scored('77'));
  assert.equal(second.length, 3);
  assert.match(second.at(-1) ?? '', /scored anew/);
});
