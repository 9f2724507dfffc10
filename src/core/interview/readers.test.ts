import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diff, fingerprintOf, type Held, type Wanted } from './diff.ts';
import { assignReaders, isAt } from './readers.ts';
import { event, scene } from './testing.ts';
import { readerOf, type MailContent } from './want-mails.ts';
import { want } from './want.ts';

const place = 'interview/iv_1/candidate/invite/1';

const wanted = (reader: string | null): Wanted => ({
  thing: place,
  kind: 'mail',
  connectionId: 'cn_1',
  content: { reader },
  step: 3,
  notBefore: 0,
  reader,
});

const held = (thing: string, reader: string | null, change: Partial<Held> = {}): Held => ({
  thing,
  kind: 'mail',
  connectionId: 'cn_1',
  state: 'done',
  act: 'create',
  asked: null,
  stands: fingerprintOf({ reader }),
  inDoubt: false,
  lasting: false,
  step: 3,
  reader,
  ...change,
});

/** Acts that are owed, by the end of the thing's name. */
const acts = (want: Wanted, ledger: readonly Held[]): string[] => {
  const { wanted: named, stays } = assignReaders([want], ledger);
  return diff(named, ledger, 0, (thing) => stays.has(thing)).owed.map(
    ({ act, thing }) => `${act} ${thing.slice('interview/iv_1/candidate/'.length)}`,
  );
};

test('the first reader has the plain name, and keeps it', () => {
  assert.deepEqual(acts(wanted('u a'), []), ['create invite/1']);
  assert.deepEqual(acts(wanted('u a'), [held(place, 'u a')]), []);
});

test('another reader gets a thing of its own, and the one before is uninvited', () => {
  const before = [held(place, 'u a')];
  assert.deepEqual(acts(wanted('u b'), before), ['create invite/1/1', 'remove invite/1']);
  const failed = held(place, 'u a', { act: 'remove', state: 'failed' });
  assert.deepEqual(acts(wanted('u b'), [failed]), ['create invite/1/1'], 'neither waits');
});

test('who comes back gets the old thing again', () => {
  const gone = held(place, 'u a', { act: 'remove', stands: null });
  const there = held(`${place}/1`, 'u b');
  assert.deepEqual(acts(wanted('u a'), [gone, there]), ['create invite/1', 'remove invite/1/1']);
});

test('nobody is uninvited for want of an address, until there is another', () => {
  const before = [held(place, 'u a')];
  assert.deepEqual(acts(wanted(null), before), ['create invite/1/1']);
  const waiting = held(`${place}/1`, null, { state: 'waiting', stands: null });
  assert.deepEqual(acts(wanted('u a'), [...before, waiting]), []);
  assert.deepEqual(acts(wanted('u b'), [...before, waiting]), [
    'create invite/1/1',
    'remove invite/1',
  ]);
});

test('a number after a place is a reader of it, a longer name is another place', () => {
  for (const [thing, isThere] of [[place, true], [`${place}/1`, true], [`${place}1`, false], [`${place}/x`, false]] as const)
    assert.equal(isAt(place, thing), isThere, thing);
}); // prettier-ignore

test('another organizer has entries and readers of its own, the same one in another case has not', () => {
  const readersOf = (number: number, email = 'ada@candidates.example') => {
    const of = scene([event('e1', 'u1')], { takesInterviews: false });
    const { candidate } = of.facts;
    const texts = { ...of.plan.texts, candidateInvite: { title: 'Interview', body: '' } };
    return want({
      ...of,
      mail: { ...of.mail, number },
      facts: { ...of.facts, candidate: { ...candidate, email } },
      plan: { ...of.plan, texts },
    }).flatMap(({ kind, content }) => (kind === 'mail' ? [readerOf(content as MailContent)] : []));
  };
  const first = readersOf(0);
  assert.deepEqual(first, [
    'iv_1.e1@loopwright e10@example.com',
    'iv_1.day1@loopwright ada@candidates.example',
  ]);
  assert.deepEqual(readersOf(0, 'Ada@Candidates.example'), first);
  assert.deepEqual(readersOf(1), [
    'iv_1.e1.1@loopwright e10@example.com',
    'iv_1.day1.1@loopwright ada@candidates.example',
  ]);
});
