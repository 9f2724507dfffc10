import { ConfigError, loadConfig, type Config } from '#config.ts';
import type { Input } from './command.ts';
import { checkDatabase } from './doctor-database.ts';
import { checkAddress, checkFolder, checkNode, checkPort } from './doctor-machine.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { explain } from './failure.ts';
import { guarded, type Finding } from './finding.ts';
import type { Terminal } from './terminal.ts';

/** Examines and changes nothing. The exit code is that of the first problem. */
export const doctor = async (_input: Input, terminal: Terminal): Promise<number> => {
  const findings = [checkNode(process.versions.node), ...(await examine(terminal))];
  for (const finding of findings) print(finding, terminal);
  const problems = findings.filter(({ state }) => state === 'problem');
  terminal.note(
    problems.length === 0
      ? 'Nothing is wrong.'
      : `${String(problems.length)} of ${String(findings.length)} points need a hand.`,
  );
  return problems.length === 0 ? exitCodes.ok : (problems[0]?.exitCode ?? exitCodes.failed);
};

const examine = async (terminal: Terminal): Promise<Finding[]> => {
  let config: Config;
  try {
    config = loadConfig();
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw explain(thrown);
    return thrown.faults.map(({ name, problem }) => ({
      what: 'settings',
      state: 'problem',
      text: `${name} ${problem}`,
      exitCode: exitCodeOf(thrown),
    }));
  }
  return [
    ...checkSettings(config),
    ...(await guarded('data folder', () => checkFolder(config))),
    ...(await guarded('database', () => checkDatabase(config, terminal))),
    ...checkAddress(config),
    ...(await guarded('port', () => checkPort(config))),
  ];
};

const checkSettings = ({ warnings, failpoint }: Config): Finding[] => {
  const findings: Finding[] = warnings.map((text) => ({
    what: 'settings',
    state: 'problem',
    text,
  }));
  if (failpoint !== undefined) {
    findings.push({
      what: 'settings',
      state: 'problem',
      text: 'LOOPWRIGHT_FAILPOINT is set: the hub will kill itself. Remove it outside of tests.',
    });
  }
  if (findings.length === 0) findings.push({ what: 'settings', state: 'ok', text: 'no faults' });
  return findings;
};

const marks = { ok: 'ok      ', note: 'note    ', problem: 'PROBLEM ' } as const;

const print = ({ what, state, text, remedy }: Finding, terminal: Terminal): void => {
  terminal.print(`${marks[state]}${what}: ${text}`);
  if (remedy !== undefined) terminal.print(`${' '.repeat(marks.ok.length)}-> ${remedy}`);
};
