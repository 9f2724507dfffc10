/**
 * Runs the tests on one throw-away PostgreSQL server.
 *
 *   node scripts/test.ts                        every test
 *   node scripts/test.ts stories src/store      the tests in these folders
 *   node scripts/test.ts 'src/api/**\/*.test.ts' --test-name-pattern=join
 *
 * Arguments that begin with a dash go to `node --test`.
 */
import { spawn } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { startTestServer } from '../src/store/testing-server.ts';
import { needChromium } from './chromium.ts';
import { buildWeb } from './web.ts';

const inFolder = (folder: string): string => join(folder, '**', '*.test.ts');

const filesOf = (wanted: string): string[] => {
  const isFolder = statSync(wanted, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return globSync(isFolder ? inFolder(wanted) : wanted);
};

const given = process.argv.slice(2);
const flags = given.filter((argument) => argument.startsWith('-'));
const wanted = given.filter((argument) => !argument.startsWith('-'));
const files = (wanted.length > 0 ? wanted : ['src', 'stories', 'scripts']).flatMap(filesOf).sort();
if (files.length === 0) {
  process.stderr.write(`test: no test file matches ${wanted.join(', ')}. Check the path.\n`);
  process.exit(1);
}

/** What the tests in a browser need before they begin: a browser, and the app as it is now. */
const browser: Record<string, string> = {};
if (files.some((file) => file.startsWith(join('stories', 'web')))) {
  browser['CHROMIUM_PATH'] = needChromium();
  if (!(await buildWeb())) process.exit(1);
}

/** Test files and the hubs that they start load the same modules; each is compiled once. */
const compileCache = join(import.meta.dirname, '../node_modules/.cache/loopwright-tests');

/** Most of a test's time is spent waiting for sockets, so a core has several files to work at. */
const atOnce = 2 * availableParallelism();

// This process must outlive the runner to stop the server.
const interruption = new AbortController();
let runner: ReturnType<typeof spawn> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interruption.abort();
    runner?.kill(signal);
  });
}

const server = await startTestServer();
try {
  if (!interruption.signal.aborted) {
    runner = spawn(
      process.execPath,
      [
        '--test',
        `--test-concurrency=${String(atOnce)}`,
        '--test-reporter=spec',
        ...flags,
        ...new Set(files),
      ],
      {
        stdio: 'inherit',
        env: {
          ...process.env,
          ...browser,
          LOOPWRIGHT_TEST_POSTGRES: server.adminUrl,
          NODE_COMPILE_CACHE: compileCache,
        },
      },
    );
    const [code] = (await once(runner, 'exit')) as [number | null];
    process.exitCode = code ?? 1;
  }
} finally {
  await server.stop();
}
if (interruption.signal.aborted) process.exitCode = 130;
