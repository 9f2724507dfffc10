/** `loopwright sandbox`: the emulated vendors alone, for any client of theirs to be pointed at. */
import { startSandbox } from '#sandbox/sandbox.ts';
import { exitCodes } from './exit-codes.ts';
import { listenForStop } from './signals.ts';

export interface SandboxCommandOptions {
  /** Ids of vendors; empty: all. */
  only: readonly string[];
  port: number;
  /** Of the mail server. */
  smtpPort: number;
  candidates: number;
  seed: number;
  /** 0 lifts every limit. */
  rate: 'vendor' | number;
  allowHttpLoopback: boolean;
  /** Folder that keeps the state; absent: all is forgotten at the end. */
  stateDir?: string;
}

/** Prints where each vendor is and its keys, and stays until a signal. Resolves to the exit code. */
export const runSandbox = async (
  options: SandboxCommandOptions,
  print: (line: string) => void,
): Promise<number> => {
  const stop = listenForStop((code) => process.exit(code));
  try {
    const sandbox = await startSandbox({ ...options, log: print });
    print(`The sandbox is ready at ${sandbox.url}. Ctrl+C stops it.`);
    for (const { id, name, credentials } of sandbox.emulators.values()) {
      print('');
      print(`${name}: ${sandbox.url}/${id}`);
      for (const [setting, value] of Object.entries(credentials()))
        print(`  ${setting.padEnd(13)} ${value}`);
    }
    print('');
    print(`Limits: ${options.rate === 'vendor' ? "the vendors' own" : limitText(options.rate)}.`);
    print(`A hub that talks to it says so on every page with LOOPWRIGHT_SANDBOX=${sandbox.url}`);
    if (options.allowHttpLoopback)
      print('Webhook addresses may be http to this machine, where the vendor demands https.');
    if (options.stateDir === undefined) print('Nothing is kept: the end forgets every change.');
    await stop.asked;
    await sandbox.close();
    return exitCodes.ok;
  } finally {
    stop.release();
  }
};

const limitText = (rate: number): string => (rate === 0 ? 'lifted' : `${String(rate)} a second`);
