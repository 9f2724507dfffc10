/** Ids and secrets from one seeded sequence that goes on over a restart. */
import { seeded, seededText } from '#connectors/emulator-data.ts';
import type { Mint } from './world.ts';

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
  const word = (): string =>
    Math.floor(random() * 4_294_967_296)
      .toString(16)
      .padStart(8, '0');
  const hex = (length: number): string => {
    let text = '';
    while (text.length < length) text += word();
    return text.slice(0, length);
  };
  return {
    random,
    hex,
    uuid() {
      const digits = hex(32);
      const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4);
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
    text: (length) => seededText(random, length, alphabet),
  };
};
