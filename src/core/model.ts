/**
 * The hub's own words. Vendor words (opportunity, application, campaign, pad) stay inside
 * their connector. All instants are integer milliseconds since the epoch.
 */

/** Something a person picks from a vendor's list: a test, a template, a tag, a user. */
export interface Choice {
  id: string;
  name: string;
}

export interface Stage extends Choice {
  /** Where stages belong to a plan (Ashby), the plan; the same title repeats across plans. */
  group: Choice | null;
}

export interface Job extends Choice {
  open: boolean;
  /** Lower-case addresses of the people on the job; decides who "owns" it. */
  team: string[];
  /** Groups of stages that the job's candidates pass through; empty where stages serve all jobs. */
  plans: string[];
  /** Left out: the ATS does not tell it with the job. */
  department?: string;
  location?: string;
  /** The company's own number of the opening. */
  requisition?: string;
  /** Where candidates read about it. */
  url?: string;
}

export interface User extends Choice {
  email: string;
  active: boolean;
}

/** One arrival in a stage, as the ATS's own history tells it. */
export interface StageEntry {
  stageId: string;
  enteredAt: number;
}

/** What texts may say of a candidate; left out: nothing is known. Nothing that is private in the ATS. */
export interface CandidateProfile {
  phone?: string;
  location?: string;
  /** Address of the profile there. */
  linkedIn?: string;
  headline?: string;
  /** Of the present position. */
  title?: string;
  company?: string;
  /** Where the candidate came from. */
  source?: string;
  /** By their titles in the ATS. */
  customFields?: Record<string, string>;
}

/** One candidacy in an ATS, as read from it. */
export interface Candidate {
  /** Id of the candidacy in its ATS. */
  remoteId: string;
  /** Id of the person behind the candidacy; one person may have several. */
  personId: string;
  name: string;
  email: string | null;
  stageId: string;
  tags: string[];
  jobId: string | null;
  /** Archived, hired or rejected: no longer to be acted upon. */
  archived: boolean;
  /** Oldest first; the last one is the arrival in the present stage. */
  entries: StageEntry[];
  /** The candidate's page in the ATS. */
  url: string;
  profile?: CandidateProfile;
}

export type ActionKind = 'assessment' | 'live_link';

/** Open set of vendor states folded to what the hub acts upon. */
export type AssessmentStatus =
  'invited' | 'started' | 'completed' | 'pending_review' | 'expired' | 'declined' | 'cancelled';

export interface AssessmentResult {
  status: AssessmentStatus;
  score: number | null;
  maxScore: number | null;
  /** 0..100, null when there is no score. */
  percent: number | null;
  /** The vendor's own verdict in its words, for example "to review". */
  verdict: string | null;
  reportUrl: string | null;
  /** Until when it can be begun; null: nobody told. */
  expiresAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
}

/** A piece of a note: plain text, or a link with its text. */
export type NoteSpan = string | { text: string; href: string };

/** Lines of spans; each ATS renders them in its own markup. */
export type Note = NoteSpan[][];

export type EffectState =
  /** To be done; a job is on its way. */
  | 'owed'
  /** Needs something from a person or the ATS first, for example an e-mail address. */
  | 'waiting'
  /** A call may be under way, or a process died in it. */
  | 'started'
  | 'done'
  /** The vendor refused; stopped until a person decides. */
  | 'failed'
  /** Nobody can tell whether it happened: check at the vendor. */
  | 'unknown'
  | 'skipped';

export type EffectKind =
  'assessment' | 'live_link' | 'note' | 'live_session' | 'ats_interview' | 'ats_link' | 'mail';

export interface Permission {
  /** The vendor's own name for it. */
  name: string;
  /** `not_checked` is never shown as granted. */
  state: 'granted' | 'missing' | 'not_checked';
  /** What the hub needs it for. */
  neededFor: string;
  /** Where in the vendor's product it is granted. */
  where?: string;
}

/** What *Test connection* found. Reads only; nothing at the vendor changes. */
export interface Verification {
  /** What the vendor tells of the account or key; label and value, never a secret. */
  account: Array<{ label: string; value: string }>;
  permissions: Permission[];
  /** Things an admin should know, each with its remedy. */
  warnings: string[];
}

/** What a delivery asks the hub to look at. Payloads are hints: only ids are taken from them. */
export type Wake =
  | { kind: 'candidate'; id: string }
  /** A candidacy's or a person's id, whichever the vendor names. */
  | { kind: 'candidate_deleted'; id: string }
  | { kind: 'person'; id: string }
  | { kind: 'assessment'; id: string }
  /** Every open assessment of the connection: the payload named none. */
  | { kind: 'assessments' }
  /** The candidacies of one job (null: of any) follow other stages from now on. */
  | { kind: 'stages_moved'; jobId: string | null; moves: Array<{ from: string; to: string }> };

export interface OAuthTokens {
  accessToken: string;
  refreshToken: string | null;
  /** When the access token dies. */
  expiresAt: number;
}
