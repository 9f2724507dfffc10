/** Real time for the emulators: the sandbox is their composition root, as `assemble.ts` is the hub's. */

/** Milliseconds since the epoch. */
// eslint-disable-next-line no-restricted-syntax -- the one place of the sandbox that reads the clock
export const now = (): number => Date.now();

/** Node runs a timer that is longer than this at once. */
const longestTimer = 2 ** 31 - 1;

/** Runs `task` after `milliseconds`; the answer cancels it. Keeps no process alive. */
export const later = (milliseconds: number, task: () => void): (() => void) => {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    const step = Math.min(left, longestTimer);
    timer = setTimeout(() => {
      if (left > step) wait(left - step);
      else task();
    }, step);
    timer.unref();
  };
  wait(milliseconds);
  return () => {
    clearTimeout(timer);
  };
};
