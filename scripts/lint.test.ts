/** Whether `eslint.config.js` forbids what the house forbids, and nothing that it allows. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { everyRoom, mayImport, type Room, typesOnly } from './rooms.ts';

const root = path.dirname(import.meta.dirname);

/** One file for each room to write from, and one specifier for each room to import. */
const sample: Record<Room, { file: string; specifier: string }> = {
  core: { file: 'src/core/sample.ts', specifier: '#core/model.ts' },
  contract: { file: 'src/connectors/contract.ts', specifier: '#connectors/contract.ts' },
  kit: { file: 'src/connectors/emulator.ts', specifier: '#connectors/emulator.ts' },
  http: { file: 'src/connectors/http.ts', specifier: '#connectors/http.ts' },
  registry: { file: 'src/connectors/registry.ts', specifier: '#connectors/registry.ts' },
  vendor: { file: 'src/connectors/lever/client.ts', specifier: '#connectors/ashby/client.ts' },
  store: { file: 'src/store/sample.ts', specifier: '#store/sample.ts' },
  jobs: { file: 'src/jobs/sample.ts', specifier: '#jobs/sample.ts' },
  api: { file: 'src/api/routes/sample.ts', specifier: '#api/app.ts' },
  sandbox: { file: 'src/sandbox/sample.ts', specifier: '#sandbox/sample.ts' },
  cli: { file: 'src/cli/sample.ts', specifier: '#cli/sample.ts' },
  main: { file: 'src/main.ts', specifier: '#main.ts' },
  config: { file: 'src/config.ts', specifier: '#config.ts' },
  web: { file: 'web/app/sample.ts', specifier: '../../web/app/sample.ts' },
};
const eslint = new ESLint({
  cwd: root,
  // The rules in question need no types, and the samples are in no project.
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: false } },
    rules: tseslint.configs.disableTypeChecked.rules ?? {},
  },
});
const rulesBroken = async (filePath: string, text: string): Promise<string[]> => {
  const [result] = await eslint.lintText(text, { filePath: path.join(root, filePath) });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? [];
};
const importRule = '@typescript-eslint/no-restricted-imports';

test('forbids between rooms what the table forbids', async () => {
  const rooms = everyRoom.filter((room) => room !== 'main' && room !== 'cli');
  for (const from of rooms) {
    for (const to of everyRoom.filter((room) => room !== from)) {
      const { file } = sample[from];
      const text = `import { x } from '${sample[to].specifier}';\nexport const y = x;\n`;
      const forbidden = (await rulesBroken(file, text)).includes(importRule);
      const otherVendor = from === 'vendor' && to === 'vendor';
      const lawful = mayImport[from].includes(to) && !typesOnly[from]?.includes(to);
      assert.equal(forbidden, otherVendor || !lawful, `${from} importing ${to}`);
    }
  }
});

test('lets a connector import types of http, and keeps it from other vendors', async () => {
  const { file } = sample.vendor;
  const types = "import type { Fetch } from '#connectors/http.ts';\nexport type X = Fetch;\n";
  assert.deepEqual(await rulesBroken(file, types), []);
  for (const specifier of ['#connectors/ashby/client.ts', '../ashby/client.ts']) {
    const text = `import { x } from '${specifier}';\nexport const y = x;\n`;
    assert.deepEqual(await rulesBroken(file, text), [importRule], specifier);
  }
  const own = "import { x } from './mapping.ts';\nexport const y = x;\n";
  assert.deepEqual(await rulesBroken(file, own), []);
});

test('allows classes for errors only', async () => {
  const { file } = sample.jobs;
  const restricted = 'no-restricted-syntax';
  assert.deepEqual(await rulesBroken(file, 'export class A {\n  x = 1;\n}\n'), [restricted]);
  const error = 'export class B extends Error {\n  x = this.name;\n}\n';
  assert.deepEqual(await rulesBroken(file, error), []);
});

test('keeps packages and built-ins in their rooms', async () => {
  const breaks = async (file: string, specifier: string): Promise<boolean> => {
    const text = `import { x } from '${specifier}';\nexport const y = x;\n`;
    return (await rulesBroken(file, text)).includes(importRule);
  };
  assert.equal(await breaks(sample.core.file, 'temporal-polyfill'), false);
  assert.equal(await breaks(sample.core.file, 'zod'), true);
  assert.equal(await breaks(sample.core.file, 'node:crypto'), true);
  assert.equal(await breaks(sample.core.file, 'fs'), true);
  assert.equal(await breaks(sample.vendor.file, 'node:crypto'), false);
  assert.equal(await breaks(sample.vendor.file, 'undici'), true);
  assert.equal(await breaks(sample.http.file, 'undici'), false);
  assert.equal(await breaks(sample.api.file, 'kysely'), true);
  assert.equal(await breaks(sample.store.file, 'kysely'), false);
});

test('keeps fetch, clock, environment, console and timers in their places', async () => {
  const clock = ['Date.now()', 'new Date()', 'performance.now()'];
  const cases: Array<[file: string, lawful: string[], unlawful: string[]]> = [
    ['src/jobs/sample.ts', ['new Date(5)'], ["fetch('x')", 'process.env', 'console.log(1)']],
    ['src/jobs/sample.ts', [], clock],
    ['src/assemble.ts', clock, ["fetch('x')", 'process.env', 'console.log(1)'].slice(1)],
    ['src/config.ts', ['process.env'], clock],
    ['src/cli/demo.ts', ["fetch('x')", 'console.log(1)'], [...clock, 'process.env']],
    ['src/connectors/lever/client.ts', [], ['setTimeout(x, 1)', 'Math.random()', ...clock]],
    ['src/connectors/http.ts', ["fetch('x')", 'setTimeout(x, 1)'], clock],
    ['src/jobs/sample.test.ts', ["fetch('x')", 'process.env', ...clock], []],
  ];
  for (const [file, lawful, unlawful] of cases) {
    for (const expression of [...lawful, ...unlawful]) {
      const broken = await rulesBroken(file, `export const x = ${expression};\n`);
      const restricted = broken.some((rule) => rule.startsWith('no-restricted-'));
      assert.equal(restricted, unlawful.includes(expression), `${file}: ${expression}`);
    }
  }
});
