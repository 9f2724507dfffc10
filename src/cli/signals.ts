/** Stopping by signal: the first asks for a graceful end, another one insists. */

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';
const numbers: Readonly<Record<StopSignal, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
const signals = Object.keys(numbers) as StopSignal[];

/** Ctrl+C under npm arrives twice, from the terminal and from npm; a person needs longer than this. */
const echo = 500;

export interface Stop {
  /** Resolves at the first signal. */
  asked: Promise<StopSignal>;
  /** Gives the signals back to the system. */
  release(): void;
}

/** Listens from now on. `exit` is called on a second signal, with 128 and its number. */
export const listenForStop = (
  exit: (code: number) => void,
  later: (work: () => void, milliseconds: number) => void = (work, milliseconds) =>
    setTimeout(work, milliseconds).unref(),
): Stop => {
  let state: 'running' | 'just asked' | 'stopping' = 'running';
  const { promise: asked, resolve } = Promise.withResolvers<StopSignal>();
  const hear = (signal: StopSignal): void => {
    if (state === 'stopping') exit(128 + numbers[signal]);
    if (state !== 'running') return;
    state = 'just asked';
    later(() => {
      state = 'stopping';
    }, echo);
    resolve(signal);
  };
  for (const signal of signals) process.on(signal, hear);
  return {
    asked,
    release() {
      for (const signal of signals) process.off(signal, hear);
    },
  };
};
