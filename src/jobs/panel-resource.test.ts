/** One truth: what the panel engine offers is what the planner's own check has nothing against. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { settle, rulesOf } from '#core/interview/layers.ts';
import { loopPanel } from '#core/interview/loop.ts';
import { startTimes } from '#core/panel/slots.ts';
import { conflictsAt, type Hours } from '#core/people/conflicts.ts';
import type { PersonRow } from '#store/people.ts';
import { habitsOf } from './interview-people.ts';
import { resourceOf } from './panel-resource.ts';

const quarter = 900_000;
const hour = 3_600_000;
/** The Friday before the clocks change in Europe. */
const from = Date.UTC(2027, 2, 26);
const horizon = { start: from, end: from + 4 * 24 * hour };
const quarters = (horizon.end - horizon.start) / quarter;

const wall = (quarterOfDay: number): string =>
  `${String(Math.floor(quarterOfDay / 4)).padStart(2, '0')}:${String((quarterOfDay % 4) * 15).padStart(2, '0')}`;
const span = (most: number) =>
  fc.tuple(fc.nat(quarters - 1), fc.integer({ min: 1, max: most })).map(([start, length]) => ({
    start: from + start * quarter,
    end: from + (start + length) * quarter,
  }));
const hours = fc
  .tuple(fc.nat(40), fc.integer({ min: 4, max: 52 }))
  .map(([start, length]): Hours => {
    const day = [{ from: wall(start), to: wall(Math.min(96, start + length)) }];
    return { mon: day, tue: day, wed: [], thu: day, fri: day, sat: [], sun: day };
  });
const buffer = fc.constantFrom(0, 15, 45);

const people = fc.record({
  kind: fc.constantFrom('person' as const, 'room' as const),
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'),
  hours,
  days_off: fc.constantFrom([], [{ from: '2027-03-29', to: '2027-03-29', reason: '' }]),
  per_day: fc.constantFrom(null, 0, 1, 2),
  per_week: fc.constantFrom(null, 1, 3),
  buffer_before: buffer,
  buffer_after: buffer,
});

test('whatever is offered, the planner accepts; whatever is not, it refuses', () => {
  let offered = 0;
  fc.assert(
    fc.property(
      people,
      fc.array(span(20), { maxLength: 6 }),
      fc.array(span(6), { maxLength: 3 }),
      fc.constantFrom(0, 30),
      fc.constantFrom(30, 45, 60),
      (who, calendar, booked, bufferMinutes, minutes) => {
        const row = { ...who, id: 'pe_1', name: 'Ana', preferred: null } as unknown as PersonRow;
        const busy = calendar.map((one, index) => ({ ...one, soft: index % 3 === 2 }));
        const taken = { busy, booked, read: horizon, met: false };
        const seat = { from: { kind: 'people' as const, personIds: ['pe_1'] }, required: true, feedbackFormId: null };
        const rules = { ...rulesOf(settle([])), bufferMinutes };
        const events = [{ id: 'e1', name: 'Talk', minutes, seats: [{ template: seat, of: ['pe_1'] }] }];
        const search = { horizon, windows: [horizon], startEvery: 15, repeat: null };
        const loop = { id: 'cd_1', zone: 'UTC', rules, events };
        const starts = new Set(startTimes(loopPanel(loop, [resourceOf(row, taken, bufferMinutes)], search)));
        offered += starts.size;
        for (let start = horizon.start; start + minutes * 60_000 <= horizon.end; start += quarter) {
          const about = { start, end: start + minutes * 60_000 };
          // An event lies within one day of the panel.
          if (Math.floor(start / (24 * hour)) !== Math.floor((about.end - 1) / (24 * hour))) continue;
          const against = conflictsAt(habitsOf(row, bufferMinutes), { busy, bookings: booked }, about).filter(({ blocks }) => blocks);
          assert.equal(starts.has(start), against.length === 0, `${new Date(start).toISOString()} ${JSON.stringify(against)}`);
        }
      },
    ),
    { numRuns: 60, seed: 11 },
  );
  assert.ok(offered > 500, String(offered));
}); // prettier-ignore
