/** A new opportunity: finding the person again, the posting's application, the events. */
import { badRequest, notFound } from './errors.ts';
import type {
  ApplicationRecord,
  Archived,
  ContactRecord,
  OpportunityRecord,
  UserRecord,
} from './state.ts';
import type { Origin } from './vocabulary.ts';
import type { World } from './world.ts';

export interface NewCandidacy {
  contact?: string | undefined;
  name?: string | undefined;
  headline?: string | undefined;
  location?: string | undefined;
  emails: string[];
  phones: Array<{ type: string; value: string }>;
  links: string[];
  tags: string[];
  sources: string[];
  followers: string[];
  origin?: Origin | undefined;
  stage?: string | undefined;
  owner?: string | undefined;
  posting?: string | undefined;
  createdAt?: number | undefined;
  archived?: Archived | undefined;
  actor: UserRecord | null;
}

/**
 * A known contact id or address puts the new candidacy on the existing person, whose own data win
 * over what was given. [doc] The same person may be created again and again. [live]
 */
export const createCandidacy = (
  world: World,
  input: NewCandidacy,
): { opportunity: OpportunityRecord; deduped: boolean } => {
  const { state, index, hooks, mint, options } = world;
  const stage = input.stage ?? 'lead-new';
  const position = state.stages.findIndex((one) => one.id === stage);
  if (position === -1) throw badRequest(`stage ${stage} does not exist`);
  if (input.createdAt !== undefined && input.createdAt > options.now())
    throw badRequest('createdAt must not be in the future');
  if (input.posting !== undefined && !state.postings.some((one) => one.id === input.posting))
    throw notFound('postings', input.posting);
  const unknownUser = [
    ...input.followers,
    ...(input.owner === undefined ? [] : [input.owner]),
  ].find((id) => !state.users.some((user) => user.id === id));
  if (unknownUser !== undefined) throw notFound('users', unknownUser);

  const known = knownContact(world, input);
  const contact = known ?? newContact(world, input);
  const createdAt = input.createdAt ?? options.now();
  const application: ApplicationRecord | null =
    input.posting === undefined
      ? null
      : { id: mint.uuid(), type: 'posting', posting: input.posting, createdAt };
  const opportunity: OpportunityRecord = {
    id: mint.uuid(),
    contact: contact.id,
    stage,
    confidentiality: 'non-confidential',
    archived: input.archived ?? null,
    tags: [...new Set(input.tags)],
    sources: [...new Set(input.sources)],
    stageChanges: [
      {
        toStageId: stage,
        toStageIndex: position,
        updatedAt: createdAt,
        ...(input.actor ? { userId: input.actor.id } : {}),
      },
    ],
    origin: input.origin ?? 'sourced',
    sourcedBy: input.actor?.id ?? null,
    owner: input.owner ?? null,
    followers: input.followers,
    application,
    createdAt,
    updatedAt: null,
    lastInteractionAt: createdAt,
    lastAdvancedAt: createdAt,
    snoozedUntil: null,
  };
  index.addOpportunity(opportunity);
  if (!known)
    hooks.fire(
      'contactCreated',
      { contactId: contact.id, createdAt, accountId: state.accountId },
      null,
    );
  if (application)
    hooks.fire(
      'applicationCreated',
      { applicationId: application.id, opportunityId: opportunity.id, contactId: contact.id },
      opportunity.origin,
    );
  return { opportunity, deduped: known !== undefined };
};

const knownContact = ({ index }: World, input: NewCandidacy): ContactRecord | undefined => {
  if (input.contact !== undefined) {
    const contact = index.contacts.get(input.contact);
    if (!contact) throw notFound('contacts', input.contact);
    return contact;
  }
  return input.emails.flatMap((email) => index.contactsWithEmail(email))[0];
};

const newContact = ({ index, mint }: World, input: NewCandidacy): ContactRecord => {
  const contact: ContactRecord = {
    id: mint.uuid(),
    name: input.name ?? '',
    headline: input.headline ?? '',
    isAnonymized: false,
    location: input.location ?? '',
    emails: input.emails,
    phones: input.phones,
    links: input.links,
  };
  index.addContact(contact);
  return contact;
};
