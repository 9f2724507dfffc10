/** Changing a rule, removing it, and what the ATS changes under it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Rule } from './hub-side.ts';
import { startLeverWithCodingame } from './lever-with-codingame.ts';
import { applyAtAshby, applyAtLever } from './newcomers.ts';
import { ashbyOf, codeinterviewOf } from './vendors.ts';
import { until } from './world.ts';

const { world, hub, lever, codingame, connectionId, platformId, tests, posting } =
  await startLeverWithCodingame();

after(() => world.close());

/** A rule, and a candidate to whom it sent its test. */
const sentBy = async (name: string, stage: string, title: string) => {
  const wish = { connectionId, platformId, testId: tests[0] ?? '', stageIds: [stage], name: title };
  const rule = await hub.rule(wish);
  const one = await applyAtLever(world, name, { posting });
  await lever.move(one.id, stage);
  const note = await hub.effect(one.id, 'note', 'done');
  const [session] = await codingame.tests(one.email);
  assert.ok(session);
  return { rule, one, session, note, wish };
};

const resultNote = (id: string) =>
  until('the result is on the timeline', async () => {
    const notes = await lever.notes(id);
    return notes.some((note) => note.includes('Assessment result')) && notes;
  });

test('a change of a rule leaves alone what was sent, whose result still comes', async () => {
  const stage = await lever.stage('Recruiter screen');
  const { rule, one, session, wish } = await sentBy('Cy Changed', stage, 'Before');
  const sent = await lever.notes(one.id);
  const testId = tests[1] ?? '';
  await hub.replace(rule.id, { ...wish, name: 'After', testId });
  await hub.sweep(connectionId);
  assert.deepEqual(await lever.notes(one.id), sent);
  assert.equal((await codingame.tests(one.email)).length, 1);
  await codingame.take(session.test_url, 55);
  assert.equal((await resultNote(one.id)).length, 1);

  await lever.move(one.id, 'applicant-new');
  await lever.move(one.id, stage);
  await until('the other test is another action', async () => {
    const found = await codingame.tests(one.email);
    return found.some(({ campaign_id: id }) => String(id) === testId);
  });
});

test('removing a rule leaves alone what was sent, whose result still comes', async () => {
  const stage = await lever.stage('HM Screen');
  const { rule, one, session } = await sentBy('Re Removed', stage, 'Goes away');
  const { status } = await world.api.call('DELETE', `/rules/${rule.id}`);
  assert.equal(status, 204);
  const effects = await hub.effects(one.id);
  assert.deepEqual(new Set(effects.map(({ state }) => state)), new Set(['done']));
  await codingame.take(session.test_url, 55);
  const [note, ...others] = await resultNote(one.id);
  assert.deepEqual(others, []);
  assert.match(note ?? '', /55 %/);

  const late = await applyAtLever(world, 'La Late', { posting });
  await lever.move(late.id, stage);
  await hub.sweep(connectionId);
  assert.deepEqual(await hub.effects(late.id), []);
  assert.equal((await world.api.call('GET', `/rules/${rule.id}`)).status, 404);
});

test('rules follow when a job gets another interview plan, each by its job', async () => {
  const ashby = ashbyOf(world);
  const atsId = await hub.connect('ashby');
  const linksId = await hub.connect('codeinterview');
  const jobs = await hub.choices(atsId, 'jobs');
  const stages = await hub.choices(atsId, 'stages');
  const jobNamed = (name: string) => jobs.find((one) => one.name === name)?.id ?? '';
  const [backend, data] = [jobNamed('Backend Engineer'), jobNamed('Data Engineer')];
  const quizOf = (plan: string) =>
    stages.find(({ name, group }) => name === 'Technical Quiz' && group?.name === plan)?.id ?? '';
  const [long, short] = [quizOf('Engineering'), quizOf('Engineering (short)')];
  const there = await applyAtAshby(world, ashby, 'Thea There', { job: backend });
  await ashby.move(there, long);
  await hub.seen(there.id, long);

  const about = { connectionId: atsId, platformId: linksId, stageIds: [long] };
  const moved = await hub.rule({ ...about, jobId: backend, name: 'Moved' });
  const other = await hub.rule({ ...about, jobId: data, name: 'Other job' });
  const any = await hub.rule({ ...about, name: 'Any job' });
  const plan = stages.find(({ id }) => id === short)?.group?.id ?? '';
  await world.form('/ashby/admin/interview-plans/transition', { job: backend, plan });
  const stagesOf = async (rule: Rule) => (await world.api.get<Rule>(`/rules/${rule.id}`)).stageIds;
  await until('the rule has followed', async () => (await stagesOf(moved)).includes(short));
  assert.deepEqual(await stagesOf(moved), [short]);
  assert.deepEqual(await stagesOf(other), [long]);
  assert.deepEqual((await stagesOf(any)).sort(), [long, short].sort());

  await hub.sweep(atsId);
  assert.deepEqual(await hub.effects(there.id), [], 'who was there before the rule still was');
  const late = await applyAtAshby(world, ashby, 'Lars Late', { job: backend });
  await ashby.move(late, short);
  await hub.effect(late.id, 'note', 'done');
  const inOther = await applyAtAshby(world, ashby, 'Dan Data', { job: data });
  await ashby.move(inOther, long);
  await hub.effect(inOther.id, 'note', 'done');
  assert.equal((await codeinterviewOf(world).pads()).length, 2);

  const back = stages.find(({ id }) => id === long)?.group?.id ?? '';
  world.emulator('ashby').webhookFaults.drop = true;
  await world.form('/ashby/admin/interview-plans/transition', { job: backend, plan: back });
  world.emulator('ashby').webhookFaults.drop = false;
  await hub.quiet();
  assert.deepEqual(await stagesOf(moved), [short], 'the webhook was lost');
  await hub.sweep(atsId);
  assert.deepEqual(await stagesOf(moved), [long], 'the sweep makes it good');
});
