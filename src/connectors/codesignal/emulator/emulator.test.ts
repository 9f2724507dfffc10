import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CreateEmulator, EmulatedMail } from '#connectors/emulator.ts';
import { openCase } from '#connectors/conformance-coding-case.ts';
import connector from '../index.ts';
import { webhookFormat } from '../webhook.ts';
import { createEmulator } from './index.ts';
import type { State } from './state.ts';
import { isTold, retryDelay, sign } from './webhooks.ts';

interface Answer {
  data?: Record<string, Record<string, unknown> | null> | null;
  errors?: Array<{ message: string; extensions?: { code?: string } }>;
}

const open = (saved?: unknown, create: CreateEmulator = createEmulator) => {
  const opened = openCase(connector, create, { saved });
  const { emulator } = opened;
  const state = () => emulator.snapshot() as State;
  const call = (query: string, variables = {}, key = emulator.credentials()['apiKey'] ?? '') =>
    emulator.api.request('/graphql', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    });
  const ask = async (query: string, variables = {}, key?: string): Promise<Answer> =>
    (await (await call(query, variables, key)).json()) as Answer;
  const addKey = async (permissions: string): Promise<string> => {
    await opened.page('/integrations/api-keys', { description: 'Few', permissions });
    return state().keys.at(-1)?.value ?? '';
  };
  const interview = async (fields: object = {}): Promise<string> => {
    const { data } = await ask(
      'mutation($f: LiveInterviewInput) { createLiveInterview(interviewFields: $f) { id } }',
      { f: fields },
    );
    return String(data?.['createLiveInterview']?.['id']);
  };
  const session = async (fields: object = {}, position = 0): Promise<string> => {
    const testId = state().tests[position]?.id;
    const { data } = await ask(
      'mutation($f: TestSessionInput!) { createCompanyTestSession(sessionFields: $f) { id } }',
      { f: { testId, candidateEmail: 'ada@x.example', ...fields } },
    );
    return String(data?.['createCompanyTestSession']?.['id']);
  };
  return { ...opened, state, call, ask, addKey, interview, session };
};

const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions?.code;

void describe('the emulated CodeSignal API', () => {
  void test('answers 401 to a wrong or revoked key', async () => {
    const { call, page, state } = open();
    assert.equal((await call('{ company { id } }', {}, 'nope')).status, 401);
    const [key] = state().keys;
    assert.equal((await call('{ company { id } }', {}, key?.value)).status, 200);
    await page(`/integrations/api-keys/${key?.id ?? ''}/revoke`, {});
    assert.equal((await call('{ company { id } }', {}, key?.value)).status, 401);
  });

  void test('refuses what the schema does not know', async () => {
    const { call, ask } = open();
    const wrong = '{ liveInterviews { id title } }';
    assert.equal((await call(wrong)).status, 400);
    assert.equal(codeOf(await ask(wrong)), 'GRAPHQL_VALIDATION_FAILED');
    assert.equal(codeOf(await ask('{ company {')), 'GRAPHQL_PARSE_FAILED');
    const unknownField = await ask(
      'mutation($f: LiveInterviewInput) { createLiveInterview(interviewFields: $f) { id } }',
      { f: { title: 'Pairing' } },
    );
    assert.equal(codeOf(unknownField), 'BAD_USER_INPUT');
  });

  void test('says so of what is in the schema and not played', async () => {
    assert.equal(codeOf(await open().ask('{ systemRoles { key } }')), 'NOT_EMULATED');
  });

  void test('keeps the documented depth and cost of a query', async () => {
    const { ask } = open();
    const deep = 'parentTask{levels{parentTask{levels{parentTask{levels{id}}}}}}';
    const tooDeep = await ask(`{ task(id: "x") { levels { ${deep} } } taskLevel(taskLevelId: "x") {
      parentTask { levels { parentTask { levels { ${deep} } } } } } }`);
    assert.match(tooDeep.errors?.[0]?.message ?? '', /maximum depth of 10/);
    const dear = await ask(
      'query($n: Int!) { companyTests(first: $n) { tests { testSessions(first: 200) { id } } } }',
      { n: 100 },
    );
    assert.match(dear.errors?.[0]?.message ?? '', /maximum cost of 10000/);
  });

  void test('allows ten reads and five writes of one kind a second', async () => {
    const { ask, interview, advance } = open();
    const read = () => ask('{ company { id } }');
    for (let count = 0; count < 10; count += 1) assert.equal(codeOf(await read()), undefined);
    assert.equal(codeOf(await read()), 'RATE_LIMITED');
    for (let count = 0; count < 5; count += 1) assert.notEqual(await interview(), 'undefined');
    assert.equal(await interview(), 'undefined');
    advance(1_000);
    assert.equal(codeOf(await read()), undefined);
  });

  void test('denies what a key lacks, by leaf and by trunk', async () => {
    const { ask, addKey } = open();
    const reader = await addKey('liveInterview.company.read');
    const all = await addKey('liveInterview');
    const list = '{ liveInterviews { id } }';
    const make = 'mutation { createLiveInterview { id } }';
    assert.equal((await ask(list, {}, reader)).errors, undefined);
    assert.equal((await ask(make, {}, reader)).errors?.[0]?.message, 'Access Denied');
    assert.equal((await ask(make, {}, all)).errors, undefined);
    const tests = await ask('{ companyTests(first: 1) { totalCount } }', {}, all);
    assert.equal(tests.errors?.[0]?.message, 'Access Denied');
  });

  void test('takes a lifetime of 1 to 336 hours, or that of the template', async () => {
    const { interview, state, link } = open();
    const hour = 3_600_000;
    assert.equal(await interview({ expirationTime: hour - 1 }), 'undefined');
    assert.equal(await interview({ expirationTime: 336 * hour + 1 }), 'undefined');
    await interview({ expirationTime: 336 * hour });
    await interview({ templateId: state().templates[1]?.id });
    assert.deepEqual(
      state().interviews.map((one) => one.expiresAt - link.now()),
      [336 * hour, 72 * hour],
    );
  });
});

void describe('the emulated room', () => {
  const grace = { name: 'Grace', role: 'interviewer' };
  const bob = { name: 'Bob', role: 'candidate' };

  void test('keeps everybody in the lobby until the interviewer begins', async () => {
    const { interview, page, state } = open();
    const path = `/live-interview/${await interview()}`;
    assert.match(await (await page(path)).text(), /I'M THE INTERVIEWER/);
    await page(`${path}/join`, bob);
    const lobby = await (await page(`${path}?name=Bob&role=candidate`)).text();
    assert.match(lobby, /lobby/);
    assert.doesNotMatch(lobby, /Reverse a list/);
    await page(`${path}/begin`, bob);
    assert.equal(state().interviews[0]?.status, 'pending');
    await page(`${path}/join`, grace);
    await page(`${path}/begin`, grace);
    assert.match(await (await page(`${path}?name=Bob&role=candidate`)).text(), /Reverse a list/);
    await page(`${path}/write`, { ...bob, code: 'one' });
    await page(`${path}/end`, bob);
    assert.equal(state().interviews[0]?.status, 'active');
    await page(`${path}/end`, grace);
    await page(`${path}/write`, { ...bob, code: 'two' });
    assert.equal(state().interviews[0]?.status, 'over');
    assert.equal(state().interviews[0]?.code, 'one');
  });

  void test('closes when its link has died', async () => {
    const { interview, page, advance, state } = open();
    const path = `/live-interview/${await interview({ expirationTime: 3_600_000 })}`;
    advance(3_600_000);
    assert.match(await (await page(path)).text(), /has expired/);
    await page(`${path}/begin`, grace);
    assert.equal(state().interviews[0]?.status, 'pending');
  });

  void test('times out while it is active', async () => {
    const { interview, page, advance, state } = open();
    const path = `/live-interview/${await interview({ expirationTime: 3_600_000 })}`;
    await page(`${path}/begin`, grace);
    advance(3_600_000);
    assert.equal(state().interviews[0]?.status, 'over');
  });

  void test('never runs what was typed', async () => {
    const attack = '</textarea><script>alert(1)</script>';
    const { interview, session, page } = open();
    const path = `/live-interview/${await interview({ candidateName: attack })}`;
    await page(`${path}/begin`, grace);
    await page(`${path}/write`, { ...grace, code: attack });
    await session({ candidateFirstName: attack });
    for (const shown of ['/', '/tests', '/templates', `${path}?name=${attack}`]) {
      const response = await page(shown);
      assert.equal(response.status, 200, shown);
      assert.doesNotMatch(await response.text(), /<script>/, shown);
    }
  });
});

/** An account with one hook whose deliveries get these answers, then 200. */
const hooked = async (answers: number[], opened = open) => {
  const sent: Array<{ body: string; signature: string | null }> = [];
  const mails: EmulatedMail[] = [];
  const here = opened(undefined, (options) =>
    createEmulator({
      ...options,
      deliverMail: (mail) => mails.push(mail),
      fetch: (_url, init) => {
        const signature = new Headers(init.headers).get('x-codesignal-signature');
        sent.push({ body: typeof init.body === 'string' ? init.body : '?', signature });
        return new Response(null, { status: answers.shift() ?? 200 });
      },
    }),
  );
  const url = 'https://hub.example/hooks/tok';
  const events = 'companyTestSessionCreated companyTestSessionStarted';
  await here.page('/integrations/webhooks', {
    url,
    secret: 's3cret',
    events,
    owners: 'o@x.example',
  });
  /** Moves the clock and lets what was begun come to its end. */
  const pass = async (milliseconds: number) => {
    here.advance(milliseconds);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { ...here, sent, mails, url, pass, hook: () => here.state().hooks[0] };
};

void describe('the emulated webhooks', () => {
  void test('begin with an empty unsigned call, which must be answered 200', async () => {
    const good = await hooked([]);
    assert.deepEqual(good.sent, [{ body: '', signature: null }]);
    assert.equal(good.hook()?.state, 'healthy');
    assert.equal((await hooked([204])).hook()?.state, 'unhealthy');
  });

  void test('are entered with https addresses alone', async () => {
    const { page, state } = open();
    const saved = await page('/integrations/webhooks', { url: 'http://hub.example/x' });
    assert.match(saved.headers.get('location') ?? '', /https/);
    assert.equal(state().hooks.length, 0);
  });

  void test('sign address, event and time, and carry the external id', async () => {
    const { session, sent, pass, url } = await hooked([]);
    const id = await session({ externalId: 'r1' });
    await pass(0);
    const { body, signature } = sent.at(-1) ?? { body: '', signature: '' };
    const parsed = JSON.parse(body) as { triggeredOn: number; payload: Record<string, unknown> };
    assert.equal(signature, sign('s3cret', url, 'companyTestSessionCreated', parsed.triggeredOn));
    assert.equal(parsed.payload['testSessionId'], id);
    assert.equal(parsed.payload['externalId'], 'r1');
    const delivery = {
      headers: new Headers({ 'x-codesignal-signature': signature }),
      body: new TextEncoder().encode(body),
      url,
    };
    assert.equal(webhookFormat.verify(delivery, ['s3cret']), true);
    assert.deepEqual(webhookFormat.parse(delivery).wakes, [{ kind: 'assessment', id }]);
  });

  void test('tell several hooks of one event with the same time', async () => {
    let now = 1_000;
    const here = open(undefined, (options) =>
      createEmulator({ ...options, now: () => (now += 1) }),
    );
    const { page, session, state } = here;
    const url = 'https://hub.example/hooks/tok';
    for (let count = 0; count < 2; count += 1)
      await page('/integrations/webhooks', { url, events: 'companyTestSessionCreated' });
    await session();
    const [first, second] = state().hooks;
    assert.ok(first?.queue[0]);
    assert.equal(first.queue[0].triggeredOn, second?.queue[0]?.triggeredOn);
  });

  void test('come in order, the first one blocking, and by 200 alone', async () => {
    const { session, page, sent, pass, hook } = await hooked([200, 201, 500]);
    const id = await session();
    await page(`/invite/${id}/start`, {});
    const events = () =>
      sent.slice(1).map(({ body }) => /"event":"\w+?(Created|Started)"/.exec(body)?.[1]);
    await pass(0);
    assert.equal(hook()?.state, 'unhealthy');
    await pass(45_000);
    await pass(15_000 + 1_000 + 60_000);
    assert.deepEqual(events(), ['Created', 'Created', 'Created']);
    await pass(1_000);
    assert.deepEqual(events(), ['Created', 'Created', 'Created', 'Started']);
    assert.equal(hook()?.state, 'healthy');
  });

  void test('are given up after 25 failures, and their owners hear of it', async () => {
    const { session, pass, hook, sent, mails } = await hooked([
      200,
      ...Array.from({ length: 40 }, () => 503),
    ]);
    await session({ noInvitationEmail: true });
    await pass(0);
    for (let attempt = 1; attempt < 25; attempt += 1) await pass(retryDelay(attempt, 0.999_999));
    assert.equal(sent.length, 1 + 25);
    assert.equal(hook()?.state, 'disabled');
    assert.deepEqual(hook()?.queue, []);
    assert.equal(mails.filter(({ to }) => to === 'o@x.example').length, 2 + 10);
    await session({ candidateEmail: 'bo@x.example', noInvitationEmail: true });
    await pass(1_000_000_000);
    assert.equal(sent.length, 1 + 25);
  });

  void test('wait as documented', () => {
    assert.deepEqual(
      [retryDelay(1, 0), retryDelay(2, 0), retryDelay(25, 0)],
      [15_000, 16_000, (24 ** 4 + 15) * 1_000],
    );
    assert.equal(retryDelay(3, 0.99), (16 + 15 + 29 * 3) * 1_000);
    assert.deepEqual([4, 5, 13, 14, 15, 16, 17].filter(isTold), [5, 14, 16, 17]);
  });
});

void describe('an emulated account that lives on', () => {
  void test('goes on with its queue, its timers and fresh ids', async () => {
    const before = open();
    await before.page('/integrations/webhooks', {
      url: 'https://hub.example/hooks/tok',
      events: 'companyTestSessionCreated preScreenExpired',
    });
    const first = await before.session();
    const after = open(JSON.parse(JSON.stringify(before.state())) as unknown);
    assert.notEqual(await after.session({ candidateEmail: 'bo@x.example' }), first);
    after.advance(168 * 3_600_000);
    assert.ok(after.deliveries.length > 0);
    assert.equal(after.state().sessions[0]?.status, 'expired');
  });
});
