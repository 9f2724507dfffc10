import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conflictsAt, officeHours, type Engagements, type Habits } from './conflicts.ts';

const habits = (change: Partial<Habits> = {}): Habits => ({
  zone: 'Europe/Berlin',
  hours: officeHours,
  daysOff: [],
  perDay: null,
  perWeek: null,
  buffer: { before: 0, after: 0 },
  ...change,
});

const free: Engagements = { busy: [], bookings: [], beside: [] };
const hour = 3_600_000;
/** Tuesday, 1 December 2026, 9:00 in Berlin. */
const nine = Date.UTC(2026, 11, 1, 8);
const span = (start: number, hours = 1) => ({ start, end: start + hours * hour });

const codes = (who: Habits, engaged: Partial<Engagements>, at = span(nine)): string[] =>
  conflictsAt(who, { ...free, ...engaged }, at).map(({ code }) => code);

test('nothing speaks against working hours in the zone of the person', () => {
  assert.deepEqual(codes(habits(), free), []);
  assert.deepEqual(codes(habits({ zone: 'America/New_York' }), free), ['outside_hours']);
  assert.deepEqual(codes(habits(), free, span(nine + 7.5 * hour)), ['outside_hours']);
});

test('hours that touch at midnight are one stretch', () => {
  const all = [{ from: '00:00', to: '24:00' }];
  const hours = { mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all };
  assert.deepEqual(codes(habits({ hours }), free, span(nine + 14 * hour, 3)), []);
});

test('wall times keep their meaning over a change of the clocks', () => {
  // Monday, 29 March 2027: the clocks went forward the night before.
  const nineInSummer = Date.UTC(2027, 2, 29, 7);
  assert.deepEqual(codes(habits(), free, span(nineInSummer)), []);
  assert.deepEqual(codes(habits(), free, span(nineInSummer - hour)), ['outside_hours']);
});

test('a calendar that cannot be read is a warning, never silence', () => {
  const [conflict] = conflictsAt(habits(), { ...free, busy: null }, span(nine));
  assert.equal(conflict?.code, 'calendar_unknown');
  assert.equal(conflict.blocks, false);
});

test('tells hard from tentative, and other interviews from both', () => {
  const at = { ...span(nine), soft: false };
  assert.deepEqual(codes(habits(), { busy: [at], bookings: [] }), ['busy']);
  assert.deepEqual(codes(habits(), { busy: [{ ...at, soft: true }], bookings: [] }), ['busy_tentative']); // prettier-ignore
  assert.deepEqual(codes(habits(), { busy: [], bookings: [span(nine)] }), ['double_booked']);
  const next = { busy: [], bookings: [span(nine + hour)] };
  assert.deepEqual(codes(habits(), next), [], 'one ends as the other begins');
  const pause = habits({ buffer: { before: 0, after: 15 } });
  assert.deepEqual(codes(pause, next), ['double_booked'], 'but for the buffer');
  assert.deepEqual(codes(habits({ buffer: { before: 15, after: 0 } }), next), [], 'on its side');
  assert.deepEqual(
    codes(pause, { beside: [span(nine + hour)] }),
    [],
    'within one interview its gaps hold',
  );
  assert.deepEqual(codes(habits(), { beside: [span(nine)] }), ['double_booked']);
});

test('counts limits by the local day and by weeks that begin on Monday', () => {
  const lateOnMonday = { busy: [], bookings: [span(nine - 11 * hour)] };
  assert.deepEqual(codes(habits({ perDay: 1 }), lateOnMonday), []);
  assert.deepEqual(codes(habits({ perWeek: 1 }), lateOnMonday), ['over_week_limit']);
  const onSunday = { busy: [], bookings: [span(nine - 48 * hour)] };
  assert.deepEqual(codes(habits({ perWeek: 1 }), onSunday), []);
  const sameDay = { busy: [], bookings: [span(nine + 3 * hour)] };
  assert.deepEqual(codes(habits({ perDay: 1 }), sameDay), ['over_day_limit']);
});

test('knows days off by their local date', () => {
  const off = habits({ daysOff: [{ from: '2026-12-01', to: '2026-12-01', reason: 'holiday' }] });
  const [conflict] = conflictsAt(off, free, span(nine));
  assert.equal(conflict?.code, 'day_off');
  assert.match(conflict.text, /holiday/);
  assert.deepEqual(codes(off, free, span(nine + 24 * hour)), []);
});
