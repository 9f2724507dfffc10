import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmulator } from './index.ts';
import { sanitiseHtml } from './sanitise.ts';
import { basic, createRig, type Loose, type Rig } from './test-rig.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';
const day = 86_400_000;

const results = async (rig: Rig, endpoint: string, body: unknown = {}): Promise<Loose> => {
  const answer = await rig.call(endpoint, body);
  assert.equal(answer.body['success'], true, `${endpoint}: ${answer.text}`);
  return answer.body['results'] ?? {};
};
const items = (list: Loose | undefined): Loose[] => list as unknown as Loose[];
const code = async (rig: Rig, endpoint: string, body: unknown = {}): Promise<unknown> => {
  const answer = await rig.call(endpoint, body);
  assert.equal(answer.status, 200);
  assert.equal(answer.body['success'], false, answer.text);
  return answer.body['errorInfo']?.['code'];
};
const makeKey = async (rig: Rig, form: Record<string, string>): Promise<string> => {
  const page = await (await rig.post('/admin/api/keys', form)).text();
  const key = /id="api-key"[^>]*>\s*([0-9a-f]+)\s*</.exec(page)?.[1];
  assert.ok(key, 'the page shows the key');
  return key;
};
const withKey = (key: string) => ({ authorization: basic(key) });

test('answers 401 without a key and 403 with a wrong or deactivated one', async () => {
  const rig = createRig();
  assert.equal((await rig.call('apiKey.info', {}, { authorization: '' })).status, 401);
  assert.equal((await rig.call('apiKey.info', {}, withKey('wrong'))).status, 403);
  const key = await makeKey(rig, { scope: 'apiKeys:read' });
  assert.equal((await rig.call('apiKey.info', {}, withKey(key))).status, 200);
  const id = [...(await rig.page('/admin/api/keys')).matchAll(/keys\/([^/]+)\/deactivate/g)].at(-1);
  await rig.post(`/admin/api/keys/${id?.[1] ?? ''}/deactivate`);
  assert.equal((await rig.call('apiKey.info', {}, withKey(key))).status, 403);
});

test('refuses a client that does not name itself', async () => {
  const rig = createRig();
  const answer = await rig.call('apiKey.info', {}, { 'user-agent': '' });
  assert.equal(answer.status, 403);
  assert.match(answer.text, /1010/);
});

test('tells a missing permission as objects with 403', async () => {
  const rig = createRig();
  const key = await makeKey(rig, { scope: 'jobs:read' });
  const answer = await rig.call('candidate.info', { id: unknownId }, withKey(key));
  assert.equal(answer.status, 403);
  assert.equal(answer.body['errors']?.['0']?.['parameter'], 'candidatesRead');
  assert.match(String(answer.body['errors']?.['0']?.['message']), /missing_endpoint_permission/);
  assert.equal(answer.body['errorInfo'], undefined);
  assert.equal((await rig.call('job.list', {}, withKey(key))).status, 200);
});

test('tells an unknown object inside a 200, with a request id', async () => {
  const rig = createRig();
  const answer = await rig.call('candidate.info', { id: unknownId });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body['errors'], ['candidate_not_found']);
  const requestId = answer.body['errorInfo']?.['requestId'];
  assert.match(String(requestId), /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assert.equal(answer.headers.get('x-ashby-request-id'), requestId);
});

test('says its version on every answer and refuses another', async () => {
  const rig = createRig();
  const answer = await rig.call('apiKey.info', {}, { 'ashby-version': '2026-01-01' });
  assert.equal(answer.headers.get('ashby-version'), '2026-01-01');
  assert.equal(answer.headers.get('ashby-version-status'), 'active');
  const refused = await rig.call('apiKey.info', {}, { authorization: '' });
  assert.equal(refused.headers.get('ashby-version'), '2026-01-01');
  const other = await rig.call('apiKey.info', {}, { 'ashby-version': '2019-01-01' });
  assert.equal(other.status, 400);
});

test('pages with opaque cursors and gives a sync token on the last page only', async () => {
  const rig = createRig();
  const seen: unknown[] = [];
  let cursor: Loose | undefined;
  for (let page = 1; page <= 3; page += 1) {
    const { body } = await rig.call('candidate.list', { limit: 12, cursor });
    seen.push(...items(body['results']).map((one) => one['id']));
    assert.equal(body['moreDataAvailable'], page < 3);
    assert.equal('nextCursor' in body, page < 3);
    assert.equal('syncToken' in body, page === 3);
    cursor = body['nextCursor'];
    if (page === 3) assert.match(String(body['syncToken']), /^[0-9A-Za-z]{9}$/);
  }
  assert.equal(new Set(seen).size, 30);
  assert.equal(seen.length, 30);
});

test('has long cursors on application.list', async () => {
  const { body } = await createRig().call('application.list', { limit: 1 });
  assert.match(String(body['nextCursor']), /^[\w-]{110,}$/);
});

test('refuses cursors that are unreadable, of another list, or too old', async () => {
  const rig = createRig();
  const { body } = await rig.call('candidate.list', { limit: 5 });
  const cursor = body['nextCursor'];
  assert.equal(await code(rig, 'candidate.list', { cursor: 'bB' }), 'invalid_next_cursor');
  assert.equal(await code(rig, 'application.list', { cursor }), 'invalid_next_cursor');
  await rig.advance(day);
  assert.equal(await code(rig, 'candidate.list', { cursor }), 'next_cursor_expired');
});

test('lists with a sync token only what changed since', async () => {
  const rig = createRig();
  const { syncToken, results: all } = (await rig.call('candidate.list')).body;
  const third = all?.['2']?.['id'];
  const tagId = (await results(rig, 'candidateTag.list'))['0']?.['id'];
  await rig.call('candidate.addTag', { candidateId: third, tagId });
  const { body } = await rig.call('candidate.list', { syncToken });
  assert.deepEqual(
    items(body['results']).map((one) => one['id']),
    [third],
  );
  const after = await rig.call('candidate.list', { syncToken: body['syncToken'] });
  assert.deepEqual(after.body['results'], []);
});

test('does not lose a change that happens between two pages', async () => {
  const rig = createRig();
  const first = (await rig.call('candidate.list', { limit: 20 })).body;
  const early = first['results']?.['0']?.['id'];
  await rig.post(`/candidates/${String(early)}/email`, { email: 'new@example.com' });
  const last = (await rig.call('candidate.list', { limit: 20, cursor: first['nextCursor'] })).body;
  const changed = await results(rig, 'candidate.list', { syncToken: last['syncToken'] });
  assert.deepEqual(
    items(changed).map((one) => one['id']),
    [early],
  );
});

test('refuses sync tokens that are unreadable, of another list, or too old', async () => {
  const rig = createRig();
  const { syncToken } = (await rig.call('candidate.list')).body;
  assert.equal(await code(rig, 'candidate.list', { syncToken: 'x' }), 'sync_token_invalid');
  assert.equal(await code(rig, 'application.list', { syncToken }), 'sync_token_invalid');
  await rig.advance(8 * day);
  assert.equal(await code(rig, 'candidate.list', { syncToken }), 'sync_token_expired');
});

test('refuses an incremental run of too many pages', async () => {
  const rig = createRig({ candidates: 120 });
  const { syncToken } = (await rig.call('candidate.list', { limit: 1 })).body;
  assert.equal(syncToken, undefined);
  const empty = (await rig.call('candidate.list', { createdAfter: 9e14 })).body;
  const everyone = [
    ...items(await results(rig, 'candidate.list')),
    ...items((await rig.call('candidate.search', { name: 'a' })).body['results']),
  ];
  for (const one of new Set(everyone.map((candidate) => String(candidate['id']))))
    await rig.call('candidate.update', { candidateId: one, phoneNumber: '1' });
  let input: Record<string, unknown> = { limit: 1, syncToken: empty['syncToken'] };
  let pages = 0;
  for (;;) {
    const { body } = await rig.call('candidate.list', input);
    if (body['success'] !== (true as unknown)) {
      assert.equal(body['errorInfo']?.['code'], 'incremental_sync_too_large');
      break;
    }
    pages += 1;
    input = { limit: 1, cursor: body['nextCursor'] };
  }
  assert.equal(pages, 100);
});

test('takes strings for numbers and booleans, and null for cursor and sync token', async () => {
  const rig = createRig();
  const page = await results(rig, 'candidate.list', { limit: '2', cursor: null, syncToken: null });
  assert.equal(items(page).length, 2);
  const users = await results(rig, 'user.list', { includeDeactivated: 'true' });
  assert.equal(items(users).length, 6);
  assert.equal(items(await results(rig, 'user.list', { includeDeactivated: 'false' })).length, 5);
});

test('refuses a limit above 100 and dates where milliseconds belong', async () => {
  const rig = createRig();
  assert.equal(await code(rig, 'candidate.list', { limit: 101 }), 'invalid_input');
  const createdAfter = '2026-01-01T00:00:00.000Z';
  assert.equal(await code(rig, 'candidate.list', { createdAfter }), 'invalid_input');
  const all = await results(rig, 'candidate.list');
  const firstAt = Date.parse(String(all['0']?.['createdAt']));
  const later = await results(rig, 'candidate.list', { createdAfter: firstAt });
  assert.ok(items(later).every((one) => Date.parse(String(one['createdAt'])) > firstAt));
  assert.ok(items(later).length < 30);
});

test('tells null and absent fields apart as recordings do', async () => {
  const rig = createRig();
  const second = (await results(rig, 'candidate.list'))['1'];
  assert.ok(second && !('primaryEmailAddress' in second), 'no address: the field is absent');
  assert.equal(second['source'], null);
  assert.equal(second['timezone'], null);
  const application = await results(rig, 'application.info', {
    applicationId: second['applicationIds']?.['0'],
  });
  assert.equal(application['archiveReason'], null);
  assert.ok(!('archivedAt' in application));
  assert.equal(application['applicationHistory']?.['0']?.['actorId'], null);
  assert.ok(!('leftStageAt' in (application['applicationHistory']?.['0'] ?? {})));
  assert.ok(!('tags' in application));
});

test('begins with an active candidate in Application Review and one without an address', async () => {
  const rig = createRig();
  const applications = await results(rig, 'application.list', { limit: 2 });
  const job = (await results(rig, 'job.list'))['0'];
  for (const index of ['0', '1']) {
    const application = applications[index];
    assert.equal(application?.['status'], 'Active');
    assert.equal(application['currentInterviewStage']?.['title'], 'Application Review');
    assert.equal(application['job']?.['id'], job?.['id']);
  }
  assert.ok(applications['0']?.['candidate']?.['primaryEmailAddress']?.['value']);
  assert.equal(applications['1']?.['candidate']?.['primaryEmailAddress'], undefined);
});

test('repeats stage titles over two plans with ids of their own', async () => {
  const rig = createRig();
  const plans = items(await results(rig, 'interviewPlan.list'));
  const stages = await Promise.all(
    plans.map(async (plan) =>
      items(await results(rig, 'interviewStage.list', { interviewPlanId: plan['id'] })),
    ),
  );
  const titles = stages.map((list) => list.map((stage) => String(stage['title'])));
  assert.equal(titles.length, 2);
  assert.deepEqual(titles[0], titles[1]);
  assert.equal(new Set(stages.flat().map((stage) => stage['id'])).size, 14);
  assert.equal(
    await code(rig, 'interviewStage.list', { interviewPlanId: unknownId }),
    'interview_plan_not_found',
  );
});

/** The first application, its plan's stages, and an archive reason. */
const opening = async (rig: Rig) => {
  const application = (await results(rig, 'application.list', { limit: 1 }))['0'];
  const interviewPlanId = application?.['currentInterviewStage']?.['interviewPlanId'];
  const stages = items(await results(rig, 'interviewStage.list', { interviewPlanId }));
  const reason = (await results(rig, 'archiveReason.list'))['0']?.['id'];
  const stage = (title: string): unknown =>
    stages.find((one) => one['title'] === (title as unknown))?.['id'];
  return {
    applicationId: application?.['id'],
    candidateId: application?.['candidate']?.['id'],
    stage,
    reason,
  };
};

test('moves an application, keeps its history, and answers with the full stage', async () => {
  const rig = createRig();
  const { applicationId, stage } = await opening(rig);
  const interviewStageId = stage('Technical Quiz');
  await rig.advance(1000);
  const moved = await results(rig, 'application.changeStage', { applicationId, interviewStageId });
  assert.equal(moved['currentInterviewStage']?.['type'], 'Active');
  const { applicationHistory: history } = await results(rig, 'application.info', { applicationId });
  assert.equal(items(history).length, 2);
  assert.equal(history?.['0']?.['leftStageAt'], history?.['1']?.['enteredStageAt']);
  assert.equal(history?.['1']?.['stageId'], interviewStageId);
  const rows = await results(rig, 'application.listHistory', { applicationId, limit: 1 });
  assert.deepEqual(rows['0'], history?.['0']);
});

test('asks for an archive reason exactly where it belongs', async () => {
  const rig = createRig();
  const { applicationId, stage, reason } = await opening(rig);
  const to = (title: string, archiveReasonId?: unknown) => ({
    applicationId,
    interviewStageId: stage(title),
    archiveReasonId,
  });
  const change = 'application.changeStage';
  assert.equal(await code(rig, change, to('Archived')), 'invalid_input');
  assert.equal(await code(rig, change, to('Onsite', reason)), 'invalid_input');
  assert.equal(await code(rig, change, to('Archived', unknownId)), 'archive_reason_not_found');
  const archived = await results(rig, change, to('Archived', reason));
  assert.equal(archived['status'], 'Archived');
  assert.equal(archived['archiveReason']?.['id'], reason);
  assert.ok(archived['archivedAt']);
});

test('refuses a stage of another plan', async () => {
  const rig = createRig();
  const { applicationId } = await opening(rig);
  const other = (await results(rig, 'interviewPlan.list'))['1']?.['id'];
  const stages = await results(rig, 'interviewStage.list', { interviewPlanId: other });
  assert.equal(
    await code(rig, 'application.changeStage', {
      applicationId,
      interviewStageId: stages['1']?.['id'],
    }),
    'interview_stage_not_found',
  );
});

test('answers application.create and update with a partial stage', async () => {
  const rig = createRig();
  const { applicationId, candidateId } = await opening(rig);
  const jobId = (await results(rig, 'job.list'))['1']?.['id'];
  const created = await results(rig, 'application.create', { candidateId, jobId });
  assert.deepEqual(Object.keys(created['currentInterviewStage'] ?? {}), ['id']);
  const updated = await results(rig, 'application.update', { applicationId });
  assert.deepEqual(Object.keys(updated['currentInterviewStage'] ?? {}), ['id', 'title']);
  assert.deepEqual(Object.keys(updated['candidate'] ?? {}), ['id', 'name']);
});

test('filters applications by one status or several, and by job', async () => {
  const rig = createRig();
  const count = async (body: object): Promise<number> =>
    items(await results(rig, 'application.list', body)).length;
  const archived = await count({ status: 'Archived' });
  const active = await count({ status: 'Active' });
  assert.ok(archived > 0 && active > 0);
  assert.equal(await count({ status: ['Archived', 'Active'] }), archived + active);
  const jobId = (await results(rig, 'job.list'))['0']?.['id'];
  const ofJob = items(await results(rig, 'application.list', { jobId }));
  assert.ok(ofJob.length > 0 && ofJob.every((one) => one['job']?.['id'] === jobId));
});

test('searches by address and name together', async () => {
  const rig = createRig();
  const candidate = (await results(rig, 'candidate.list'))['0'];
  const email = String(candidate?.['primaryEmailAddress']?.['value']).toUpperCase();
  const name = candidate?.['name'];
  assert.equal(items(await results(rig, 'candidate.search', { email, name })).length, 1);
  assert.equal(items(await results(rig, 'candidate.search', { email, name: 'zz' })).length, 0);
});

test('puts tags on candidates once and takes them off strictly', async () => {
  const rig = createRig();
  const candidateId = (await results(rig, 'candidate.list'))['0']?.['id'];
  const tag = await results(rig, 'candidateTag.create', { title: ' send TEST ' });
  assert.equal(tag['title'], 'Send test', 'an existing title answers with the existing tag');
  const tagId = tag['id'];
  await results(rig, 'candidate.addTag', { candidateId, tagId });
  const tagged = await results(rig, 'candidate.addTag', { candidateId, tagId });
  assert.deepEqual(items(tagged['tags']).length, 1);
  const removeTag = 'candidate.removeTag';
  assert.equal(await code(rig, removeTag, { candidateId, tagId, extra: 1 }), 'invalid_input');
  const bare = await results(rig, removeTag, { candidateId, tagId });
  assert.deepEqual(bare['tags'], []);
});

test('keeps notes in the allowed HTML only', () => {
  assert.equal(
    sanitiseHtml('<p>Hi <b onclick="x()">there</b><script>alert(1)</script> &amp; <i>you</p>'),
    'Hi <b>there</b> &amp; <i>you</i>',
  );
  assert.equal(
    sanitiseHtml('<a href="https://x.example/?a=1&amp;b=2" target=_blank>go</a>'),
    '<a href="https://x.example/?a=1&amp;b=2">go</a>',
  );
  assert.equal(sanitiseHtml('<a href="java&#115;cript:alert(1)">x</a>'), '<a>x</a>');
  assert.equal(sanitiseHtml('1 < 2 & 3 > 2</b>'), '1 &lt; 2 &amp; 3 &gt; 2');
  assert.equal(sanitiseHtml('<ul><li>one<li>two</ul>'), '<ul><li>one<li>two</li></li></ul>');
});

test('lists notes, private ones only to keys that may see them', async () => {
  const rig = createRig();
  const candidateId = (await results(rig, 'candidate.list'))['0']?.['id'];
  const html = { type: 'text/html', value: '<h1>Link</h1><a href="https://x.example">go</a>' };
  const note = await results(rig, 'candidate.createNote', { candidateId, note: html });
  assert.equal(note['content'], 'Link<a href="https://x.example">go</a>');
  await results(rig, 'candidate.createNote', { candidateId, note: '<b>', isPrivate: true });
  assert.equal(items(await results(rig, 'candidate.listNotes', { candidateId })).length, 1);
  const key = await makeKey(rig, { scope: 'candidates:read', privateFields: 'on' });
  const { body } = await rig.call('candidate.listNotes', { candidateId }, withKey(key));
  assert.deepEqual(
    items(body['results']).map((one) => one['content']),
    ['Link<a href="https://x.example">go</a>', '<b>'],
  );
});

test('credits a write to another user only if the key may', async () => {
  const rig = createRig();
  const candidateId = (await results(rig, 'candidate.list'))['0']?.['id'];
  const user = (await results(rig, 'user.list'))['2'];
  const behalf = { 'x-on-behalf-of': String(user?.['id']) };
  const body = { candidateId, note: 'Hello' };
  assert.equal((await rig.call('candidate.createNote', body, behalf)).status, 403);
  const key = await makeKey(rig, { scope: 'candidates:write', onBehalfOf: 'on' });
  const answer = await rig.call('candidate.createNote', body, { ...behalf, ...withKey(key) });
  assert.equal(answer.body['results']?.['author']?.['id'], user?.['id']);
});

test('hides confidential jobs and their applications from ordinary keys', async () => {
  const rig = createRig();
  const key = await makeKey(rig, { scope: 'jobs:read', confidentialJobs: 'on' });
  const { body } = await rig.call('job.list', {}, withKey(key));
  const secretJob = items(body['results']).find((job) => job['confidential'] === (true as unknown));
  assert.ok(secretJob);
  assert.equal(await code(rig, 'job.info', { id: secretJob['id'] }), 'job_not_found');
  const candidateId = String((await results(rig, 'candidate.list'))['0']?.['id']);
  const { applicationId } = await opening(rig);
  await rig.post(`/candidates/${candidateId}/transfer`, { job: String(secretJob['id']) });
  assert.equal(await code(rig, 'application.info', { applicationId }), 'application_not_found');
});

test('answers 429 with the failure envelope once the burst is used up', async () => {
  const rig = createRig({ rate: 'vendor' });
  let last = await rig.call('apiKey.info');
  for (let sent = 1; last.status === 200 && sent < 1000; sent += 1)
    last = await rig.call('apiKey.info');
  assert.equal(last.status, 429);
  assert.equal(last.headers.get('retry-after'), '1');
  assert.equal(last.body['success'], false);
  await rig.advance(1000);
  assert.equal((await rig.call('apiKey.info')).status, 200);
});

test('acts out faults, and does the work when only the answer is lost', async () => {
  const rig = createRig();
  rig.emulator.faults.push(
    { kind: 503, match: 'candidate.list', times: 1, retryAfter: '7' },
    { kind: 'drop_after', match: 'createNote', times: 1 },
  );
  const unavailable = await rig.call('candidate.list');
  assert.equal(unavailable.status, 503);
  assert.equal(unavailable.headers.get('retry-after'), '7');
  const candidateId = (await results(rig, 'candidate.list'))['0']?.['id'];
  await assert.rejects(rig.call('candidate.createNote', { candidateId, note: 'x' }));
  assert.equal(items(await results(rig, 'candidate.listNotes', { candidateId })).length, 1);
  assert.equal(rig.emulator.requests.at(-1)?.path, '/candidate.listNotes');
});

test('makes the same data from the same seed and continues from a saved state', async () => {
  const one = createRig();
  assert.deepEqual(one.emulator.snapshot(), createRig().emulator.snapshot());
  assert.notDeepEqual(one.emulator.snapshot(), createRig({ seed: 8 }).emulator.snapshot());
  const create = { name: 'Ada Lovelace', email: 'ada@example.com' };
  await results(one, 'candidate.create', create);
  const changes = one.changes();
  const saved: unknown = JSON.parse(JSON.stringify(one.emulator.snapshot()));
  const two = createRig({ saved, candidates: 0 });
  assert.deepEqual(two.emulator.snapshot(), one.emulator.snapshot());
  const [first, second] = [
    await results(one, 'candidate.create', create),
    await results(two, 'candidate.create', create),
  ];
  assert.deepEqual(first, second);
  assert.equal(one.changes(), changes + 1);
  const found = await results(two, 'candidate.search', { email: 'ada@example.com' });
  assert.equal(items(found).length, 2);
});

test('seeds thousands of candidates and reads one of them at once', async () => {
  const emulator = createEmulator({
    seed: 1,
    candidates: 5000,
    now: () => 1_800_000_000_000,
    later: () => () => undefined,
    fetch: () => new Response(),
    origin: 'http://emulator.test/ashby',
    rate: 0,
    allowHttpLoopback: false,
    deliverMail: () => undefined,
    changed: () => undefined,
  });
  const { candidates } = emulator.snapshot() as { candidates: Array<{ id: string }> };
  assert.equal(new Set(candidates.map(({ id }) => id)).size, 5000);
});
