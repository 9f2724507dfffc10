/** Wall times by the rule of `model.ts`, in the two ways in which the solver is checked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import { instantOf } from './testing-check.ts';
import { instantOfWall } from './testing-oracle-facts.ts';

/** Worked out by hand from the offsets before and after each change. */
const cases = [
  ['America/New_York', '2027-03-14', '02:30', '2027-03-14T07:30Z'],
  ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30Z'],
  ['Europe/Berlin', '2027-03-28', '02:30', '2027-03-28T01:30Z'],
  ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30Z'],
  ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45Z'],
  ['Australia/Lord_Howe', '2027-04-04', '01:45', '2027-04-03T14:45Z'],
  ['Pacific/Apia', '2011-12-30', '10:00', '2011-12-30T20:00Z'],
  ['Africa/Casablanca', '2025-02-23', '02:30', '2025-02-23T01:30Z'],
  ['Africa/Casablanca', '2025-04-06', '02:30', '2025-04-06T02:30Z'],
  ['Africa/Cairo', '2027-04-30', '00:30', '2027-04-29T22:30Z'],
  ['Africa/Cairo', '2026-10-29', '23:30', '2026-10-29T20:30Z'],
  ['Asia/Kathmandu', '2027-03-14', '09:00', '2027-03-14T03:15Z'],
  ['America/St_Johns', '2027-03-14', '02:30', '2027-03-14T06:00Z'],
  ['America/St_Johns', '2026-11-01', '01:30', '2026-11-01T04:00Z'],
  ['Asia/Kolkata', '2027-03-28', '09:00', '2027-03-28T03:30Z'],
  ['Pacific/Auckland', '2026-09-27', '02:30', '2026-09-26T14:30Z'],
  ['Pacific/Auckland', '2027-04-04', '02:30', '2027-04-03T13:30Z'],
  ['America/Sao_Paulo', '2018-11-03', '24:00', '2018-11-04T03:00Z'],
  ['America/Sao_Paulo', '2018-11-04', '00:30', '2018-11-04T03:30Z'],
  ['America/Sao_Paulo', '2018-02-17', '23:30', '2018-02-18T01:30Z'],
  ['Asia/Tokyo', '2027-01-04', '09:00', '2027-01-04T00:00Z'],
] as const;

test('a wall time that is skipped moves on by the gap, one that is repeated is the first', () => {
  for (const [zone, date, time, expected] of cases) {
    const where = `${zone} ${date} ${time}`;
    const instant = Date.parse(expected);
    assert.equal(instantOf(Temporal.PlainDate.from(date), time, zone), instant, where);
    const day = Date.parse(`${date}T00:00Z`) / 86_400_000;
    assert.equal(instantOfWall(zone, day, time), instant, where);
  }
});
