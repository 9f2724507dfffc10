/** When a vendor refuses, or nobody can tell what happened, a person decides. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hubOf, type Effect, type HubSide } from './hub-side.ts';
import { applyAtLever } from './newcomers.ts';
import { codingameOf, leverOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let hub: HubSide;
let lever: ReturnType<typeof leverOf>;
let codingame: ReturnType<typeof codingameOf>;
let platformId = '';
let posting = '';
let stage = '';
let testId = '';

before(async () => {
  world = await startWorld();
  hub = hubOf(world);
  lever = leverOf(world);
  codingame = codingameOf(world);
  const connectionId = await hub.connect('lever');
  platformId = await hub.connect('codingame');
  testId = (await hub.choices(platformId, 'tests'))[0]?.id ?? '';
  posting = (await lever.postings())[0]?.id ?? '';
  stage = await lever.stage('Recruiter screen');
  await hub.rule({ connectionId, platformId, testId, stageIds: [stage] });
});

after(() => world.close());

const decide = (id: string, decision: string) =>
  world.api.call<
    Effect & { detail: string; events: Array<{ text: string; actor: string | null }> }
  >('POST', `/effects/${id}/decide`, { decision });

const setArchived = (archived: 'yes' | 'no') =>
  world.form(`/codingame/campaigns/${testId}/archive`, { archived });

/** A test that the vendor refused, because its campaign was archived behind the hub's back. */
const refused = async (name: string) => {
  const one = await applyAtLever(world, name, { posting });
  await setArchived('yes');
  await lever.move(one.id, stage);
  const effect = await hub.effect(one.id, 'assessment', 'failed');
  await setArchived('no');
  return { one, effect };
};

/** A test of which nobody knows whether it was sent: a web page came in place of an answer. */
const unclear = async (name: string) => {
  const one = await applyAtLever(world, name, { posting });
  world.emulator('codingame').faults.push({ kind: 'html', match: '/actions/send', times: 1 });
  await lever.move(one.id, stage);
  return { one, effect: await hub.effect(one.id, 'assessment', 'unknown') };
};

const sent = (email: string, count: number) =>
  until(
    `${String(count)} tests are sent`,
    async () => (await codingame.tests(email)).length === count,
  );

test('a refusal stops with its reason, and a retry sends once the cause is mended', async () => {
  const { one, effect } = await refused('Fay Failed');
  assert.ok(effect.error);
  assert.equal(effect.error.kind, 'rejected');
  assert.match(effect.error.text, /campaign is gone or archived\. Choose another test/);
  assert.equal(effect.attempts, 1);
  assert.deepEqual(effect.decisions, ['retry', 'skip']);
  const { status, body } = await decide(effect.id, 'retry');
  assert.equal(status, 200);
  assert.ok(body.events.at(-1)?.actor, 'the ledger says who asked');
  await hub.effect(one.id, 'note', 'done');
  await sent(one.email, 1);
});

test('a refusal that is skipped is never sent, also when the stage is entered again', async () => {
  const { one, effect } = await refused('Sid Skipped');
  await decide(effect.id, 'skip');
  await lever.move(one.id, 'applicant-new');
  await lever.move(one.id, stage);
  await hub.quiet();
  assert.equal((await codingame.tests(one.email)).length, 0);
  assert.equal((await hub.effect(one.id, 'assessment', 'skipped')).id, effect.id);
});

test('what nobody can tell is shown as unknown and is not repeated by itself', async () => {
  const { one, effect } = await unclear('Una Unknown');
  assert.deepEqual(effect.decisions, ['retry', 'skip', 'it_happened', 'it_did_not']);
  await hub.quiet();
  assert.equal((await codingame.tests(one.email)).length, 0);
  await decide(effect.id, 'it_did_not');
  await hub.effect(one.id, 'note', 'done');
  await sent(one.email, 1);
});

test('a retry looks first, so that what had happened is not done again', async () => {
  const { one, effect } = await unclear('Rex Retry');
  await sendAtVendor(one.email, effect.ref);
  await decide(effect.id, 'retry');
  await hub.effect(one.id, 'note', 'done');
  await sent(one.email, 1);
});

test('it happened: the test is found by its mark, and its result comes', async () => {
  const { one, effect } = await unclear('Hap Happened');
  await sendAtVendor(one.email, effect.ref);
  const { body } = await decide(effect.id, 'it_happened');
  assert.equal(body.state, 'done');
  const [session] = await codingame.tests(one.email);
  assert.ok(session);
  assert.equal(body.remoteUrl, session.test_url);
  await hub.effect(one.id, 'note', 'done');
  const [note] = await lever.notes(one.id);
  assert.ok(note?.includes(session.test_url), note);
  await codingame.take(session.test_url, 66);
  await until('the result is on the timeline', async () =>
    (await lever.notes(one.id)).some((text) => text.includes('(66 %)')),
  );
  assert.equal((await codingame.tests(one.email)).length, 1);
});

test('it happened: the word counts also when nothing is found by the mark', async () => {
  const { one, effect } = await unclear('Wyn Word');
  const { body } = await decide(effect.id, 'it_happened');
  assert.equal(body.state, 'done');
  await hub.effect(one.id, 'note', 'done');
  assert.equal((await codingame.tests(one.email)).length, 0);
});

test('a decision that does not fit is refused', async () => {
  const { effect } = await unclear('Noe No-Fit');
  await decide(effect.id, 'skip');
  const { status, body } = await decide(effect.id, 'it_happened');
  assert.equal(status, 409);
  assert.match(body.detail, /it is skipped and cannot be changed so/);
});

/** The invitation as the lost call would have made it. */
const sendAtVendor = async (email: string, ref: string): Promise<void> => {
  const { apiBase = '', apiKey = '' } = world.emulator('codingame').credentials();
  const response = await fetch(`${apiBase}/assessment/api/v1.1/campaigns/${testId}/actions/send`, {
    method: 'POST',
    headers: { 'api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ candidate_email: email, tags: `loopwright-${ref}` }),
  });
  assert.equal(response.status, 200);
};
