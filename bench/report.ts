/**
 * What every bench hands back, and how it is shown: a table with the machine and the command, one
 * line of JSON for each figure with `--json`, a failing exit with `--strict` where a goal is missed.
 */
import { cpus, loadavg, totalmem } from 'node:os';

/** `bench/<name>.ts` exports one as `bench`; `npm run bench -- <name>` runs it. */
export interface Bench {
  /** As in the command, and the file's name. */
  name: string;
  /** One sentence for the list of benches. */
  summary: string;
  /** `args` are those after the name, without `--json` and `--strict`. Throws when it cannot measure. */
  run(args: readonly string[]): Promise<Figure[]>;
}

/** Both limits belong to what is met. */
export type Goal = { atLeast: number } | { atMost: number };

export interface Figure {
  /** Lower case with hyphens; `bench` is `<name of the bench>/<id>` in JSON. */
  id: string;
  /** The row's words in the table. */
  label: string;
  unit: string;
  /**
   * One value a round, a change, a start; their minimum, median and maximum are shown. None: it could
   * not be measured, its goal is missed, and the note says why.
   */
  samples: readonly number[];
  /** What is held against the goal; absent: the median. */
  value?: number;
  goal?: Goal;
  /** Said below the table: what must be known to read the row. */
  note?: string;
}

export interface Summary {
  min: number;
  median: number;
  max: number;
}

/** Nearest rank: a value that was measured, for any share from 0 to 1. Throws without samples. */
export const quantile = (samples: readonly number[], share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new Error('bench: a figure has no samples. Nothing was measured.');
  return found;
};

export const summarise = (samples: readonly number[]): Summary => ({
  min: quantile(samples, 0),
  median: quantile(samples, 0.5),
  max: quantile(samples, 1),
});

/** Null: it was not measured. */
export const valueOf = (figure: Figure): number | null =>
  figure.samples.length === 0 ? null : (figure.value ?? summarise(figure.samples).median);

/** Null: there is no goal. */
export const isMet = (figure: Figure): boolean | null => {
  const { goal } = figure;
  if (!goal) return null;
  const value = valueOf(figure);
  if (value === null) return false;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
};

const goalText = ({ goal }: Figure): string | null => {
  if (!goal) return null;
  return 'atLeast' in goal ? `>= ${String(goal.atLeast)}` : `<= ${String(goal.atMost)}`;
};

const number = (value: number): string => {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 1_000 ? 0 : size >= 100 ? 1 : 2;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
};

const headings = ['figure', 'unit', 'min', 'median', 'max', 'goal', 'met'];

const rowOf = (figure: Figure, mark: string): string[] => {
  if (figure.samples.length === 0)
    return [figure.label + mark, figure.unit, '', '', '', goalText(figure) ?? '', 'not measured'];
  const { min, median, max } = summarise(figure.samples);
  const single = figure.samples.length === 1;
  const met = isMet(figure);
  return [
    figure.label + mark,
    figure.unit,
    single ? '' : number(min),
    number(median),
    single ? '' : number(max),
    goalText(figure) ?? '',
    met === null ? '' : met ? 'yes' : 'NO',
  ];
};

/** The machine as far as it explains a figure, one fact a line. `postgres` is its version. */
export const machineLines = (postgres: string | null): string[] => {
  const [first] = cpus();
  const gibibytes = (totalmem() / 2 ** 30).toFixed(1);
  const load = loadavg().map((value) => value.toFixed(1));
  return [
    `machine   ${first?.model.trim() ?? 'unknown processor'}, ${String(cpus().length)} cores, ${gibibytes} GiB, ${process.platform}`,
    `software  Node ${process.versions.node}${postgres === null ? '' : `, PostgreSQL ${postgres}`}`,
    `load      ${load.join(' ')} (1, 5 and 15 minutes, before the bench began)`,
  ];
};

/** The whole report as text, Markdown that is legible as it is. */
export const reportText = (report: {
  command: string;
  machine: readonly string[];
  seconds: number;
  figures: readonly Figure[];
}): string => {
  const notes = report.figures.flatMap(({ note }) => (note === undefined ? [] : [note]));
  const distinct = [...new Set(notes)];
  const markOf = ({ note }: Figure): string =>
    note === undefined ? '' : ` [${String(distinct.indexOf(note) + 1)}]`;
  const rows = report.figures.map((figure) => rowOf(figure, markOf(figure)));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const isNumeric = (column: number): boolean => column >= 2 && column <= 4;
  const line = (cells: readonly string[]): string =>
    `| ${cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumeric(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(' | ')} |`;
  const rule = `| ${widths
    .map((width, column) => (isNumeric(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
    .join(' | ')} |`;
  return [
    `command   ${report.command}`,
    ...report.machine,
    `took      ${report.seconds.toFixed(0)} s`,
    '',
    line(headings),
    rule,
    ...rows.map(line),
    ...(distinct.length > 0 ? [''] : []),
    ...distinct.map((note, index) => `[${String(index + 1)}] ${note}`),
    '',
  ].join('\n');
};

/** One line of JSON for each figure. */
export const jsonLines = (name: string, figures: readonly Figure[]): string =>
  figures
    .map((figure) =>
      JSON.stringify({
        bench: `${name}/${figure.id}`,
        value: valueOf(figure),
        unit: figure.unit,
        goal: goalText(figure),
        met: isMet(figure),
      }),
    )
    .join('\n');
