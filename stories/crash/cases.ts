/** Every crash case, and the gate that lets a few of them run side by side. */
import { accountCases } from './accounts.ts';
import { linkCases } from './link.ts';
import { migrationCases } from './migration.ts';
import { pointCases, type CrashCase } from './points.ts';
import { furtherSchedulingCases, schedulingCases } from './scheduling.ts';
import { takeoverCases } from './takeover.ts';

export type { CrashCase } from './points.ts';
export { closeStages } from './stages.ts';

export { pointCases } from './points.ts';

/** All but the points on a candidate's way. Those that take longest come first; they mostly wait. */
export const otherCases: readonly CrashCase[] = [
  ...takeoverCases,
  ...migrationCases,
  ...accountCases,
  ...linkCases,
  ...schedulingCases,
];

/** Also those that would make a test run too long. */
export const everyCrashCase: readonly CrashCase[] = [
  ...otherCases,
  ...pointCases,
  ...furtherSchedulingCases,
];

/** In one process; the tests run two of them at once. */
const sideBySide = 2;
let running = 0;
const waiting: Array<() => void> = [];

/** Runs one case; throws where something was lost or done twice. More than a few wait their turn. */
export const runCrashCase = async (one: CrashCase): Promise<void> => {
  // A stopped worker costs no processor, so that its wait need not hold the others up.
  if (takeoverCases.includes(one)) return one.run();
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
