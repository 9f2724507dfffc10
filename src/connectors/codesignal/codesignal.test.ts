import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openCase, type CaseOverrides } from '#connectors/conformance-coding-case.ts';
import { codingConformance } from '#connectors/conformance-coding.ts';
import { ConnectorError } from '#connectors/contract.ts';
import { createEmulator } from './emulator/index.ts';
import type { State } from './emulator/state.ts';
import connector from './index.ts';

codingConformance((overrides) => openCase(connector, createEmulator, overrides), {
  unknownId: 'zWve8sgiLJit6isiM',
});

const ada = { name: 'Ada King Lovelace', email: 'ada@candidates.example' };

const open = (overrides: CaseOverrides = {}) => {
  const opened = openCase(connector, createEmulator, overrides);
  const { liveSessions: live, assessments } = opened.capabilities;
  assert.ok(live && assessments);
  const state = () => opened.emulator.snapshot() as State;
  const create = (ref = 'r1', templateId: string | null = null) =>
    live.create({ ref, title: 'Pairing', templateId, candidate: ada });
  const invite = async (ref = 'r1', mail: 'platform' | 'none' = 'platform', position = 0) => {
    const testId = state().tests[position]?.id ?? '';
    return assessments.invite({ ref, testId, candidate: ada, mail });
  };
  /** Posts a form of a page below the emulator's base. */
  const post = (path: string, form: Record<string, string> = {}) => opened.page(path, form);
  const verify = () =>
    connector.verify({ ...opened.link, settings: connector.settings.parse(opened.link.settings) });
  return { ...opened, live, assessments, state, create, invite, post, verify };
};

/** A case whose key may only what is named. */
const withKey = async (...permissions: string[]) => {
  const { post, state, emulator } = open();
  await post('/integrations/api-keys', { description: 'Few', permissions: permissions.join(' ') });
  const saved = emulator.snapshot();
  return open({ saved, settings: { apiKey: state().keys.at(-1)?.value ?? '' } });
};

const answering = (body: unknown, status = 200): CaseOverrides => ({
  fetch: () => () => Response.json(body, { status }),
});

const failureOf = async (call: Promise<unknown>): Promise<ConnectorError> => {
  const thrown = await call.catch((reason: unknown) => reason);
  assert.ok(thrown instanceof ConnectorError);
  return thrown;
};

const refused = (message: string, more: object = {}) =>
  answering({ data: null, errors: [{ message, path: ['createLiveInterview'], ...more }] });

void describe('codesignal errors', () => {
  const kinds: Array<[message: string, kind: string]> = [
    ['Access Denied', 'forbidden'],
    ['Unauthorized', 'unauthorized'],
    ['Invalid API key', 'unauthorized'],
    ["You are trying to access 'createLiveInterview' too often", 'rate_limited'],
    ['Something else', 'rejected'],
  ];
  for (const [message, kind] of kinds)
    void test(`reads "${message}" inside a 200 as ${kind}`, async () => {
      const failure = await failureOf(open(refused(message)).create());
      assert.equal(failure.kind, kind);
      assert.equal(failure.surelyNotDone, kind !== 'rejected');
      assert.ok(!failure.message.includes('Something else'), 'a vendor text may hold anything');
    });

  void test('goes by the code where the message says nothing', async () => {
    const failure = await failureOf(
      open(refused('No.', { extensions: { code: 'UNAUTHENTICATED' } })).create(),
    );
    assert.equal(failure.kind, 'unauthorized');
  });

  void test('reads what a 400 says', async () => {
    const errors = [{ message: 'Access Denied' }];
    assert.equal((await failureOf(open(answering({ errors }, 400)).create())).kind, 'forbidden');
  });

  void test('knows that an error below the operation came after the deed', async () => {
    const path = ['createLiveInterview', 'url'];
    const failure = await failureOf(open(refused('Access Denied', { path })).create());
    assert.equal(failure.kind, 'forbidden');
    assert.equal(failure.surelyNotDone, false);
  });

  void test('tells a refused value by its code', async () => {
    const failure = await failureOf(open().create('r1', 'no-such-template'));
    assert.equal(failure.kind, 'rejected');
    assert.match(failure.message, /\(BAD_USER_INPUT\)/);
    assert.equal(failure.surelyNotDone, true);
  });
});

void describe('codesignal live interviews', () => {
  void test('offers the interview templates and launches one', async () => {
    const { live, create, state } = open();
    const templates = await live.templates();
    assert.deepEqual(
      templates.map((one) => one.name),
      ['Pair programming', 'System design', 'Frontend pairing'],
    );
    await create('r1', templates[1]?.id ?? '');
    assert.equal(state().interviews[0]?.templateId, templates[1]?.id);
  });

  void test('names the candidate with the ref behind, and lets the link live 336 hours', async () => {
    const { live, create, state, link } = open();
    const { id, url } = await create('k3x9q2abcdef');
    const [interview] = state().interviews;
    assert.equal(interview?.candidateName, 'Ada King Lovelace [k3x9q2abcdef]');
    assert.equal(interview.candidateEmail, ada.email);
    assert.equal(interview.expiresAt, link.now() + 336 * 3_600_000);
    assert.equal(live.linkLifetime, 336 * 3_600_000);
    assert.equal(url, `http://emulator.test/codesignal/live-interview/${id}`);
  });

  void test('finds an interview behind many newer ones, page by page', async () => {
    const { live, create, state } = open();
    const first = await create();
    const saved = state();
    const template = saved.interviews[0];
    assert.ok(template);
    for (let count = 0; count < 230; count += 1)
      saved.interviews.push({ ...template, id: `other${String(count)}`, candidateName: null });
    const later = open({ saved });
    assert.equal((await later.live.find('r1'))?.id, first.id);
    assert.equal(await later.live.find('r2'), null);
    assert.equal((await live.find('r1'))?.id, first.id);
  });

  void test('does not take a list without an end for "not there"', async () => {
    const page = [{ id: 'a1', candidateName: 'Somebody', url: 'https://x.example/a1' }, null];
    const { live } = open(answering({ data: { liveInterviews: page } }));
    assert.equal((await failureOf(live.find('r1'))).kind, 'unexpected_shape');
  });

  void test('deletes an interview that nobody needs', async () => {
    const { live, create, state, page } = open();
    const { id } = await create();
    assert.equal(await live.end(id), 'ended');
    assert.equal(state().interviews[0]?.status, 'deleted');
    assert.equal((await page(`/live-interview/${id}`)).status, 404);
  });

  void test('leaves one that is over with what was written in it', async () => {
    const { live, create, state, post } = open();
    const { id } = await create();
    const grace = { name: 'Grace', role: 'interviewer' };
    for (const step of ['join', 'begin', 'end']) await post(`/live-interview/${id}/${step}`, grace);
    assert.equal(await live.end(id), 'ended');
    assert.equal(state().interviews[0]?.status, 'over');
  });

  void test('renames what it may not delete, and says that it is left unused', async () => {
    const denied: CaseOverrides = {
      fetch: (emulated) => (url, init) =>
        typeof init.body === 'string' && init.body.includes('mutation deleteLiveInterview')
          ? Response.json({ data: null, errors: [{ message: 'Access Denied' }] })
          : emulated(url, init),
    };
    const { live, create, state } = open(denied);
    const { id } = await create();
    assert.equal(await live.end(id), 'unused');
    assert.equal(await live.end(id), 'unused');
    assert.equal(state().interviews[0]?.candidateName, 'DELETED Ada King Lovelace [r1]');
    assert.equal((await live.find('r1'))?.id, id);
  });
});

void describe('codesignal tests', () => {
  void test('invites by the platform’s mail, marked by external id and last name', async () => {
    const { invite, mails, state } = open();
    const { url } = await invite();
    assert.equal(mails[0]?.to, ada.email);
    assert.ok(mails[0].text.includes(url));
    const [session] = state().sessions;
    assert.deepEqual(
      [session?.firstName, session?.lastName, session?.externalId],
      ['Ada', 'King Lovelace [r1]', 'r1'],
    );
  });

  void test('keeps quiet when told to, and then takes the invitation that is there', async () => {
    const { invite, mails } = open();
    const first = await invite('r1', 'none');
    const second = await invite('r2', 'none');
    assert.equal(mails.length, 0);
    assert.equal(second.id, first.id);
    assert.notEqual((await invite('r3')).id, first.id);
  });

  void test('finds an invitation among the sessions of every test', async () => {
    const { invite, state } = open();
    const { expiresAt: _told, ...wanted } = await invite('r1', 'platform', 2);
    await invite('r2');
    const saved = state();
    const [, template] = saved.sessions;
    assert.ok(template);
    for (let count = 0; count < 130; count += 1) {
      saved.sessions.push({ ...template, id: `a${String(count)}`, lastName: 'x', finishDate: 1 });
      saved.sessions.push({
        ...template,
        id: `c${String(count)}`,
        testId: saved.tests[2]?.id ?? '',
        lastName: 'x',
        finishDate: 1,
      });
    }
    const [test] = saved.tests;
    assert.ok(test);
    for (let count = 0; count < 45; count += 1)
      saved.tests.unshift({ ...test, id: `t${String(count)}` });
    const later = open({ saved });
    assert.deepEqual(await later.assessments.find('r1'), { ...wanted, dashboardUrl: null });
    assert.equal(await later.assessments.find('r9'), null);
  });

  void test('follows a test from invitation to its result', async () => {
    const { invite, assessments, post, advance, state } = open();
    const { id, expiresAt } = await invite();
    const [session] = state().sessions;
    assert.equal(expiresAt, session?.expirationDate);
    assert.equal((await assessments.result(id))?.expiresAt, expiresAt);
    await post(`/invite/${id}/start`);
    assert.equal((await assessments.result(id))?.status, 'started');
    assert.equal(await assessments.cancel(id), 'too_late');
    advance(1_800_000);
    await post(`/invite/${id}/finish`, { score: '82' });
    const result = await assessments.result(id);
    assert.deepEqual(
      [result?.status, result?.score, result?.maxScore, result?.percent, result?.verdict],
      ['completed', 738, 900, 82, null],
    );
    assert.equal((result?.finishedAt ?? 0) - (result?.startedAt ?? 0), 1_800_000);
    assert.ok(result?.reportUrl?.startsWith(`http://emulator.test/codesignal/test-result/${id}?`));
    await post(`/sessions/${id}/review`, { suspicion: 'high' });
    const reviewed = await assessments.result(id);
    assert.equal(reviewed?.verdict, 'integrity review suggested; suspicion: high');
    assert.equal(state().sessions[0]?.status, 'over');
  });

  void test('waits for the verification of a proctored result', async () => {
    const { invite, assessments, post } = open();
    const { id } = await invite('r1', 'platform', 1);
    await post(`/invite/${id}/start`);
    await post(`/invite/${id}/finish`, { score: '50' });
    const pending = await assessments.result(id);
    assert.equal(pending?.status, 'pending_review');
    assert.equal(pending.verdict, 'coding score 400; verification pending');
    await post(`/sessions/${id}/verify`, { reason: 'The camera was off' });
    const rejected = await assessments.result(id);
    assert.equal(rejected?.status, 'completed');
    assert.equal(rejected.verdict, 'coding score 400; not verified: The camera was off');
  });

  void test('tells declined and expired, which leave nothing to cancel', async () => {
    const { invite, assessments, post, advance } = open();
    const declined = await invite('r1');
    await post(`/invite/${declined.id}/decline`);
    assert.equal((await assessments.result(declined.id))?.status, 'declined');
    assert.equal(await assessments.cancel(declined.id), 'gone');
    const { id } = await invite('r2');
    advance(168 * 3_600_000);
    assert.equal((await assessments.result(id))?.status, 'expired');
  });

  const resultOf = (session: object) =>
    open(answering({ data: { companyTestSession: session } })).assessments.result('x');

  void test('folds the rarer states', async () => {
    const statuses: Array<[session: object, status: string]> = [
      [{ status: 'gracePeriod', startDate: 1 }, 'started'],
      [{ status: 'finalizing', startDate: 1, finishDate: 2 }, 'pending_review'],
      [{ status: 'deletedForPii' }, 'cancelled'],
      [{ status: 'archived' }, 'cancelled'],
      [{ status: 'archived', startDate: 1, finishDate: 2 }, 'completed'],
      [{ status: 'newer', startDate: 1 }, 'started'],
      [{ status: 'newer' }, 'invited'],
    ];
    for (const [session, status] of statuses)
      assert.equal((await resultOf(session))?.status, status, JSON.stringify(session));
  });

  void test('does without what may be null, and hands on no link that is none', async () => {
    const result = await resultOf({
      status: 'over',
      finishDate: 2,
      maxScore: 0,
      result: { score: 10, url: 'javascript:alert(1)', taskResults: [null] },
    });
    assert.deepEqual([result?.score, result?.percent, result?.reportUrl], [10, null, null]);
  });
});

void describe('codesignal verification', () => {
  const statesOf = async (verifying: ReturnType<ReturnType<typeof open>['verify']>) =>
    Object.fromEntries((await verifying).permissions.map(({ name, state }) => [name, state]));

  void test('shows the company, and claims what it has read alone', async () => {
    const { verify } = open();
    const { account, warnings } = await verify();
    assert.deepEqual(account[0], { label: 'Company', value: 'Example Robotics' });
    assert.deepEqual(warnings, []);
    assert.deepEqual(await statesOf(verify()), {
      'liveInterview.company.read': 'granted',
      'liveInterview.company.write': 'not_checked',
      'companyTest.company.read': 'granted',
      'companyTestSession.company.read': 'granted',
      'companyTestSession.company.write': 'not_checked',
    });
  });

  void test('names what a key for live interviews lacks, and where to grant it', async () => {
    const { verify } = await withKey('liveInterview');
    const { permissions, warnings } = await verify();
    const missing = permissions.filter((one) => one.state === 'missing');
    assert.deepEqual(
      missing.map((one) => one.name),
      ['companyTest.company.read'],
    );
    assert.match(missing[0]?.where ?? '', /Integrations > API Keys/);
    assert.match(warnings[0] ?? '', /companyTest\.company\.read/);
    assert.equal((await statesOf(verify()))['companyTestSession.company.read'], 'not_checked');
  });

  void test('names the missing right to read sessions', async () => {
    const { verify } = await withKey('companyTest', 'companyTestSession.company.write');
    const states = await statesOf(verify());
    assert.equal(states['companyTestSession.company.read'], 'missing');
    assert.equal(states['liveInterview.company.read'], 'missing');
  });

  void test('says forbidden of what the key may not do', async () => {
    const { create, invite } = await withKey('liveInterview.company.read');
    assert.equal((await failureOf(create())).kind, 'forbidden');
    assert.equal((await failureOf(invite())).kind, 'forbidden');
  });

  void test('takes a key that may nothing at all for a wrong one', async () => {
    const { verify } = open(answering({ data: null, errors: [{ message: 'Access Denied' }] }));
    assert.equal((await failureOf(verify())).kind, 'unauthorized');
  });
});
