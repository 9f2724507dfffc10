/** Accounts in other regions: the vendors’ real host names, played by a sandbox each. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Fetch } from '#connectors/http.ts';
import { startSandbox, type Sandbox } from '#sandbox/sandbox.ts';
import { startWorld, type World } from './world.ts';

let production: Sandbox;
let elsewhere: Sandbox;
let world: World;
const asked: string[] = [];

const start = (seed: number): Promise<Sandbox> =>
  startSandbox({
    port: 0,
    candidates: 5,
    seed,
    rate: 0,
    allowHttpLoopback: true,
    log: () => undefined,
  });

/** The wires of this test: each known host leads to one of the two sandboxes; any other is dead. */
const route: Fetch = (url, init) => {
  const { host, pathname, search } = new URL(url);
  asked.push(host);
  const to: Record<string, string> = {
    'api.lever.co': `${production.url}/lever/api`,
    'api.sandbox.lever.co': `${elsewhere.url}/lever/api`,
    'www.codingame.com': `${production.url}/codingame/api`,
    'www.codingame.eu': `${elsewhere.url}/codingame/api`,
  };
  const base = to[host];
  if (base === undefined) throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
  return fetch(base + pathname + search, init);
};

before(async () => {
  [production, elsewhere] = await Promise.all([start(1), start(2)]);
  world = await startWorld({
    overrides: { fetch: route },
    sandbox: { only: ['ashby'], candidates: 1 },
  });
});

after(async () => {
  await world.close();
  await production.close();
  await elsewhere.close();
});

interface Problem {
  id?: string;
  code: string;
  detail: string;
  field?: string;
}

const of = (sandbox: Sandbox, vendor: string): Record<string, string> =>
  sandbox.emulators.get(vendor)?.credentials() ?? {};

/** No host is given, so the connector's first one is meant. */
const settingsOf = (connector: string, from: Sandbox): Record<string, string> => {
  const { apiKey = '', performAs } = of(from, connector);
  return { apiKey, ...(performAs === undefined ? {} : { performAs }) };
};

const create = (connector: string, from: Sandbox, settings: Record<string, string> = {}) =>
  world.api.call<Problem>('POST', '/connections', {
    connector,
    name: 'Ours',
    settings: { ...settingsOf(connector, from), ...settings },
  });

for (const [connector, name, apiBase] of [
  ['lever', 'Lever sandbox', 'https://api.sandbox.lever.co/v1'],
  ['codingame', 'codingame.eu', 'https://www.codingame.eu'],
] as const)
  test(`says that a key of ${name} is good there, and connects once that host is chosen`, async () => {
    const refused = await create(connector, elsewhere);
    assert.equal(refused.status, 422);
    assert.equal(refused.body.code, 'key_of_another_region');
    assert.equal(refused.body.field, 'settings.apiBase');
    assert.ok(refused.body.detail.includes(`Choose ${name} as the host`), refused.body.detail);
    const { items } = await world.api.get<{ items: unknown[] }>('/connections');
    assert.deepEqual(items, [], 'nothing is stored');
    const draft = await world.api.call<Problem>('POST', '/connections/test', {
      connector,
      settings: settingsOf(connector, elsewhere),
    });
    assert.deepEqual(
      [draft.status, draft.body.code, draft.body.field, draft.body.detail],
      [422, refused.body.code, refused.body.field, refused.body.detail],
      'the draft tells the same',
    );

    const made = await create(connector, elsewhere, { apiBase });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const removed = await world.api.call('DELETE', `/connections/${made.body.id ?? ''}`);
    assert.equal(removed.status, 200);
  });

test('asks every known host about a key that is good nowhere, and says that it is wrong', async () => {
  asked.length = 0;
  const { status, body } = await create('lever', production, { apiKey: 'good-nowhere' });
  assert.equal(status, 422);
  assert.equal(body.code, 'vendor_unauthorized');
  assert.deepEqual(
    new Set(asked),
    new Set(['api.lever.co', 'api.sandbox.lever.co', 'api.eu.lever.co']),
  );
});

test('asks no other host about a key that is good', async () => {
  asked.length = 0;
  const { status } = await create('codingame', production);
  assert.equal(status, 201);
  assert.deepEqual(new Set(asked), new Set(['www.codingame.com']));
});
