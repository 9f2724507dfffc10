/** The crash matrix again and again: every case in every round must end with exactly one of each. */
import { startTestServer } from '../src/store/testing-server.ts';
import type { Bench, Figure } from './report.ts';

const repeatsOf = (args: readonly string[]): number => {
  const at = args.indexOf('--repeats');
  const repeats = at < 0 ? 1 : Number(args[at + 1]);
  if (Number.isInteger(repeats) && repeats > 0) return repeats;
  throw new Error('bench: --repeats must be a whole number above 0. Write --repeats 100.');
};

const run = async (args: readonly string[]): Promise<Figure[]> => {
  const repeats = repeatsOf(args);
  const server = await startTestServer();
  // Read when the module that makes databases is loaded, which is why that comes after.
  process.env['LOOPWRIGHT_TEST_POSTGRES'] = server.adminUrl;
  try {
    const { crashCases, runCrashCase } = await import('../stories/crash/cases.ts');
    const seconds: number[] = [];
    let failures = 0;
    for (let round = 1; round <= repeats; round += 1) {
      const begin = performance.now();
      const outcomes = await Promise.allSettled(crashCases.map((one) => runCrashCase(one)));
      seconds.push((performance.now() - begin) / 1_000);
      for (const [position, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') continue;
        failures += 1;
        const name = crashCases[position]?.name ?? '';
        process.stderr.write(`round ${String(round)}: ${name}: ${String(outcome.reason)}\n`);
      }
    }
    const cases = repeats * crashCases.length;
    return [
      {
        id: 'failures',
        label: `kills that lost or repeated something, of ${String(cases)}`,
        unit: 'cases',
        samples: [failures],
        goal: { atMost: 0 },
      },
      { id: 'round', label: 'one round of all cases', unit: 's', samples: seconds },
    ];
  } finally {
    await server.stop();
  }
};

export const bench: Bench = {
  name: 'crash',
  summary: 'Kills the hub at every point, --repeats times, and counts what was lost or done twice.',
  run,
};
