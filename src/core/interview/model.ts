/**
 * What a coordinator wants: an interview with its events, seats and texts, as one document. Whatever
 * stands in calendars, mailboxes, the ATS and at coding platforms follows from it (`want.ts`).
 * Instants are milliseconds since the epoch, durations minutes, zones IANA names.
 */

/**
 * - `draft`: nothing of it exists outside
 * - `hold`: the interviewers are asked, the candidate knows nothing
 * - `confirmed`: everybody knows
 * - `cancelled`, `completed`: over
 */
export type InterviewState = 'draft' | 'hold' | 'confirmed' | 'cancelled' | 'completed';

/** Whether somebody expects it to take place. */
export const stands = (state: InterviewState | undefined): boolean =>
  state === 'hold' || state === 'confirmed';

/** What the four audiences read. Each holds variables; null: none is sent to this audience. */
export interface Texts {
  candidateMail: { subject: string; body: string } | null;
  candidateInvite: { title: string; body: string } | null;
  interviewerInvite: { title: string; body: string };
  /** One row per event. */
  itinerary: string;
}

/** Who may sit in a seat: named people in order of preference, or `count` of a pool. */
export type SeatSource =
  { kind: 'people'; personIds: string[] } | { kind: 'pool'; poolId: string; count: number };

/** Somebody, or a room, in a seat. Facts are copied, so that a plan reads the same later. */
export interface Occupant {
  /** Left out: a person. A room is booked, but is no interviewer. */
  kind?: 'person' | 'room';
  personId: string;
  name: string;
  /** Empty: a room that gets no invites. */
  email: string;
  title: string;
  zone: string;
  /** What texts say of a person; left out: nothing is known. */
  bio?: string;
  linkedIn?: string;
  /** The ATS's id of the person; null: has no account there. */
  atsUserId: string | null;
}

export interface FilledSeat extends Occupant {
  /** Optional people never block, and are not named to the candidate unless they are alone. */
  required: boolean;
  /** Null: the event's form. */
  feedbackFormId: string | null;
  /** Why this person sits here, in plain words: "first of 3 free in the pool Backend". */
  why: string;
  /** Who else could sit here; left out: nobody knows, as in plans made before this was kept. */
  from?: SeatSource;
}

export interface PlannedEvent {
  /** Unique in its interview, kept for life: `e1`, `e2`… */
  id: string;
  name: string;
  topic: string;
  /** What the candidate is told to prepare or bring; left out: nothing. */
  prepare?: string | undefined;
  start: number;
  end: number;
  location: string;
  seats: FilledSeat[];
  feedbackFormId: string | null;
  /** Replaces the interview's text for this event's interviewers; null: the interview's. */
  interviewerInvite: { title: string; body: string } | null;
  /** Without the candidate: a debrief, a roundup. */
  internal: boolean;
  /** What rooms of its own begin with, where that is not what the interview uses at the platform. */
  coding?: CodingChoice[] | undefined;
}

/** What a coding platform is asked for when a variable of it appears. */
export interface CodingChoice {
  /** The connection of the platform. */
  connectionId: string;
  /** The vendor's name in variables: `CodeSignal`. */
  platform: string;
  /** `template`: a room launched with it. `test`: an assessment. Null: a plain room. */
  kind: 'template' | 'test' | null;
  id: string | null;
  name: string | null;
}

/** Of an event, which has rooms and no tests. */
export interface RoomChoice extends CodingChoice {
  kind: 'template' | null;
}

/** An office of the company, as invites tell the way to it. */
export interface Place {
  id: string;
  name: string;
  address: string;
  mapLink: string;
  instructions: string;
}

export interface Contact {
  name: string;
  email: string;
  title: string;
  phone: string;
  /** Below a mail; left out: none. */
  signature?: string | undefined;
}

/** How the events may lie: what a search for other times keeps to. Minutes; wall times of the zone. */
export interface Rules {
  order: 'fixed' | 'any';
  /** Between two events of a day; `maxGapMinutes` null: any. */
  gapMinutes: number;
  maxGapMinutes: number | null;
  /** On every day with events, so many minutes between these times are free of them. */
  lunch: { from: string; to: string; minutes: number } | null;
  maxDays: number;
  /** Kept free around an event in everybody's calendar, at least. */
  bufferMinutes: number;
}

export interface Plan {
  name: string;
  /** Where an onsite interview happens, and what interviewers' times are shown in. */
  zone: string;
  candidateZone: string;
  remote: boolean;
  events: PlannedEvent[];
  texts: Texts;
  /** Connected platforms that variables may name; the first of a vendor counts. */
  coding: CodingChoice[];
  recruiter: Contact | null;
  coordinator: Contact | null;
  hiringManager: Contact | null;
  /** The number of the newest event that there ever was: names are not used again. */
  lastEvent: number;
  /** Left out in plans made before it was kept: what company and template say now. */
  rules?: Rules;
  /** How long texts wait for a link that is on its way; left out: as long as the company says now. */
  linkWaitMinutes?: number;
  /** Texts have the hub's own addresses of sessions, also where the platform's would live long enough. */
  hubLinks?: boolean;
  /** A hold is confirmed by itself once everybody required has accepted. */
  confirmHolds?: boolean;
  /** Which link of a thing is meant; *New link* counts up. Keys are things without the number. */
  links: Record<string, number>;
  /** Where an onsite interview takes place, as the company tells it; left out: nowhere of these. */
  place?: Place;
  /** For the interviewers and the ATS. */
  note: string;
}
