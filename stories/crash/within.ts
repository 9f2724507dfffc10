/** Waiting with an end. */
import { setTimeout as pause } from 'node:timers/promises';

/** Fails with `what` when `work` takes longer than so many milliseconds. */
export const within = async <T>(
  milliseconds: number,
  what: string,
  work: Promise<T>,
): Promise<T> => {
  const over = new AbortController();
  const late = async (): Promise<never> => {
    await pause(milliseconds, undefined, { signal: over.signal });
    throw new Error(`did not happen in time: ${what}`);
  };
  const timeUp = late();
  timeUp.catch(() => undefined);
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    over.abort();
  }
};
