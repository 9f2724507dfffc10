/** The `loopwright` command as child processes that share one database. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { until } from './world.ts';

const entry = path.join(import.meta.dirname, '../src/cli/loopwright.ts');

export interface Command {
  /** All that it has printed. */
  output(): string;
  /** Resolves to the exit code, or to the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  /** Where it serves; waits until it is ready. */
  address(): Promise<string>;
  /** Waits until it says that it is ready. */
  ready(): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

/** Runs `loopwright <args>` in `folder`, so that no settings of a developer's are read there. */
export const runCommand = (
  args: readonly string[],
  env: Record<string, string>,
  folder: string,
): Command => {
  const inherited = { ...process.env };
  delete inherited['NODE_TEST_CONTEXT'];
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: folder,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const ended = (once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>).then(
    ([code, signal]) => signal ?? code ?? -1,
  );
  const says = (words: RegExp): Promise<RegExpExecArray> =>
    until(
      `the command says ${words.source}`,
      () => {
        if (child.exitCode !== null) throw new Error(`It ended early. ${printed}`);
        return words.exec(printed);
      },
      60_000,
    );
  return {
    output: () => printed,
    ended,
    address: async () => (await says(/ready at (http:\S+)\. /))[1] ?? '',
    ready: async () => {
      await says(/Loopwright (is ready at|works off jobs)/);
    },
    signal: (name) => child.kill(name),
  };
};
