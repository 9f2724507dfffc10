/** Rules act on those who enter from now on: never on who was there, however the hub learns of it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLeverWithCodingame } from './lever-with-codingame.ts';
import { applyAtAshby, applyAtLever } from './newcomers.ts';
import { ashbyOf } from './vendors.ts';
import { until } from './world.ts';

const { world, hub, lever, codingame, connectionId, platformId, testId, posting } =
  await startLeverWithCodingame();

after(() => world.close());

const applicantIn = async (name: string, stage: string) => {
  const one = await applyAtLever(world, name, { posting });
  await lever.move(one.id, stage);
  await hub.seen(one.id, stage);
  return one;
};

const isSkipped = async (ruleId: string, remoteId: string): Promise<void> => {
  const decision = await hub.decided(ruleId, remoteId);
  assert.equal(decision.outcome, 'skipped');
  assert.match(decision.reason ?? '', /before the rule was switched on; .*not retroactive/);
  assert.equal(decision.effectId, null);
};

test('leaves those alone who were in the stage before, also when the sweep reads them', async () => {
  const stage = await lever.stage('Recruiter screen');
  const there = await applicantIn('Ben Before', stage);
  const rule = await hub.rule({ connectionId, platformId, testId, stageIds: [stage] });
  await hub.sweep(connectionId);
  await isSkipped(rule.id, there.id);
  assert.deepEqual(await hub.effects(there.id), []);
  assert.equal((await codingame.tests(there.email)).length, 0);
});

test('leaves those alone whose tag was added after they had entered before the rule', async () => {
  const stage = await lever.stage('HM Screen');
  const there = await applicantIn('Tia Tagged-Later', stage);
  const rule = await hub.rule({
    connectionId,
    platformId,
    testId,
    stageIds: [stage],
    tag: 'codingame',
  });
  await hub.sweep(connectionId);
  assert.deepEqual(await hub.decisions(rule.id, there.id), [], 'without the tag it is no matter');
  await lever.tag(there.id, 'codingame');
  await hub.sweep(connectionId);
  await isSkipped(rule.id, there.id);
  assert.equal((await codingame.tests(there.email)).length, 0);
});

test('begins anew when a rule is changed, but not when it is only renamed', async () => {
  const from = await lever.stage('On-site interview');
  const to = await lever.stage('Background Check');
  const inNew = await applicantIn('Nia New-Stage', to);
  const about = { connectionId, platformId, testId };
  const rule = await hub.rule({ ...about, stageIds: [from] });
  await hub.replace(rule.id, { ...about, stageIds: [from, to] });
  await hub.sweep(connectionId);
  await isSkipped(rule.id, inNew.id);

  const fresh = await applyAtLever(world, 'Fay Fresh', { posting });
  world.emulator('lever').webhookFaults.drop = true;
  await lever.move(fresh.id, to);
  await hub.replace(rule.id, { ...about, stageIds: [to, from], name: 'Only renamed' });
  world.emulator('lever').webhookFaults.drop = false;
  await hub.sweep(connectionId);
  await until('the test is sent', async () => (await codingame.tests(fresh.email)).length === 1);
  assert.equal((await codingame.tests(inNew.email)).length, 0);
});

test('goes by the history of the ATS, not by when the hub hears of it', async () => {
  const stage = await lever.stage('Reached out');
  const early = await applyAtLever(world, 'Ed Early', { posting });
  world.emulator('lever').webhookFaults.delay = 1_500;
  await lever.move(early.id, stage);
  const rule = await hub.rule({ connectionId, platformId, testId, stageIds: [stage] });
  world.emulator('lever').webhookFaults.delay = 0;
  await isSkipped(rule.id, early.id);
  await hub.quiet();
  assert.equal((await codingame.tests(early.email)).length, 0);
});

test('is not retroactive in Ashby either, by sweep and by a tag added later', async () => {
  const ashby = ashbyOf(world);
  const atsId = await hub.connect('ashby');
  const job = (await hub.choices(atsId, 'jobs')).find(({ name }) => name === 'Backend Engineer');
  const there = await applyAtAshby(world, ashby, 'Abe Already', { job: job?.id ?? '' });
  const stage = await ashby.stage(there, 'Technical Quiz');
  await ashby.move(there, stage);
  await hub.seen(there.id, stage);
  const about = { connectionId: atsId, platformId, testId, stageIds: [stage] };
  const any = await hub.rule(about);
  const tagged = await hub.rule({ ...about, tag: 'Send test' });
  await world.form(`/ashby/candidates/${there.candidate.id}/tags`, { title: 'Send test' });
  await hub.sweep(atsId);
  await isSkipped(any.id, there.id);
  await isSkipped(tagged.id, there.id);
  assert.equal((await codingame.tests(there.email)).length, 0);
});
