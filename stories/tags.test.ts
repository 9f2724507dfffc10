/** Tags: as the vendor spells them, from the candidate or its posting, now or later. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hubOf, ruleBody, type HubSide, type Rule } from './hub-side.ts';
import { applyAtAshby, applyAtLever } from './newcomers.ts';
import { ashbyOf, codeinterviewOf, codingameOf, leverOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let hub: HubSide;
let lever: ReturnType<typeof leverOf>;
let ashby: ReturnType<typeof ashbyOf>;
let codingame: ReturnType<typeof codingameOf>;
let leverId = '';
let ashbyId = '';
let platformId = '';
let linksId = '';
let testId = '';

before(async () => {
  world = await startWorld();
  hub = hubOf(world);
  lever = leverOf(world);
  ashby = ashbyOf(world);
  codingame = codingameOf(world);
  leverId = await hub.connect('lever');
  ashbyId = await hub.connect('ashby');
  platformId = await hub.connect('codingame');
  linksId = await hub.connect('codeinterview');
  testId = (await hub.choices(platformId, 'tests'))[0]?.id ?? '';
});

after(() => world.close());

const posting = async (): Promise<string> => (await lever.postings())[0]?.id ?? '';

const backendJob = async (): Promise<string> =>
  (await hub.choices(ashbyId, 'jobs')).find(({ name }) => name === 'Backend Engineer')?.id ?? '';

const sent = (email: string) =>
  until('the test is sent', async () => (await codingame.tests(email)).length === 1);

test('compares tags case-sensitively', async () => {
  const stage = await lever.stage('Recruiter screen');
  await hub.rule({
    connectionId: leverId,
    platformId,
    testId,
    stageIds: [stage],
    tag: 'CodinGame',
  });
  const lower = await applyAtLever(world, 'Lia Lower', { posting: await posting() });
  const exact = await applyAtLever(world, 'Eli Exact', { posting: await posting() });
  await lever.tag(lower.id, 'codingame');
  await lever.tag(exact.id, 'CodinGame');
  await lever.move(lower.id, stage);
  await lever.move(exact.id, stage);
  await sent(exact.email);
  await hub.sweep(leverId);
  assert.deepEqual(await hub.effects(lower.id), []);
});

test('counts a tag of the posting that the candidate applied for', async () => {
  const stage = await lever.stage('HM Screen');
  const tag = 'from-the-posting';
  await hub.rule({ connectionId: leverId, platformId, testId, stageIds: [stage], tag });
  const job = (await lever.postings())[1]?.id ?? '';
  await world.form(`/lever/jobs/${job}/tags`, { tag });
  const derived = await applyAtLever(world, 'Dee Derived', { posting: job });
  await lever.move(derived.id, stage);
  await sent(derived.email);
});

test('finds by the sweep a tag that appears while the candidate is in the stage, in Lever', async () => {
  const stage = await lever.stage('On-site interview');
  await hub.rule({ connectionId: leverId, platformId, testId, stageIds: [stage], tag: 'later' });
  const one = await applyAtLever(world, 'Lena Later', { posting: await posting() });
  await lever.move(one.id, stage);
  await hub.seen(one.id, stage);
  await lever.tag(one.id, 'later');
  assert.deepEqual(await hub.effects(one.id), [], 'Lever says nothing when a tag is added');
  await hub.sweep(leverId);
  await sent(one.email);
  await hub.sweep(leverId);
  assert.equal((await codingame.tests(one.email)).length, 1);
});

test('finds by the sweep a tag that appears while the candidate is in the stage, in Ashby', async () => {
  const one = await applyAtAshby(world, ashby, 'Tess Tag', { job: await backendJob() });
  const stage = await ashby.stage(one, 'Technical Quiz');
  const rule = await hub.rule({
    connectionId: ashbyId,
    platformId: linksId,
    stageIds: [stage],
    tag: 'Take-home',
  });
  await ashby.move(one, stage);
  await hub.seen(one.id, stage);
  assert.deepEqual(await hub.decisions(rule.id, one.id), []);
  await world.form(`/ashby/candidates/${one.candidate.id}/tags`, { title: 'Take-home' });
  await hub.sweep(ashbyId);
  await hub.effect(one.id, 'note', 'done');
  assert.equal((await codeinterviewOf(world).pads()).length, 1);
  await hub.sweep(ashbyId);
  assert.equal((await codeinterviewOf(world).pads()).length, 1);
});

test('takes a tag of Ashby by its name or its id, and keeps the id', async () => {
  const tag = (await hub.choices(ashbyId, 'tags')).find(({ name }) => name === 'Python');
  assert.ok(tag && tag.id !== tag.name);
  const one = await applyAtAshby(world, ashby, 'Nat Name', { job: await backendJob() });
  const stage = await ashby.stage(one, 'Onsite');
  const about = { connectionId: ashbyId, platformId: linksId, stageIds: [stage], enabled: false };
  const byName = await hub.rule({ ...about, tag: 'Python' });
  const byId = await hub.rule({ ...about, tag: tag.id });
  assert.equal(byName.tag, tag.id);
  assert.equal(byId.tag, tag.id);
  const kept = await hub.replace(byName.id, { ...about, tag: 'Python', name: 'Renamed' });
  assert.equal(kept.tag, tag.id);
  await world.form(`/ashby/candidates/${one.candidate.id}/tags`, { tag: tag.id });
  await ashby.move(one, stage);
  const preview = await world.api.post<{ candidates: Array<{ remoteId: string }> }>(
    '/rules/preview',
    { connectionId: ashbyId, stageIds: [stage], tag: 'Python' },
  );
  assert.deepEqual(
    preview.candidates.map(({ remoteId }) => remoteId),
    [one.id],
  );
});

test('takes a tag of Ashby that was made a moment ago', async () => {
  const one = await applyAtAshby(world, ashby, 'Mia Moment', { job: await backendJob() });
  await world.form(`/ashby/candidates/${one.candidate.id}/tags`, { title: 'Brand new' });
  const stageIds = [await ashby.stage(one, 'Onsite')];
  const about = { connectionId: ashbyId, platformId: linksId, stageIds, enabled: false };
  const rule = await hub.rule({ ...about, tag: 'Brand new' });
  assert.match(rule.tag ?? '', /^[0-9a-f-]{36}$/);
});

test('refuses a tag that Ashby does not have, and takes any that Lever may get', async () => {
  const one = await applyAtAshby(world, ashby, 'Rex Refused', { job: await backendJob() });
  const wish = { connectionId: ashbyId, platformId: linksId, enabled: false };
  const stageIds = [await ashby.stage(one, 'Onsite')];
  for (const tag of ['python', 'No such tag']) {
    const refused = await world.api.call<{ field: string; code: string; detail: string }>(
      'POST',
      '/rules',
      ruleBody({ ...wish, stageIds, tag }),
    );
    assert.equal(refused.status, 422);
    assert.equal(refused.body.field, 'tag');
    assert.equal(refused.body.code, 'rule_tag_unknown');
    assert.match(refused.body.detail, /Choose one from its list/);
  }
  const rule: Rule = await hub.rule({
    ...wish,
    connectionId: leverId,
    stageIds: ['offer'],
    tag: 'nobody has it yet',
  });
  assert.equal(rule.tag, 'nobody has it yet');
});
