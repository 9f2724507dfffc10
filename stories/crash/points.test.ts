/** One round of the points on a candidate's way at which the hub can be killed. */
import { after, test } from 'node:test';
import { closeStages, pointCases, runCrashCase } from './cases.ts';

after(closeStages);

test(
  'killed on a candidate’s way, the hub ends where it would have',
  {
    concurrency: true,
  },
  async (t) => {
    await Promise.all(pointCases.map((one) => t.test(one.name, () => runCrashCase(one))));
  },
);
