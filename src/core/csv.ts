/**
 * Tables as RFC 4180 has them. What a spreadsheet would take for a formula is made plain text by an
 * apostrophe in front: texts of candidates and vendors stand in these cells.
 */

/** First of a file: without it spreadsheets read UTF-8 as something else. */
export const byteOrderMark = '\u{feff}';

const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

const cell = (text: string): string => {
  const plain = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** One record with its line end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;
