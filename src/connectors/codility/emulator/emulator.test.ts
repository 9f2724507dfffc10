import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openCase } from '#connectors/conformance-coding-case.ts';
import connector from '../index.ts';
import { createEmulator } from './index.ts';

const open = (saved?: unknown) => {
  const opened = openCase(connector, createEmulator, { saved });
  const { emulator } = opened;
  const call = async (line: string, body?: unknown, key = emulator.credentials()['apiKey']) => {
    const [method = 'GET', path = ''] = line.split(' ');
    return emulator.api.request(path, {
      method,
      headers: key === '' ? {} : { authorization: `Bearer ${key ?? ''}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  const read = async (line: string, body?: unknown) =>
    (await (await call(line, body)).json()) as Record<string, unknown>;
  const invite = async (candidate: Record<string, unknown> = {}) => {
    const body = { candidates: [{ id: 'r1', email: 'ada@x.example', ...candidate }] };
    const { candidates } = (await read('POST /tests/2904/invite/', body)) as {
      candidates: Array<{ id: string; test_link: string; session_url: string }>;
    };
    assert.ok(candidates[0]);
    return candidates[0];
  };
  const text = async (path: string) => (await opened.page(path)).text();
  return { ...opened, call, read, invite, text };
};

void describe('the emulated Codility', () => {
  void test('answers 401 in two ways: to no key, and to one that is wrong or deleted', async () => {
    const { call, page } = open();
    const none = await call('GET /tests/', undefined, '');
    assert.equal(none.status, 401);
    assert.match(JSON.stringify(await none.json()), /credentials were not provided/);
    assert.equal((await call('GET /tests/', undefined, 'nope')).status, 401);
    await page('/account/integrations/1/delete', {});
    assert.equal((await call('GET /tests/')).status, 401);
  });

  void test('creates an integration whose header is copied with the words before the key', async () => {
    const { page, text, call } = open();
    await page('/account/integrations', { name: 'Scheduling' });
    const copied = /Authorization: Bearer (\w+)/.exec(await text('/account/integrations'))?.[0];
    assert.ok(copied);
    const { apiKey } = connector.settings.parse({ apiKey: copied });
    assert.match(apiKey, /^\w{30}$/);
    assert.equal((await call('GET /tests/', undefined, apiKey)).status, 200);
  });

  void test('keeps 500 requests an hour, and says when to come back', async () => {
    const { call, advance } = open();
    for (let number = 0; number < 500; number += 1) await call('GET /tests/2904/');
    const refused = await call('GET /tests/');
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), '8');
    advance(8_000);
    assert.equal((await call('GET /tests/')).status, 200);
  });

  void test('sends a reader on to the address with a slash', async () => {
    const moved = await open().call('GET /tests?is_archived=True');
    assert.equal(moved.status, 301);
    assert.equal(
      moved.headers.get('location'),
      'http://emulator.test/codility/api/tests/?is_archived=True',
    );
  });

  void test('filters tests, and tells their addresses', async () => {
    const { read } = open();
    const { results } = (await read('GET /tests/?is_archived=True')) as {
      results: Array<Record<string, unknown>>;
    };
    assert.deepEqual(
      results.map((one) => [one['name'], one['invite_url']]),
      [['Java 2019', 'http://emulator.test/codility/api/tests/2650/invite/']],
    );
  });

  void test('refuses bad invitations by field, and makes nothing', async () => {
    const { call, read } = open();
    const refusals: Array<[body: unknown, field: string]> = [
      [{}, 'candidates'],
      [{ candidates: [] }, 'candidates'],
      [{ candidates: [{ email: 'ada@x.example' }] }, 'candidates'],
      [{ candidates: [{ id: 'r', email: 'nobody' }] }, 'candidates'],
      [{ candidates: [{ id: 'r' }], event_callbacks: [{ event: 'result', url: 'x' }] }, 'event_callbacks'],
      ['text', 'non_field_errors'],
    ]; // prettier-ignore
    for (const [body, field] of refusals) {
      const refused = await call('POST /tests/2904/invite/', body);
      assert.equal(refused.status, 400, field);
      assert.deepEqual(Object.keys((await refused.json()) as object), [field]);
    }
    assert.equal((await read('GET /sessions/'))['count'], 0);
  });

  void test('makes a session without an address, and mails nobody', async () => {
    const { invite, mails } = open();
    const { id, session_url } = await invite({ email: undefined });
    assert.equal(id, 'r1');
    assert.match(session_url, /\/api\/sessions\/[A-Z2-9]{6}-[A-Z2-9]{3}\/$/);
    assert.equal(mails.length, 0);
  });

  void test('tells a session by what it has: a start, then an evaluation, then a similarity', async () => {
    const { invite, read, page } = open();
    const { session_url } = await invite();
    const path = new URL(session_url).pathname.replace('/codility/api', '');
    const at = path.replace('/sessions/', '/test/');
    const told = async () => {
      const session = await read(`GET ${path}`);
      return ['start_date', 'evaluation', 'similarity', 'cancel_url'].map(
        (name) => session[name] !== null,
      );
    };
    assert.deepEqual(await told(), [false, false, false, true]);
    await page(`${at}start`, {});
    assert.deepEqual(await told(), [true, false, false, false]);
    await page(`${at}finish`, { score: '50', answer: 'x' });
    assert.deepEqual(await told(), [true, true, false, false]);
    await page(path.replace(/\/$/, '/similarity'), { verdict: 'none' });
    assert.deepEqual(await told(), [true, true, true, false]);
  });

  void test('lets the candidate in only when a host has entered and pressed Start', async () => {
    const { read, page, text } = open();
    const { id } = await read('POST /interviews/', { name: 'Pairing' });
    const room = `/live/${String(id)}`;
    await page(`${room}/join`, { role: 'guest', name: 'Ada' });
    await page(`${room}/start`, {});
    assert.match(await text(`${room}?as=guest`), /let in when the host presses Start/);
    await page(`${room}/join`, { role: 'host', name: 'Grace' });
    assert.match(await text(`${room}?as=host`), /Ada waits in the lobby/);
    await page(`${room}/start`, {});
    await page(`${room}/write`, { role: 'guest', code: 'print(1)' });
    assert.match(await text(`${room}?as=host`), /print\(1\)/);
    await page(`${room}/end`, {});
    assert.match(await text(room), /This session has ended/);
  });

  void test('never runs what was typed', async () => {
    const attack = '</textarea><script>alert(1)</script>';
    const { invite, read, page, text } = open();
    const { session_url } = await invite({ first_name: attack });
    const sessionId = session_url.split('/').at(-2) ?? '';
    await page(`/test/${sessionId}/start`, {});
    await page(`/test/${sessionId}/finish`, { answer: attack });
    await page('/account/integrations', { name: attack });
    const { id } = await read('POST /interviews/', { name: attack });
    await page(`/live/${String(id)}/join`, { role: 'host', name: attack });
    const paths = ['/', '/tests', '/interviews', '/account/integrations', `/sessions/${sessionId}`,
      `/test/${sessionId}/`, `/live/${String(id)}?as=host`]; // prettier-ignore
    for (const path of paths) {
      const shown = await page(path);
      assert.equal(shown.status, 200, path);
      assert.ok(!(await shown.text()).includes('<script>'), path);
    }
    assert.match(await text('/tests'), /Backend engineer/);
    assert.equal((await page('/live/none')).status, 404);
  });

  void test('lives on from a snapshot without repeating an id', async () => {
    const before = open();
    const first = await before.invite();
    const after = open(JSON.parse(JSON.stringify(before.emulator.snapshot())));
    assert.equal((await after.read('GET /sessions/'))['count'], 1);
    assert.notEqual((await after.invite()).session_url, first.session_url);
  });
});
