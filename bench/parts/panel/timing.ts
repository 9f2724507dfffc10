/** Milliseconds, by the process's own clock. */
import { quantile } from '../../report.ts';

/** Named samples in milliseconds or as their names say. */
export type Series = Record<string, number[]>;

export interface Request {
  name: string;
  /** Which side's first call in a fresh process is timed; null: both, warm and in turns. */
  cold: 'own' | 'peer' | null;
  rounds: number;
  seeds: number;
}

export const timed = (work: () => unknown): number => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
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
