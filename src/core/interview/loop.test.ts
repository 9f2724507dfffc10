import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Schedule } from '../panel/model.ts';
import { rulesOf, settle, type SeatTemplate } from './layers.ts';
import {
  chosenEvents,
  keepsRules,
  loopPanel,
  without,
  workingDays,
  type LoopEvent,
} from './loop.ts';

const hour = 3_600_000;
/** Friday, before the clocks change in Europe on Sunday. */
const friday = Date.UTC(2027, 2, 26);
const horizon = { start: friday, end: friday + 5 * 24 * hour };

const seat = (...of: string[]): LoopEvent['seats'][number] => ({
  template: { from: { kind: 'people', personIds: of }, required: true, feedbackFormId: null },
  of,
});
const event = (id: string, seats: LoopEvent['seats'], minutes = 45): LoopEvent => ({
  id,
  name: id,
  minutes,
  seats,
});
const search = { horizon, windows: null, startEvery: 15, repeat: null };
const panelOf = (events: LoopEvent[], change = {}) =>
  loopPanel(
    { id: 'cd_1', zone: 'Europe/Berlin', events, rules: rulesOf(settle([])) },
    [],
    { ...search, ...change },
  ); // prettier-ignore

test('working days are nine to five of their zone, also when its clocks change', () => {
  const begin = workingDays(horizon, 'Europe/Berlin').map(({ start }) => new Date(start).toISOString());
  assert.deepEqual(begin, ['2027-03-26T08:00:00.000Z', '2027-03-29T07:00:00.000Z', '2027-03-30T07:00:00.000Z']);
  const late = workingDays({ start: friday + 10 * hour, end: friday + 20 * hour }, 'Europe/Berlin');
  assert.deepEqual(late, [{ start: friday + 10 * hour, end: friday + 16 * hour }], 'from now on');
}); // prettier-ignore

test('what stands is cut out of the windows, with a gap around it', () => {
  const window = { start: 0, end: 10 * hour };
  const fixed = { start: 4 * hour, end: 5 * hour };
  assert.deepEqual(without([window], [fixed], hour), [
    { start: 0, end: 3 * hour },
    { start: 6 * hour, end: 10 * hour },
  ]);
  assert.deepEqual(without([fixed], [window]), []);
});

test('somebody may sit in several events only where nobody else could', () => {
  assert.equal(panelOf([event('e1', [seat('a')]), event('e2', [seat('a', 'b')])]).repeat, false);
  assert.equal(panelOf([event('e1', [seat('a')]), event('e2', [seat('a')])]).repeat, true);
  assert.equal(
    panelOf([event('e1', [seat('a')]), event('e2', [seat('a')])], { repeat: false }).repeat,
    false,
  );
});

test('an event that moves alone keeps to the days, the lunch and the gaps of the others', () => {
  const rules = rulesOf(settle([]));
  const eight = friday + 7 * hour;
  const span = (from: number, hours = 1) => ({
    start: eight + from * hour,
    end: eight + (from + hours) * hour,
  });
  const fixed = [span(1), span(2)];
  const keeps = (change: Partial<typeof rules>, event: { start: number; end: number }) =>
    keepsRules({ rules: { ...rules, ...change }, zone: 'Europe/Berlin' }, fixed, event);
  assert.equal(keeps({}, span(6)), true);
  assert.equal(keeps({}, span(24)), false, 'all on one day');
  assert.equal(keeps({ maxDays: 2 }, span(24)), true);
  assert.equal(keeps({ maxGapMinutes: 60 }, span(4)), true);
  assert.equal(keeps({ maxGapMinutes: 60 }, span(5)), false);
  const lunch = { from: '11:00', to: '13:00', minutes: 60 };
  assert.equal(keeps({ lunch }, span(3)), true, 'eats after it');
  assert.equal(keeps({ lunch }, span(3, 2)), false, 'nobody eats');
  assert.equal(keeps({ lunch, maxGapMinutes: 60 }, span(5)), true, 'lunch is no gap');
  assert.equal(keeps({ lunch, maxGapMinutes: 60 }, span(5.5)), false);
});

test('lengths that are no quarters of an hour make the grid finer', () => {
  assert.equal(panelOf([event('e1', [])]).grain, 15);
  assert.equal(panelOf([event('e1', [], 50)]).grain, 5);
});

test('the same candidate has the same seed, another one most likely not', () => {
  const seed = panelOf([event('e1', [])]).seed;
  assert.equal(panelOf([event('e1', [], 60)]).seed, seed);
});

test('what was chosen comes back in the order asked for, with who sits in which seat', () => {
  const events = [event('e1', [seat('a', 'b')]), event('e2', [seat('c'), seat('d')])];
  const panel = panelOf(events);
  const placed = (eventId: string, start: number, ...who: string[][]) => ({
    eventId,
    start,
    end: start + hour,
    seats: who.map((resourceIds, index) => ({ seatId: `s${String(index + 1)}`, resourceIds })),
  });
  const schedule = {
    events: [placed('e2', 1, ['c'], []), placed('e1', 2, ['b'])],
  } as unknown as Schedule;
  const found = chosenEvents(events, panel, schedule);
  const chosen = ({ seats }: { seats: SeatTemplate[] }) => seats.map((one) => one.chosen);
  assert.deepEqual(found.map(({ id, start }) => [id, start]), [['e1', 2], ['e2', 1]]); // prettier-ignore
  assert.deepEqual(found.map(chosen), [[['b']], [['c'], []]]);
});
