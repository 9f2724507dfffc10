/** Ashby’s ping: answered while the hub still waits for `webhook.create`, or else said plainly. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ashbyAdminOf } from './vendor-admin.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;

before(async () => {
  world = await startWorld({ sandbox: { only: ['ashby'] } });
});

after(() => world.close());

interface Connection {
  webhooks: Array<{ status: string; text: string; hint: string | null }>;
}

const enabled = (): boolean[] =>
  ashbyAdminOf(world)
    .account()
    .webhooks.map((hook) => hook.enabled);

test('is answered before the create returns, so every hook is enabled at once', async () => {
  const id = await world.connect('ashby');
  assert.deepEqual(new Set(enabled()), new Set([true]));
  const { items } = await world.api.get<{ items: Array<{ event: string; state: string }> }>(
    `/deliveries?connectionId=${id}`,
  );
  assert.equal(items.length, enabled().length);
  for (const { event, state } of items) assert.deepEqual([event, state], ['ping', 'ignored']);
  await world.api.call('DELETE', `/connections/${id}`);
});

test('fails where the public address leads elsewhere, which is shown with how to set it', async () => {
  const { port } = new URL(world.url);
  await world.restart({
    env: {
      PORT: port,
      LOOPWRIGHT_PUBLIC_URL: world.sandbox.url.replace('127.0.0.1', 'localhost'),
    },
  });
  const id = await world.connect('ashby');
  assert.deepEqual(new Set(enabled()), new Set([false]));
  const { webhooks } = await world.api.get<Connection>(`/connections/${id}`);
  for (const { status, text, hint } of webhooks) {
    assert.equal(status, 'disabled_at_vendor');
    assert.equal(text, 'disabled at the vendor');
    assert.match(hint ?? '', /test call was not answered/);
    assert.match(hint ?? '', /LOOPWRIGHT_PUBLIC_URL/);
  }
});

test('is asked for again by subscribing once the address is right', async () => {
  const { port } = new URL(world.url);
  await world.restart({ env: { PORT: port } });
  const { items } = await world.api.get<{ items: Array<{ id: string }> }>('/connections');
  const id = items[0]?.id ?? '';
  await world.api.post(`/connections/${id}/subscribe`);
  assert.deepEqual(new Set(enabled()), new Set([true]));
  await until('every hook is healthy', async () => {
    const { webhooks } = await world.api.get<Connection>(`/connections/${id}`);
    return webhooks.every(({ status }) => status === 'healthy');
  });
});
