/** Single sign-on against a real OpenID Connect provider on its own socket. */
import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { sql } from 'kysely';
import { OAuth2Server, type MutableResponse, type MutableToken } from 'oauth2-mock-server';
import { openSignIn } from '#jobs/sign-in.ts';
import { insertUser, putPassword } from '#store/users.ts';
import { good, openBrowser, refused, session, type Browser, type Page } from './browser.ts';
import { startWorld } from './world.ts';

const provider = new OAuth2Server();
await provider.issuer.keys.generate('RS256');
await provider.start(0, '127.0.0.1');
const issuer = provider.issuer.url ?? '';
const env = {
  LOOPWRIGHT_OIDC_ISSUER: issuer,
  LOOPWRIGHT_OIDC_CLIENT_ID: 'hub',
  LOOPWRIGHT_OIDC_CLIENT_SECRET: 'client-secret-canary',
  LOOPWRIGHT_OIDC_NAME: 'Company login',
};
const log: string[] = [];
const write = (fields: object, message: string): void => {
  log.push(`${JSON.stringify(fields)} ${message}`);
};
const overrides = { log: { info: write, warn: write, error: write } };
const world = await startWorld({ sandbox: { only: [], candidates: 0 }, env, overrides });
after(async () => {
  await world.close();
  await provider.stop();
});

/** What the provider says of whoever signs in there. */
let claims: Record<string, unknown> = {};
/** The same, where the provider is asked by access token. */
let told: Record<string, unknown> = {};
/** The keys of ID tokens. */
const signedWith: unknown[] = [];
provider.service.on('beforeTokenSigning', (token: MutableToken) => {
  if (token.payload['aud'] !== 'hub') return;
  signedWith.push(token.header['kid']);
  Object.assign(token.payload, claims);
});
provider.service.on('beforeUserinfo', (answer: MutableResponse) => {
  Object.assign(answer, { body: { sub: 'johndoe', ...told } });
});

const person = (sub: string, email: string, verified = true) => ({
  sub,
  email,
  email_verified: verified,
  name: `Name of ${sub}`,
});

beforeEach(async () => {
  claims = {};
  told = {};
  await sql`delete from sign_in_window`.execute(world.hub.hub.db);
});

/** From the button to where the provider sends the browser back. */
const toProvider = async (browser: Browser, to = '/'): Promise<URL> => {
  const begun = await browser.call('GET', `/api/v1/sign-in/sso?to=${encodeURIComponent(to)}`);
  assert.equal(begun.status, 302, begun.text);
  const answer = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get('location') ?? '');
};

const signIn = async (browser: Browser, to = '/'): Promise<Page> =>
  browser.open((await toProvider(browser, to)).href);

const leadsTo = (page: Page, path: string): void => {
  assert.equal(page.status, 302, page.text);
  assert.equal(page.headers.get('location'), `${world.url}${path}`);
};

const isOut = async (browser: Browser): Promise<void> => {
  assert.equal((await browser.call('GET', '/api/v1/session')).status, 401);
};

const me = async (browser: Browser) => good(await session(browser));

const userCount = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from app_user`.execute(
    world.hub.hub.db,
  );
  return rows[0]?.n ?? 0;
};

describe('who is let in', () => {
  test('the page is told what the button says and where it leads', async () => {
    const { sso } = good(await openBrowser(world.url).call('GET', '/api/v1/sign-in'));
    assert.deepEqual(sso, { name: 'Company login', url: `${world.url}/api/v1/sign-in/sso` });
  });

  test('nobody who was not invited, whatever the provider says', async () => {
    claims = person('stranger', 'stranger@example.com');
    const browser = openBrowser(world.url);
    leadsTo(await signIn(browser), '/sign-in?error=not_invited');
    await isOut(browser);
    assert.equal(await userCount(), 0);
  });

  test('whoever was invited, as what, and back to where the browser wanted to go', async () => {
    await world.api.post('/invitations', { email: 'ada@example.com', role: 'team_member' });
    claims = person('ada-1', 'Ada@Example.com');
    const browser = openBrowser(world.url);
    leadsTo(await signIn(browser, '/candidates?stage=1'), '/candidates?stage=1');
    const ada = await me(browser);
    assert.deepEqual([ada['email'], ada['role'], ada['name']], ['ada@example.com', 'team_member', 'Name of ada-1']); // prettier-ignore
    const { items } = await world.api.get<{ items: unknown[] }>('/invitations');
    assert.deepEqual(items, [], 'the invitation is accepted');
    const audit = await world.api.get<{ items: Array<{ act: string }> }>('/audit');
    const acts = audit.items.map(({ act }) => act);
    assert.deepEqual(acts.filter((act) => act !== 'invitation.create').toSorted(), ['invitation.accept', 'session.begin', 'user.create']); // prettier-ignore
  });

  test('once known by the provider’s subject, the same user under any address', async () => {
    claims = person('ada-1', 'ada.king@example.com', false);
    const browser = openBrowser(world.url);
    leadsTo(await signIn(browser), '/');
    assert.equal((await me(browser))['email'], 'ada@example.com');
  });

  test('another subject does not get her account by an address that is not verified', async () => {
    claims = person('mallory', 'ada@example.com', false);
    const browser = openBrowser(world.url);
    leadsTo(await signIn(browser), '/sign-in?error=email_unverified');
    await isOut(browser);
  });

  test('an invited address has to be verified, and has to be there', async () => {
    await world.api.post('/invitations', { email: 'bob@example.com', role: 'admin' });
    const browser = openBrowser(world.url);
    claims = person('bob', 'bob@example.com', false);
    leadsTo(await signIn(browser), '/sign-in?error=email_unverified');
    claims = { sub: 'bob' };
    told = { sub: 'bob' };
    leadsTo(await signIn(browser), '/sign-in?error=email_missing');
    await isOut(browser);
  });

  test('an address that only the user endpoint tells counts, if it is about the same subject', async () => {
    claims = { sub: 'bob' };
    told = person('somebody-else', 'bob@example.com');
    const browser = openBrowser(world.url);
    leadsTo(await signIn(browser), '/sign-in?error=failed');
    await isOut(browser);
    told = person('bob', 'bob@example.com');
    leadsTo(await signIn(browser), '/');
    assert.equal((await me(browser))['role'], 'admin');
  });

  test('a user with a password may come either way, and stays one user', async () => {
    const { hub } = world.hub;
    const wish = { name: 'Grace', email: 'grace@example.com', role: 'super_admin' } as const;
    const user = await insertUser(hub.db, wish);
    const password = 'compile the bug out of it';
    await putPassword(hub.db, user.id, await openSignIn(hub, null).auth.hash(password));
    claims = person('grace', 'grace@example.com');
    const browser = openBrowser(world.url);
    leadsTo(await signIn(browser), '/');
    assert.equal((await me(browser))['id'], user.id);
    const page = await browser.call('POST', '/api/v1/sign-in', { email: user.email, password });
    assert.equal(good(page)['id'], user.id);
    const old = new Map(browser.cookies);
    leadsTo(await signIn(browser), '/');
    browser.cookies = old;
    await isOut(browser);
  });

  test('a deactivated user is not let in, and is signed in nowhere any more', async () => {
    claims = person('bob', 'bob@example.com');
    const browser = openBrowser(world.url);
    leadsTo(await signIn(browser), '/');
    const { id } = await me(browser);
    await world.api.post(`/users/${String(id)}/deactivate`);
    await isOut(browser);
    leadsTo(await signIn(browser), '/sign-in?error=deactivated');
    await isOut(browser);
  });
});

describe('what does not hold is refused', () => {
  const seconds = Math.floor(Date.now() / 1_000);
  const forgeries: Record<string, Record<string, unknown>> = {
    'for another nonce': { nonce: 'of-another-sign-in' },
    'without a nonce': { nonce: undefined },
    'for another client': { aud: 'another-app' },
    'for several clients without saying which': { aud: ['hub', 'another-app'] },
    'for several clients, issued to another': { aud: ['hub', 'another-app'], azp: 'another-app' },
    'issued to another client': { azp: 'another-app' },
    'of another issuer': { iss: 'https://evil.example' },
    'that has expired': { exp: seconds - 60 },
    'that holds only later': { nbf: seconds + 3_600 },
    'without an end': { exp: undefined },
    'without a subject': { sub: undefined },
  };

  for (const [what, forged] of Object.entries(forgeries)) {
    test(`an ID token ${what}`, async () => {
      claims = { ...person('ada-1', 'ada@example.com'), ...forged };
      const browser = openBrowser(world.url);
      leadsTo(await signIn(browser), '/sign-in?error=failed');
      await isOut(browser);
    });
  }

  const replaceToken = (change: (token: string) => string): void => {
    provider.service.once('beforeResponse', (answer: MutableResponse) => {
      const body = answer.body as Record<string, string>;
      body['id_token'] = change(body['id_token'] ?? '');
    });
  };
  const header = (fields: object): string => Buffer.from(JSON.stringify(fields)).toString('base64url'); // prettier-ignore

  test('an ID token with a broken signature, with none, or with another key’s', async () => {
    const other = new OAuth2Server();
    await other.issuer.keys.generate('RS256');
    other.issuer.url = issuer;
    claims = person('ada-1', 'ada@example.com');
    const browser = openBrowser(world.url);
    const payloadOf = (token: string): string => token.split('.')[1] ?? '';
    const stranger = await other.issuer.buildToken();
    for (const forge of [
      (token: string) => token.slice(0, -8) + 'AAAAAAAA',
      (token: string) => `${header({ alg: 'none' })}.${payloadOf(token)}.`,
      (token: string) => `${header({ alg: 'none' })}.${payloadOf(token)}`,
      (token: string) => `${header({ alg: 'HS256' })}.${payloadOf(token)}.${token.split('.')[2] ?? ''}`, // prettier-ignore
      () => stranger,
      () => 'opaque',
    ]) {
      replaceToken(forge);
      leadsTo(await signIn(browser), '/sign-in?error=failed');
      await isOut(browser);
    }
  });

  test('a state that this browser did not begin, twice used, or made up', async () => {
    claims = person('ada-1', 'ada@example.com');
    const victim = openBrowser(world.url);
    const attacker = openBrowser(world.url);
    const back = await toProvider(attacker);
    leadsTo(await victim.open(back.href), '/sign-in?error=stale');
    await isOut(victim);
    const used = await toProvider(victim);
    leadsTo(await victim.open(used.href), '/');
    const again = openBrowser(world.url);
    again.cookies = new Map(victim.cookies);
    leadsTo(await again.open(used.href), '/sign-in?error=stale');
    const madeUp = await toProvider(openBrowser(world.url));
    madeUp.searchParams.set('state', 'made-up');
    leadsTo(await openBrowser(world.url).open(madeUp.href), '/sign-in?error=stale');
    leadsTo(await openBrowser(world.url).open('/oauth/sso/callback/oidc'), '/sign-in?error=stale');
  });

  test('a code that belongs to another sign-in: it was begun with another secret', async () => {
    claims = person('ada-1', 'ada@example.com');
    const attacker = openBrowser(world.url);
    const stolen = await toProvider(openBrowser(world.url));
    const own = await toProvider(attacker);
    own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    leadsTo(await attacker.open(own.href), '/sign-in?error=failed');
    await isOut(attacker);
  });

  test('a no at the provider', async () => {
    const browser = openBrowser(world.url);
    const back = await toProvider(browser);
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    leadsTo(await browser.open(back.href), '/sign-in?error=denied');
  });

  test('ways that lead out of the hub', async () => {
    for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example', 'x', '/a b'])
      refused(
        await openBrowser(world.url).call(
          'GET',
          `/api/v1/sign-in/sso?to=${encodeURIComponent(to)}`,
        ),
        422,
        'input_invalid',
      );
  });
});

test('the provider is asked with state, nonce and a hashed verifier, and gets no address', async () => {
  const browser = openBrowser(world.url);
  const begun = await browser.call('GET', '/api/v1/sign-in/sso');
  const { searchParams, origin } = new URL(begun.headers.get('location') ?? '');
  assert.equal(origin, issuer);
  assert.equal(searchParams.get('code_challenge_method'), 'S256');
  assert.equal(searchParams.get('redirect_uri'), `${world.url}/oauth/sso/callback/oidc`);
  assert.match(searchParams.get('scope') ?? '', /^openid /);
  for (const name of ['state', 'nonce', 'code_challenge'])
    assert.ok((searchParams.get(name) ?? '').length >= 32, name);
  assert.match(browser.set.join(), /HttpOnly; SameSite=Lax/i);
});

test('keys that the provider changes meanwhile are read anew, and not for every token', async () => {
  let time = Date.now();
  await world.restart({ env, overrides: { ...overrides, now: () => time } });
  claims = person('ada-1', 'ada@example.com');
  const browser = openBrowser(world.url);
  leadsTo(await signIn(browser), '/');
  const { kid } = await provider.issuer.keys.generate('RS256');
  signedWith.length = 0;
  const ways = new Set<string | null>();
  // The provider signs with its keys by turns.
  for (let turn = 0; turn < 4; turn += 1) {
    const page = await signIn(browser);
    ways.add(page.headers.get('location'));
  }
  assert.ok(signedWith.includes(kid), 'the new key was used');
  assert.ok(ways.has(`${world.url}/sign-in?error=failed`), 'just read, keys are not read again');
  time += 60_000;
  for (let turn = 0; turn < 4; turn += 1) leadsTo(await signIn(browser), '/');
});

test('nothing of the provider’s is kept, and no secret is in the log', async () => {
  const { rows } = await sql<Record<string, unknown>>`
    select access_token, refresh_token, id_token, scope from account`.execute(world.hub.hub.db);
  assert.ok(rows.length > 1);
  for (const row of rows) assert.deepEqual([...new Set(Object.values(row))], [null]);
  assert.doesNotMatch(log.join('\n'), /client-secret-canary|@example\.com|eyJ/);
  assert.match(log.join('\n'), /ERR_JWT_EXPIRED/);
});

test('where the setting says so, whoever the provider knows is let in, with that role', async () => {
  await world.restart({ env: { ...env, LOOPWRIGHT_OIDC_NEW_USERS: 'interviewer' }, overrides });
  claims = person('newcomer', 'newcomer@example.com');
  const browser = openBrowser(world.url);
  leadsTo(await signIn(browser), '/');
  assert.equal((await me(browser))['role'], 'interviewer');
});

test('a provider that is away is told to the browser, and passwords work meanwhile', async () => {
  await world.restart({ env: { ...env, LOOPWRIGHT_OIDC_ISSUER: 'http://127.0.0.1:9' }, overrides });
  const browser = openBrowser(world.url);
  const begun = await browser.call('GET', '/api/v1/sign-in/sso');
  leadsTo(begun, '/sign-in?error=provider_away');
  const wish = { email: 'grace@example.com', password: 'compile the bug out of it' };
  good(await browser.call('POST', '/api/v1/sign-in', wish));
});

test('without the setting there is no single sign-on', async () => {
  await world.restart({ overrides });
  const browser = openBrowser(world.url);
  assert.equal(good(await browser.call('GET', '/api/v1/sign-in'))['sso'], null);
  refused(await browser.call('GET', '/api/v1/sign-in/sso'), 404, 'sso_not_configured');
  refused(await browser.open('/oauth/sso/callback/oidc?code=x&state=y'), 404, 'sso_not_configured');
});
