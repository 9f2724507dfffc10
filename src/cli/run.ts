/** From words on the command line to a command, and from its outcome to an exit code. */
import { distance } from '#core/nearest.ts';
import { loadConfig } from '#config.ts';
import { readInput, usageError, type Command } from './command.ts';
import { commands } from './commands.ts';
import { exitCodes } from './exit-codes.ts';
import { report } from './failure.ts';
import { commandHelp, overview } from './help.ts';
import type { Terminal } from './terminal.ts';

export interface Surroundings {
  terminal: Terminal;
  version: string;
}

/** Never throws: a failure is told in plain words and becomes an exit code. */
export const runCommand = async (
  args: readonly string[],
  { terminal, version }: Surroundings,
): Promise<number> => {
  try {
    const [first] = args;
    if (first === undefined) {
      terminal.note(overview(commands));
      return exitCodes.usage;
    }
    if (first === '--version' || first === '-v') {
      terminal.print(version);
      return exitCodes.ok;
    }
    if (first === 'help' || first === '--help' || first === '-h') {
      terminal.print(helpOn(args.slice(1)));
      return exitCodes.ok;
    }
    if (args.includes('--help') || args.includes('-h')) {
      terminal.print(helpOn(args.filter((word) => !word.startsWith('-'))));
      return exitCodes.ok;
    }
    const command = findCommand(args);
    if (!command) throw unknownCommand(args);
    const rest = args.slice(command.name.split(' ').length);
    return await command.run(readInput(command, rest), terminal);
  } catch (thrown) {
    return report(thrown, terminal, wantsStack());
  }
};

const findCommand = (words: readonly string[]): Command | undefined =>
  [2, 1]
    .map((length) => words.slice(0, length).join(' '))
    .flatMap((name) => commands.find((command) => command.name === name) ?? [])[0];

const familyOf = (word: string | undefined): Command[] =>
  commands.filter(({ name }) => name.startsWith(`${String(word)} `));

const helpOn = (words: readonly string[]): string => {
  const command = findCommand(words);
  if (command) return commandHelp(command);
  const family = familyOf(words[0]);
  if (family.length > 0) return overview(family);
  if (words.length === 0) return overview(commands);
  throw unknownCommand(words);
};

/** Compares each command with as many of the words as its own name has. */
const unknownCommand = (words: readonly string[]): Error => {
  const family = familyOf(words[0]);
  const given = words.slice(0, family.length > 0 ? 2 : 1).join(' ');
  const far = ({ name }: Command): number =>
    distance(words.slice(0, name.split(' ').length).join(' '), name);
  const [guess] = (family.length > 0 ? family : commands).toSorted((a, b) => far(a) - far(b));
  return usageError(
    'loopwright',
    `there is no command ${given}.`,
    `Did you mean ${String(guess?.name)}? See loopwright --help.`,
  );
};

/** As `LOG_LEVEL` says, unless the settings themselves are at fault. */
const wantsStack = (): boolean => {
  try {
    return ['debug', 'trace'].includes(loadConfig().logLevel);
  } catch {
    return false;
  }
};
