import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageText } from '../../web/parts/age.ts';

const now = Date.parse('2026-11-27T14:10:00Z');
const friday = (at: string, zone = 'UTC'): string => ageText(at, now, zone);

test('days are counted by the calendar of whoever reads, hours and minutes by the clock', () => {
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  assert.equal(
    friday('2026-11-30T10:00:00Z'),
    format.format(3, 'day'),
    'Monday is in 3 days, not 2',
  );
  assert.equal(friday('2026-11-29T14:00:00Z'), format.format(2, 'day'), 'not tomorrow');
  assert.equal(friday('2026-11-28T23:00:00Z', 'Asia/Kathmandu'), format.format(2, 'day'));
  assert.equal(friday('2026-11-25T15:00:00Z'), format.format(-2, 'day'), 'not yesterday');
  assert.equal(friday('2026-11-28T09:00:00Z'), format.format(18, 'hour'));
  assert.equal(friday('2026-11-27T14:08:30Z'), format.format(-1, 'minute'));
  assert.equal(friday('2026-11-27T14:09:30Z'), format.format(0, 'second'));
});
