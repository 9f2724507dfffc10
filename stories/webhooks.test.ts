/** Exactly one webhook per event at the vendor, whatever happened to the hub in between. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { quiet, startScreening, type Screening } from './screening.ts';
import { ashbyAdminOf, leverAdminOf } from './vendor-admin.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let screening: Screening;
let ashbyId = '';

before(async () => {
  world = await startWorld();
  screening = await startScreening(world);
  ashbyId = await world.connect('ashby');
  await quiet(world);
});

after(() => world.close());

interface Hook {
  event: string;
  url: string;
}

const hooksAt = (vendor: 'lever' | 'ashby' | 'codingame'): Hook[] => {
  if (vendor === 'lever') return leverAdminOf(world).account().hooks;
  if (vendor === 'ashby')
    return ashbyAdminOf(world)
      .account()
      .webhooks.map(({ type, requestUrl }) => ({ event: type, url: requestUrl }));
  const { webhookUrl } = world.emulator('codingame').snapshot() as { webhookUrl: string | null };
  return webhookUrl === null ? [] : [{ event: '', url: webhookUrl }];
};

interface Shown extends Hook {
  status: string;
}

const shown = async (id: string): Promise<Shown[]> =>
  (await world.api.get<{ webhooks: Shown[] }>(`/connections/${id}`)).webhooks;

/** The hub's list and the vendor's are the same, and no event stands there twice. */
const exactlyOneEach = async (): Promise<void> => {
  const byEvent = (a: Hook, b: Hook): number => a.event.localeCompare(b.event);
  const bare = (hooks: Hook[]): Hook[] =>
    hooks.map(({ event, url }) => ({ event, url })).sort(byEvent);
  for (const [vendor, id] of [
    ['lever', screening.connectionId],
    ['ashby', ashbyId],
    ['codingame', screening.platformId],
  ] as const) {
    const theirs = bare(hooksAt(vendor));
    assert.deepEqual(theirs, bare(await shown(id)), vendor);
    assert.equal(new Set(theirs.map(({ event }) => event)).size, theirs.length, vendor);
    for (const { url } of theirs) assert.equal(new URL(url).origin, publicOrigin(), vendor);
  }
};

let moved = '';
const publicOrigin = (): string => moved || new URL(world.url).origin;

const sweepAll = async (): Promise<void> => {
  for (const id of [screening.connectionId, ashbyId, screening.platformId])
    await world.api.post(`/connections/${id}/sweep`);
  await quiet(world);
};

const ids = (): string[] => [
  ...leverAdminOf(world)
    .account()
    .hooks.map(({ id }) => id),
  ...ashbyAdminOf(world)
    .account()
    .webhooks.map(({ id }) => id),
];

test('stands there once per event after connecting', async () => {
  await exactlyOneEach();
});

test('is the same after a restart and a sweep', async () => {
  const before = ids();
  const { port } = new URL(world.url);
  await world.restart({ env: { PORT: port } });
  await sweepAll();
  await exactlyOneEach();
  assert.deepEqual(ids(), before);
});

test('follows the hub to a changed public address, and delivers there', async () => {
  const { port } = new URL(world.url);
  moved = `http://localhost:${port}`;
  await world.restart({ env: { PORT: port, LOOPWRIGHT_PUBLIC_URL: moved } });
  await sweepAll();
  await exactlyOneEach();
  await screening.arrives(await screening.enter());
  const states = new Set((await shown(ashbyId)).map(({ status }) => status));
  assert.deepEqual(states, new Set(['healthy']), 'Ashby pinged the new address');
});

/** What a crash between the row and the vendor leaves: the row alone. */
test('is finished by the next sweep when the hub died before it was made', async () => {
  const event = 'candidateStageChange';
  await leverAdminOf(world).deleteHook(event);
  await ashbyAdminOf(world).deleteHook(event);
  await world.hub.hub.db
    .updateTable('webhook')
    .set({ state: 'intended', remote_id: null, secret_stored: false })
    .where('event', '=', event)
    .execute();
  await sweepAll();
  await exactlyOneEach();
  await screening.arrives(await screening.enter());
});

/** What a crash after the vendor's answer leaves: a hook that the hub does not know of. */
test('is made anew at Lever when the hub died before it wrote down the signature token', async () => {
  await world.hub.hub.db
    .updateTable('webhook')
    .set({ state: 'intended', remote_id: null, secret_stored: false })
    .where('connection_id', '=', screening.connectionId)
    .execute();
  await world.hub.hub.db
    .deleteFrom('secret')
    .where('connection_id', '=', screening.connectionId)
    .where('name', 'like', 'webhook/%')
    .execute();
  const before = new Set(ids());
  await sweepAll();
  const kept = leverAdminOf(world)
    .account()
    .hooks.filter(({ id }) => before.has(id));
  assert.deepEqual(kept, [], 'a token is told once, so a hook without one is useless');
  await exactlyOneEach();
  await screening.arrives(await screening.enter());
});

test('counts as existing at Ashby, without an id, and its old address is named to be deleted by hand', async () => {
  const event = 'candidateStageChange';
  await world.hub.hub.db
    .updateTable('webhook')
    .set({ state: 'intended', remote_id: null })
    .where('connection_id', '=', ashbyId)
    .where('event', '=', event)
    .execute();
  await sweepAll();
  await exactlyOneEach();
  const { state, url: old } = await world.hub.hub.db
    .selectFrom('webhook')
    .select(['state', 'url'])
    .where('connection_id', '=', ashbyId)
    .where('event', '=', event)
    .executeTakeFirstOrThrow();
  assert.equal(state, 'exists_id_unknown');

  const { port } = new URL(world.url);
  await world.restart({ env: { PORT: port, LOOPWRIGHT_PUBLIC_URL: `http://127.0.0.1:${port}` } });
  await sweepAll();
  const { webhooks } = await world.api.get<{
    webhooks: Array<Hook & { deleteByHand: string[] }>;
  }>(`/connections/${ashbyId}`);
  for (const hook of webhooks)
    assert.deepEqual(hook.deleteByHand, hook.event === event ? [old] : [], hook.event);

  const { status, body } = await world.api.call('DELETE', `/connections/${ashbyId}`);
  assert.equal(status, 200);
  assert.deepEqual(body['deleteByHand'], [{ event, url: old }]);
  await until('the others are gone', () => hooksAt('ashby').length === 1);
  assert.deepEqual(hooksAt('ashby'), [{ event, url: old }]);
});
