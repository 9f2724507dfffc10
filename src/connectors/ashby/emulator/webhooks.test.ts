import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryDelay, sign } from './hooks.ts';
import { createRig, type Loose, type Rig, textOf } from '../fixtures/test-rig.ts';

const secretToken = 'test-secret';
const parsed = (body: string): Loose => JSON.parse(body) as Loose;

const subscribe = async (rig: Rig, webhookType: string, requestUrl = 'https://hub.example/in') =>
  rig.call('webhook.create', { webhookType, requestUrl, secretToken });

const someone = async (rig: Rig, index = 0): Promise<string> =>
  textOf((await rig.call('candidate.list')).body['results']?.[String(index)]?.['id']);

/** What came after the pings, as `action` and action id. */
const events = (rig: Rig): Array<[action: unknown, id: unknown]> =>
  rig.received
    .map(({ body }) => parsed(body))
    .filter((payload) => payload['action'] !== ('ping' as unknown))
    .map((payload) => [payload['action'], payload['webhookActionId']]);

test('signs the raw bytes with HMAC-SHA256', () => {
  const body =
    '{"webhookActionId":"75395d87-4044-4dc4-bc29-0cec185e5f06","action":"ping","data":{"webhookActionType":"ping"}}';
  assert.equal(
    sign(secretToken, body),
    'sha256=252d19f4525d3b71f1e27dffff8211933baa943c8938e36898d4856bdcb6f118',
  );
});

test('pings the receiver before it answers webhook.create', async () => {
  const rig = createRig();
  let answered = false;
  rig.receiver.answer = () => {
    assert.equal(answered, false);
    return 200;
  };
  const { body } = await subscribe(rig, 'candidateStageChange');
  answered = true;
  assert.equal(body['results']?.['enabled'], true);
  assert.equal(body['results']['secretToken'], secretToken);
  const ping = rig.received[0];
  assert.ok(ping);
  assert.equal(parsed(ping.body)['action'], 'ping');
  assert.equal(ping.headers.get('ashby-signature'), sign(secretToken, ping.body));
  assert.equal(ping.headers.get('user-agent'), 'Ashby-Webhook');
});

test('creates a webhook disabled when its ping fails, and enables it later', async () => {
  for (const status of [500, 401, 0]) {
    const rig = createRig();
    rig.receiver.answer = () => status;
    const { body } = await subscribe(rig, 'candidateStageChange');
    assert.equal(body['success'], true);
    assert.equal(body['results']?.['enabled'], false);
    const webhookId = body['results']['id'];
    const stillDown = await rig.call('webhook.update', { webhookId, enabled: true });
    assert.equal(stillDown.body['results']?.['enabled'], false);
    rig.receiver.answer = () => 200;
    const up = await rig.call('webhook.update', { webhookId, enabled: 'true' });
    assert.equal(up.body['results']?.['enabled'], true);
    assert.equal(rig.received.length, 3);
  }
});

test('pings again on every edit, with the new secret', async () => {
  const rig = createRig();
  const webhookId = (await subscribe(rig, 'candidateHire')).body['results']?.['id'];
  await rig.call('webhook.update', { webhookId, secretToken: 'other' });
  const ping = rig.received[1];
  assert.ok(ping);
  assert.equal(ping.headers.get('ashby-signature'), sign('other', ping.body));
  const nothing = await rig.call('webhook.update', { webhookId });
  assert.equal(nothing.body['errorInfo']?.['code'], 'invalid_input');
});

test('refuses a second webhook of the same type and URL', async () => {
  const rig = createRig();
  await subscribe(rig, 'candidateHire');
  const twin = await subscribe(rig, 'candidateHire');
  assert.equal(twin.status, 200);
  assert.match(textOf(twin.body['errorInfo']?.['message']), /duplicate webhook/i);
  assert.equal((await subscribe(rig, 'candidateMerge')).body['success'], true);
  const other = await subscribe(rig, 'candidateHire', 'https://hub.example/other');
  assert.equal(other.body['success'], true);
});

test('takes http only to loopback and only where that is allowed', async () => {
  const enabled = async (allowHttpLoopback: boolean, url: string): Promise<unknown> =>
    (await subscribe(createRig({ allowHttpLoopback }), 'candidateHire', url)).body['success'];
  assert.equal(await enabled(false, 'http://127.0.0.1:4000/in'), false);
  assert.equal(await enabled(true, 'http://127.0.0.1:4000/in'), true);
  assert.equal(await enabled(true, 'http://hub.example/in'), false);
  assert.equal(await enabled(true, 'http://127.0.0.1.evil.example/in'), false);
  assert.equal(await enabled(true, 'nonsense'), false);
});

test('shows a webhook without its secret and forgets it when deleted', async () => {
  const rig = createRig();
  const webhookId = (await subscribe(rig, 'candidateHire')).body['results']?.['id'];
  const info = (await rig.call('webhook.info', { webhookId })).body['results'];
  assert.deepEqual(Object.keys(info ?? {}).sort(), ['enabled', 'id', 'requestUrl', 'webhookType']);
  const gone = await rig.call('webhook.delete', { webhookId });
  assert.equal(gone.body['results']?.['webhookId'], webhookId);
  const again = await rig.call('webhook.delete', { webhookId });
  assert.deepEqual(again.body, { success: false, errors: ['webhook_not_found'] });
  const missing = await rig.call('webhook.info', { webhookId });
  assert.equal(missing.body['errorInfo']?.['code'], 'webhook_not_found');
  assert.equal((await rig.call('webhook.list')).status, 404);
});

test('sends a stage change and its update as siblings of one action', async () => {
  const rig = createRig();
  await subscribe(rig, 'candidateStageChange');
  await subscribe(rig, 'applicationUpdate');
  const application = (await rig.call('application.list', { limit: 1 })).body['results']?.['0'];
  const interviewPlanId = application?.['currentInterviewStage']?.['interviewPlanId'];
  const stages = (await rig.call('interviewStage.list', { interviewPlanId })).body['results'];
  const interviewStageId = stages?.['1']?.['id'];
  await rig.call('application.changeStage', {
    applicationId: application?.['id'],
    interviewStageId,
  });
  await rig.advance(0);
  const sent = events(rig);
  assert.deepEqual(
    sent.map(([action]) => action),
    ['candidateStageChange', 'applicationUpdate'],
  );
  assert.equal(new Set(sent.map(([, id]) => id)).size, 1);
  const payload = parsed(rig.received.at(-2)?.body ?? '')['data']?.['application'];
  assert.equal(payload?.['currentInterviewStage']?.['id'], interviewStageId);
  assert.equal(payload?.['applicationHistory'], undefined);
  await rig.call('application.changeStage', {
    applicationId: application?.['id'],
    interviewStageId,
  });
  await rig.advance(0);
  assert.equal(events(rig).length, 2, 'staying in a stage is no change');
});

test('sends three siblings for a hire', async () => {
  const rig = createRig();
  for (const type of ['candidateHire', 'applicationUpdate', 'candidateStageChange'])
    await subscribe(rig, type);
  await rig.post(`/candidates/${await someone(rig)}/hire`);
  await rig.advance(0);
  const sent = events(rig);
  assert.deepEqual(
    sent.map(([action]) => action),
    ['candidateStageChange', 'applicationUpdate', 'candidateHire'],
  );
  assert.equal(new Set(sent.map(([, id]) => id)).size, 1);
});

test('tells of submission, merge, deletion, but never of tags and addresses', async () => {
  const rig = createRig();
  for (const type of [
    'applicationSubmit',
    'candidateMerge',
    'candidateDelete',
    'applicationUpdate',
  ])
    await subscribe(rig, type);
  const [kept, gone, deleted] = [await someone(rig), await someone(rig, 2), await someone(rig, 3)];
  await rig.post(`/candidates/${kept}/tags`, { title: 'Send test' });
  await rig.post(`/candidates/${kept}/email`, { email: 'x@example.com' });
  await rig.advance(0);
  assert.deepEqual(events(rig), []);
  const jobId = (await rig.call('job.list')).body['results']?.['1']?.['id'];
  await rig.call('application.create', { candidateId: kept, jobId });
  await rig.call('candidate.createNote', { candidateId: gone, note: 'Kept over the merge' });
  await rig.post(`/candidates/${gone}/merge`, { into: kept });
  await rig.post(`/candidates/${deleted}/delete`);
  await rig.advance(0);
  assert.deepEqual(
    events(rig).map(([action]) => action),
    ['applicationSubmit', 'candidateMerge', 'candidateDelete'],
  );
  assert.deepEqual(parsed(rig.received.at(-2)?.body ?? '')['data'], {
    deletedCandidate: { id: gone },
    mergedCandidate: { id: kept },
  });
  const merged = (await rig.call('candidate.info', { id: kept })).body['results'];
  assert.equal((merged?.['applicationIds'] as unknown as unknown[]).length >= 3, true);
  const notes = (await rig.call('candidate.listNotes', { candidateId: kept })).body['results'];
  assert.equal(notes?.['0']?.['content'], 'Kept over the merge');
  for (const id of [gone, deleted]) {
    const answer = await rig.call('candidate.info', { id });
    assert.equal(answer.body['errorInfo']?.['code'], 'candidate_not_found');
  }
});

test('maps the stages when a job goes to another plan', async () => {
  const rig = createRig();
  await subscribe(rig, 'interviewPlanTransition');
  await rig.post('/admin/webhooks', { type: 'jobUpdate', requestUrl: 'https://hub.example/job' });
  const plans = (await rig.call('interviewPlan.list')).body['results'];
  const job = (await rig.call('job.list')).body['results']?.['0'];
  const before = (await rig.call('application.list', { limit: 1 })).body['results']?.['0'];
  const plan = textOf(plans?.['1']?.['id']);
  await rig.post('/admin/interview-plans/transition', { job: textOf(job?.['id']), plan });
  await rig.advance(0);
  const sent = events(rig);
  assert.deepEqual(
    sent.map(([action]) => action),
    ['interviewPlanTransition', 'jobUpdate'],
  );
  assert.equal(sent[0]?.[1], sent[1]?.[1]);
  const data = parsed(rig.received.at(-2)?.body ?? '')['data'];
  assert.equal(data?.['toInterviewPlan']?.['id'], plan);
  const mappings = data['interviewStageMappings'] as unknown as Loose[];
  assert.equal(mappings.length, 7);
  const mine = mappings.find(
    (one) => one['fromInterviewStageId'] === before?.['currentInterviewStage']?.['id'],
  );
  const after = (await rig.call('application.list', { limit: 1 })).body['results']?.['0'];
  assert.equal(after?.['currentInterviewStage']?.['id'], mine?.['toInterviewStageId']);
  assert.equal(after?.['currentInterviewStage']?.['interviewPlanId'], plan);
  assert.equal(
    rig.received.at(-1)?.headers.get('ashby-signature'),
    null,
    'no secret, no signature',
  );
});

test('retries after (2^n - 1) * 10 s, ten attempts in all, with the same bytes', async () => {
  assert.deepEqual([1, 2, 3, 4, 5].map(retryDelay), [10_000, 30_000, 70_000, 150_000, 310_000]);
  assert.equal(retryDelay(10), null);
  const rig = createRig();
  await subscribe(rig, 'candidateDelete');
  rig.receiver.answer = () => 500;
  await rig.post(`/candidates/${await someone(rig)}/delete`);
  await rig.advance(0);
  for (let n = 1; n <= 9; n += 1) {
    const delay = (2 ** n - 1) * 10_000;
    await rig.advance(delay - 1);
    assert.equal(rig.received.length, 1 + n, `not before its time: retry ${String(n)}`);
    await rig.advance(1);
    assert.equal(rig.received.length, 2 + n);
  }
  await rig.advance(86_400_000);
  assert.equal(rig.received.length, 11, 'a ping and ten attempts');
  assert.equal(new Set(rig.received.slice(1).map(({ body }) => body)).size, 1);
});

test('does not retry after statuses that mean never', async () => {
  for (const status of [401, 403, 404, 405, 410]) {
    const rig = createRig();
    await subscribe(rig, 'candidateDelete');
    rig.receiver.answer = () => status;
    await rig.post(`/candidates/${await someone(rig)}/delete`);
    await rig.advance(0);
    await rig.advance(3_600_000);
    assert.equal(rig.received.length, 2, `after ${String(status)}`);
  }
});

test('forges signatures on demand', async () => {
  const rig = createRig();
  await subscribe(rig, 'candidateDelete');
  rig.emulator.webhookFaults.forge = true;
  await rig.post(`/candidates/${await someone(rig)}/delete`);
  await rig.advance(0);
  const delivery = rig.received.at(-1);
  assert.ok(delivery);
  assert.match(delivery.headers.get('ashby-signature') ?? '', /^sha256=[0-9a-f]{64}$/);
  assert.notEqual(delivery.headers.get('ashby-signature'), sign(secretToken, delivery.body));
});

test('drops, doubles, delays and reverses deliveries on demand', async () => {
  const rig = createRig();
  const faults = rig.emulator.webhookFaults;
  await subscribe(rig, 'candidateDelete');
  const remove = async (): Promise<string> => {
    const id = await someone(rig);
    await rig.post(`/candidates/${id}/delete`);
    await rig.advance(0);
    return id;
  };
  const deleted = (): unknown[] =>
    rig.received
      .map(({ body }) => parsed(body)['data']?.['candidate']?.['id'])
      .filter((id) => id !== undefined);
  faults.drop = true;
  await remove();
  assert.deepEqual(deleted(), []);
  Object.assign(faults, { drop: false, copies: 2 });
  const twice = await remove();
  assert.deepEqual(deleted(), [twice, twice]);
  Object.assign(faults, { copies: 1, delay: 60_000, reverse: 2 });
  const [earlier, later] = [await remove(), await remove()];
  await rig.advance(59_999);
  assert.equal(deleted().length, 2, 'too early');
  await rig.advance(1);
  assert.deepEqual(deleted().slice(2), [later, earlier]);
});

test('sends after a restart what was still to be delivered, with the same action id', async () => {
  const rig = createRig();
  await subscribe(rig, 'candidateDelete');
  rig.receiver.answer = () => 503;
  await rig.post(`/candidates/${await someone(rig)}/delete`);
  await rig.advance(0);
  const failed = rig.received.at(-1);
  rig.emulator.stop();
  const again = createRig({
    saved: JSON.parse(JSON.stringify(rig.emulator.snapshot())) as unknown,
  });
  await again.advance(0);
  assert.deepEqual(
    again.received.map(({ body }) => body),
    [failed?.body],
  );
  await again.advance(3_600_000);
  assert.equal(again.received.length, 1);
  const { pending } = again.emulator.snapshot() as { pending: unknown[] };
  assert.deepEqual(pending, []);
});
