import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openCase, type CaseOverrides } from '#connectors/conformance-coding-case.ts';
import connector from '../index.ts';
import { createEmulator } from './index.ts';

interface Session {
  id: number;
  status: string;
  candidate_email: string | null;
  report?: { score: number; community_stats?: number[] };
}
interface Listing {
  tests: Session[];
  pagination: { total: number; has_more_items: boolean; next_start?: number };
}

const open = (overrides: CaseOverrides = {}) => {
  const opened = openCase(connector, createEmulator, overrides);
  const { emulator } = opened;
  const call = async (line: string, body?: unknown, key = emulator.credentials()['apiKey']) => {
    const [method = 'GET', path = ''] = line.split(' ');
    return emulator.api.request(`/assessment/api/v1.1${path}`, {
      method,
      headers: { 'API-Key': key ?? '' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  const read = async (line: string, body?: unknown): Promise<unknown> =>
    (await call(line, body)).json();
  const invite = async (body: Record<string, unknown>, campaign = 101) =>
    (await read(`POST /campaigns/${String(campaign)}/actions/send`, body)) as {
      id: number;
      test_url: string;
    };
  const refusal = async (response: Response) =>
    `${String(response.status)} ${((await response.json()) as { code: string }).code}`;
  const list = async (query: string) => (await read(`GET /tests?${query}`)) as Listing;
  const token = (url: string) => new URL(url).pathname.replace('/codingame', '');
  return { ...opened, call, read, invite, refusal, list, token };
};

const ada = { candidate_email: 'ada@x.example', candidate_name: 'Ada' };

void describe('the emulated CodinGame', () => {
  void test('answers 401 with code and message to a wrong or revoked key', async () => {
    const { call, page, emulator } = open();
    const key = emulator.credentials()['apiKey'];
    const wrong = await call('GET /campaigns', undefined, 'nope');
    assert.equal(wrong.status, 401);
    assert.deepEqual(Object.keys((await wrong.json()) as object), ['code', 'message']);
    await page('/integration/key', { action: 'revoke' });
    assert.equal((await call('GET /campaigns', undefined, key)).status, 401);
    await page('/integration/key', { action: 'generate' });
    assert.equal((await call('GET /campaigns', undefined, key)).status, 401);
    assert.equal((await call('GET /campaigns')).status, 200);
  });

  void test('lists campaigns as an array at the top', async () => {
    const campaigns = (await open().read('GET /campaigns')) as Array<{ id: number }>;
    assert.equal(campaigns.length, 4);
    assert.deepEqual(Object.keys(campaigns[0] ?? {}), [
      'id',
      'name',
      'languages',
      'pinned',
      'archived',
    ]);
  });

  void test('makes a link without a candidate, and mails nobody', async () => {
    const { invite, mails } = open();
    const { id, test_url } = await invite({});
    assert.equal(typeof id, 'number');
    assert.match(test_url, /\/t\/[0-9a-f]{32}$/);
    assert.equal(mails.length, 0);
  });

  void test('mails by default when there is an address, and not when told not to', async () => {
    const { invite, mails } = open();
    await invite(ada);
    assert.equal(mails.length, 1);
    await invite({ ...ada, send_invitation_email: false });
    assert.equal(mails.length, 1);
  });

  void test('refuses bad invitations with its codes, and makes nothing', async () => {
    const { call, refusal, list } = open();
    const send = async (body: unknown, campaign = '101') =>
      refusal(await call(`POST /campaigns/${campaign}/actions/send`, body));
    assert.equal(await send(ada, '999'), '400 InvalidCampaignId');
    assert.equal(await send(ada, '104'), '400 InvalidCampaignId');
    assert.equal(
      await send({ ...ada, candidate_name: 'n'.repeat(101) }),
      '400 CandidateNameTooLong',
    );
    assert.equal(await send({ send_invitation_email: true }), '400 InvalidParameter');
    assert.equal(await send({ ...ada, tags: ['a'] }), '400 InvalidParameter');
    assert.equal(await send({ candidate_email: 'nobody' }), '400 InvalidParameter');
    assert.equal(await send('just text'), '400 InvalidParameter');
    assert.equal((await list('')).pagination.total, 0);
  });

  void test('refuses a duplicate only when asked to, and only while the first one waits', async () => {
    const { call, invite, refusal, page, token } = open();
    const strict = { ...ada, candidate_email: 'ADA@x.example', allow_duplicate_invitations: false };
    const { test_url } = await invite(ada);
    const refused = await call('POST /campaigns/101/actions/send', strict);
    assert.equal(await refusal(refused), '400 DuplicateInvitation');
    assert.ok((await invite(strict, 102)).id, 'another campaign is no duplicate');
    assert.ok((await invite({ ...ada, candidate_email: 'b@x.example' })).id);
    await page(`${token(test_url)}/start`, {});
    assert.ok((await invite(strict)).id);
  });

  void test('filters tests by every documented parameter', async () => {
    const { invite, list, advance } = open();
    const first = await invite({ ...ada, tags: 'loopwright-a1, x' });
    advance(1_000);
    const second = await invite({ candidate_email: 'bo@x.example', candidate_name: 'Bo' }, 102);
    const ids = async (query: string) => (await list(query)).tests.map((one) => one.id);
    assert.deepEqual(await ids(''), [second.id, first.id]);
    assert.deepEqual(await ids('tag=loopwright-a1'), [first.id]);
    assert.deepEqual(await ids('tag=loopwright'), []);
    assert.deepEqual(await ids('campaignId=102'), [second.id]);
    assert.deepEqual(await ids('candidateEmail=BO@x.example'), [second.id]);
    assert.deepEqual(await ids('search=ada'), [first.id]);
    assert.deepEqual(await ids('status=completed'), []);
    assert.deepEqual(await ids('product=map'), []);
    const start = Date.UTC(2026, 10, 23, 9);
    assert.deepEqual(await ids(`from=${String(start + 1)}`), [second.id]);
    assert.deepEqual(await ids(`to=${String(start)}`), [first.id]);
  });

  void test('pages through tests and refuses limits outside 1..50', async () => {
    const { invite, list, call, refusal } = open();
    for (let index = 0; index < 5; index += 1) await invite({});
    const page = await list('limit=2&start=2');
    assert.equal(page.tests.length, 2);
    assert.equal(page.pagination.total, 5);
    assert.equal(page.pagination.next_start, 4);
    const last = await list('limit=2&start=4');
    assert.equal(last.pagination.has_more_items, false);
    assert.equal('next_start' in last.pagination, false);
    for (const limit of ['0', '51', 'x'])
      assert.equal(await refusal(await call(`GET /tests?limit=${limit}`)), '400 InvalidParameter');
  });

  void test('cancels and resends only what waits', async () => {
    const { invite, call, refusal, mails, page, token } = open();
    const { id, test_url } = await invite(ada);
    assert.equal((await call(`POST /tests/${String(id)}/actions/resend`)).status, 204);
    assert.equal(mails.length, 2);
    await page(`${token(test_url)}/start`, {});
    for (const action of ['cancel', 'resend']) {
      const answer = await call(`POST /tests/${String(id)}/actions/${action}`);
      assert.equal(await refusal(answer), '400 InvalidTestId');
    }
  });

  void test('forgets a deleted test', async () => {
    const { invite, call, refusal } = open();
    const { id } = await invite(ada);
    assert.equal((await call(`DELETE /tests/${String(id)}`)).status, 204);
    assert.equal(await refusal(await call(`GET /tests/${String(id)}`)), '404 NotFoundTestId');
    assert.equal(await refusal(await call('GET /tests/abc')), '400 InvalidTestId');
  });

  void test('gives community statistics only when asked', async () => {
    const { invite, read, page, token } = open();
    const { id, test_url } = await invite(ada);
    await page(`${token(test_url)}/start`, {});
    await page(`${token(test_url)}/finish`, { score: '50' });
    const plain = (await read(`GET /tests/${String(id)}`)) as Session;
    assert.equal(plain.report?.score, 50);
    assert.equal(plain.report.community_stats, undefined);
    const full = (await read(`GET /tests/${String(id)}?withCommunityStats=true`)) as Session;
    assert.ok(full.report?.community_stats);
  });

  void test('serves a report as a PDF whose cross-references are right', async () => {
    const { invite, call, refusal, page, token } = open();
    const { id, test_url } = await invite({ ...ada, candidate_name: 'Zoë (A\\B)' });
    const path = `GET /tests/${String(id)}/report`;
    assert.equal(await refusal(await call(path)), '400 InvalidTestId');
    await page(`${token(test_url)}/start`, {});
    await page(`${token(test_url)}/finish`, { score: '50' });
    const response = await call(path);
    assert.equal(response.headers.get('content-type'), 'application/pdf');
    const pdf = await response.text();
    assert.ok(pdf.startsWith('%PDF-'));
    assert.ok(pdf.includes('(Zoe \\(A\\\\B\\))'));
    const table = Number(/startxref\n(\d+)/.exec(pdf)?.[1]);
    assert.ok(pdf.slice(table).startsWith('xref'));
    const offsets = [...pdf.matchAll(/(\d{10}) 00000 n/g)].map((found) => Number(found[1]));
    offsets.forEach((offset, index) => {
      assert.ok(pdf.slice(offset).startsWith(`${String(index + 1)} 0 obj`));
    });
    const anonymous = await (await call(`${path}?anonymous=true&report_type=simplified`)).text();
    assert.ok(anonymous.includes('(Anonymous)') && !anonymous.includes('Zoe'));
  });

  void test('takes the webhook as a bare JSON string, https only', async () => {
    const { call, refusal, read, page } = open();
    const loopback = 'http://127.0.0.1:1/x';
    assert.equal((await call('GET /webhook')).status, 404);
    for (const bad of [{ url: 'https://a.example' }, 'http://a.example/x', loopback, 'nonsense'])
      assert.equal(await refusal(await call('POST /webhook', bad)), '400 InvalidParameter');
    await page('/integration/webhook', { url: loopback, send: 'on' });
    assert.equal((await call('GET /webhook')).status, 404);
    assert.equal((await call('POST /webhook', 'https://a.example/x')).status, 204);
    assert.deepEqual(await read('GET /webhook'), { url: 'https://a.example/x' });
    assert.equal((await call('DELETE /webhook')).status, 204);
    assert.equal((await call('GET /webhook')).status, 404);
  });

  void test('takes http to loopback, and to nobody else, where the sandbox allows it', async () => {
    const { call } = open({ allowHttpLoopback: true });
    for (const host of ['127.0.0.1:1', 'localhost', '[::1]:4000'])
      assert.equal((await call('POST /webhook', `http://${host}/x`)).status, 204, host);
    for (const host of ['a.example', '127.0.0.1.a.example', '10.0.0.1'])
      assert.equal((await call('POST /webhook', `http://${host}/x`)).status, 400, host);
  });

  void test('has a forger send news of a test that is not there', async () => {
    const { invite, page, token, deliveries, advance, emulator, call } = open();
    await page('/integration/webhook', { url: 'https://hub.example/h/1', send: 'on' });
    emulator.webhookFaults.forge = true;
    const { test_url } = await invite(ada);
    await page(`${token(test_url)}/start`, {});
    advance(0);
    const { id } = JSON.parse(deliveries[0]?.body ?? '') as { id: number };
    assert.equal((await call(`GET /tests/${String(id)}`)).status, 404);
  });

  void test('tells the webhook of start, end and re-grade, unless it is switched off', async () => {
    const { invite, page, token, deliveries, advance } = open();
    const url = 'https://hub.example/h/1';
    await page('/integration/webhook', { url, send: 'on' });
    const { id, test_url } = await invite(ada);
    const take = (action: string) => page(`${token(test_url)}/${action}`, { score: '50' });
    await take('start');
    await take('finish');
    await page(`/tests/${String(id)}/grade`, { score: '60' });
    advance(0);
    const events = deliveries.map((one) => (JSON.parse(one.body) as { event: string }).event);
    assert.deepEqual(events, ['test_started', 'test_completed', 'test_graded']);
    await page('/integration/webhook', { url, send: 'off' });
    await page(`/tests/${String(id)}/grade`, { score: '70' });
    advance(0);
    assert.equal(deliveries.length, 3);
  });

  void test('keeps the link in the mail however the text is edited', async () => {
    const { invite, page, mails } = open();
    const text = 'Dear {{candidate_name}},\r\nhave fun.';
    await page('/campaigns/101/mail', { subject: 'Round 2: {{campaign_name}}', text });
    const { test_url } = await invite(ada);
    assert.equal(mails[0]?.subject, 'Round 2: Backend engineer');
    assert.equal(mails[0].text, `Dear Ada,\nhave fun.\n\n${test_url}`);
  });

  void test('tells the recruiter of results and of bounced mail', async () => {
    const { invite, page, mails, token } = open();
    const recruiter = { recruiter_email: 'rec@x.example', send_notification_email_on_bounce: true };
    await invite({ ...recruiter, candidate_email: 'bounce@x.example' });
    assert.deepEqual(
      mails.map((mail) => [mail.to, mail.subject]),
      [['rec@x.example', 'Undeliverable: Your Backend engineer test']],
    );
    const { test_url } = await invite({ ...ada, ...recruiter });
    await page(`${token(test_url)}/start`, {});
    await page(`${token(test_url)}/finish`, { score: '1' });
    assert.equal(mails.at(-1)?.to, 'rec@x.example');
  });

  void test('shows every page, and never runs what a candidate wrote', async () => {
    const { invite, page, token } = open();
    const attack = '<script>alert(1)</script>';
    const { id, test_url } = await invite({ ...ada, candidate_name: attack });
    const at = token(test_url);
    const shown = async (path: string) => {
      const response = await page(path);
      assert.equal(response.status, 200, path);
      const text = await response.text();
      assert.ok(!text.includes(attack), path);
      return text;
    };
    assert.match(await shown(at), /Start the test/);
    const answer = await page(`${at}/start`, {});
    assert.equal(answer.status, 303);
    assert.match(answer.headers.get('location') ?? '', /^\/codingame\/t\/[0-9a-f]+\?notice=/);
    assert.match(await shown(at), /Hand in/);
    await page(`${at}/finish`, { answer: attack, score: '10' });
    assert.match(await shown(at), /The test is over/);
    assert.match(await shown(`/tests/${String(id)}`), /&lt;script&gt;/);
    for (const path of ['/', '/campaigns', '/campaigns/101', '/integration']) await shown(path);
    assert.equal((await page('/tests/1')).status, 404);
  });

  void test('lives on from a snapshot without repeating ids or links', async () => {
    const before = open();
    const first = await before.invite(ada);
    const after = open({ saved: JSON.parse(JSON.stringify(before.emulator.snapshot())) });
    assert.equal((await after.list('')).tests[0]?.id, first.id);
    const second = await after.invite(ada);
    assert.notEqual(second.id, first.id);
    assert.notEqual(second.test_url, first.test_url);
  });
});
