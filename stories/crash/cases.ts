/** Every crash case, and the gate that lets a few of them run side by side. */
import { pointCases, type CrashCase } from './points.ts';

export type { CrashCase } from './points.ts';

export const crashCases: readonly CrashCase[] = [...pointCases];

const sideBySide = 3;
let running = 0;
const waiting: Array<() => void> = [];

/** Runs one case; throws where something was lost or done twice. More than a few wait their turn. */
export const runCrashCase = async (one: CrashCase): Promise<void> => {
  if (running >= sideBySide) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    await one.run();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
};
