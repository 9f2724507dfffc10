/** Ids and secrets from one seeded sequence that goes on over a restart. */
import { seeded, seededText } from '#connectors/emulator-data.ts';

/** Seeded makers of ids and secrets; their position in the sequence is part of the state. */
export interface Mint {
  uuid(): string;
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
  /** Letters and digits, for keys and opaque tokens. */
  text(length: number): string;
  /** 0 <= x < 1. */
  random(): number;
}

/** What `seeded` adds to its state with every number drawn; lets a sequence be resumed. */
const increment = 0x6d2b79f5;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `position.draws` is kept up to date, so that the state always knows where the sequence stands. */
export const createMint = (position: { seed: number; draws: number }): Mint => {
  const next = seeded((position.seed + Math.imul(position.draws, increment)) >>> 0);
  const random = (): number => {
    position.draws += 1;
    return next();
  };
  /** Written through one buffer: hundreds of thousands of ids are kept, each as one flat string. */
  const bytes = Buffer.alloc(64);
  const hex = (length: number): string => {
    for (let at = 0; at < length / 2; at += 4)
      bytes.writeUInt32BE(Math.floor(random() * 4_294_967_296), at);
    return bytes.toString('hex', 0, Math.ceil(length / 2)).slice(0, length);
  };
  const text = Buffer.alloc(36, '-');
  return {
    random,
    hex,
    uuid() {
      hex(32);
      bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
      bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
      for (const [from, to, at] of groups)
        text.write(bytes.toString('hex', from, to), at, 'latin1');
      return text.toString('latin1');
    },
    text: (length) => seededText(random, length, alphabet),
  };
};

/** Bytes from..to of a UUID and where their digits stand in its text. */
const groups = [
  [0, 4, 0],
  [4, 6, 9],
  [6, 8, 14],
  [8, 10, 19],
  [10, 16, 24],
] as const;
