/** How the cases of the panel bench take time, and what passes between them and the bench. */
import { quantile } from '../../report.ts';

/** Named samples, in milliseconds where the name says nothing else. */
export type Series = Record<string, number[]>;

export interface Request {
  name: string;
  /** Which side's first call in a fresh process is timed; null: both, warm and in turns. */
  cold: 'own' | 'peer' | null;
  rounds: number;
  seeds: number;
}

/** Calls up to here are over before the system takes the processor away. */
const brief = 5;

/**
 * A brief call by the clock. A longer one by the processor time of this thread, for on a busy machine only
 * long calls are interrupted, which would flatter whoever is quick.
 */
export const timed = (work: () => unknown): number => {
  const used = process.threadCpuUsage();
  const begin = performance.now();
  work();
  const elapsed = performance.now() - begin;
  const { user, system } = process.threadCpuUsage(used);
  return elapsed <= brief ? elapsed : Math.min(elapsed, (user + system) / 1_000);
};

/** The median of so many calls: one call of less than a millisecond says little. */
export const medianOf = (calls: number, work: () => unknown): number =>
  quantile(
    Array.from({ length: calls }, () => timed(work)),
    0.5,
  );

export const repeat = (times: number, work: () => unknown): void => {
  for (let index = 0; index < times; index++) work();
};
