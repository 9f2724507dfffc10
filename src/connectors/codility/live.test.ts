import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openCase, type CaseOverrides } from '#connectors/conformance-coding-case.ts';
import { ConnectorError, type LinkPool } from '#connectors/contract.ts';
import { createEmulator } from './emulator/index.ts';
import connector from './index.ts';

const ada = { name: 'Ada Lovelace', email: 'ada@candidates.example' };

/** What the hub keeps in its database. */
const memoryPool = (): LinkPool => {
  const held = new Map<string, string>();
  return {
    take: (ref, links) => {
      const given = [...held.values()];
      const url = held.get(ref) ?? links.find((one) => !given.includes(one)) ?? null;
      if (url !== null) held.set(ref, url);
      return Promise.resolve(url);
    },
    find: (ref) => Promise.resolve(held.get(ref) ?? null),
  };
};

const open = (settings: Record<string, string> = {}, overrides: CaseOverrides = {}) => {
  const opened = openCase(connector, createEmulator, { ...overrides, settings });
  const link = {
    ...opened.link,
    settings: connector.settings.parse(opened.link.settings),
    pool: memoryPool(),
  };
  const live = connector.connect(link).liveSessions;
  assert.ok(live);
  const create = (ref = 'r1', title = 'Pairing', templateId: string | null = null) =>
    live.create({ ref, title, templateId, candidate: ada });
  const sent = () =>
    JSON.parse(opened.emulator.requests.at(-1)?.body ?? '') as Record<string, unknown>;
  return { ...opened, live, create, sent };
};

const failing = async (call: Promise<unknown>): Promise<ConnectorError> => {
  const thrown = await call.catch((reason: unknown) => reason);
  assert.ok(thrown instanceof ConnectorError);
  return thrown;
};

/** The settings of an account whose API is quite another. */
const otherShape = {
  livePath: '/rooms/new/',
  liveNameField: 'data.title',
  liveFirstNameField: 'data.who.given',
  liveLastNameField: '',
  liveEmailField: 'mail',
  liveRefField: '',
  liveIdPath: 'room.key',
  liveLinkPath: 'room.links.join',
  liveListPath: '/rooms/',
  liveEndMethod: 'POST',
  liveEndPath: '/rooms/{id}/close/',
};

void describe('codility live sessions by the API', () => {
  void test('sends what the settings name and takes the link of the answer', async () => {
    const { create, sent, live } = open();
    const session = await create('k3x9q2ab', 'Pairing', 'whiteboard');
    assert.equal(session.url, `http://emulator.test/codility/live/${session.id}`);
    assert.deepEqual(sent(), {
      name: 'Pairing',
      candidate: { first_name: 'Ada', last_name: 'Lovelace', email: ada.email },
      template_id: 'whiteboard',
      external_id: 'k3x9q2ab',
    });
    assert.equal(live.linkLifetime, null);
  });

  void test('offers templates only where the settings say where they stand', async () => {
    assert.deepEqual(await open().live.templates(), []);
    const templates = await open({ liveTemplatesPath: '/interview_templates/' }).live.templates();
    assert.deepEqual(templates[0], { id: 'whiteboard', name: 'Whiteboard' });
  });

  void test('speaks another shape when the settings say so', async () => {
    const asked: Array<{ line: string; body: unknown }> = [];
    const room = {
      data: { title: 'Pairing [r1]' },
      room: { key: 77, links: { join: 'https://rooms.example/77' } },
    };
    const { create, live } = open(otherShape, {
      fetch: () => (url, init) => {
        const path = new URL(url).pathname.replace('/codility/api', '');
        const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null;
        asked.push({ line: `${init.method ?? ''} ${path}`, body });
        return Response.json(init.method === 'GET' ? [{ data: null }, room] : room);
      },
    });
    const session = { id: '77', url: 'https://rooms.example/77' };
    assert.deepEqual(await create(), session);
    assert.deepEqual(asked[0], {
      line: 'POST /rooms/new/',
      body: {
        data: { title: 'Pairing [r1]', who: { given: 'Ada' } },
        mail: ada.email,
      },
    });
    assert.deepEqual(await live.find('r1'), session);
    assert.equal(await live.find('1'), null);
    assert.equal(await live.end('77'), 'ended');
    assert.equal(asked.at(-1)?.line, 'POST /rooms/77/close/');
  });

  void test('keeps the ref whole behind a very long title', async () => {
    const { create, live, sent } = open({ liveRefField: '' });
    const session = await create('k3x9q2ab', `x${'\u{1f600}'.repeat(400)}`);
    assert.equal(sent()['name'], `x${'\u{1f600}'.repeat(59)} [k3x9q2ab]`);
    assert.equal((await live.find('k3x9q2ab'))?.id, session.id);
  });

  void test('says which setting to look at when the answer is another', async () => {
    const failure = await failing(open({ liveLinkPath: 'link' }).create());
    assert.equal(failure.kind, 'unexpected_shape');
    assert.match(failure.message, /Check the mapping of live sessions in the settings/);
    const refusal = await failing(open({ liveNameField: 'title' }).create());
    assert.equal(refusal.kind, 'rejected');
    assert.match(refusal.message, /\(400, name\)/);
  });

  void test('ends a session, and says unused where it cannot', async () => {
    const { create, live, page } = open();
    const { id } = await create();
    assert.equal(await live.end(id), 'ended');
    assert.match(await (await page(`/live/${id}`)).text(), /This session has ended/);
    assert.equal(await live.end(id), 'ended');
    assert.equal(await live.find('r1'), null);
    const mute = open({ liveEndPath: '' });
    assert.equal(await mute.live.end((await mute.create()).id), 'unused');
  });

  void test('does not take a wrong path of ending for a session that is gone', async () => {
    const wrong = open({ liveEndPath: '/rooms/{id}/' });
    assert.equal(await wrong.live.end((await wrong.create()).id), 'unused');
    const blind = open({ liveListPath: '' });
    assert.equal(await blind.live.end('ZZZZZZ-ZZZ'), 'unused');
  });

  void test('never says "not there" where there is no list to look into', async () => {
    const failure = await failing(open({ liveListPath: '' }).live.find('r1'));
    assert.equal(failure.surelyNotDone, false);
  });

  void test('leaves prototypes alone, whatever field the settings name', async () => {
    const { create, sent } = open({ liveLastNameField: 'constructor.prototype.polluted' });
    await create();
    assert.deepEqual(sent()['constructor'], { prototype: { polluted: 'Lovelace' } });
    assert.equal('polluted' in {}, false);
  });
});

void describe('codility live links without the API', () => {
  const pool = {
    liveMode: 'pool',
    livePool:
      'https://app.codility.com/a\n\n https://app.codility.com/b \r\nhttps://app.codility.com/a',
  };

  void test('gives every pasted link once, in their order, and asks for more at the end', async () => {
    const { create, live, emulator } = open(pool);
    const first = await create('r1');
    assert.equal(first.url, 'https://app.codility.com/a');
    assert.equal((await create('r2')).url, 'https://app.codility.com/b');
    assert.deepEqual(await create('r1'), first);
    assert.deepEqual(await live.find('r1'), first);
    assert.equal(await live.find('r3'), null);
    const failure = await failing(create('r3'));
    assert.equal(failure.kind, 'rejected');
    assert.equal(failure.surelyNotDone, true);
    assert.match(failure.message, /^codility: .+ no link left of 2\. Paste further links/);
    assert.equal(await live.end(first.id), 'unused');
    assert.equal(emulator.requests.length, 0);
  });

  void test('fills the ref into a pattern', async () => {
    const { create, live, emulator } = open({
      liveMode: 'pattern',
      livePattern: 'https://rooms.example/{ref}?room={ref}',
    });
    const session = await create('k3x9q2ab');
    assert.equal(session.url, 'https://rooms.example/k3x9q2ab?room=k3x9q2ab');
    assert.equal(await live.end(session.id), 'unused');
    assert.equal(emulator.requests.length, 0);
  });

  void test('does not ask the API to end a link that was pasted in an earlier mode', async () => {
    const { live, emulator } = open();
    assert.equal(await live.end('https://app.codility.com/a'), 'unused');
    assert.equal(emulator.requests.length, 0);
  });

  void test('names the setting that is missing or wrong', () => {
    const wrong: Array<[field: string, settings: Record<string, string>]> = [
      ['livePool', { liveMode: 'pool' }],
      ['livePool', { liveMode: 'pool', livePool: 'https://a.example/1\nnot an address' }],
      ['livePool', { liveMode: 'pool', livePool: 'javascript:alert(1)' }],
      ['livePattern', { liveMode: 'pattern' }],
      ['livePattern', { liveMode: 'pattern', livePattern: 'https://a.example/room' }],
      ['livePath', { livePath: 'interviews' }],
      ['livePath', { livePath: '' }],
      ['liveLinkPath', { liveLinkPath: '' }],
      ['liveRefField', { liveRefField: '', liveNameField: '' }],
      ['liveRefField', { liveRefField: '__proto__.x' }],
      ['liveEndPath', { liveEndPath: '/interviews/' }],
    ];
    for (const [field, settings] of wrong) {
      const parsed = connector.settings.safeParse({ apiKey: 'k', ...settings });
      assert.equal(parsed.error?.issues[0]?.path[0], field, JSON.stringify(settings));
    }
    assert.ok(connector.settings.safeParse({ apiKey: 'k' }).success);
  });
});
