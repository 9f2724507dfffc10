/** What an emulated CodeSignal company holds, as plain JSON, and how it begins. */
import { seeded, seededText, seededUntil } from '#connectors/emulator-data.ts';
import { everyPermission } from './permissions.ts';

export const hour = 3_600_000;

export interface ApiKey {
  id: string;
  value: string;
  description: string;
  /** Names of the permission tree; one above others contains them. */
  permissions: string[];
  createdAt: number;
}

export interface Template {
  id: string;
  name: string;
  tasks: string[];
  /** Milliseconds; null: the company's own. */
  defaultExpirationTime: number | null;
  isCompanyDefault: boolean;
}

export interface Interview {
  id: string;
  candidateName: string | null;
  candidateEmail: string | null;
  templateId: string | null;
  lockTemplate: boolean;
  status: 'pending' | 'active' | 'over' | 'deleted' | 'archived';
  createdAt: number;
  /** When the link dies. */
  expiresAt: number;
  startDate: number | null;
  finishDate: number | null;
  trackCandidateLocation: boolean;
  disableDescriptionCopy: boolean;
  /** Who gave a name in the lobby; the interviewer is marked, since the room is the same for all. */
  people: Array<{ name: string; interviewer: boolean }>;
  code: string;
  feedback: { notes: string; evaluation: string } | null;
}

export interface Test {
  id: string;
  title: string;
  tasks: Array<{ title: string; maxScore: number }>;
  /** Milliseconds. */
  duration: number;
  /** A result has to be verified before it counts. */
  proctored: boolean;
  /** Has a coding score beside the points. */
  codingScore: boolean;
  createDate: number;
}

export type SessionStatus =
  | 'pending'
  | 'active'
  | 'gracePeriod'
  | 'finalizing'
  | 'over'
  | 'deleted'
  | 'deletedForPii'
  | 'expired'
  | 'declined'
  | 'archived';

export type Suspicion = 'none' | 'low' | 'medium' | 'high';

export interface Session {
  id: string;
  testId: string;
  status: SessionStatus;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  /** Told again in webhooks alone: the schema has no field to read it. */
  externalId: string | null;
  createDate: number;
  startDate: number | null;
  finishDate: number | null;
  expirationDate: number;
  customDuration: number | null;
  postSessionRedirectUrl: string | null;
  score: number | null;
  answer: string;
  verificationStatus: 'pending' | 'verified' | 'notVerified' | null;
  rejectionReasons: string[];
  integrityReviewSuggested: boolean | null;
  suspicion: Suspicion;
  /** Part of the result's address. */
  accessToken: string;
}

export interface QueuedEvent {
  id: string;
  event: string;
  triggeredOn: number;
  payload: Record<string, unknown>;
}

export interface Hook {
  id: string;
  url: string;
  secret: string;
  events: string[];
  ownerEmails: string[];
  state: 'healthy' | 'unhealthy' | 'disabled';
  failCount: number;
  /** In order; the first one blocks the others. */
  queue: QueuedEvent[];
}

export interface State {
  company: { id: string; name: string };
  keys: ApiKey[];
  templates: Template[];
  interviews: Interview[];
  tests: Test[];
  sessions: Session[];
  hooks: Hook[];
  /** How often randomness was drawn, so that a restored account does not repeat itself. */
  draws: number;
}

/** The vendor's ids are 17 characters that cannot be mistaken for one another. */
const letters = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz';

export const makeId = (random: () => number, length = 17): string =>
  seededText(random, length, letters);

/** Randomness that goes on where the last draw ended, over restarts too. */
export const nextRandom = (seed: number, state: State): (() => number) => {
  state.draws += 1;
  return seeded(seed + state.draws * 7_919);
};

export const freshState = (seed: number): State => {
  const now = seededUntil;
  const random = seeded(seed);
  const template = (name: string, tasks: string[], more: Partial<Template> = {}): Template => ({
    id: makeId(random),
    name,
    tasks,
    defaultExpirationTime: null,
    isCompanyDefault: false,
    ...more,
  });
  const test = (title: string, tasks: string[], more: Partial<Test> = {}): Test => ({
    id: makeId(random),
    title,
    tasks: tasks.map((name) => ({ title: name, maxScore: 300 })),
    duration: hour,
    proctored: false,
    codingScore: false,
    createDate: now,
    ...more,
  });
  return {
    company: { id: makeId(random), name: 'Example Robotics' },
    keys: [
      {
        id: makeId(random),
        value: makeId(random, 40),
        description: 'Everything',
        permissions: everyPermission,
        createdAt: now,
      },
    ],
    templates: [
      template('Pair programming', ['Reverse a list', 'Rate limiter'], { isCompanyDefault: true }),
      template('System design', ['Design a queue'], { defaultExpirationTime: 72 * hour }),
      template('Frontend pairing', ['Autocomplete']),
    ],
    interviews: [],
    tests: [
      test('Backend assessment', ['Balanced brackets', 'Slow query', 'Parse a log']),
      test('General coding, proctored', ['Two sums', 'Matrix walk'], {
        proctored: true,
        codingScore: true,
      }),
      test('Frontend assessment', ['Autocomplete', 'Layout']),
    ],
    sessions: [],
    hooks: [],
    draws: 0,
  };
};
