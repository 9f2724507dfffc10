import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openCase, type CaseOverrides } from '#connectors/conformance-coding-case.ts';
import { codingConformance } from '#connectors/conformance-coding.ts';
import { ConnectorError } from '#connectors/contract.ts';
import { createEmulator } from './emulator/index.ts';
import connector from './index.ts';
import { sessionSchema, toResult } from './mapping.ts';
import { webhookFormat } from './webhook.ts';

codingConformance((overrides) => openCase(connector, createEmulator, overrides), {
  unknownId: 'ZZZZZZ-ZZZ',
});

const ada = { name: 'Ada King Lovelace', email: 'ada@candidates.example' };
const hook = 'https://hub.example/hooks/s3cretpath';

const open = (overrides: CaseOverrides = {}) => {
  const opened = openCase(connector, createEmulator, overrides);
  const { assessments, webhooks } = opened.capabilities;
  assert.ok(assessments && webhooks);
  const invite = (ref = 'r1', callbackUrl: string | null = null, testId = '2904') =>
    assessments.invite({ ref, testId, candidate: ada, callbackUrl });
  const take = (id: string, score: string) =>
    opened.page(`/test/${id}/start`, {}).then(() => opened.page(`/test/${id}/finish`, { score }));
  const sent = () =>
    JSON.parse(opened.emulator.requests.at(-1)?.body ?? '') as Record<string, unknown>;
  return { ...opened, assessments, webhooks, invite, take, sent };
};

const answering = (body: unknown, status = 200): CaseOverrides => ({
  fetch: () => () => Response.json(body, { status }),
});

const failing = async (call: Promise<unknown>): Promise<ConnectorError> => {
  const thrown = await call.catch((reason: unknown) => reason);
  assert.ok(thrown instanceof ConnectorError);
  return thrown;
};

void describe('codility settings', () => {
  void test('clean a key that was copied with its header', () => {
    const pasted = { ...open().emulator.credentials(), apiKey: ' Authorization: Bearer abc123 \n' };
    assert.equal(connector.settings.parse(pasted)['apiKey'], 'abc123');
  });
});

void describe('codility assessments', () => {
  void test('offers the tests that are not archived, from all pages', async () => {
    const pages = open({
      fetch: () => (url) => {
        const page = Number(new URL(url).searchParams.get('page') ?? '1');
        assert.equal(new URL(url).host, 'emulator.test');
        return Response.json({
          results: [{ id: page, name: `Test ${String(page)}`, is_archived: page === 2 }],
          next:
            page < 3
              ? `https://elsewhere.example/codility/api/tests/?page=${String(page + 1)}`
              : null,
        });
      },
    });
    const offered = await pages.assessments.tests();
    assert.deepEqual(offered, [
      { id: '1', name: 'Test 1' },
      { id: '3', name: 'Test 3' },
    ]);
    const names = (await open().assessments.tests()).map(({ name }) => name);
    assert.deepEqual(names, ['Backend engineer', 'Frontend engineer', 'Demo test']);
  });

  void test('invites with the ref as the candidate’s id and asks for both callbacks', async () => {
    const { invite, sent, mails } = open();
    const { id, url } = await invite('k3x9q2ab', hook);
    assert.match(id, /^[A-Z2-9]{6}-[A-Z2-9]{3}$/);
    assert.ok(mails[0]?.text.includes(url));
    assert.deepEqual(sent(), {
      candidates: [
        { id: 'k3x9q2ab', first_name: 'Ada', last_name: 'King Lovelace', email: ada.email },
      ],
      event_callbacks: [
        { event: 'result', url: hook },
        { event: 'similarity', url: hook },
      ],
    });
    await invite('k3x9q2ac');
    assert.equal('event_callbacks' in sent(), false);
  });

  void test('finds an invitation on a later page of the sessions', async () => {
    const { invite, assessments, emulator } = open();
    for (let number = 0; number < 45; number += 1) await invite(`r${String(number)}`);
    const before = emulator.requests.length;
    const found = await assessments.find('r44');
    assert.equal(emulator.requests.length - before, 3);
    assert.equal(found?.dashboardUrl, `http://emulator.test/codility/sessions/${found?.id ?? ''}`);
  });

  void test('does not say "not there" of a list that has no end', async () => {
    const { assessments, emulator } = open({
      fetch: () => (url) => Response.json({ results: [], next: url }),
    });
    const failure = await failing(assessments.find('r1'));
    assert.equal(failure.kind, 'unexpected_shape');
    assert.equal(failure.surelyNotDone, false);
    assert.equal(emulator.requests.length, 0);
  });

  void test('follows a test to its result, and to the similarity that comes later', async () => {
    const { invite, assessments, take, page, advance } = open();
    const { id } = await invite();
    await page(`/test/${id}/start`, {});
    assert.equal((await assessments.result(id))?.status, 'started');
    advance(1_800_000);
    await take(id, '82');
    const first = await assessments.result(id);
    assert.equal(first?.status, 'completed');
    assert.deepEqual([first.score, first.maxScore, first.percent], [164, 200, 82]);
    assert.equal(first.verdict, null);
    assert.equal((first.finishedAt ?? 0) - (first.startedAt ?? 0), 1_800_000);
    await page(`/sessions/${id}/similarity`, { verdict: 'high' });
    assert.equal((await assessments.result(id))?.verdict, 'similarity: high');
  });

  void test('cancels at the address that the session names, on the host of the settings alone', async () => {
    const asked: string[] = [];
    const { assessments } = open({
      fetch: () => (url, init) => {
        asked.push(`${init.method ?? ''} ${url}`);
        const session = 'https://evil.example/codility/api/sessions/A-1/';
        return Response.json({ url: session, cancel_url: `${session}cancel/` });
      },
    });
    assert.equal(await assessments.cancel('A-1'), 'cancelled');
    assert.equal(asked[1], 'POST http://emulator.test/codility/api/sessions/A-1/cancel/');
  });

  void test('says too_late of a test that was begun, also in the middle of cancelling', async () => {
    const begun = open();
    const { id } = await begun.invite();
    await begun.page(`/test/${id}/start`, {});
    assert.equal(await begun.assessments.cancel(id), 'too_late');
    const racing = open({
      fetch: (emulated) => async (url, init) => {
        if (init.method === 'POST' && url.endsWith('/cancel/'))
          await racing.page(`/test/${invited.id}/start`, {});
        return emulated(url, init);
      },
    });
    const invited = await racing.invite();
    assert.equal(await racing.assessments.cancel(invited.id), 'too_late');
  });

  void test('names the fields that were refused, never what stood in them', async () => {
    const { invite } = open(answering({ candidates: [`${ada.email} is not good`] }, 400));
    const failure = await failing(invite());
    assert.equal(failure.kind, 'rejected');
    assert.match(failure.message, /\(400, candidates\)/);
    assert.ok(!failure.message.includes(ada.email));
  });

  void test('does not take the 404 page of a wrong host for a vanished session', async () => {
    const { assessments } = open({
      fetch: () => () => new Response('<html>Not here</html>', { status: 404 }),
    });
    assert.equal((await failing(assessments.result('A-1'))).kind, 'unexpected_shape');
  });

  void test('reads the similarity whatever its type', () => {
    const verdict = (similarity: unknown) =>
      toResult(
        sessionSchema.parse({
          url: 'https://codility.com/api/sessions/A-1/',
          evaluation: { result: 1, max_result: 2 },
          similarity,
        }),
      ).verdict;
    assert.equal(verdict(undefined), null);
    assert.equal(verdict(''), null);
    assert.equal(verdict(12), 'similarity: 12');
    assert.equal(verdict(false), 'similarity: none');
    assert.equal(verdict({ level: 'odd' }), 'similarity: see the report');
  });
});

void describe('codility callbacks', () => {
  const parse = (body: string) =>
    webhookFormat.parse({
      headers: new Headers(),
      body: new TextEncoder().encode(body),
      url: hook,
    });

  void test('registers nothing, since every invitation carries the address', async () => {
    const { webhooks, emulator } = open();
    const request = { event: '', url: hook, secret: 's', known: null, replaceForeign: false };
    assert.deepEqual(await webhooks.subscribe(request), { state: 'per_invitation' });
    assert.equal(await webhooks.health({ event: '', id: null, url: hook }), 'unknown');
    assert.equal(await webhooks.unsubscribe({ event: '', id: null, url: hook }), 'gone');
    assert.equal(emulator.requests.length, 0);
  });

  void test('wakes the session for the result and again for the similarity', async () => {
    const { invite, take, page, deliveries, advance } = open();
    const { id } = await invite('r1', hook);
    await take(id, '40');
    await page(`/sessions/${id}/similarity`, { verdict: 'none' });
    advance(0);
    assert.deepEqual(
      deliveries.map(({ url, body }) => [url, parse(body)]),
      ['result', 'similarity'].map((event) => [
        hook,
        { event, dedupeKey: null, wakes: [{ kind: 'assessment', id }] },
      ]),
    );
  });

  void test('refuses what is no callback', () => {
    const odd = [
      '', '{', 'null', '[]', '7', '{"event":"result"}', '{"event":"result","session":{"url":""}}',
      '{"session":{"url":"https://codility.com/api/sessions/A-1/"}}',
      '{"event":"result","session":{"url":"https://codility.com/api/sessions/A%201/"}}',
    ]; // prettier-ignore
    for (const body of odd) assert.throws(() => parse(body), { kind: 'unexpected_shape' }, body);
  });
});

void describe('codility verification', () => {
  const verify = (overrides: CaseOverrides) => {
    const { link } = open(overrides);
    return connector.verify({ ...link, settings: connector.settings.parse(link.settings) });
  };

  void test('says that the mapping of live sessions is a guess, and probes its list', async () => {
    const { account, warnings, permissions } = await verify({});
    assert.equal(account[0]?.value, '3');
    assert.match(warnings.join(), /does not publish how live sessions .* is a guess/);
    const list = (found: typeof permissions) =>
      found.find(({ name }) => name === 'List live sessions')?.state;
    assert.equal(list(permissions), 'granted');
    assert.equal(
      list((await verify({ settings: { liveListPath: '/rooms/' } })).permissions),
      'missing',
    );
    assert.equal(
      list((await verify({ settings: { liveListPath: '' } })).permissions),
      'not_checked',
    );
  });

  void test('counts the links of a pool and warns of no guess', async () => {
    const settings = { liveMode: 'pool', livePool: 'https://a.example/1\n\nhttps://a.example/2' };
    const { account, warnings } = await verify({ settings });
    assert.equal(account[1]?.value, 'pool of 2 links');
    assert.deepEqual(warnings, []);
  });
});
