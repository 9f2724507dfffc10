/** The tables of scheduling as Kysely sees them. */
import type { Generated } from 'kysely';
import type { InterviewState, Plan } from '#core/interview/model.ts';
import type { DaysOff, Hours } from '#core/people/conflicts.ts';
import type { DefaultInstant, DefaultJson, Instant, Json, MaybeInstant } from './columns.ts';

export interface PersonTable {
  id: string;
  name: string;
  email: string;
  title: Generated<string>;
  bio: Generated<string>;
  linked_in: Generated<string>;
  zone: string;
  hours: Json<Hours>;
  days_off: DefaultJson<DaysOff[]>;
  per_day: number | null;
  per_week: number | null;
  kind: Generated<'person' | 'room'>;
  preferred: Json<Hours> | null;
  buffer_before: Generated<number>;
  buffer_after: Generated<number>;
  tags: string[];
  active: Generated<boolean>;
  version: Generated<number>;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
}

export interface TemplateTable {
  id: string;
  name: string;
  parent_id: string | null;
  connection_id: string | null;
  job_id: string | null;
  stage_id: string | null;
  layer: Json<unknown>;
  version: Generated<number>;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
  removed_at: MaybeInstant;
}

export type Audience = 'candidate' | 'interviewers';

/**
 * A person decides what it means:
 * - `cancelled_in_ats`: somebody called it off there
 * - `candidate_gone`: the ATS no longer shows the candidate
 */
export type InterviewFlag = 'cancelled_in_ats' | 'candidate_gone';

export interface InterviewTable {
  id: string;
  revision: Generated<number>;
  state: InterviewState;
  connection_id: string;
  candidate_id: string;
  template_id: string | null;
  plan: Json<Plan>;
  starts_at: MaybeInstant;
  ends_at: MaybeInstant;
  reason: string | null;
  notify: Generated<Audience[]>;
  flag: InterviewFlag | null;
  /** Addresses that its invites came from, the newest last. */
  organizers: Generated<string[]>;
  look_at: MaybeInstant;
  link_wait_until: MaybeInstant;
  /** Until then nothing leaves the hub; null: it may. */
  send_at: MaybeInstant;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
}

export interface InterviewChangeTable {
  interview_id: string;
  revision: number;
  at: DefaultInstant;
  actor_id: string;
  actor_name: string;
  act: string;
  detail: DefaultJson<Record<string, unknown>>;
}

export interface BookingTable {
  interview_id: string;
  event_id: string;
  person_id: string;
  starts_at: Instant;
  ends_at: Instant;
}

export type RsvpStatus = 'accepted' | 'declined' | 'tentative' | 'needs_action';

export interface RsvpTable {
  uid: string;
  address: string;
  interview_id: string;
  status: RsvpStatus;
  sequence: number;
  stamp: Instant;
  comment: string | null;
  received_at: DefaultInstant;
}

/**
 * - `composed`: written down, not yet handed over (a crash sends the same bytes again)
 * - `kept`: no mail server is configured; it stays in the outbox
 * - `bounced`: refused for good
 */
export type MailState = 'composed' | 'kept' | 'sent' | 'bounced';

export interface MailTable {
  id: string;
  interview_id: string | null;
  effect_id: string | null;
  /** Which act of the effect it belongs to. */
  generation: number | null;
  connection_id: string | null;
  address: string;
  subject: string;
  message: Json<unknown>;
  state: MailState;
  error: string | null;
  created_at: DefaultInstant;
  settled_at: MaybeInstant;
}

export interface CalendarFeedTable {
  person_id: string;
  /** Whom the address was handed to, in lower case. */
  email: string;
  hash: Buffer;
  created_at: DefaultInstant;
  /** When a calendar last asked, to the minute; null: none did yet. */
  read_at: MaybeInstant;
}

export interface SchedulingSchema {
  /** One row: the company's layer of settings. */
  company: {
    only_row: Generated<boolean>;
    layer: Json<unknown>;
    version: Generated<number>;
    updated_at: DefaultInstant;
  };
  person: PersonTable;
  calendar_feed: CalendarFeedTable;
  busy_source: { person_id: string; connection_id: string };
  pool: {
    id: string;
    name: string;
    expression: string;
    version: Generated<number>;
    created_at: DefaultInstant;
    updated_at: DefaultInstant;
  };
  template: TemplateTable;
  interview: InterviewTable;
  interview_change: InterviewChangeTable;
  booking: BookingTable;
  /** What was last sent of a calendar entry. */
  invite: {
    uid: string;
    interview_id: string;
    sequence: number;
    fingerprint: string;
    /** Its times, and the sequence number that brought them. */
    times: string;
    times_sequence: number;
  };
  rsvp: RsvpTable;
  mail: MailTable;
  /** The hub's stable address of a live session that is made later. */
  join_link: {
    token: string;
    interview_id: string;
    thing: string;
    created_at: DefaultInstant;
  };
}
