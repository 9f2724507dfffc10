/** Connecting accounts: what people paste, what goes wrong, and what is said of it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { quiet, startScreening } from './screening.ts';
import { ashbyAdminOf, leverAdminOf } from './vendor-admin.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let website: Server;
let websiteUrl = '';
/** Nothing listens there any more. */
let deadHost = '';

const listen = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};

before(async () => {
  const ended = createServer();
  deadHost = await listen(ended);
  ended.close();
  website = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Welcome</title>');
  });
  const host = await listen(website);
  websiteUrl = `http://${host}`;
  world = await startWorld({ overrides: { allowHosts: [host, deadHost] } });
});

after(async () => {
  website.close();
  await world.close();
});

interface Problem {
  code: string;
  detail: string;
  field?: string;
}

interface DraftReport {
  verification: {
    account: Array<{ label: string; value: string }>;
    permissions: Array<{ name: string; state: string; where?: string }>;
  };
  choices: Record<string, Array<{ id: string; name: string }>>;
}

const vendors = ['lever', 'ashby', 'codingame', 'codeinterview'];

const settingsOf = (id: string, changes: Record<string, string> = {}) => {
  const { clientId: _id, clientSecret: _secret, ...settings } = world.emulator(id).credentials();
  return { ...settings, ...changes };
};

const create = (id: string, changes: Record<string, string>) =>
  world.api.call<Problem>('POST', '/connections', {
    connector: id,
    name: 'An account',
    settings: settingsOf(id, changes),
  });

const stored = async (): Promise<number> =>
  (await world.api.get<{ items: unknown[] }>('/connections')).items.length;

for (const [what, paste] of [
  ['a copied header', (key: string) => `Authorization: Bearer ${key}`],
  ['a scheme in front', (key: string) => `Bearer ${key}`],
  ['blanks and line ends', (key: string) => `\u00a0 ${key}\r\n`],
  ['quotes', (key: string) => `"${key}"`],
  ['all of it at once', (key: string) => ` "Authorization:  Bearer ${key}" \n`],
] as const)
  test(`takes a key that was pasted with ${what}`, async () => {
    for (const connector of vendors) {
      const { apiKey = '' } = settingsOf(connector);
      const answer = await world.api.call('POST', '/connections/test', {
        connector,
        settings: settingsOf(connector, { apiKey: paste(apiKey) }),
      });
      assert.equal(answer.status, 200, `${connector}: ${JSON.stringify(answer.body)}`);
    }
  });

test('offers the users to act as while the draft is tested, and stores nothing', async () => {
  const { performAs, ...settings } = settingsOf('lever') as Record<string, string>;
  const { choices, verification } = await world.api.post<DraftReport>('/connections/test', {
    connector: 'lever',
    settings,
  });
  assert.ok(choices['performAs']?.some(({ id }) => id === performAs));
  assert.ok(verification.permissions.some(({ state }) => state === 'granted'));
  assert.ok(verification.permissions.some(({ state }) => state === 'not_checked'));
  assert.equal(await stored(), 0);
  assert.deepEqual(await leverOf(world).webhooks(), []);
});

test('refuses a wrong key of any vendor in plain words, and stores nothing', async () => {
  for (const id of vendors) {
    const { status, body } = await create(id, { apiKey: 'wrong-key-canary' });
    assert.equal(status, 422, id);
    assert.equal(body.code, 'vendor_unauthorized');
    assert.equal(body.field, 'settings.apiKey');
    assert.match(body.detail, /key/);
    assert.doesNotMatch(JSON.stringify(body), /canary/);
  }
  assert.equal(await stored(), 0);
});

test('names the permission that a Lever key lacks and where to grant it', async () => {
  const lacking = ['tags:read:admin', 'users:read:admin'];
  const apiKey = await leverAdminOf(world).makeKey([
    ...lacking,
    'tags:write:admin',
    'users:write:admin',
  ]);
  const { performAs: _, ...settings } = settingsOf('lever', { apiKey }) as Record<string, string>;
  const { verification } = await world.api.post<DraftReport>('/connections/test', {
    connector: 'lever',
    settings,
  });
  const missing = verification.permissions.filter(({ state }) => state === 'missing');
  assert.deepEqual(missing.map(({ name }) => name).sort(), lacking);
  for (const { where } of missing) assert.match(where ?? '', /API Credentials/);
});

test('names the permission that an Ashby key lacks and where to grant it', async () => {
  const apiKey = await ashbyAdminOf(world).makeKey(['candidates:read', 'apiKeys:read']);
  const { verification } = await world.api.post<DraftReport>('/connections/test', {
    connector: 'ashby',
    settings: settingsOf('ashby', { apiKey }),
  });
  const jobs = verification.permissions.find(({ name }) => name === 'jobsRead');
  assert.equal(jobs?.state, 'missing');
  assert.match(jobs.where ?? '', /API keys/);
});

test('says of a host that nothing answers there', async () => {
  for (const id of vendors) {
    const { status, body } = await create(id, { apiBase: `http://${deadHost}` });
    assert.equal(status, 502, id);
    assert.match(body.detail, /could not be reached/);
  }
  assert.equal(await stored(), 0);
});

test('says of a host that it answers with a web page', async () => {
  for (const id of vendors) {
    const { status, body } = await create(id, { apiBase: websiteUrl });
    assert.equal(status, 502, id);
    assert.equal(body.code, 'vendor_unexpected_shape', id);
    assert.match(body.detail, /Check the host/);
  }
  assert.equal(await stored(), 0);
});

test('refuses private addresses in every spelling unless they are allowed', async () => {
  const { port } = new URL(world.sandbox.url);
  for (const host of [
    '127.0.0.1:1',
    '10.0.0.8',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '0',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[fd00::1]',
    '[fe80::1]',
    // The sandbox is allowed by its address, not by this name of it.
    `localhost:${port}`,
    `user@127.0.0.1:${port}`,
  ]) {
    const { status, body } = await create('codingame', { apiBase: `http://${host}` });
    assert.ok(status === 502 || status === 422, `${host}: ${JSON.stringify(body)}`);
    assert.match(body.detail, /private or local address|without a user name/, host);
  }
  assert.equal(await stored(), 0);
});

test('names the field of a setting that is not known, missing or no address', async () => {
  const cases: Array<[Record<string, string>, string]> = [
    [{ apikey: 'x' }, 'settings.apikey'],
    [{ apiBase: 'nonsense' }, 'settings.apiBase'],
    [{ apiKey: '  ' }, 'settings.apiKey'],
  ];
  for (const [changes, field] of cases) {
    const { status, body } = await create('codingame', changes);
    assert.equal(status, 422);
    assert.equal(body.field, field);
  }
  const unknown = await world.api.call<Problem>('POST', '/connections', {
    connector: 'greenhouse',
    name: 'Other',
    settings: {},
  });
  assert.equal(unknown.body.code, 'connector_unknown');
});

test('tells no secret in any answer', async () => {
  const ids = await Promise.all(vendors.map((id) => world.connect(id)));
  const secrets = vendors.map((id) => world.emulator(id).credentials()['apiKey'] ?? '');
  const paths = ids.flatMap((id) => [`/connections/${id}`, `/connections/${id}/choices/users`]);
  for (const path of ['/connections', '/connectors', '/audit', '/health', ...paths]) {
    const { status, body } = await world.api.call('GET', path);
    assert.equal(status, 200, path);
    for (const secret of secrets) assert.ok(!JSON.stringify(body).includes(secret), path);
  }
  for (const id of ids) {
    const shown = await world.api.get<{ secretsStored: string[] }>(`/connections/${id}`);
    assert.deepEqual(shown.secretsStored, ['apiKey']);
    const tested = await world.api.post(`/connections/${id}/test`);
    for (const secret of secrets) assert.ok(!JSON.stringify(tested).includes(secret));
    await world.api.call('DELETE', `/connections/${id}`);
  }
});

test('changes the name alone, and keeps the old key where the new one is no good', async () => {
  const id = await world.connect('codingame');
  const renamed = await world.api.call('PATCH', `/connections/${id}`, { name: 'Screening' });
  assert.equal(renamed.body['name'], 'Screening');
  const refused = await world.api.call<Problem>('PATCH', `/connections/${id}`, {
    settings: { apiKey: 'wrong' },
  });
  assert.equal(refused.body.code, 'vendor_unauthorized');
  const tested = await world.api.call('POST', `/connections/${id}/test`);
  assert.equal(tested.status, 200);
  await world.api.call('DELETE', `/connections/${id}`);
});

test('rests while it is paused by hand, and goes on exactly once when it is resumed', async () => {
  const screening = await startScreening(world);
  const { connectionId } = screening;
  await quiet(world);
  const paused = await world.api.post<{ state: string; pause: { text: string } }>(
    `/connections/${connectionId}/pause`,
  );
  assert.equal(paused.state, 'paused');
  assert.match(paused.pause.text, /Paused by super_admin/);
  const rule = await world.api.get<{ state: string; stateText: string }>(
    `/rules/${screening.ruleId}`,
  );
  assert.equal(rule.state, 'resting');
  assert.match(rule.stateText, /is paused. Resume it/);
  const applicant = await screening.enter();
  await until('the delivery is taken in', async () => {
    const { items } = await world.api.get<{ items: Array<{ state: string }> }>(
      `/deliveries?connectionId=${connectionId}`,
    );
    return items.some(({ state }) => state === 'queued');
  });
  await quiet(world);
  assert.deepEqual(await screening.codingame.tests(applicant.email), []);
  await world.api.post(`/connections/${connectionId}/resume`);
  await screening.arrives(applicant);
  await world.api.call('DELETE', `/connections/${connectionId}`);
});

test('lets rules rest whose connection was removed, and takes none for it any more', async () => {
  const { items } = await world.api.get<{
    items: Array<{ state: string; stateText: string; connectionId: string; platformId: string }>;
  }>('/rules');
  const [rule] = items;
  assert.equal(rule?.state, 'resting');
  assert.match(rule.stateText, /was removed/);
  const again = await world.api.call<Problem>('POST', '/rules', {
    name: 'On what is gone',
    connectionId: rule.connectionId,
    stageIds: ['lead-new'],
    action: 'assessment',
    platformId: rule.platformId,
    testId: '101',
  });
  assert.ok(again.status >= 400 && again.status < 500, JSON.stringify(again));
  const gone = await world.api.call<Problem>('GET', `/connections/${rule.connectionId}`);
  assert.equal(gone.status, 404);
});
