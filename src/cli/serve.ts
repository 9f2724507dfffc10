import { LoopwrightError } from '#core/errors.ts';
import { loadConfig, type Config } from '#config.ts';
import { startHub, type Running } from '#main.ts';
import { oneOf, type Input } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { listenForStop } from './signals.ts';
import type { Terminal } from './terminal.ts';

/** Milliseconds that a stop may take. */
const patience = 10_000;

/** Runs the hub until a signal asks it to stop. */
export const serve = async (input: Input, terminal: Terminal): Promise<number> => {
  const role = oneOf(input, 'role', ['all', 'web', 'worker']);
  const config = loadConfig(role === undefined ? {} : { LOOPWRIGHT_ROLE: role });
  const stop = listenForStop((code) => process.exit(code));
  try {
    const running = await startHub(config).catch((thrown: unknown) => {
      throw explainListening(thrown, config);
    });
    terminal.note(
      running.url === null
        ? 'Loopwright works off jobs. Ctrl+C stops it.'
        : `Loopwright is ready at ${running.url}. Ctrl+C stops it.`,
    );
    if (running.setupLink !== null)
      terminal.note(`Make the first Super Admin within 24 hours at ${running.setupLink}`);
    await stop.asked;
    return await end(running, terminal);
  } finally {
    stop.release();
  }
};

const end = async (running: Running, terminal: Terminal): Promise<number> => {
  const late = Symbol('late');
  const { promise: timeUp, resolve } = Promise.withResolvers<typeof late>();
  const timer = setTimeout(resolve, patience, late);
  const outcome = await Promise.race([running.close(), timeUp]);
  clearTimeout(timer);
  if (outcome !== late) return exitCodes.ok;
  terminal.note(
    'serve: the stop took too long and was cut short. Nothing is lost: the next start takes up what was under way.',
  );
  return exitCodes.failed;
};

/** Why the address of `HOST` and `PORT` cannot be listened on. */
const explainListening = (thrown: unknown, { host, port }: Config): unknown => {
  if (!(thrown instanceof Error)) return thrown;
  const { code, syscall, hostname } = thrown as NodeJS.ErrnoException & { hostname?: string };
  const isOurs = syscall === 'listen' || (syscall === 'getaddrinfo' && hostname === host);
  if (!isOurs) return thrown;
  const remedy =
    code === 'EACCES'
      ? 'Set PORT to 1024 or more, and let a proxy listen on the low port.'
      : 'Let HOST be an address of this machine, such as 127.0.0.1 or 0.0.0.0.';
  return new LoopwrightError(
    'address_unusable',
    500,
    `serve: cannot listen on ${host}:${String(port)} (${String(code)}). ${remedy}`,
  );
};
