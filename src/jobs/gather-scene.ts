/**
 * Gathers everything that decides what should exist outside for interviews. Many are gathered with as
 * many statements as one.
 */
import { isSimpleAddress, type Party } from '#core/calendar/invite.ts';
import { notFound } from '#core/errors.ts';
import type { Company } from '#core/interview/layers.ts';
import type { Contact, Plan } from '#core/interview/model.ts';
import type { PlatformFacts, Scene, Standing } from '#core/interview/scene.ts';
import { isCandidatePage, isTestPage } from '#core/interview/things.ts';
import { customFieldOf, type Registry } from '#core/template/variables.ts';
import { findCandidates, type CandidateRow } from '#store/candidates.ts';
import { findChoicesOfAll, type ChoiceName, type ChoiceRow } from '#store/choices.ts';
import { findCompany } from '#store/company.ts';
import type { ConnectionRow } from '#store/connections.ts';
import type { Executor } from '#store/database.ts';
import { thingsOf, type StandingRow, type ThingRow } from '#store/interview-effects.ts';
import { organizerNumber, type InterviewRow } from '#store/interviews.ts';
import { joinLinksOf } from '#store/join-links.ts';
import { capabilitiesOf, type Hub } from './hub.ts';
import {
  codingOf,
  connectionsOfRole,
  mailServer,
  organizerOf,
  platformsOf,
  registryOf,
} from './interview-scene.ts';

export interface Gathered {
  scene: Scene;
  things: ThingRow[];
}

export const gatherScene = async (
  hub: Hub,
  db: Executor,
  interview: InterviewRow,
): Promise<Gathered> => {
  const things = await thingsOf(db, interview.id);
  const ground = await readGround(hub, db, [interview]);
  return { scene: sceneOf(hub, ground, interview, things), things };
};

/** `standing` tells of all of them. In their order. */
export const gatherScenes = async (
  hub: Hub,
  db: Executor,
  interviews: readonly InterviewRow[],
  standing: readonly StandingRow[],
): Promise<Scene[]> => {
  const ground = await readGround(hub, db, interviews);
  const byInterview = Map.groupBy(standing, ({ interview_id: id }) => id);
  return interviews.map((one) => sceneOf(hub, ground, one, byInterview.get(one.id) ?? []));
};

/** What the hub knows around some interviews. */
interface Ground {
  company: Company;
  platforms: ReadonlyMap<string, PlatformFacts>;
  registry: Registry;
  server: ConnectionRow | null;
  /** Connected applicant tracking systems, by id. */
  systems: ReadonlyMap<string, ConnectionRow>;
  candidates: ReadonlyMap<string, CandidateRow>;
  choices: ReadonlyMap<string, ChoiceRow>;
  /** Tokens by interview and thing. */
  tokens: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const readGround = async (
  hub: Hub,
  db: Executor,
  interviews: readonly InterviewRow[],
): Promise<Ground> => {
  const found = await findCandidates(db, [...new Set(interviews.map((one) => one.candidate_id))]);
  const candidates = new Map(found.map((row) => [row.id, row]));
  const names = interviews.flatMap((one) => choicesNamed(one, candidates.get(one.candidate_id)));
  const choices = await findChoicesOfAll(db, names);
  const systems = await connectionsOfRole(hub, db, 'ats');
  const platforms = platformsOf(hub, await connectionsOfRole(hub, db, 'coding'));
  return {
    candidates,
    choices: new Map(choices.map((row) => [keyOf({ ...row, id: row.remote_id }), row])),
    company: await findCompany(db),
    platforms,
    registry: registryOf(platforms),
    server: await mailServer(hub, db),
    systems: new Map(systems.map((row) => [row.id, row])),
    tokens: await joinLinksOf(
      db,
      interviews.map(({ id }) => id),
    ),
  };
};

const keyOf = ({ connection_id: connectionId, kind, id }: ChoiceName): string =>
  `${connectionId} ${kind} ${id}`;

const formIds = ({ events }: Plan): string[] => [
  ...new Set(events.flatMap(({ feedbackFormId: id }) => (id === null ? [] : [id]))),
];

/** What of the ATS is told of by its name. */
const choicesNamed = (
  { connection_id, plan }: InterviewRow,
  candidate: CandidateRow | undefined,
): ChoiceName[] => [
  ...(candidate ? [{ connection_id, kind: 'stage' as const, id: candidate.stage_id }] : []),
  ...(candidate?.job_id ? [{ connection_id, kind: 'job' as const, id: candidate.job_id }] : []),
  ...formIds(plan).map((id) => ({ connection_id, kind: 'feedback_form' as const, id })),
];

/** Who is named as the sender: whichever contact has that address, else the bare name. */
const senderOf = ({ name, address }: Party, plan: Plan): Contact =>
  [plan.coordinator, plan.recruiter, plan.hiringManager].find(
    (one) => one?.email.toLowerCase() === address.toLowerCase(),
  ) ?? { name, email: address, title: '', phone: '' };

/** An ATS takes what is no address, too; nothing can be sent there, and no invite can name it. */
export const reachable = (email: string | null): string =>
  email !== null && isSimpleAddress(email) ? email : '';

/** Where the hub serves what it has an address of its own for. */
const roomOf = (thing: string): string =>
  isCandidatePage(thing) ? 'i' : isTestPage(thing) ? 'tests' : 'join';

/** Choices and events as they are now: without platforms that are not connected any more. */
const planOf = ({ plan }: InterviewRow, { platforms }: Ground): Plan => ({
  ...plan,
  coding: codingOf(plan.coding, platforms),
  events: plan.events.map(({ coding = [], ...event }) => ({
    ...event,
    coding: coding.filter(({ connectionId }) => platforms.has(connectionId)),
  })),
});

const factsOf = (
  { connection_id }: InterviewRow,
  plan: Plan,
  candidate: CandidateRow,
  { choices, company }: Ground,
): Omit<Scene['facts'], 'sender'> => {
  const { phone = '', location = '', customFields = {} } = candidate.profile;
  const { linkedIn = '', headline = '', title = '', source = '' } = candidate.profile;
  const stage = choices.get(keyOf({ connection_id, kind: 'stage', id: candidate.stage_id }));
  const job = choices.get(keyOf({ connection_id, kind: 'job', id: candidate.job_id ?? '' }));
  const { name, website, careersLink } = company;
  return {
    candidate: {
      name: candidate.name,
      preferredName: customFieldOf(customFields, 'PreferredName'),
      email: reachable(candidate.email),
      phone,
      zone: plan.candidateZone,
      location,
      tags: candidate.tags,
      atsLink: candidate.url,
      customFields,
      linkedIn,
      headline,
      title,
      company: candidate.profile.company ?? '',
      source,
    },
    job: {
      name: job?.name ?? '',
      department: job?.detail.department ?? '',
      location: job?.detail.location ?? '',
      requisition: job?.detail.requisition ?? '',
      url: job?.detail.url ?? '',
    },
    stage: { name: stage?.name ?? '' },
    company: { name, website, phone: company.phone, careersLink },
  };
};

const atsOf = (
  hub: Hub,
  { connection_id, flag, plan }: InterviewRow,
  { gone }: CandidateRow,
  { choices, systems }: Ground,
): Scene['ats'] => {
  const system = systems.get(connection_id);
  const interviews = system && capabilitiesOf(hub, system).ats?.interviews;
  const forms = formIds(plan).flatMap((id): Array<[string, string]> => {
    const form = choices.get(keyOf({ connection_id, kind: 'feedback_form', id }));
    return form ? [[id, form.name]] : [];
  });
  return {
    connectionId: connection_id,
    takesInterviews: interviews !== undefined,
    showsEventNotes: interviews?.showsNotes === true,
    calledOff: flag !== null || gone,
    gone,
    feedbackForms: new Map(forms),
  };
};

const standingOf = (rows: readonly StandingRow[], { flag }: InterviewRow): Scene['standing'] =>
  new Map(
    rows
      .filter(({ stands, kind }) => stands !== null || (kind === 'ats_interview' && flag !== null))
      .map((row): [string, Standing] => [row.key, { url: row.remote_url, result: row.result }]),
  );

const sceneOf = (
  hub: Hub,
  ground: Ground,
  interview: InterviewRow,
  standing: readonly StandingRow[],
): Scene => {
  const candidate = ground.candidates.get(interview.candidate_id);
  if (!candidate) throw notFound('candidate', interview.candidate_id);
  const organizer = organizerOf(ground.company, ground.server, interview.organizers.at(-1));
  const hubUrl = hub.publicUrl.replace(/\/+$/, '');
  const plan = planOf(interview, ground);
  const facts = factsOf(interview, plan, candidate, ground);
  const tokens = [...(ground.tokens.get(interview.id) ?? [])];
  return {
    id: interview.id,
    state: interview.state,
    plan,
    now: hub.now(),
    registry: ground.registry,
    changeSummary: interview.reason ?? '',
    platforms: ground.platforms,
    facts: { ...facts, sender: senderOf(organizer, plan) },
    ats: atsOf(hub, interview, candidate, ground),
    mail: {
      connectionId: ground.server?.id ?? null,
      organizer,
      number: organizerNumber(interview),
    },
    hubUrl,
    standing: standingOf(standing, interview),
    joinUrls: new Map(
      tokens.map(([thing, token]) => [thing, `${hubUrl}/${roomOf(thing)}/${token}`]),
    ),
    linkWaitUntil: interview.link_wait_until ?? 0,
  };
};
