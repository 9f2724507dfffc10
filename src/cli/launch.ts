#!/usr/bin/env node
/**
 * What the installed `loopwright` command runs first. Loopwright needs Node 24 and brings it along
 * as the npm package `node`; the machine's own Node, which npm puts into the command's first line,
 * may be older. So this file keeps to what Node 18 can read, and hands over.
 */
import { spawn } from 'node:child_process';
import module, { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = 24;

const bundledNode = (): string | null => {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const name = process.platform === 'win32' ? 'node.exe' : 'node';
    return path.join(path.dirname(manifest), 'bin', name);
  } catch {
    return null;
  }
};

/** Runs this file again with `binary` and ends as that process ends. */
const handOver = (binary: string): void => {
  const child = spawn(binary, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // A terminal sends Ctrl+C to both; a service manager tells the parent alone.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  child.on('error', (error) => {
    refuse(`its own Node could not be started (${error.message})`);
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
};

const refuse = (why: string): void => {
  process.stderr.write(
    `loopwright: this is Node ${process.versions.node} and ${why}. Install Node ${String(needed)} or newer, or reinstall loopwright with install scripts allowed.\n`,
  );
  process.exitCode = 1;
};

if (Number.parseInt(process.versions.node, 10) >= needed) {
  // Saves a sixth of the time to start. Beside the code, for who may write there may write the code;
  // where this user may not, nothing is kept.
  module.enableCompileCache(fileURLToPath(new URL('../.compile-cache', import.meta.url)));
  await import('./loopwright.ts');
} else {
  const binary = bundledNode();
  if (binary === null) refuse('the package `node` is not installed');
  else handOver(binary);
}
