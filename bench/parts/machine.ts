/** What the benches ask of the machine: PostgreSQL's version, memory of processes, places to run. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findBinaries } from '#store/embedded-binaries.ts';

const execute = promisify(execFile);

/** Of the packaged server; null when it cannot be asked. */
export const postgresVersion = async (): Promise<string | null> => {
  try {
    const { initdb } = await findBinaries(undefined, () => undefined);
    const { stdout } = await execute(path.join(path.dirname(initdb), 'postgres'), ['--version']);
    return /(\d[\w.]*)/.exec(stdout)?.[1] ?? null;
  } catch {
    return null;
  }
};

/** Where a process runs: a command line in front of its own, and words for the report. */
export interface Place {
  prefix: readonly string[];
  words: string;
}

/**
 * The generator on the last core and the server on all others, where the machine has two or more
 * and `taskset`; elsewhere wherever the system puts them.
 */
export const places = (): { generator: Place; server: Place } => {
  const cores = cpus().length;
  const taskset = ['/usr/bin/taskset', '/bin/taskset'].find((file) => existsSync(file));
  if (taskset === undefined || cores < 2) {
    const anywhere = { prefix: [], words: 'not pinned' };
    return { generator: anywhere, server: anywhere };
  }
  const others = cores === 2 ? '0' : `0-${String(cores - 2)}`;
  const last = String(cores - 1);
  return {
    generator: { prefix: [taskset, '-c', last], words: `core ${last}` },
    server: { prefix: [taskset, '-c', others], words: `core ${others}` },
  };
};

/** Bytes. `resident` counts shared pages in full, `proportional` divides them among their users. */
export interface Memory {
  resident: number;
  proportional: number;
}

/** Memory of the processes together; null where the system has no `/proc`. */
export const memoryOf = async (pids: readonly number[]): Promise<Memory | null> => {
  const sum: Memory = { resident: 0, proportional: 0 };
  for (const pid of pids) {
    const text = await readFile(`/proc/${String(pid)}/smaps_rollup`, 'utf8').catch(() => null);
    if (text === null) return null;
    const kibibytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
    sum.resident += kibibytes('Rss') * 1_024;
    sum.proportional += kibibytes('Pss') * 1_024;
  }
  return sum;
};

/** The process and everything it started, by the parents that `/proc` tells. */
export const descendants = async (root: number): Promise<number[]> => {
  const children = new Map<number, number[]>();
  for (const entry of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  const visit = (pid: number): void => {
    found.push(pid);
    for (const child of children.get(pid) ?? []) visit(child);
  };
  visit(root);
  return found;
};

/** Milliseconds of processor time that a process has used; null where the system has no `/proc`. */
export const processorTime = async (pid: number): Promise<number | null> => {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => null);
  const fields = stat?.replace(/^\d+ \(.*\) /s, '').split(' ');
  // Fields 14 and 15 of proc(5), in hundredths of a second.
  return fields ? (Number(fields[11]) + Number(fields[12])) * 10 : null;
};
