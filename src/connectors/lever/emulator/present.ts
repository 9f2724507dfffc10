/** Records as Lever's JSON, in the key order of recorded answers. */
import type { Context } from 'hono';
import { badRequest } from './errors.ts';
import { tagsOf } from './labels.ts';
import type {
  ContactRecord,
  HookRecord,
  NoteRecord,
  OpportunityRecord,
  PostingRecord,
  UserRecord,
} from './state.ts';
import type { World } from './world.ts';

export type Json = Record<string, unknown>;

export const presentUser = (user: UserRecord): Json => ({
  id: user.id,
  name: user.name,
  username: user.username,
  email: user.email,
  accessRole: user.accessRole,
  photo: null,
  createdAt: user.createdAt,
  deactivatedAt: user.deactivatedAt,
  externalDirectoryId: null,
  linkedContactIds: [],
  jobTitle: user.jobTitle,
  managerId: user.managerId,
});

/** The location is an object here and a string on the opportunity. */
export const presentContact = (contact: ContactRecord): Json => ({
  id: contact.id,
  name: contact.name,
  headline: contact.headline,
  isAnonymized: contact.isAnonymized,
  location: { name: contact.location },
  emails: contact.emails,
  phones: contact.phones,
});

export const presentPosting = (posting: PostingRecord, origin: string): Json => ({
  id: posting.id,
  text: posting.text,
  state: posting.state,
  distributionChannels: posting.state === 'published' ? ['public', 'internal'] : [],
  user: posting.user,
  owner: posting.owner,
  hiringManager: posting.hiringManager,
  categories: { ...posting.categories, allLocations: [posting.categories.location] },
  tags: posting.tags,
  content: {
    description: posting.description,
    descriptionHtml: `<div>${posting.description}</div>`,
    lists: [],
    closing: '',
    closingHtml: '',
  },
  country: posting.country,
  followers: posting.followers,
  reqCode: posting.reqCode,
  requisitionCodes: [],
  urls: {
    list: `${origin}/jobs`,
    show: `${origin}/jobs/${posting.id}`,
    apply: `${origin}/jobs/${posting.id}/apply`,
  },
  confidentiality: posting.confidentiality,
  createdAt: posting.createdAt,
  updatedAt: posting.updatedAt,
  workplaceType: posting.workplaceType,
  transcribeInterviews: false,
  screening: { enabled: false },
});

export const presentApplication = (
  opportunity: OpportunityRecord,
  { index }: World,
): Json | null => {
  const { application } = opportunity;
  if (!application) return null;
  const posting = index.postingOf(opportunity);
  const contact = index.contacts.get(opportunity.contact);
  return {
    id: application.id,
    type: application.type,
    candidateId: opportunity.id,
    opportunityId: opportunity.id,
    posting: application.posting,
    postingHiringManager: posting?.hiringManager ?? null,
    postingOwner: posting?.owner ?? null,
    name: contact?.name ?? '',
    company: contact?.headline ?? '',
    phone: contact?.phones[0] ?? null,
    email: contact?.emails[0] ?? null,
    links: contact?.links ?? [],
    comments: '',
    user: null,
    customQuestions: [],
    createdAt: application.createdAt,
    archived: opportunity.archived,
    requisitionForHire: null,
    ipAddress: null,
  };
};

/** [live] Answers to writes lack `opportunityLocation` and carry an empty name. */
export const presentOpportunity = (
  opportunity: OpportunityRecord,
  world: World,
  answering: 'read' | 'write' = 'read',
): Json => {
  const { index, options } = world;
  const contact = index.contacts.get(opportunity.contact);
  const posting = index.postingOf(opportunity);
  return {
    id: opportunity.id,
    name: answering === 'read' ? (contact?.name ?? '') : '',
    contact: opportunity.contact,
    headline: contact?.headline ?? '',
    stage: opportunity.stage,
    confidentiality: opportunity.confidentiality,
    location: contact?.location ?? '',
    phones: contact?.phones ?? [],
    emails: contact?.emails ?? [],
    links: contact?.links ?? [],
    archived: opportunity.archived,
    tags: tagsOf(opportunity, posting),
    sources: opportunity.sources,
    stageChanges: opportunity.stageChanges,
    origin: opportunity.origin,
    sourcedBy: opportunity.sourcedBy,
    owner: opportunity.owner,
    followers: opportunity.followers,
    applications: opportunity.application ? [opportunity.application.id] : [],
    createdAt: opportunity.createdAt,
    updatedAt: opportunity.updatedAt,
    lastInteractionAt: opportunity.lastInteractionAt,
    lastAdvancedAt: opportunity.lastAdvancedAt,
    snoozedUntil: opportunity.snoozedUntil,
    urls: {
      list: `${options.origin}/candidates`,
      show: `${options.origin}/candidates/${opportunity.id}`,
    },
    isAnonymized: contact?.isAnonymized ?? false,
    dataProtection: null,
    ...(answering === 'read' && posting
      ? { opportunityLocation: posting.categories.location }
      : {}),
  };
};

export const presentNote = (note: NoteRecord): Json => ({
  id: note.id,
  text: 'Note',
  fields: note.comments.map((comment) => ({ type: 'note', text: 'Comment', ...comment })),
  user: note.user,
  secret: note.secret,
  completedAt: note.createdAt,
  createdAt: note.createdAt,
  deletedAt: note.deletedAt,
});

/** The signature token is told at creation only. [live] */
export const presentHook = (hook: HookRecord, telling: 'with token' | 'without token'): Json => ({
  id: hook.id,
  event: hook.event,
  url: hook.url,
  configuration: {
    ...(hook.origins ? { conditions: { origins: hook.origins } } : {}),
    ...(telling === 'with token' ? { signatureToken: hook.signatureToken } : {}),
  },
  createdAt: hook.createdAt,
  updatedAt: hook.updatedAt,
});

/**
 * `include` keeps only the named fields, `expand` puts objects in place of ids and wins over
 * `include`. `expanders` holds what can be expanded; anything else is refused.
 */
export const shapeBy = (
  c: Context,
  expanders: Readonly<Record<string, (object: Json) => unknown>>,
): ((object: Json) => Json) => {
  const include = c.req.queries('include') ?? [];
  const expand = c.req.queries('expand') ?? [];
  const refused = expand.find((name) => !Object.hasOwn(expanders, name));
  if (refused !== undefined) throw badRequest(`${refused} is not expandable`);
  return (object) => {
    const kept =
      include.length === 0
        ? object
        : Object.fromEntries(Object.entries(object).filter(([name]) => include.includes(name)));
    const expanded = expand.map((name) => [name, expanders[name]?.(object) ?? null] as const);
    return { ...kept, ...Object.fromEntries(expanded) };
  };
};

export const userExpander =
  ({ state }: World, field: string) =>
  (object: Json): unknown => {
    const find = (id: unknown): Json | null => {
      const user = state.users.find((one) => one.id === id);
      return user ? presentUser(user) : null;
    };
    const value = object[field];
    return Array.isArray(value) ? value.flatMap((id) => find(id) ?? []) : find(value);
  };
