/** The part of the connector contract that scheduling needs; re-exported by `contract.ts`. */
import type { Choice } from '#core/model.ts';

// ---- Interviews in the ATS

/** One meeting as the ATS is to show it. Instants in milliseconds since the epoch. */
export interface AtsEvent {
  /** The hub's id of the event. */
  key: string;
  /** The ATS's id of it; null while the ATS does not know it. */
  remoteId: string | null;
  title: string;
  start: number;
  end: number;
  location: string;
  /** For the interviewers: links and the like; shown where `showsNotes`. */
  note: string;
  /** Null: the ATS's own default, or none. */
  feedbackFormId: string | null;
  /** At least one. `userId` is the ATS's own id of the person, `email` the address it knows. */
  interviewers: Array<{ userId: string; email: string; feedbackFormId: string | null }>;
}

/** The whole interview of one candidacy. What is left out of `events` is removed in the ATS. */
export interface AtsInterviewRequest {
  /** The candidacy. */
  remoteId: string;
  ref: string;
  /** The hub's page of the interview; the ATS links there where it can. */
  url: string;
  /** IANA name. */
  timeZone: string;
  note: string | null;
  events: AtsEvent[];
}

export interface AtsInterview {
  id: string;
  /** `cancelled`: still readable, but called off in the ATS. */
  state: 'scheduled' | 'cancelled';
  events: Array<{
    /** The hub's id, as far as it can be told. */
    key: string | null;
    remoteId: string;
    start: number;
    /** Where its interviewers leave feedback; internal, never for the candidate. */
    feedbackUrl: string | null;
  }>;
}

/** Interviews pushed to the ATS. Every change keeps the ids, and with them the feedback links. */
export interface AtsInterviews {
  /** Whether a note stands beside each event; else the hub tells links in a note on the profile. */
  showsNotes: boolean;
  feedbackForms(): Promise<Choice[]>;
  create(request: AtsInterviewRequest): Promise<AtsInterview>;
  /**
   * `rejected`, and surely not done, when the ATS no longer has it or will not let it be changed;
   * never `not_found`, which stands for an address that leads nowhere. `read` tells which it was.
   */
  update(id: string, request: AtsInterviewRequest): Promise<AtsInterview>;
  /**
   * What a create with this `ref` or `url` left behind, if anything; also after a crash. The plan may
   * have changed since, so events are told by what is most like them.
   */
  find(request: AtsInterviewRequest): Promise<AtsInterview | null>;
  /** Null when somebody deleted it in the ATS. */
  read(remoteId: string, id: string): Promise<AtsInterview | null>;
  remove(remoteId: string, id: string): Promise<'removed' | 'gone'>;
}

// ---- Mail

/** An address that was validated: no control characters, no quoted local part, at most 254 characters. */
export interface MailAddress {
  name: string;
  address: string;
}

/** One message to one person, complete to the byte: sending it again is the same message. */
export interface MailMessage {
  /** Stable over every repetition, with its angle brackets. */
  messageId: string;
  from: MailAddress;
  to: MailAddress;
  replyTo: MailAddress | null;
  subject: string;
  text: string;
  html: string;
  /** Milliseconds since the epoch; fixed when the message was written. */
  date: number;
  /** An invite or its cancellation, iMIP. */
  calendar: { method: 'REQUEST' | 'CANCEL'; content: string } | null;
  headers: Record<string, string>;
}

export interface Mail {
  /**
   * Hands the message to the server. `rejected`: refused for good (5xx; the address bounces);
   * `unreachable`: to be tried again (4xx, no connection).
   */
  send(message: MailMessage): Promise<{ accepted: string }>;
}

// ---- Busy times

export interface BusyInterval {
  /** Milliseconds since the epoch; `end` is exclusive. */
  start: number;
  end: number;
  /** A tentative entry: may be booked over with a warning. */
  soft: boolean;
}

export interface BusySource {
  /**
   * What is taken between two instants; `zone` is the person's, for floating and all-day entries.
   * Throws where it cannot be read: that is *unknown*, never *free*.
   */
  freeBusy(request: { start: number; end: number; zone: string }): Promise<BusyInterval[]>;
}
