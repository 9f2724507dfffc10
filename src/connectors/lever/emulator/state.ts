/**
 * Everything the emulated Lever account knows, as one plain JSON value: what `snapshot()` gives and
 * what `saved` restores. All instants are milliseconds since the epoch. Records are lean; the
 * vendor's JSON shapes are made from them in `present.ts`.
 */
import type { SentWebhook } from '#connectors/emulator-webhooks.ts';
import type { EventName, FeedbackReminder, Origin } from './vocabulary.ts';

export interface StageRecord {
  id: string;
  text: string;
  pipeline: 'lead' | 'applicant' | 'screen' | 'onsite' | 'offer';
  hasInterview: boolean;
}

export interface ArchiveReasonRecord {
  id: string;
  text: string;
  status: 'active' | 'inactive';
  type: 'hired' | 'non-hired';
}

export interface UserRecord {
  id: string;
  name: string;
  username: string;
  email: string;
  accessRole: string;
  createdAt: number;
  deactivatedAt: number | null;
  jobTitle: string | null;
  managerId: string | null;
}

export interface PostingRecord {
  id: string;
  text: string;
  state: 'published' | 'internal' | 'closed' | 'draft' | 'pending' | 'rejected';
  categories: {
    commitment: string;
    department: string;
    level: string;
    location: string;
    team: string;
  };
  /** The posting's own tags, without those that title and categories imply. */
  tags: string[];
  user: string;
  owner: string;
  hiringManager: string;
  followers: string[];
  confidentiality: Confidentiality;
  reqCode: string;
  country: string;
  workplaceType: string;
  description: string;
  createdAt: number;
  updatedAt: number;
}

export type Confidentiality = 'non-confidential' | 'confidential';

export interface ContactRecord {
  id: string;
  name: string;
  headline: string;
  isAnonymized: boolean;
  location: string;
  emails: string[];
  phones: Array<{ type: string; value: string }>;
  links: string[];
}

export interface StageChange {
  toStageId: string;
  toStageIndex: number;
  updatedAt: number;
  /** [live] Missing where no user made the change. */
  userId?: string;
}

export interface ApplicationRecord {
  id: string;
  type: 'referral' | 'user' | 'posting';
  posting: string;
  createdAt: number;
}

export interface Archived {
  reason: string;
  archivedAt: number;
}

export interface OpportunityRecord {
  id: string;
  contact: string;
  stage: string;
  confidentiality: Confidentiality;
  archived: Archived | null;
  /** Own tags only; those of the posting are derived at reading. */
  tags: string[];
  sources: string[];
  stageChanges: StageChange[];
  origin: Origin;
  sourcedBy: string | null;
  owner: string | null;
  followers: string[];
  /** [live] None of 1,004 sampled opportunities had more than one. */
  application: ApplicationRecord | null;
  createdAt: number;
  updatedAt: number | null;
  lastInteractionAt: number;
  lastAdvancedAt: number;
  snoozedUntil: number | null;
}

export interface DeletedRecord {
  id: string;
  contact: string;
  deletedBy: string | null;
  deletedAt: number;
}

export interface NoteComment {
  value: string;
  user: string | null;
  score: number | null;
  stage: string;
  createdAt: number;
}

export interface NoteRecord {
  id: string;
  opportunity: string;
  comments: NoteComment[];
  user: string | null;
  secret: boolean;
  /** Only notes that came through the API may be changed through it. */
  byApi: boolean;
  createdAt: number;
  deletedAt: number | null;
}

export interface FeedbackTemplateRecord {
  id: string;
  text: string;
  instructions: string;
  fields: Array<{
    id: string;
    type: 'score-system' | 'yes-no' | 'textarea';
    text: string;
    description: string;
    required: boolean;
    options?: Array<{ text: string }>;
  }>;
  createdAt: number;
  updatedAt: number;
}

export interface InterviewerRecord {
  id: string;
  /** Null: none was chosen. */
  feedbackTemplate: string | null;
}

export interface InterviewRecord {
  id: string;
  subject: string | null;
  note: string | null;
  location: string | null;
  interviewers: InterviewerRecord[];
  date: number;
  /** Minutes. */
  duration: number;
  feedbackTemplate: string | null;
  feedbackReminder: FeedbackReminder;
  user: string;
  stage: string;
  createdAt: number;
  canceledAt: number | null;
}

export interface PanelRecord {
  id: string;
  opportunity: string;
  applications: string[];
  timezone: string;
  note: string | null;
  externalUrl: string | null;
  /** True for every panel that came through the API, and only those may be changed through it. */
  externallyManaged: boolean;
  feedbackReminder: FeedbackReminder;
  user: string;
  stage: string;
  createdAt: number;
  canceledAt: number | null;
  interviews: InterviewRecord[];
}

/** The partner toggle under Settings > Integrations > Scheduling. */
export interface SchedulingRecord {
  enabled: boolean;
  /** Where *Schedule* leads; `{opportunityId}` stands for the candidate. Empty: not set yet. */
  address: string;
  /** The key that was generated with the toggle. */
  keyId: string | null;
}

export interface HookRecord {
  id: string;
  event: EventName;
  url: string;
  /** Null at events that know no conditions. */
  origins: Origin[] | null;
  signatureToken: string;
  createdAt: number;
  updatedAt: number;
}

/** What a delivery said, kept for retries after a restart and for the Rerun button. */
export interface DeliveryRecord {
  id: string;
  hookId: string;
  event: EventName;
  triggeredAt: number;
  token: string;
  data: Record<string, unknown>;
}

export interface KeyRecord {
  id: string;
  name: string;
  key: string;
  permissions: string[];
  createdAt: number;
  revokedAt: number | null;
}

export interface OAuthClientRecord {
  clientId: string;
  clientSecret: string;
  name: string;
  /** Empty: the first address that is consented to gets registered. */
  redirectUris: string[];
}

export interface OAuthCodeRecord {
  code: string;
  clientId: string;
  redirectUri: string;
  scopes: string[];
  forApi: boolean;
  createdAt: number;
}

/** One consent of a Super Admin to an app. */
export interface GrantRecord {
  id: string;
  clientId: string;
  userId: string;
  scopes: string[];
  /** False when the audience was wrong: the tokens are opaque and the API takes none of them. */
  forApi: boolean;
  refreshToken: string | null;
  createdAt: number;
  lastUsedAt: number;
  revokedAt: number | null;
}

export interface AccessTokenRecord {
  token: string;
  grantId: string;
  expiresAt: number;
}

export interface LeverState {
  version: 1;
  seed: number;
  /** Random numbers drawn so far; the sequence goes on from there after a restart. */
  draws: number;
  accountId: string;
  tokenSecret: string;
  stages: StageRecord[];
  archiveReasons: ArchiveReasonRecord[];
  users: UserRecord[];
  postings: PostingRecord[];
  /** The candidates that were made up: how many and when. They are made anew, not saved. */
  seeded: { candidates: number; at: number };
  /** Contacts and opportunities that are new or differ from the seeded ones. */
  contacts: ContactRecord[];
  opportunities: OpportunityRecord[];
  /** Ids of opportunities that are gone. */
  removed: string[];
  deleted: DeletedRecord[];
  notes: NoteRecord[];
  panels: PanelRecord[];
  feedbackTemplates: FeedbackTemplateRecord[];
  scheduling: SchedulingRecord;
  /** Labels that were ever used; they stay listed with count 0. */
  knownTags: string[];
  knownSources: string[];
  hooks: HookRecord[];
  /** The Super Admin's switch of each event group. */
  eventGroups: Record<EventName, boolean>;
  /** Deliveries without the documented `id`, like both documented samples. */
  omitEventId: boolean;
  deliveries: DeliveryRecord[];
  history: SentWebhook[];
  keys: KeyRecord[];
  clients: OAuthClientRecord[];
  codes: OAuthCodeRecord[];
  grants: GrantRecord[];
  accessTokens: AccessTokenRecord[];
}
