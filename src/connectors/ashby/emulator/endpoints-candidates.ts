/** `candidate.*` and `candidateTag.*`. */
import { z } from 'zod';
import type { ContactInfo, SocialLink, StoredCandidate } from './model.ts';
import {
  bool,
  type Call,
  endpoint,
  type Endpoint,
  instant,
  invalidInput,
  listPage,
  millis,
  notFound,
  syncing,
  uuid,
} from './rpc.ts';
import { type Json, showTag } from './views.ts';

const candidateOf = (call: Call, id: string): StoredCandidate => {
  const candidate = call.data.candidates.get(id);
  if (!candidate) throw notFound('candidate');
  return candidate;
};

const contact = (value: string, isPrimary: boolean): ContactInfo => ({
  value,
  type: 'Personal',
  isPrimary,
});

const checkReferences = (
  call: Call,
  input: { sourceId?: string | undefined; creditedToUserId?: string | undefined },
): void => {
  if (input.sourceId && !call.data.state.sources.some(({ id }) => id === input.sourceId))
    throw notFound('source');
  if (input.creditedToUserId && !call.data.users.has(input.creditedToUserId))
    throw notFound('user');
};

const place = z.object({
  city: z.string().optional(),
  region: z.string().optional(),
  country: z.string().optional(),
});

const stored = (call: Call, given: z.output<typeof place>): StoredCandidate['location'] => ({
  id: call.data.newId(),
  ...(given.city ? { city: given.city } : {}),
  ...(given.region ? { region: given.region } : {}),
  ...(given.country ? { country: given.country } : {}),
});

const linkTypes = [
  'LinkedIn',
  'GitHub',
  'Twitter',
  'Medium',
  'StackOverflow',
  'YouTube',
  'CodePen',
  'Website',
] as const;

const shared = {
  phoneNumber: z.string().optional(),
  linkedInUrl: z.string().optional(),
  githubUrl: z.string().optional(),
  sourceId: uuid.optional(),
  creditedToUserId: uuid.optional(),
  location: place.optional(),
  createdAt: instant.optional(),
};

/** The given addresses put in place of those of the same kind. */
const withLinks = (
  links: readonly SocialLink[],
  given: ReadonlyArray<readonly [SocialLink['type'], string | undefined]>,
): SocialLink[] =>
  given.reduce<SocialLink[]>(
    (all, [type, url]) =>
      url === undefined ? all : [...all.filter((link) => link.type !== type), { type, url }],
    [...links],
  );

const email = z.string().trim().min(3).includes('@');

const create = endpoint(
  z.object({
    ...shared,
    name: z.string().trim().min(1),
    email: email.optional(),
    website: z.string().optional(),
    alternateEmailAddresses: z.array(email).optional(),
  }),
  (input, call) => {
    checkReferences(call, input);
    const candidate = call.actions.addCandidate({
      name: input.name,
      emails: [
        ...(input.email ? [contact(input.email, true)] : []),
        ...(input.alternateEmailAddresses ?? []).map((value) => contact(value, false)),
      ],
      phones: input.phoneNumber ? [contact(input.phoneNumber, true)] : [],
      links: withLinks(
        [],
        [
          ['LinkedIn', input.linkedInUrl],
          ['GitHub', input.githubUrl],
          ['Website', input.website],
        ],
      ),
      sourceId: input.sourceId ?? null,
      creditedToUserId: input.creditedToUserId ?? null,
      location: input.location ? stored(call, input.location) : null,
      ...(input.createdAt === undefined ? {} : { createdAt: input.createdAt }),
    });
    return { results: call.views.candidate(candidate) };
  },
);

const update = endpoint(
  z.object({
    ...shared,
    candidateId: uuid,
    name: z.string().trim().min(1).optional(),
    email: email.optional(),
    websiteUrl: z.string().optional(),
    alternateEmail: email.optional(),
    socialLinks: z.array(z.object({ type: z.enum(linkTypes), url: z.string() })).optional(),
    sendNotifications: bool.optional(),
  }),
  (input, call) => {
    const candidate = candidateOf(call, input.candidateId);
    checkReferences(call, input);
    if (input.name !== undefined) candidate.name = input.name;
    if (input.phoneNumber !== undefined) candidate.phones = [contact(input.phoneNumber, true)];
    if (input.sourceId !== undefined) candidate.sourceId = input.sourceId;
    if (input.creditedToUserId !== undefined) candidate.creditedToUserId = input.creditedToUserId;
    if (input.location) candidate.location = stored(call, input.location);
    if (input.createdAt !== undefined) candidate.createdAt = input.createdAt;
    candidate.links = withLinks(input.socialLinks ?? candidate.links, [
      ['LinkedIn', input.linkedInUrl],
      ['GitHub', input.githubUrl],
      ['Website', input.websiteUrl],
    ]);
    if (input.email !== undefined || input.alternateEmail !== undefined)
      call.actions.setEmails(candidate, [
        ...(input.email === undefined
          ? candidate.emails.filter(({ isPrimary }) => isPrimary)
          : [contact(input.email, true)]),
        ...candidate.emails.filter(({ isPrimary }) => !isPrimary),
        ...(input.alternateEmail === undefined ? [] : [contact(input.alternateEmail, false)]),
      ]);
    else call.actions.candidateChanged(candidate);
    return { results: call.views.candidate(candidate) };
  },
);

/** Both are AND-ed; at most 100, no cursor [doc]. */
const search = endpoint(
  z.object({ email: z.string().optional(), name: z.string().optional() }),
  (input, call) => {
    const name = input.name?.trim().toLowerCase() ?? '';
    if (input.email === undefined && name === '')
      throw invalidInput('Give an e-mail address or a name.');
    const among =
      input.email === undefined ? call.data.state.candidates : call.data.withEmail(input.email);
    const found: Json[] = [];
    for (const candidate of among) {
      if (name !== '' && !candidate.name.toLowerCase().includes(name)) continue;
      found.push(call.views.candidate(candidate));
      if (found.length === 100) break;
    }
    return { results: found };
  },
);

const createNote = endpoint(
  z.object({
    candidateId: uuid,
    note: z.union([
      z.string().min(1),
      z.object({ type: z.enum(['text/plain', 'text/html']), value: z.string().min(1) }),
    ]),
    sendNotifications: bool.optional(),
    isPrivate: bool.default(false),
    createdAt: instant.optional(),
  }),
  (input, call) => {
    const candidate = candidateOf(call, input.candidateId);
    const { note } = input;
    const stored = call.actions.addNote({
      candidate,
      authorId: call.actorId,
      format: typeof note === 'object' && note.type === 'text/html' ? 'html' : 'text',
      content: typeof note === 'string' ? note : note.value,
      isPrivate: input.isPrivate,
      createdAt: input.createdAt,
    });
    return { results: call.views.note(stored) };
  },
);

export const candidateEndpoints: Readonly<Record<string, Endpoint>> = {
  'candidate.info': endpoint(
    z.union([z.object({ id: uuid }), z.object({ externalMappingId: z.string() })]),
    (input, call) => {
      if (!('id' in input)) throw notFound('candidate');
      return { results: call.views.candidate(candidateOf(call, input.id)) };
    },
  ),
  'candidate.list': endpoint(
    z.object({ ...syncing, createdAfter: millis.optional() }),
    (input, call) =>
      listPage({
        list: 'candidate.list',
        items: call.data.state.candidates,
        input,
        call,
        keep: ({ createdAt }) => createdAt > (input.createdAfter ?? -Infinity),
        show: call.views.candidate,
      }),
  ),
  'candidate.search': search,
  'candidate.create': create,
  'candidate.update': update,
  'candidate.createNote': createNote,
  'candidate.listNotes': endpoint(z.object({ ...syncing, candidateId: uuid }), (input, call) =>
    listPage({
      list: 'candidate.listNotes',
      items: call.data.notesOf(candidateOf(call, input.candidateId).id),
      input,
      call,
      // [doc] Private notes need the key's option for private fields.
      keep: ({ isPrivate }) => !isPrivate || call.key.privateFields,
      show: call.views.note,
    }),
  ),
  'candidate.addTag': endpoint(z.object({ candidateId: uuid, tagId: uuid }), (input, call) => {
    const candidate = candidateOf(call, input.candidateId);
    const tag = call.data.state.tags.find(({ id }) => id === input.tagId);
    if (!tag) throw notFound('candidate tag');
    call.actions.addTag(candidate, tag);
    return { results: call.views.candidate(candidate) };
  }),
  // [doc] One of the few endpoints that refuse unknown keys.
  'candidate.removeTag': endpoint(
    z.strictObject({ candidateId: uuid, tagId: uuid }),
    (input, call) => {
      const candidate = candidateOf(call, input.candidateId);
      call.actions.removeTag(candidate, input.tagId);
      return { results: call.views.candidate(candidate) };
    },
  ),
  'candidateTag.list': endpoint(
    z.object({ ...syncing, includeArchived: bool.default(false) }),
    (input, call) =>
      listPage({
        list: 'candidateTag.list',
        items: call.data.state.tags,
        input,
        call,
        keep: ({ isArchived }) => input.includeArchived || !isArchived,
        show: showTag,
      }),
  ),
  'candidateTag.create': endpoint(z.object({ title: z.string().trim().min(1) }), (input, call) => ({
    results: showTag(call.actions.tagTitled(input.title)),
  })),
};
