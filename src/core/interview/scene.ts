/** Everything that decides what should exist outside for one interview, gathered by a job. */
import type { Party } from '#core/calendar/invite.ts';
import type { Facts } from '#core/template/facts.ts';
import type { Registry } from '#core/template/variables.ts';
import type { InterviewState, Plan } from './model.ts';

export interface PlatformFacts {
  platform: string;
  live: boolean;
  tests: boolean;
  /** Milliseconds that a link lives; null: for good. */
  linkLifetime: number | null;
}

/** What the ledger knows of a thing that stands outside. */
export interface Standing {
  url: string | null;
  result: unknown;
}

export interface Scene {
  id: string;
  state: InterviewState;
  plan: Plan;
  /** Milliseconds since the epoch. */
  now: number;
  facts: Omit<Facts, 'interview' | 'event' | 'recruiter' | 'coordinator' | 'hiringManager'>;
  registry: Registry;
  changeSummary: string;
  /** By connection. */
  platforms: ReadonlyMap<string, PlatformFacts>;
  ats: {
    connectionId: string;
    /** Whether interviews can be pushed to it at all. */
    takesInterviews: boolean;
    /** Whether the ATS shows a note beside each event; else links are told in a note of their own. */
    showsEventNotes: boolean;
    /** Somebody called it off there, and nobody has decided yet what that means. */
    calledOff: boolean;
    /** It no longer shows the candidate, so it can be told nothing. */
    gone: boolean;
    feedbackForms: ReadonlyMap<string, string>;
  };
  /** `number`: how many other organizers this interview had before. */
  mail: { connectionId: string | null; organizer: Party; number: number };
  /** The hub's public address, without a slash at the end. */
  hubUrl: string;
  /** Things that stand outside, by name. */
  standing: ReadonlyMap<string, Standing>;
  /** The hub's own addresses: of sessions that are made later, of pages about tests, of the candidate's. By thing. */
  joinUrls: ReadonlyMap<string, string>;
  /** Until then texts wait for links that are on their way. */
  linkWaitUntil: number;
}

/** What a live session leaves behind in the ledger. */
export interface SessionResult {
  /** Milliseconds since the epoch; a link's lifetime counts from here. */
  madeAt: number;
}

/** What an ATS effect leaves behind in the ledger. */
export interface AtsResult {
  events: Array<{ key: string; remoteId: string; feedbackUrl: string | null }>;
}
