/** Names of the things that an interview makes outside; the ledger's readable keys. */

export const sessionThing = (
  interviewId: string,
  eventId: string | null,
  connectionId: string,
): string =>
  eventId === null
    ? `interview/${interviewId}/live-session/${connectionId}`
    : `interview/${interviewId}/event/${eventId}/live-session/${connectionId}`;

export const assessmentThing = (interviewId: string, connectionId: string): string =>
  `interview/${interviewId}/assessment/${connectionId}`;

/** The hub's page about a test, for its interviewers. */
export const testPage = (assessment: string): string => `${assessment}/page`;
export const isTestPage = (thing: string): boolean => thing.endsWith('/page');
export const testOfPage = (page: string): string => page.slice(0, -'/page'.length);

/** The candidate's page. It belongs to one address: whoever had another one knows another page. */
export const candidatePage = (interviewId: string, address: string): string =>
  `interview/${interviewId}/candidate/page/${address.toLowerCase()}`;
export const isCandidatePage = (thing: string): boolean =>
  /^interview\/[^/]+\/candidate\/page\//.test(thing);

export const atsThing = (interviewId: string): string => `interview/${interviewId}/ats-interview`;

export const interviewerInvite = (interviewId: string, eventId: string, personId: string): string =>
  `interview/${interviewId}/event/${eventId}/invite/${personId}`;

/** Days are counted, not named: an interview that moves to another day keeps its invite. */
export const candidateInvite = (interviewId: string, day: number): string =>
  `interview/${interviewId}/candidate/invite/${String(day)}`;

export const candidateMail = (interviewId: string): string =>
  `interview/${interviewId}/candidate/mail`;

export const interviewNote = (interviewId: string, about: 'hold' | 'links'): string =>
  `interview/${interviewId}/note/${about}`;

/** *New link*: the same thing again, under the next number. */
export const numbered = (thing: string, links: Readonly<Record<string, number>>): string => {
  const count = links[thing] ?? 0;
  return count === 0 ? thing : `${thing}/${String(count)}`;
};

/**
 * Calendar ids: for life, and not to be guessed from outside. No organizer can hand an entry over to
 * another (RFC 5546), so each has its own; `organizer` counts them from 0.
 */
export const eventUid = (interviewId: string, eventId: string, organizer: number): string =>
  `${interviewId}.${eventId}${numberOf(organizer)}@loopwright`;
export const dayUid = (interviewId: string, day: number, organizer: number): string =>
  `${interviewId}.day${String(day)}${numberOf(organizer)}@loopwright`;

const numberOf = (organizer: number): string => (organizer === 0 ? '' : `.${String(organizer)}`);

/** Who reads what this thing says; null: a system, not a person. */
export const audienceOf = (thing: string): 'candidate' | 'interviewers' | null => {
  if (/^interview\/[^/]+\/candidate\//.test(thing)) return 'candidate';
  return /^interview\/[^/]+\/event\/[^/]+\/invite\//.test(thing) ? 'interviewers' : null;
};
