/** Gathers everything that decides what should exist outside for one interview. */
import type { Party } from '#core/calendar/invite.ts';
import type { Company } from '#core/interview/layers.ts';
import type { CodingChoice, Plan, Contact } from '#core/interview/model.ts';
import type { PlatformFacts, Scene, Standing } from '#core/interview/scene.ts';
import { isCandidatePage, isTestPage } from '#core/interview/things.ts';
import { createRegistry, customFieldOf, type Registry } from '#core/template/variables.ts';
import type { Connector } from '#connectors/contract.ts';
import { findCandidate } from '#store/candidates.ts';
import { findChoices } from '#store/choices.ts';
import { findCompany } from '#store/company.ts';
import { connectionsWith, findConnection, type ConnectionRow } from '#store/connections.ts';
import type { Executor } from '#store/database.ts';
import { thingsOf, type ThingRow } from '#store/interview-effects.ts';
import { organizerNumber, type InterviewRow } from '#store/interviews.ts';
import { joinLinksOf } from '#store/join-links.ts';
import type { ChoiceKind } from '#store/schema.ts';
import { capabilitiesOf, connectorOf, type Hub } from './hub.ts';

/** Connections whose connector plays this role, oldest first. */
export const connectionsOfRole = (
  hub: Hub,
  db: Executor,
  role: Connector['role'],
): Promise<ConnectionRow[]> =>
  connectionsWith(
    db,
    [...hub.connectors.values()].flatMap((one) => (one.role === role ? [one.id] : [])),
  );

/** Connected coding platforms by connection, as variables name them. */
export const platformsOf = (
  hub: Hub,
  connections: readonly ConnectionRow[],
): ReadonlyMap<string, PlatformFacts> =>
  new Map(
    connections.flatMap((row): Array<[string, PlatformFacts]> => {
      const connector = connectorOf(hub, row);
      if (connector.role !== 'coding') return [];
      const { liveSessions, assessments } = capabilitiesOf(hub, row);
      const facts = {
        platform: connector.name,
        live: liveSessions !== undefined,
        tests: assessments !== undefined,
        linkLifetime: liveSessions?.linkLifetime ?? null,
      };
      return [[row.id, facts]];
    }),
  );

/**
 * Chosen templates and tests, and every other connected platform without a choice: also those that
 * were connected after the plan was made.
 */
export const codingOf = (
  chosen: readonly CodingChoice[],
  platforms: ReadonlyMap<string, PlatformFacts>,
): CodingChoice[] => [
  ...chosen.filter(({ connectionId }) => platforms.has(connectionId)),
  ...[...platforms].flatMap(([connectionId, { platform }]) =>
    chosen.some((one) => one.connectionId === connectionId)
      ? []
      : [{ connectionId, platform, kind: null, id: null, name: null }],
  ),
];

/** The variables of this hub, with those of its connected platforms. */
export const registryOf = (platforms: ReadonlyMap<string, PlatformFacts>): Registry => {
  const byName = new Map([...platforms.values()].map((one) => [one.platform, one]));
  return createRegistry([...byName.values()]);
};

/** The mail server that the company's mail leaves by; null: the outbox keeps it. */
export const mailServer = async (hub: Hub, db: Executor): Promise<ConnectionRow | null> =>
  (await connectionsOfRole(hub, db, 'mail'))[0] ?? null;

/** Whom the hub's mails come from. `last`: whose an interview's invites are, while there is no server. */
export const organizerOf = (company: Company, server: ConnectionRow | null, last?: string): Party => {
  const address = server?.settings['fromAddress'];
  const name = server?.settings['fromName'];
  if (typeof address === 'string')
    return { name: typeof name === 'string' ? name : company.name, address };
  if (last !== undefined) return { name: company.name, address: last };
  // Nothing leaves the hub then; the reserved name says so to whoever reads it in the outbox.
  return company.organizer ?? { name: company.name, address: 'interviews@loopwright.invalid' };
}; // prettier-ignore

/** Who is named as the sender: whichever contact has that address, else the bare name. */
const senderOf = ({ name, address }: Party, plan: Plan): Contact =>
  [plan.coordinator, plan.recruiter, plan.hiringManager].find(
    (one) => one?.email.toLowerCase() === address.toLowerCase(),
  ) ?? { name, email: address, title: '', phone: '' };

const formIds = ({ events }: Plan): string[] => [
  ...new Set(events.flatMap(({ feedbackFormId: id }) => (id === null ? [] : [id]))),
];

/** Where the hub serves what it has an address of its own for. */
const roomOf = (thing: string): string =>
  isCandidatePage(thing) ? 'i' : isTestPage(thing) ? 'tests' : 'join';

export interface Gathered {
  scene: Scene;
  things: ThingRow[];
}

export const gatherScene = async (
  hub: Hub,
  db: Executor,
  interview: InterviewRow,
): Promise<Gathered> => {
  const candidate = await findCandidate(db, interview.candidate_id);
  const company = await findCompany(db);
  const things = await thingsOf(db, interview.id);
  const tokens = await joinLinksOf(db, interview.id);
  const nameOf = async (kind: ChoiceKind, ids: readonly string[]) =>
    new Map(
      (await findChoices(db, interview.connection_id, kind, ids)).map((row) => [
        row.remote_id,
        row.name,
      ]),
    );
  const jobIds = candidate.job_id === null ? [] : [candidate.job_id];
  const [job] = await findChoices(db, interview.connection_id, 'job', jobIds);
  const { phone = '', location = '', customFields = {} } = candidate.profile;
  const { linkedIn = '', headline = '', title = '', company: employer = '', source = '' } = candidate.profile;
  const stages = await nameOf('stage', [candidate.stage_id]);
  const forms = await nameOf('feedback_form', formIds(interview.plan));
  const platforms = platformsOf(hub, await connectionsOfRole(hub, db, 'coding'));
  const server = await mailServer(hub, db);
  const ats = await findConnection(db, interview.connection_id).catch(() => null);
  const interviews = ats ? capabilitiesOf(hub, ats).ats?.interviews : undefined;
  const organizer = organizerOf(company, server, interview.organizers.at(-1));
  const hubUrl = hub.publicUrl.replace(/\/+$/, '');
  const plan = { ...interview.plan, coding: codingOf(interview.plan.coding, platforms) };
  const scene: Scene = {
    id: interview.id,
    state: interview.state,
    plan,
    now: hub.now(),
    registry: registryOf(platforms),
    changeSummary: interview.reason ?? '',
    platforms,
    facts: {
      candidate: {
        name: candidate.name,
        preferredName: customFieldOf(customFields, 'PreferredName'),
        email: candidate.email ?? '',
        phone,
        zone: plan.candidateZone,
        location,
        tags: candidate.tags,
        atsLink: candidate.url,
        customFields,
        linkedIn,
        headline,
        title,
        company: employer,
        source,
      },
      job: {
        name: job?.name ?? '',
        department: job?.detail.department ?? '',
        location: job?.detail.location ?? '',
        requisition: job?.detail.requisition ?? '',
        url: job?.detail.url ?? '',
      },
      stage: { name: stages.get(candidate.stage_id) ?? '' },
      company: { name: company.name, website: company.website, phone: company.phone, careersLink: company.careersLink },
      sender: senderOf(organizer, plan),
    },
    ats: {
      connectionId: interview.connection_id,
      takesInterviews: interviews !== undefined,
      showsEventNotes: interviews?.showsNotes === true,
      calledOff: interview.flag !== null || candidate.gone,
      gone: candidate.gone,
      feedbackForms: forms,
    },
    mail: {
      connectionId: server?.id ?? null,
      organizer,
      number: organizerNumber(interview),
    },
    hubUrl,
    standing: new Map(
      things
        .filter(({ stands, kind }) => stands !== null || (kind === 'ats_interview' && interview.flag !== null))
        .map((row): [string, Standing] => [row.key, { url: row.remote_url, result: row.result }]),
    ),
    joinUrls: new Map(
      [...tokens].map(([thing, token]) => [
        thing,
        `${hubUrl}/${roomOf(thing)}/${token}`,
      ]),
    ),
    linkWaitUntil: interview.link_wait_until ?? 0,
  };
  return { scene, things };
}; // prettier-ignore
