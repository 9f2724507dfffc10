import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Candidate } from '#core/model.ts';
import { actionKey, matchRule, type Rule } from './match.ts';

const rule: Rule = {
  id: 'ru_1',
  stageIds: ['screen', 'onsite'],
  tag: 'backend',
  jobId: null,
  action: 'assessment',
  platformId: 'cn_9',
  testId: '42',
  repeats: false,
  enabledAt: 1_000,
};

const candidate: Candidate = {
  remoteId: 'opp-1',
  personId: 'p-1',
  name: 'Ada',
  email: 'ada@candidates.example',
  stageId: 'screen',
  tags: ['backend', 'Engineering'],
  jobId: 'job-1',
  archived: false,
  entries: [
    { stageId: 'new', enteredAt: 500 },
    { stageId: 'screen', enteredAt: 2_000 },
  ],
  url: 'https://ats.example/opp-1',
};

test('fires for a candidate who entered the stage after the rule was switched on', () => {
  const match = matchRule(rule, candidate, 'cd_1');
  assert.deepEqual(match, {
    outcome: 'fired',
    entry: { stageId: 'screen', enteredAt: 2_000 },
    actionKey: 'candidate/cd_1/assessment/cn_9/42',
  });
});

test('compares tags case-sensitively', () => {
  assert.equal(matchRule({ ...rule, tag: 'Backend' }, candidate, 'cd_1').outcome, 'none');
});

test('needs no tag when the rule names none', () => {
  const untagged = { ...candidate, tags: [] };
  assert.equal(matchRule({ ...rule, tag: null }, untagged, 'cd_1').outcome, 'fired');
});

test('leaves candidates of other stages and jobs alone without a decision', () => {
  const elsewhere = { stageId: 'offer', entries: [{ stageId: 'offer', enteredAt: 2_000 }] };
  assert.equal(matchRule(rule, { ...candidate, ...elsewhere }, 'cd_1').outcome, 'none');
  assert.equal(matchRule({ ...rule, jobId: 'job-2' }, candidate, 'cd_1').outcome, 'none');
});

test('records a skip when the candidate has left the stage before the read', () => {
  const left = {
    ...candidate,
    stageId: 'offer',
    entries: [...candidate.entries, { stageId: 'offer', enteredAt: 2_500 }],
  };
  const skip = { outcome: 'skipped', entry: { stageId: 'screen', enteredAt: 2_000 } };
  assert.deepEqual(matchRule(rule, left, 'cd_1'), { ...skip, reason: 'moved_on' });
  const archived = matchRule(rule, { ...left, archived: true }, 'cd_1');
  assert.deepEqual(archived, { ...skip, reason: 'archived' });
  assert.equal(matchRule({ ...rule, enabledAt: 2_000 }, left, 'cd_1').outcome, 'none');
});

test('is not retroactive: an entry before or at the switching on is a recorded skip', () => {
  for (const enabledAt of [2_000, 3_000]) {
    const match = matchRule({ ...rule, enabledAt }, candidate, 'cd_1');
    assert.equal(match.outcome === 'skipped' && match.reason, 'entered_before_rule');
  }
});

test('skips archived candidates with the reason', () => {
  const match = matchRule(rule, { ...candidate, archived: true }, 'cd_1');
  assert.equal(match.outcome === 'skipped' && match.reason, 'archived');
});

test('gives entering again and another rule with the same test the same action', () => {
  const again = {
    ...candidate,
    entries: [
      ...candidate.entries,
      { stageId: 'new', enteredAt: 3_000 },
      { stageId: 'screen', enteredAt: 4_000 },
    ],
  };
  const first = matchRule(rule, candidate, 'cd_1');
  const second = matchRule({ ...rule, id: 'ru_2', stageIds: ['screen'] }, again, 'cd_1');
  assert.ok(first.outcome === 'fired' && second.outcome === 'fired');
  assert.equal(first.actionKey, second.actionKey);
});

test('numbers the entries of a repeating rule from the second one on', () => {
  const repeating = { ...rule, repeats: true };
  const twice = {
    ...candidate,
    entries: [...candidate.entries, { stageId: 'screen', enteredAt: 9 }],
  };
  assert.equal(actionKey(repeating, candidate, 'cd_1'), 'candidate/cd_1/assessment/cn_9/42');
  assert.equal(actionKey(repeating, twice, 'cd_1'), 'candidate/cd_1/assessment/cn_9/42/entry/2');
});

test('numbers the entries of a repeating rule over all of its stages', () => {
  const repeating = { ...rule, repeats: true, stageIds: ['screen', 'onsite'] };
  const passedOn = {
    ...candidate,
    entries: [...candidate.entries, { stageId: 'onsite', enteredAt: 9 }],
  };
  assert.equal(actionKey(repeating, passedOn, 'cd_1'), 'candidate/cd_1/assessment/cn_9/42/entry/2');
});
