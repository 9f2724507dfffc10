/** Disconnecting: our webhooks go first, then the key, and a person is told what is left. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startScreening } from './screening.ts';
import { leverAdminOf } from './vendor-admin.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;

before(async () => {
  world = await startWorld();
});

after(() => world.close());

const remove = async (id: string) => {
  const { status, body } = await world.api.call<{
    deleteByHand: Array<{ event: string; url: string }>;
  }>('DELETE', `/connections/${id}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.deleteByHand;
};

const secretsOf = async (id: string): Promise<number> => {
  const rows = await world.hub.hub.db
    .selectFrom('secret')
    .select('name')
    .where('connection_id', '=', id)
    .execute();
  return rows.length;
};

for (const [vendor, deletion, hooks] of [
  ['lever', /^DELETE \/v1\/webhooks\//, 7],
  ['ashby', /^POST \/webhook\.delete/, 6],
  ['codingame', /^DELETE \/assessment\/api\/v1\.1\/webhook/, 1],
] as const)
  test(`deletes the webhooks at ${vendor} with the key, which is dropped afterwards`, async () => {
    const id = await world.connect(vendor);
    assert.ok((await secretsOf(id)) > 0);
    const { requests } = world.emulator(vendor);
    const begun = requests.length;
    assert.deepEqual(await remove(id), []);
    const deletions = requests
      .slice(begun)
      .filter(({ method, path }) => deletion.test(`${method} ${path}`));
    assert.equal(deletions.length, hooks);
    for (const { status } of deletions) assert.ok(status < 300, String(status));
    assert.equal(await secretsOf(id), 0);
    const { status } = await world.api.call('GET', `/connections/${id}`);
    assert.equal(status, 404);
  });

test('leaves other systems’ webhooks alone', async () => {
  const { apiBase = '', apiKey = '' } = world.emulator('lever').credentials();
  const theirs = 'https://other.example/hooks/lever';
  await fetch(`${apiBase}/webhooks`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ url: theirs, event: 'candidateStageChange' }),
  });
  await remove(await world.connect('lever'));
  const left = (await leverOf(world).webhooks()).map(({ url }) => url);
  assert.deepEqual(left, [theirs]);
});

test('says which webhooks to delete by hand when the key is no longer good', async () => {
  const admin = leverAdminOf(world);
  const apiKey = await admin.makeKey();
  const id = await world.connect('lever', { apiKey });
  await admin.revokeKey(apiKey);
  const { webhooks } = await world.api.get<{ webhooks: Array<{ event: string; url: string }> }>(
    `/connections/${id}`,
  );
  const left = await remove(id);
  assert.deepEqual(
    left,
    webhooks.map(({ event, url }) => ({ event, url })),
  );
  assert.equal(left.length, 7);
  assert.equal(await secretsOf(id), 0);
});

test('answers late deliveries with 404, so that a vendor stops sending', async () => {
  const id = await world.connect('codingame');
  const { webhooks } = await world.api.get<{ webhooks: Array<{ url: string }> }>(
    `/connections/${id}`,
  );
  const url = webhooks[0]?.url ?? '';
  const before = await fetch(url, { method: 'POST', body: '{}' });
  assert.equal(before.status, 200);
  await remove(id);
  const after = await fetch(url, { method: 'POST', body: '{}' });
  assert.equal(after.status, 404);
  assert.match(await after.text(), /Delete the webhook at the vendor/);
});

test('deletes a hook whose registration broke off half way', async () => {
  const before = await leverOf(world).webhooks();
  const id = await world.connect('lever');
  await world.hub.hub.db
    .updateTable('webhook')
    .set({ state: 'intended', remote_id: null })
    .where('connection_id', '=', id)
    .where('event', '=', 'contactUpdated')
    .execute();
  assert.deepEqual(await remove(id), []);
  assert.deepEqual(await leverOf(world).webhooks(), before);
});

test('stops what was still owed at it, and says what to do', async () => {
  const { platformId, enter } = await startScreening(world);
  await world.api.post(`/connections/${platformId}/pause`);
  await enter();
  const { items } = await until('the test is owed', async () => {
    const owed = await world.api.get<{ items: Array<{ id: string; state: string }> }>('/effects');
    return owed.items.length > 0 && owed;
  });
  assert.equal(items[0]?.state, 'owed');
  await remove(platformId);
  const { port } = new URL(world.url);
  await world.restart({ env: { PORT: port }, overrides: { now: () => Date.now() + 60_000 } });
  const stopped = await until('it is stopped', async () => {
    const effect = await world.api.get<{ state: string; error: { text: string } | null }>(
      `/effects/${items[0]?.id ?? ''}`,
    );
    return effect.state === 'failed' && effect;
  });
  assert.match(stopped.error?.text ?? '', /connection was removed\. Connect again/);
});
