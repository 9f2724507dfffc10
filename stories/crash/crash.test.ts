/**
 * One round of the matrix but for the points on a candidate's way, which `points.test.ts` goes
 * through at the same time; `npm run bench -- crash --repeats 100` runs all of it again and again.
 */
import { after, test } from 'node:test';
import { closeStages, otherCases, runCrashCase } from './cases.ts';

after(closeStages);

test('a killed hub loses nothing and repeats nothing', { concurrency: true }, async (t) => {
  await Promise.all(otherCases.map((one) => t.test(one.name, () => runCrashCase(one))));
});
