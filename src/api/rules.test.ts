import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { findRule, moveStages } from '#store/rules.ts';
import {
  connect,
  eventually,
  items,
  problem,
  read,
  startWorld,
  type Answer,
  type Call,
  type World,
} from './testing.ts';
import { onlyOneWins } from './testing-at-once.ts';

let world: World;
let admin: Call;
let lever = '';
let codingame = '';
let stages: string[] = [];
let test1 = '';

const choicesOf = async (id: string, kind: string): Promise<string[]> =>
  items<{ id: string }>(
    await admin('GET', `/api/v1/connections/${id}/choices/${kind}?limit=100`),
  ).map((choice) => choice.id);

before(async () => {
  world = await startWorld();
  admin = await world.as('super_admin');
  lever = await connect(world, admin, 'lever');
  codingame = await connect(world, admin, 'codingame');
  stages = await choicesOf(lever, 'stages');
  test1 = (await choicesOf(codingame, 'tests'))[0] ?? '';
});
after(() => world.close());

const rule = (change: Record<string, unknown> = {}) => ({
  name: 'Send the test',
  connectionId: lever,
  stageIds: [stages[3]],
  action: 'assessment',
  platformId: codingame,
  testId: test1,
  ...change,
});

const make = (change: Record<string, unknown> = {}): Promise<Answer> =>
  admin('POST', '/api/v1/rules', rule(change));

/** The instant from which a rule looks; ISO in answers, milliseconds in the store. */
const enabledAt = async (id: string): Promise<number | null> =>
  (await findRule(world.running.hub.db, id)).enabled_at;

/** One of the seeded candidates that has an address. */
const someone = async (position: number): Promise<{ remoteId: string; name: string }> => {
  const about = { connectionId: lever, stageIds: stages };
  const { body } = await admin('POST', '/api/v1/rules/preview', about);
  const all = body['candidates'] as unknown as Array<{
    remoteId: string;
    name: string;
    email: string | null;
  }>;
  const found = all.filter(({ email }) => email !== null)[position];
  assert.ok(found);
  return found;
};

describe('a rule', () => {
  test('is made, listed, read and deleted', async () => {
    const made = await make({ tag: 'Engineering', enabled: false });
    assert.equal(made.status, 201, made.text);
    const id = read(made, 'id');
    assert.equal(made.body['state'], 'off');
    assert.equal(made.body['enabledAt'], null);
    assert.deepEqual((await admin('GET', `/api/v1/rules/${id}`)).body, made.body);
    assert.ok(
      items<{ id: string }>(await admin('GET', '/api/v1/rules')).some((one) => one.id === id),
    );
    assert.equal((await admin('DELETE', `/api/v1/rules/${id}`)).status, 204);
    problem(await admin('GET', `/api/v1/rules/${id}`), 404, 'rule_not_found');
    problem(await admin('DELETE', `/api/v1/rules/${id}`), 404, 'rule_not_found');
  });

  test('counts as switched on anew when it means something else, not when it is renamed', async () => {
    const id = read(await make(), 'id');
    const first = await enabledAt(id);
    const put = (change: Record<string, unknown>) =>
      admin('PUT', `/api/v1/rules/${id}`, rule(change));
    assert.equal((await put({ name: 'Another name' })).body['name'], 'Another name');
    assert.equal(await enabledAt(id), first);
    const whole = (await admin('GET', `/api/v1/rules/${id}`)).body;
    assert.equal((await admin('PUT', `/api/v1/rules/${id}`, whole)).status, 200);
    assert.equal(await enabledAt(id), first, 'as it was read');
    assert.equal((await put({ stageIds: [stages[3], stages[3]] })).status, 200);
    assert.equal(await enabledAt(id), first, 'the same stage named twice is the same rule');
    let before = first ?? 0;
    for (const change of [{ stageIds: [stages[2]] }, { tag: 'Engineering' }, { repeats: true }]) {
      await put(change);
      const now = (await enabledAt(id)) ?? 0;
      assert.ok(now > before, JSON.stringify(change));
      before = now;
    }
  });

  test('looks from now on when it is switched on again', async () => {
    const id = read(await make(), 'id');
    const first = (await enabledAt(id)) ?? 0;
    const again = await admin('POST', `/api/v1/rules/${id}/enable`);
    assert.equal(again.body['state'], 'on');
    assert.equal(await enabledAt(id), first, 'it was on already');
    assert.equal((await admin('POST', `/api/v1/rules/${id}/disable`)).body['state'], 'off');
    assert.equal(await enabledAt(id), null);
    await admin('POST', `/api/v1/rules/${id}/enable`);
    assert.ok(((await enabledAt(id)) ?? 0) > first);
  });

  test('that several change at once is changed by one; the others are told', async () => {
    const where = `/api/v1/rules/${read(await make(), 'id')}`;
    const bodies = [rule({ name: 'One' }), rule({ repeats: true }), rule({ enabled: false })];
    const about = { table: 'rule', where, bodies };
    const { before: old, now } = await onlyOneWins(world, admin, about);
    const remove = (tag: string) => admin('DELETE', where, undefined, { 'if-match': tag });
    problem(await remove(old), 412, 'changed_meanwhile', 'If-Match');
    await admin('POST', `${where}/disable`);
    problem(await remove(now), 412, 'changed_meanwhile', 'If-Match');
    const current = async () => (await admin('GET', where)).headers.get('etag') ?? '';
    const looked = await current();
    // The job goes through another plan in the ATS; whoever saves would bring back the old stages.
    const moves = [{ from: stages[3] ?? '', to: stages[1] ?? '' }];
    await moveStages(world.running.hub.db, lever, { jobId: null, moves });
    const { changed } = problem(await remove(looked), 412, 'changed_meanwhile');
    assert.equal(changed?.['by'], 'Loopwright');
    assert.equal((await remove(await current())).status, 204);
  });

  test('rests while a connection is paused or removed, and says which', async () => {
    const platform = await connect(world, admin, 'codingame');
    const id = read(await make({ platformId: platform }), 'id');
    const state = async () => (await admin('GET', `/api/v1/rules/${id}`)).body;
    assert.equal((await state())['state'], 'on');
    const { version } = await state();
    await admin('POST', `/api/v1/connections/${platform}/pause`);
    assert.equal((await state())['state'], 'resting');
    assert.match(JSON.stringify(await state()), /codingame is paused/);
    const gone = await admin('DELETE', `/api/v1/connections/${platform}`);
    assert.equal(gone.body['restingRules'], 1);
    assert.equal((await state())['state'], 'resting');
    assert.match(JSON.stringify(await state()), /platform was removed/);
    await admin('POST', `/api/v1/connections/${lever}/subscribe`, {});
    assert.equal((await state())['version'], version, 'nobody changed what it says');
    const enabled = await admin(
      'PUT',
      `/api/v1/rules/${id}`,
      rule({ platformId: platform, tag: 'x' }),
    );
    problem(enabled, 422, 'rule_connection_removed', 'platformId');
  });
});

describe('a rule that could never work', () => {
  test('names the field at fault', async () => {
    problem(await make({ stageIds: ['no-such-stage'] }), 422, 'rule_stage_unknown', 'stageIds');
    problem(await make({ testId: 'no-such-test' }), 422, 'rule_test_unknown', 'testId');
    problem(await make({ jobId: 'no-such-job' }), 422, 'rule_job_unknown', 'jobId');
    problem(await make({ testId: null }), 422, 'rule_test_missing', 'testId');
    problem(
      await make({ action: 'live_link', testId: null }),
      422,
      'rule_platform_lacks_live',
      'platformId',
    );
    problem(await make({ platformId: lever }), 422, 'rule_platform_lacks_tests', 'platformId');
    problem(await make({ connectionId: codingame }), 422, 'rule_not_an_ats', 'connectionId');
    problem(
      await make({ connectionId: 'cn_gone' }),
      422,
      'rule_connection_removed',
      'connectionId',
    );
    problem(await make({ stageIds: [] }), 422, 'input_invalid', 'stageIds');
    problem(await make({ when: 'now' }), 422, 'input_unknown_field', 'when');
  });
});

describe('preview and send now', () => {
  test('a preview tells how many and who, and does nothing', async () => {
    const filled = [];
    for (const stageId of stages) {
      const { body } = await admin('POST', '/api/v1/rules/preview', {
        connectionId: lever,
        stageIds: [stageId],
      });
      filled.push(...(body['candidates'] as unknown as unknown[]));
    }
    const { body } = await admin('POST', '/api/v1/rules/preview', {
      connectionId: lever,
      stageIds: stages,
    });
    assert.equal(Number(body['count']), filled.length);
    assert.ok(filled.length > 0);
    assert.equal(items(await admin('GET', '/api/v1/effects')).length, 0);
    const id = read(await make(), 'id');
    const saved = await admin('GET', `/api/v1/rules/${id}/preview`);
    assert.equal(saved.status, 200);
    assert.equal(items(await admin('GET', `/api/v1/rules/${id}/decisions`)).length, 0);
  });

  test('send now does it once; the ledger, the activity and the test show it', async () => {
    const made = await make({ enabled: false });
    const path = `/api/v1/rules/${read(made, 'id')}/send-now`;
    const { remoteId, name } = await someone(0);
    const sent = await admin('POST', path, { candidateId: remoteId });
    assert.equal(sent.status, 202, sent.text);
    const effect = read(sent, 'id');
    const done = await eventually(async () => {
      const answer = await admin('GET', `/api/v1/effects/${effect}`);
      return answer.body['state'] === ('done' as never) && answer;
    });
    assert.match(JSON.stringify(done.body['events']), /The test was sent/);
    problem(await admin('POST', path, { candidateId: remoteId }), 409, 'already_sent');
    const candidate = read(done, 'candidateId');
    problem(await admin('POST', path, { candidateId: candidate }), 409, 'already_sent');

    const shown = await admin('GET', `/api/v1/candidates/${candidate}`);
    assert.equal(shown.body['name'], name);
    const activity = await eventually(async () => {
      const all = items<{
        effect: { kind: string; state: string; events: unknown[] };
        assessment: { status: string } | null;
      }>(await admin('GET', `/api/v1/candidates/${candidate}/activity`));
      return all.filter((one) => one.effect.state === 'done').length === 2 && all;
    });
    assert.deepEqual(
      activity.map((one) => one.effect.kind),
      ['note', 'assessment'],
    );
    assert.equal(activity[1]?.assessment?.status, 'invited');
    assert.ok((activity[0]?.effect.events.length ?? 0) > 0);
    const first = await admin('GET', `/api/v1/candidates/${candidate}/activity?limit=1`);
    const second = await admin(
      'GET',
      `/api/v1/candidates/${candidate}/activity?limit=1&cursor=${read(first, 'next')}`,
    );
    const walked = [first, second].flatMap((page) => items<{ effect: { kind: string } }>(page));
    assert.deepEqual(
      walked.map((one) => one.effect.kind),
      ['note', 'assessment'],
    );
    assert.equal(second.body['next'], null);

    const [assessment] = items<{ id: string; candidateId: string }>(
      await admin('GET', `/api/v1/assessments?candidateId=${candidate}`),
    );
    assert.equal(assessment?.id, effect);
    assert.equal((await admin('GET', `/api/v1/assessments/${effect}`)).body['testId'], test1);
    const found = items<{ id: string }>(
      await admin('GET', `/api/v1/candidates?search=${encodeURIComponent(name.slice(1))}`),
    );
    assert.ok(found.some(({ id }) => id === candidate));
    assert.equal((await admin('POST', `/api/v1/candidates/${candidate}/refresh`)).status, 202);
  });

  test('an unknown candidate is refused, also one of another connection', async () => {
    const path = `/api/v1/rules/${read(await make({ enabled: false }), 'id')}/send-now`;
    problem(
      await admin('POST', path, { candidateId: 'nobody' }),
      422,
      'candidate_unknown',
      'candidateId',
    );
    problem(await admin('POST', path, { candidateId: 'cd_nobody' }), 404, 'candidate_not_found');
  });
});

describe('deciding about an effect', () => {
  test('a refused one is shown with its error, retried and skipped by name', async () => {
    const { remoteId } = await someone(1);
    const path = `/api/v1/rules/${read(await make({ enabled: false }), 'id')}/send-now`;
    world.emulators['codingame']?.faults.push({ kind: 403, match: 'POST /', times: 1 });
    const effect = read(await admin('POST', path, { candidateId: remoteId }), 'id');
    const failed = await eventually(async () => {
      const [one] = items<{ id: string; error: { text: string }; decisions: string[] }>(
        await admin('GET', '/api/v1/effects?state=failed'),
      );
      return one?.id === effect && one;
    });
    assert.match(failed.error.text, /permission/);
    assert.deepEqual(failed.decisions, ['retry', 'skip']);
    const decide = (decision: string) =>
      admin('POST', `/api/v1/effects/${effect}/decide`, { decision });
    problem(await decide('it_happened'), 409, 'effect_state');
    problem(await decide('nothing'), 422, 'input_invalid', 'decision');
    const skipped = await decide('skip');
    assert.equal(skipped.body['state'], 'skipped');
    assert.match(JSON.stringify(skipped.body['events']), /"actor":"a super_admin"/);
    assert.equal((await decide('retry')).status, 200);
    await eventually(async () => {
      const answer = await admin('GET', `/api/v1/effects/${effect}`);
      return answer.body['state'] === ('done' as never);
    });
    const audit = await admin('GET', '/api/v1/audit');
    assert.match(audit.text, /"act":"effect\.retry"/);
    assert.match(audit.text, /"act":"effect\.skip"/);
  });
});
