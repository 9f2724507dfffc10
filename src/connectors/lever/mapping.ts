/**
 * Lever's answers in the hub's words. An opportunity is a candidacy, a contact the person behind
 * it, a posting a job. Loose: null and absent are alike, unknown keys are ignored.
 */
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

const strings = z.array(z.string().nullish()).nullish();

/** A reference is an id, or the object itself where it was expanded. */
const reference = z
  .union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
  .nullish();

export const opportunitySchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  contact: reference,
  stage: reference,
  headline: z.string().nullish(),
  links: strings,
  sources: strings,
  location: z.string().nullish(),
  phones: z.array(z.object({ value: z.string().nullish() })).nullish(),
  emails: strings,
  tags: strings,
  archived: z.object({ reason: z.string().nullish(), archivedAt: z.number().nullish() }).nullish(),
  stageChanges: z
    .array(z.object({ toStageId: z.string().nullish(), updatedAt: z.number().nullish() }))
    .nullish(),
  applications: z
    .array(
      z.union([
        z.string(),
        z.object({
          posting: reference,
          archived: z.unknown().optional(),
        }),
      ]),
    )
    .nullish(),
  createdAt: z.number().nullish(),
  urls: z.object({ show: z.string().nullish() }).nullish(),
});
export type Opportunity = z.output<typeof opportunitySchema>;

export const linksSchema = z.object({ links: strings });

/** Ids of built-in stages are words such as `lead-new`, not UUIDs [live]. */
export const stageSchema = z.object({ id: z.string(), text: z.string().nullish() });

/** Tags have no id: their text is all there is [live]. */
export const tagSchema = z.object({ text: z.string() });

const member = z.union([z.string(), z.object({ email: z.string().nullish() })]).nullish();

export const postingSchema = z.object({
  id: z.string(),
  text: z.string().nullish(),
  state: z.string().nullish(),
  categories: z
    .object({ department: z.string().nullish(), location: z.string().nullish() })
    .nullish(),
  owner: member,
  hiringManager: member,
  followers: z.array(member).nullish(),
  reqCode: z.string().nullish(),
  urls: z.object({ show: z.string().nullish() }).nullish(),
});

export const userSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  deactivatedAt: z.number().nullish(),
});

export const noteSchema = z.object({
  id: z.string(),
  fields: z
    .array(
      z.object({
        value: z.string().nullish(),
        createdAt: z.number().nullish(),
      }),
    )
    .nullish(),
  deletedAt: z.number().nullish(),
});
export type LeverNote = z.output<typeof noteSchema>;

/** Documented with `noteId` alone, recorded as a whole note with `noteId` beside `id` [live]. */
export const noteIdSchema = z
  .union([
    z.object({ noteId: z.string() }).transform(({ noteId }) => noteId),
    z.object({ id: z.string() }).transform(({ id }) => id),
  ])
  .transform((id) => ({ id }));

export const toStage = (stage: z.output<typeof stageSchema>): Stage => ({
  id: stage.id,
  name: stage.text ?? stage.id,
  group: null,
});

export const toTag = (tag: z.output<typeof tagSchema>): Choice => ({
  id: tag.text,
  name: tag.text,
});

/** `internal` is what Lever's pages call unlisted: open, but not on the public job site [doc]. */
export const toJob = (posting: z.output<typeof postingSchema>): Job => ({
  id: posting.id,
  name: posting.text ?? posting.id,
  open: posting.state === 'published' || posting.state === 'internal',
  team: [
    ...new Set(
      [posting.owner, posting.hiringManager, ...(posting.followers ?? [])].flatMap((one) =>
        typeof one === 'object' && one?.email ? [one.email.toLowerCase()] : [],
      ),
    ),
  ],
  // Stages serve every posting.
  plans: [],
  department: posting.categories?.department ?? '',
  location: posting.categories?.location ?? '',
  ...known({ requisition: posting.reqCode, url: posting.urls?.show }),
});

export const toUser = (user: z.output<typeof userSchema>): User => ({
  id: user.id,
  name: user.name ?? user.email ?? user.id,
  email: user.email ?? '',
  active: isActive(user),
});

export const isActive = (user: z.output<typeof userSchema>): boolean =>
  (user.deactivatedAt ?? null) === null;

export const toCandidate = (opportunity: Opportunity, webBase: string): Candidate => ({
  remoteId: opportunity.id,
  personId: opportunity.contact ?? '',
  name: opportunity.name ?? '',
  email: textsIn(opportunity.emails)[0]?.trim() ?? null,
  stageId: opportunity.stage ?? '',
  tags: textsIn(opportunity.tags),
  jobId: jobOf(opportunity),
  archived: [opportunity.archived?.archivedAt, opportunity.archived?.reason].some(
    (mark) => (mark ?? null) !== null,
  ),
  entries: entriesOf(opportunity),
  url: urlOf(opportunity, webBase),
  profile: {
    phone: opportunity.phones?.find(({ value }) => value?.trim())?.value ?? '',
    location: opportunity.location ?? '',
    ...known({
      headline: opportunity.headline,
      linkedIn: textsIn(opportunity.links).find(isLinkedIn),
      source: textsIn(opportunity.sources).join(', '),
    }),
  },
});

/** Without what Lever leaves open. */
const known = (profile: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(profile).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()]] : [])),
  );

/** Links are plain addresses; what they lead to is seen by their host alone. */
const isLinkedIn = (link: string): boolean =>
  /^https?:/.test(link) && /(^|\.)linkedin\.com$/.test(URL.parse(link)?.hostname ?? '');

const textsIn = (list: z.output<typeof strings>): string[] =>
  (list ?? []).flatMap((text) => (text?.trim() ? [text] : []));

/** At most one application was ever seen [live]; were there more, the living one counts. */
const jobOf = (opportunity: Opportunity): string | null => {
  const applications = (opportunity.applications ?? []).filter((one) => typeof one === 'object');
  const living = applications.find((one) => (one.archived ?? null) === null);
  return (living ?? applications[0])?.posting ?? null;
};

const urlOf = (opportunity: Opportunity, webBase: string): string => {
  const shown = opportunity.urls?.show;
  return shown && /^https?:\/\//i.test(shown)
    ? shown
    : `${webBase}/candidates/${encodeURIComponent(opportunity.id)}`;
};

/**
 * Arrivals by time, the present stage last. A history that lacks the present stage (somebody was
 * created in it) is completed from `createdAt`, which never changes: `updatedAt` is often null and
 * moves with every edit, and an edit must not look like another arrival.
 */
const entriesOf = (opportunity: Opportunity): StageEntry[] => {
  const entries = (opportunity.stageChanges ?? []).flatMap(({ toStageId, updatedAt }) =>
    toStageId && typeof updatedAt === 'number'
      ? [{ stageId: toStageId, enteredAt: updatedAt }]
      : [],
  );
  entries.sort((a, b) => a.enteredAt - b.enteredAt);
  const last = entries.at(-1);
  const present = opportunity.stage;
  if (present && last?.stageId !== present) {
    entries.push({
      stageId: present,
      enteredAt: Math.max(opportunity.createdAt ?? 0, last?.enteredAt ?? 0),
    });
  }
  return entries;
};

// ---------------------------------------------------------------------------------------------
// Notes

const marker = (ref: string): string => `[ref:${ref}]`;

/** A note as plain text: Lever promises line ends and nothing else [doc]. */
export const toText = (note: Note, ref: string): string => {
  const lines = note.map((line) => line.map(spanText).join(''));
  const last = lines.pop();
  return [...lines, last ? `${last} ${marker(ref)}` : marker(ref)].join('\n');
};

const spanText = (span: NoteSpan): string => {
  if (typeof span === 'string') return withoutMentions(span);
  return span.text === '' || span.text === span.href
    ? span.href
    : `${withoutMentions(span.text)}: ${span.href}`;
};

/** `@name` in a note notifies that Lever user [doc]; a candidate's own words must not do so. */
const withoutMentions = (text: string): string => text.replace(/(^|\s)@(?=\w)/g, '$1@\u200b');

/** Deleted notes keep coming back with `deletedAt` [live]. */
export const carries = (note: LeverNote, ref: string): boolean =>
  !note.deletedAt && (note.fields ?? []).some((field) => field.value?.includes(marker(ref)));

/**
 * The comments of a note with ours replaced. An update replaces them all [doc], so what others have
 * commented on it is sent along.
 */
export const withReplaced = (
  note: LeverNote,
  ref: string,
  value: string,
): Array<{ value: string; createdAt?: number }> => {
  const fields = note.fields ?? [];
  const ours = Math.max(
    0,
    fields.findIndex((field) => field.value?.includes(marker(ref))),
  );
  const kept = fields.map((field, index) => ({
    value: index === ours ? value : (field.value ?? ''),
    ...(typeof field.createdAt === 'number' ? { createdAt: field.createdAt } : {}),
  }));
  return kept.length === 0 ? [{ value }] : kept;
};
