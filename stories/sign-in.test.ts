/** People sign in: the set-up link of the first start, mail and password, sessions. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { sql } from 'kysely';
import { firstSetupLink } from '#jobs/set-up.ts';
import { insertUser } from '#store/users.ts';
import { good, openBrowser, refused, session, signIn, tokenIn } from './browser.ts';
import { startWorld } from './world.ts';

const log: string[] = [];
const write = (fields: object, message: string): void => {
  log.push(`${JSON.stringify(fields)} ${message}`);
};
const world = await startWorld({
  sandbox: { only: ['smtp'], candidates: 0 },
  overrides: { log: { info: write, warn: write, error: write } },
});
after(() => world.close());
const { db } = world.hub.hub;

const password = 'compile the bug out of it';
const grace = openBrowser(world.url);

describe('set-up', () => {
  const link = world.hub.setupLink ?? '';

  test('the first start makes one link, and tells it once', async () => {
    assert.match(link, new RegExp(`^${world.url}/setup/[\\w-]{32}$`));
    assert.equal(log.filter((line) => line.includes(tokenIn(link))).length, 1);
    const { rows } = await sql`select * from one_time_link`.execute(db);
    assert.ok(!JSON.stringify(rows).includes(tokenIn(link)), 'the database keeps no token');
    const { setup } = good(await grace.call('GET', '/api/v1/sign-in'));
    assert.equal(setup, 'link_made');
  });

  test('a wrong or old link makes nobody', async () => {
    const wish = { name: 'Grace Hopper', email: 'grace@example.com', password };
    for (const token of ['x'.repeat(32), tokenIn(link).slice(0, -1), `${tokenIn(link)}x`])
      refused(
        await grace.call('POST', '/api/v1/setup', { ...wish, token }),
        403,
        'setup_link_wrong',
      );
    await sql`update one_time_link set expires_at = now() - interval '1 second'`.execute(db);
    refused(
      await grace.call('POST', '/api/v1/setup', { ...wish, token: tokenIn(link) }),
      403,
      'setup_link_wrong',
    );
    assert.equal(good(await grace.call('GET', '/api/v1/sign-in'))['setup'], 'link_expired');
    await sql`update one_time_link set expires_at = now() + interval '1 hour'`.execute(db);
  });

  test('a weak password is refused, and the link stays good', async () => {
    const wish = { name: 'Grace Hopper', email: 'grace@example.com', token: tokenIn(link) };
    for (const password of ['short', 'grace.hopper1', 'Password2026!'])
      refused(
        await grace.call('POST', '/api/v1/setup', { ...wish, password }),
        422,
        'password_weak',
      );
  });

  test('once there is a Super Admin, the link of the first start is dead', async () => {
    const wish = { name: 'Mallory', email: 'mallory@example.com', password, token: tokenIn(link) };
    const { id } = await insertUser(db, { ...wish, role: 'super_admin' });
    refused(
      await grace.call('POST', '/api/v1/setup', { ...wish, email: 'm@example.com' }),
      403,
      'setup_link_wrong',
    );
    await sql`delete from app_user where id = ${id}`.execute(db);
  });

  test('of twenty who use the link at once, one becomes Super Admin', async () => {
    const tries = Array.from({ length: 20 }, (_, index) =>
      openBrowser(world.url).call('POST', '/api/v1/setup', {
        token: tokenIn(link),
        name: 'Grace Hopper',
        email: `grace${String(index)}@example.com`,
        password,
      }),
    );
    const answers = await Promise.all(tries);
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    await sql`update app_user set email = 'grace@example.com'`.execute(db);
    await sql`delete from sign_in_window`.execute(db);
    const made = await world.api.get<{ items: Array<{ role: string }> }>('/users');
    assert.deepEqual(
      made.items.map(({ role }) => role),
      ['super_admin'],
    );
    assert.equal(good(await grace.call('GET', '/api/v1/sign-in'))['setup'], 'done');
  });

  test('no later start makes another', async () => {
    const { publicUrl, now } = world.hub.hub;
    assert.equal(await firstSetupLink(db, publicUrl, now()), null);
    await sql`update one_time_link set expires_at = now() - interval '1 second'`.execute(db);
    assert.equal(await firstSetupLink(db, publicUrl, now()), null);
  });
});

describe('mail and password', () => {
  test('signing in gives a session that acts as its user', async () => {
    const me = good(await signIn(grace, 'Grace@Example.com', password));
    assert.deepEqual([me['name'], me['role']], ['Grace Hopper', 'super_admin']);
    assert.equal(good(await session(grace))['id'], me['id']);
    assert.equal((await grace.call('GET', '/api/v1/connections')).status, 200);
  });

  test('the cookie is HttpOnly and SameSite, and changed by hand it opens nothing', async () => {
    const browser = openBrowser(world.url);
    await signIn(browser, 'grace@example.com', password);
    const [cookie = ''] = browser.set;
    assert.match(cookie, /^loopwright\.session_token=/);
    assert.match(cookie, /; HttpOnly/i);
    assert.match(cookie, /; SameSite=Lax/i);
    assert.match(cookie, /; Path=\//i);
    const [name = '', value = ''] = [...browser.cookies][0] ?? [];
    browser.cookies.set(
      name,
      value.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')),
    );
    refused(await session(browser), 401, 'session_over');
    browser.cookies.set(name, value.split('.')[0] ?? '');
    refused(await session(browser), 401, 'session_over');
  });

  test('without a public address, the hub is wherever the browser reached it', async () => {
    const here = world.url.replace('127.0.0.1', 'localhost');
    const browser = openBrowser(here);
    good(await signIn(browser, 'grace@example.com', password));
    good(await browser.call('POST', '/api/v1/sessions/end-others'));
    const foreign = { origin: here.replace(/\d+$/, '1') };
    refused(
      await browser.call('POST', '/api/v1/sessions/end-others', undefined, foreign),
      403,
      'cross_site',
    );
  });

  test('wrong password and unknown address get the same answer', async () => {
    const strange = openBrowser(world.url);
    const wrong = await signIn(strange, 'grace@example.com', 'not the password of hers');
    const unknown = await signIn(strange, 'nobody@example.com', 'not the password of hers');
    refused(wrong, 401, 'sign_in_wrong');
    const { requestId: _a, ...one } = wrong.body;
    const { requestId: _b, ...other } = unknown.body;
    assert.deepEqual(one, other);
    refused(await session(strange), 401, 'key_missing_or_wrong');
  });

  test('signing in again ends the session before, so that none is carried over', async () => {
    const browser = openBrowser(world.url);
    await signIn(browser, 'grace@example.com', password);
    const old = new Map(browser.cookies);
    await signIn(browser, 'grace@example.com', password);
    assert.notDeepEqual(browser.cookies, old);
    browser.cookies = old;
    refused(await session(browser), 401, 'session_over');
  });

  test('signing out ends the session at the hub, not in the browser alone', async () => {
    const browser = openBrowser(world.url);
    await signIn(browser, 'grace@example.com', password);
    const old = new Map(browser.cookies);
    assert.equal((await browser.call('POST', '/api/v1/sign-out')).status, 204);
    assert.equal(browser.cookies.size, 0);
    browser.cookies = old;
    refused(await session(browser), 401, 'session_over');
  });

  test('a session ends when it is not used for a day, and after a week in any case', async () => {
    for (const change of [
      sql`update session set expires_at = now() - interval '1 second' where id = `,
      sql`update session set created_at = now() - interval '7 days 1 second' where id = `,
    ]) {
      const browser = openBrowser(world.url);
      const { sessionId } = good(await signIn(browser, 'grace@example.com', password));
      await sql`${change}${sessionId}`.execute(db);
      refused(await session(browser), 401, 'session_over');
    }
    const browser = openBrowser(world.url);
    const { sessionId } = good(await signIn(browser, 'grace@example.com', password));
    await sql`update session set expires_at = now() + interval '1 hour' where id = ${sessionId}`.execute(
      db,
    );
    good(await session(browser));
    const { rows } = await sql<{ hours: number }>`
      select (extract(epoch from expires_at - now()) / 3600)::float8 as hours
      from session where id = ${sessionId}`.execute(db);
    assert.ok((rows[0]?.hours ?? 0) > 23, 'use prolongs it');
    assert.equal(browser.set.length, 1);
  });

  test('guessing stops: by account from anywhere, even with the right password at last', async () => {
    const browser = openBrowser(world.url);
    const tries = Array.from({ length: 15 }, () =>
      signIn(browser, 'target@example.com', 'guess number something'),
    );
    const codes = (await Promise.all(tries)).map(({ status }) => status);
    assert.equal(codes.filter((code) => code === 401).length, 10);
    const late = await signIn(browser, 'target@example.com', 'guess number something');
    refused(late, 429, 'too_many_attempts');
    assert.ok(Number(late.headers.get('retry-after')) > 60);
    assert.equal((await signIn(browser, 'grace@example.com', password)).status, 200);
    await sql`delete from sign_in_window`.execute(db);
  });

  test('guessing stops: by address, over all accounts', async () => {
    const browser = openBrowser(world.url);
    const tries = Array.from({ length: 35 }, (_, index) =>
      signIn(browser, `u${String(index)}@example.com`, 'the same guess for everybody'),
    );
    const answers = await Promise.all(tries);
    assert.equal(answers.filter(({ status }) => status === 401).length, 30);
    await sql`delete from sign_in_window`.execute(db);
  });
});

describe('sessions', () => {
  test('are listed with device and last use, and end one by one or all others', async () => {
    await sql`delete from session`.execute(db);
    await signIn(grace, 'grace@example.com', password);
    const phone = openBrowser(world.url, world.url, 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/604.1'); // prettier-ignore
    const library = openBrowser(world.url);
    await signIn(phone, 'grace@example.com', password);
    await signIn(library, 'grace@example.com', password);
    interface Listed {
      items: Array<{
        id: string;
        device: string;
        current: boolean;
        lastUsedAt: string;
        address: string;
      }>;
    }
    const { items } = good<Listed>(await grace.call('GET', '/api/v1/sessions'));
    assert.deepEqual(items.map(({ device }) => device).sort(), ['Firefox on Linux', 'Firefox on Linux', 'Safari on iOS']); // prettier-ignore
    assert.equal(items.filter(({ current }) => current).length, 1);
    assert.ok(
      items.every(({ address }) => /127\.0\.0\.1|::1/.test(address)),
      JSON.stringify(items),
    );
    assert.ok(!JSON.stringify(items).includes('token'));
    const ofPhone = items.find(({ device }) => device.startsWith('Safari'))?.id ?? '';
    assert.equal((await grace.call('DELETE', `/api/v1/sessions/${ofPhone}`)).status, 204);
    refused(await session(phone), 401, 'session_over');
    const { ended } = good(await grace.call('POST', '/api/v1/sessions/end-others'));
    assert.equal(ended, 1);
    refused(await session(library), 401, 'session_over');
    good(await session(grace));
  });
});
