import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openCase, type CaseOverrides } from '#connectors/conformance-coding-case.ts';
import { codingConformance } from '#connectors/conformance-coding.ts';
import { webhookConformance } from '#connectors/conformance-webhooks.ts';
import { ConnectorError } from '#connectors/contract.ts';
import { createEmulator } from './emulator/index.ts';
import connector from './index.ts';
import { testSchema, toResult } from './mapping.ts';
import { webhookFormat } from './webhook.ts';

codingConformance((overrides) => openCase(connector, createEmulator, overrides), {
  unknownId: '999999',
});

const ada = { name: 'Ada Lovelace', email: 'ada@candidates.example' };
const hook = 'https://hub.example/hooks/s3cretpath';

const open = (overrides: CaseOverrides = {}) => {
  const opened = openCase(connector, createEmulator, overrides);
  const { assessments, webhooks } = opened.capabilities;
  assert.ok(assessments && webhooks);
  const invite = (testId = '101', ref = 'r1', candidate = ada) =>
    assessments.invite({ ref, testId, candidate });
  const subscribe = (url = hook, replaceForeign = false) =>
    webhooks.subscribe({ event: '', url, secret: '', known: null, replaceForeign });
  /** Posts a form of the candidate's page: the link in the invitation mail. */
  const take = (link: string, action: string, form: Record<string, string> = {}) =>
    opened.page(`${new URL(link).pathname.replace('/codingame', '')}/${action}`, form);
  const linkIn = (text = ''): string => /http:\S+/.exec(text)?.[0] ?? '';
  return { ...opened, assessments, webhooks, invite, subscribe, take, linkIn };
};

void describe('codingame assessments', () => {
  void test('offers the campaigns that are not archived', async () => {
    const tests = await open().assessments.tests();
    assert.deepEqual(tests[0], { id: '101', name: 'Backend engineer' });
    assert.deepEqual(
      tests.map((one) => one.id),
      ['101', '102', '103'],
    );
  });

  void test('has the vendor mail the link that the invitation returns', async () => {
    const { invite, mails, emulator } = open();
    const { url } = await invite();
    assert.equal(mails.length, 1);
    assert.equal(mails[0]?.to, ada.email);
    assert.equal(mails[0].subject, 'Your Backend engineer test');
    assert.ok(mails[0].text.includes(url));
    assert.deepEqual(JSON.parse(emulator.requests.at(-1)?.body ?? ''), {
      candidate_email: ada.email,
      candidate_name: ada.name,
      tags: 'loopwright-r1',
      send_invitation_email: true,
      allow_duplicate_invitations: true,
    });
  });

  void test('cuts a name that is longer than the vendor takes, never through a character', async () => {
    const { invite, emulator } = open();
    await invite('101', 'r1', { ...ada, name: `${'a'.repeat(99)}\u{1f600}` });
    const body = JSON.parse(emulator.requests.at(-1)?.body ?? '') as { candidate_name: string };
    assert.equal(body.candidate_name, 'a'.repeat(99));
  });

  void test('follows a test from invitation to its result', async () => {
    const { invite, assessments, take, mails, linkIn, advance } = open();
    const { id } = await invite();
    const link = linkIn(mails[0]?.text);
    await take(link, 'start');
    const started = await assessments.result(id);
    assert.equal(started?.status, 'started');
    assert.equal(started.verdict, null);
    advance(1_800_000);
    await take(link, 'finish', { score: '85', answer: 'return xs.reverse()' });
    const result = await assessments.result(id);
    assert.equal(result?.status, 'completed');
    assert.equal(result.percent, 85);
    assert.equal(result.score, 340);
    assert.equal(result.maxScore, 400);
    assert.equal(result.verdict, 'to review');
    assert.equal(result.reportUrl, `http://emulator.test/codingame/tests/${id}`);
    assert.equal((result.finishedAt ?? 0) - (result.startedAt ?? 0), 1_800_000);
  });

  void test('tells approval, cheating and warnings in the verdict after a re-grade', async () => {
    const { invite, assessments, take, page } = open();
    const { id, url } = await invite();
    await take(url, 'start');
    await take(url, 'finish', { score: '85' });
    await page(`/tests/${id}/grade`, {
      score: '40',
      approval: 'REJECTED',
      cheated: 'yes',
      warnings: 'Left the window',
    });
    const result = await assessments.result(id);
    assert.equal(result?.percent, 40);
    assert.equal(result.verdict, 'rejected; marked as cheated; warnings: Left the window');
  });

  void test('waits for the person who grades an open question', async () => {
    const { invite, assessments, take, page } = open();
    const { id, url } = await invite('103');
    await take(url, 'start');
    await take(url, 'finish', { score: '60' });
    assert.equal((await assessments.result(id))?.status, 'pending_review');
    await page(`/tests/${id}/grade`, { score: '70', approval: 'APPROVED' });
    assert.equal((await assessments.result(id))?.status, 'completed');
  });

  void test('counts a test that was begun and given up as completed, and says so', async () => {
    const { invite, assessments, take } = open();
    const { id, url } = await invite();
    await take(url, 'start');
    await take(url, 'abort');
    const result = await assessments.result(id);
    assert.equal(result?.status, 'completed');
    assert.equal(result.percent, 0);
    assert.match(result.verdict ?? '', /^aborted/);
  });

  void test('says too_late of a test that was begun, and leaves it alone', async () => {
    const { invite, assessments, take } = open();
    const { id, url } = await invite();
    await take(url, 'start');
    assert.equal(await assessments.cancel(id), 'too_late');
    assert.equal((await assessments.result(id))?.status, 'started');
  });

  void test('explains an archived campaign by what to do', async () => {
    const { invite, page } = open();
    await page('/campaigns/101/archive', { archived: 'yes' });
    await assert.rejects(
      invite(),
      (thrown) =>
        thrown instanceof ConnectorError &&
        thrown.kind === 'rejected' &&
        thrown.message.includes('(InvalidCampaignId). The campaign is gone or archived.'),
    );
  });

  void test('finds the recruiter page together with the link', async () => {
    const { invite, assessments } = open();
    const { id } = await invite();
    const found = await assessments.find('r1');
    assert.equal(found?.dashboardUrl, `http://emulator.test/codingame/tests/${id}`);
  });

  void test('refuses to conclude "not there" from a filter that does not filter', async () => {
    const { invite, assessments } = open({
      fetch: (emulated) => (url, init) => emulated(url.replace(/tag=[^&]*/, 'limit=50'), init),
    });
    const ids: string[] = [];
    for (let index = 0; index < 51; index += 1)
      ids.push((await invite('101', `n${String(index)}`)).id);
    assert.equal((await assessments.find('n49'))?.id, ids[49]);
    assert.equal((await assessments.find('n5'))?.id, ids[5]);
    await assert.rejects(
      assessments.find('n0'),
      (thrown) => thrown instanceof ConnectorError && thrown.kind === 'unexpected_shape',
    );
  });

  void test('does not take the 404 page of a wrong host for a vanished test', async () => {
    const { assessments } = open({
      fetch: () => () => new Response('<html>Not here</html>', { status: 404 }),
    });
    await assert.rejects(
      assessments.result('7001'),
      (thrown) => thrown instanceof ConnectorError && thrown.kind === 'unexpected_shape',
    );
  });
});

void describe('codingame results', () => {
  const status = (over: Record<string, unknown>) =>
    toResult(testSchema.parse({ id: 5, status: 'waiting', ...over })).status;

  void test('reads states it has never heard of by the times', () => {
    assert.equal(status({ status: 'paused' }), 'invited');
    assert.equal(status({ status: 'paused', start_time: 5 }), 'started');
    assert.equal(status({ status: 'archived', start_time: 5, end_time: 9 }), 'completed');
  });

  void test('counts a test that was aborted before it began as expired', () => {
    assert.equal(status({ status: 'aborted' }), 'expired');
  });

  void test('computes the percentage where the vendor gives points only', () => {
    const report = { points: 30, total_points: 40 };
    assert.equal(toResult(testSchema.parse({ id: 5, status: 'completed', report })).percent, 75);
  });

  void test('takes null for absent in every field but id and status', () => {
    const bare = toResult(testSchema.parse({ id: 5, status: 'completed', report: {} }));
    const names = ['points', 'total_points', 'score', 'warnings', 'marked_as_cheated_by_recruiter'];
    const nulls = {
      id: 5,
      status: 'completed',
      report: Object.fromEntries(names.map((name) => [name, null])),
      ...Object.fromEntries(
        ['tags', 'start_time', 'end_time', 'url', 'test_url', 'approval_status', 'questions'].map(
          (name) => [name, null],
        ),
      ),
    };
    assert.deepEqual(toResult(testSchema.parse(nulls)), bare);
    assert.equal(toResult(testSchema.parse({ ...nulls, report: null })).percent, null);
    assert.equal(bare.status, 'completed');
  });

  void test('survives fields of another type and a report without points', () => {
    const odd = {
      id: 5,
      status: 'completed',
      report: { score: 'n/a' },
      tags: 'x',
      url: 'javascript:1',
    };
    const result = toResult(testSchema.parse(odd));
    assert.equal(result.percent, null);
    assert.equal(result.score, null);
    assert.equal(result.reportUrl, null);
  });
});

webhookConformance(connector, {
  event: '',
  open: () => {
    const { emulator, webhooks, invite, take, deliveries, advance } = open();
    const encode = (body: string) => new TextEncoder().encode(body);
    return {
      emulator,
      webhooks,
      registered: () => {
        const { webhookUrl } = emulator.snapshot() as { webhookUrl: string | null };
        return webhookUrl === null ? [] : [{ event: '', url: webhookUrl }];
      },
      provoke: async () => {
        await take((await invite()).url, 'start');
        advance(0);
        return deliveries
          .splice(0)
          .map(({ url, body }) => ({ url, headers: new Headers(), body: encode(body) }));
      },
    };
  },
});

void describe('codingame webhooks', () => {
  void test('registers the one address, and again without a second call', async () => {
    const { subscribe, webhooks, emulator } = open();
    const subscribed = { state: 'subscribed', id: 'account', enabled: true };
    assert.deepEqual(await subscribe(), subscribed);
    assert.equal(emulator.requests.at(-1)?.body, JSON.stringify(hook));
    assert.deepEqual(await subscribe(), subscribed);
    assert.equal(emulator.requests.filter((one) => one.method === 'POST').length, 1);
    assert.equal(await webhooks.health({ event: '', id: 'account', url: hook }), 'enabled');
  });

  void test('moves our own address to a new host', async () => {
    const { subscribe, webhooks } = open();
    const moved = 'https://elsewhere.example/hooks/s3cretpath';
    await subscribe();
    assert.equal((await subscribe(moved)).state, 'subscribed');
    assert.equal(await webhooks.health({ event: '', id: null, url: moved }), 'enabled');
    assert.equal(await webhooks.health({ event: '', id: null, url: hook }), 'gone');
  });

  void test('leaves the address of somebody else until an admin agrees', async () => {
    const { subscribe, webhooks, page } = open();
    const foreign = 'https://other.example/codingame/other';
    await page('/integration/webhook', { url: foreign, send: 'on' });
    assert.deepEqual(await subscribe(), { state: 'foreign', url: foreign });
    assert.equal(await webhooks.unsubscribe({ event: '', id: null, url: hook }), 'gone');
    assert.equal(await webhooks.health({ event: '', id: null, url: foreign }), 'enabled');
    assert.equal((await subscribe(hook, true)).state, 'subscribed');
    assert.equal(await webhooks.health({ event: '', id: null, url: hook }), 'enabled');
  });

  void test('deletes our address, and says gone where there is none', async () => {
    const { subscribe, webhooks } = open();
    await subscribe();
    assert.equal(await webhooks.unsubscribe({ event: '', id: 'account', url: hook }), 'deleted');
    assert.equal(await webhooks.unsubscribe({ event: '', id: 'account', url: hook }), 'gone');
  });

  void test('reads 204 as no webhook, as some accounts answer', async () => {
    const { webhooks } = open({
      fetch: (emulated) => (url, init) =>
        url.endsWith('/webhook') ? new Response(null, { status: 204 }) : emulated(url, init),
    });
    assert.equal(await webhooks.health({ event: '', id: null, url: hook }), 'gone');
  });

  const parse = (body: string) =>
    webhookFormat.parse({
      headers: new Headers(),
      body: new TextEncoder().encode(body),
      url: hook,
    });

  void test('wakes the named test, or every open one when none is named', () => {
    assert.deepEqual(parse('{"id_test":7001,"id":4}').wakes, [{ kind: 'assessment', id: '7001' }]);
    assert.deepEqual(parse('{"id":"7002"}').wakes, [{ kind: 'assessment', id: '7002' }]);
    for (const body of ['', 'not json', 'null', '[]', '{"id":"x"}', '{"id":{}}', '"7001"'])
      assert.deepEqual(parse(body).wakes, [{ kind: 'assessments' }], body);
  });

  void test('never takes a second delivery with the same body for a repetition', () => {
    assert.notEqual(parse('{"id":7001}').dedupeKey, parse('{"id":7001}').dedupeKey);
  });

  void test('understands what the emulator sends', async () => {
    const { subscribe, invite, take, deliveries, advance } = open();
    await subscribe();
    const { id, url } = await invite();
    await take(url, 'start');
    advance(0);
    assert.equal(deliveries.length, 1);
    assert.equal(deliveries[0]?.url, hook);
    assert.deepEqual(parse(deliveries[0].body).wakes, [{ kind: 'assessment', id }]);
  });
});

void describe('codingame verification', () => {
  void test('shows organization and campaigns, and hides the path of the webhook', async () => {
    const { link, subscribe } = open();
    await subscribe();
    const { account, warnings } = await connector.verify(connectorLink(link));
    const shown = Object.fromEntries(account.map(({ label, value }) => [label, value]));
    assert.match(shown['Organization'] ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(shown['Campaigns'], '3');
    assert.equal(shown['Webhook address'], 'hub.example');
    assert.deepEqual(warnings, []);
  });

  void test('does without the newer account endpoint', async () => {
    const { link } = open({
      fetch: (emulated) => (url, init) =>
        url.endsWith('/me')
          ? Response.json({ code: 'NotFound', message: '' }, { status: 404 })
          : emulated(url, init),
    });
    const { account } = await connector.verify(connectorLink(link));
    assert.equal(account[0]?.label, 'Campaigns');
  });

  void test('warns when there is no campaign to choose', async () => {
    const { link, page } = open();
    for (const id of ['101', '102', '103'])
      await page(`/campaigns/${id}/archive`, { archived: 'yes' });
    const { warnings } = await connector.verify(connectorLink(link));
    assert.equal(warnings.length, 1);
  });

  const connectorLink = (link: ReturnType<typeof open>['link']) => ({
    ...link,
    settings: connector.settings.parse(link.settings),
  });
});
