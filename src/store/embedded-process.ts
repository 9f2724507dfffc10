import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Linux has /proc and often no `ps` (slim images); macOS is the other way round. */
const hasProc = existsSync('/proc/self/stat');

const ps = async (pid: number, field: string): Promise<string | undefined> => {
  try {
    const { stdout } = await run('ps', ['-o', `${field}=`, '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
};

/**
 * When the process started, as an opaque text that tells it from a later process with the same
 * id, or undefined when no such process runs. A zombie does not run.
 */
export const processStart = async (pid: number): Promise<string | undefined> => {
  if (!hasProc) return ps(pid, 'lstart');
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

/** The command line of a running process, its arguments parted by blanks. */
export const commandLine = async (pid: number): Promise<string | undefined> => {
  if (!hasProc) return ps(pid, 'command');
  try {
    const raw = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8');
    return raw.replaceAll('\0', ' ').trim() || undefined;
  } catch {
    return undefined;
  }
};

/**
 * Runs a program where the terminal's Ctrl+C does not reach it: the hub alone decides when it ends.
 * `onStart` is called when it works. Throws with what it wrote to standard error.
 */
export const runApart = async (
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number },
  onStart: () => void = () => undefined,
): Promise<void> => {
  const child = spawn(program, args, {
    ...options,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  const ended = once(child, 'close');
  onStart();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(words.trim() || `${program} ended with ${String(code)}.`);
};
