/** Ids, request ids and the opaque tokens of paging and syncing. */
import { createHash } from 'node:crypto';

const hex8 = (random: () => number): string =>
  Math.floor(random() * 4_294_967_296)
    .toString(16)
    .padStart(8, '0');

const asUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

/** Four draws instead of thirty-two: seeding 100,000 candidates needs half a million of these. */
export const quickUuid = (random: () => number): string =>
  asUuid(hex8(random) + hex8(random) + hex8(random) + hex8(random));

/** The UUID number `counter` of a seed. */
export const countedUuid = (seed: number, counter: number): string =>
  asUuid(
    createHash('sha256')
      .update(`${String(seed)}:${String(counter)}`)
      .digest('hex'),
  );

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 characters: 48 bits of time, 80 of randomness. */
export const ulid = (now: number, random: () => number): string => {
  let time = now;
  let head = '';
  for (let place = 0; place < 10; place += 1) {
    head = (crockford[time % 32] ?? '0') + head;
    time = Math.floor(time / 32);
  }
  const tail = Array.from({ length: 16 }, () => crockford[Math.floor(random() * 32)]).join('');
  return head + tail;
};

// ---------------------------------------------------------------------------------------------
// Cursors

export interface Cursor {
  list: string;
  /** The last `seq` that was given out. */
  after: number;
  /** The revision when this run through the list began: what its sync token will say. */
  began: number;
  /** The revision that a sync token named; null on a full run. */
  since: number | null;
  page: number;
  issuedAt: number;
}

const checksum = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 8);

/**
 * [rec] Cursors of `application.list` are about 118 characters long, those of other lists short;
 * padding keeps the first kind long enough to find columns and logs that cut them.
 */
export const encodeCursor = (cursor: Cursor): string => {
  const { list, after, began, since, page, issuedAt } = cursor;
  const text = JSON.stringify([list, after, began, since, page, issuedAt]);
  const padding = list === 'application.list' ? ' '.repeat(Math.max(0, 80 - text.length)) : '';
  return Buffer.from(checksum(text) + text + padding).toString('base64url');
};

/** Null when it is no cursor of this list. */
export const decodeCursor = (list: string, encoded: string): Cursor | null => {
  const plain = Buffer.from(encoded, 'base64url').toString().trimEnd();
  const text = plain.slice(8);
  if (checksum(text) !== plain.slice(0, 8)) return null;
  const [of, after, began, since, page, issuedAt] = JSON.parse(text) as [
    string,
    number,
    number,
    number | null,
    number,
    number,
  ];
  return of === list ? { list, after, began, since, page, issuedAt } : null;
};

// ---------------------------------------------------------------------------------------------
// Sync tokens: nine letters and digits [rec]

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const minutes = 2 ** 22;
const epoch = Date.UTC(2020, 0, 1);

const listMark = (list: string, value: number): number =>
  createHash('sha256')
    .update(`${list}:${String(value)}`)
    .digest()
    .readUInt8(0) % 128;

/** Packs revision (24 bits), minute of issue (22 bits) and a check of both and the list (7 bits). */
export const encodeSyncToken = (list: string, revision: number, issuedAt: number): string => {
  const minute = Math.max(0, Math.floor((issuedAt - epoch) / 60_000)) % minutes;
  const value = revision * minutes + minute;
  let rest = value * 128 + listMark(list, value);
  let token = '';
  for (let place = 0; place < 9; place += 1) {
    token += alphabet[rest % 62] ?? '0';
    rest = Math.floor(rest / 62);
  }
  return token;
};

/** Null when it is no sync token of this list. */
export const decodeSyncToken = (
  list: string,
  token: string,
): { revision: number; issuedAt: number } | null => {
  if (!/^[0-9A-Za-z]{9}$/.test(token)) return null;
  const packed = Array.from(token).reduceRight(
    (sum, letter) => sum * 62 + alphabet.indexOf(letter),
    0,
  );
  const value = Math.floor(packed / 128);
  if (packed % 128 !== listMark(list, value)) return null;
  return {
    revision: Math.floor(value / minutes),
    issuedAt: epoch + (value % minutes) * 60_000,
  };
};
