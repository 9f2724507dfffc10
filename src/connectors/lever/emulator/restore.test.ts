import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, firstTwo, makeKey, type Listed, type OpportunityJson } from './rig.ts';

test('goes on from a snapshot as if nothing had happened', async () => {
  const rig = createRig({ candidates: 60 });
  const [first, second] = await firstTwo(rig);
  const key = await makeKey(rig, ['stages:read:admin']);
  const url = 'https://hub.example/h';
  await rig.call('POST', '/webhooks', { url, event: 'candidateStageChange' });
  await rig.act(`/candidates/${first.id}/stage`, { stage: 'offer' });
  await rig.act(`/candidates/${first.id}/tags`, { tag: 'kept' });
  await rig.act(`/candidates/${first.id}/email`, { email: 'changed@people.example' });
  await rig.act(`/candidates/${second.id}/delete`);
  await rig.act('/candidates', { name: 'Newcomer', email: 'new@people.example' });
  await rig.call('POST', `/opportunities/${first.id}/notes`, { value: 'kept note' });
  await rig.advance(0);
  const saved: unknown = JSON.parse(JSON.stringify(rig.emulator.snapshot()));
  const next = createRig({ candidates: 5, seed: 99, saved });

  assert.deepEqual(next.settings, rig.settings);
  assert.deepEqual(next.emulator.snapshot(), saved);
  for (const path of [
    '/opportunities?confidentiality=all',
    '/opportunities/deleted',
    `/opportunities/${first.id}`,
    `/opportunities/${first.id}/notes`,
    '/tags',
    '/webhooks',
    '/opportunities?email=changed@people.example',
    `/opportunities?email=${first.emails[0] ?? ''}`,
    '/opportunities?stage_id=offer',
  ])
    assert.deepEqual((await next.call('GET', path)).body, (await rig.call('GET', path)).body, path);
  assert.equal((await next.call('GET', '/stages', undefined, key)).status, 200);
  assert.equal((await next.call('GET', `/opportunities/${second.id}`)).status, 404);

  await next.act('/candidates', { name: 'Later' });
  await rig.act('/candidates', { name: 'Later' });
  assert.equal((await firstTwo(next))[0].id, (await firstTwo(rig))[0].id);
});

test('sends after a restart what was still to be sent', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const event = 'candidateStageChange';
  await rig.call('POST', '/webhooks', { url: 'https://hub.example/h', event });
  rig.answers.push(503);
  await rig.act(`/candidates/${first.id}/stage`, { stage: 'offer' });
  await rig.advance(0);
  const saved = rig.emulator.snapshot();
  rig.emulator.stop();
  await rig.advance(3_600_000);
  assert.equal(rig.deliveries.length, 1);
  const next = createRig({ saved });
  await next.advance(0);
  assert.deepEqual(next.deliveries[0]?.body, rig.deliveries[0]?.body);
});

test('holds a hundred thousand candidates and answers pages of them', async () => {
  const rig = createRig({ candidates: 100_000 });
  type Page = Listed<OpportunityJson>;
  const page = (await rig.call<Page>('GET', '/opportunities?stage_id=offer')).body;
  assert.equal(page.data.length, 100);
  const next = (
    await rig.call<Page>('GET', `/opportunities?stage_id=offer&offset=${page.next ?? ''}`)
  ).body;
  assert.equal(next.data.length, 100);
  assert.ok((next.data[0]?.createdAt ?? 0) < (page.data.at(-1)?.createdAt ?? 0));
  assert.match(await rig.page('/candidates?page=2000'), /100000 candidates in this account/);
  const tags = await rig.call<Listed<{ text: string; count: number }>>('GET', '/tags');
  const total = tags.body.data.find((one) => one.text === 'Full-time')?.count ?? 0;
  assert.ok(total > 90_000 && total < 94_000, String(total));
  const [first] = await firstTwo(rig);
  assert.equal((await firstTwo(createRig()))[0].id, first.id);
  const path = `/opportunities/${first.id}/stage`;
  assert.equal((await rig.call('PUT', path, { stage: 'offer' })).status, 200);
  const saved = rig.emulator.snapshot() as { opportunities: unknown[] };
  assert.equal(saved.opportunities.length, 1);
});
