/** What a person asks of a rule: who would match, and do it now for this one. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Effect, Rule } from './hub-side.ts';
import { startLeverWithCodingame } from './lever-with-codingame.ts';
import { applyAtLever } from './newcomers.ts';
import { until } from './world.ts';

const { world, hub, lever, codingame, connectionId, platformId, testId, posting, stage } =
  await startLeverWithCodingame();
const rule: Rule = await hub.rule({
  connectionId,
  platformId,
  testId,
  stageIds: [stage],
  tag: 'pick',
});

after(() => world.close());

interface Preview {
  count: number;
  more: boolean;
  candidates: Array<{ remoteId: string; name: string; email: string | null }>;
}

const sendNow = (candidateId: string, id = rule.id) =>
  world.api.call<Effect & { code: string; field: string; detail: string }>(
    'POST',
    `/rules/${id}/send-now`,
    { candidateId },
  );

const sent = (email: string) =>
  until('the test is sent', async () => (await codingame.tests(email)).length === 1);

test('a preview counts and names who would match today, and does nothing', async () => {
  const about = { connectionId, stageIds: [stage] };
  const earlier = await world.api.post<Preview>('/rules/preview', about);
  const one = await applyAtLever(world, 'Pru Preview', { posting });
  const archived = await applyAtLever(world, 'Abe Archived', { posting });
  for (const { id } of [one, archived]) await lever.move(id, stage);
  await lever.archive(archived.id);
  await hub.quiet();
  const effects = async () => (await world.api.get<{ items: Effect[] }>('/effects')).items.length;
  const owed = await effects();
  const writes = () =>
    [...world.sandbox.emulators.values()]
      .flatMap(({ requests }) => requests)
      .filter(({ method, path }) => method !== 'GET' && !path.includes('webhook')).length;
  const written = writes();

  const any = await world.api.post<Preview>('/rules/preview', about);
  assert.equal(any.count, earlier.count + 1);
  assert.equal(any.candidates.length, any.count);
  assert.equal(any.more, false);
  const named = any.candidates.find(({ remoteId }) => remoteId === one.id);
  assert.equal(named?.name, 'Pru Preview');
  assert.equal(named.email, one.email);

  const tagged = await world.api.get<Preview>(`/rules/${rule.id}/preview`);
  assert.equal(
    tagged.candidates.some(({ remoteId }) => remoteId === one.id),
    false,
  );
  await hub.quiet();
  assert.equal(await effects(), owed);
  assert.equal(writes(), written);
  assert.deepEqual(await hub.decisions(rule.id, one.id), []);
});

test('sends now for one chosen candidate, wherever it stands, and says who asked', async () => {
  const one = await applyAtLever(world, 'Nora Now', { posting });
  const answer = await sendNow(one.id);
  assert.equal(answer.status, 202);
  assert.equal(answer.body.state, 'owed');
  await sent(one.email);
  await hub.effect(one.id, 'note', 'done');
  const { events } = await world.api.get<{ events: Array<{ text: string }> }>(
    `/effects/${answer.body.id}`,
  );
  assert.match(events[0]?.text ?? '', /Asked for by/);

  const again = await sendNow(one.id);
  assert.equal(again.status, 409);
  assert.equal(again.body.code, 'already_sent');
  await lever.tag(one.id, 'pick');
  await lever.move(one.id, stage);
  const decision = await hub.decided(rule.id, one.id);
  assert.equal(decision.effectId, answer.body.id, 'the rule finds that it was done');
  await hub.quiet();
  assert.equal((await codingame.tests(one.email)).length, 1);
});

test('sends now also for who was in the stage before the rule', async () => {
  const one = await applyAtLever(world, 'Eli Earlier', { posting });
  await lever.tag(one.id, 'pick');
  await lever.move(one.id, stage);
  await sent(one.email);
  const rules = await world.api.get<Record<string, unknown>>(`/rules/${rule.id}`);
  const { platformId } = rules as { platformId: string };
  const testId = (await hub.choices(platformId, 'tests'))[1]?.id ?? '';
  const late = await hub.rule({ connectionId, platformId, testId, stageIds: [stage] });
  await hub.sweep(connectionId);
  assert.equal((await hub.decided(late.id, one.id)).outcome, 'skipped');
  assert.equal((await sendNow(one.id, late.id)).status, 202);
  await until('both are sent', async () => (await codingame.tests(one.email)).length === 2);
});

test('waits for an address when there is none, and sends by the sweep in any stage', async () => {
  const one = await applyAtLever(world, 'Ana Addressless', { posting, email: '' });
  const answer = await sendNow(one.id);
  assert.equal(answer.body.state, 'waiting');
  world.emulator('lever').webhookFaults.drop = true;
  await lever.setEmail(one.id, 'ana@candidates.example');
  world.emulator('lever').webhookFaults.drop = false;
  await hub.sweep(connectionId);
  await sent('ana@candidates.example');
});

test('takes up again what was skipped before', async () => {
  const one = await applyAtLever(world, 'Ski Skipped', { posting, email: '' });
  const { body } = await sendNow(one.id);
  await world.api.post(`/effects/${body.id}/decide`, { decision: 'skip' });
  await lever.setEmail(one.id, 'ski@candidates.example');
  await hub.quiet();
  const again = await sendNow(one.id);
  assert.equal(again.status, 202);
  assert.equal(again.body.state, 'owed');
  assert.equal(again.body.id, body.id);
  await sent('ski@candidates.example');
});

test('refuses unknown and archived candidates in plain words', async () => {
  const unknown = await sendNow('00000000-0000-4000-8000-000000000000');
  assert.equal(unknown.status, 422);
  assert.equal(unknown.body.field, 'candidateId');
  const one = await applyAtLever(world, 'Ada Away', { posting });
  await lever.archive(one.id);
  const archived = await sendNow(one.id);
  assert.equal(archived.status, 409);
  assert.match(archived.body.detail, /Unarchive it in the ATS first/);
  assert.equal((await codingame.tests(one.email)).length, 0);
});
