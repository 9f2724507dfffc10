/** Where commands write for people. The hub's own log is another thing: JSON lines, by pino. */
export interface Terminal {
  /** A line of the command's result, to standard output. */
  print(line: string): void;
  /** A line beside the result (progress, faults), to standard error. */
  note(line: string): void;
}

export const terminal: Terminal = {
  print(line) {
    process.stdout.write(`${line}\n`);
  },
  note(line) {
    process.stderr.write(`${line}\n`);
  },
};

/** Columns as wide as their widest cell, two blanks apart. */
export const printTable = ({ print }: Terminal, rows: ReadonlyArray<readonly string[]>): void => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
};
