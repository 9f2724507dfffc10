/** Time as bits: one for each slot of the grid, 32 to a word. Rows of one panel are equally long. */

export type Row = Int32Array;

export const emptyRow = (slots: number): Row => new Int32Array((slots + 31) >>> 5);

export const has = (row: Row, slot: number): boolean =>
  (((row[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1;

/** Sets or clears slots from `from` to before `to`, cut to the row. */
const paint = (row: Row, from: number, to: number, on: boolean): void => {
  const start = Math.max(from, 0);
  const end = Math.min(to, row.length * 32);
  if (start >= end) return;
  const first = start >>> 5;
  const last = (end - 1) >>> 5;
  for (let word = first; word <= last; word++) {
    let mask = -1;
    if (word === first) mask &= -1 << (start & 31);
    if (word === last) mask &= -1 >>> (31 - ((end - 1) & 31));
    row[word] = on ? (row[word] ?? 0) | mask : (row[word] ?? 0) & ~mask;
  }
};

export const fill = (row: Row, from: number, to: number): void => {
  paint(row, from, to, true);
};

export const clear = (row: Row, from: number, to: number): void => {
  paint(row, from, to, false);
};

/** `row & (row >> by)`, in place: what is set at a slot and `by` slots later. */
const andLater = (row: Row, by: number): void => {
  const words = by >>> 5;
  const bits = by & 31;
  const { length } = row;
  for (let word = 0; word < length; word++) {
    const low = row[word + words] ?? 0;
    const high = bits === 0 ? 0 : (row[word + words + 1] ?? 0) << (32 - bits);
    row[word] = (row[word] ?? 0) & ((low >>> bits) | high);
  }
};

const orLater = (row: Row, by: number): void => {
  const words = by >>> 5;
  const bits = by & 31;
  const { length } = row;
  for (let word = 0; word < length; word++) {
    const low = row[word + words] ?? 0;
    const high = bits === 0 ? 0 : (row[word + words + 1] ?? 0) << (32 - bits);
    row[word] = (row[word] ?? 0) | (low >>> bits) | high;
  }
};

/** Doubles its reach with each pass: log2(`length`) passes. */
const spread = (row: Row, length: number, step: (row: Row, by: number) => void): void => {
  let reach = 1;
  while (reach < length) {
    const by = Math.min(reach, length - reach);
    step(row, by);
    reach += by;
  }
};

/** Where `length` slots from a slot on are all set. Beyond the row nothing is. */
export const allWithin = (row: Row, length: number): Row => {
  const made = row.slice();
  spread(made, length, andLater);
  return made;
};

/** Where any of the `length` slots from `before` slots earlier on is set. */
export const anyWithin = (row: Row, length: number, before = 0): Row => {
  const made = row.slice();
  spread(made, length, orLater);
  return before === 0 ? made : later(made, before);
};

/** Moved to later slots. */
const later = (row: Row, by: number): Row => {
  const made = new Int32Array(row.length);
  const words = by >>> 5;
  const bits = by & 31;
  for (let word = words; word < row.length; word++) {
    const low = bits === 0 ? 0 : (row[word - words - 1] ?? 0) >>> (32 - bits);
    made[word] = ((row[word - words] ?? 0) << bits) | low;
  }
  return made;
};

export const intersect = (row: Row, other: Row): void => {
  for (let word = 0; word < row.length; word++) row[word] = (row[word] ?? 0) & (other[word] ?? 0);
};

export const unite = (row: Row, other: Row): void => {
  for (let word = 0; word < row.length; word++) row[word] = (row[word] ?? 0) | (other[word] ?? 0);
};

export const subtract = (row: Row, other: Row): void => {
  for (let word = 0; word < row.length; word++) row[word] = (row[word] ?? 0) & ~(other[word] ?? 0);
};

export const isEmpty = (row: Row): boolean => row.every((word) => word === 0);

/** Whether two rows say the same about the slots from `from` to before `to`. */
export const sameWithin = (a: Row, b: Row, from: number, to: number): boolean => {
  const first = from >>> 5;
  const last = (to - 1) >>> 5;
  for (let word = first; word <= last; word++) {
    let differs = (a[word] ?? 0) ^ (b[word] ?? 0);
    if (word === first) differs &= -1 << (from & 31);
    if (word === last) differs &= -1 >>> (31 - ((to - 1) & 31));
    if (differs !== 0) return false;
  }
  return true;
};
