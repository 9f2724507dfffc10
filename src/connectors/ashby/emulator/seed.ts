/**
 * The organisation an emulator begins with; it follows from the seed alone.
 */
import { pick, seeded, seededPerson, seededText, seededUntil } from '#connectors/emulator-data.ts';
import { quickUuid } from './ids.ts';
import type {
  HistoryRow,
  StageType,
  State,
  StoredApplication,
  StoredCandidate,
  StoredJob,
  StoredPlan,
  StoredStage,
  StoredStageGroup,
  StoredUser,
} from './model.ts';
import { allScopes } from './permissions.ts';

const day = 86_400_000;
export const keyAlphabet = '0123456789abcdef';

const stageTitles: ReadonlyArray<readonly [title: string, type: StageType, group: string | null]> =
  [
    ['Application Review', 'PreInterviewScreen', 'Screening'],
    ['Technical Quiz', 'Active', 'Assessment'],
    ['Technical Interview', 'Active', 'Interviews'],
    ['Onsite', 'Active', 'Interviews'],
    ['Offer', 'Offer', 'Offer'],
    ['Hired', 'Hired', 'Hired'],
    // [rec] `interviewStageGroupId` is null at some stages.
    ['Archived', 'Archived', null],
  ];

const people = [
  ['Rosa', 'Marin', 'Organization Admin', true],
  ['Tarek', 'Haddad', 'Elevated Access', true],
  ['Ingrid', 'Solberg', 'Limited Access', true],
  ['Kenji', 'Ito', 'Limited Access', true],
  ['Maya', 'Osei', 'Limited Access', true],
  ['Paul', 'Legrand', 'Limited Access', false],
] as const;

const jobTitles: ReadonlyArray<
  readonly [title: string, status: StoredJob['status'], plan: number, confidential: boolean]
> = [
  ['Backend Engineer', 'Open', 0, false],
  ['Frontend Engineer', 'Open', 1, false],
  ['Data Engineer', 'Open', 0, false],
  ['Engineering Manager', 'Closed', 1, false],
  ['Head of Security', 'Open', 1, true],
  ['Site Reliability Engineer', 'Draft', 0, false],
];

/** Kinds of meetings, each with its form; the first is the organisation's default. */
const interviewTitles = [
  ['Interview', 'General feedback'],
  ['Technical Interview', 'Coding scorecard'],
  ['System Design', 'Design scorecard'],
  ['Values Conversation', 'Values scorecard'],
] as const;

const tagTitles = ['Referral', 'Take-home', 'Python', 'Java', 'Strong', 'Send test'];

type Uuid = () => string;

export const seedState = (options: { seed: number; candidates: number }): State => {
  const random = seeded(options.seed);
  const uuid: Uuid = () => quickUuid(random);
  const now = seededUntil;
  const users = people.map(([firstName, lastName, globalRole, isEnabled], index): StoredUser => ({
    id: uuid(),
    seq: index + 1,
    rev: 1,
    firstName,
    lastName,
    email: `${firstName}.${lastName}@northwind.example`.toLowerCase(),
    globalRole,
    isEnabled,
    updatedAt: now - 200 * day,
  }));
  const { plans, stages, stageGroups } = seedPlans(uuid, now);
  const jobs = seedJobs(uuid, now, users, plans);
  const sourceType = { id: uuid(), title: 'Inbound', isArchived: false };
  const state: State = {
    seed: options.seed,
    counter: 0,
    seq: 0,
    revision: 1,
    keys: [
      {
        id: uuid(),
        title: 'Loopwright sandbox',
        key: seededText(random, 64, keyAlphabet),
        active: true,
        createdAt: now - 30 * day,
        ownerId: users[0]?.id ?? uuid(),
        scopes: [...allScopes],
        confidentialJobs: false,
        privateFields: false,
        onBehalfOf: false,
      },
    ],
    users,
    tags: tagTitles.map((title, index) => ({
      id: uuid(),
      seq: index + 1,
      rev: 1,
      title,
      isArchived: false,
    })),
    sources: ['Applied', 'Referred', 'Sourced'].map((title) => ({
      id: uuid(),
      title,
      isArchived: false,
      sourceType,
    })),
    archiveReasons: [
      { id: uuid(), text: 'Not a fit', reasonType: 'RejectedByOrg', isArchived: false },
      { id: uuid(), text: 'Withdrew', reasonType: 'RejectedByCandidate', isArchived: false },
      { id: uuid(), text: 'Position filled', reasonType: 'Other', isArchived: false },
    ],
    roles: ['Hiring Manager', 'Recruiter', 'Recruiting Coordinator'].map((title) => ({
      id: uuid(),
      title,
    })),
    plans,
    stages,
    stageGroups,
    jobs,
    candidates: [],
    applications: [],
    notes: [],
    feedbackForms: [],
    interviews: [],
    schedules: [],
    webhooks: [],
    activities: [],
    pending: [],
    outcomes: [],
  };
  for (let index = 0; index < options.candidates; index += 1)
    addCandidate(state, index, random, uuid, now);
  seedInterviews(state, uuid);
  state.seq = Math.max(100, state.applications.length, state.candidates.length);
  return state;
};

const seedInterviews = (state: State, uuid: Uuid): void => {
  for (const [index, [title, formTitle]] of interviewTitles.entries()) {
    const place = { seq: index + 1, rev: 1 };
    const form = { id: uuid(), ...place, title: formTitle, isDefault: index === 0 };
    state.feedbackForms.push(form);
    state.interviews.push({ id: uuid(), ...place, title, formId: form.id });
  }
};

const seedPlans = (
  uuid: Uuid,
  now: number,
): { plans: StoredPlan[]; stages: StoredStage[]; stageGroups: StoredStageGroup[] } => {
  const stages: StoredStage[] = [];
  const stageGroups: StoredStageGroup[] = [];
  const plans = ['Engineering', 'Engineering (short)'].map((title, index): StoredPlan => {
    const planId = uuid();
    stageTitles.forEach(([stageTitle, type, groupTitle], order) => {
      let group = stageGroups.find((one) => one.planId === planId && one.title === groupTitle);
      if (!group && groupTitle !== null) {
        const place = stageGroups.filter((one) => one.planId === planId).length;
        group = { id: uuid(), planId, title: groupTitle, order: place, stageType: type };
        stageGroups.push(group);
      }
      stages.push({
        id: uuid(),
        planId,
        title: stageTitle,
        type,
        order,
        groupId: group?.id ?? null,
      });
    });
    return {
      id: planId,
      seq: index + 1,
      rev: 1,
      title,
      isArchived: false,
      createdAt: now - 400 * day,
      updatedAt: now - 300 * day,
    };
  });
  return { plans, stages, stageGroups };
};

const seedJobs = (
  uuid: Uuid,
  now: number,
  users: readonly StoredUser[],
  plans: readonly StoredPlan[],
): StoredJob[] => {
  const locationId = uuid();
  const departmentId = uuid();
  const brandId = uuid();
  return jobTitles.map(([title, status, plan, confidential], index) => ({
    id: uuid(),
    seq: index + 1,
    rev: 1,
    title,
    status,
    confidential,
    locationId,
    departmentId,
    planId: plans[plan]?.id ?? '',
    requisitionId: index === 0 ? uuid() : null,
    brandId,
    authorId: users[0]?.id ?? '',
    hiringTeam: [
      { userId: users[1 + (index % 3)]?.id ?? '', role: 'Hiring Manager' },
      { userId: users[0]?.id ?? '', role: 'Recruiter' },
    ],
    createdAt: now - 250 * day,
    updatedAt: now - 100 * day,
    openedAt: status === 'Draft' ? null : now - 240 * day,
    closedAt: status === 'Closed' ? now - 100 * day : null,
  }));
};

/** How often a seeded application stands in each stage of its plan, in tenths. */
const stageShares = [0, 0, 0, 0, 1, 1, 2, 3, 5, 6];

const addCandidate = (
  state: State,
  index: number,
  random: () => number,
  uuid: Uuid,
  now: number,
): void => {
  const person = seededPerson(random, index);
  const createdAt = now - 90 * day + Math.floor(random() * day);
  const candidate: StoredCandidate = {
    id: uuid(),
    seq: index + 1,
    rev: 1,
    name: person.name,
    createdAt,
    updatedAt: createdAt,
    // The second candidate has no address: what needs one must wait for it.
    emails: index === 1 ? [] : [{ value: person.email, type: 'Personal', isPrimary: true }],
    phones: [],
    links: [],
    tagIds: index > 1 && random() < 0.2 ? [pick(random, state.tags).id] : [],
    sourceId: index % 3 === 0 ? (state.sources[0]?.id ?? null) : null,
    creditedToUserId: null,
    location: null,
    applicationIds: [],
  };
  state.candidates.push(candidate);
  const place = index < 2 ? 0 : Math.floor(random() * 3);
  addApplication(state, candidate, place, index < 2 ? 0 : pick(random, stageShares), random, uuid);
  if (index > 1 && index % 10 === 0)
    addApplication(state, candidate, (place + 1) % 3, 0, random, uuid);
};

const addApplication = (
  state: State,
  candidate: StoredCandidate,
  jobIndex: number,
  stageIndex: number,
  random: () => number,
  uuid: Uuid,
): void => {
  const job = state.jobs[jobIndex];
  if (!job) return;
  const stages = state.stages.filter((stage) => stage.planId === job.planId);
  const path = stages.slice(0, stageIndex === 6 ? 1 : stageIndex + 1);
  if (stageIndex === 6 && stages[6]) path.push(stages[6]);
  const start = candidate.createdAt;
  const step = Math.floor((1 + random()) * 4 * day);
  const history = path.map((stage, index): HistoryRow => ({
    id: uuid(),
    stageId: stage.id,
    title: stage.title,
    enteredAt: start + index * step,
    leftAt: index === path.length - 1 ? null : start + (index + 1) * step,
    actorId: index === 0 ? null : (state.users[0]?.id ?? null),
  }));
  const last = history.at(-1);
  if (!last) return;
  const isArchived = stageIndex === 6;
  const application: StoredApplication = {
    id: uuid(),
    seq: state.applications.length + 1,
    rev: 1,
    candidateId: candidate.id,
    jobId: job.id,
    stageId: last.stageId,
    createdAt: start,
    updatedAt: last.enteredAt,
    sourceId: candidate.sourceId,
    creditedToUserId: null,
    archiveReasonId: isArchived ? (state.archiveReasons[0]?.id ?? null) : null,
    archivedAt: isArchived ? last.enteredAt : null,
    history,
  };
  candidate.applicationIds.push(application.id);
  state.applications.push(application);
};
