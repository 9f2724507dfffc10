import assert from 'node:assert/strict';
import { test } from 'node:test';
import { code, createRig, items, type Loose, results, textOf } from '../fixtures/test-rig.ts';

const day = 86_400_000;

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
    if (page === 3) assert.match(textOf(body['syncToken']), /^[0-9A-Za-z]{9}$/);
  }
  assert.equal(new Set(seen).size, 30);
  assert.equal(seen.length, 30);
});

test('has long cursors on application.list', async () => {
  const { body } = await createRig().call('application.list', { limit: 1 });
  assert.match(textOf(body['nextCursor']), /^[\w-]{110,}$/);
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
  await rig.post(`/candidates/${textOf(early)}/email`, { email: 'new@example.com' });
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
  const empty = (await rig.call('candidate.list', { createdAfter: 9e14 })).body;
  const everyone = [
    ...items(await results(rig, 'candidate.list')),
    ...items((await rig.call('candidate.search', { name: 'a' })).body['results']),
  ];
  for (const one of new Set(everyone.map((candidate) => textOf(candidate['id']))))
    await rig.call('candidate.update', { candidateId: one, phoneNumber: '1' });
  let answer = (await rig.call('candidate.list', { limit: 1, syncToken: empty['syncToken'] })).body;
  let pages = 0;
  for (; answer['nextCursor'] && pages < 200; pages += 1)
    answer = (await rig.call('candidate.list', { limit: 1, cursor: answer['nextCursor'] })).body;
  assert.equal(answer['errorInfo']?.['code'], 'incremental_sync_too_large');
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
  const firstAt = Date.parse(textOf(all['0']?.['createdAt']));
  const later = await results(rig, 'candidate.list', { createdAfter: firstAt });
  assert.ok(items(later).every((one) => Date.parse(textOf(one['createdAt'])) > firstAt));
  assert.ok(items(later).length < 30);
});
