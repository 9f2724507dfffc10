/**
 * What variables are looked up in. Filled by the job that renders; nothing here is ever parsed for
 * variables again, so a candidate named `$Candidate.Email` is printed as such.
 */
import type { Contact, FilledSeat, Place } from '#core/interview/model.ts';

/** Where a text stands, and so who reads it. */
export type Context =
  'candidate_mail' | 'candidate_invite' | 'interviewer_invite' | 'itinerary' | 'note';

export const candidateContexts: readonly Context[] = [
  'candidate_mail',
  'candidate_invite',
  'itinerary',
];

/** A link as far as it exists: `pending` ones are rendered as "link follows", never as a dead link. */
export type LinkFact = { state: 'ready'; url: string } | { state: 'pending' };

export interface EventFacts {
  id: string;
  name: string;
  topic: string;
  prepare?: string | undefined;
  start: number;
  end: number;
  location: string;
  /** Seats in template order; optional ones included. */
  seats: readonly FilledSeat[];
  /** By platform (`CodeSignal`): this event's own live session. */
  live: Readonly<Record<string, LinkFact>>;
  /** For its interviewers only. */
  feedbackLink: LinkFact | null;
  feedbackFormName: string;
}

export interface Facts {
  candidate: {
    name: string;
    preferredName: string;
    email: string;
    phone: string;
    /** IANA name; what the candidate reads is told in it. */
    zone: string;
    location: string;
    tags: readonly string[];
    atsLink: string;
    linkedIn: string;
    headline: string;
    title: string;
    company: string;
    source: string;
    customFields: Readonly<Record<string, string>>;
  };
  job: {
    name: string;
    department: string;
    location: string;
    requisition: string;
    url: string;
  };
  stage: { name: string };
  company: { name: string; website: string; phone: string; careersLink: string };
  /** Whom mails and invites come from. */
  sender: Contact | null;
  recruiter: Contact | null;
  coordinator: Contact | null;
  hiringManager: Contact | null;
  interview: {
    name: string;
    /** The zone of the interviewers' shared texts. */
    zone: string;
    status: string;
    remote: boolean;
    place: Place | null;
    events: readonly EventFacts[];
    hubLink: string;
    /** The candidate's own page. */
    page: LinkFact;
    notes: string;
    changeSummary: string;
    /** By platform: the one session of the interview. */
    live: Readonly<Record<string, LinkFact>>;
    /** By platform: what was chosen, a templated room (same for both) or a test. */
    template: Readonly<Record<string, { candidate: LinkFact; interviewer: LinkFact }>>;
    /** The itinerary, rendered already for the audience that reads it. */
    itinerary: string;
  };
  /** The event that an interviewers' invite or an itinerary row is about. */
  event: EventFacts | null;
}
