/** What an emulated CodinGame account holds, as plain JSON, and how it begins. */
import { seeded, seededText, seededUuid } from '#connectors/emulator-data.ts';

/** `waiting` until the candidate starts; the vendor's words [code]. */
export type TestStatus = 'waiting' | 'in_progress' | 'completed' | 'aborted' | 'cancelled';

export interface Campaign {
  id: number;
  name: string;
  languages: string[];
  pinned: boolean;
  archived: boolean;
  /** The invitation mail; `{{candidate_name}}`, `{{campaign_name}}`, `{{test_url}}` [inferred]. */
  mailSubject: string;
  mailText: string;
  questions: string[];
  totalPoints: number;
  /** Seconds. */
  totalDuration: number;
  /** Has an open question that a person must grade before the score is final. */
  manualReview: boolean;
}

export interface TestSession {
  id: number;
  campaignId: number;
  /** The last segment of the candidate's link. */
  token: string;
  status: TestStatus;
  candidateName: string | null;
  candidateEmail: string | null;
  recruiterEmail: string | null;
  tags: string[];
  sentAt: number;
  startedAt: number | null;
  endedAt: number | null;
  lastActivityAt: number;
  answer: string;
  points: number | null;
  approval: string;
  cheated: boolean;
  warnings: string[];
  pendingReview: boolean;
}

export interface State {
  /** Null after it was revoked. */
  key: string | null;
  /** One address per account [doc]. */
  webhookUrl: string | null;
  /** Off: the address is kept and nothing is sent to it. */
  webhookSends: boolean;
  organizationId: string;
  recruiterId: string;
  campaigns: Campaign[];
  tests: TestSession[];
  nextTestId: number;
  /** How often randomness was drawn, so that a restored account does not repeat itself. */
  draws: number;
}

const campaign = (
  id: number,
  name: string,
  languages: string[],
  details: Partial<Campaign> = {},
): Campaign => ({
  id,
  name,
  languages,
  pinned: false,
  archived: false,
  mailSubject: 'Your {{campaign_name}} test',
  mailText:
    'Hello {{candidate_name}},\n\nplease take this test when it suits you:\n{{test_url}}\n\nGood luck!',
  questions: ['Reverse a list', 'Balanced brackets', 'Slow query'],
  totalPoints: 400,
  totalDuration: 3_600,
  manualReview: false,
  ...details,
});

export const freshState = (seed: number): State => {
  const random = seeded(seed);
  return {
    key: newKey(random),
    webhookUrl: null,
    webhookSends: true,
    organizationId: seededUuid(random),
    recruiterId: seededUuid(random),
    campaigns: [
      campaign(101, 'Backend engineer', ['Java', 'SQL'], { pinned: true }),
      campaign(102, 'Frontend engineer', ['TypeScript', 'CSS'], { totalPoints: 300 }),
      campaign(103, 'Data engineer', ['Python'], { totalPoints: 250, manualReview: true }),
      campaign(104, 'Java 2019', ['Java'], { archived: true }),
    ],
    tests: [],
    nextTestId: 7_001,
    draws: 0,
  };
};

export const newKey = (random: () => number): string => seededText(random, 40, '0123456789abcdef');

/** Randomness that goes on where the last draw ended, over restarts too. */
export const nextRandom = (seed: number, state: State): (() => number) => {
  state.draws += 1;
  return seeded(seed + state.draws * 7_919);
};
