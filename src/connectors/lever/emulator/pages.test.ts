import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, firstTwo, makeKey, type Listed } from './rig.ts';

test('lists candidates in pages and finds them by name and address', async () => {
  const rig = createRig({ candidates: 120 });
  const rows = (page: string): number => page.split('<a href="/lever/candidates/').length - 1;
  const [first] = await firstTwo(rig);
  const list = await rig.page('/candidates');
  assert.equal(rows(list), 50);
  assert.match(list, /rel="next" href="\?page=2"/);
  const last = await rig.page('/candidates?page=3');
  assert.equal(rows(last), 20);
  assert.ok(!last.includes('rel="next"'));
  const found = await rig.page(`/candidates?q=${first.emails[0] ?? ''}`);
  assert.ok(rows(found) >= 1 && found.includes(first.id));
  assert.match(await rig.page('/candidates?q=nobody-at-all'), /No candidate matches/);
});

test('lets a recruiter do to a candidate what the guide shows', async () => {
  const rig = createRig();
  const [, second] = await firstTwo(rig);
  const at = `/candidates/${second.id}`;
  await rig.act(`${at}/stage`, { stage: 'offer' });
  await rig.act(`${at}/email`, { email: 'set@people.example' });
  await rig.act(`${at}/tags`, { tag: 'mine' });
  const response = await rig.act(`${at}/tags`, { tag: 'other' });
  assert.equal(response.headers.get('location'), `/lever${at}?notice=The%20tag%20was%20added.`);
  const page = await rig.page(`${at}?notice=The%20tag%20was%20added.`);
  assert.match(page, /role="status">The tag was added\./);
  assert.match(page, /<option value="offer" selected>/);
  assert.match(page, /value="set@people\.example"/);
  assert.match(page, /Remove tag mine/);
  assert.match(page, /Backend Engineer <small>\(from the job\)/);
  await rig.act(`${at}/tags/remove`, { tag: 'mine' });
  await rig.act(`${at}/email`, { email: '' });
  const { body } = await rig.call<{ data: { tags: string[]; emails: string[]; stage: string } }>(
    'GET',
    `/opportunities/${second.id}`,
  );
  assert.ok(body.data.tags.includes('other') && !body.data.tags.includes('mine'));
  assert.deepEqual([body.data.emails, body.data.stage], [[], 'offer']);
  assert.equal((await rig.act('/candidates/nobody/stage', { stage: 'offer' })).status, 404);
  assert.equal((await rig.act(`${at}/stage`, { stage: 'nowhere' })).status, 400);
});

test('shows notes as text with their addresses as links and escapes the rest', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  await rig.call('POST', `/opportunities/${first.id}/notes`, {
    value: 'Report: https://tests.example/r/1?a=b&c=d. <img src=x onerror=alert(1)>',
  });
  const page = await rig.page(`/candidates/${first.id}`);
  assert.ok(page.includes('<a href="https://tests.example/r/1?a=b&amp;c=d" rel="noopener">'));
  assert.ok(page.includes('&lt;img src=x onerror=alert(1)&gt;'));
  assert.ok(!page.includes('<img'));
});

test('shows a new key once and forgets a revoked one', async () => {
  const rig = createRig();
  const key = await makeKey(rig, ['stages:read:admin']);
  assert.equal((await rig.call('GET', '/stages', undefined, key)).status, 200);
  const page = await rig.page('/settings/credentials');
  assert.ok(!page.includes(key));
  const paths = [...page.matchAll(/action="\/lever(\/settings\/credentials\/[^"]+\/revoke)"/g)];
  await rig.act(paths.at(-1)?.[1] ?? '');
  assert.equal((await rig.call('GET', '/stages', undefined, key)).status, 401);
});

test('has the four tabs of Integrations and API, and tells of a key without permission', async () => {
  const rig = createRig();
  for (const [tab, label] of [
    ['integrations', 'Partner integrations'],
    ['credentials', 'API credentials'],
    ['webhooks', 'Webhooks'],
    ['apps', 'Authorized apps'],
  ] as const) {
    const page = await rig.page(`/settings/${tab}`);
    assert.match(page, /<h1>Integrations and API<\/h1>/);
    assert.match(page, new RegExp(`/settings/${tab}" aria-current="page"\\s*>${label}<`));
    assert.equal(page.split('aria-current="page"').length, 2);
  }
  const powerless = await rig.act('/settings/credentials', { name: 'Mine' });
  assert.match(await powerless.text(), /Lever will refuse every call/);
});

test('lists and deletes webhooks that integrations made', async () => {
  const rig = createRig();
  assert.match(await rig.page('/settings/webhooks'), /No webhook is registered/);
  const url = 'https://hub.example/hooks/abc';
  await rig.call('POST', '/webhooks', { url, event: 'candidateStageChange' });
  const page = await rig.page('/settings/webhooks');
  const order = ['>Candidate Stage Change<', url, '>Candidate Archive State Change<'];
  const places = order.map((text) => page.indexOf(text));
  assert.ok(
    !places.includes(-1) && places.join() === places.toSorted((a, b) => a - b).join(),
    'a webhook stands below its event',
  );
  const [, path = ''] = /action="\/lever(\/settings\/webhooks\/[^"]+\/delete)"/.exec(page) ?? [];
  await rig.act(path);
  assert.deepEqual((await rig.call<Listed<unknown>>('GET', '/webhooks')).body.data, []);
});

test('reports every change, so that the sandbox can save it, and no read', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  await rig.page('/candidates');
  assert.equal(rig.changes(), 0);
  await rig.act(`/candidates/${first.id}/tags`, { tag: 'x' });
  assert.equal(rig.changes(), 1);
  await rig.call('PUT', `/opportunities/${first.id}/stage`, { stage: 'offer' });
  assert.equal(rig.changes(), 2);
});
