/** What every part of the emulator works with. */
import type { EmulatorOptions } from '#connectors/emulator.ts';
import type { Hooks } from './webhooks.ts';
import type { Index } from './indexes.ts';
import type { Mint } from './mint.ts';
import type { LeverState, UserRecord } from './state.ts';

/** Big collections (contacts, opportunities, notes) live in `index`, everything else in `state`. */
export interface World {
  options: EmulatorOptions;
  state: Omit<LeverState, 'contacts' | 'opportunities' | 'removed' | 'notes'>;
  index: Index;
  hooks: Hooks;
  mint: Mint;
}

/** The person in whose name the vendor's pages act. */
export const superAdmin = (state: Pick<LeverState, 'users'>): UserRecord => {
  const user = state.users.find((one) => one.accessRole === 'super admin');
  if (!user) throw new Error('lever emulator: the saved state has no Super Admin. Start afresh.');
  return user;
};
