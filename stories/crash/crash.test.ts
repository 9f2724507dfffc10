/** One round of the whole matrix; `npm run bench -- crash --repeats 100` runs it again and again. */
import { after, test } from 'node:test';
import { closeStages, crashCases, runCrashCase } from './cases.ts';

after(closeStages);

test('a killed hub loses nothing and repeats nothing', { concurrency: true }, async (t) => {
  await Promise.all(crashCases.map((one) => t.test(one.name, () => runCrashCase(one))));
});
