/** A rule that could never work is refused with the field at fault and what to do. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hubOf, ruleBody, type HubSide } from './hub-side.ts';
import { startWorld, type World } from './world.ts';

let world: World;
let hub: HubSide;
let good = { connectionId: '', platformId: '', stageIds: ['offer'], testId: '' };
let linksId = '';

before(async () => {
  world = await startWorld();
  hub = hubOf(world);
  const connectionId = await hub.connect('lever');
  const platformId = await hub.connect('codingame');
  linksId = await hub.connect('codeinterview');
  const testId = (await hub.choices(platformId, 'tests'))[0]?.id ?? '';
  good = { ...good, connectionId, platformId, testId };
});

after(() => world.close());

interface Problem {
  field?: string;
  code: string;
  detail: string;
}

const refused = async (wish: object, field: string, detail: RegExp): Promise<void> => {
  const before = await world.api.get<{ items: unknown[] }>('/rules');
  const { status, body } = await world.api.call<Problem>('POST', '/rules', {
    ...ruleBody(good),
    ...wish,
  });
  assert.equal(status, 422, JSON.stringify(body));
  assert.equal(body.field, field);
  assert.match(body.detail, detail);
  const after = await world.api.get<{ items: unknown[] }>('/rules');
  assert.equal(after.items.length, before.items.length);
};

test('refuses a campaign, stage or job that the vendor does not have', async () => {
  await refused({ testId: '999999' }, 'testId', /no test with the id 999999\. Choose one/);
  await refused({ stageIds: ['offer', 'nowhere'] }, 'stageIds', /no stage with the id nowhere/);
  await refused({ jobId: 'no-job' }, 'jobId', /no job with the id no-job\. Choose one/);
});

test('refuses an archived campaign, which sends no tests any more', async () => {
  const testId = (await hub.choices(good.platformId, 'tests'))[1]?.id ?? '';
  await world.form(`/codingame/campaigns/${testId}/archive`, { archived: 'yes' });
  await world.api.post(`/connections/${good.platformId}/refresh`);
  await hub.quiet();
  await refused({ testId }, 'testId', /no test with the id/);
});

test('refuses a rule whose action the platform does not have', async () => {
  await refused({ testId: null }, 'testId', /no test is chosen\. Choose one/);
  await refused({ platformId: linksId }, 'platformId', /sends no tests\. Choose another/);
  await refused({ action: 'live_link' }, 'platformId', /no live sessions\. Choose another/);
  await refused({ connectionId: linksId }, 'connectionId', /is no ATS\. Choose a connection/);
});

test('refuses a rule on a connection that is not there', async () => {
  await refused({ connectionId: 'cn_none' }, 'connectionId', /does not exist or was removed/);
  await refused({ platformId: 'cn_none' }, 'platformId', /does not exist or was removed/);
});

test('refuses what is no rule at all', async () => {
  const bad = async (wish: object): Promise<Problem> => {
    const body = { ...ruleBody(good), ...wish };
    const answer = await world.api.call<Problem>('POST', '/rules', body);
    assert.ok([400, 422].includes(answer.status), JSON.stringify(answer));
    return answer.body;
  };
  assert.equal((await bad({ stageIds: [] })).field, 'stageIds');
  assert.equal((await bad({ name: '' })).field, 'name');
  assert.equal((await bad({ action: 'dance' })).field, 'action');
  assert.match(JSON.stringify(await bad({ colour: 'red' })), /colour/);
});

test('keeps a rule as it was when its change is refused', async () => {
  const rule = await hub.rule(good);
  const { status, body } = await world.api.call<Problem>('PUT', `/rules/${rule.id}`, {
    ...ruleBody(good),
    stageIds: ['nowhere'],
  });
  assert.equal(status, 422);
  assert.equal(body.field, 'stageIds');
  assert.deepEqual((await world.api.get<{ stageIds: string[] }>(`/rules/${rule.id}`)).stageIds, [
    'offer',
  ]);
});

test('rests the rules of a removed connection, and refuses new ones and previews on it', async () => {
  const rule = await hub.rule(good);
  const removed = await world.api.call<{ restingRules: number }>(
    'DELETE',
    `/connections/${good.connectionId}`,
  );
  assert.equal(removed.status, 200);
  assert.ok(removed.body.restingRules > 0);
  const shown = await world.api.get<{ state: string; stateText: string }>(`/rules/${rule.id}`);
  assert.equal(shown.state, 'resting');
  assert.match(shown.stateText, /was removed\. Choose another one, or delete the rule/);
  await refused({}, 'connectionId', /was removed\. Choose one of the present connections/);
  for (const [method, at, body] of [
    ['GET', `/rules/${rule.id}/preview`, undefined],
    ['POST', `/rules/${rule.id}/send-now`, { candidateId: 'somebody' }],
  ] as const) {
    const answer = await world.api.call<Problem>(method, at, body);
    assert.ok(answer.status >= 400 && answer.status < 500, JSON.stringify(answer));
    assert.match(answer.body.detail, /removed/);
  }
});
