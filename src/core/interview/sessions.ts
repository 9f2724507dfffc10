/** Which live sessions and tests an interview needs: those that its texts name, each once. */
import type { LinkFact } from '#core/template/facts.ts';
import { needsOf } from '#core/template/check.ts';
import type { Registry } from '#core/template/variables.ts';
import type { CodingChoice, Plan, PlannedEvent } from './model.ts';
import { renewLink } from './operations.ts';
import type { Scene } from './scene.ts';
import { assessmentThing, numbered, sessionThing } from './things.ts';

export interface NeededSession {
  thing: string;
  kind: 'live_session' | 'assessment';
  connectionId: string;
  platform: string;
  /** Null: one for the whole interview. */
  eventId: string | null;
  /** The template of a session, or the test; null: a plain room. */
  choiceId: string | null;
  /** Its link would die before the interview is over if it were made now: not before this instant. */
  notBefore: number;
}

/** A link has to outlive the end by so much: interviews run late. */
const slack = 2 * 3_600_000;

/** When a session may be made at the earliest, so that its link lives until the end. */
export const earliest = (end: number, lifetime: number | null): number =>
  lifetime === null ? 0 : Math.max(0, end + slack - lifetime);

/** What decides which sessions an interview needs. */
export type Ground = Pick<Scene, 'id' | 'plan' | 'registry' | 'platforms'>;

const sharedTexts = ({ plan: { texts } }: Ground): string[] => [
  texts.candidateMail?.subject ?? '',
  texts.candidateMail?.body ?? '',
  texts.candidateInvite?.title ?? '',
  texts.candidateInvite?.body ?? '',
  texts.itinerary,
];

const inviteOf = (scene: Ground, event: PlannedEvent): string[] => {
  const { title, body } = event.interviewerInvite ?? scene.plan.texts.interviewerInvite;
  return [title, body];
};

/** Platforms by the name that variables give them; the first connection of a vendor counts. */
export const choicesOf = ({ coding }: Pick<Plan, 'coding'>): ReadonlyMap<string, CodingChoice> => {
  const byPlatform = new Map<string, CodingChoice>();
  for (const choice of coding)
    if (!byPlatform.has(choice.platform)) byPlatform.set(choice.platform, choice);
  return byPlatform;
};

/** Platforms of which a text gives what was chosen, where nothing was; with rooms it is a plain one. */
export const unchosenIn = (
  text: string,
  plan: Pick<Plan, 'coding'>,
  registry: Registry,
): Array<{ platform: string; hasRooms: boolean }> => {
  const choices = choicesOf(plan);
  return needsOf(text, registry).flatMap(({ platform, resource }) =>
    resource !== 'template' || (choices.get(platform)?.id ?? null) !== null
      ? []
      : [
          {
            platform,
            hasRooms: registry.find(`Interview.${platform}.Live.Link`) !== undefined,
          },
        ],
  );
};

/** At the platform of `choice`: the event's own choice, else the interview's. */
const choiceFor = (choice: CodingChoice, event: PlannedEvent | null): CodingChoice =>
  event?.coding?.find(({ platform }) => platform === choice.platform) ?? choice;

/** What a text opens at the platforms that it names; a link of an event begins as each of `events` has it. */
export const openedBy = (
  text: string,
  plan: Pick<Plan, 'coding'>,
  events: readonly PlannedEvent[],
  registry: Registry,
): CodingChoice[] => {
  const choices = choicesOf(plan);
  const opened = needsOf(text, registry).flatMap(({ platform, scope }) => {
    const choice = choices.get(platform);
    if (!choice) return [];
    return scope === 'event' ? events.map((event) => choiceFor(choice, event)) : [choice];
  });
  return [...new Set(opened)];
};

const templateIn = (choice?: CodingChoice): string | null =>
  choice?.kind === 'template' ? choice.id : null;
const testIn = (choice?: CodingChoice): string | null =>
  choice?.kind === 'test' ? choice.id : null;

export const neededSessions = (scene: Ground): NeededSession[] => {
  const { plan, registry } = scene;
  const shared = needsOf(sharedTexts(scene).join('\n'), registry);
  const byEvent = new Map(
    plan.events.map((event) => [event.id, needsOf(inviteOf(scene, event).join('\n'), registry)]),
  );
  const everywhere = [...shared, ...[...byEvent.values()].flat()];
  const lastEnd = Math.max(0, ...plan.events.map(({ end }) => end));
  const found: NeededSession[] = [];

  for (const choice of choicesOf(plan).values()) {
    const named = everywhere.filter(({ platform }) => platform === choice.platform);
    const session = (event: PlannedEvent | null): NeededSession => {
      const own = choiceFor(choice, event);
      const { connectionId, platform } = own;
      const lifetime = scene.platforms.get(connectionId)?.linkLifetime ?? null;
      return {
        thing: numbered(sessionThing(scene.id, event?.id ?? null, connectionId), plan.links),
        kind: 'live_session',
        connectionId,
        platform,
        eventId: event?.id ?? null,
        choiceId: templateIn(own),
        notBefore: earliest(event?.end ?? lastEnd, lifetime),
      };
    };
    const wantsTemplate = named.some(({ resource }) => resource === 'template');
    const isTest = choice.kind === 'test' && choice.id !== null;
    if (
      named.some(({ scope, resource }) => scope === 'interview' && resource === 'live') ||
      (wantsTemplate && !isTest)
    )
      found.push(session(null));
    for (const event of eventsNaming(plan.events, byEvent, shared, choice.platform))
      found.push(session(event));
    if (wantsTemplate && isTest)
      found.push({
        ...session(null),
        thing: numbered(assessmentThing(scene.id, choice.connectionId), plan.links),
        kind: 'assessment',
        choiceId: choice.id,
        notBefore: 0,
      });
  }
  return found;
};

/**
 * The plan with another link in the place of each that would die before its event is over: the
 * interview was moved away from it. `madeAt` tells of the sessions that there are, by thing.
 */
export const renewOutlived = (ground: Ground, madeAt: ReadonlyMap<string, number>): Plan =>
  neededSessions(ground)
    .filter(({ thing, notBefore }) => (madeAt.get(thing) ?? Infinity) < notBefore)
    .reduce((plan, { thing }) => renewLink(plan, thing), ground.plan);

/**
 * Other templates or tests. A room is launched with its template and a test is what was sent, so
 * those that are not what is chosen now give way to new ones; the others stay.
 */
export const renewChosen = (id: string, before: Plan, now: Plan): Plan => {
  const at = (plan: Plan, connectionId: string, eventId: string | null) =>
    [...(plan.events.find((event) => event.id === eventId)?.coding ?? []), ...plan.coding].find(
      (one) => one.connectionId === connectionId,
    );
  const chosen = [before, now].flatMap((plan) => [
    ...plan.coding,
    ...plan.events.flatMap(({ coding = [] }) => coding),
  ]);
  const outdated = [...new Set(chosen.map((one) => one.connectionId))].flatMap((connectionId) => [
    ...[null, ...now.events.map((event) => event.id)]
      .filter(
        (eventId) =>
          templateIn(at(before, connectionId, eventId)) !==
          templateIn(at(now, connectionId, eventId)),
      )
      .map((eventId) => sessionThing(id, eventId, connectionId)),
    ...(testIn(at(before, connectionId, null)) === testIn(at(now, connectionId, null))
      ? []
      : [assessmentThing(id, connectionId)]),
  ]);
  return outdated.reduce(renewLink, now);
};

/** Events whose own invite asks for a session; all of them where only the candidate's text does. */
const eventsNaming = (
  events: readonly PlannedEvent[],
  byEvent: ReadonlyMap<string, ReturnType<typeof needsOf>>,
  shared: ReturnType<typeof needsOf>,
  platform: string,
): PlannedEvent[] => {
  const asks = (needs: ReturnType<typeof needsOf>): boolean =>
    needs.some((need) => need.scope === 'event' && need.platform === platform);
  const own = events.filter(({ id }) => asks(byEvent.get(id) ?? []));
  if (own.length > 0) return own;

  return asks(shared) ? events.filter(({ internal }) => !internal) : [];
};

/** The link of a session as far as it exists: the vendor's, the hub's own, or still to come. */
export const linkOf = (scene: Scene, session: NeededSession): LinkFact => {
  const url = scene.joinUrls.get(session.thing) ?? scene.standing.get(session.thing)?.url;
  return url === undefined || url === null ? { state: 'pending' } : { state: 'ready', url };
};
