import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodingChoice } from './model.ts';
import { chooseCoding } from './sessions.ts';
import { event, scene } from './testing.ts';

const choice = (connectionId: string, kind: CodingChoice['kind'], id: string | null) => ({
  connectionId,
  platform: connectionId,
  kind,
  id,
  name: id,
});

const planWith = (...coding: CodingChoice[]) => ({ ...scene([event('e1'), event('e2')]).plan, coding }); // prettier-ignore

test('another template replaces the rooms of its platform, for the interview and each event', () => {
  const plan = planWith(choice('cn_1', 'template', 'a'), choice('cn_2', 'template', 'a'));
  const coding = [choice('cn_1', 'template', 'b'), choice('cn_2', 'template', 'a')];
  const changed = chooseCoding('iv_1', plan, coding);
  assert.deepEqual(changed.coding, coding);
  assert.deepEqual(changed.links, {
    'interview/iv_1/live-session/cn_1': 1,
    'interview/iv_1/event/e1/live-session/cn_1': 1,
    'interview/iv_1/event/e2/live-session/cn_1': 1,
  });
});

test('another test is sent anew, and rooms without a template stay as they are', () => {
  const plan = planWith(choice('cn_1', 'test', 'a'));
  assert.deepEqual(chooseCoding('iv_1', plan, [choice('cn_1', 'test', 'b')]).links, {
    'interview/iv_1/assessment/cn_1': 1,
  });
  assert.deepEqual(chooseCoding('iv_1', plan, [choice('cn_1', 'test', 'a')]).links, {});
});

test('what was chosen before is forgotten where a plain room is wanted now', () => {
  const plan = planWith(choice('cn_1', 'template', 'a'));
  const { links } = chooseCoding('iv_1', plan, [choice('cn_1', null, null)]);
  assert.equal(links['interview/iv_1/live-session/cn_1'], 1);
});
