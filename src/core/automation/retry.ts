/** When to try again. Milliseconds throughout. */

const second = 1_000;
const minute = 60 * second;

/** Exponential from 2 s to 1 h; `draw` (0..1) spreads the second half so that retries do not meet. */
export const retryDelay = (attempts: number, draw: number, retryAfter?: number): number => {
  const full = Math.min(60 * minute, 2 * second * 2 ** Math.min(attempts - 1, 20));
  return Math.max(retryAfter ?? 0, full / 2 + (full / 2) * draw);
};

/** After this many tries (about three days) a person has to look. */
export const maxAttempts = 80;

/** When to look for a result again: often at first, then rarely; null: no more (about six weeks). */
export const pollDelay = (polls: number, first: number): number | null =>
  polls >= 200 ? null : Math.min(6 * 60 * minute, first * 1.6 ** Math.min(polls, 40));
