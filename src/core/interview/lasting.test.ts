import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diff, type Held } from './diff.ts';
import { withLasting } from './lasting.ts';
import { scene } from './testing.ts';
import { atsThing, candidateInvite, candidateMail } from './things.ts';

const held = (thing: string, change: Partial<Held> = {}): Held => ({
  thing,
  kind: 'mail',
  connectionId: null,
  state: 'done',
  act: 'create',
  asked: 'a',
  stands: 'a',
  inDoubt: false,
  lasting: true,
  step: 3,
  ...change,
});

const removed = (state: 'confirmed' | 'cancelled', ledger: Held[], gone = false): string[] => {
  const of = { ...scene([], { gone }), state };
  return diff([], withLasting(of, ledger), 0).owed.map(({ act, thing }) => `${act} ${thing}`);
};

const mail = held(candidateMail('iv_1'));
const invite = held(candidateInvite('iv_1', 1), { lasting: false });
const off = [`remove ${candidateMail('iv_1')}`];

test('a candidate who has nothing but a mail is told of the cancellation by another one, once', () => {
  assert.deepEqual(removed('cancelled', [mail]), off);
  assert.deepEqual(removed('cancelled', [{ ...mail, act: 'remove', stands: null }]), []);
  assert.deepEqual(removed('confirmed', [mail]), [], 'its text alone was taken out of the plan');
});

test('who has an invite hears by that alone, before and after it was taken back', () => {
  assert.deepEqual(removed('cancelled', [mail, invite]), [`remove ${invite.thing}`]);
  const done = { ...invite, act: 'remove', stands: null } as const;
  assert.deepEqual(removed('cancelled', [mail, done]), []);
  const refused = { ...invite, state: 'failed', stands: null } as const;
  assert.deepEqual(removed('cancelled', [mail, refused]), off, 'it never arrived');
});

test('nothing is taken out of an ATS that does not show the candidate', () => {
  const pushed = held(atsThing('iv_1'), { kind: 'ats_interview', lasting: false });
  assert.deepEqual(removed('cancelled', [pushed]), [`remove ${pushed.thing}`]);
  assert.deepEqual(removed('cancelled', [pushed], true), []);
});
