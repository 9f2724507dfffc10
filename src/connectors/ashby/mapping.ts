/** Ashby's answers in the hub's words. Loose: null and absent are alike, extra keys are ignored. */
import { z } from 'zod';
import type {
  Candidate,
  Choice,
  Job,
  Note,
  NoteSpan,
  Stage,
  StageEntry,
  User,
} from '#core/model.ts';

const customFieldSchema = z.object({
  title: z.string().nullish(),
  value: z.unknown(),
  /** What is chosen from a list, in words. */
  valueLabel: z
    .union([z.string(), z.array(z.string())])
    .nullish()
    .catch(null),
  isPrivate: z.boolean().nullish(),
});

const contactSchema = z.object({ value: z.string().nullish(), isPrimary: z.boolean().nullish() });

export const candidateSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  primaryEmailAddress: contactSchema.nullish(),
  emailAddresses: z.array(contactSchema).nullish(),
  tags: z.array(z.object({ id: z.string() })).nullish(),
  applicationIds: z.array(z.string()).nullish(),
  profileUrl: z.string().nullish(),
  primaryPhoneNumber: contactSchema.nullish(),
  phoneNumbers: z.array(contactSchema).nullish(),
  location: z.object({ locationSummary: z.string().nullish() }).nullish(),
  customFields: z.array(customFieldSchema).nullish(),
  socialLinks: z
    .array(z.object({ type: z.string().nullish(), url: z.string().nullish() }))
    .nullish(),
  position: z.string().nullish(),
  company: z.string().nullish(),
  source: z.object({ title: z.string().nullish() }).nullish(),
});
export type AshbyCandidate = z.output<typeof candidateSchema>;

export const applicationSchema = z.object({
  id: z.string(),
  createdAt: z.string().nullish(),
  status: z.string().nullish(),
  candidate: z.object({
    id: z.string(),
    name: z.string().nullish(),
    primaryEmailAddress: contactSchema.nullish(),
  }),
  // Writes answer with the id alone, or with id and title [rec].
  currentInterviewStage: z.object({ id: z.string() }).nullish(),
  job: z.object({ id: z.string() }).nullish(),
  applicationHistory: z
    .array(
      z.object({
        stageId: z.string().nullish(),
        enteredStageAt: z.string().nullish(),
        leftStageAt: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type AshbyApplication = z.output<typeof applicationSchema>;

export const planSchema = z.object({
  id: z.string(),
  title: z.string().nullish(),
  isArchived: z.boolean().nullish(),
});

export const stageSchema = z.object({
  id: z.string(),
  title: z.string().nullish(),
  /** A free text in the contract; seen or documented: Lead, Active, Offer, Hired, Archived. */
  type: z.string().nullish(),
});

export const tagSchema = z.object({
  id: z.string(),
  title: z.string().nullish(),
  isArchived: z.boolean().nullish(),
});

export const jobSchema = z.object({
  id: z.string(),
  title: z.string().nullish(),
  status: z.string().nullish(),
  hiringTeam: z.array(z.object({ email: z.string().nullish() })).nullish(),
  interviewPlanIds: z.array(z.string()).nullish(),
  customRequisitionId: z.string().nullish(),
  departmentId: z.string().nullish(),
  locationId: z.string().nullish(),
});

/** A department or a location. */
export const namedSchema = z.object({ id: z.string(), name: z.string().nullish() });

/** Names by id. */
export type Names = ReadonlyMap<string, string>;

export const namesOf = (list: ReadonlyArray<z.output<typeof namedSchema>>): Names =>
  new Map(list.flatMap(({ id, name }) => (name ? [[id, name]] : [])));

export const userSchema = z.object({
  id: z.string(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
});

export const noteSchema = z.object({ id: z.string(), content: z.string().nullish() });

export const toStage = (
  stage: z.output<typeof stageSchema>,
  plan: z.output<typeof planSchema>,
): Stage => ({
  id: stage.id,
  name: stage.title ?? stage.id,
  group: { id: plan.id, name: plan.title ?? plan.id },
});

export const toTag = (tag: z.output<typeof tagSchema>): Choice => ({
  id: tag.id,
  name: tag.title ?? tag.id,
});

export const toJob = (
  job: z.output<typeof jobSchema>,
  departments: Names,
  locations: Names,
): Job => ({
  id: job.id,
  name: job.title ?? job.id,
  open: job.status === 'Open',
  team: [
    ...new Set((job.hiringTeam ?? []).flatMap(({ email }) => (email ? [email.toLowerCase()] : []))),
  ],
  plans: job.interviewPlanIds ?? [],
  ...known({
    department: departments.get(job.departmentId ?? ''),
    location: locations.get(job.locationId ?? ''),
    requisition: job.customRequisitionId,
  }),
});

export const toUser = (user: z.output<typeof userSchema>): User => ({
  id: user.id,
  name: [user.firstName, user.lastName].filter(Boolean).join(' ') || (user.email ?? user.id),
  email: user.email ?? '',
  active: user.isEnabled !== false,
});

/** An application with the person behind it; tags and the profile's address are the person's. */
export const toCandidate = (
  application: AshbyApplication,
  person: AshbyCandidate,
  webBase: string,
): Candidate => ({
  remoteId: application.id,
  personId: application.candidate.id,
  name: person.name ?? application.candidate.name ?? '',
  email: emailOf(person) ?? (application.candidate.primaryEmailAddress?.value || null),
  stageId: application.currentInterviewStage?.id ?? '',
  tags: (person.tags ?? []).map((tag) => tag.id),
  jobId: application.job?.id ?? null,
  archived: application.status === 'Archived' || application.status === 'Hired',
  entries: entriesOf(application),
  url: profileUrl(person, webBase),
  profile: {
    phone: valueOf(person.primaryPhoneNumber, person.phoneNumbers) ?? '',
    location: person.location?.locationSummary ?? '',
    customFields: fieldsOf(person.customFields ?? []),
    ...known({
      title: person.position,
      company: person.company,
      source: person.source?.title,
      linkedIn: person.socialLinks?.find(
        ({ type, url }) => type === 'LinkedIn' && /^https?:/.test(url ?? ''),
      )?.url,
    }),
  },
});

/** Without what Ashby leaves open. */
const known = (profile: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(profile).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()]] : [])),
  );

/** Ranges and amounts are left out: no sentence needs them. Private ones are for few eyes [doc]. */
const fieldsOf = (
  fields: ReadonlyArray<z.output<typeof customFieldSchema>>,
): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ title, value, valueLabel, isPrivate }) => {
      const shown = [valueLabel ?? value]
        .flat()
        .filter((one) => ['string', 'number'].includes(typeof one));
      return title && !isPrivate && shown.length > 0 ? [[title, shown.join(', ')]] : [];
    }),
  );

const emailOf = (person: AshbyCandidate): string | null =>
  valueOf(person.primaryEmailAddress, person.emailAddresses);

type Contact = z.output<typeof contactSchema> | null | undefined;

/** The primary one, else whichever there is. */
const valueOf = (primary: Contact, all: Contact[] | null | undefined): string | null => {
  const ordered = [primary, all?.find((entry) => entry?.isPrimary), ...(all ?? [])];
  return ordered.find((entry) => entry?.value)?.value ?? null;
};

const profileUrl = (person: AshbyCandidate, webBase: string): string =>
  person.profileUrl && /^https?:\/\//i.test(person.profileUrl)
    ? person.profileUrl
    : // The form that real answers have; `new` is literal [rec].
      `${webBase}/candidate-searches/new/right-side/candidates/${encodeURIComponent(person.id)}`;

/**
 * Arrivals by time, the present stage last. The order of Ashby's history is not documented. Where
 * it lacks the present stage, the moment is taken from what cannot change by itself (never
 * `updatedAt`), so that an edit of the candidate does not look like another arrival.
 */
const entriesOf = (application: AshbyApplication): StageEntry[] => {
  const rows = (application.applicationHistory ?? []).flatMap((row) => {
    const enteredAt = Date.parse(row.enteredStageAt ?? '');
    const leftAt = Date.parse(row.leftStageAt ?? '');
    return row.stageId && !Number.isNaN(enteredAt)
      ? [{ stageId: row.stageId, enteredAt, leftAt: Number.isNaN(leftAt) ? Infinity : leftAt }]
      : [];
  });
  rows.sort((a, b) => a.enteredAt - b.enteredAt || Math.sign(a.leftAt - b.leftAt) || 0);
  const entries = rows.map(({ stageId, enteredAt }) => ({ stageId, enteredAt }));
  const present = application.currentInterviewStage?.id;
  const last = rows.at(-1);
  if (present && last?.stageId !== present) {
    const created = Date.parse(application.createdAt ?? '');
    const fallback = Number.isNaN(created) ? 0 : created;
    const enteredAt = last ? (last.leftAt === Infinity ? last.enteredAt : last.leftAt) : fallback;
    entries.push({ stageId: present, enteredAt });
  }
  return entries;
};

// ---------------------------------------------------------------------------------------------
// Notes

const marker = (ref: string): string => `[ref:${ref}]`;

/**
 * A note as Ashby's HTML. Only b, i, u, a, ul, ol, li, code and pre survive there [doc]; paragraphs
 * and line breaks do not, so several lines become a list.
 */
export const toHtml = (note: Note, ref: string): string => {
  const lines = note.map((line) => line.map(spanHtml).join(''));
  const last = lines.pop();
  lines.push(last ? `${last} ${escapeHtml(marker(ref))}` : escapeHtml(marker(ref)));
  return lines.length === 1
    ? lines.join('')
    : `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`;
};

const spanHtml = (span: NoteSpan): string => {
  if (typeof span === 'string') return escapeHtml(span);
  return /^https?:\/\//i.test(span.href)
    ? `<a href="${escapeHtml(span.href)}">${escapeHtml(span.text)}</a>`
    : escapeHtml(span.text);
};

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

export const carries = (note: z.output<typeof noteSchema>, ref: string): boolean =>
  note.content?.includes(marker(ref)) === true;

// ---------------------------------------------------------------------------------------------
// Cursors, as JSON

/** Where a reading of a stage stands: the applications' status, and Ashby's own cursor. */
const placeSchema = z.object({ status: z.string(), page: z.string() });
export type Place = z.output<typeof placeSchema>;

export const readPlace = (cursor: string | null): Place | null =>
  placeSchema.safeParse(fromText(cursor)).data ?? null;

/**
 * Where the sweep stands: a sync token for applications and one for people (a tag that is added
 * fires no webhook and changes no application), and a place inside the one that is being read.
 */
const sweepSchema = z.object({
  applications: z.string().nullable(),
  people: z.string().nullable(),
  reading: z.enum(['applications', 'people']),
  page: z.string().nullable(),
  /** The first round: it only fetches the tokens, which stand on the last pages alone. */
  first: z.boolean(),
});
export type Sweep = z.output<typeof sweepSchema>;

const fullScan: Sweep = {
  applications: null,
  people: null,
  reading: 'applications',
  page: null,
  first: false,
};

/** Null begins; what cannot be read is taken for lost, so that nothing is missed. */
export const readSweep = (cursor: string | null): Sweep =>
  cursor === null
    ? { ...fullScan, first: true }
    : (sweepSchema.safeParse(fromText(cursor)).data ?? fullScan);

const fromText = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? 'null') as unknown;
  } catch {
    return null;
  }
};
