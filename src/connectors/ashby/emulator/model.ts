/**
 * What the emulated Ashby remembers: one plain JSON value. Instants are epoch milliseconds.
 *
 * `seq` is the place of a record in its list (cursors point at it); `rev` is the state's revision
 * at the record's last change (sync tokens point at that).
 */

export interface Listed {
  id: string;
  seq: number;
  rev: number;
}

export interface ContactInfo {
  value: string;
  type: 'Personal' | 'Work' | 'Other';
  isPrimary: boolean;
}

export interface StoredUser extends Listed {
  firstName: string;
  lastName: string;
  email: string;
  globalRole: 'Organization Admin' | 'Elevated Access' | 'Limited Access' | 'External Recruiter';
  isEnabled: boolean;
  updatedAt: number;
}

export interface StoredTag extends Listed {
  title: string;
  isArchived: boolean;
}

export interface StoredSource {
  id: string;
  title: string;
  isArchived: boolean;
  sourceType: { id: string; title: string; isArchived: boolean };
}

export interface StoredArchiveReason {
  id: string;
  text: string;
  reasonType: 'RejectedByCandidate' | 'RejectedByOrg' | 'Other';
  isArchived: boolean;
}

export type StageType = 'Lead' | 'PreInterviewScreen' | 'Active' | 'Offer' | 'Hired' | 'Archived';

export interface StoredPlan extends Listed {
  title: string;
  isArchived: boolean;
  createdAt: number;
  updatedAt: number;
}

export interface StoredStage {
  id: string;
  planId: string;
  title: string;
  type: StageType;
  order: number;
  groupId: string | null;
}

export interface StoredStageGroup {
  id: string;
  planId: string;
  title: string;
  order: number;
  stageType: StageType;
}

export interface StoredJob extends Listed {
  title: string;
  status: 'Draft' | 'Open' | 'Closed' | 'Archived';
  confidential: boolean;
  locationId: string;
  departmentId: string;
  planId: string;
  requisitionId: string | null;
  brandId: string;
  authorId: string;
  hiringTeam: Array<{ userId: string; role: string }>;
  createdAt: number;
  updatedAt: number;
  openedAt: number | null;
  closedAt: number | null;
}

export interface SocialLink {
  type:
    | 'LinkedIn'
    | 'GitHub'
    | 'Twitter'
    | 'Medium'
    | 'StackOverflow'
    | 'YouTube'
    | 'CodePen'
    | 'Website';
  url: string;
}

export interface StoredCandidate extends Listed {
  name: string;
  createdAt: number;
  updatedAt: number;
  emails: ContactInfo[];
  phones: ContactInfo[];
  links: SocialLink[];
  tagIds: string[];
  sourceId: string | null;
  creditedToUserId: string | null;
  location: { id: string; city?: string; region?: string; country?: string } | null;
  applicationIds: string[];
}

export interface HistoryRow {
  id: string;
  stageId: string;
  title: string;
  enteredAt: number;
  leftAt: number | null;
  actorId: string | null;
}

export interface StoredApplication extends Listed {
  candidateId: string;
  jobId: string;
  stageId: string;
  createdAt: number;
  updatedAt: number;
  sourceId: string | null;
  creditedToUserId: string | null;
  archiveReasonId: string | null;
  archivedAt: number | null;
  /** Oldest first; the last row is the stay in the present stage. */
  history: HistoryRow[];
}

export interface StoredNote extends Listed {
  candidateId: string;
  authorId: string;
  createdAt: number;
  isPrivate: boolean;
  format: 'text' | 'html';
  /** HTML is kept sanitised, plain text as it came. */
  content: string;
}

export interface StoredForm extends Listed {
  title: string;
  isDefault: boolean;
}

/** What Ashby calls an interview: a kind of meeting, with the form that belongs to it. */
export interface StoredInterview extends Listed {
  title: string;
  formId: string;
}

export interface StoredEvent {
  id: string;
  interviewId: string;
  start: number;
  end: number;
  interviewers: Array<{ userId: string; isFeedbackRequired: boolean }>;
  /** Users who have handed in their form. */
  feedbackBy: string[];
  createdAt: number;
  updatedAt: number;
  extraData: Record<string, string>;
}

export interface StoredSchedule extends Listed {
  applicationId: string;
  stageId: string;
  /** Only the key that made it may change it [doc]. */
  keyId: string;
  scheduledById: string;
  status: 'Scheduled' | 'Cancelled';
  createdAt: number;
  updatedAt: number;
  events: StoredEvent[];
}

export interface StoredWebhook {
  id: string;
  type: string;
  requestUrl: string;
  /** Null: added by hand without a secret, so deliveries are not signed. */
  secretToken: string | null;
  enabled: boolean;
}

export interface StoredKey {
  id: string;
  title: string;
  key: string;
  active: boolean;
  createdAt: number;
  ownerId: string;
  /** Such as `candidates:read`. */
  scopes: string[];
  confidentialJobs: boolean;
  privateFields: boolean;
  onBehalfOf: boolean;
}

/** A delivery that was under way, kept so that a restart sends it. */
export interface StoredDelivery {
  id: string;
  hookId: string;
  url: string;
  event: string;
  secret: string | null;
  body: string;
}

/** A finished delivery as the webhook page lists it. */
export interface StoredOutcome {
  id: string;
  hookId: string;
  url: string;
  event: string;
  attempts: Array<{ at: number; status: number }>;
  state: 'delivered' | 'given_up';
}

export interface Activity {
  candidateId: string;
  at: number;
  text: string;
}

export interface State {
  seed: number;
  /** Ids made so far; every new one follows from the seed and this. */
  counter: number;
  seq: number;
  revision: number;
  keys: StoredKey[];
  users: StoredUser[];
  tags: StoredTag[];
  sources: StoredSource[];
  archiveReasons: StoredArchiveReason[];
  roles: Array<{ id: string; title: string }>;
  plans: StoredPlan[];
  stages: StoredStage[];
  stageGroups: StoredStageGroup[];
  jobs: StoredJob[];
  candidates: StoredCandidate[];
  applications: StoredApplication[];
  notes: StoredNote[];
  feedbackForms: StoredForm[];
  /** The first is the organisation's default. */
  interviews: StoredInterview[];
  schedules: StoredSchedule[];
  webhooks: StoredWebhook[];
  activities: Activity[];
  pending: StoredDelivery[];
  outcomes: StoredOutcome[];
}
