/** Which rules fire: stages by slug and by UUID, jobs, plans, and how often. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLeverWithCodingame } from './lever-with-codingame.ts';
import { applyAtAshby, applyAtLever } from './newcomers.ts';
import { ashbyOf, codeinterviewOf } from './vendors.ts';
import { until } from './world.ts';

const {
  world,
  hub,
  lever,
  codingame,
  connectionId,
  platformId,
  tests: campaigns,
  postings,
} = await startLeverWithCodingame();

after(() => world.close());

/** A new applicant for the n-th posting. */
const applicant = (name: string, posting = 0) =>
  applyAtLever(world, name, { posting: postings[posting] ?? '' });

const sentTo = async (email: string): Promise<string[]> =>
  (await codingame.tests(email)).map((one) => String(one.campaign_id));

const sent = (email: string, count: number) =>
  until(`${String(count)} tests are sent`, async () => (await sentTo(email)).length === count);

test('takes stages that are words and stages that are UUIDs alike', async () => {
  const uuid = await lever.stage('HM Screen');
  const slug = await lever.stage('Offer');
  assert.equal(slug, 'offer');
  assert.match(uuid, /^[0-9a-f-]{36}$/);
  const [testId] = campaigns;
  assert.ok(testId);
  await hub.rule({ connectionId, platformId, testId, stageIds: [slug, uuid] });
  for (const [name, stage] of [
    ['Sam Slug', slug],
    ['Uma Uuid', uuid],
  ] as const) {
    const { id, email } = await applicant(name);
    await lever.move(id, stage);
    await sent(email, 1);
  }
});

test('applies every rule that fits, with and without a tag and a job, and no other', async () => {
  const stage = await lever.stage('Reference check');
  const [first, second, third] = campaigns;
  assert.ok(first && second && third, 'the story needs three campaigns');
  const about = { connectionId, platformId, stageIds: [stage] };
  await hub.rule({ ...about, name: 'Any', testId: first });
  await hub.rule({ ...about, name: 'Tag', testId: second, tag: 'senior' });
  await hub.rule({ ...about, name: 'Job', testId: third, jobId: postings[1] ?? '' });

  const plain = await applicant('Pia Plain');
  const tagged = await applicant('Tom Tagged');
  const ofJob = await applicant('Joy Job', 1);
  await lever.tag(tagged.id, 'senior');
  for (const { id } of [plain, tagged, ofJob]) await lever.move(id, stage);
  await sent(tagged.email, 2);
  await sent(ofJob.email, 2);
  await sent(plain.email, 1);
  await hub.quiet();
  assert.deepEqual(await sentTo(plain.email), [first]);
  assert.deepEqual((await sentTo(tagged.email)).sort(), [first, second].sort());
  assert.deepEqual((await sentTo(ofJob.email)).sort(), [first, third].sort());
});

test('sends once where two rules name the same test, and both say that they fired', async () => {
  const stage = await lever.stage('HM Review');
  const [testId] = campaigns;
  assert.ok(testId);
  const about = { connectionId, platformId, stageIds: [stage], testId };
  const one = await hub.rule({ ...about, name: 'One' });
  const other = await hub.rule({ ...about, name: 'Other' });
  const { id, email } = await applicant('Olga Once');
  await lever.move(id, stage);
  const decisions = [await hub.decided(one.id, id), await hub.decided(other.id, id)];
  assert.deepEqual(
    decisions.map(({ outcome }) => outcome),
    ['fired', 'fired'],
  );
  assert.ok(decisions[0]?.effectId);
  assert.equal(decisions[0].effectId, decisions[1]?.effectId);
  await sent(email, 1);
  await hub.quiet();
  assert.equal((await sentTo(email)).length, 1);
  assert.equal((await lever.notes(id)).length, 1);
});

test('sends once per entry where the rule repeats', async () => {
  const stage = await lever.stage('Reached out');
  const testId = campaigns[1];
  assert.ok(testId);
  await hub.rule({ connectionId, platformId, stageIds: [stage], testId, repeats: true });
  const { id, email } = await applicant('Ravi Repeat');
  for (const count of [1, 2, 3]) {
    await lever.move(id, stage);
    await sent(email, count);
    await lever.move(id, 'applicant-new');
    await hub.quiet();
  }
  assert.equal((await sentTo(email)).length, 3);
});

test('counts the entries of a repeating rule over all of its stages', async () => {
  const stages = [await lever.stage('New lead'), await lever.stage('Background Check')];
  const testId = campaigns[1];
  assert.ok(testId);
  await hub.rule({ connectionId, platformId, stageIds: stages, testId, repeats: true });
  const { id, email } = await applicant('Mia Many');
  for (const [index, stage] of stages.entries()) {
    await lever.move(id, stage);
    await sent(email, index + 1);
  }
  await hub.quiet();
  assert.equal((await sentTo(email)).length, 2);
});

test('does nothing while the rule is off, and nothing for those who entered meanwhile', async () => {
  const stage = await lever.stage('Responded');
  const testId = campaigns[2];
  assert.ok(testId);
  const about = { connectionId, platformId, stageIds: [stage], testId };
  const rule = await hub.rule({ ...about, enabled: false });
  assert.equal(rule.state, 'off');
  const early = await applicant('Eve Early');
  await lever.move(early.id, stage);
  await hub.seen(early.id, stage);
  assert.deepEqual(await hub.decisions(rule.id, early.id), []);
  await world.api.post(`/rules/${rule.id}/enable`);
  const late = await applicant('Leo Late');
  await lever.move(late.id, stage);
  await sent(late.email, 1);
  await hub.sweep(connectionId);
  assert.equal((await sentTo(early.email)).length, 0);
  const decision = await hub.decided(rule.id, early.id);
  assert.equal(decision.outcome, 'skipped');
  assert.match(decision.reason ?? '', /not retroactive/);
  await world.api.post(`/rules/${rule.id}/disable`);
  const afterwards = await applicant('Ada After');
  await lever.move(afterwards.id, stage);
  await hub.seen(afterwards.id, stage);
  assert.deepEqual(await hub.decisions(rule.id, afterwards.id), []);
  assert.equal((await sentTo(afterwards.email)).length, 0);
});

test('knows stages of the same title in different plans apart', async () => {
  const ashby = ashbyOf(world);
  const atsId = await hub.connect('ashby');
  const linksId = await hub.connect('codeinterview');
  const onsite = (await hub.choices(atsId, 'stages')).filter(({ name }) => name === 'Onsite');
  assert.equal(onsite.length, 2, 'two plans have a stage of this title');
  assert.equal(new Set(onsite.map(({ group }) => group?.name)).size, 2);
  const jobs = await hub.choices(atsId, 'jobs');
  const jobNamed = (name: string) => jobs.find((one) => one.name === name)?.id ?? '';
  const backend = await applyAtAshby(world, ashby, 'Bea Backend', {
    job: jobNamed('Backend Engineer'),
  });
  const frontend = await applyAtAshby(world, ashby, 'Finn Frontend', {
    job: jobNamed('Frontend Engineer'),
  });
  const chosen = await ashby.stage(backend, 'Onsite');
  assert.notEqual(chosen, await ashby.stage(frontend, 'Onsite'));
  await hub.rule({ connectionId: atsId, platformId: linksId, stageIds: [chosen] });
  await ashby.move(frontend, await ashby.stage(frontend, 'Onsite'));
  await ashby.move(backend, chosen);
  await hub.effect(backend.id, 'note', 'done');
  await hub.sweep(atsId);
  assert.deepEqual(await hub.effects(frontend.id), []);
  assert.equal((await codeinterviewOf(world).pads()).length, 1);
});
