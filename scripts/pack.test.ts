/** The package as a user gets it: packed, installed in an empty folder, run from there. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';

/** As a user's shell would: without the Node 24 that npm scripts of this clone find first. */
const userPath = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(path.delimiter);
const run = (command: string, args: string[], cwd: string): Promise<{ stdout: string }> =>
  promisify(execFile)(command, args, { cwd, env: { ...process.env, PATH: userPath } });
const root = path.dirname(import.meta.dirname);
const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
  version: string;
};
const minutes = 60_000;

describe('the packed package', { timeout: 10 * minutes }, () => {
  let folder = '';
  let installed = '';

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'loopwright-pack-'));
    await run('npm', ['pack', '--pack-destination', folder], root);
    const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
    assert.ok(tarball, 'npm pack wrote no tarball');
    await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
    await run(
      'npm',
      ['install', '--prefer-offline', '--no-audit', '--no-fund', '--omit=dev', `./${tarball}`],
      folder,
    );
    installed = path.join(folder, 'node_modules', 'loopwright');
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('holds JavaScript and declarations, and no tests, sources or stories', async () => {
    const files = await readdir(installed, { recursive: true });
    const own = files.filter((file) => !file.startsWith('node_modules'));
    assert.ok(own.includes('LICENSE') && own.includes('README.md'));
    assert.ok(own.includes(path.join('dist', 'connectors', 'contract.js')));
    assert.ok(own.includes(path.join('dist', 'connectors', 'contract.d.ts')));
    assert.deepEqual(
      own.filter((file) => /\.test\.|(?<!\.d)\.ts$|^(src|stories|bench|scripts)/.test(file)),
      [],
    );
  });

  test('tells its version', async () => {
    const { stdout } = await run('npx', ['loopwright', '--version'], folder);
    assert.equal(stdout.trim(), manifest.version);
  });

  test('finds its rooms by name', async () => {
    const program = `await import(${JSON.stringify(path.join(installed, 'dist', 'main.js'))});`;
    const binary = path.join(folder, 'node_modules', '.bin', 'node');
    await run(binary, ['--input-type=module', '--eval', program], folder);
  });

  describe('the panel engine', () => {
    const program = (solving: string): string => `
      import type { Panel } from 'loopwright/panel';
      const horizon = { start: Date.parse('2026-12-07T00:00:00Z'), end: Date.parse('2026-12-08T00:00:00Z') };
      const panel: Panel = {
        seed: 1, zone: 'UTC', horizon, windows: [horizon], grain: 15, lattice: 60, resources: [],
        events: [{ id: 'e', name: 'Talk', minutes: 60, seats: [], between: null, after: [], gap: null }],
        order: 'any', gap: { min: 0, max: null }, lunch: null, maxDays: 1, repeat: false,
        limits: 'keep', buffers: 'keep', objective: { order: ['start'] },
      };
      ${solving}
      console.log(solution.proof, solution.schedules[0]?.events[0]?.start === horizon.start);`;
    const node = (args: string[]): Promise<{ stdout: string }> =>
      run(path.join(folder, 'node_modules', '.bin', 'node'), args, folder);

    test('is a module of its own, with types', async () => {
      const file = path.join(folder, 'use.mts');
      await writeFile(file, program(`import { solve } from 'loopwright/panel'; const solution = solve(panel);`));
      const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const options = ['--strict', '--noEmit', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
      const types = ['--typeRoots', path.join(root, 'node_modules', '@types')];
      await node([compiler, ...options, ...types, file]);
      assert.equal((await node([file])).stdout.trim(), 'optimal true');
    }); // prettier-ignore

    test('runs in a thread', async () => {
      const file = path.join(folder, 'thread.mts');
      const from = JSON.stringify(path.join(installed, 'dist', 'jobs', 'panel-worker.js'));
      await writeFile(
        file,
        program(`
          import { createPanelWorker } from ${from};
          const worker = createPanelWorker({ log: console });
          const solution = await worker.run('solve', { panel }, { timeLimitMs: 60_000 });
          await worker.close();`),
      );
      assert.equal((await node([file])).stdout.trim(), 'optimal true');
    });
  });

  test('examines its surroundings with `loopwright doctor`', async () => {
    const { stdout } = await run('npx', ['loopwright', 'doctor', '--help'], folder);
    assert.match(stdout, /doctor/);
  });
});
