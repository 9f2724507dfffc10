/** A program of Loopwright's in a process of its own, so that it can really be killed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { within } from './within.ts';

const entry = path.join(import.meta.dirname, '../../src/cli/loopwright.ts');
const readyLine = /Loopwright (is ready|works off jobs)/;

export interface HubProcess {
  /** Resolves when it serves or works, with the milliseconds that took; rejects when it ended before. */
  ready: Promise<number>;
  /** Resolves when it has ended by the failpoint's `SIGKILL`; fails when it ended otherwise. */
  killed: Promise<void>;
  /** What it has printed so far. */
  output(): string;
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Kills it where it still runs, and waits for its end. */
  end(): Promise<void>;
}

/** Runs `loopwright <args>` in `folder`, so that no settings of the developer's are read there. */
export const startProcess = (
  args: readonly string[],
  env: Record<string, string>,
  folder: string,
): HubProcess => {
  const { NODE_TEST_CONTEXT: _context, ...inherited } = process.env;
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: folder,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const begun = performance.now();
  const chunks: string[] = [];
  const seen = Promise.withResolvers<undefined>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      chunks.push(chunk);
      if (readyLine.test(chunks.join(''))) seen.resolve(undefined);
    });
  }
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const output = (): string => chunks.join('');
  const endedEarly = async (): Promise<never> => {
    const [code, signal] = await exited;
    throw new Error(`The hub ended before it was ready (${String(signal ?? code)}). ${output()}`);
  };
  const ready = within(
    120_000,
    'the hub is ready',
    Promise.race([seen.promise, endedEarly()]),
  ).then(() => performance.now() - begun);
  const killed = exited.then(([code, signal]) => {
    assert.equal(signal, 'SIGKILL', `ended otherwise (${String(code)}): ${output()}`);
  });
  // Each case waits for one of them; the other must not end the driver.
  ready.catch(() => undefined);
  killed.catch(() => undefined);
  return {
    ready,
    killed,
    output,
    signal: (name) => child.kill(name),
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
};
