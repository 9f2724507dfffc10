import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { someCandidate } from '#connectors/conformance-ats.ts';
import { ConnectorError, type OAuthTokens, type TokenStore } from '#connectors/contract.ts';
import { open, scripted, wanted, type Call } from './fixtures/testing.ts';
import lever from './index.ts';
import { scopes } from './oauth.ts';

const { oauth } = lever;
assert.ok(oauth);

/** Tokens as the hub keeps them: a refresh is stored, and done only when nobody was faster. */
const storeOf = (first: OAuthTokens, clientSecret = 'shh') => {
  let stored = first;
  let refreshes = 0;
  const tokens: TokenStore = {
    client: { clientId: 'app', clientSecret },
    read: async () => stored,
    async refresh(stale, exchange) {
      if (stale.accessToken !== stored.accessToken) return stored;
      refreshes += 1;
      stored = await exchange(stored);
      return stored;
    },
  };
  return { tokens, stored: () => stored, refreshes: () => refreshes };
};

const alive = { accessToken: 'old', refreshToken: 'refresh-1', expiresAt: 2_000_000 };

/** Lever that takes the token `good` alone and gives it for any refresh token. */
const renewing = (
  path: string,
  _method: string,
  call: Call,
): Response | Record<string, unknown> => {
  if (path === '/oauth/token')
    return { access_token: 'new', refresh_token: 'refresh-2', expires_in: 3600 };
  return call.authorization === 'Bearer new'
    ? { data: [{ id: 'a' }] }
    : new Response('', { status: 401 });
};

describe('a connection by OAuth', () => {
  test('renews a refused token once and says the same again', async () => {
    const store = storeOf(alive);
    const { ats, calls } = scripted(renewing, store.tokens);
    assert.equal((await ats.stages()).length, 1);
    assert.deepEqual(
      calls.map(({ path }) => path),
      ['/stages', '/oauth/token', '/stages'],
    );
    assert.deepEqual(store.stored(), {
      accessToken: 'new',
      refreshToken: 'refresh-2',
      expiresAt: 1_000_000 + 3_600_000,
    });
    const form = new URLSearchParams(calls[1]?.body);
    assert.equal(form.get('grant_type'), 'refresh_token');
    assert.equal(form.get('refresh_token'), 'refresh-1');
    assert.equal(form.get('client_id'), 'app');
  });

  test('gives up when the new token is refused as well', async () => {
    const store = storeOf(alive);
    const { ats, calls } = scripted(
      (path) =>
        path === '/oauth/token' ? { access_token: 'bad' } : new Response('', { status: 401 }),
      store.tokens,
    );
    await assert.rejects(ats.stages(), { kind: 'unauthorized' });
    assert.equal(calls.length, 3);
  });

  test('renews a token that is over before it asks, and then not again', async () => {
    const store = storeOf({ ...alive, expiresAt: 999_999 });
    const { ats, calls } = scripted(renewing, store.tokens);
    await ats.stages();
    assert.deepEqual(
      calls.map(({ path }) => path),
      ['/oauth/token', '/stages'],
    );

    const bad = scripted(
      (path) =>
        path === '/oauth/token' ? { access_token: 'bad' } : new Response('', { status: 401 }),
      storeOf({ ...alive, expiresAt: 0 }).tokens,
    );
    await assert.rejects(bad.ats.stages(), { kind: 'unauthorized' });
    assert.equal(bad.calls.length, 2);
  });

  test('uses what another process has renewed in the meantime', async () => {
    const store = storeOf(alive);
    const { ats, calls } = scripted(renewing, {
      ...store.tokens,
      refresh: async () => ({ ...alive, accessToken: 'new' }),
    });
    await ats.stages();
    assert.ok(calls.every(({ path }) => path !== '/oauth/token'));
  });

  test('has to be made again after a revocation, or without a refresh token', async () => {
    const revoked = scripted(
      (path) =>
        path === '/oauth/token'
          ? Response.json({ error: 'invalid_grant' }, { status: 403 })
          : new Response('', { status: 401 }),
      storeOf(alive, 'client-secret-1').tokens,
    );
    const thrown: unknown = await revoked.ats.stages().catch((error: unknown) => error);
    assert.ok(thrown instanceof ConnectorError);
    assert.equal(thrown.kind, 'unauthorized');
    assert.match(thrown.message, /Connect again/);
    assert.doesNotMatch(thrown.message, /refresh-1|client-secret-1/);

    const without = scripted(
      () => new Response('', { status: 401 }),
      storeOf({ ...alive, refreshToken: null }).tokens,
    );
    await assert.rejects(without.ats.stages(), { kind: 'unauthorized' });
    assert.equal(without.calls.length, 1);
  });

  test('keeps the refresh token and counts an hour where the answer says neither', async () => {
    const store = storeOf(alive);
    const { ats } = scripted(
      (path, _method, { authorization }) =>
        path === '/oauth/token'
          ? { access_token: 'new' }
          : authorization === 'Bearer new'
            ? { data: [] }
            : new Response('', { status: 401 }),
      store.tokens,
    );
    await ats.stages();
    assert.deepEqual(store.stored(), {
      accessToken: 'new',
      refreshToken: 'refresh-1',
      expiresAt: 1_000_000 + 3_600_000,
    });
  });

  test('is told nothing by a token that Lever made for a wrong audience', () => {
    assert.deepEqual(oauth.settingsFrom({ ...alive, accessToken: 'opaque' }), {});
    assert.equal(oauth.accountOf({ ...alive, accessToken: 'opaque' }), null);
    assert.deepEqual(oauth.settingsFrom({ ...alive, accessToken: 'a.e30.c' }), {});
  });

  test('asks for consent with every needed scope, the exact audience and a refresh token', () => {
    const url = new URL(
      oauth.authorizeUrl({
        settings: lever.settings.parse({ performAs: 'u' }),
        client: { clientId: 'app', clientSecret: 'shh' },
        redirectUri: 'https://hub.example/oauth/callback',
        state: 'st&te',
      }),
    );
    assert.equal(url.origin + url.pathname, 'https://auth.lever.co/authorize');
    assert.equal(url.searchParams.get('audience'), 'https://api.lever.co/v1/');
    assert.equal(url.searchParams.get('prompt'), 'consent');
    assert.equal(url.searchParams.get('state'), 'st&te');
    assert.equal(url.searchParams.get('scope'), scopes.join(' '));
    assert.ok(scopes.includes('offline_access'));
    assert.ok(new Set(scopes).size <= 20);
    assert.ok(!url.href.includes('shh'));
  });

  test('goes from consent to reading and writing against the emulated Lever', async () => {
    const byKey = open();
    const { clientId = '', clientSecret = '' } = byKey.emulator.credentials();
    const client = { clientId, clientSecret };
    const settings = lever.settings.parse(byKey.emulator.credentials());
    const redirectUri = 'https://hub.example/oauth/callback';
    const consent = new URL(
      oauth.authorizeUrl({ settings, client, redirectUri, state: 'state-1' }),
    );
    const body = new URLSearchParams([...consent.searchParams, ['decision', 'accept']]);
    const accepted = await byKey.emulator.api.request('/auth/authorize', { method: 'POST', body });
    const back = new URL(accepted.headers.get('location') ?? '');
    assert.equal(back.searchParams.get('state'), 'state-1');
    const code = back.searchParams.get('code') ?? '';
    const { http } = byKey.link;
    const grant = { settings, client, redirectUri, code, http, now: byKey.now() };
    const first = await oauth.exchangeCode(grant);
    assert.equal(first.expiresAt, byKey.now() + 3_600_000);
    const told = oauth.settingsFrom(first);
    assert.ok((await byKey.ats.users()).some(({ id }) => id === told['performAs']));
    const { accountId } = byKey.emulator.snapshot() as { accountId: string };
    assert.equal(oauth.accountOf(first), accountId);
    await assert.rejects(oauth.exchangeCode(grant), { kind: 'unauthorized' });

    const store = storeOf(first);
    const { apiKey: _unused, ...withoutKey } = byKey.link.settings;
    const link = {
      ...byKey.link,
      settings: lever.settings.parse(withoutKey),
      tokens: { ...store.tokens, client },
    };
    const { ats, webhooks } = lever.connect(link);
    assert.ok(ats && webhooks);
    const { remoteId } = await someCandidate(ats);
    byKey.advance(3_600_001);
    await ats.addNote(remoteId, [['after an hour']], 'ab12cd34');
    assert.equal(store.refreshes(), 1);
    assert.notEqual(store.stored().refreshToken, first.refreshToken);
    assert.ok((await ats.jobs()).length > 0);
    await webhooks.subscribe({ ...wanted, known: null });
    const { permissions } = await lever.verify(link);
    assert.deepEqual(
      permissions.filter(({ state }) => state === 'missing'),
      [],
    );
  });
});
