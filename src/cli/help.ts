/** The texts of `--help`. */
import type { Command, Option } from './command.ts';

const width = 92;

export const overview = (commands: readonly Command[]): string =>
  [
    'Usage: loopwright COMMAND [options]',
    '',
    'Commands:',
    ...columns(
      commands.map(({ name, operands, summary }) => [[name, ...operands].join(' '), summary]),
    ),
    '',
    'See loopwright COMMAND --help for one of them, loopwright --version for the version.',
    'Settings come from the environment and from .env in the working folder.',
  ].join('\n');

export const commandHelp = ({ name, operands, summary, details, options }: Command): string => {
  const switches: Array<[string, Option]> = [
    ...Object.entries(options),
    ['help', { help: 'Shows this text.' }],
  ];
  return [
    `Usage: loopwright ${[name, ...operands].join(' ')}${switches.length > 1 ? ' [options]' : ''}`,
    '',
    ...wrap(summary, width),
    ...details.flatMap((paragraph) => ['', ...wrap(paragraph, width)]),
    '',
    'Options:',
    ...columns(
      switches.map(([option, { value, help }]) => [
        `--${option}${value === undefined ? '' : ` ${value}`}`,
        help,
      ]),
    ),
  ].join('\n');
};

const columns = (rows: ReadonlyArray<readonly [string, string]>): string[] => {
  const left = Math.max(...rows.map(([term]) => term.length));
  return rows.flatMap(([term, text]) =>
    wrap(text, width - left - 4).map(
      (line, index) => `  ${(index === 0 ? term : '').padEnd(left)}  ${line}`,
    ),
  );
};

const wrap = (text: string, most: number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
};
