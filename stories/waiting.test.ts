/** A test needs an address: without one it waits where everybody can see it. */
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

const sent = (email: string) =>
  until('the test is sent', async () => (await codingame.tests(email)).length === 1);

const waiter = async (name: string) => {
  const { id } = await applyAtLever(world, name, { posting, email: '' });
  await lever.move(id, stage);
  return { id, waiting: await hub.effect(id, 'assessment', 'waiting') };
};

test('waits visibly, with the reason and what may be decided', async () => {
  const { id, waiting } = await waiter('Vi Visible');
  assert.match(waiting.error?.text ?? '', /no e-mail address .* goes out when one appears/);
  assert.equal(waiting.attempts, 0);
  assert.deepEqual(waiting.decisions, ['skip']);
  const { items } = await world.api.get<{ items: Array<{ id: string }> }>('/effects?state=waiting');
  assert.ok(items.some((one) => one.id === waiting.id));
  await lever.setEmail(id, 'vi@candidates.example');
  await sent('vi@candidates.example');
  const done = await hub.effect(id, 'assessment', 'done');
  assert.equal(done.id, waiting.id);
  await hub.effect(id, 'note', 'done');
});

test('goes out by the sweep when the webhook about the address was lost', async () => {
  const { id } = await waiter('Lou Lost');
  await hub.quiet();
  world.emulator('lever').webhookFaults.drop = true;
  await lever.setEmail(id, 'lou@candidates.example');
  world.emulator('lever').webhookFaults.drop = false;
  await hub.quiet();
  assert.equal((await codingame.tests('lou@candidates.example')).length, 0);
  await hub.sweep(connectionId);
  await sent('lou@candidates.example');
});

test('goes out by the sweep in Ashby, which has no webhook for addresses', async () => {
  const ashby = ashbyOf(world);
  const atsId = await hub.connect('ashby');
  const job = (await hub.choices(atsId, 'jobs')).find(({ name }) => name === 'Backend Engineer');
  const one = await applyAtAshby(world, ashby, 'Asa Ashby', { job: job?.id ?? '', email: '' });
  const quiz = await ashby.stage(one, 'Technical Quiz');
  await hub.rule({ connectionId: atsId, platformId, testId, stageIds: [quiz] });
  await ashby.move(one, quiz);
  await hub.effect(one.id, 'assessment', 'waiting');
  await ashby.setEmail(one, 'asa@candidates.example');
  await hub.sweep(atsId);
  await sent('asa@candidates.example');
});

test('lets go of it when the candidate leaves the stage, and takes it up on the return', async () => {
  const { id, waiting } = await waiter('Lea Leaves');
  await lever.move(id, 'offer');
  const skipped = await hub.effect(id, 'assessment', 'skipped');
  assert.match(skipped.error?.text ?? '', /left the stage before an e-mail address appeared/);
  await lever.setEmail(id, 'lea@candidates.example');
  await hub.quiet();
  assert.equal((await codingame.tests('lea@candidates.example')).length, 0);
  await lever.move(id, stage);
  await sent('lea@candidates.example');
  assert.equal((await hub.effect(id, 'assessment', 'done')).id, waiting.id);
});

test('stays skipped when a person skipped it, also when an address appears', async () => {
  const { id, waiting } = await waiter('Sky Skipped');
  await world.api.post(`/effects/${waiting.id}/decide`, { decision: 'skip' });
  await lever.setEmail(id, 'sky@candidates.example');
  await hub.sweep(connectionId);
  assert.equal((await codingame.tests('sky@candidates.example')).length, 0);
});

test('a rule that is switched off sends nothing more, unless another rule wants the same', async () => {
  const { id } = await waiter('Ro Rule-Off');
  const twin = await hub.rule({ connectionId, platformId, testId, stageIds: [stage], tag: 'twin' });
  const both = await applyAtLever(world, 'Bo Both', { posting, email: '' });
  await lever.tag(both.id, 'twin');
  await lever.move(both.id, stage);
  await hub.decided(twin.id, both.id);

  await world.api.post(`/rules/${rule.id}/disable`);
  const skipped = await hub.effect(id, 'assessment', 'skipped');
  assert.match(skipped.error?.text ?? '', /rule was switched off, removed or changed/);
  assert.deepEqual(skipped.decisions, ['retry']);
  await hub.effect(both.id, 'assessment', 'waiting');

  await lever.setEmail(id, 'ro@candidates.example');
  await lever.setEmail(both.id, 'bo@candidates.example');
  await sent('bo@candidates.example');
  await hub.sweep(connectionId);
  assert.equal((await codingame.tests('ro@candidates.example')).length, 0);
  await world.api.post(`/effects/${skipped.id}/decide`, { decision: 'retry' });
  await sent('ro@candidates.example');
});
