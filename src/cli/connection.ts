import { LoopwrightError } from '#core/errors.ts';
import type { Verification } from '#core/model.ts';
import { ConnectorError } from '#connectors/contract.ts';
import { listConnections, type ConnectionRow } from '#store/connections.ts';
import type { Executor } from '#store/database.ts';
import { testConnection } from '#jobs/accounts.ts';
import { loadConfig } from '#config.ts';
import { usageError, type Input } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { printTable, type Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';
import { withHub } from './with-hub.ts';

const pageSize = 200;

export const everyConnection = async (db: Executor): Promise<ConnectionRow[]> => {
  const rows: ConnectionRow[] = [];
  for (;;) {
    const page = await listConnections(db, { after: rows.at(-1)?.id ?? null, limit: pageSize });
    rows.push(...page);
    if (page.length < pageSize) return rows;
  }
};

export const printConnections = async (_input: Input, terminal: Terminal): Promise<number> => {
  const rows = await withDatabase(loadConfig(), { create: false }, terminal, everyConnection);
  if (rows.length === 0) {
    terminal.note('There is no connection yet. Make one in the hub or through its HTTP API.');
    return exitCodes.ok;
  }
  printTable(terminal, [
    ['ID', 'CONNECTOR', 'NAME', 'STATE', 'TESTED'],
    ...rows.map((row) => [
      row.id,
      row.connector,
      row.name,
      row.state,
      row.verified_at === null ? 'never' : new Date(row.verified_at).toISOString(),
    ]),
  ]);
  for (const { id, pause_text: why } of rows) if (why !== null) terminal.print(`${id}: ${why}`);
  return exitCodes.ok;
};

/** Fails where a connection does, or where a right that it needs is missing. */
export const testConnections = async (input: Input, terminal: Terminal): Promise<number> => {
  const id = input.operand(0);
  if ((id === undefined) !== input.flag('all')) {
    throw usageError(
      'connection test',
      'it takes either the id of a connection or --all.',
      'See the ids with loopwright connection list.',
    );
  }
  return withHub(loadConfig(), terminal, async (hub) => {
    const ids = id === undefined ? (await everyConnection(hub.db)).map((row) => row.id) : [id];
    let sound = true;
    for (const one of ids) {
      try {
        const report = await testConnection(hub, one);
        sound = printReport(one, report, terminal) && sound;
      } catch (thrown) {
        if (!(thrown instanceof ConnectorError || thrown instanceof LoopwrightError)) throw thrown;
        if (id !== undefined) throw thrown;
        terminal.print(`${one}: FAILED\n  ${thrown.message}`);
        sound = false;
      }
    }
    if (ids.length === 0) terminal.note('There is no connection yet.');
    return sound ? exitCodes.ok : exitCodes.failed;
  });
};

/** Returns whether nothing that the hub needs is missing. */
const printReport = (id: string, report: Verification, { print }: Terminal): boolean => {
  const missing = report.permissions.some(({ state }) => state === 'missing');
  print(`${id}: ${missing ? 'RIGHTS ARE MISSING' : 'ok'}`);
  for (const { label, value } of report.account) print(`  ${label}: ${value}`);
  for (const { name, state, neededFor, where } of report.permissions) {
    const grant = state === 'missing' && where !== undefined ? ` Grant it: ${where}` : '';
    print(`  ${name}: ${state.replaceAll('_', ' ')} (${neededFor}).${grant}`);
  }
  for (const warning of report.warnings) print(`  ${warning}`);
  return !missing;
};
