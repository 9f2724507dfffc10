import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openCase, type CaseOverrides } from '#connectors/conformance-coding-case.ts';
import { codingConformance } from '#connectors/conformance-coding.ts';
import { ConnectorError } from '#connectors/contract.ts';
import { createEmulator } from './emulator/index.ts';
import connector from './index.ts';

codingConformance((overrides) => openCase(connector, createEmulator, overrides), {
  unknownId: '0123456789abc',
});

const ada = { name: 'Ada Lovelace', email: 'ada@candidates.example' };

const open = (overrides: CaseOverrides = {}) => {
  const opened = openCase(connector, createEmulator, overrides);
  const { liveSessions } = opened.capabilities;
  assert.ok(liveSessions);
  const create = (ref = 'r1', title = 'Technical quiz') =>
    liveSessions.create({ ref, title, templateId: null, candidate: ada });
  const key = opened.emulator.credentials()['apiKey'] ?? '';
  const call = async (line: string, init: RequestInit = {}, withKey = key) => {
    const [method = 'GET', path = ''] = line.split(' ');
    return opened.emulator.api.request(`/1${path}?key=${withKey}`, { ...init, method });
  };
  const read = async (line: string, init?: RequestInit) =>
    (await (await call(line, init)).json()) as Record<string, unknown>;
  return { ...opened, live: liveSessions, create, call, read, key };
};

const answering = (body: unknown, status = 200): CaseOverrides => ({
  fetch: () => () => Response.json(body, { status }),
});

const kindOf = async (call: Promise<unknown>): Promise<string> => {
  const thrown = await call.catch((reason: unknown) => reason);
  assert.ok(thrown instanceof ConnectorError);
  return thrown.kind;
};

void describe('codeinterview live sessions', () => {
  void test('names the pad by title and ref, and gives the link of the vendor', async () => {
    const { create, read } = open();
    const session = await create('k3x9q2ab');
    assert.equal(session.url, `http://emulator.test/codeinterview/${session.id}`);
    const pad = await read(`GET /pads/${session.id}`);
    assert.equal(pad['name'], 'Technical quiz [k3x9q2ab]');
  });

  void test('keeps the ref whole behind a very long title', async () => {
    const { create, live } = open();
    const session = await create('k3x9q2ab', '\u{1f600}'.repeat(400));
    assert.equal((await live.find('k3x9q2ab'))?.id, session.id);
  });

  void test('builds the link of a found pad from the web address, since lists have none', async () => {
    const { create, live } = open({ settings: { webBase: 'https://pads.example/' } });
    const { id } = await create();
    assert.deepEqual(await live.find('r1'), { id, url: `https://pads.example/${id}` });
  });

  void test('finds a pad that somebody ended, so that it is not made again', async () => {
    const { create, live, page } = open();
    const { id } = await create();
    await page(`/${id}/end`, {});
    assert.equal((await live.find('r1'))?.id, id);
  });

  void test('finds among names that are missing or end alike', async () => {
    const list = [{ id: 'a1' }, { id: 'b2', name: 'x [r12]' }, { id: 'c3', name: 'x [r1] ' }];
    assert.equal((await open(answering(list)).live.find('r1'))?.id, 'c3');
    assert.equal(await open(answering(list)).live.find('r'), null);
  });

  void test('has no templates', async () => {
    assert.deepEqual(await open().live.templates(), []);
  });

  void test('locks the candidate out by ending', async () => {
    const { create, live, page, read } = open();
    const { id } = await create();
    await live.end(id);
    assert.equal(typeof (await read(`GET /pads/${id}`))['ended_at'], 'number');
    assert.match(await (await page(`/${id}`)).text(), /This interview has ended/);
  });

  void test('reads success under either name, and nothing else as success', async () => {
    await open(answering({ msg: 'success' })).live.end('a1');
    await open(answering({ message: 'success' })).live.end('a1');
    assert.equal(await kindOf(open(answering({ msg: 'locked' })).live.end('a1')), 'rejected');
  });

  void test('does not hand on a link that is none', async () => {
    const odd = answering({ message: 'success', id: 'a1', url: 'javascript:alert(1)' });
    assert.equal(await kindOf(open(odd).create()), 'unexpected_shape');
  });

  void test('says unexpected_shape of a list that is none', async () => {
    const { live } = open(answering({ message: 'invalid key' }));
    assert.equal(await kindOf(live.find('r1')), 'unexpected_shape');
  });

  void test('sends the key in the query alone, and the request log hides it', async () => {
    const seen: Array<{ url: string; init: RequestInit }> = [];
    const { create, emulator, key } = open({
      fetch: (emulated) => (url, init) => {
        seen.push({ url, init });
        return emulated(url, init);
      },
    });
    await create();
    assert.equal(new URL(seen[0]?.url ?? '').searchParams.get('key'), key);
    assert.ok(!JSON.stringify(seen[0]?.init).includes(key));
    assert.ok(!JSON.stringify(emulator.requests).includes(key));
    assert.equal(emulator.requests[0]?.path, '/1/pads/new?key=***');
  });

  void test('tells in its verification how many interviews the key sees', async () => {
    const { create, link } = open();
    await create();
    const settings = connector.settings.parse(link.settings);
    const { account } = await connector.verify({ ...link, settings });
    assert.deepEqual(account, [{ label: 'Interviews that this key sees', value: '1' }]);
  });
});

void describe('the emulated CodeInterview', () => {
  const json = { 'content-type': 'application/json' };

  void test('answers 401 to a wrong or revoked key', async () => {
    const { call, page, key, emulator } = open();
    assert.equal((await call('GET /pads', {}, 'nope')).status, 401);
    await page('/settings/key', { action: 'revoke' });
    assert.equal((await call('GET /pads', {}, key)).status, 401);
    await page('/settings/key', { action: 'generate' });
    assert.equal((await call('GET /pads', {}, key)).status, 401);
    assert.equal((await call('GET /pads', {}, emulator.credentials()['apiKey'])).status, 200);
  });

  void test('says message when it makes a pad and msg when it ends one', async () => {
    const { read } = open();
    const made = await read('POST /pads/new', { headers: json, body: '{"name":"A"}' });
    assert.deepEqual(Object.keys(made), ['message', 'id', 'url']);
    assert.match(String(made['id']), /^[0-9a-f]{13}$/);
    assert.deepEqual(await read(`POST /pads/${String(made['id'])}/end`), { msg: 'success' });
  });

  void test('takes the name as JSON, as a form, or not at all', async () => {
    const { read } = open();
    const nameAfter = async (init: RequestInit) => {
      const { id } = await read('POST /pads/new', init);
      return (await read(`GET /pads/${String(id)}`))['name'];
    };
    assert.equal(await nameAfter({ headers: json, body: '{"name":"A"}' }), 'A');
    assert.equal(await nameAfter({ body: new URLSearchParams({ name: 'B' }) }), 'B');
    assert.equal(await nameAfter({}), 'Untitled interview');
    assert.equal(await nameAfter({ headers: json, body: 'broken' }), 'Untitled interview');
  });

  void test('lists pads without their links, the newest first', async () => {
    const { create, call } = open();
    const first = await create('r1');
    const second = await create('r2');
    const pads = (await (await call('GET /pads')).json()) as Array<Record<string, unknown>>;
    assert.deepEqual(
      pads.map((pad) => pad['id']),
      [second.id, first.id],
    );
    assert.deepEqual(Object.keys(pads[0] ?? {}), ['id', 'name', 'timestamp', 'ended_at']);
  });

  void test('does not show the pads of strangers', async () => {
    const { emulator, call } = open();
    const { pads } = emulator.snapshot() as { pads: Array<{ id: string; visible: boolean }> };
    assert.equal(pads[0]?.visible, false);
    assert.equal((await call(`GET /pads/${pads[0].id}`)).status, 404);
    assert.equal((await call(`POST /pads/${pads[0].id}/end`)).status, 404);
    assert.deepEqual(await (await call('GET /pads')).json(), []);
  });

  void test('tells what was written in a pad, until it has ended', async () => {
    const { create, page, read } = open();
    const { id } = await create();
    const write = (code: string) =>
      page(`/${id}/write`, { code, notes: 'good', language: 'C/C++', name: 'Ada' });
    await write('int main;');
    await page(`/${id}/end`, {});
    await write('too late');
    const pad = await read(`GET /pads/${id}`);
    assert.equal(pad['code'], 'int main;');
    assert.equal(pad['notes'], 'good');
    assert.equal(pad['language'], 'C/C++');
  });

  void test('keeps the time of the first end', async () => {
    const { create, live, read, advance } = open();
    const { id } = await create();
    await live.end(id);
    const { ended_at: endedAt } = await read(`GET /pads/${id}`);
    advance(60_000);
    await live.end(id);
    assert.equal((await read(`GET /pads/${id}`))['ended_at'], endedAt);
  });

  void test('asks for a name, opens the editor, and never runs what was typed', async () => {
    const { create, page } = open();
    const attack = '</textarea><script>alert(1)</script>';
    const { id } = await create();
    assert.match(await (await page(`/${id}`)).text(), /Your name/);
    const joined = await page(`/${id}/join`, { name: 'Ada' });
    assert.equal(joined.status, 303);
    assert.equal(joined.headers.get('location'), `/codeinterview/${id}?name=Ada`);
    await page(`/${id}/write`, { code: attack, notes: attack, name: 'Ada' });
    await page(`/${id}/rename`, { title: attack });
    for (const path of [`/${id}?name=Ada`, '/', '/settings']) {
      const response = await page(path);
      assert.equal(response.status, 200, path);
      assert.ok(!(await response.text()).includes('<script>'), path);
    }
    assert.equal((await page('/0123456789abc')).status, 404);
  });

  void test('lives on from a snapshot without repeating an id', async () => {
    const before = open();
    const first = await before.create('r1');
    const saved: unknown = JSON.parse(JSON.stringify(before.emulator.snapshot()));
    const after = open({ saved });
    assert.equal((await after.live.find('r1'))?.id, first.id);
    assert.notEqual((await after.create('r2')).id, first.id);
  });
});
