/** Entries that a rule lets pass, each with its reason on record. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Rule } from './hub-side.ts';
import { startLeverWithCodingame } from './lever-with-codingame.ts';
import { applyAtAshby, applyAtLever } from './newcomers.ts';
import { ashbyOf } from './vendors.ts';
import { until } from './world.ts';

const { world, hub, lever, codingame, connectionId, platformId, testId, posting, stage } =
  await startLeverWithCodingame();
const rule: Rule = await hub.rule({ connectionId, platformId, testId, stageIds: [stage] });

after(() => world.close());

interface Delivery {
  event: string;
  state: string;
  detail: string | null;
  wakes: Array<{ id: string }>;
}

test('skips an archived candidate with a reason, and sends when it is unarchived', async () => {
  const one = await applyAtLever(world, 'Ari Archived', { posting });
  world.emulator('lever').webhookFaults.delay = 1_000;
  await lever.move(one.id, stage);
  await lever.archive(one.id);
  world.emulator('lever').webhookFaults.delay = 0;
  const skipped = await hub.decided(rule.id, one.id);
  assert.equal(skipped.outcome, 'skipped');
  assert.match(skipped.reason ?? '', /archived/);
  await hub.quiet();
  assert.equal((await codingame.tests(one.email)).length, 0);

  await lever.unarchive(one.id);
  await until('the test is sent', async () => (await codingame.tests(one.email)).length === 1);
  const decisions = await hub.decisions(rule.id, one.id);
  assert.equal(decisions[0]?.outcome, 'fired');
});

test('says nothing of archiving once the test was sent', async () => {
  const one = await applyAtLever(world, 'Sia Sent-First', { posting });
  await lever.move(one.id, stage);
  await hub.effect(one.id, 'note', 'done');
  await lever.archive(one.id);
  await hub.sweep(connectionId);
  const decisions = await hub.decisions(rule.id, one.id);
  assert.deepEqual(
    decisions.map(({ outcome }) => outcome),
    ['fired'],
  );
});

test('skips with a reason who moved on before the hub read of it', async () => {
  const one = await applyAtLever(world, 'Mo Moved-On', { posting });
  world.emulator('lever').webhookFaults.delay = 1_000;
  await lever.move(one.id, stage);
  await lever.move(one.id, 'offer');
  world.emulator('lever').webhookFaults.delay = 0;
  const decision = await hub.decided(rule.id, one.id);
  assert.equal(decision.outcome, 'skipped');
  assert.equal(decision.stageId, stage);
  assert.match(decision.reason ?? '', /had left the stage before the hub read of it/);
  await hub.quiet();
  assert.deepEqual(await hub.effects(one.id), []);
});

test('records no skip for who was sent the test and then moved on', async () => {
  const one = await applyAtLever(world, 'Gus Gone-On', { posting });
  await lever.move(one.id, stage);
  await hub.effect(one.id, 'note', 'done');
  await lever.move(one.id, 'offer');
  await hub.sweep(connectionId);
  assert.equal((await hub.decisions(rule.id, one.id)).length, 1);
});

test('does nothing for a candidate that was deleted between the webhook and the read', async () => {
  const one = await applyAtLever(world, 'Del Deleted', { posting });
  await hub.seen(one.id, 'applicant-new');
  world.emulator('lever').webhookFaults.delay = 1_000;
  await lever.move(one.id, stage);
  await world.form(`/lever/candidates/${one.id}/delete`);
  world.emulator('lever').webhookFaults.delay = 0;
  const delivery = await until('the delivery is handled', async () => {
    const { items } = await world.api.get<{ items: Delivery[] }>(
      `/deliveries?connectionId=${connectionId}`,
    );
    return items.find(
      ({ event, state, wakes }) =>
        event === 'candidateStageChange' && state === 'done' && wakes[0]?.id === one.id,
    );
  });
  assert.match(delivery.detail ?? '', /gone from the ATS; nothing more is done/);
  await hub.quiet();
  assert.equal((await codingame.tests(one.email)).length, 0);
  assert.equal(await hub.candidate(one.id), undefined, 'it is no longer shown');
});

test('skips what was owed to a candidate whom the ATS has deleted', async () => {
  const one = await applyAtLever(world, 'Will Wait', { posting, email: '' });
  await lever.move(one.id, stage);
  const waiting = await hub.effect(one.id, 'assessment', 'waiting');
  await world.form(`/lever/candidates/${one.id}/delete`);
  const effect = await until('the effect is skipped', async () => {
    const found = await world.api.get<{ state: string; error: { text: string } | null }>(
      `/effects/${waiting.id}`,
    );
    return found.state === 'skipped' && found;
  });
  assert.match(effect.error?.text ?? '', /deleted in the ATS/);
});

test('skips who is archived in Ashby, where archiving is a stage of its own', async () => {
  const ashby = ashbyOf(world);
  const atsId = await hub.connect('ashby');
  const job = (await hub.choices(atsId, 'jobs')).find(({ name }) => name === 'Backend Engineer');
  const one = await applyAtAshby(world, ashby, 'Ann Archived', { job: job?.id ?? '' });
  const quiz = await ashby.stage(one, 'Technical Quiz');
  const inAshby = await hub.rule({ connectionId: atsId, platformId, testId, stageIds: [quiz] });
  await until('the application was read', async () => {
    const { items } = await world.api.get<{ items: Delivery[] }>(
      `/deliveries?connectionId=${atsId}`,
    );
    const read = items.filter(({ event }) => event === 'applicationSubmit');
    return read.length > 0 && read.every(({ state }) => state === 'done');
  });
  world.emulator('ashby').webhookFaults.delay = 1_000;
  await ashby.move(one, quiz);
  await world.form(`/ashby/candidates/${one.candidate.id}/archive`);
  world.emulator('ashby').webhookFaults.delay = 0;
  const skipped = await hub.decided(inAshby.id, one.id);
  assert.equal(skipped.outcome, 'skipped');
  assert.match(skipped.reason ?? '', /archived/);
  await ashby.move(one, quiz);
  await until('the test is sent', async () => (await codingame.tests(one.email)).length === 1);
});
