import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { atOnce } from '#store/testing-at-once.ts';
import {
  connect,
  eventually,
  items,
  problem,
  read,
  settingsOf,
  startWorld,
  type Call,
  type World,
} from './testing.ts';
import { onlyOneWins } from './testing-at-once.ts';

let world: World;
let admin: Call;
let lever = '';
let ashby = '';
let codingame = '';

before(async () => {
  world = await startWorld();
  admin = await world.as('super_admin');
  lever = await connect(world, admin, 'lever');
  ashby = await connect(world, admin, 'ashby');
  codingame = await connect(world, admin, 'codingame');
});
after(() => world.close());

const draft = (connector: string, change: Record<string, string> = {}) => ({
  connector,
  settings: { ...settingsOf(world, connector), ...change },
});

const hooksOf = async (id: string): Promise<Array<Record<string, string>>> =>
  (await admin('GET', `/api/v1/connections/${id}`)).body['webhooks'] as unknown as Array<
    Record<string, string>
  >;

describe('connectors', () => {
  test('are listed with the fields of their forms, hosts and OAuth', async () => {
    interface Listed {
      id: string;
      webhooks: boolean;
      oauth: object;
      settings: Array<{ name: string; secret: boolean; choices: string | null }>;
    }
    const all = items<Listed>(await admin('GET', '/api/v1/connectors'));
    const one = all.find(({ id }) => id === 'lever');
    assert.deepEqual(one?.oauth, { available: true, configured: true });
    assert.equal(one.webhooks, true);
    assert.equal(one.settings.find(({ name }) => name === 'apiKey')?.secret, true);
    assert.equal(one.settings.find(({ name }) => name === 'performAs')?.choices, 'users');
    assert.ok(all.some(({ id, webhooks }) => id === 'codeinterview' && !webhooks));
  });
});

describe('a connection', () => {
  test('shows what its test found and what the vendor can do, and never a secret', async () => {
    const shown = await admin('GET', `/api/v1/connections/${lever}`);
    assert.equal(shown.body['state'], 'active');
    assert.deepEqual(shown.body['capabilities'], ['ats', 'webhooks']);
    assert.deepEqual(shown.body['secretsStored'], ['apiKey']);
    assert.deepEqual(shown.body['problems'], []);
    const listed = await admin('GET', '/api/v1/connections');
    assert.deepEqual(
      items<{ id: string }>(listed).map(({ id }) => id),
      [lever, ashby, codingame],
    );
    for (const id of ['lever', 'ashby', 'codingame']) {
      const { apiKey = '' } = settingsOf(world, id);
      for (const text of [shown.text, listed.text, ...world.log])
        assert.ok(!text.includes(apiKey), id);
    }
  });

  test('is listed in pages, oldest first', async () => {
    const walked: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const page = await admin('GET', `/api/v1/connections?limit=1${cursor}`);
      assert.equal(items(page).length, 1);
      walked.push(...items<{ id: string }>(page).map(({ id }) => id));
      next = page.body['next'] as unknown as string | null;
    }
    assert.deepEqual(walked, [lever, ashby, codingame]);
  });

  test('a silent hook says so with what to do; Ashby’s ping makes its hooks healthy', async () => {
    const [silent] = await hooksOf(lever);
    assert.equal(silent?.['status'], 'no_delivery_yet');
    assert.equal(silent['text'], 'registered, no delivery seen yet');
    assert.match(silent['hint'] ?? '', /Super Admin/);
    for (const hook of await hooksOf(ashby)) assert.equal(hook['status'], 'healthy');
  });

  test('a rename keeps the rest, and a bad new key is refused and not stored', async () => {
    const renamed = await admin('PATCH', `/api/v1/connections/${lever}`, { name: 'Our Lever' });
    assert.equal(renamed.body['name'], 'Our Lever');
    const bad = await admin('PATCH', `/api/v1/connections/${lever}`, {
      settings: { apiKey: 'wrong' },
    });
    problem(bad, 422, 'vendor_unauthorized', 'settings.apiKey');
    assert.equal((await admin('POST', `/api/v1/connections/${lever}/test`)).status, 200);
    const { body } = await admin('GET', '/api/v1/audit');
    assert.match(JSON.stringify(body), /"act":"connection.change".*"fields":\["name"\]/);
  });

  test('that two change at once keeps what both said, tested together', async () => {
    const where = `/api/v1/connections/${lever}`;
    const before = (await admin('GET', where)).body;
    const settings = before['settings'] as unknown as Record<string, string>;
    const users = items<{ id: string }>(await admin('GET', `${where}/choices/users`));
    const other = users.find(({ id }) => id !== settings['performAs']);
    const change = { webBase: 'https://people.example.com', performAs: other?.id };
    const answers = await atOnce(world.running.hub.db, 'connection', () =>
      Object.entries(change).map(([name, value]) =>
        admin('PATCH', where, { settings: { [name]: value } }),
      ),
    );
    for (const { status, text } of answers) assert.equal(status, 200, text);
    const now = (await admin('GET', where)).body;
    assert.deepEqual(now['settings'], { ...settings, ...change });
    assert.equal(now['version'], Number(before['version']) + 2);
  });

  test('that several change at once is changed by one; pausing it changes nothing', async () => {
    const where = `/api/v1/connections/${codingame}`;
    const bodies = ['One', 'Two', 'Three'].map((name) => ({ name }));
    const about = { table: 'connection', where, bodies, method: 'PATCH' } as const;
    const { before: old, now } = await onlyOneWins(world, admin, about);
    for (const act of ['pause', 'resume'])
      assert.equal((await admin('POST', `${where}/${act}`)).headers.get('etag'), now);
    const key = { settings: { apiKey: settingsOf(world, 'codingame')['apiKey'] } };
    const late = await admin('PATCH', where, key, { 'if-match': old });
    problem(late, 412, 'changed_meanwhile', 'If-Match');
    const changed = await admin('PATCH', where, key, { 'if-match': now });
    assert.equal(changed.status, 200, changed.text);
    assert.notEqual(changed.headers.get('etag'), now, 'a key counts, which is never shown');
  });

  test('pause stops it with a reason, resume lets it go on', async () => {
    const paused = await admin('POST', `/api/v1/connections/${ashby}/pause`);
    assert.equal(paused.body['state'], 'paused');
    assert.equal(paused.body['attention'], true);
    assert.match(
      JSON.stringify(paused.body['pause']),
      /"code":"by_hand","text":"Paused by a super_admin/,
    );
    const resumed = await admin('POST', `/api/v1/connections/${ashby}/resume`);
    assert.equal(resumed.body['state'], 'active');
    assert.equal(resumed.body['pause'], null);
  });

  test('a hook deleted at the vendor is said, and made again when asked only', async () => {
    const listed = await leverHooks();
    await page(world, 'lever', `/settings/webhooks/${listed[0] ?? ''}/delete`);
    assert.equal((await admin('POST', `/api/v1/connections/${lever}/sweep`)).status, 202);
    const removed = await eventually(async () =>
      (await hooksOf(lever)).find(({ status }) => status === 'removed_at_vendor'),
    );
    assert.equal(removed['text'], 'removed at the vendor: subscribe again?');
    assert.equal((await leverHooks()).length, listed.length - 1);
    await admin('POST', `/api/v1/connections/${lever}/subscribe`, { replaceForeign: false });
    assert.ok((await hooksOf(lever)).every(({ status }) => status !== 'removed_at_vendor'));
    assert.equal((await leverHooks()).length, listed.length);
  });

  test('lists to choose from are paged in the vendor’s order', async () => {
    const whole = await admin('GET', `/api/v1/connections/${lever}/choices/stages?limit=100`);
    const all = items<{ id: string }>(whole).map(({ id }) => id);
    assert.ok(all.length > 2);
    const first = await admin('GET', `/api/v1/connections/${lever}/choices/stages?limit=2`);
    const second = await admin(
      'GET',
      `/api/v1/connections/${lever}/choices/stages?limit=2&cursor=${read(first, 'next')}`,
    );
    const walked = [...items<{ id: string }>(first), ...items<{ id: string }>(second)];
    assert.deepEqual(
      walked.map(({ id }) => id),
      all.slice(0, 4),
    );
    const one = items<{ id: string; name: string }>(whole)[2];
    for (const query of [
      `choice=${one?.id ?? ''}`,
      `search=${encodeURIComponent(one?.name.toUpperCase() ?? '')}`,
    ]) {
      const found = await admin('GET', `/api/v1/connections/${lever}/choices/stages?${query}`);
      assert.deepEqual(
        items<{ id: string }>(found).map(({ id }) => id),
        [one?.id],
        query,
      );
    }
    problem(await admin('GET', `/api/v1/connections/${lever}/choices/secrets`), 404, 'not_found');
    assert.ok(
      items(await admin('GET', `/api/v1/connections/${codingame}/choices/tests`)).length > 0,
    );
  });

  test('whoever sees templates reads the names of what they hold, and not how connections fare', async () => {
    const limited = await world.as('limited_team_member');
    const accounts = items<Record<string, unknown>>(await limited('GET', '/api/v1/accounts'));
    const one = accounts.find(({ id }) => id === codingame);
    assert.deepEqual(Object.keys(one ?? {}), ['id', 'connector', 'name', 'role', 'capabilities']);
    const first = await limited('GET', '/api/v1/accounts?limit=1');
    const rest = await limited('GET', `/api/v1/accounts?limit=100&cursor=${read(first, 'next')}`);
    assert.deepEqual([...items(first), ...items(rest)], accounts);
    const choices = `/api/v1/connections/${codingame}/choices`;
    assert.deepEqual(
      items(await limited('GET', `${choices}/tests`)),
      items(await admin('GET', `${choices}/tests`)),
    );
    assert.deepEqual(items(await limited('GET', `${choices}/templates`)), []);
    for (const kind of ['stages', 'tags', 'jobs', 'users'])
      problem(await limited('GET', `${choices}/${kind}`), 403, 'role_lacks_right');
  });

  test('removing it deletes our hooks and tells how many rules rest', async () => {
    const id = await connect(world, admin, 'codeinterview');
    const gone = await admin('DELETE', `/api/v1/connections/${id}`);
    assert.deepEqual(gone.body, { deleteByHand: [], restingRules: 0 });
    problem(await admin('GET', `/api/v1/connections/${id}`), 404, 'connection_not_found');
    problem(await admin('POST', `/api/v1/connections/${id}/sweep`), 404, 'connection_not_found');
  });
});

const leverHooks = async (): Promise<string[]> => {
  const { apiKey = '' } = settingsOf(world, 'lever');
  const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
  const answer = await world.emulators['lever']?.api.request('/v1/webhooks', {
    headers: { authorization },
  });
  const { data } = (await answer?.json()) as { data: Array<{ id: string }> };
  return data.map(({ id }) => id);
};

/** Plays the vendor's side: posts a form of its pages. */
const page = async (
  of: World,
  id: string,
  path: string,
  form: Record<string, string> = {},
): Promise<void> => {
  const answer = await of.emulators[id]?.pages.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  assert.equal(answer?.status, 303, await answer?.text());
};

describe('a draft that is not right', () => {
  test('a wrong key is said to be the key, on test and on create; nothing is stored', async () => {
    const wrong = draft('ashby', { apiKey: 'wrong' });
    problem(
      await admin('POST', '/api/v1/connections/test', wrong),
      422,
      'vendor_unauthorized',
      'settings.apiKey',
    );
    const made = await admin('POST', '/api/v1/connections', { ...wrong, name: 'x' });
    problem(made, 422, 'vendor_unauthorized', 'settings.apiKey');
    assert.equal(items(await admin('GET', '/api/v1/connections')).length, 3);
  });

  test('a pasted header is cleaned to the bare key', async () => {
    const { apiKey = '' } = settingsOf(world, 'codingame');
    const pasted = draft('codingame', { apiKey: `  Authorization: Bearer ${apiKey}\n` });
    assert.equal((await admin('POST', '/api/v1/connections/test', pasted)).status, 200);
  });

  test('users to act as come back while none is chosen yet', async () => {
    const { performAs: _, ...settings } = settingsOf(world, 'lever');
    const answer = await admin('POST', '/api/v1/connections/test', {
      connector: 'lever',
      settings,
    });
    const choices = answer.body['choices'] as unknown as { performAs: unknown[] };
    assert.ok(choices.performAs.length > 0, answer.text);
  });

  test('a missing permission is named with where to grant it', async () => {
    const answer = await world.emulators['lever']?.pages.request('/settings/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=narrow&permissions=users%3Aread%3Aadmin&permissions=stages%3Aread%3Aadmin',
    });
    const html = (await answer?.text()) ?? '';
    const key = /<(?:code|input)[^>]*?(?:value="|>)([\w+/=-]{20,})/.exec(html)?.[1] ?? '';
    assert.notEqual(key, '', html);
    const tested = await admin('POST', '/api/v1/connections/test', draft('lever', { apiKey: key }));
    assert.equal(tested.status, 200, tested.text);
    const { permissions } = tested.body['verification'] as unknown as {
      permissions: Array<{ name: string; state: string; where?: string }>;
    };
    const missing = permissions.find(({ name }) => name === 'tags:read:admin');
    assert.equal(missing?.state, 'missing');
    assert.match(missing.where ?? '', /Lever/);
  });

  test('a host that cannot be found or answers HTML is not the key’s fault', async () => {
    const nowhere = draft('ashby', { apiBase: 'http://nowhere.test' });
    problem(await admin('POST', '/api/v1/connections/test', nowhere), 502, 'vendor_unreachable');
    world.emulators['ashby']?.faults.push({ kind: 'html', match: '', times: 1 });
    problem(
      await admin('POST', '/api/v1/connections/test', draft('ashby')),
      502,
      'vendor_unexpected_shape',
    );
  });

  test('a vendor that puts off is a 503 with Retry-After, and the answer is not kept', async () => {
    world.emulators['codingame']?.faults.push({ kind: 429, match: '', times: 1, retryAfter: '1' });
    const once = { 'idempotency-key': 'draft-1' };
    const put = await admin('POST', '/api/v1/connections/test', draft('codingame'), once);
    problem(put, 503, 'vendor_rate_limited');
    assert.equal(put.headers.get('retry-after'), '1');
    const again = await eventually(async () => {
      const answer = await admin('POST', '/api/v1/connections/test', draft('codingame'), once);
      return answer.status === 200 && answer;
    });
    assert.equal(again.headers.get('idempotency-replayed'), null);
  });

  test('unknown settings and bad hosts name the field', async () => {
    problem(
      await admin('POST', '/api/v1/connections/test', draft('ashby', { colour: 'x' })),
      422,
      'settings_invalid',
      'settings.colour',
    );
    problem(
      await admin('POST', '/api/v1/connections/test', draft('ashby', { apiBase: 'ftp://x' })),
      422,
      'settings_invalid',
      'settings.apiBase',
    );
    problem(
      await admin('POST', '/api/v1/connections/test', { connector: 'ashby', settings: {} }),
      422,
      'settings_invalid',
      'settings.apiKey',
    );
  });
});

describe('OAuth', () => {
  test('leads to the vendor with a state that works once', async () => {
    const { apiKey: _key, performAs: _user, ...settings } = settingsOf(world, 'lever');
    const begun = await admin('POST', '/api/v1/connections/oauth', {
      connector: 'lever',
      name: 'By consent',
      settings,
    });
    const to = new URL(read(begun, 'authorizeUrl'));
    assert.equal(to.host, 'emulator.test');
    assert.equal(to.searchParams.get('redirect_uri'), 'https://hub.example.com/oauth/callback');
    const state = to.searchParams.get('state') ?? '';
    const back = (query: string) => world.stranger('GET', `/oauth/callback?${query}`);
    const denied = await back(`state=${state}&error=access_denied`);
    assert.equal(denied.status, 400);
    assert.match(denied.text, /oauth_denied/);
    const again = await back(`state=${state}&code=x`);
    assert.equal(again.status, 400);
    assert.match(again.text, /oauth_state_invalid/);
  });

  test('a forged state is a page without redirect or markup of its own', async () => {
    const forged = await world.stranger(
      'GET',
      '/oauth/callback?state=<script>x</script>&code=y&next=https://evil.example',
    );
    assert.equal(forged.status, 400);
    assert.equal(forged.headers.get('location'), null);
    assert.doesNotMatch(forged.text, /<script|evil/);
  });

  test('vendors without it say so', async () => {
    const asked = await admin('POST', '/api/v1/connections/oauth', {
      connector: 'ashby',
      name: 'x',
    });
    problem(asked, 422, 'oauth_not_offered', 'connector');
  });
});
