/**
 * The one registry of variables: parser, checks, editor help and documentation come from it.
 * Spellings of GoodTime's articles are understood as aliases, so that templates paste over.
 */
import type { Contact } from '#core/interview/model.ts';
import { namedToCandidate, peopleOf, placeOf, roomNames } from '#core/interview/operations.ts';
import { candidateContexts, type Context, type EventFacts, type Facts } from './facts.ts';
import { platformVariables, type PlatformVariables } from './platform-variables.ts';
import { dateText, dateTimeText, durationText, timeText } from './times.ts';
import { linkValue, listValue, textValue, type Value, type Variable } from './value.ts';

const everywhere: readonly Context[] = [...candidateContexts, 'interviewer_invite', 'note'];
const inside: readonly Context[] = ['interviewer_invite', 'note'];
/** Texts that are about one event. */
const ofEvent: readonly Context[] = ['interviewer_invite', 'itinerary'];

/** Candidates read their own zone, everybody else the interview's. */
const zoneFor = (facts: Facts, context: Context): string =>
  candidateContexts.includes(context) ? facts.candidate.zone : facts.interview.zone;

interface Wish {
  describes: string;
  sample: string;
  aliases?: readonly string[];
  audience?: Variable['audience'];
  contexts?: readonly Context[];
}

const variable = (
  name: string,
  read: (facts: Facts, context: Context) => Value,
  wish: Wish,
): Variable => ({
  name,
  read,
  aliases: [],
  audience: 'everyone',
  contexts: wish.audience === 'internal' ? inside : everywhere,
  need: null,
  ...wish,
});

const text = (
  name: string,
  read: (facts: Facts, context: Context) => string,
  describes: string,
  sample: string,
  wish: Partial<Wish> = {},
): Variable =>
  variable(name, (facts, context) => textValue(read(facts, context)), {
    describes,
    sample,
    ...wish,
  });

const internal = { audience: 'internal' } as const;

/** The first word of a name, and what follows it. */
const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? '';
const lastName = (name: string): string => name.trim().split(/\s+/).slice(1).join(' ');

const candidate: readonly Variable[] = [
  text('Candidate.FirstName', ({ candidate: { name } }) => firstName(name), 'First name', 'Ada'),
  text('Candidate.LastName', ({ candidate: { name } }) => lastName(name), 'Last name', 'Lovelace'),
  text('Candidate.FullName', (facts) => facts.candidate.name, 'Whole name', 'Ada Lovelace', {
    aliases: ['Candidate.Name'],
  }),
  text('Candidate.PreferredName', (facts) => facts.candidate.preferredName, 'Preferred name', 'Ada'),
  text('Candidate.Email', (facts) => facts.candidate.email, 'E-mail address', 'ada@example.com'),
  text('Candidate.Phone', (facts) => facts.candidate.phone, 'Telephone number', '+44 20 7946 0000'),
  text('Candidate.TimeZone', (facts) => facts.candidate.zone, 'Time zone', 'Europe/London'),
  text('Candidate.Location', (facts) => facts.candidate.location, 'Where the candidate lives', 'London'),
  text('Candidate.Tags', (facts) => facts.candidate.tags.join(', '), 'Tags in the ATS', 'backend', internal),
  text('Candidate.LinkedIn', (facts) => facts.candidate.linkedIn, 'The profile at LinkedIn', 'https://linkedin.com/in/ada', internal),
  text('Candidate.Headline', (facts) => facts.candidate.headline, 'Headline in the ATS', 'Analyst at Engines Ltd', internal),
  text('Candidate.CurrentTitle', (facts) => facts.candidate.title, 'Present position', 'Analyst', internal),
  text('Candidate.CurrentCompany', (facts) => facts.candidate.company, 'Present employer', 'Engines Ltd', internal),
  text('Candidate.Source', (facts) => facts.candidate.source, 'Where the candidate came from', 'Referral', internal),
  text('Candidate.ATS.Link', (facts) => facts.candidate.atsLink, 'The profile in the ATS', 'https://hire.example/ada', internal),
]; // prettier-ignore

const job: readonly Variable[] = [
  text('Job.Name', (facts) => facts.job.name, 'Name of the job', 'Backend Engineer', {
    aliases: ['Job.ExternalName'],
  }),
  text('Job.Department', (facts) => facts.job.department, 'Department', 'Engineering'),
  text('Job.Location', (facts) => facts.job.location, 'Location of the job', 'Berlin'),
  text('Job.RequisitionId', (facts) => facts.job.requisition, 'Number of the opening', 'ENG-42'),
  text(
    'Job.Description.Link',
    (facts) => facts.job.url,
    'Where candidates read about the job',
    'https://jobs.example/backend',
  ),
  text(
    'Stage.Name',
    (facts) => facts.stage.name,
    'Stage in the ATS',
    'On-site interview',
    internal,
  ),
  text('Company.Name', (facts) => facts.company.name, 'Name of the company', 'Example Ltd'),
  text('Company.Website', (facts) => facts.company.website, 'Website', 'https://example.com'),
  text(
    'Company.CareersLink',
    (facts) => facts.company.careersLink,
    'Page about working there',
    'https://example.com/careers',
  ),
  text('Company.Phone', (facts) => facts.company.phone, 'Telephone number', '+44 20 7946 0001'),
];

const contact = (role: string, read: (facts: Facts) => Contact | null): readonly Variable[] => {
  const of = (part: (one: Contact) => string) => (facts: Facts) => {
    const one = read(facts);
    return one === null ? '' : part(one);
  };
  return [
    text(`${role}.FirstName`, of(({ name }) => firstName(name)), `First name of the ${role}`, 'Grace'),
    text(`${role}.LastName`, of(({ name }) => lastName(name)), `Last name of the ${role}`, 'Hopper'),
    text(`${role}.FullName`, of(({ name }) => name), `Name of the ${role}`, 'Grace Hopper', { aliases: [`${role}.Name`] }),
    text(`${role}.Title`, of(({ title }) => title), `Title of the ${role}`, 'Talent partner'),
    text(`${role}.Email`, of(({ email }) => email), `E-mail address of the ${role}`, 'grace@example.com'),
    text(`${role}.Signature`, of(({ signature = '' }) => signature), `Signature of the ${role}`, 'Grace Hopper, Example Ltd'),
    text(`${role}.Phone`, of(({ phone }) => phone), `Telephone number of the ${role}`, '+44 20 7946 0002'),
  ]; // prettier-ignore
};

const names = (events: readonly EventFacts[], context: Context): EventFacts['seats'] => {
  const seats = events.flatMap((event) => {
    return candidateContexts.includes(context) ? namedToCandidate(event) : peopleOf(event);
  });
  return [...new Map(seats.map((seat) => [seat.personId, seat])).values()];
};

const withTitle = ({ name, title }: { name: string; title: string }): string =>
  title === '' ? name : `${name} (${title})`;

const initials = (name: string): string => {
  const last = lastName(name);
  return last === '' ? firstName(name) : `${firstName(name)} ${last.charAt(0).toUpperCase()}.`;
};

const interviewers = (
  prefix: string,
  events: (facts: Facts) => readonly EventFacts[],
  wish: Partial<Wish>,
): readonly Variable[] => {
  const list = (
    name: string,
    part: (seat: EventFacts['seats'][number], start: number | undefined) => string,
    describes: string,
    sample: string,
    more: Partial<Wish> = {},
  ): Variable =>
    variable(
      `${prefix}.Interviewers.${name}`,
      (facts, context) => {
        const of = events(facts);
        const said = names(of, context).map((seat) => part(seat, of[0]?.start));
        return listValue(said.filter((one) => one !== ''));
      },
      { describes, sample, ...wish, ...more },
    );
  return [
    list('FirstNames', ({ name }) => firstName(name), 'First names of the interviewers', 'Alan, Edsger'),
    list('FirstNameLastInitials', ({ name }) => initials(name), 'First names with an initial', 'Alan T., Edsger D.'),
    list('FullNames', ({ name }) => name, 'Names of the interviewers', 'Alan Turing, Edsger Dijkstra'),
    list('NamesAndTitles', withTitle, 'Names with titles', 'Alan Turing (Staff engineer)'),
    list('LocalTimes', ({ name, zone }, at) => (at === undefined ? '' : `${name} ${timeText(at, zone)}`), 'Each interviewer’s name with the start on the own clock', 'Alan Turing 09:00 GMT', { audience: 'internal', contexts: inside }),
    list('Bios', ({ bio = '' }) => bio, 'What interviewers say of themselves', 'Alan works on engines.'),
    list('LinkedInLinks', ({ linkedIn = '' }) => linkedIn, 'Their profiles at LinkedIn', 'https://linkedin.com/in/alan'),
    list('Emails', ({ email }) => email, 'Addresses of the interviewers', 'alan@example.com', { audience: 'internal', contexts: inside }),
  ]; // prettier-ignore
};

/** Where an onsite interview takes place. */
const place: readonly Variable[] = (
  [
    ['Name', 'name', 'Name of the place', 'Berlin office'],
    ['Address', 'address', 'Its address', 'Unter den Linden 1, Berlin'],
    ['Instructions', 'instructions', 'How to get in', 'Ring at Example, 3rd floor'],
  ] as const
).map(([name, part, describes, sample]) =>
  text(`Location.${name}`, ({ interview: { place: at } }) => at?.[part] ?? '', describes, sample),
);

const placeOnMap = variable(
  'Location.MapLink',
  ({ interview: { place: at } }) =>
    linkValue(at?.mapLink ? { state: 'ready', url: at.mapLink } : null),
  { describes: 'Where it is on a map', sample: 'https://maps.example/berlin' },
);

const first = (facts: Facts): EventFacts | undefined => facts.interview.events[0];
const last = (facts: Facts): number =>
  Math.max(...facts.interview.events.map(({ end }) => end), Number.NEGATIVE_INFINITY);

/** A time of the interview; empty while it has no event. */
const when =
  (instant: (facts: Facts) => number | undefined, show: (at: number, zone: string) => string) =>
  (facts: Facts, context: Context): string => {
    const at = instant(facts);
    return at === undefined || !Number.isFinite(at) ? '' : show(at, zoneFor(facts, context));
  };

const start = (facts: Facts): number | undefined => first(facts)?.start;

const daysOf = (facts: Facts, context: Context): number =>
  new Set(facts.interview.events.map((one) => dateText(one.start, zoneFor(facts, context)))).size;

const interview: readonly Variable[] = [
  text('Interview.Name', (facts) => facts.interview.name, 'Name of the interview', 'Virtual onsite'),
  text('Interview.Start.Date', when(start, dateText), 'Day of the first event', 'Tue, 1 Dec 2026'),
  text('Interview.Start.Time', when(start, timeText), 'Start of the first event', '10:00 CET'),
  text('Interview.Start.DateTime', when(start, dateTimeText), 'Day and start', 'Tue, 1 Dec 2026, 10:00 CET'),
  text('Interview.End.Time', when(last, timeText), 'End of the last event', '12:30 CET'),
  text('Interview.End.DateTime', when(last, dateTimeText), 'Day and end', 'Tue, 1 Dec 2026, 12:30 CET'),
  text('Interview.Duration', (facts) => durationText(facts.interview.events.reduce((sum, { start, end }) => sum + end - start, 0)), 'Sum of the events', '2 h 30 min'),
  text('Interview.TimeZone', (facts, context) => zoneFor(facts, context), 'Zone of the times', 'Europe/Berlin'),
  text('Interview.Type', (facts) => (facts.interview.remote ? 'remote' : 'onsite'), 'Remote or onsite', 'onsite'),
  text('Interview.Days', (facts, context) => String(daysOf(facts, context)), 'On how many days', '1'),
  text('Interview.Status', (facts) => facts.interview.status, 'Hold or confirmed', 'confirmed', internal),
  text('Interview.Itinerary', (facts) => facts.interview.itinerary, 'All events, one row each', '10:00 CET System design', {
    contexts: ['candidate_mail', 'candidate_invite', 'interviewer_invite', 'note'],
  }),
  variable('Interview.Confirmation.Link', (facts) => linkValue(facts.interview.page), { describes: 'The candidate’s own page about the interview, always up to date', sample: 'https://hub.example/i/x1', audience: 'candidate', contexts: ['candidate_mail', 'candidate_invite'] }),
  text('Interview.Hub.Link', (facts) => facts.interview.hubLink, 'The interview in the hub', 'https://hub.example/interviews/iv_1', internal),
  text('Interview.Notes', (facts) => facts.interview.notes, 'Notes for the interviewers', 'Second round', internal),
  text('Interview.Change.Summary', (facts) => facts.interview.changeSummary, 'What changed last, and why', 'Moved by 30 min', {
    aliases: ['Interview.Reschedule.Reason', 'Interview.Cancel.Reason'],
    contexts: ['candidate_mail', 'candidate_invite', 'interviewer_invite', 'note'],
  }),
  ...interviewers('Interview', (facts) => facts.interview.events, {}),
]; // prettier-ignore

const ofThisEvent = { contexts: ofEvent };
const internalOfEvent = { audience: 'internal', contexts: ['interviewer_invite'] } as const;

const eventText =
  (read: (event: EventFacts, zone: string) => string) =>
  (facts: Facts, context: Context): string =>
    facts.event === null ? '' : read(facts.event, zoneFor(facts, context));

const event: readonly Variable[] = [
  text('Event.Name', eventText(({ name }) => name), 'Name of the event', 'System design', ofThisEvent),
  text('Event.Topic', eventText(({ topic }) => topic), 'What it is about', 'Scaling a queue', ofThisEvent),
  text('Event.Prepare', eventText(({ prepare = '' }) => prepare), 'What the candidate is told to prepare or bring', 'Bring a laptop', ofThisEvent),
  text('Event.Location', eventText(placeOf), 'Where it takes place', 'Room Ada', ofThisEvent),
  text('Event.Rooms.Names', eventText(({ seats, location }) => roomNames(seats) || location), 'The rooms booked for it, else where it takes place', 'Room Ada', ofThisEvent),
  text('Event.Start.Date', eventText(({ start }, zone) => dateText(start, zone)), 'Day', 'Tue, 1 Dec 2026', ofThisEvent),
  text('Event.Start.Time', eventText(({ start }, zone) => timeText(start, zone)), 'Start', '10:00 CET', ofThisEvent),
  text('Event.Start.DateTime', eventText(({ start }, zone) => dateTimeText(start, zone)), 'Day and start', 'Tue, 1 Dec 2026, 10:00 CET', ofThisEvent),
  text('Event.End.Date', eventText(({ end }, zone) => dateText(end, zone)), 'Day on which it ends', 'Tue, 1 Dec 2026', ofThisEvent),
  text('Event.End.Time', eventText(({ end }, zone) => timeText(end, zone)), 'End', '11:00 CET', ofThisEvent),
  text('Event.End.DateTime', eventText(({ end }, zone) => dateTimeText(end, zone)), 'Day and end', 'Tue, 1 Dec 2026, 11:00 CET', ofThisEvent),
  text('Event.Duration', eventText(({ start, end }) => durationText(end - start)), 'How long it takes', '1 h', ofThisEvent),
  text('Event.Index', (facts) => facts.event === null ? '' : String(facts.interview.events.findIndex(({ id }) => id === facts.event?.id) + 1), 'Its place in the interview', '2', ofThisEvent),
  text('Event.Count', (facts) => String(facts.interview.events.length), 'How many events there are', '4', ofThisEvent),
  variable('Event.Feedback.Link', ({ event: one }) => linkValue(one?.feedbackLink ?? null), { describes: 'The feedback form in the ATS', sample: 'https://hire.example/feedback', ...internalOfEvent }),
  text('Event.Feedback.FormName', eventText(({ feedbackFormName }) => feedbackFormName), 'Name of the feedback form', 'Technical interview', internalOfEvent),
  ...interviewers('Event', ({ event: one }) => (one === null ? [] : [one]), ofThisEvent),
]; // prettier-ignore

export interface Registry {
  /** In the order of the documentation. */
  all: readonly Variable[];
  /** By name or alias, in any case; also `Candidate.CustomFields.<Key>`. */
  find(name: string): Variable | undefined;
}

const customField = /^candidate\.customfields\.([a-z][a-z0-9]*)$/i;

const squeezed = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]/g, '');

/** A field by its title without blanks, in any case: `PreferredName` is "Preferred name". */
export const customFieldOf = (fields: Readonly<Record<string, string>>, key: string): string =>
  Object.entries(fields).find(([title]) => squeezed(title) === squeezed(key))?.[1] ?? '';

const fieldVariable = (key: string): Variable =>
  text(
    `Candidate.CustomFields.${key}`,
    ({ candidate: { customFields } }) => customFieldOf(customFields, key),
    'A custom field of the ATS',
    'she/her',
  ); // prettier-ignore

/** All variables of a hub to which these platforms are connected. */
export const createRegistry = (platforms: readonly PlatformVariables[]): Registry => {
  const all = [
    ...candidate,
    ...job,
    ...contact('Recruiter', (facts) => facts.recruiter),
    ...contact('Coordinator', (facts) => facts.coordinator),
    ...contact('HiringManager', (facts) => facts.hiringManager),
    ...contact('Sender', (facts) => facts.sender),
    ...place,
    placeOnMap,
    ...interview,
    ...event,
    ...platforms.flatMap(platformVariables),
  ];
  const byName = new Map(
    all.flatMap((one) => [one.name, ...one.aliases].map((name) => [name.toLowerCase(), one])),
  );
  return {
    all,
    find(name) {
      const key = customField.exec(name)?.[1];
      return key === undefined ? byName.get(name.toLowerCase()) : fieldVariable(key);
    },
  };
};
