import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRegistry } from '#core/template/variables.ts';
import { candidatePageOf } from './candidate-page.ts';
import type { PlannedEvent } from './model.ts';
import type { Scene } from './scene.ts';
import { event, hour, scene } from './testing.ts';
import { sessionThing } from './things.ts';

const platform = { platform: 'CodeInterview', live: true, tests: false, linkLifetime: null };
const start = 100 * hour;
const room = 'https://code.example/x';

/** One event at a platform whose session is there. */
const planned = (more: Partial<Scene> = {}, change: Partial<PlannedEvent> = {}): Scene => {
  const of = scene([{ ...event('e1', 'u'), ...change }]);
  const coding = [
    { connectionId: 'cn_2', platform: 'CodeInterview', kind: null, id: null, name: null },
  ];
  const texts = {
    ...of.plan.texts,
    interviewerInvite: { title: '', body: '$Event.CodeInterview.Live.Link' },
  };
  return {
    ...of,
    registry: createRegistry([platform]),
    platforms: new Map([['cn_2', platform]]),
    standing: new Map([[sessionThing(of.id, 'e1', 'cn_2'), { url: room, result: null }]]),
    plan: { ...of.plan, coding, texts },
    ...more,
  };
};

const linksAt = (now: number, minutes: number | null) =>
  candidatePageOf(planned({ now }), minutes).events.flatMap(({ links }) => links);

test('links open as soon as they are there, or so many minutes before their event', () => {
  const open = { kind: 'coding', platform: 'CodeInterview', url: room, opensAt: null };
  const shut = { ...open, url: null, opensAt: start - 15 * 60_000 };
  assert.deepEqual(linksAt(hour, null), [open]);
  assert.deepEqual(linksAt(hour, 15), [shut]);
  assert.deepEqual(linksAt(start - 15 * 60_000, 15), [open]);
});

test('a place that is an address is a link, under the same policy', () => {
  const [shown] = candidatePageOf(planned({}, { location: 'https://meet.example/1' }), null).events;
  assert.equal(shown?.place, '');
  assert.deepEqual(shown.links[0], { kind: 'meeting', platform: '', url: 'https://meet.example/1', opensAt: null }); // prettier-ignore
  const [shut] = candidatePageOf(planned({}, { location: 'https://meet.example/1' }), 15).events;
  assert.equal(shut?.links[0]?.url, null);
});

test('what is over, cancelled or on hold again says so and opens no room', () => {
  const stateOf = (more: Partial<Scene>) => {
    const { state, events } = candidatePageOf(planned(more), null);
    return [state, events.length, events.flatMap(({ links }) => links).length];
  };
  const day = 24 * hour;
  assert.deepEqual(stateOf({}), ['confirmed', 1, 1]);
  assert.deepEqual(stateOf({ state: 'hold' }), ['on_hold', 0, 0]);
  assert.deepEqual(stateOf({ state: 'cancelled' }), ['cancelled', 1, 0]);
  assert.deepEqual(stateOf({ now: start + hour }), ['over', 1, 0]);
  assert.deepEqual(stateOf({ state: 'completed', now: start + 30 * day }), ['over', 1, 0]);
  assert.deepEqual(stateOf({ state: 'completed', now: start + 31 * day }), ['expired', 0, 0]);
  assert.deepEqual(stateOf({ state: 'cancelled', now: start + 31 * day }), ['expired', 0, 0]);
});

test('names nobody optional unless alone, and no event without the candidate', () => {
  const of = planned();
  const [seat] = of.plan.events[0]?.seats ?? [];
  assert.ok(seat);
  const optional = { ...seat, personId: 'pe_2', name: 'Olga Optional', required: false };
  const room = { ...seat, kind: 'room' as const, personId: 'pe_3', name: 'Room Ada' };
  const seated = (seats: PlannedEvent['seats'], internal = false) =>
    candidatePageOf(planned({}, { seats, internal }), null).events.map(({ people, place }) => [
      people.map(({ name }) => name),
      place,
    ]);
  assert.deepEqual(seated([seat, optional, room]), [[['e1'], 'Room Ada']]);
  assert.deepEqual(seated([optional]), [[['Olga Optional'], '']]);
  assert.deepEqual(seated([seat], true), []);
});

test('tells what to prepare for an event, and the words that its people have for candidates', () => {
  const seats = event('e1', 'u').seats.map((one) => ({ ...one, bio: 'Builds queues.' }));
  const [shown] = candidatePageOf(planned({}, { seats, prepare: 'Bring a laptop' }), null).events;
  assert.equal(shown?.prepare, 'Bring a laptop');
  assert.deepEqual(
    shown.people.map(({ bio }) => bio),
    ['Builds queues.'],
  );
  assert.equal(candidatePageOf(planned(), null).events[0]?.prepare, '');
});

test('tells the way to an interview that is not remote, and of no place to others', () => {
  const at = {
    id: 'berlin',
    name: 'Berlin',
    address: 'Torstraße 1',
    mapLink: '',
    instructions: 'Ring',
  };
  const placeIn = (remote: boolean, more: Partial<Scene> = {}) => {
    const here = planned(more);
    return candidatePageOf({ ...here, plan: { ...here.plan, remote, place: at } }, null).place;
  };
  const { id: _ours, ...told } = at;
  assert.deepEqual(placeIn(false), told);
  assert.equal(placeIn(true), null);
  assert.equal(placeIn(false, { state: 'hold' }), null, 'nothing is sure');
});
