/** What the emulated mail server knows: one user, and recipients that do not exist. */
import { seeded, seededText } from '#connectors/emulator-data.ts';

export interface Account {
  user: string;
  password: string;
  /** Addresses of nobody: mail to them is refused for good. */
  isUnknown(address: string): boolean;
}

export const createAccount = (seed: number): Account => ({
  user: 'loopwright',
  password: seededText(seeded(seed), 24, 'abcdefghijkmnpqrstuvwxyz23456789'),
  isUnknown: (address) => /^(bounce|nobody)[^@]*@/i.test(address),
});
