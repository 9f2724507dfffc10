/** People sign in: from the set-up link of the first start to the last Super Admin's way back in. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { sql } from 'kysely';
import { firstSetupLink, newSetupLink } from '#jobs/set-up.ts';
import { good, openBrowser, refused, type Browser } from './browser.ts';
import { startWorld, until } from './world.ts';

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

const tokenIn = (text: string): string => /\/(?:setup|invitation|reset)\/([\w-]{32})/.exec(text)?.[1] ?? ''; // prettier-ignore
const passwords = {
  grace: 'compile the bug out of it',
  ada: 'notes on the analytical engine',
  alan: 'can machines think about tea',
};
const session = (browser: Browser) => browser.call('GET', '/api/v1/session');
const acts = async (): Promise<string[]> => {
  const { items } = await world.api.get<{ items: Array<{ act: string }> }>('/audit?limit=100');
  return items.map(({ act }) => act);
};

const grace = openBrowser(world.url);
const signIn = (browser: Browser, email: string, password: string) =>
  browser.call('POST', '/api/v1/sign-in', { email, password });

/** The newest mail to somebody, as it arrived there. */
const mailTo = async (address: string, after = 0): Promise<string> => {
  const mail = await until(`a mail to ${address}`, () => {
    const mails = world.sandbox.mailbox.list({ to: address });
    return mails.length > after && mails[0];
  });
  return world.sandbox.mailbox.find(mail.id)?.text ?? '';
};

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
    const wish = { name: 'Grace Hopper', email: 'grace@example.com', password: passwords.grace };
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

  test('of twenty who use the link at once, one becomes Super Admin', async () => {
    const tries = Array.from({ length: 20 }, (_, index) =>
      openBrowser(world.url).call('POST', '/api/v1/setup', {
        token: tokenIn(link),
        name: 'Grace Hopper',
        email: `grace${String(index)}@example.com`,
        password: passwords.grace,
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
    const me = good(await signIn(grace, 'Grace@Example.com', passwords.grace));
    assert.deepEqual([me['name'], me['role']], ['Grace Hopper', 'super_admin']);
    assert.equal(good(await session(grace))['id'], me['id']);
    assert.equal((await grace.call('GET', '/api/v1/connections')).status, 200);
  });

  test('the cookie is HttpOnly and SameSite, and changed by hand it opens nothing', async () => {
    const browser = openBrowser(world.url);
    await signIn(browser, 'grace@example.com', passwords.grace);
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
    await signIn(browser, 'grace@example.com', passwords.grace);
    const old = new Map(browser.cookies);
    await signIn(browser, 'grace@example.com', passwords.grace);
    assert.notDeepEqual(browser.cookies, old);
    browser.cookies = old;
    refused(await session(browser), 401, 'session_over');
  });

  test('signing out ends the session at the hub, not in the browser alone', async () => {
    const browser = openBrowser(world.url);
    await signIn(browser, 'grace@example.com', passwords.grace);
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
      const { sessionId } = good(await signIn(browser, 'grace@example.com', passwords.grace));
      await sql`${change}${sessionId}`.execute(db);
      refused(await session(browser), 401, 'session_over');
    }
    const browser = openBrowser(world.url);
    const { sessionId } = good(await signIn(browser, 'grace@example.com', passwords.grace));
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
    assert.equal((await signIn(browser, 'grace@example.com', passwords.grace)).status, 200);
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
    await signIn(grace, 'grace@example.com', passwords.grace);
    const phone = openBrowser(world.url, world.url, 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/604.1'); // prettier-ignore
    const library = openBrowser(world.url);
    await signIn(phone, 'grace@example.com', passwords.grace);
    await signIn(library, 'grace@example.com', passwords.grace);
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

describe('invitations', () => {
  const ada = openBrowser(world.url);
  const root = '/api/v1/invitations';

  test('without a mail server the answer holds the link, and the outbox never does', async () => {
    const made = good(
      await grace.call('POST', root, { email: 'first@example.com', role: 'admin' }),
      201,
    );
    const token = tokenIn(String(made['link']));
    assert.equal(token.length, 32);
    const { items } = await world.api.get<{ items: Array<{ id: string; state: string }> }>(
      '/mails',
    );
    const whole = await world.api.get<{ text: string }>(`/mails/${items[0]?.id ?? ''}`);
    assert.match(whole.text, /\/invitation\/\(withheld\)/);
    assert.ok(!JSON.stringify(whole).includes(token));
    assert.equal((await grace.call('DELETE', `${root}/${String(made['id'])}`)).status, 204);
    refused(await ada.call('POST', `${root}/look`, { token }), 403, 'invitation_link_wrong');
  });

  test('the mailed link lets in once, as what was offered', async () => {
    await world.connect('smtp');
    const made = good(
      await grace.call('POST', root, { email: 'Ada@Example.com', role: 'limited_team_member' }),
      201,
    );
    assert.equal(made['link'], null);
    const token = tokenIn(await mailTo('ada@example.com'));
    assert.deepEqual(good(await ada.call('POST', `${root}/look`, { token })), {
      email: 'ada@example.com',
      role: 'limited_team_member',
      invitedBy: 'Grace Hopper',
    });
    const answer = { token, name: 'Ada Lovelace', password: passwords.ada };
    const sneaky = { ...answer, role: 'super_admin' };
    refused(await ada.call('POST', `${root}/accept`, sneaky), 422, 'input_unknown_field');
    const me = good(await ada.call('POST', `${root}/accept`, answer), 201);
    assert.deepEqual([me['email'], me['role']], ['ada@example.com', 'limited_team_member']);
    good(await session(ada));
    refused(await ada.call('POST', `${root}/accept`, answer), 403, 'invitation_link_wrong');
    const { rows } = await sql<{ sealed: string | null }>`select sealed from one_time_link`.execute(
      db,
    );
    assert.ok(
      rows.every(({ sealed }) => sealed === null),
      'a sent token is forgotten',
    );
  });

  test('sent again, the link before is dead; an address with an account is not invited', async () => {
    const made = good(
      await grace.call('POST', root, { email: 'alan@example.com', role: 'admin' }),
      201,
    );
    const first = tokenIn(await mailTo('alan@example.com'));
    refused(
      await grace.call('POST', root, { email: 'ALAN@example.com', role: 'interviewer' }),
      409,
      'invitation_exists',
    );
    good(await grace.call('POST', `${root}/${String(made['id'])}/resend`));
    const second = tokenIn(await mailTo('alan@example.com', 1));
    assert.notEqual(first, second);
    const alan = openBrowser(world.url);
    const answer = { name: 'Alan Turing', password: passwords.alan };
    refused(
      await alan.call('POST', `${root}/accept`, { ...answer, token: first }),
      403,
      'invitation_link_wrong',
    );
    good(await alan.call('POST', `${root}/accept`, { ...answer, token: second }), 201);
    refused(
      await grace.call('POST', root, { email: 'alan@example.com', role: 'admin' }),
      409,
      'user_exists',
    );
  });

  test('the role is enforced for a session as for a key, and the own jobs are found by address', async () => {
    refused(await ada.call('GET', '/api/v1/users'), 403, 'role_lacks_right');
    refused(await ada.call('POST', '/api/v1/rules', {}), 403, 'role_lacks_right');
    assert.deepEqual(good(await ada.call('GET', '/api/v1/candidates'))['items'], []);
    const may = good(await session(ada))['may'] as Record<string, string>;
    assert.equal(may['candidates.see'], 'own_jobs');
    assert.equal(may['users.manage'], 'none');
  });

  test('a session that is not one’s own does not exist, but for a Super Admin', async () => {
    const { sessionId } = good(await session(grace));
    refused(
      await ada.call('DELETE', `/api/v1/sessions/${String(sessionId)}`),
      404,
      'session_not_found',
    );
    const mine = good(await session(ada));
    const other = good<{ items: unknown[] }>(
      await grace.call('GET', `/api/v1/users/${String(mine['id'])}/sessions`),
    );
    assert.equal(other.items.length, 1);
    assert.equal(
      (await grace.call('DELETE', `/api/v1/sessions/${String(mine['sessionId'])}`)).status,
      204,
    );
    refused(await session(ada), 401, 'session_over');
    good(await signIn(ada, 'ada@example.com', passwords.ada));
  });
});

describe('users', () => {
  const idOf = async (email: string): Promise<string> => {
    const { items } = await world.api.get<{ items: Array<{ id: string; email: string }> }>(
      '/users',
    );
    return items.find((one) => one.email === email)?.id ?? '';
  };

  test('the last active Super Admin can neither be demoted nor deactivated, not even by two at once', async () => {
    const [one, two] = [await idOf('grace@example.com'), await idOf('alan@example.com')];
    const demote = (id: string) => world.api.call('PATCH', `/users/${id}`, { role: 'admin' });
    refused(
      await grace.call('PATCH', `/api/v1/users/${one}`, { role: 'admin' }),
      409,
      'last_super_admin',
    );
    refused(await grace.call('POST', `/api/v1/users/${one}/deactivate`), 409, 'last_super_admin');
    good(await grace.call('PATCH', `/api/v1/users/${two}`, { role: 'super_admin' }));
    const codes = (await Promise.all([demote(one), demote(two)])).map(({ status }) => status);
    assert.deepEqual(codes.sort(), [200, 409]);
    for (const id of [one, two])
      await world.api.call('PATCH', `/users/${id}`, { role: 'super_admin' });
    good(await grace.call('PATCH', `/api/v1/users/${two}`, { role: 'admin' }));
  });

  test('a deactivated user is out at once, with sessions and keys, and comes back by sign-in', async () => {
    const alan = openBrowser(world.url);
    good(await signIn(alan, 'alan@example.com', passwords.alan));
    const key = await world.as('admin', 'alan@example.com');
    assert.equal((await key.call('GET', '/me')).status, 200);
    const id = await idOf('alan@example.com');
    good(await grace.call('POST', `/api/v1/users/${id}/deactivate`));
    refused(await session(alan), 401, 'session_over');
    assert.equal((await key.call('GET', '/me')).status, 401);
    refused(await signIn(alan, 'alan@example.com', passwords.alan), 401, 'sign_in_wrong');
    good(await grace.call('POST', `/api/v1/users/${id}/reactivate`));
    refused(await session(alan), 401, 'session_over');
    good(await signIn(alan, 'alan@example.com', passwords.alan));
    assert.equal((await key.call('GET', '/me')).status, 200);
  });

  test('a new role holds from the next request on', async () => {
    const alan = openBrowser(world.url);
    await signIn(alan, 'alan@example.com', passwords.alan);
    const id = await idOf('alan@example.com');
    assert.equal((await alan.call('GET', '/api/v1/rules')).status, 200);
    good(await grace.call('PATCH', `/api/v1/users/${id}`, { role: 'interviewer' }));
    refused(await alan.call('GET', '/api/v1/rules'), 403, 'role_lacks_right');
  });
});

describe('passwords', () => {
  test('a forgotten one is set anew by the mailed link, once, and all sessions end', async () => {
    const ada = openBrowser(world.url);
    good(await signIn(ada, 'ada@example.com', passwords.ada));
    const before = world.sandbox.mailbox.list({ to: 'ada@example.com' }).length;
    const forgot = (email: string) =>
      openBrowser(world.url).call('POST', '/api/v1/password/forgot', { email });
    const known = await forgot('ada@example.com');
    const unknown = await forgot('nobody@example.com');
    assert.deepEqual([known.status, known.text], [unknown.status, unknown.text]);
    const token = tokenIn(await mailTo('ada@example.com', before));
    passwords.ada = 'poetical science of numbers';
    const reset = () =>
      openBrowser(world.url).call('POST', '/api/v1/password/reset', {
        token,
        password: passwords.ada,
      });
    assert.equal((await reset()).status, 204);
    refused(await reset(), 403, 'reset_link_wrong');
    refused(await session(ada), 401, 'session_over');
    good(await signIn(ada, 'ada@example.com', passwords.ada));
    assert.equal(world.sandbox.mailbox.list({ to: 'nobody@example.com' }).length, 0);
  });

  test('a link of yesterday is no longer good, and a stranger cannot have many sent', async () => {
    const before = world.sandbox.mailbox.list({ to: 'ada@example.com' }).length;
    const forgot = () =>
      openBrowser(world.url).call('POST', '/api/v1/password/forgot', { email: 'ada@example.com' });
    assert.equal((await forgot()).status, 202);
    const token = tokenIn(await mailTo('ada@example.com', before));
    await sql`update one_time_link set expires_at = now() - interval '1 second' where purpose = 'reset'`.execute(
      db,
    );
    const answer = await openBrowser(world.url).call('POST', '/api/v1/password/reset', {
      token,
      password: passwords.ada,
    });
    refused(answer, 403, 'reset_link_wrong');
    assert.equal((await forgot()).status, 202);
    refused(await forgot(), 429, 'too_many_attempts');
  });

  test('changing it needs the current one, ends all other sessions, and this one goes on anew', async () => {
    const ada = openBrowser(world.url);
    const elsewhere = openBrowser(world.url);
    await signIn(ada, 'ada@example.com', passwords.ada);
    await signIn(elsewhere, 'ada@example.com', passwords.ada);
    const old = new Map(ada.cookies);
    const change = (current: string, password: string) =>
      ada.call('POST', '/api/v1/password/change', { current, password });
    const next = 'the engine weaves patterns';
    refused(await change('not the current one', next), 422, 'password_wrong');
    refused(await change(passwords.ada, 'short'), 422, 'password_weak');
    assert.equal((await change(passwords.ada, next)).status, 204);
    good(await session(ada));
    refused(await session(elsewhere), 401, 'session_over');
    ada.cookies = old;
    refused(await session(ada), 401, 'session_over');
    refused(await signIn(ada, 'ada@example.com', passwords.ada), 401, 'sign_in_wrong');
    good(await signIn(ada, 'ada@example.com', next));
  });
});

test('locked out, the last Super Admin comes back by a link from the command line', async () => {
  const { db, publicUrl, now } = world.hub.hub;
  await sql`update app_user set active = false where email = 'grace@example.com'`.execute(db);
  const replaced = tokenIn(await newSetupLink(db, publicUrl, now()));
  const token = tokenIn(await newSetupLink(db, publicUrl, now()));
  const wish = {
    name: 'Grace Hopper',
    email: 'grace@example.com',
    password: 'nanoseconds on a wire',
  };
  const browser = openBrowser(world.url);
  refused(
    await browser.call('POST', '/api/v1/setup', { ...wish, token: replaced }),
    403,
    'setup_link_wrong',
  );
  const me = good(await browser.call('POST', '/api/v1/setup', { ...wish, token }), 201);
  assert.equal(me['role'], 'super_admin');
  refused(await browser.call('POST', '/api/v1/setup', { ...wish, token }), 403, 'setup_link_wrong');
  good(await browser.call('GET', '/api/v1/users'));
});

test('the audit log knows each of it, and neither log nor audit holds a password or a link', async () => {
  const seen = new Set(await acts());
  for (const act of [
    'setup.link',
    'setup.recover',
    'session.begin',
    'session.end',
    'session.end_all',
    'invitation.create',
    'invitation.resend',
    'invitation.withdraw',
    'invitation.accept',
    'user.change',
    'user.deactivate',
    'user.reactivate',
    'password.forgot',
    'password.reset',
    'password.change',
  ])
    // prettier-ignore
    assert.ok(seen.has(act), act);
  const { rows } = await sql`select * from audit`.execute(db);
  const all = `${JSON.stringify(rows)}${log.filter((line) => !line.includes('/setup/')).join('\n')}`;
  for (const secret of Object.values(passwords)) assert.ok(!all.includes(secret));
  assert.doesNotMatch(all, /\/(invitation|reset)\/[\w-]{32}/);
  assert.doesNotMatch(log.join('\n'), /@example\.com/);
});
