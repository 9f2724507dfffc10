/** What a command is to the dispatcher, and how its arguments are read. */
import { parseArgs } from 'node:util';
import { LoopwrightError } from '#core/errors.ts';
import { nearest } from '#core/nearest.ts';
import type { Terminal } from './terminal.ts';

export interface Option {
  /** What stands for the value in the help; absent for a switch. */
  value?: string;
  help: string;
}

export interface Command {
  /** One or two words, as typed. */
  name: string;
  /** `FILE` is required, `[ID]` is not. */
  operands: readonly string[];
  /** One line for the list of commands. */
  summary: string;
  /** Paragraphs for the command's own help. */
  details: readonly string[];
  options: Readonly<Record<string, Option>>;
  /** Resolves to the exit code. */
  run(input: Input, terminal: Terminal): Promise<number>;
}

export interface Input {
  operand(index: number): string | undefined;
  option(name: string): string | undefined;
  flag(name: string): boolean;
}

export const usageError = (where: string, what: string, remedy: string): LoopwrightError =>
  new LoopwrightError('usage', 422, `${where}: ${what} ${remedy}`);

/** The option's value as a whole number in the range; undefined when it is not given. */
export const wholeNumber = (
  input: Input,
  name: string,
  least: number,
  most: number,
): number | undefined => {
  const text = input.option(name);
  if (text === undefined) return undefined;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw usageError(
    `--${name}`,
    'the value is not a number in the range.',
    `Write digits, from ${String(least)} to ${String(most)}.`,
  );
};

/** The option's value as one of the known words; undefined when it is not given. */
export const oneOf = <const Word extends string>(
  input: Input,
  name: string,
  words: readonly Word[],
): Word | undefined => {
  const text = input.option(name);
  if (text === undefined) return undefined;
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  throw usageError(`--${name}`, `there is no ${text}.`, `Choose ${words.join(', ')}.`);
};

/** Reads what follows the command's name. Throws `usage`, with the nearest option that exists. */
export const readInput = (command: Command, args: readonly string[]): Input => {
  const where = `loopwright ${command.name}`;
  const known = Object.keys(command.options);
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      known.map((name) => [
        name,
        { type: command.options[name]?.value === undefined ? 'boolean' : 'string' },
      ]),
    ),
  });
  const operands: string[] = [];
  const values = new Map<string, string | undefined>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = command.options[token.name];
    if (!option) throw unknownOption(where, token.rawName, known);
    const wantsValue = option.value !== undefined;
    // An option that follows where a value should stand was meant as an option.
    const isMissing = token.value === undefined || (!token.inlineValue && /^-./.test(token.value));
    if (wantsValue && isMissing) {
      const example = `--${token.name} ${option.value ?? ''}`;
      throw usageError(where, `--${token.name} has no value.`, `Write ${example}.`);
    }
    if (!wantsValue && token.value !== undefined) {
      throw usageError(where, `--${token.name} takes no value.`, `Write --${token.name} alone.`);
    }
    values.set(token.name, token.value);
  }
  checkOperands(where, command.operands, operands);
  return {
    operand: (index) => operands[index],
    option: (name) => values.get(name),
    flag: (name) => values.has(name),
  };
};

const unknownOption = (where: string, given: string, known: readonly string[]): LoopwrightError => {
  const offered = [...known, 'help'].map((name) => `--${name}`);
  return usageError(
    where,
    `there is no option ${given}.`,
    `Did you mean ${nearest(given, offered)}? See ${where} --help.`,
  );
};

const checkOperands = (where: string, wanted: readonly string[], given: string[]): void => {
  const missing = wanted.filter((name) => !name.startsWith('[')).slice(given.length)[0];
  if (missing !== undefined) {
    throw usageError(where, `${missing} is missing.`, `See ${where} --help.`);
  }
  if (given.length > wanted.length) {
    const surplus = String(given[wanted.length]);
    throw usageError(where, `${surplus} is one argument too many.`, `See ${where} --help.`);
  }
};
