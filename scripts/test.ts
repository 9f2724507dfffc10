/**
 * Runs the tests on one throw-away PostgreSQL server.
 *
 *   node scripts/test.ts                        every test
 *   node scripts/test.ts stories src/store      the tests in these folders
 *   node scripts/test.ts 'src/api/**\/*.test.ts' --test-name-pattern=join
 */
import { globSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { startTestServer } from '../src/store/testing-server.ts';
import { needChromium } from './chromium.ts';
import { buildWeb } from './web.ts';

const inFolder = (folder: string): string => join(folder, '**', '*.test.ts');

const filesOf = (wanted: string): string[] => {
  const isFolder = statSync(wanted, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return globSync(isFolder ? inFolder(wanted) : wanted);
};

const { values, positionals } = parseArgs({
  options: { 'test-name-pattern': { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});
const wanted = positionals.length > 0 ? positionals : ['src', 'stories', 'scripts'];
const files = [...new Set(wanted.flatMap(filesOf))].sort();
if (files.length === 0) {
  process.stderr.write(`test: no test file matches ${wanted.join(', ')}. Check the path.\n`);
  process.exit(1);
}

const isInBrowser = (file: string): boolean => file.startsWith(join('stories', 'web'));

/** A browser fills a core by itself, so the files with one come evenly spread among the others. */
const spread = (): string[] => {
  const placesOf = (some: string[]) =>
    some.map((file, index) => ({ file, place: (index + 0.5) / some.length }));
  const parts = [files.filter(isInBrowser), files.filter((file) => !isInBrowser(file))];
  return parts
    .flatMap(placesOf)
    .sort((a, b) => a.place - b.place)
    .map(({ file }) => file);
};

/** What the tests in a browser need before they begin: a browser, and the app as it is now. */
if (files.some(isInBrowser)) {
  process.env['CHROMIUM_PATH'] = needChromium();
  if (!(await buildWeb())) process.exit(1);
}

/** Test files and the hubs that they start load the same modules; each is compiled once. */
process.env['NODE_COMPILE_CACHE'] = join(
  import.meta.dirname,
  '../node_modules/.cache/loopwright-tests',
);

/** Tests wait for sockets, so there is one file more than there are cores; with two, each browser crawls. */
const atOnce = availableParallelism() + 1;

// The server must be stopped whatever happens.
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interruption.abort();
  });
}

const server = await startTestServer();
process.env['LOOPWRIGHT_TEST_POSTGRES'] = server.adminUrl;
try {
  const tests = run({
    files: spread(),
    concurrency: atOnce,
    signal: interruption.signal,
    testNamePatterns: values['test-name-pattern'],
  });
  tests.on('test:fail', () => {
    process.exitCode = 1;
  });
  const report = tests.compose(spec);
  report.pipe(process.stdout);
  await finished(report);
} finally {
  await server.stop();
}
if (interruption.signal.aborted) process.exitCode = 130;
