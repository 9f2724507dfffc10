/** The crash matrix again and again: every case in every round must end with exactly one of each. */
import { parseArgs } from 'node:util';
import { startTestServer } from '#store/testing-server.ts';
import type { Bench, Figure } from './report.ts';

const optionsOf = (args: readonly string[]): { repeats: number; only: string } => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repeats: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
    },
  });
  const repeats = Number(values.repeats);
  if (Number.isInteger(repeats) && repeats > 0) return { repeats, only: values.only };
  throw new Error('bench: --repeats must be a whole number above 0. Write --repeats 100.');
};

const run = async (args: readonly string[]): Promise<Figure[]> => {
  const { repeats, only } = optionsOf(args);
  const server = await startTestServer();
  // Read when the module that makes databases is loaded, which is why that comes after.
  process.env['LOOPWRIGHT_TEST_POSTGRES'] = server.adminUrl;
  try {
    const { closeStages, everyCrashCase, runCrashCase } = await import('../stories/crash/cases.ts');
    const chosen = everyCrashCase.filter(({ name }) => name.includes(only));
    if (chosen.length === 0) throw new Error(`bench: no crash case has "${only}" in its name.`);
    const seconds: number[] = [];
    let failures = 0;
    for (let round = 1; round <= repeats; round += 1) {
      const begin = performance.now();
      const runOne = async (one: (typeof chosen)[number]): Promise<void> => {
        try {
          await runCrashCase(one);
        } catch (thrown) {
          failures += 1;
          const text = thrown instanceof Error ? thrown.message : String(thrown);
          process.stderr.write(`round ${String(round)}: ${one.name}\n  ${text}\n`);
        }
      };
      await Promise.all(chosen.map(runOne));
      await closeStages();
      seconds.push((performance.now() - begin) / 1_000);
      process.stderr.write(
        `round ${String(round)} of ${String(repeats)}: ${seconds.at(-1)?.toFixed(0) ?? ''} s, ${String(failures)} failures so far\n`,
      );
    }
    return [
      {
        id: 'failures',
        label: `kills that lost or repeated something, of ${String(repeats * chosen.length)}`,
        unit: 'cases',
        samples: [failures],
        goal: { atMost: 0 },
        note: 'Sandbox and driver in one process, two hubs at a time in processes of their own, all on the same cores; PostgreSQL does not flush to disk, as only the hub is killed.',
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
