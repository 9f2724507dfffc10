/** What can happen to pads: both the API and the pages act through this. */
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { newKey, newPad, nextRandom, padId, type Pad, type State } from './state.ts';

export type Pads = ReturnType<typeof createPads>;

export const createPads = (options: EmulatorOptions, state: State) => ({
  state,
  urlOf: (pad: Pad): string => `${options.origin}/${pad.id}`,

  /** Oldest first. */
  visible: (): Pad[] => state.pads.filter((pad) => pad.visible),

  find: (id: string): Pad | undefined => state.pads.find((pad) => pad.id === id && pad.visible),

  create(name: string): Pad {
    const pad = newPad(padId(nextRandom(options.seed, state)), name, options.now());
    state.pads.push(pad);
    options.changed();
    return pad;
  },

  /** Writing is over for everybody once the pad has ended. */
  write(pad: Pad, text: { code?: string; notes?: string; language?: string }): boolean {
    if (pad.endedAt !== null) return false;
    Object.assign(pad, text);
    options.changed();
    return true;
  },

  rename(pad: Pad, name: string): void {
    pad.name = name;
    options.changed();
  },

  end(pad: Pad): void {
    pad.endedAt ??= options.now();
    options.changed();
  },

  generateKey(): void {
    state.key = newKey(nextRandom(options.seed, state));
    options.changed();
  },

  revokeKey(): void {
    state.key = null;
    options.changed();
  },
});
