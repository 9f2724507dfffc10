import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createRig,
  items,
  makeKey,
  results,
  unknownId,
  withKey,
  textOf,
} from '../fixtures/test-rig.ts';

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
  assert.match(textOf(answer.body['errors']['0']['message']), /missing_endpoint_permission/);
  assert.equal(answer.body['errorInfo'], undefined);
  assert.equal((await rig.call('job.list', {}, withKey(key))).status, 200);
});

test('tells an unknown object inside a 200, with a request id', async () => {
  const rig = createRig();
  const answer = await rig.call('candidate.info', { id: unknownId });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body['errors'], ['candidate_not_found']);
  const requestId = answer.body['errorInfo']?.['requestId'];
  assert.match(textOf(requestId), /^[0-9A-HJKMNP-TV-Z]{26}$/);
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

test('credits a write to another user only if the key may', async () => {
  const rig = createRig();
  const candidateId = (await results(rig, 'candidate.list'))['0']?.['id'];
  const user = (await results(rig, 'user.list'))['2'];
  const behalf = { 'x-on-behalf-of': textOf(user?.['id']) };
  const body = { candidateId, note: 'Hello' };
  assert.equal((await rig.call('candidate.createNote', body, behalf)).status, 403);
  const key = await makeKey(rig, { scope: 'candidates:write', onBehalfOf: 'on' });
  const answer = await rig.call('candidate.createNote', body, { ...behalf, ...withKey(key) });
  assert.equal(answer.body['results']?.['author']?.['id'], user?.['id']);
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

test('gives thousands of seeded candidates ids of their own', () => {
  const { emulator } = createRig({ candidates: 5000 });
  const { candidates } = emulator.snapshot() as { candidates: Array<{ id: string }> };
  assert.equal(new Set(candidates.map(({ id }) => id)).size, 5000);
});
