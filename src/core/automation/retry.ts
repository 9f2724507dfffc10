/** When to try again. Milliseconds throughout. */
import type { AssessmentResult } from '#core/model.ts';
import { isResult } from './notes.ts';

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

/** A test that says when it was finished is looked at so often, for so long: it may be re-scored. */
const finishedInterval = 6 * 60 * minute;
const finishedFor = 14 * 24 * 60 * minute;

/**
 * When to look at a test again after the look numbered `polls`; null: never. One that is finished
 * without a date goes on as if it were not, and so comes to an end too.
 */
export const nextLookAt = (
  {
    status,
    finishedAt,
    polls,
  }: Pick<AssessmentResult, 'status' | 'finishedAt'> & { polls: number },
  first: number,
  now: number,
): number | null => {
  const mayChange = status === 'completed' || status === 'pending_review';
  if (isResult(status) && !mayChange) return null;
  if (isResult(status) && finishedAt !== null)
    return now - finishedAt < finishedFor ? now + finishedInterval : null;
  const delay = pollDelay(polls, first);
  return delay === null ? null : now + delay;
};
