/**
 * The big collections with every look-up that a request needs, so that no single read walks them.
 * It remembers what differs from the seeded data, which is all that has to be saved.
 */
import { createCounts, tagsOf, type Counts } from './labels.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import { canonicalEmail } from './vocabulary.ts';
import type {
  ContactRecord,
  LeverState,
  NoteRecord,
  OpportunityRecord,
  PostingRecord,
} from './state.ts';

export interface Index {
  opportunities: ReadonlyMap<string, OpportunityRecord>;
  contacts: ReadonlyMap<string, ContactRecord>;
  all: Timeline;
  inStage(stageId: string): Timeline;
  onPosting(postingId: string): Timeline;
  ofContact(contactId: string): readonly OpportunityRecord[];
  contactsWithEmail(email: string): ContactRecord[];
  postingOf(opportunity: OpportunityRecord): PostingRecord | undefined;
  /** Oldest first. */
  notesOf(opportunityId: string): readonly NoteRecord[];
  tags: Counts;
  sources: Counts;
  addContact(contact: ContactRecord): void;
  addOpportunity(opportunity: OpportunityRecord): void;
  addNote(note: NoteRecord): void;
  removeOpportunity(opportunity: OpportunityRecord): void;
  /** Changes of indexed fields go through these, so that every look-up stays right. */
  changeOpportunity(opportunity: OpportunityRecord, change: () => void): void;
  changeContact(contact: ContactRecord, change: () => void): void;
  changePosting(posting: PostingRecord, change: () => void): void;
  /** From here on, changes are remembered for `snapshot`. */
  remember(): void;
  snapshot(): Pick<LeverState, 'contacts' | 'opportunities' | 'removed' | 'notes'>;
}

export const createIndex = (state: {
  postings: PostingRecord[];
  knownTags: string[];
  knownSources: string[];
}): Index => {
  const opportunities = new Map<string, OpportunityRecord>();
  const contacts = new Map<string, ContactRecord>();
  const all = createTimeline();
  const stages = new Map<string, Timeline>();
  const postings = new Map<string, Timeline>();
  const byContact = new Map<string, OpportunityRecord[]>();
  const byEmail = new Map<string, string[]>();
  const notes = new Map<string, NoteRecord[]>();
  const tags = createCounts(state.knownTags);
  const sources = createCounts(state.knownSources);
  let remembering = false;
  const changedContacts = new Set<ContactRecord>();
  const changedOpportunities = new Set<OpportunityRecord>();
  const removed = new Set<string>();

  const postingOf = ({ application }: OpportunityRecord): PostingRecord | undefined =>
    application ? state.postings.find((posting) => posting.id === application.posting) : undefined;

  const timelinesOf = (opportunity: OpportunityRecord): Timeline[] => [
    all,
    entry(stages, opportunity.stage, createTimeline),
    ...(opportunity.application
      ? [entry(postings, opportunity.application.posting, createTimeline)]
      : []),
  ];

  const count = (opportunity: OpportunityRecord, by: 1 | -1): void => {
    tags.add(tagsOf(opportunity, postingOf(opportunity)), by);
    sources.add(opportunity.sources, by);
  };

  const put = (opportunity: OpportunityRecord): void => {
    for (const timeline of timelinesOf(opportunity)) timeline.add(opportunity);
    count(opportunity, 1);
  };

  const take = (opportunity: OpportunityRecord): void => {
    for (const timeline of timelinesOf(opportunity)) timeline.remove(opportunity);
    count(opportunity, -1);
  };

  const takeEmails = (contact: ContactRecord): void => {
    for (const email of contact.emails.map(canonicalEmail))
      byEmail.set(
        email,
        (byEmail.get(email) ?? []).filter((id) => id !== contact.id),
      );
  };

  const putEmails = (contact: ContactRecord): void => {
    for (const email of new Set(contact.emails.map(canonicalEmail)))
      entry(byEmail, email, () => []).push(contact.id);
  };

  return {
    opportunities,
    contacts,
    all,
    tags,
    sources,
    postingOf,
    inStage: (stageId) => stages.get(stageId) ?? createTimeline(),
    onPosting: (postingId) => postings.get(postingId) ?? createTimeline(),
    ofContact: (contactId) => byContact.get(contactId) ?? [],
    contactsWithEmail: (email) =>
      (byEmail.get(canonicalEmail(email)) ?? []).flatMap((id) => contacts.get(id) ?? []),
    notesOf: (opportunityId) => notes.get(opportunityId) ?? [],
    addContact(contact) {
      if (remembering) changedContacts.add(contact);
      const earlier = contacts.get(contact.id);
      if (earlier) takeEmails(earlier);
      contacts.set(contact.id, contact);
      putEmails(contact);
    },
    addOpportunity(opportunity) {
      if (remembering) changedOpportunities.add(opportunity);
      removed.delete(opportunity.id);
      opportunities.set(opportunity.id, opportunity);
      entry(byContact, opportunity.contact, () => []).push(opportunity);
      put(opportunity);
    },
    addNote(note) {
      entry(notes, note.opportunity, () => []).push(note);
    },
    removeOpportunity(opportunity) {
      take(opportunity);
      changedOpportunities.delete(opportunity);
      if (remembering) removed.add(opportunity.id);
      opportunities.delete(opportunity.id);
      notes.delete(opportunity.id);
      const others = byContact.get(opportunity.contact) ?? [];
      byContact.set(
        opportunity.contact,
        others.filter((one) => one !== opportunity),
      );
    },
    changeOpportunity(opportunity, change) {
      if (remembering) changedOpportunities.add(opportunity);
      take(opportunity);
      change();
      put(opportunity);
    },
    changeContact(contact, change) {
      if (remembering) changedContacts.add(contact);
      takeEmails(contact);
      change();
      putEmails(contact);
    },
    changePosting(posting, change) {
      const onIt = postings.get(posting.id)?.items ?? [];
      for (const opportunity of onIt) count(opportunity, -1);
      change();
      for (const opportunity of onIt) count(opportunity, 1);
    },
    remember() {
      remembering = true;
    },
    snapshot: () => ({
      contacts: [...changedContacts],
      opportunities: [...changedOpportunities],
      removed: [...removed],
      notes: [...notes.values()].flat(),
    }),
  };
};

const entry = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
};
