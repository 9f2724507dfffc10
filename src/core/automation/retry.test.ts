import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxAttempts, pollDelay, retryDelay } from './retry.ts';

test('waits longer after each try, up to an hour', () => {
  const delays = [1, 2, 3, 10, 30].map((attempts) => retryDelay(attempts, 1));
  assert.deepEqual(delays, [2_000, 4_000, 8_000, 1_024_000, 3_600_000]);
});

test('spreads retries over the second half of the delay', () => {
  assert.equal(retryDelay(3, 0), 4_000);
  assert.equal(retryDelay(3, 0.5), 6_000);
});

test('never comes back before the vendor asked for', () => {
  assert.equal(retryDelay(1, 0, 90_000), 90_000);
});

test('keeps trying through an outage of 60 hours', () => {
  let total = 0;
  for (let attempts = 1; attempts < maxAttempts; attempts += 1) total += retryDelay(attempts, 0.5);
  assert.ok(total > 48 * 3_600_000, `only ${String(total)} ms`);
});

test('looks for a result often at first, then every six hours, then no more', () => {
  assert.equal(pollDelay(0, 60_000), 60_000);
  assert.equal(pollDelay(40, 60_000), 6 * 3_600_000);
  assert.equal(pollDelay(200, 60_000), null);
});
