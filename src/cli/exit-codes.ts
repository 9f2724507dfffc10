/** What the command's exit code says, after sysexits.h where that has a word for it. */
import { LoopwrightError } from '#core/errors.ts';
import { ConfigError } from '#config.ts';

export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 64,
  unavailable: 69,
  internal: 70,
  cannotCreate: 73,
  protocol: 76,
  config: 78,
} as const;

/** Failures that a service manager or a script may want to tell apart; all others are 1. */
const byCode: Readonly<Record<string, number>> = {
  usage: exitCodes.usage,
  port_in_use: exitCodes.unavailable,
  data_folder_in_use: exitCodes.unavailable,
  sandbox_folder_in_use: exitCodes.unavailable,
  database_not_reachable: exitCodes.unavailable,
  data_folder_not_writable: exitCodes.cannotCreate,
  backup_not_written: exitCodes.cannotCreate,
  database_newer: exitCodes.protocol,
};

export const exitCodeOf = (thrown: unknown): number => {
  if (thrown instanceof ConfigError) return thrown.exitCode;
  if (thrown instanceof LoopwrightError) return byCode[thrown.code] ?? exitCodes.failed;
  return exitCodes.internal;
};
