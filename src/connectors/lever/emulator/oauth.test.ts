import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, type Rig } from './rig.ts';

interface Tokens {
  access_token: string;
  refresh_token: string;
  scope: string;
  expires_in: number;
  token_type: string;
  error?: string;
}

const redirectUri = 'https://hub.example/oauth/lever/callback';
const hour = 3_600_000;
const day = 24 * hour;

const query = (rig: Rig, changes: Record<string, string> = {}): URLSearchParams =>
  new URLSearchParams({
    client_id: rig.settings['clientId'] ?? '',
    redirect_uri: redirectUri,
    response_type: 'code',
    state: 'st4te',
    audience: rig.settings['audience'] ?? '',
    scope: 'offline_access stages:read:admin webhooks:write:admin',
    prompt: 'consent',
    ...changes,
  });

const form = (fields: Record<string, string> | URLSearchParams): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

const decide = async (rig: Rig, decision: string, changes = {}): Promise<URL> => {
  const fields = query(rig, changes);
  fields.set('decision', decision);
  const response = await rig.fetch(`${rig.settings['authBase'] ?? ''}/authorize`, form(fields));
  assert.equal(response.status, 303);
  return new URL(response.headers.get('location') ?? '');
};

const ask = async (rig: Rig, fields: Record<string, string>): Promise<[number, Tokens]> => {
  const { clientId = '', clientSecret = '', authBase = '' } = rig.settings;
  const secrets = { client_id: clientId, client_secret: clientSecret };
  const response = await rig.fetch(`${authBase}/oauth/token`, form({ ...secrets, ...fields }));
  return [response.status, (await response.json()) as Tokens];
};

const exchange = async (rig: Rig, code: string): Promise<[number, Tokens]> =>
  ask(rig, { grant_type: 'authorization_code', code, redirect_uri: redirectUri });

const renew = async (rig: Rig, refreshToken: string): Promise<[number, Tokens]> =>
  ask(rig, { grant_type: 'refresh_token', refresh_token: refreshToken });

const consent = async (rig: Rig, changes = {}): Promise<Tokens> => {
  const target = await decide(rig, 'accept', changes);
  const [status, tokens] = await exchange(rig, target.searchParams.get('code') ?? '');
  assert.equal(status, 200);
  return tokens;
};

const bearer = async (rig: Rig, token: string, path = '/stages'): Promise<number> =>
  (
    await rig.fetch(`${rig.settings['apiBase'] ?? ''}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    })
  ).status;

test('shows the permissions asked for and answers Accept with a code and the state', async () => {
  const rig = createRig();
  const url = `${rig.settings['authBase'] ?? ''}/authorize?${query(rig).toString()}`;
  const page = await (await rig.fetch(url)).text();
  for (const text of ['stages:read:admin', 'webhooks:write:admin', 'Accept', 'Deny'])
    assert.ok(page.includes(text), text);
  const target = await decide(rig, 'accept');
  assert.equal(target.origin + target.pathname, redirectUri);
  assert.equal(target.searchParams.get('state'), 'st4te');
  assert.ok(target.searchParams.get('code'));
});

test('answers Deny with an error and the state', async () => {
  const { searchParams } = await decide(createRig(), 'deny');
  assert.deepEqual(
    [searchParams.get('state'), searchParams.get('error'), searchParams.has('code')],
    ['st4te', 'access_denied', false],
  );
});

test('refuses another callback address than the registered one, a missing state, too many scopes', async () => {
  const rig = createRig();
  await rig.act('/settings/apps/callback', { redirectUri });
  const status = async (changes: Record<string, string>): Promise<number> => {
    const text = query(rig, changes).toString();
    return (await rig.fetch(`${rig.settings['authBase'] ?? ''}/authorize?${text}`)).status;
  };
  assert.equal(await status({}), 200);
  assert.equal(await status({ redirect_uri: `${redirectUri}/` }), 400);
  assert.equal(await status({ client_id: 'x' }), 400);
  assert.equal(await status({ state: '' }), 400);
  assert.equal(await status({ scope: 'stages:read:admin '.repeat(21) }), 400);
});

test('gives an hour of access with a token that carries the documented claims', async () => {
  const rig = createRig();
  const tokens = await consent(rig);
  assert.deepEqual([tokens.expires_in, tokens.token_type], [3600, 'Bearer']);
  const [, middle = ''] = tokens.access_token.split('.');
  const claims = JSON.parse(Buffer.from(middle, 'base64url').toString()) as Record<string, unknown>;
  assert.equal(claims['aud'], rig.settings['audience']);
  assert.equal(claims['azp'], rig.settings['clientId']);
  assert.equal(Number(claims['exp']) - Number(claims['iat']), 3600);
  for (const name of ['userId', 'accountId', 'clientId'])
    assert.ok(claims[`https://oauth.lever.co/${name}`], name);
  assert.equal(await bearer(rig, tokens.access_token), 200);
  assert.equal(await bearer(rig, tokens.access_token, '/tags'), 403);
  await rig.advance(hour);
  assert.equal(await bearer(rig, tokens.access_token), 401);
});

test('gives a useless token when the audience lacks its trailing slash', async () => {
  const rig = createRig();
  const audience = (rig.settings['audience'] ?? '').replace(/\/$/, '');
  const url = `${rig.settings['authBase'] ?? ''}/authorize?${query(rig, { audience }).toString()}`;
  const page = await (await rig.fetch(url)).text();
  assert.ok(page.includes('<code>offline_access</code>'));
  assert.ok(!page.includes('<code>stages:read:admin</code>'));
  const tokens = await consent(rig, { audience });
  assert.equal(tokens.scope, 'offline_access');
  assert.ok(!tokens.access_token.includes('.'));
  assert.equal(await bearer(rig, tokens.access_token), 401);
});

test('takes a code once, with its own callback address and client secret, form or JSON', async () => {
  const rig = createRig();
  const code = async (): Promise<string> =>
    (await decide(rig, 'accept')).searchParams.get('code') ?? '';
  const once = await code();
  assert.equal((await exchange(rig, once))[0], 200);
  const [status, refusal] = await exchange(rig, once);
  assert.deepEqual([status, refusal.error], [403, 'invalid_grant']);
  const elsewhere = { grant_type: 'authorization_code', redirect_uri: 'https://other.example' };
  assert.equal((await ask(rig, { ...elsewhere, code: await code() }))[0], 403);
  const { clientId, clientSecret, authBase = '' } = rig.settings;
  const post = async (secret: string | undefined): Promise<number> =>
    (
      await rig.fetch(`${authBase}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'authorization_code',
          client_id: clientId,
          client_secret: secret,
          code: await code(),
          redirect_uri: redirectUri,
        }),
      })
    ).status;
  assert.equal(await post('wrong'), 401);
  assert.equal(await post(clientSecret), 200);
  const late = await code();
  await rig.advance(hour);
  assert.equal((await exchange(rig, late))[0], 403);
});

test('rotates the refresh token every time and forgets the old one', async () => {
  const rig = createRig();
  const first = await consent(rig);
  const [status, second] = await renew(rig, first.refresh_token);
  assert.equal(status, 200);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(await bearer(rig, second.access_token), 200);
  const [again, refusal] = await renew(rig, first.refresh_token);
  assert.deepEqual([again, refusal.error], [403, 'invalid_grant']);
  assert.equal((await renew(rig, second.refresh_token))[0], 200);
});

test('lets a refresh token die after 90 idle days and after a year', async () => {
  const idle = createRig();
  const unused = await consent(idle);
  await idle.advance(90 * day + 1);
  assert.equal((await renew(idle, unused.refresh_token))[0], 403);
  const busy = createRig();
  let { refresh_token: token } = await consent(busy);
  for (let month = 0; month < 12; month += 1) {
    await busy.advance(30 * day);
    const [status, tokens] = await renew(busy, token);
    assert.equal(status, 200);
    token = tokens.refresh_token;
  }
  await busy.advance(6 * day);
  assert.equal((await renew(busy, token))[0], 403);
});

test('ends access on Revoke while the webhooks that the app made stay', async () => {
  const rig = createRig();
  const tokens = await consent(rig);
  const hook = await rig.fetch(`${rig.settings['apiBase'] ?? ''}/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: 'https://hub.example/h', event: 'candidateStageChange' }),
  });
  assert.equal(hook.status, 201);
  const [, path = ''] =
    /action="\/lever(\/settings\/apps\/[^"]+\/revoke)"/.exec(await rig.page('/settings/apps')) ??
    [];
  await rig.act(path);
  assert.equal(await bearer(rig, tokens.access_token), 401);
  const [status, refusal] = await renew(rig, tokens.refresh_token);
  assert.deepEqual([status, refusal.error], [403, 'invalid_grant']);
  const { body } = await rig.call<{ data: unknown[] }>('GET', '/webhooks');
  assert.equal(body.data.length, 1);
});
