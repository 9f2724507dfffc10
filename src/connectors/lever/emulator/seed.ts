/** A fresh account: stages in the recorded order, people of every role, jobs, candidates. */
import { seededUntil } from '#connectors/emulator-data.ts';
import { createIndex } from './indexes.ts';
import { createMint } from './mint.ts';
import { seedCandidates } from './seed-candidates.ts';
import { seedFeedbackTemplates, seedPanel } from './seed-interviews.ts';
import { seedPostings, seedUsers } from './seed-team.ts';
import { eventNames, permissionNames, confidentialAccess, type EventName } from './vocabulary.ts';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import type { ArchiveReasonRecord, LeverState, OpportunityRecord, StageRecord } from './state.ts';
import type { World } from './world.ts';

type Seeded = Pick<World, 'state' | 'index' | 'mint'>;

/** [live] Only the built-in stages have slugs for ids, and `null` stands for a UUID here. */
const stages = [
  ['lead-new', 'New lead', 'lead', false],
  ['lead-reached-out', 'Reached out', 'lead', false],
  ['lead-responded', 'Responded', 'lead', false],
  ['applicant-new', 'New applicant', 'applicant', false],
  [null, 'HM Review', 'applicant', false],
  [null, 'Recruiter screen', 'screen', true],
  [null, 'HM Screen', 'screen', true],
  [null, 'On-site interview', 'onsite', true],
  [null, 'Reference check', 'onsite', false],
  ['offer', 'Offer', 'offer', false],
  [null, 'Background Check', 'offer', false],
] as const;

const archiveReasons = [
  ['Hired', 'hired', 'active'],
  ['Underqualified', 'non-hired', 'active'],
  ['Unresponsive', 'non-hired', 'active'],
  ['Withdrew', 'non-hired', 'active'],
  ['Offer declined', 'non-hired', 'active'],
  ['Culture fit', 'non-hired', 'inactive'],
] as const;

export const seedAccount = (options: EmulatorOptions): Seeded => {
  const position = { seed: options.seed, draws: 0 };
  const mint = createMint(position);
  const now = seededUntil;
  const users = seedUsers(mint, now);
  const state: Seeded['state'] = Object.assign(position, {
    version: 1 as const,
    accountId: mint.uuid(),
    tokenSecret: mint.hex(64),
    stages: stages.map(([id, text, pipeline, hasInterview]): StageRecord => {
      return { id: id ?? mint.uuid(), text, pipeline, hasInterview };
    }),
    archiveReasons: archiveReasons.map(([text, type, status]): ArchiveReasonRecord => {
      return { id: mint.uuid(), text, status, type };
    }),
    users,
    postings: seedPostings(mint, users, now),
    seeded: { candidates: options.candidates, at: now },
    deleted: [],
    knownTags: [],
    knownSources: [],
    hooks: [],
    eventGroups: Object.fromEntries(eventNames.map((name) => [name, true])) as Record<
      EventName,
      boolean
    >,
    omitEventId: false,
    deliveries: [],
    history: [],
    keys: [
      {
        id: mint.uuid(),
        name: 'Loopwright',
        key: mint.text(48),
        permissions: permissionNames.filter((name) => name !== confidentialAccess),
        createdAt: now,
        revokedAt: null,
      },
    ],
    clients: [
      {
        clientId: mint.text(32),
        clientSecret: mint.text(64),
        name: 'Loopwright',
        redirectUris: [],
      },
    ],
    codes: [],
    grants: [],
    accessTokens: [],
    panels: [],
    feedbackTemplates: seedFeedbackTemplates(mint, now),
    scheduling: { enabled: false, address: '', keyId: null },
  });
  const index = createIndex(state);
  seedCandidates(state, index);
  index.remember();
  const [first, , ...others] = index.all.items;
  if (first) seedNote({ state, index, mint }, first);
  const interviewed = others.find((one) => one.confidentiality === 'non-confidential');
  if (interviewed) state.panels.push(seedPanel(state, mint, interviewed));
  return { state, index, mint };
};

/** A note that a person wrote, which the API may read but not change. */
const seedNote = ({ state, index, mint }: Seeded, opportunity: OpportunityRecord): void => {
  const user = state.users[2]?.id ?? null;
  const { id, stage, createdAt } = opportunity;
  index.addNote({
    id: mint.uuid(),
    opportunity: id,
    comments: [{ value: 'Strong application.', user, score: null, stage, createdAt }],
    user,
    secret: false,
    byApi: false,
    createdAt,
    deletedAt: null,
  });
};

/** The account as it was saved: the candidates made up anew, then what had become of them. */
export const restoreAccount = (saved: unknown): Seeded => {
  const { contacts, opportunities, removed, notes, ...state } = structuredClone(
    saved,
  ) as LeverState;
  const index = createIndex(state);
  seedCandidates(state, index);
  index.remember();
  contacts.forEach(index.addContact);
  for (const id of [...removed, ...opportunities.map((one) => one.id)]) {
    const seeded = index.opportunities.get(id);
    if (seeded) index.removeOpportunity(seeded);
  }
  opportunities.forEach(index.addOpportunity);
  notes.forEach(index.addNote);
  return { state, index, mint: createMint(state) };
};
