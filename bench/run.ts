/** `npm run bench -- NAME [--json] [--strict] [options of the bench]`; without a name, the list. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { postgresVersion } from './parts/machine.ts';
import { isMet, jsonLines, machineLines, reportText, type Bench } from './report.ts';

const notBenches = new Set(['run.ts', 'report.ts']);

/** Every other file beside this one is a bench of that name. */
const names = async (): Promise<string[]> =>
  (await readdir(import.meta.dirname))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !notBenches.has(file))
    .map((file) => path.basename(file, '.ts'))
    .sort();

const load = async (name: string): Promise<Bench> =>
  ((await import(`./${name}.ts`)) as { bench: Bench }).bench;

const list = async (): Promise<void> => {
  process.stdout.write('npm run bench -- NAME [--json] [--strict]\n\n');
  for (const name of await names()) {
    const { summary } = await load(name);
    process.stdout.write(`  ${name.padEnd(12)} ${summary}\n`);
  }
};

/** The exit code: 0, or 1 where a goal is missed and `--strict` asks to mind. */
const run = async (name: string, rest: readonly string[]): Promise<number> => {
  const own = new Set(['--json', '--strict']);
  const bench = await load(name);
  const machine = machineLines(await postgresVersion());
  const begin = performance.now();
  const figures = await bench.run(rest.filter((arg) => !own.has(arg)));
  const seconds = (performance.now() - begin) / 1_000;
  const command = ['npm run bench --', name, ...rest].join(' ');
  process.stdout.write(reportText({ command, machine, seconds, figures }));
  if (rest.includes('--json')) process.stdout.write(`${jsonLines(name, figures)}\n`);
  const missed = figures.filter((figure) => isMet(figure) === false);
  for (const figure of missed) process.stderr.write(`bench: missed goal: ${figure.label}.\n`);
  return missed.length > 0 && rest.includes('--strict') ? 1 : 0;
};

const [name, ...rest] = process.argv.slice(2);
if (name === undefined || name.startsWith('-')) {
  await list();
} else if ((await names()).includes(name)) {
  process.exitCode = await run(name, rest);
} else {
  process.stderr.write(`bench: there is no bench named ${name}. Known are:\n`);
  await list();
  process.exitCode = 64;
}
