import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillSeats, type Person, type Room } from './fill.ts';
import type { SeatTemplate } from './layers.ts';

const person = (personId: string, change: Partial<Person> = {}): Person => ({
  personId,
  name: personId.toUpperCase(),
  email: `${personId}@example.com`,
  title: '',
  zone: 'UTC',
  atsUserId: 'u1',
  tags: ['backend'],
  active: true,
  ...change,
});

const room = (busy: readonly string[], ...people: Person[]): Room => ({
  people: new Map(people.map((one) => [one.personId, one])),
  pools: new Map([['po_1', { id: 'po_1', name: 'Backend', expression: 'backend' }]]),
  needsAtsUsers: true,
  conflicts: (id) =>
    busy.includes(id) ? [{ code: 'busy', text: 'is busy then', blocks: true }] : [],
});

const seat = (change: Partial<SeatTemplate>): SeatTemplate => ({
  from: { kind: 'pool', poolId: 'po_1', count: 1 },
  required: true,
  feedbackFormId: null,
  ...change,
});

const fill = (given: Room, ...seats: SeatTemplate[]) => {
  const filled = fillSeats('e1', seats, given);
  return {
    who: filled.seats.map(({ personId }) => personId),
    why: filled.seats.map(({ why }) => why),
    problems: filled.problems.map(({ code }) => code),
  };
};

test('whoever was chosen sits, and the seat says so', () => {
  const { who, why, problems } = fill(room([], person('a'), person('b')), seat({ chosen: ['b'] }));
  assert.deepEqual(who, ['b'], 'not the first who is free');
  assert.match(why[0] ?? '', /chosen by the panel engine, from the pool Backend \(2 members\)/);
  assert.deepEqual(problems, []);
});

test('somebody chosen who is not free any more is a conflict; an optional one is left out', () => {
  const taken = room(['b'], person('a'), person('b'));
  assert.deepEqual(fill(taken, seat({ chosen: ['b'] })).problems, ['busy']);
  assert.deepEqual(fill(taken, seat({ chosen: ['b'], required: false })), {
    who: [],
    why: [],
    problems: [],
  });
});

test('who was chosen has to be one of those who may, and as many as the seat needs', () => {
  const stranger = person('c', { tags: [] });
  const here = room([], person('a'), stranger);
  assert.deepEqual(fill(here, seat({ chosen: ['c'] })).problems, ['person_unknown']);
  assert.deepEqual(fill(here, seat({ chosen: [] })).problems, ['nobody_free']);
  assert.deepEqual(fill(here, seat({ chosen: ['a'] }), seat({ chosen: ['a'] })).problems, [
    'person_unknown',
  ]);
});

test('a room needs no user in the ATS, a person does', () => {
  const lhotse = person('r', { kind: 'room', atsUserId: null });
  const from = (id: string) => seat({ from: { kind: 'people', personIds: [id] } });
  const given = room([], lhotse, person('a', { atsUserId: null }));
  assert.deepEqual(fill(given, from('r')).problems, []);
  assert.deepEqual(fill(given, from('a')).problems, ['no_ats_user']);
});
