/** What happens to opportunities and contacts, by API or by a person, with the events it causes. */
import { badRequest } from './errors.ts';
import { createCandidacy } from './candidacy-create.ts';
import type { NewCandidacy } from './candidacy-create.ts';
import type { ContactRecord, OpportunityRecord, UserRecord } from './state.ts';
import type { World } from './world.ts';

export type Actor = UserRecord | null;

export interface ContactChange {
  name?: string | undefined;
  headline?: string | undefined;
  location?: string | undefined;
  emails?: string[] | undefined;
  phones?: Array<{ type: string; value: string }> | undefined;
}

export interface Candidacies {
  /** `deduped` when the person was known by contact id or e-mail address. */
  create(input: NewCandidacy): { opportunity: OpportunityRecord; deduped: boolean };
  move(opportunity: OpportunityRecord, stageId: string, actor: Actor): void;
  /** A null reason takes the opportunity out of the archive. */
  archive(opportunity: OpportunityRecord, reasonId: string | null): void;
  addTags(opportunity: OpportunityRecord, tags: readonly string[]): void;
  removeTags(opportunity: OpportunityRecord, tags: readonly string[]): void;
  addSources(opportunity: OpportunityRecord, sources: readonly string[]): void;
  removeSources(opportunity: OpportunityRecord, sources: readonly string[]): void;
  /** Links stand on the person, not on the candidacy. [live] */
  addLinks(opportunity: OpportunityRecord, links: readonly string[]): void;
  removeLinks(opportunity: OpportunityRecord, links: readonly string[]): void;
  changeContact(contact: ContactRecord, change: ContactChange): void;
  remove(opportunity: OpportunityRecord, actor: Actor): void;
}

export const createCandidacies = (world: World): Candidacies => {
  const { state, index, hooks, options } = world;

  const idsOf = (opportunity: OpportunityRecord): Record<string, string> => ({
    opportunityId: opportunity.id,
    candidateId: legacyCandidateId(opportunity.id),
    contactId: opportunity.contact,
  });

  const change = (opportunity: OpportunityRecord, apply: () => void): void => {
    index.changeOpportunity(opportunity, () => {
      apply();
      opportunity.updatedAt = options.now();
      opportunity.lastInteractionAt = options.now();
    });
  };

  const changeLinks = (
    opportunity: OpportunityRecord,
    apply: (links: string[]) => string[],
  ): void => {
    const contact = index.contacts.get(opportunity.contact);
    if (!contact) return;
    index.changeContact(contact, () => {
      contact.links = apply(contact.links);
    });
    change(opportunity, () => undefined);
  };

  return {
    create: (input) => createCandidacy(world, input),
    move(opportunity, stageId, actor) {
      const position = state.stages.findIndex((stage) => stage.id === stageId);
      if (position === -1) throw badRequest(`stage ${stageId} does not exist`);
      const fromStageId = opportunity.stage;
      if (fromStageId === stageId) return;
      change(opportunity, () => {
        opportunity.stage = stageId;
        opportunity.lastAdvancedAt = options.now();
        opportunity.stageChanges.push({
          toStageId: stageId,
          toStageIndex: position,
          updatedAt: options.now(),
          ...(actor ? { userId: actor.id } : {}),
        });
      });
      hooks.fire(
        'candidateStageChange',
        { ...idsOf(opportunity), toStageId: stageId, fromStageId },
        opportunity.origin,
      );
    },
    archive(opportunity, reasonId) {
      const reason = state.archiveReasons.find((one) => one.id === reasonId);
      if (reasonId !== null && !reason) throw badRequest(`reason ${reasonId} does not exist`);
      const fromArchived = opportunity.archived;
      if ((fromArchived?.reason ?? null) === reasonId) return;
      const toArchived = reasonId === null ? null : { archivedAt: options.now(), reason: reasonId };
      change(opportunity, () => {
        opportunity.archived = toArchived;
      });
      hooks.fire(
        'candidateArchiveChange',
        { ...idsOf(opportunity), fromArchived, toArchived },
        opportunity.origin,
      );
      if (reason?.type === 'hired')
        hooks.fire('candidateHired', idsOf(opportunity), opportunity.origin);
    },
    addTags(opportunity, tags) {
      change(opportunity, () => {
        opportunity.tags = union(opportunity.tags, tags);
      });
    },
    removeTags(opportunity, tags) {
      change(opportunity, () => {
        opportunity.tags = without(opportunity.tags, tags);
      });
    },
    addSources(opportunity, sources) {
      change(opportunity, () => {
        opportunity.sources = union(opportunity.sources, sources);
      });
    },
    removeSources(opportunity, sources) {
      change(opportunity, () => {
        opportunity.sources = without(opportunity.sources, sources);
      });
    },
    addLinks(opportunity, links) {
      changeLinks(opportunity, (known) => union(known, links));
    },
    removeLinks(opportunity, links) {
      changeLinks(opportunity, (known) => without(known, links));
    },
    changeContact(contact, { name, headline, location, emails, phones }) {
      index.changeContact(contact, () => {
        if (name !== undefined) contact.name = name;
        if (headline !== undefined) contact.headline = headline;
        if (location !== undefined) contact.location = location;
        if (emails !== undefined) contact.emails = emails;
        if (phones !== undefined) contact.phones = phones;
      });
      hooks.fire(
        'contactUpdated',
        { contactId: contact.id, updatedAt: options.now(), accountId: state.accountId },
        null,
      );
    },
    remove(opportunity, actor) {
      index.removeOpportunity(opportunity);
      state.panels = state.panels.filter((panel) => panel.opportunity !== opportunity.id);
      state.deleted.push({
        id: opportunity.id,
        contact: opportunity.contact,
        deletedBy: actor?.id ?? null,
        deletedAt: options.now(),
      });
      hooks.fire('candidateDeleted', { ...idsOf(opportunity), deletedBy: actor?.id ?? null }, null);
    },
  };
};

/**
 * Webhooks carry a `candidateId` of Lever's older model. [doc] In the samples it differs from the
 * opportunity's id, so nobody may take one for the other.
 */
export const legacyCandidateId = (id: string): string => {
  const [first = '', ...rest] = id.split('-');
  return [first.split('').reverse().join(''), ...rest].join('-');
};

const union = (known: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...known, ...more]),
];

const without = (known: readonly string[], less: readonly string[]): string[] =>
  known.filter((one) => !less.includes(one));
