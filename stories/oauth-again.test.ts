/** *Connect again*: a consent renews a connection that there is, and nothing is doubled or lost. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Fetch } from '#connectors/http.ts';
import { createEmulator } from '#connectors/lever/emulator/index.ts';
import { comeBack, decide, leverHosts } from './consent.ts';
import { quiet, startScreening, type Screening } from './screening.ts';
import { leverAdminOf } from './vendor-admin.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let screening: Screening;
let id = '';
/** Where the hub finds Lever. */
let lever: Fetch = fetch;

const begin = async (path: string, body?: unknown): Promise<URL> =>
  new URL((await world.api.post<{ authorizeUrl: string }>(path, body)).authorizeUrl);

const again = (connectionId = id): Promise<URL> => begin(`/connections/${connectionId}/oauth`);

before(async () => {
  world = await startWorld({ overrides: { fetch: (url, init) => lever(url, init) } });
  const consent = await begin('/connections/oauth', {
    connector: 'lever',
    name: 'Lever by consent',
    settings: leverHosts(world),
  });
  await comeBack(await decide(consent, 'accept'));
  id = (await connections())[0]?.id ?? '';
  await world.api.call('PATCH', `/connections/${id}`, { requestsPerSecond: 0 });
  screening = await startScreening(world, { connectionId: id });
});

beforeEach(async () => {
  lever = fetch;
  await quiet(world);
});

after(() => world.close());

interface Connection {
  id: string;
  connector: string;
  state: string;
  pause: { code: string; text: string } | null;
  connectedBy: string;
  secretsStored: string[];
  settings: Record<string, string>;
}

const connections = async (): Promise<Connection[]> =>
  (await world.api.get<{ items: Connection[] }>('/connections')).items;

const shown = (connectionId = id): Promise<Connection> =>
  world.api.get<Connection>(`/connections/${connectionId}`);

/** What a refused consent must leave as it is. */
const kept = async (connectionId = id): Promise<unknown> => {
  const secrets = await world.hub.hub.db
    .selectFrom('secret')
    .select(['name', 'ciphertext'])
    .where('connection_id', '=', connectionId)
    .orderBy('name')
    .execute();
  const hooks = leverAdminOf(world)
    .account()
    .hooks.map((hook) => hook.id);
  const { state, pause, settings } = await shown(connectionId);
  const ids = (await connections()).map((one) => one.id);
  const { items } = await world.api.get<{ items: unknown[] }>('/audit?limit=100');
  return structuredClone({ secrets, hooks, state, pause, settings, ids, acts: items.length });
};

/** Presses *Accept* and expects a refusal that changes nothing. */
const refused = async (
  consent: URL,
  status: number,
  says: RegExp,
  connectionId = id,
): Promise<void> => {
  const back = await decide(consent, 'accept', lever);
  const before = await kept(connectionId);
  const answer = await comeBack(back);
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.text, says);
  assert.deepEqual(await kept(connectionId), before);
};

/** Another company's Lever, in which the same app is registered. */
const signInElsewhere = (): void => {
  const origin = `${world.sandbox.url}/lever`;
  const options = {
    seed: 2,
    candidates: 1,
    now: () => Date.now(),
    later: () => () => undefined,
    fetch,
    origin,
    rate: 0,
    allowHttpLoopback: true,
    deliverMail: () => undefined,
    changed: () => undefined,
  };
  const { clients } = world.emulator('lever').snapshot() as { clients: unknown };
  const seeded = createEmulator(options).snapshot() as object;
  const { api } = createEmulator({ ...options, saved: { ...seeded, clients } });
  lever = (url, init) => api.request(url.replace(`${origin}/api`, ''), init);
};

const hookEvents = (): string[] =>
  leverAdminOf(world)
    .account()
    .hooks.map(({ event }) => event);

test('is what a revoked connection asks for, and then all that waited goes on once', async () => {
  const hooks = hookEvents();
  const { codingame, lever: notesAtLever } = screening;
  const scored = await screening.enter();
  await screening.arrives(scored);
  await quiet(world);
  await leverAdminOf(world).revokeApps();
  const [session] = await codingame.tests(scored.email);
  await codingame.take(session?.test_url ?? '', 81);
  const first = await screening.enter();
  const { pause } = await until('the connection is paused', async () => {
    const connection = await shown();
    return connection.state === 'paused' && connection;
  });
  assert.match(
    pause?.text ?? '',
    /Connect again as a Lever Super Admin. .* Connecting again by consent resumes it/,
  );
  const second = await screening.enter();

  const before = await kept();
  const denied = await comeBack(await decide(await again(), 'deny'));
  assert.equal(denied.status, 400);
  assert.match(denied.text, /oauth_denied/);
  assert.deepEqual(await kept(), before);

  const { status, text } = await comeBack(await decide(await again(), 'accept'));
  assert.equal(status, 200, text);
  assert.match(text, /Lever by consent is connected/);
  await until('the owed result is noted', async () => {
    const [note] = await notesAtLever.notes(scored.id);
    return note?.includes('(81 %)');
  });
  for (const applicant of [scored, first, second]) await screening.arrives(applicant);
  const after = await shown();
  assert.deepEqual([after.state, after.pause, after.connectedBy], ['active', null, 'oauth']);
  assert.equal((await connections()).filter(({ connector }) => connector === 'lever').length, 1);
  assert.deepEqual(hookEvents(), hooks, 'one hook per event, as before');
  const { items } = await world.api.get<{
    items: Array<{ act: string; object: string; actor: { name: string } }>;
  }>('/audit');
  assert.equal(items[0]?.act, 'connection.connect_again');
  assert.equal(items[0].object, id);
});

test('renews the tokens of a connection that works, too', async () => {
  const hooks = hookEvents();
  const { grants } = leverAdminOf(world).account();
  const before = grants.length;
  const old = grants.filter(({ revokedAt }) => revokedAt === null);
  await comeBack(await decide(await again(), 'accept'));
  assert.equal(leverAdminOf(world).account().grants.length, before + 1);
  for (const grant of old) await world.form(`/lever/settings/apps/${grant.id}/revoke`);
  await screening.arrives(await screening.enter());
  assert.equal((await shown()).state, 'active', 'it works by the new consent alone');
  assert.deepEqual(hookEvents(), hooks);
});

test('makes no webhook again that a person has deleted', async () => {
  const hooks = hookEvents();
  await leverAdminOf(world).deleteHook('contactUpdated');
  await comeBack(await decide(await again(), 'accept'));
  assert.equal(hookEvents().length, hooks.length - 1);
  await world.api.post(`/connections/${id}/subscribe`);
  assert.deepEqual(hookEvents().sort(), hooks.sort());
});

test('is refused for another account of the vendor', async () => {
  signInElsewhere();
  await refused(await again(), 409, /another account, so Lever by consent was left as it is/);
  lever = fetch;
  await screening.arrives(await screening.enter());
});

test('is refused for another audience', async () => {
  const at = `/connections/${id}`;
  const { audience = '' } = leverHosts(world);
  const set = (value: string) => world.api.call('PATCH', at, { settings: { audience: value } });
  assert.equal((await set(audience.replace(/\/$/, ''))).status, 200);
  await refused(await again(), 422, /audience/i);
  assert.equal((await set(audience)).status, 200);
});

test('takes no state twice, none that is forged, and none that is older than ten minutes', async () => {
  const back = new URL(await decide(await again(), 'accept'));
  const forged = new URL(back);
  forged.searchParams.set('state', 'A'.repeat(32));
  assert.match((await comeBack(forged.href)).text, /oauth_state_invalid/);
  assert.equal((await comeBack(back.href)).status, 200);
  assert.match((await comeBack(back.href)).text, /oauth_state_invalid/);
  const late = await again();
  await world.hub.hub.db
    .updateTable('oauth_attempt')
    .set({ expires_at: new Date(Date.now() - 1_000) })
    .execute();
  await refused(late, 400, /oauth_state_invalid/);
});

test('takes the place of a pasted key', async () => {
  const key = await world.connect('lever');
  assert.equal((await comeBack(await decide(await again(key), 'accept'))).status, 200);
  const { connectedBy, secretsStored } = await shown(key);
  assert.deepEqual([connectedBy, secretsStored], ['oauth', []]);
  await world.api.post(`/connections/${key}/test`);
  await world.api.call('DELETE', `/connections/${key}`);
});

test('is refused after a key where nobody there is the user in whose name the hub acts', async () => {
  const key = await world.connect('lever');
  await quiet(world);
  signInElsewhere();
  await refused(await again(key), 409, /has no active user like the one/, key);
  lever = fetch;
  await world.api.call('DELETE', `/connections/${key}`);
});

test('brings nothing back that was removed while the admin was away', async () => {
  const key = await world.connect('lever');
  const back = await decide(await again(key), 'accept');
  await world.api.call('DELETE', `/connections/${key}`);
  const { status, text } = await comeBack(back);
  assert.equal(status, 404);
  assert.match(text, /connection_not_found/);
  const secrets = await world.hub.hub.db
    .selectFrom('secret')
    .select('name')
    .where('connection_id', '=', key)
    .execute();
  assert.deepEqual(secrets, []);
});

test('is not offered where the vendor has no OAuth, the hub no client, or the id no connection', async () => {
  const ask = (connectionId: string) =>
    world.api.call<{ code: string; detail: string }>('POST', `/connections/${connectionId}/oauth`);
  assert.equal((await ask(screening.platformId)).body.code, 'oauth_not_offered');
  assert.equal((await ask('cn_0000000000')).status, 404);
  await world.restart({ env: { LEVER_CLIENT_ID: '', LEVER_CLIENT_SECRET: '' } });
  const { status, body } = await ask(id);
  assert.deepEqual([status, body.code], [409, 'oauth_not_configured']);
  assert.match(body.detail, /LEVER_CLIENT_ID/);
});
