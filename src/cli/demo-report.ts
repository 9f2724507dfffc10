/** Tells a story as it happens: headings, and steps with a tick and how long they took. */
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '#core/errors.ts';

/** A step that did not come true; carries its name. */
export class StepFailed extends Error {
  readonly step: string;

  constructor(step: string, cause: unknown) {
    super(`demo: "${step}" did not come true. ${messageOf(cause)}`, { cause });
    this.name = 'StepFailed';
    this.step = step;
  }
}

export interface Report {
  heading(text: string): void;
  /** A line below the step before. */
  note(text: string): void;
  /** Throws `StepFailed`. */
  step<T>(name: string, act: () => Promise<T>): Promise<T>;
}

export const createReport = (print: (line: string) => void, now: () => number): Report => ({
  heading(text) {
    print('');
    print(text);
  },
  note(text) {
    print(`      ${text}`);
  },
  async step(name, act) {
    const begun = now();
    try {
      const outcome = await act();
      print(`  ✓ ${name} (${String(now() - begun)} ms)`);
      return outcome;
    } catch (thrown) {
      print(`  ✗ ${name} (${String(now() - begun)} ms)`);
      throw new StepFailed(name, thrown);
    }
  },
});

/** Milliseconds until what is waited for counts as not happening. */
const patience = 30_000;
const interval = 50;

/** Asks until the answer is neither null nor false. Throws when `patience` is over. */
export const until = async <T>(
  what: string,
  probe: () => Promise<T | null | false>,
): Promise<T> => {
  const deadline = AbortSignal.timeout(patience);
  for (;;) {
    const found = await probe();
    if (found !== null && found !== false) return found;
    if (deadline.aborted) {
      throw new Error(`Waited ${String(patience / 1_000)} s in vain: ${what}.`);
    }
    await pause(interval);
  }
};
