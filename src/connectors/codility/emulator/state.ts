/** What an emulated Codility account holds, as plain JSON, and how it begins. */
import { seeded, seededText, seededUntil } from '#connectors/emulator-data.ts';

/** Made by a person under My Account > Account details > Integrations; its token is a key. */
export interface Integration {
  id: number;
  name: string;
  token: string;
}

export interface Test {
  id: number;
  name: string;
  createdAt: number;
  archived: boolean;
  minutes: number;
  tasks: Array<{ name: string; language: string; maxResult: number }>;
}

export interface Session {
  id: string;
  testId: number;
  /** The caller's own reference, not unique [code]. */
  candidate: string;
  firstName: string;
  lastName: string;
  email: string | null;
  callbacks: Array<{ event: string; url: string }>;
  createdAt: number;
  startedAt: number | null;
  closedAt: number | null;
  /** Points over all tasks; null until it was evaluated. */
  result: number | null;
  /** Comes later than the result. */
  similarity: string | null;
  answer: string;
  cancelled: boolean;
}

/** A CodeLive session. Everything about it is our own guess [inferred]. */
export interface Interview {
  id: string;
  name: string;
  firstName: string;
  lastName: string;
  email: string | null;
  templateId: string | null;
  externalId: string | null;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  deleted: boolean;
  /** Who has opened the one link that there is. */
  host: string | null;
  guest: string | null;
  code: string;
}

export interface State {
  integrations: Integration[];
  nextIntegrationId: number;
  tests: Test[];
  sessions: Session[];
  templates: Array<{ id: string; name: string }>;
  interviews: Interview[];
  /** How often randomness was drawn, so that a restored account does not repeat itself. */
  draws: number;
}

const day = 86_400_000;

const testOf = (id: number, name: string, now: number, tasks: string[][]): Test => ({
  id,
  name,
  createdAt: now - (3_000 - id) * day,
  archived: false,
  minutes: 60 * tasks.length,
  tasks: tasks.map(([task = '', language = '']) => ({ name: task, language, maxResult: 100 })),
});

export const freshState = (seed: number): State => {
  const now = seededUntil;
  const random = seeded(seed);
  return {
    integrations: [{ id: 1, name: 'Loopwright', token: newToken(random) }],
    nextIntegrationId: 2,
    tests: [
      testOf(2_904, 'Backend engineer', now, [
        ['BinaryGap', 'Java'],
        ['SqlSum', 'SQL'],
      ]),
      testOf(2_907, 'Frontend engineer', now, [['ReactTodoList', 'TypeScript']]),
      testOf(2_911, 'Demo test', now, [['FindMissing', 'Python']]),
      { ...testOf(2_650, 'Java 2019', now, [['CyclicRotation', 'Java']]), archived: true },
    ],
    sessions: [],
    templates: [
      { id: 'whiteboard', name: 'Whiteboard' },
      { id: 'pairing', name: 'Pairing on a service' },
    ],
    interviews: [],
    draws: 0,
  };
};

const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export const newToken = (random: () => number): string =>
  seededText(random, 30, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');

/** Such as `M6CW57-7EC` [code]. */
export const newSessionId = (random: () => number): string =>
  `${seededText(random, 6, capitals)}-${seededText(random, 3, capitals)}`;

/** Randomness that goes on where the last draw ended, over restarts too. */
export const nextRandom = (seed: number, state: State): (() => number) => {
  state.draws += 1;
  return seeded(seed + state.draws * 7_919);
};
