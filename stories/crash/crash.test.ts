/** One round of the whole matrix; `npm run bench -- crash --repeats 100` runs it again and again. */
import { test } from 'node:test';
import { crashCases, runCrashCase } from './cases.ts';

test('a killed hub loses nothing and repeats nothing', { concurrency: true }, async (t) => {
  await Promise.all(crashCases.map((one) => t.test(one.name, () => runCrashCase(one))));
});
