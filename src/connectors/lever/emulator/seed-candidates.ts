/** Made-up candidates: the same for the same seed, however many follow. */
import { pick, seededPerson } from '#connectors/emulator-data.ts';
import { createMint, type Mint } from './mint.ts';
import type { Index } from './indexes.ts';
import type {
  ContactRecord,
  LeverState,
  OpportunityRecord,
  StageChange,
  StageRecord,
} from './state.ts';

type Account = Pick<
  LeverState,
  'seed' | 'seeded' | 'stages' | 'archiveReasons' | 'postings' | 'users'
>;

const hour = 3_600_000;
const tags = ['remote', 'relocation', 'priority', 'alumni'];
const sources = ['LinkedIn', 'Careers page', 'Indeed', 'Referral'];
const companies = ['Northwind', 'Contoso', 'Fabrikam', 'Initech', 'Globex'];
const places = ['Paris', 'San Francisco', 'Berlin', 'Toronto', 'Lisbon'];

/**
 * Newest first, so that the first candidate leads every list. The first two are fixed: active, new
 * applicants on the first posting, one with an e-mail address and one without.
 */
export const seedCandidates = (account: Account, index: Index): void => {
  const mint = createMint({ seed: account.seed ^ 0xca4d, draws: 0 });
  let contact: ContactRecord | undefined;
  for (let number = 0; number < account.seeded.candidates; number += 1) {
    const fixed = number < 2;
    const samePerson = number > 2 && mint.random() < 0.03;
    if (!contact || !samePerson) {
      const withEmail = fixed ? number === 0 : mint.random() < 0.7;
      contact = seedContact(mint, number, withEmail);
      index.addContact(contact);
    }
    const createdAt = account.seeded.at - (number + 1) * hour;
    index.addOpportunity(seedOpportunity(account, mint, contact, createdAt, fixed));
  }
};

const seedContact = (mint: Mint, number: number, withEmail: boolean): ContactRecord => {
  const person = seededPerson(mint.random, number);
  return {
    id: mint.uuid(),
    name: person.name,
    headline: pick(mint.random, companies),
    isAnonymized: false,
    location: pick(mint.random, places),
    emails: withEmail ? [person.email] : [],
    phones: [],
    links: [],
  };
};

const seedOpportunity = (
  { stages, archiveReasons, postings, users }: Account,
  mint: Mint,
  contact: ContactRecord,
  createdAt: number,
  fixed: boolean,
): OpportunityRecord => {
  const { random } = mint;
  const applied = fixed || random() < 0.92;
  const first = applied ? 'applicant-new' : 'lead-new';
  const stage = fixed || random() < 0.3 ? first : pick(random, stages).id;
  const advancedAt = stage === first ? createdAt : createdAt + Math.floor(random() * hour);
  const posting = fixed ? postings[0] : pick(random, postings);
  return {
    id: mint.uuid(),
    contact: contact.id,
    stage,
    confidentiality: !fixed && random() < 0.03 ? 'confidential' : 'non-confidential',
    archived:
      !fixed && random() < 0.3
        ? { reason: pick(random, archiveReasons).id, archivedAt: advancedAt }
        : null,
    tags: random() < 0.2 ? [pick(random, tags)] : [],
    sources: [pick(random, sources)],
    stageChanges: [
      enter(stages, first, createdAt),
      ...(stage === first ? [] : [enter(stages, stage, advancedAt, users[2]?.id)]),
    ],
    origin: !applied ? 'sourced' : random() < 0.9 ? 'applied' : 'referred',
    sourcedBy: applied ? null : (users[2]?.id ?? null),
    owner: posting?.owner ?? null,
    followers: [],
    application:
      applied && posting
        ? { id: mint.uuid(), type: 'posting', posting: posting.id, createdAt }
        : null,
    createdAt,
    updatedAt: random() < 0.8 ? null : advancedAt,
    lastInteractionAt: advancedAt,
    lastAdvancedAt: advancedAt,
    snoozedUntil: null,
  };
};

const enter = (
  stages: readonly StageRecord[],
  id: string,
  updatedAt: number,
  userId?: string,
): StageChange => ({
  toStageId: id,
  toStageIndex: stages.findIndex((one) => one.id === id),
  updatedAt,
  ...(userId === undefined ? {} : { userId }),
});
