/** What an emulated CodeInterview account holds, as plain JSON. */
import { seeded, seededText, seededUntil } from '#connectors/emulator-data.ts';

export interface Pad {
  id: string;
  name: string;
  /** When it was made. */
  timestamp: number;
  endedAt: number | null;
  tags: string[];
  code: string;
  notes: string;
  /** As the vendor shows it, such as `C/C++` [doc]. */
  language: string;
  /** False for a pad of people outside the key's team, which the API does not show [doc]. */
  visible: boolean;
}

export interface State {
  /** Null after it was revoked. */
  key: string | null;
  pads: Pad[];
  /** How often randomness was drawn, so that a restored account does not repeat itself. */
  draws: number;
}

const hex = '0123456789abcdef';

export const newPad = (id: string, name: string, timestamp: number): Pad => ({
  id,
  name,
  timestamp,
  endedAt: null,
  tags: [],
  code: '',
  notes: '',
  language: 'Python 3',
  visible: true,
});

export const freshState = (seed: number): State => {
  const random = seeded(seed);
  const key = seededText(random, 32, hex);
  const strangers = newPad(padId(random), 'Interview of another team', seededUntil);
  return { key, pads: [{ ...strangers, visible: false }], draws: 0 };
};

/** Thirteen hexadecimal digits, as in the vendor's own example [doc]. */
export const padId = (random: () => number): string => seededText(random, 13, hex);

export const newKey = (random: () => number): string => seededText(random, 32, hex);

/** Randomness that goes on where the last draw ended, over restarts too. */
export const nextRandom = (seed: number, state: State): (() => number) => {
  state.draws += 1;
  return seeded(seed + state.draws * 7_919);
};
