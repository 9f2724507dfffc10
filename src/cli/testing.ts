/** Runs commands in this process, as a shell would, and keeps what they print. */
import { runCommand } from './run.ts';

export interface Outcome {
  code: number;
  /** Standard output and standard error. */
  out: string;
  err: string;
}

/** `env` stands for the time of the command; what is undefined is not set. */
export const run = async (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Outcome> => {
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(env)) set(name, value);
  const out: string[] = [];
  const err: string[] = [];
  try {
    const code = await runCommand(args, {
      terminal: { print: (line) => out.push(line), note: (line) => err.push(line) },
      version: '1.2.3',
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  } finally {
    for (const [name, value] of before) set(name, value);
  }
};
