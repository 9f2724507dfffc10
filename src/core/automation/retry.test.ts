import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxAttempts, nextLookAt, pollDelay, retryDelay } from './retry.ts';

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

test('looks at a finished test for two weeks, in case it is scored anew', () => {
  const now = Date.UTC(2026, 4, 1);
  const day = 24 * 3_600_000;
  const look = (finishedAt: number) =>
    nextLookAt({ status: 'completed', finishedAt, polls: 250 }, 60_000, now);
  assert.equal(look(now - 13 * day), now + day / 4);
  assert.equal(look(now - 14 * day), null);
});

test('comes to an end also with a finished test that has no date', () => {
  const look = (polls: number) =>
    nextLookAt({ status: 'completed', finishedAt: null, polls }, 60_000, 0);
  assert.equal(look(1), 96_000);
  assert.equal(look(199), 6 * 3_600_000);
  assert.equal(look(200), null);
});

test('never looks again at a test that was called off', () => {
  assert.equal(nextLookAt({ status: 'cancelled', finishedAt: null, polls: 1 }, 60_000, 0), null);
});
