import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LoopwrightError } from '../errors.ts';
import { explain } from './explain.ts';
import type { Panel, PanelEvent, Resource, Solution } from './model.ts';
import { moves, replacements } from './replace.ts';
import { session } from './session.ts';
import { eventTimes, startTimes } from './slots.ts';
import { solve } from './solve.ts';

const hour = 3_600_000;
/** Tuesday, 1 December 2026, 9:00 in Berlin. */
const nine = Date.UTC(2026, 11, 1, 8);
const nineToFive = [{ from: '09:00', to: '17:00' }];
const hours = {
  mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive, sat: [], sun: [],
}; // prettier-ignore

const person = (id: string, change: Partial<Resource> = {}): Resource => ({
  id,
  name: id,
  kind: 'person',
  zone: 'Europe/Berlin',
  hours,
  daysOff: [],
  busy: [],
  booked: [],
  buffer: { before: 0, after: 0 },
  perDay: null,
  perWeek: null,
  preferred: null,
  met: false,
  ...change,
});

const meeting = (id: string, of: string[], change: Partial<PanelEvent> = {}): PanelEvent => ({
  id,
  name: id,
  minutes: 60,
  seats: [{ id: 's', of, count: 1, required: true, ranked: false }],
  between: null,
  after: [],
  gap: null,
  ...change,
});

const panelOf = (change: Partial<Panel> = {}): Panel => ({
  seed: 1,
  zone: 'Europe/Berlin',
  horizon: { start: nine - 9 * hour, end: nine + 15 * hour },
  windows: [{ start: nine, end: nine + 3 * hour }],
  grain: 15,
  lattice: 60,
  resources: [person('Ana'), person('Bo')],
  events: [meeting('Code', ['Ana']), meeting('Design', ['Bo'])],
  order: 'any',
  gap: { min: 0, max: null },
  lunch: null,
  maxDays: 1,
  repeat: false,
  limits: 'keep',
  buffers: 'keep',
  objective: null,
  ...change,
});

const oneToOne = { start: nine, end: nine + hour, kind: 'hard' as const, title: '1:1' };

test('the best comes first, with what was compromised for whom', () => {
  const soft = { start: nine + hour, end: nine + 2 * hour, kind: 'soft' as const, title: 'gym' };
  const { schedules, proof, bound } = solve(panelOf({ resources: [person('Ana', { busy: [soft] }), person('Bo')] })); // prettier-ignore
  assert.equal(proof, 'optimal');
  assert.equal(bound, null);
  assert.deepEqual(
    schedules.map(({ events, score }) => [
      events.map(({ eventId, start }) => `${eventId} ${String((start - nine) / hour)}`).join(', '),
      score.soft,
      score.idle,
    ]),
    [
      ['Code 0, Design 1', 0, 0],
      ['Design 1, Code 2', 0, 0],
    ],
  );
  const forced = solve(panelOf({ resources: [person('Ana', { busy: [soft, oneToOne] }), person('Bo')], windows: [{ start: nine, end: nine + 2 * hour }] })); // prettier-ignore
  assert.deepEqual(
    forced.schedules[0]?.compromises.map(({ term, resourceId, text }) => [term, resourceId, text]),
    [['soft', 'Ana', 'Code: Ana has something tentative then: gym.']],
  );
});

test('what may still be better is told where the time was up', () => {
  const after = (times: number): Solution => {
    let left = times;
    return solve(panelOf(), { stop: () => left-- <= 0 });
  };
  const cut = [0, 1, 2, 3, 4, 5, 6].map(after).find(({ bound }) => bound !== null);
  assert.equal(cut?.proof, 'best_found');
  assert.deepEqual([cut.bound?.idle, cut.bound?.load, cut.bound?.start], [0, 2, 540]);
  assert.equal(solve(panelOf(), { stop: () => true }).bound, null);
});

describe('an explanation', () => {
  test('names the smallest sets of rules, and what each thing given up opens', () => {
    const panel = panelOf({
      windows: [{ start: nine, end: nine + 2 * hour }],
      resources: [person('Ana', { busy: [oneToOne] }), person('Bo', { busy: [oneToOne] })],
    });
    const { starts, causes, relaxations, complete } = explain(panel);
    assert.equal(starts, 0);
    assert.equal(complete, true);
    assert.deepEqual(
      causes.map((set) => set.map(({ kind, eventId }) => eventId ?? kind)),
      [['Code', 'Design', 'windows']],
    );
    assert.deepEqual(relaxations.map(({ text, opens }) => `${text} ${String(opens)}`).toSorted(), [
      'Ask the candidate for an hour more before and after each of their times. 1',
      'Let Ana skip 1:1 on Tue, 1 Dec 2026, 09:00 CET. 1',
      'Let Bo skip 1:1 on Tue, 1 Dec 2026, 09:00 CET. 1',
      'Make the seat in Code optional. 1',
      'Make the seat in Design optional. 1',
    ]);
  });

  test('tells of two days where one is too short', () => {
    const second = { start: nine + 24 * hour, end: nine + 25 * hour };
    const panel = panelOf({
      horizon: { start: nine - 9 * hour, end: nine + 39 * hour },
      windows: [{ start: nine, end: nine + hour }, second],
    });
    const { causes, relaxations } = explain(panel);
    assert.deepEqual(causes[0]?.map(({ kind }) => kind).toSorted(), ['days', 'windows']);
    assert.equal(relaxations.find(({ kind }) => kind === 'days')?.opens, 1);
  });

  test('is not whole where the time was up or a wider panel is too large', () => {
    assert.equal(explain(panelOf(), { stop: () => true }).complete, false);
    const ids = Array.from({ length: 10 }, (_, index) => `E${String(index)}`);
    const wide = panelOf({
      grain: 5,
      lattice: 5,
      horizon: { start: nine, end: nine + 27 * 24 * hour },
      windows: [{ start: nine, end: nine + 12 * 24 * hour }],
      events: ids.map((id) => meeting(id, ['Ana'], { minutes: 5, seats: [] })),
    });
    assert.equal(explain(wide, { limit: 1 }).complete, false);
  });
});

describe('what cannot be asked', () => {
  const refused = (work: () => unknown, code: string, field: string): void => {
    assert.throws(work, (thrown) => {
      assert.ok(thrown instanceof LoopwrightError);
      assert.deepEqual([thrown.code, thrown.field], [code, field]);
      return true;
    });
  };

  test('is refused with the field', () => {
    const bad: Array<[Partial<Panel>, string]> = [
      [{ horizon: { start: nine, end: nine } }, 'horizon.end'],
      [{ horizon: { start: NaN, end: nine } }, 'horizon.0'],
      [{ zone: 'Europe/Atlantis' }, 'zone'],
      [{ lattice: 25 }, 'lattice'],
      [{ grain: 7 as never }, 'grain'],
      [{ maxDays: 6 }, 'maxDays'],
      [{ events: [] }, 'events'],
      [{ seed: -1 }, 'seed'],
      [{ gap: { min: 30, max: 15 } }, 'gap.max'],
      [{ lunch: { from: '12:00', to: '13:00', minutes: 90 } }, 'lunch.minutes'],
      [{ lunch: { from: '13:00', to: '12:00', minutes: 30 } }, 'lunch'],
      [{ resources: [person('Ana'), person('Ana')] }, 'resources'],
      [{ resources: [person('Ana', { perDay: 1.5 }), person('Bo')] }, 'resources.0.perDay'],
      [{ resources: [person('Ana', { daysOff: [{ from: '1.12.', to: '2.12.', reason: '' }] }), person('Bo')] }, 'resources.0.daysOff.0'],
      [{ events: [meeting('Code', ['Cy'])] }, 'events.0.seats.0.of'],
      [{ events: [meeting('Code', ['Ana'], { after: ['Lunch'] })] }, 'events.0.after'],
      [{ events: [meeting('A', ['Ana'], { after: ['B'] }), meeting('B', ['Bo'], { after: ['A'] })] }, 'events'],
      [{ objective: { order: ['idle', 'idle'] } }, 'objective.order'],
      [{ objective: { weights: { idle: -1 } } }, 'objective.weights.idle'],
    ]; // prettier-ignore
    for (const [change, field] of bad)
      refused(() => solve(panelOf(change)), 'panel_invalid', field);
  });

  test('is refused where it is too large', () => {
    const many = Array.from({ length: 11 }, (_, index) => meeting(`E${String(index)}`, ['Ana']));
    refused(() => solve(panelOf({ events: many })), 'panel_too_large', 'events');
    const long = { start: nine, end: nine + 93 * 24 * hour };
    refused(() => solve(panelOf({ horizon: long })), 'panel_too_large', 'horizon');
    const wide = { grain: 5, lattice: 5, horizon: { start: nine, end: nine + 90 * 24 * hour }, maxDays: 5 } as const; // prettier-ignore
    const panel = panelOf({ ...wide, windows: [wide.horizon], events: many.slice(1) });
    refused(() => solve(panel), 'panel_too_large', 'events');
  });

  test('about a schedule that stands: what is not in it', () => {
    const panel = panelOf();
    const placed = solve(panel).schedules[0]?.events ?? [];
    refused(() => moves(panel, placed.slice(1), 'Code'), 'panel_invalid', 'schedule');
    refused(() => moves(panel, placed, 'Lunch'), 'panel_invalid', 'eventId');
    const seat = { eventId: 'Code', seatId: 's', resourceId: 'Bo' };
    refused(() => replacements(panel, placed, seat), 'panel_invalid', 'resourceId');
    refused(() => {
      session(panel).withBusy('Cy', []);
    }, 'panel_invalid', 'resourceId');
  }); // prettier-ignore
});

test('an event alone can be at other times than the loop can begin', () => {
  const panel = panelOf({ order: 'fixed' });
  const at = (times: number[]): number[] => times.map((time) => (time - nine) / hour);
  assert.deepEqual(at(startTimes(panel)), [0, 1]);
  assert.deepEqual(at(eventTimes(panel, 'Design')), [0, 1, 2]);
});

test('an objective may leave terms out, or weigh them', () => {
  const late = { start: nine + 2 * hour, end: nine + 3 * hour, kind: 'soft' as const };
  const panel = panelOf({
    events: [meeting('Code', ['Ana'])],
    resources: [person('Ana', { busy: [{ ...late, start: nine }] })],
  });
  const first = (change: Partial<Panel>): number =>
    ((solve({ ...panel, ...change }).schedules[0]?.events[0]?.start ?? 0) - nine) / hour;
  assert.equal(first({ objective: { order: ['start'] } }), 0);
  assert.equal(first({ windows: [...panel.windows, { start: nine + 3 * hour, end: nine + 4 * hour }] }), 3); // prettier-ignore
  assert.equal(first({ objective: { weights: { soft: 1, start: 1 } } }), 0);
});
