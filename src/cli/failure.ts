/** How a command's failure is told: in plain words, without a stack. */
import { LoopwrightError, messageOf } from '#core/errors.ts';
import { ConnectorError } from '#connectors/contract.ts';
import { ConfigError } from '#config.ts';
import { exitCodeOf } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Refusals of a PostgreSQL server, by SQLSTATE, that name a fault in `DATABASE_URL`. */
const refusals: Readonly<Record<string, string>> = {
  '28P01': 'refuses the password. Correct the password in DATABASE_URL.',
  '28000': 'refuses this user. Correct the user in DATABASE_URL, or allow it in pg_hba.conf.',
  '3D000': 'has no such database. Create it, or correct the name in DATABASE_URL.',
  '42501': 'does not let this user work. Make it the owner of the database.',
};

const unreachable = /^(ECONN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|57P0|08|53300)/;

/** The system's or the driver's short word for it; empty where there is none. */
export const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';

/** Names what the driver says of a database that cannot be used; leaves all else as it is. */
export const explain = (thrown: unknown): unknown => {
  const code = codeOf(thrown);
  const refusal = refusals[code];
  const isAway =
    unreachable.test(code) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(messageOf(thrown));
  if (thrown instanceof LoopwrightError || (refusal === undefined && !isAway)) return thrown;
  const what =
    refusal ??
    `does not answer (${code || 'the connection broke'}). Start it, or correct host and port in DATABASE_URL.`;
  return new LoopwrightError('database_not_reachable', 503, `database: PostgreSQL ${what}`);
};

/** Prints the failure and returns the exit code. The stack is shown on `debug` alone. */
export const report = (thrown: unknown, terminal: Terminal, debug: boolean): number => {
  const failure = explain(thrown);
  const isPlain =
    failure instanceof LoopwrightError ||
    failure instanceof ConfigError ||
    failure instanceof ConnectorError;
  terminal.note(
    isPlain
      ? failure.message
      : `loopwright: something unforeseen failed (${messageOf(failure)}). Set LOG_LEVEL=debug to see where, and tell us.`,
  );
  if (debug && thrown instanceof Error) terminal.note(thrown.stack ?? '');
  return failure instanceof ConnectorError ? 1 : exitCodeOf(failure);
};
