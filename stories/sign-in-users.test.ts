/** Who may sign in: invitations, roles, forgotten passwords, and the last Super Admin's way back in. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { sql } from 'kysely';
import { sendAccountMail } from '#jobs/account-mail.ts';
import { newSetupLink } from '#jobs/set-up.ts';
import { tick } from '#jobs/tick.ts';
import { good, openBrowser, refused, session, signIn, tokenIn } from './browser.ts';
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

const passwords = {
  grace: 'compile the bug out of it',
  ada: 'notes on the analytical engine',
  alan: 'can machines think about tea',
};
const grace = openBrowser(world.url);
const setup = await grace.call('POST', '/api/v1/setup', {
  token: tokenIn(world.hub.setupLink ?? ''),
  name: 'Grace Hopper',
  email: 'grace@example.com',
  password: passwords.grace,
});
assert.equal(setup.status, 201, setup.text);

const acts = async (): Promise<string[]> => {
  const { items } = await world.api.get<{ items: Array<{ act: string }> }>('/audit?limit=100');
  return items.map(({ act }) => act);
};

/** The newest mail to somebody, as it arrived there. */
const mailTo = async (address: string, known = 0): Promise<string> => {
  const mail = await until(`a mail to ${address}`, () => {
    const mails = world.sandbox.mailbox.list({ to: address });
    return mails.length > known && mails[0];
  });
  return mail.text;
};

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
    const all = await grace.call('DELETE', `/api/v1/users/${String(mine['id'])}/sessions`);
    assert.equal(good(all)['ended'], 1);
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
    for (let round = 0; round < 20; round += 1) {
      const codes = (await Promise.all([demote(one), demote(two)])).map(({ status }) => status);
      assert.deepEqual(codes.sort(), [200, 409]);
      for (const id of [one, two])
        await world.api.call('PATCH', `/users/${id}`, { role: 'super_admin' });
    }
    good(await grace.call('PATCH', `/api/v1/users/${two}`, { role: 'admin' }));
  });

  test('a deactivated user is out at once, with sessions and keys, and comes back by sign-in', async () => {
    const alan = openBrowser(world.url);
    good(await signIn(alan, 'alan@example.com', passwords.alan));
    const key = await world.as('admin', 'alan@example.com');
    assert.equal((await key.call('GET', '/me')).status, 200);
    const id = await idOf('alan@example.com');
    good(await grace.call('POST', `/api/v1/users/${id}/deactivate`));
    const { rows } = await sql`select id from session where user_id = ${id}`.execute(db);
    assert.deepEqual(rows, []);
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
    const guest = { token, name: 'Mallory', password: passwords.ada };
    for (const [path, body, code] of [
      ['/setup', { ...guest, email: 'mallory@example.com' }, 'setup_link_wrong'],
      ['/invitations/accept', guest, 'invitation_link_wrong'],
    ] as const)
      refused(await openBrowser(world.url).call('POST', `/api/v1${path}`, body), 403, code);
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

describe('mails about accounts', () => {
  const server = world.emulator('smtp');
  const root = '/api/v1/invitations';
  const outbox = async (to: string) => {
    interface Listed {
      items: Array<{ id: string; to: string; state: string; error: string | null }>;
    }
    const { items } = await world.api.get<Listed>('/mails?limit=100');
    return items.find((mail) => mail.to === to);
  };
  const invite = (email: string) => grace.call('POST', root, { email, role: 'interviewer' });

  test('what the server puts off is said, and goes out later, once and unchanged', async () => {
    server.faults.push({ kind: 429, match: 'RCPT /', times: 1 });
    good(await invite('later@example.com'), 201);
    const put = await until('it is put off', async () => {
      const mail = await outbox('later@example.com');
      return mail?.error ? mail : null;
    });
    assert.equal(put.state, 'composed');
    await tick(world.hub.hub);
    const token = tokenIn(await mailTo('later@example.com'));
    good(await openBrowser(world.url).call('POST', `${root}/look`, { token }));
    await until('it is settled', async () => (await outbox('later@example.com'))?.state === 'sent');
    await tick(world.hub.hub);
    await sendAccountMail(world.hub.hub, { mailId: put.id });
    assert.equal((await outbox('later@example.com'))?.state, 'sent');
    assert.equal(world.sandbox.mailbox.list({ to: 'later@example.com' }).length, 1);
  });

  test('a refused one is shown as bounced, and its token is forgotten', async () => {
    server.faults.push({ kind: 550, match: 'RCPT /', times: 1 });
    good(await invite('bounce@example.com'), 201);
    await until(
      'it bounced',
      async () => (await outbox('bounce@example.com'))?.state === 'bounced',
    );
    const { rows } = await sql`select id from one_time_link where sealed is not null`.execute(db);
    assert.deepEqual(rows, []);
  });

  test('a link that ran out while its mail waited is not sent any more', async () => {
    server.faults.push({ kind: 429, match: 'RCPT /', times: 1 });
    good(await invite('too-late@example.com'), 201);
    await until('it is put off', async () => (await outbox('too-late@example.com'))?.error);
    await sql`update one_time_link set expires_at = now() - interval '1 second' where sealed is not null`.execute(
      db,
    );
    await tick(world.hub.hub);
    await until('it is kept', async () => (await outbox('too-late@example.com'))?.state === 'kept');
    assert.equal(world.sandbox.mailbox.list({ to: 'too-late@example.com' }).length, 0);
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
