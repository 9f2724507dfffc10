import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diff, fingerprintOf, type Held, type Wanted } from './diff.ts';

const wanted = (thing: string, change: Partial<Wanted> = {}): Wanted => ({
  thing,
  kind: 'mail',
  connectionId: null,
  content: { text: 'a' },
  step: 3,
  notBefore: 0,
  ...change,
});

const a = fingerprintOf({ text: 'a' });

const held = (thing: string, change: Partial<Held> = {}): Held => ({
  thing,
  kind: 'mail',
  connectionId: null,
  state: 'done',
  act: 'create',
  asked: a,
  stands: a,
  inDoubt: false,
  lasting: false,
  step: 3,
  ...change,
});

const acts = (...input: Parameters<typeof diff>): string[] =>
  diff(...input).owed.map(({ act, thing }) => `${act} ${thing}`);

test('owes nothing where everything stands as it should', () => {
  assert.deepEqual(diff([wanted('x')], [held('x')], 0), { owed: [], obsolete: [], nextLook: null });
});

test('makes what is missing, changes what differs, takes back what nobody wants, by their steps', () => {
  assert.deepEqual(
    acts(
      [wanted('new', { step: 3 }), wanted('other', { content: { text: 'b' }, step: 1 })],
      [held('other', { step: 1 }), held('old', { step: 2 })],
      0,
    ),
    ['update other', 'remove old', 'create new'],
  );
});

test('equal content in another order of its fields is equal', () => {
  const content = { b: 1, a: { d: 2, c: [3] } };
  const stands = fingerprintOf({ a: { c: [3], d: 2 }, b: 1 });
  assert.deepEqual(acts([wanted('x', { content })], [held('x', { stands })], 0), []);
});

test('asks once for the same act, also when it failed: a person decides then', () => {
  for (const state of ['owed', 'waiting', 'failed', 'skipped'] as const)
    assert.deepEqual(acts([wanted('x')], [held('x', { state, stands: null })], 0), [], state);
});

test('asks anew where what is wanted changed before anybody began', () => {
  const before = held('x', {
    state: 'failed',
    stands: null,
    asked: fingerprintOf({ text: 'old' }),
  });
  assert.deepEqual(acts([wanted('x')], [before], 0), ['create x']);
});

test('leaves alone what is under way, and what nobody can tell', () => {
  for (const state of ['started', 'unknown'] as const) {
    assert.deepEqual(acts([wanted('x', { content: 1 })], [held('x', { state })], 0), [], state);
    assert.deepEqual(acts([], [held('x', { state })], 0), [], state);
  }
});

test('drops an act that was asked for and is wanted no more', () => {
  const update = held('x', { state: 'owed', act: 'update', asked: fingerprintOf({ text: 'b' }) });
  assert.deepEqual(diff([wanted('x')], [update], 0).obsolete, ['x']);
  const create = held('y', { state: 'owed', stands: null });
  assert.deepEqual(diff([], [create], 0), { owed: [], obsolete: ['y'], nextLook: null });
});

test('makes again what was taken back and is wanted once more', () => {
  assert.deepEqual(acts([wanted('x')], [held('x', { act: 'remove', asked: null, stands: null })], 0), ['create x']); // prettier-ignore
});

test('waits for its time, and says when to look again', () => {
  const late = [wanted('x', { notBefore: 50 }), wanted('y', { notBefore: 30 })];
  assert.deepEqual(diff(late, [], 0), { owed: [], obsolete: [], nextLook: 30 });
  assert.deepEqual(acts(late, [], 40), ['create y']);
  const never = [wanted('z', { notBefore: Number.POSITIVE_INFINITY })];
  assert.equal(diff(never, [], 0).nextLook, null);
});

test('a mail that was read cannot be unsent, and nobody is told who is not to be', () => {
  assert.deepEqual(acts([], [held('x', { lasting: true })], 0), []);
  const silent = (thing: string): boolean => thing === 'x';
  assert.deepEqual(diff([wanted('x', { content: 1 })], [held('x')], 0, silent).owed, []);
  assert.deepEqual(diff([], [held('x')], 0, silent).owed, []);
});

test('takes back what may have been made, and makes it anew only when that is done', () => {
  const made = held('x', { state: 'owed', stands: null, inDoubt: true });
  assert.deepEqual(acts([], [made], 0), ['remove x']);
  assert.deepEqual(acts([], [{ ...made, lasting: true }], 0), []);
  const removed = held('x', { state: 'owed', act: 'remove', asked: null, inDoubt: true });
  assert.deepEqual(acts([wanted('x')], [removed], 0), []);
  assert.deepEqual(acts([], [removed], 0), []);
});

test('changes it back where a change that is wanted no more may have gone through', () => {
  const asked = fingerprintOf({ text: 'b' });
  const changed = held('x', { state: 'owed', act: 'update', asked, inDoubt: true });
  assert.deepEqual(acts([wanted('x')], [changed], 0), ['update x']);
  assert.deepEqual(acts([wanted('x')], [{ ...changed, asked: a }], 0), [], 'asked for already');
});
