import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedEntries } from './feed.ts';
import { event, hour, scene } from './testing.ts';

const all = { from: 0, to: 1_000 * hour };

test('a calendar shows the own events as the invites tell them, and leads to the interview', () => {
  const entries = feedEntries(scene([event('e1', 'u1', 'u2'), event('e2', 'u3')]), 'e11', all);
  const [own, ...others] = entries;
  assert.deepEqual(others, [], 'the event of another');
  assert.deepEqual(
    [own?.uid, own?.title, own?.status, own?.html, own?.url],
    ['iv_1.e1@loopwright', 'e1', 'CONFIRMED', null, 'https://hub.example/interviews/iv_1'],
  );
  const held = { ...scene([event('e1', 'u1')]), state: 'hold' as const };
  const [hold] = feedEntries(held, 'e10', all);
  assert.deepEqual([hold?.title, hold?.status], ['[Hold] e1', 'TENTATIVE']);
});

test('what has ended before the span, or begins after it, is not shown', () => {
  const loop = scene([event('e1', 'u1')]);
  const shown = (from: number, to: number): number =>
    feedEntries(loop, 'e10', { from: from * hour, to: to * hour }).length;
  assert.deepEqual([shown(100, 101), shown(100.5, 200), shown(101, 200), shown(0, 100)], [1, 1, 0, 0]);
}); // prettier-ignore
