import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, firstTwo, type Delivery, type Listed, type Rig } from './rig.ts';
import { sign } from './webhooks.ts';

interface HookJson {
  id: string;
  url: string;
  event: string;
  configuration: { conditions?: { origins: string[] }; signatureToken?: string };
}

const url = 'https://hub.example/hooks/abc';

const subscribe = async (rig: Rig, event: string, more: object = {}): Promise<HookJson> => {
  const { status, body } = await rig.call<{ data: HookJson }>('POST', '/webhooks', {
    url,
    event,
    ...more,
  });
  assert.equal(status, 201);
  return body.data;
};

const move = async (rig: Rig, id: string, stage: string): Promise<void> => {
  assert.equal((await rig.act(`/candidates/${id}/stage`, { stage })).status, 303);
  await rig.advance(0);
};

const only = (rig: Rig): Delivery => {
  assert.equal(rig.deliveries.length, 1);
  const [delivery] = rig.deliveries;
  assert.ok(delivery);
  return delivery;
};

test('signs as in the worked example of the contract', () => {
  assert.equal(
    sign(
      '73311ged32110cc40e00c672c2e03e1a42fa28a4fabde089',
      'be58f711f349c7780e4579cd7c63341ac6f881e4dccc3154',
      1431454330072,
    ),
    'd8138ffefd31f34fd9ef6ab358881a2ac5d138287c38186688985ea7755ec241',
  );
});

test('tells the signature token at creation only, and lists without paging', async () => {
  const rig = createRig();
  const hook = await subscribe(rig, 'candidateStageChange');
  assert.match(hook.configuration.signatureToken ?? '', /^[0-9a-f]{48}$/);
  assert.equal(hook.configuration.conditions?.origins.length, 6);
  const again = await subscribe(rig, 'candidateStageChange');
  assert.notEqual(again.configuration.signatureToken, hook.configuration.signatureToken);
  const list = await rig.call<Listed<HookJson>>('GET', '/webhooks/');
  assert.deepEqual(Object.keys(list.body), ['data']);
  assert.deepEqual(
    list.body.data.map((one) => one.id),
    [hook.id, again.id],
  );
  assert.ok(list.body.data.every((one) => one.configuration.signatureToken === undefined));
});

test('refuses unknown events and addresses that are not https, except loopback where allowed', async () => {
  const post = async (rig: Rig, body: object): Promise<number> =>
    (await rig.call('POST', '/webhooks', body)).status;
  const [strict, loose] = [createRig(), createRig({ allowHttpLoopback: true })];
  const event = 'candidateStageChange';
  assert.equal(await post(strict, { url, event: 'noteAdded' }), 400);
  assert.equal(await post(strict, { url: 'http://127.0.0.1:4000/hook', event }), 400);
  assert.equal(await post(loose, { url: 'http://127.0.0.1:4000/hook', event }), 201);
  assert.equal(await post(loose, { url: 'http://localhost:4000/hook', event }), 201);
  assert.equal(await post(loose, { url: 'http://hub.example/hook', event }), 400);
  assert.equal(await post(loose, { url: 'hub.example', event }), 400);
});

test('updates in bulk on the collection and deletes one by one', async () => {
  const rig = createRig();
  const hook = await subscribe(rig, 'candidateHired');
  const other = 'https://hub.example/other';
  const put = await rig.call<Listed<HookJson>>('PUT', '/webhooks/', {
    data: [{ id: hook.id, url: other, configuration: { conditions: { origins: ['applied'] } } }],
  });
  assert.equal(put.status, 200);
  assert.deepEqual(put.body.data, [
    { ...hook, url: other, configuration: { conditions: { origins: ['applied'] } } },
  ]);
  const deleted = await rig.call('DELETE', `/webhooks/${hook.id}`);
  assert.deepEqual([deleted.status, deleted.body], [204, {}]);
  assert.equal((await rig.call('DELETE', `/webhooks/${hook.id}`)).status, 404);
});

test('delivers a stage change with ids only, signed in the body and nowhere else', async () => {
  const rig = createRig();
  const hook = await subscribe(rig, 'candidateStageChange');
  const [first] = await firstTwo(rig);
  await move(rig, first.id, 'offer');
  const { url: target, headers, body } = only(rig);
  assert.equal(target, url);
  assert.equal(headers.get('user-agent'), 'Lever-Webhooks');
  assert.ok([...headers.keys()].every((name) => !name.includes('signature')));
  assert.deepEqual(Object.keys(body), ['id', 'event', 'triggeredAt', 'token', 'signature', 'data']);
  assert.match(body.token, /^[0-9a-f]{48}$/);
  const key = hook.configuration.signatureToken ?? '';
  assert.equal(body.signature, sign(key, body.token, body.triggeredAt));
  const { candidateId, ...data } = body.data;
  assert.deepEqual(data, {
    opportunityId: first.id,
    contactId: first.contact,
    toStageId: 'offer',
    fromStageId: 'applicant-new',
  });
  assert.notEqual(candidateId, first.id);
});

test('sends nothing when the stage stays the same, and no `id` when told to omit it', async () => {
  const rig = createRig();
  await subscribe(rig, 'candidateStageChange');
  const [first] = await firstTwo(rig);
  await move(rig, first.id, 'applicant-new');
  assert.equal(rig.deliveries.length, 0);
  await rig.act('/settings/webhooks/event-id', { omit: 'true' });
  await move(rig, first.id, 'offer');
  assert.ok(!('id' in only(rig).body));
});

test('stays silent until a Super Admin turns the event on', async () => {
  const rig = createRig();
  await rig.act('/settings/webhooks/strict', { strict: 'true' });
  await subscribe(rig, 'candidateStageChange');
  const [first] = await firstTwo(rig);
  await move(rig, first.id, 'offer');
  assert.equal(rig.deliveries.length, 0);
  await rig.act('/settings/webhooks/groups', { event: 'candidateStageChange', enabled: 'true' });
  await move(rig, first.id, 'lead-new');
  assert.equal(only(rig).body.data['toStageId'], 'lead-new');
});

test('delivers only for the origins of the condition', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const others = ['agency', 'university'];
  await subscribe(rig, 'candidateStageChange', {
    configuration: { conditions: { origins: others } },
  });
  await move(rig, first.id, 'offer');
  assert.equal(rig.deliveries.length, 0);
  await subscribe(rig, 'candidateStageChange', {
    configuration: { conditions: { origins: [first.origin] } },
  });
  await move(rig, first.id, 'lead-new');
  assert.equal(rig.deliveries.length, 1);
});

test('tries again five times at growing intervals with the same token, then gives up', async () => {
  const rig = createRig();
  await subscribe(rig, 'candidateStageChange');
  const [first] = await firstTwo(rig);
  rig.answers.push(500, 302, 0, 404, 500, 500, 200);
  await move(rig, first.id, 'offer');
  await rig.advance(24 * 3_600_000);
  assert.equal(rig.deliveries.length, 6);
  assert.equal(new Set(rig.deliveries.map((one) => one.body.token)).size, 1);
  assert.match(await rig.page('/settings/webhooks'), /given_up/);
});

test('counts any 2xx as success', async () => {
  const rig = createRig();
  await subscribe(rig, 'candidateStageChange');
  const [first] = await firstTwo(rig);
  rig.answers.push(503, 204);
  await move(rig, first.id, 'offer');
  await rig.advance(24 * 3_600_000);
  assert.equal(rig.deliveries.length, 2);
});

test('pings with empty data and reruns an old delivery unchanged', async () => {
  const rig = createRig();
  const hook = await subscribe(rig, 'candidateStageChange');
  const response = await rig.act(`/settings/webhooks/${hook.id}/test`);
  assert.match(response.headers.get('location') ?? '', /^\/lever\/settings\/webhooks\?notice=/);
  const ping = only(rig).body;
  assert.deepEqual([ping.event, ping.data], ['candidateStageChange', {}]);
  const key = hook.configuration.signatureToken ?? '';
  assert.equal(ping.signature, sign(key, ping.token, ping.triggeredAt));
  await rig.advance(60_000);
  await rig.act(`/settings/webhooks/deliveries/${ping.id ?? ''}/rerun`);
  assert.deepEqual(rig.deliveries[1]?.body, ping);
});

test('forges, drops and doubles deliveries on request', async () => {
  const rig = createRig();
  const hook = await subscribe(rig, 'candidateStageChange');
  const [first] = await firstTwo(rig);
  Object.assign(rig.emulator.webhookFaults, { copies: 2, forge: true });
  await move(rig, first.id, 'offer');
  assert.equal(rig.deliveries.length, 2);
  const body = rig.deliveries[0]?.body;
  assert.ok(body);
  const key = hook.configuration.signatureToken ?? '';
  assert.notEqual(body.signature, sign(key, body.token, body.triggeredAt));
  rig.emulator.webhookFaults.drop = true;
  await move(rig, first.id, 'lead-new');
  assert.equal(rig.deliveries.length, 2);
});

test('delivers late and in reverse order on request', async () => {
  const rig = createRig();
  await subscribe(rig, 'candidateStageChange');
  const [first] = await firstTwo(rig);
  Object.assign(rig.emulator.webhookFaults, { delay: 60_000, reverse: 2 });
  await move(rig, first.id, 'offer');
  await move(rig, first.id, 'lead-new');
  await rig.advance(59_999);
  assert.equal(rig.deliveries.length, 0);
  await rig.advance(1);
  assert.deepEqual(
    rig.deliveries.map(({ body }) => body.data['toStageId']),
    ['lead-new', 'offer'],
  );
});

test('tells of archiving, hiring, deletion, people and applications', async () => {
  const rig = createRig();
  const wanted = [
    'candidateArchiveChange', 'candidateHired', 'candidateDeleted', 'contactUpdated',
    'contactCreated', 'applicationCreated',
  ]; // prettier-ignore
  for (const event of wanted) await subscribe(rig, event);
  const [first, second] = await firstTwo(rig);
  const take = async (): Promise<Array<[string, Record<string, unknown>]>> => {
    await rig.advance(0);
    return rig.deliveries.splice(0).map(({ body }) => [body.event, body.data]);
  };
  const reasons = await rig.call<Listed<{ id: string }>>('GET', '/archive_reasons?type=hired');
  const reason = reasons.body.data[0]?.id ?? '';
  await rig.act(`/candidates/${first.id}/archive`, { reason });
  const [archived, hired] = await take();
  assert.equal(archived?.[0], 'candidateArchiveChange');
  assert.equal(archived[1]['fromArchived'], null);
  assert.deepEqual(archived[1]['toArchived'], { archivedAt: rig.now(), reason });
  assert.equal(hired?.[0], 'candidateHired');
  await rig.act(`/candidates/${first.id}/unarchive`);
  const [unarchived] = await take();
  assert.deepEqual(unarchived?.[1]['toArchived'], null);
  await rig.act(`/candidates/${second.id}/email`, { email: 'late@people.example' });
  const [updated] = await take();
  assert.deepEqual([updated?.[0], updated?.[1]['contactId']], ['contactUpdated', second.contact]);
  assert.ok(typeof updated?.[1]['accountId'] === 'string');
  await rig.act(`/candidates/${second.id}/delete`);
  const [deleted] = await take();
  assert.deepEqual([deleted?.[0], deleted?.[1]['opportunityId']], ['candidateDeleted', second.id]);
  assert.equal((await rig.call('GET', `/opportunities/${second.id}`)).status, 404);
  const gone = await rig.call<Listed<{ id: string; deletedAt: number }>>(
    'GET',
    '/opportunities/deleted',
  );
  assert.deepEqual(
    gone.body.data.map((one) => [one.id, one.deletedAt]),
    [[second.id, rig.now()]],
  );
  const postings = await rig.call<Listed<{ id: string }>>('GET', '/postings?limit=1');
  await rig.act('/candidates', { name: 'New', posting: postings.body.data[0]?.id ?? '' });
  assert.deepEqual(
    (await take()).map(([event]) => event),
    ['contactCreated', 'applicationCreated'],
  );
});
