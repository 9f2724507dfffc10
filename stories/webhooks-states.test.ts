/** What a person reads about a webhook, and what they can do about it. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { quiet, startScreening, type Applicant, type Screening } from './screening.ts';
import { ashbyAdminOf, leverAdminOf } from './vendor-admin.ts';
import { startWorld, until, type World } from './world.ts';

const event = 'candidateStageChange';

let world: World;
let screening: Screening;
let ashbyId = '';

before(async () => {
  world = await startWorld();
  // As in a new Lever account: no event is switched on.
  await world.form('/lever/settings/webhooks/strict', { strict: 'true' });
  screening = await startScreening(world);
  ashbyId = await world.connect('ashby');
  await quiet(world);
});

after(() => world.close());

interface Shown {
  event: string;
  url: string;
  status: string;
  text: string;
  hint: string | null;
  attention: boolean;
}

const hookOf = async (id: string, name = event): Promise<Shown> => {
  const { webhooks } = await world.api.get<{ webhooks: Shown[] }>(`/connections/${id}`);
  const found = webhooks.find((hook) => hook.event === name);
  assert.ok(found, `no hook for ${name}`);
  return found;
};

const becomes = (id: string, status: string): Promise<Shown> =>
  until(`the webhook is ${status}`, async () => {
    const hook = await hookOf(id);
    return hook.status === status && hook;
  });

const sweep = async (id: string): Promise<void> => {
  await world.api.post(`/connections/${id}/sweep`);
  await quiet(world);
};

const subscribe = (id: string): Promise<unknown> => world.api.post(`/connections/${id}/subscribe`);

test('is registered without a delivery while the event is off in Lever, and says where to switch it on', async () => {
  const hook = await hookOf(screening.connectionId);
  assert.equal(hook.status, 'no_delivery_yet');
  assert.equal(hook.text, 'registered, no delivery seen yet');
  assert.match(hook.hint ?? '', /Super Admin switches the event on/);
  assert.match(hook.hint ?? '', /Candidate Stage Change/);
  assert.equal(hook.attention, false);
});

test('is healthy once a delivery has come', async () => {
  await world.form('/lever/settings/webhooks/strict', { strict: 'false' });
  await leverAdminOf(world).sendTest(event);
  const hook = await becomes(screening.connectionId, 'healthy');
  assert.equal(hook.hint, null);
  await screening.arrives(await screening.enter());
});

test('fails its signature while somebody else signs, and recovers with the next good delivery', async () => {
  const emulator = world.emulator('lever');
  emulator.webhookFaults.forge = true;
  await leverAdminOf(world).sendTest(event);
  const hook = await becomes(screening.connectionId, 'signature_failing');
  assert.equal(hook.text, 'signature failing');
  assert.equal(hook.attention, true);
  emulator.webhookFaults.forge = false;
});

test('agrees on a new signature token in Lever when it is subscribed again', async () => {
  const before = leverAdminOf(world)
    .account()
    .hooks.find((hook) => hook.event === event)?.id;
  await subscribe(screening.connectionId);
  const hooks = leverAdminOf(world)
    .account()
    .hooks.filter((hook) => hook.event === event);
  assert.equal(hooks.length, 1);
  assert.notEqual(hooks[0]?.id, before);
  const hook = await hookOf(screening.connectionId);
  assert.notEqual(hook.status, 'signature_failing');
  await screening.arrives(await screening.enter());
});

test('agrees with Ashby again after its secret was changed there by hand', async () => {
  await ashbyAdminOf(world).changeSecret(event, 'another-secret');
  await becomes(ashbyId, 'signature_failing');
  await subscribe(ashbyId);
  await becomes(ashbyId, 'healthy');
  const hook = ashbyAdminOf(world)
    .account()
    .webhooks.find(({ type }) => type === event);
  assert.equal(hook?.enabled, true);
});

test('is said to be disabled where Ashby says so, and is enabled by subscribing again', async () => {
  await ashbyAdminOf(world).disableHook(event);
  await sweep(ashbyId);
  const hook = await hookOf(ashbyId);
  assert.equal(hook.status, 'disabled_at_vendor');
  assert.equal(hook.text, 'disabled at the vendor');
  assert.match(hook.hint ?? '', /subscribe again/);
  assert.equal(hook.attention, true);
  const enabled = (): boolean | undefined =>
    ashbyAdminOf(world)
      .account()
      .webhooks.find(({ type }) => type === event)?.enabled;
  await sweep(ashbyId);
  assert.equal(enabled(), false, 'nobody asked for it');
  await subscribe(ashbyId);
  assert.equal(enabled(), true);
  await becomes(ashbyId, 'healthy');
});

test('stays as it is while the vendor is away, and is missed as soon as it is back', async () => {
  const name = 'candidateDelete';
  const at = `/connections/${ashbyId}`;
  await world.api.post(`${at}/pause`);
  await ashbyAdminOf(world).deleteHook(name);
  const { faults } = world.emulator('ashby');
  faults.push({ kind: 503, match: 'webhook.info', times: 1_000 });
  await world.api.post(`${at}/resume`);
  assert.equal((await hookOf(ashbyId, name)).status, 'healthy');
  faults.length = 0;
  await sweep(ashbyId);
  assert.equal((await hookOf(ashbyId, name)).status, 'removed_at_vendor');
  await subscribe(ashbyId);
});

const missed: Applicant[] = [];

test('is said to be removed at the vendor, its rules rest, and no sweep makes it again', async () => {
  await leverAdminOf(world).deleteHook(event);
  await sweep(screening.connectionId);
  const hook = await hookOf(screening.connectionId);
  assert.equal(hook.status, 'removed_at_vendor');
  assert.equal(hook.text, 'removed at the vendor: subscribe again?');
  assert.equal(hook.attention, true);
  const rule = await world.api.get<{ state: string; stateText: string }>(
    `/rules/${screening.ruleId}`,
  );
  assert.equal(rule.state, 'resting');
  assert.match(rule.stateText, /removed at the vendor. Subscribe again/);
  missed.push(await screening.enter());
  await sweep(screening.connectionId);
  assert.equal(await standsAtLever(), false);
});

const standsAtLever = async (): Promise<boolean> =>
  (await screening.lever.webhooks()).some((hook) => hook.event === event);

test('stays removed when the connection is resumed or the public address changes', async () => {
  const name = 'contactUpdated';
  await leverAdminOf(world).deleteHook(name);
  const at = `/connections/${screening.connectionId}`;
  await world.api.post(`${at}/pause`);
  await world.api.post(`${at}/resume`);
  await quiet(world);
  const { port } = new URL(world.url);
  await leverAdminOf(world).deleteHook('candidateDeleted');
  await world.restart({
    env: { PORT: port, LOOPWRIGHT_PUBLIC_URL: `http://localhost:${port}` },
  });
  await sweep(screening.connectionId);
  const standing = (await screening.lever.webhooks()).map((hook) => hook.event).sort();
  assert.deepEqual(standing, [
    'applicationCreated',
    'candidateArchiveChange',
    'interviewDeleted',
    'interviewUpdated',
  ]);
  assert.equal((await hookOf(screening.connectionId, name)).status, 'removed_at_vendor');
});

test('works again once somebody subscribes, and what happened meanwhile stays undone', async () => {
  await subscribe(screening.connectionId);
  assert.equal((await screening.lever.webhooks()).length, 7);
  const later = await screening.enter();
  await screening.arrives(later);
  await sweep(screening.connectionId);
  for (const { email, id } of missed) {
    assert.deepEqual(await screening.codingame.tests(email), []);
    assert.deepEqual(await screening.lever.notes(id), []);
  }
});

test('takes nothing from a delivery whose signature is cut, longer, or in capitals', async () => {
  const { url } = await hookOf(screening.connectionId);
  const secret = leverAdminOf(world)
    .account()
    .hooks.find((hook) => hook.event === event)?.signatureToken;
  const token = 'a'.repeat(48);
  const triggeredAt = 1_700_000_000_000;
  const good = createHmac('sha256', secret ?? '')
    .update(token + String(triggeredAt))
    .digest('hex');
  for (const signature of [
    good.slice(0, -1),
    good.slice(0, 8),
    '',
    `${good}0`,
    good.toUpperCase(),
  ]) {
    const { status } = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ event, triggeredAt, token, signature, data: {} }),
    });
    assert.equal(status, 401, signature);
  }
});
