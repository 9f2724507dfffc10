import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DroppedConnection } from '#connectors/emulator-faults.ts';
import { createRig, firstTwo, makeKey, type Listed, type OpportunityJson } from './rig.ts';

test('answers 401 without a wrapper to a wrong key, and to none', async () => {
  const rig = createRig();
  const wrong = await rig.call('GET', '/stages', undefined, 'nonsense');
  assert.equal(wrong.status, 401);
  assert.deepEqual(Object.keys(wrong.body), ['code', 'message']);
  assert.equal((await rig.fetch(`${rig.settings['apiBase'] ?? ''}/stages`)).status, 401);
});

test('takes the key as a bearer token too', async () => {
  const rig = createRig();
  const response = await rig.fetch(`${rig.settings['apiBase'] ?? ''}/stages`, {
    headers: { authorization: `Bearer ${rig.settings['apiKey'] ?? ''}` },
  });
  assert.equal(response.status, 200);
});

test('refuses an endpoint that the key has no permission for, and lets write imply read', async () => {
  const rig = createRig();
  const key = await makeKey(rig, ['stages:read:admin', 'notes:write:admin']);
  const [first] = await firstTwo(rig);
  assert.equal((await rig.call('GET', '/stages', undefined, key)).status, 200);
  assert.equal((await rig.call('GET', '/tags', undefined, key)).status, 403);
  const notes = `/opportunities/${first.id}/notes`;
  assert.equal((await rig.call('GET', notes, undefined, key)).status, 200);
  const reader = await makeKey(rig, ['notes:read:admin']);
  assert.equal((await rig.call('POST', notes, { value: 'x' }, reader)).status, 403);
});

test('hides confidential opportunities from lists and answers 403 to a direct read', async () => {
  const rig = createRig({ candidates: 300 });
  const allowed = await makeKey(rig, ['opportunities:read:admin', 'confidential:access:admin']);
  const list = '/opportunities?confidentiality=confidential';
  const seen = await rig.call<Listed<OpportunityJson>>('GET', list, undefined, allowed);
  const [hidden] = seen.body.data;
  assert.ok(hidden);
  assert.equal(hidden.confidentiality, 'confidential');
  assert.deepEqual((await rig.call<Listed<unknown>>('GET', list)).body.data, []);
  assert.equal((await rig.call('GET', `/opportunities/${hidden.id}`)).status, 403);
  const read = await rig.call('GET', `/opportunities/${hidden.id}`, undefined, allowed);
  assert.equal(read.status, 200);
});

test('refuses an unknown and a deactivated user as the performer', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const path = `/opportunities/${first.id}/notes`;
  assert.equal((await rig.call('POST', `${path}?perform_as=nobody`, { value: 'x' })).status, 404);
  const gone = await rig.call<Listed<{ id: string; deactivatedAt: number | null }>>(
    'GET',
    '/users?includeDeactivated=true',
  );
  const id = gone.body.data.find((one) => one.deactivatedAt !== null)?.id ?? '';
  assert.equal((await rig.call('POST', `${path}?perform_as=${id}`, { value: 'x' })).status, 400);
});

test('answers under the older name and with stray slashes', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  assert.equal((await rig.call('GET', `/candidates/${first.id}`)).status, 200);
  assert.equal((await rig.call('GET', `/candidates/${first.id}/notes/`)).status, 200);
  assert.equal((await rig.call('GET', '//users/?limit=1')).status, 200);
  assert.equal((await rig.call('GET', '/nothing')).status, 404);
});

test('answers 429 once the bucket is empty, without Retry-After, and again after a pause', async () => {
  const rig = createRig({ rate: 'vendor' });
  const statuses: number[] = [];
  for (let round = 0; round < 21; round += 1)
    statuses.push((await rig.call('GET', '/stages')).status);
  assert.deepEqual(statuses, [...Array<number>(20).fill(200), 429]);
  assert.equal((await rig.call('GET', '/stages')).headers.get('retry-after'), null);
  const other = await makeKey(rig, ['stages:read:admin']);
  assert.equal((await rig.call('GET', '/stages', undefined, other)).status, 200);
  await rig.advance(100);
  assert.equal((await rig.call('GET', '/stages')).status, 200);
  assert.equal((await rig.call('GET', '/stages')).status, 429);
});

test('does the work and breaks the connection on `drop_after`, and records requests', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const notes = `/opportunities/${first.id}/notes`;
  rig.emulator.faults.push({ kind: 'drop_after', match: 'POST /v1/opportunities', times: 1 });
  await assert.rejects(rig.call('POST', notes, { value: 'lost answer' }), DroppedConnection);
  const { body } = await rig.call<Listed<{ fields: Array<{ value: string }> }>>('GET', notes);
  assert.equal(body.data[0]?.fields[0]?.value, 'lost answer');
  assert.equal(rig.emulator.requests.at(-1)?.path, `/v1${notes}`);
  rig.emulator.faults.push({ kind: 503, match: '', times: 1 });
  assert.equal((await rig.call('GET', notes)).status, 503);
});
