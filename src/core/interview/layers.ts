/**
 * Settings in layers: company < base template < interview template < this interview. A deeper layer
 * says only what it changes. Durations in minutes, wall times `HH:MM`.
 */
import type {
  CodingChoice,
  Contact,
  Place,
  RoomChoice,
  Rules,
  SeatSource,
  Texts,
} from './model.ts';

export interface SeatTemplate {
  from: SeatSource;
  required: boolean;
  feedbackFormId: string | null;
  /** Of those, exactly these were chosen together with the time; left out: the first who are free. */
  chosen?: string[];
}

export interface EventTemplate {
  name: string;
  topic: string;
  /** What the candidate is told to prepare or bring; left out: nothing. */
  prepare?: string | undefined;
  minutes: number;
  location: string;
  internal: boolean;
  seats: SeatTemplate[];
  feedbackFormId: string | null;
  interviewerInvite: { title: string; body: string } | null;
  /** What its own rooms begin with; left out: what the interview uses at each platform. */
  coding?: RoomChoice[] | undefined;
}

export interface Layer {
  interviewName?: string;
  remote?: boolean;
  /** Of an onsite interview. */
  zone?: string;
  /** Of the company's places; null: at none of them. */
  placeId?: string | null;
  texts?: Partial<Texts>;
  events?: EventTemplate[];
  order?: Rules['order'];
  /** The same as one day at most; false: as many as the engine takes. */
  oneDay?: boolean;
  /** Events lie on at most so many days, 1 to 5. */
  maxDays?: number;
  gapMinutes?: number;
  maxGapMinutes?: number | null;
  lunch?: Rules['lunch'];
  bufferMinutes?: number;
  coding?: CodingChoice[];
  recruiter?: Contact | null;
  coordinator?: Contact | null;
  hiringManager?: Contact | null;
  /** How long texts wait for a link that is on its way. */
  linkWaitMinutes?: number;
  /** Live links are the hub's own addresses, which lead on to the platform's. */
  hubLinks?: boolean;
  /** A hold is confirmed by itself once everybody required has accepted. */
  confirmHolds?: boolean;
}

/** The company's own facts, beside its layer. */
export interface Company {
  name: string;
  website: string;
  phone: string;
  /** Where candidates read about working there. */
  careersLink: string;
  places: Place[];
  /** Sender and organizer of invites where no mail server says otherwise. */
  organizer: { name: string; address: string } | null;
  /** Seconds that *Send* waits in the web app, in which all of it can be taken back. */
  undoSeconds: number;
  /** On the candidate's page, links open so many minutes before an event; null: as soon as they are there. */
  linksOpenMinutes: number | null;
  layer: Layer;
}

export const defaultTexts: Texts = {
  candidateMail: {
    subject: 'Your interview with $Company.Name|us: $Interview.Start.DateTime',
    body: 'Hello $Candidate.FirstName|there,\n\nwe look forward to meeting you.\n\n$Interview.Itinerary\n\nTimes are told in the zone $Interview.TimeZone. Your page is always up to date: $Interview.Confirmation.Link\n\n$Coordinator.FullName|"The recruiting team"',
  },
  candidateInvite: {
    title: 'Interview with $Company.Name|us',
    body: '$Interview.Itinerary\n\nYour page, always up to date: $Interview.Confirmation.Link',
  },
  interviewerInvite: {
    title: '$Event.Name: $Candidate.FullName',
    body: 'Candidate: $Candidate.FullName\nJob: $Job.Name\nTopic: $Event.Topic\nFeedback: $Event.Feedback.Link\nProfile: $Candidate.ATS.Link\n\n$Interview.Itinerary',
  },
  itinerary:
    '$Event.Start.Time to $Event.End.Time: $Event.Name with $Event.Interviewers.FullNames|"the team"',
};

export const defaultLayer = {
  interviewName: 'Interview',
  remote: true,
  zone: 'UTC',
  placeId: null,
  texts: defaultTexts,
  events: [],
  order: 'fixed',
  oneDay: true,
  maxDays: 1,
  gapMinutes: 0,
  maxGapMinutes: null,
  lunch: null,
  bufferMinutes: 0,
  coding: [],
  recruiter: null,
  coordinator: null,
  hiringManager: null,
  linkWaitMinutes: 2,
  hubLinks: false,
  confirmHolds: false,
} satisfies Layer;

export type Settled = Required<Omit<Layer, 'texts'>> & { texts: Texts };

const said = <T extends object>(layer: T): T =>
  Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined)) as T;

const mostDays = 5;

/** Two ways to say how many days it may take; in one layer, the number counts. */
const days = ({ oneDay, maxDays }: Layer): Pick<Layer, 'oneDay' | 'maxDays'> => {
  const most = maxDays ?? (oneDay === undefined ? undefined : oneDay ? 1 : mostDays);
  return most === undefined ? {} : { maxDays: most, oneDay: most === 1 };
};

/** What of the settings a plan keeps. */
export const rulesOf = (settled: Settled): Rules => {
  const { order, gapMinutes, maxGapMinutes, lunch, maxDays, bufferMinutes } = settled;
  return { order, gapMinutes, maxGapMinutes, lunch, maxDays, bufferMinutes };
};

/** What holds when the layers are laid over each other, the company's first. */
export const settle = (layers: readonly Layer[]): Settled =>
  layers.reduce<Settled>(
    (below, layer) => ({
      ...below,
      ...said(layer),
      ...days(layer),
      texts: { ...below.texts, ...said(layer.texts ?? {}) },
    }),
    defaultLayer,
  );
