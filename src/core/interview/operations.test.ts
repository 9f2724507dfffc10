import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seat } from '../template/testing.ts';
import { settle } from './layers.ts';
import type { Plan } from './model.ts';
import { changeAddress, changeEvent, placeOf, rearrange } from './operations.ts';

const hour = 3_600_000;
const ana = seat('Ana');
const bo = seat('Bo');
const cy = seat('Cy');
const everybody = [ana, bo, cy];

const plan = {
  events: [
    { id: 'e1', start: 0, end: hour, seats: [ana, bo] },
    { id: 'e2', start: 2 * hour, end: 3 * hour, seats: [cy] },
  ],
} as unknown as Plan;

const change = (...arrangement: Parameters<typeof rearrange>[1]) =>
  rearrange(plan, arrangement, (_seat, id) => {
    const by = everybody.find(({ personId }) => personId === id);
    assert.ok(by);
    return by;
  }).events.map(({ id, start, end, seats }) => [id, start, end, seats.map(({ name }) => name)]);

test('events get other times, keep their lengths, and stand in the order of time', () => {
  assert.deepEqual(change({ eventId: 'e1', start: 5 * hour, replace: [] }), [
    ['e2', 2 * hour, 3 * hour, ['Cy']],
    ['e1', 5 * hour, 6 * hour, ['Ana', 'Bo']],
  ]);
});

test('people change places, and somebody optional is left out', () => {
  const swap = [
    { personId: ana.personId, byPersonId: bo.personId },
    { personId: bo.personId, byPersonId: ana.personId },
  ];
  assert.deepEqual(change({ eventId: 'e1', start: 0, replace: swap })[0]?.[3], ['Bo', 'Ana']);
  const gone = [{ personId: bo.personId, byPersonId: null }];
  assert.deepEqual(change({ eventId: 'e1', start: 0, replace: gone })[0]?.[3], ['Ana']);
});

test('nobody sits twice in an event, and only who sits there can leave', () => {
  const twice = [{ personId: bo.personId, byPersonId: ana.personId }];
  assert.throws(() => change({ eventId: 'e1', start: 0, replace: twice }), {
    code: 'seat_taken_twice',
  });
  const stranger = [{ personId: cy.personId, byPersonId: null }];
  assert.throws(() => change({ eventId: 'e1', start: 0, replace: stranger }), {
    code: 'seat_not_found',
  });
});

test('an event takes place where it is written, else in its rooms', () => {
  const seats = [ana, seat('Lhotse', { kind: 'room' }), seat('Annapurna', { kind: 'room' })];
  assert.equal(placeOf({ location: '', seats }), 'Lhotse, Annapurna');
  assert.equal(placeOf({ location: 'Berlin', seats }), 'Berlin');
});

test('who is reached elsewhere is so in every seat, and nobody else is', () => {
  const both = plan.events.map((one) => (one.id === 'e2' ? { ...one, seats: [cy, ana] } : one));
  const moved = changeAddress({ ...plan, events: both }, ana.personId, 'ana@new.example');
  assert.deepEqual(
    moved.events.map(({ seats }) => seats.map(({ email }) => email)),
    [
      ['ana@new.example', bo.email],
      [cy.email, 'ana@new.example'],
    ],
  );
});

test('how many days it may take is said in two ways, the deepest layer counts', () => {
  const days = (...layers: Parameters<typeof settle>[0]) => {
    const { oneDay, maxDays } = settle(layers);
    return [oneDay, maxDays];
  };
  assert.deepEqual(days(), [true, 1]);
  assert.deepEqual(days({ oneDay: false }), [false, 5]);
  assert.deepEqual(days({ maxDays: 2 }), [false, 2]);
  assert.deepEqual(days({ maxDays: 2 }, { oneDay: true }), [true, 1]);
});

test('an event is called otherwise, lasts longer and needs somebody no more; the rest stays', () => {
  const changed = changeEvent(plan, 'e1', {
    name: 'Pairing',
    minutes: 90,
    seats: [{ personId: bo.personId, required: false }],
  });
  assert.deepEqual(changed.events[1], plan.events[1]);
  const [event] = changed.events;
  assert.equal(event?.name, 'Pairing');
  assert.equal(event.start, 0);
  assert.equal(event.end, 1.5 * hour);
  assert.deepEqual(event.seats, [ana, { ...bo, required: false }]);
});

test('only whoever sits in an event can be changed there', () => {
  assert.throws(
    () => changeEvent(plan, 'e2', { seats: [{ personId: ana.personId, required: false }] }),
    { code: 'seat_not_found' },
  );
  assert.throws(() => changeEvent(plan, 'e9', {}), { code: 'event_not_found' });
});
