/**
 * Types, lint and format. The linter takes as long as the rest together, so they run beside each
 * other; each prints its findings when it is done.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { makeTypes } from './web.ts';

const root = path.dirname(import.meta.dirname);
const tools = {
  tsc: 'typescript/bin/tsc',
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
};

/** Whether it found nothing. */
const run = async (tool: keyof typeof tools, ...args: string[]): Promise<boolean> => {
  const file = path.join(root, 'node_modules', tools[tool]);
  const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const printed = await Promise.all([text(child.stdout), text(child.stderr)]);
  process.stderr.write(printed.join(''));
  const [code] = await exited;
  if (code !== 0) process.stderr.write(`check: ${tool} ${args.join(' ')} found something. See above.\n`);
  return code === 0;
}; // prettier-ignore

await makeTypes();
const lanes = await Promise.all([
  run('eslint', '.'),
  (async () => {
    const one = await run('tsc');
    const other = await run('tsc', '-p', 'web');
    return (await run('prettier', '--check', '--log-level', 'warn', '.')) && one && other;
  })(),
]);
if (lanes.includes(false)) process.exitCode = 1;
