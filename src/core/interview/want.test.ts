import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scene } from './scene.ts';
import { event, scene } from './testing.ts';
import { want } from './want.ts';

const kinds = (state: Scene['state'], gone: boolean): string[] => {
  const of = scene([event('e1', 'u1')], { gone, calledOff: gone, showsEventNotes: false });
  return want({ ...of, state }).map(({ kind }) => kind);
};

test('an ATS that does not show the candidate is told nothing; people are', () => {
  assert.deepEqual(kinds('confirmed', false), ['ats_interview', 'mail']);
  assert.deepEqual(kinds('confirmed', true), ['mail']);
  assert.deepEqual(kinds('hold', false), ['mail', 'note']);
  assert.deepEqual(kinds('hold', true), ['mail']);
});
