import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { someCandidate, sweep } from '#connectors/conformance-ats-case.ts';
import { bare, callApi, invalidOffset, nobody, open, scripted } from './fixtures/testing.ts';

describe('the lists of Lever', () => {
  test('have posting tags on everybody who applied there', async () => {
    const { ats, page } = open();
    const job = (await ats.jobs()).find(({ open: isOpen }) => isOpen);
    assert.ok(job);
    await page(`/jobs/${job.id}/tags`, { tag: 'python-test' });
    assert.ok((await ats.tags()).some(({ id, name }) => id === 'python-test' && name === id));
    for (const stage of await ats.stages())
      for (const one of (await ats.inStage(stage.id, null)).items)
        assert.equal(one.tags.includes('python-test'), one.jobId === job.id);
  });

  test('leave deactivated users out', async () => {
    const { ats } = scripted(() => ({
      data: [
        { id: 'u1', name: 'A', email: 'a@x.example', deactivatedAt: null },
        { id: 'u2', name: 'B', email: 'b@x.example', deactivatedAt: 5 },
      ],
    }));
    assert.deepEqual(await ats.users(), [
      { id: 'u1', name: 'A', email: 'a@x.example', active: true },
    ]);
  });

  test('call published and unlisted postings open, and everybody named on one its team', async () => {
    const { ats, calls } = scripted(() => ({
      data: [
        {
          id: 'p1',
          text: 'One',
          state: 'internal',
          categories: { department: 'Engineering', location: 'Paris', team: null },
          owner: { id: 'u1', email: 'Ann@X.example' },
          hiringManager: null,
          followers: [{ id: 'u1', email: 'ann@x.example' }, { email: 'Bo@X.example' }, {}, 'u9'],
        },
        { id: 'p2', text: null, state: 'draft', followers: null },
      ],
    }));
    assert.deepEqual(await ats.jobs(), [
      {
        id: 'p1',
        name: 'One',
        open: true,
        team: ['ann@x.example', 'bo@x.example'],
        plans: [],
        department: 'Engineering',
        location: 'Paris',
      },
      { id: 'p2', name: 'p2', open: false, team: [], plans: [], department: '', location: '' },
    ]);
    assert.deepEqual(calls[0]?.query.getAll('expand'), ['owner', 'hiringManager', 'followers']);
  });

  test('go on with the mark that Lever gave, and hold what is repeated once', async () => {
    const next = encodeURIComponent(JSON.stringify([3, 1491435120000, nobody]));
    const { ats, calls } = scripted((_path, _method, { query }) =>
      query.get('offset') === null
        ? { data: [{ id: 'a' }, { id: 'b' }], hasNext: true, next }
        : { data: [{ id: 'b' }, { id: 'c' }], hasNext: false },
    );
    assert.deepEqual(
      (await ats.stages()).map(({ id }) => id),
      ['a', 'b', 'c'],
    );
    assert.equal(calls[1]?.query.get('offset'), next);
  });

  test('begin anew, once, when Lever no longer takes its mark', async () => {
    let refusals = 1;
    const { ats, calls } = scripted((_path, _method, { query }) => {
      if (query.get('offset') === null) return { data: [{ id: 'a' }], hasNext: true, next: 'm' };
      if (refusals === 0) return { data: [{ id: 'b' }], hasNext: false };
      refusals -= 1;
      return invalidOffset();
    });
    assert.deepEqual(
      (await ats.stages()).map(({ id }) => id),
      ['a', 'b'],
    );
    assert.equal(calls.length, 4);
    refusals = 99;
    await assert.rejects(ats.stages(), { kind: 'unexpected_shape' });
  });

  test('that go round in circles come to an end', async () => {
    const { ats, calls } = scripted(() => ({ data: [{ id: 'a' }], hasNext: true, next: 'm' }));
    await assert.rejects(ats.stages(), { kind: 'unexpected_shape' });
    assert.equal(calls.length, 2);
  });

  test('of a stage begin anew under a mark that Lever no longer takes', async () => {
    const { ats } = scripted((_path, _method, { query }) =>
      query.get('offset') === null ? { data: [bare], hasNext: true, next: 'm' } : invalidOffset(),
    );
    const first = await ats.inStage('lead-new', null);
    assert.equal(first.items.length, 1);
    const lost = await ats.inStage('lead-new', first.next);
    assert.deepEqual(lost.items, []);
    const again = await ats.inStage('lead-new', lost.next);
    assert.equal(again.items.length, 1);
    await assert.rejects(ats.inStage('lead-new', again.next), { kind: 'rejected' });
  });

  test('report another refusal of a page as such', async () => {
    const { ats } = scripted((_path, _method, { query }) =>
      query.get('offset') === null
        ? { data: [], hasNext: true, next: 'm' }
        : Response.json({ code: 'BadRequestError', message: 'limit' }, { status: 400 }),
    );
    await assert.rejects(ats.stages(), { kind: 'rejected', status: 400 });
  });

  test('cannot be searched by name alone, and no call is made for it', async () => {
    const { ats, calls } = scripted(() => ({ data: [] }));
    assert.deepEqual(await ats.search({ name: 'Ada' }), []);
    assert.equal(calls.length, 0);
  });
});

describe('changes at Lever', () => {
  test('are asked for by every time that Lever has, from before the last round began', async () => {
    const { ats, calls } = scripted(() => ({ data: [], hasNext: false }));
    const { cursor } = await ats.changes(null);
    assert.equal(calls.length, 0);
    await sweep(ats, cursor);
    const asked = calls.map(({ query }) => [...query].filter(([name]) => name.endsWith('_start')));
    assert.deepEqual(asked.flat(), [
      ['advanced_at_start', '400000'],
      ['created_at_start', '400000'],
      ['updated_at_start', '400000'],
      ['archived_at_start', '400000'],
    ]);
  });

  test('begin anew after a refused mark, and wait when it is refused again', async () => {
    const { ats } = scripted((_path, _method, { query }) =>
      query.get('offset') === null ? { data: [bare], hasNext: true, next: 'm' } : invalidOffset(),
    );
    const first = await ats.changes((await ats.changes(null)).cursor);
    assert.deepEqual(first.remoteIds, ['o1']);
    const lost = await ats.changes(first.cursor);
    assert.deepEqual([lost.remoteIds, lost.more], [[], true]);
    const again = await ats.changes(lost.cursor);
    const lostAgain = await ats.changes(again.cursor);
    assert.equal(lostAgain.more, false);
    assert.deepEqual((await ats.changes(lostAgain.cursor)).remoteIds, ['o1']);
  });

  test('tell of an archived candidate and of a new one', async () => {
    const opened = open();
    const { ats, page, advance } = opened;
    const { cursor } = await ats.changes(null);
    const { remoteId } = await someCandidate(ats);
    advance(7_200_000);
    const reasons = await callApi(opened, 'GET', '/archive_reasons');
    const { data } = (await reasons.json()) as { data: Array<{ id: string }> };
    await page(`/candidates/${remoteId}/archive`, { reason: data[0]?.id ?? '' });
    await page('/candidates', {
      name: 'New One',
      email: 'new.one@candidates.example',
      posting: '',
      stage: 'lead-new',
    });
    const told = await sweep(ats, cursor);
    assert.ok(told.remoteIds.includes(remoteId));
    const [added] = await ats.search({ email: 'new.one@candidates.example' });
    assert.ok(added && told.remoteIds.includes(added.remoteId));
  });
});
