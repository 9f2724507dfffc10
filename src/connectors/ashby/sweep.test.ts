import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sweep } from '#connectors/conformance-ats-case.ts';
import {
  applicationsOf,
  atsOf,
  failure,
  nextStage,
  playground,
  scripted,
} from './fixtures/testing.ts';

describe('the sweep', () => {
  const state = (over: Record<string, unknown>): string =>
    JSON.stringify({
      applications: 'tokenA',
      people: 'tokenP',
      reading: 'applications',
      page: null,
      first: false,
      ...over,
    });

  for (const code of [
    'sync_token_expired',
    'sync_token_invalid',
    'incremental_sync_too_large',
    'next_cursor_expired',
    'invalid_next_cursor',
    'cursor_invalid',
  ]) {
    test(`answers ${code} by a full scan`, async () => {
      const { link } = scripted(({ endpoint, body }) => {
        if (body.syncToken === 'tokenA') return failure({ errors: [code] });
        return endpoint === 'application.list'
          ? { results: [{ id: 'app-1', candidate: { id: 'p' } }], syncToken: 'newA' }
          : { results: [], syncToken: 'newP' };
      });
      const { remoteIds, cursor, more } = await atsOf(link).changes(state({ page: 'Ya6' }));
      assert.deepEqual(remoteIds, ['app-1']);
      assert.equal(more, false);
      assert.equal(cursor, state({ applications: 'newA', people: 'newP' }));
    });
  }

  test('takes a cursor that it cannot read for a lost one', async () => {
    const { link } = scripted(({ endpoint }) =>
      endpoint === 'application.list'
        ? { results: [{ id: 'app-1', candidate: { id: 'p' } }], syncToken: 'a' }
        : { results: [{ id: 'p', applicationIds: ['app-1', 'app-2'] }], syncToken: 'b' },
    );
    const { remoteIds } = await atsOf(link).changes('rubbish');
    assert.deepEqual(remoteIds, ['app-1', 'app-2']);
  });

  test('stops after ten pages and goes on where it stopped', async () => {
    let served = 0;
    const { link, calls } = scripted(() => {
      served += 1;
      return served <= 12
        ? {
            results: [{ id: `app-${String(served)}`, candidate: { id: 'p' } }],
            moreDataAvailable: true,
            nextCursor: `c${String(served)}`,
          }
        : { results: [], moreDataAvailable: false, syncToken: 'end' };
    });
    const first = await atsOf(link).changes(state({}));
    assert.equal(first.more, true);
    assert.equal(first.remoteIds.length, 10);
    const second = await atsOf(link).changes(first.cursor);
    assert.equal(calls[10]?.body.cursor, 'c10');
    assert.equal(calls[10].body.syncToken, 'tokenA');
    assert.deepEqual(second.remoteIds, ['app-11', 'app-12']);
    assert.equal(second.more, false);
  });

  test('lets a refusal pass that starting over would not cure', async () => {
    const { link } = scripted(() => failure({ errors: ['sync_token_invalid'] }));
    await assert.rejects(atsOf(link).changes(state({})), { kind: 'rejected' });
  });
});

describe('in the emulated Ashby', () => {
  test('the sweep tells of moves and of added tags, in two calls', async () => {
    const world = playground(150);
    const begun = await world.ats.changes(null);
    assert.deepEqual([begun.remoteIds, begun.more], [[], false]);
    const [moved, tagged] = (await applicationsOf(world)).filter(
      ({ status }) => status === 'Active',
    );
    const tag = (await world.ats.tags())[0];
    assert.ok(moved && tagged && tag);
    await world.play('application.changeStage', {
      applicationId: moved.id,
      interviewStageId: await nextStage(world, moved),
    });
    await world.play('candidate.addTag', { candidateId: tagged.candidate.id, tagId: tag.id });
    const { remoteIds } = await sweep(world.ats, begun.cursor);
    assert.deepEqual(world.called(), ['application.list', 'candidate.list']);
    assert.ok(remoteIds.includes(moved.id) && remoteIds.includes(tagged.id));
    assert.ok(remoteIds.length < 10, 'far more than what changed');
  });
});
