/** Which live sessions and tests an interview needs: those that its texts name, each once. */
import type { LinkFact } from '#core/template/facts.ts';
import { needsOf } from '#core/template/check.ts';
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
    const lifetime = scene.platforms.get(choice.connectionId)?.linkLifetime ?? null;
    const templateId = choice.kind === 'template' ? choice.id : null;
    const session = (event: PlannedEvent | null): NeededSession => ({
      thing: numbered(sessionThing(scene.id, event?.id ?? null, choice.connectionId), plan.links),
      kind: 'live_session',
      connectionId: choice.connectionId,
      platform: choice.platform,
      eventId: event?.id ?? null,
      choiceId: templateId,
      notBefore: earliest(event?.end ?? lastEnd, lifetime),
    });
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
 * those that are not what was chosen give way to new ones; the others stay.
 */
export const chooseCoding = (id: string, plan: Plan, coding: CodingChoice[]): Plan => {
  const templateOf = (choice?: CodingChoice) => (choice?.kind === 'template' ? choice.id : null);
  const testOf = (choice?: CodingChoice) => (choice?.kind === 'test' ? choice.id : null);
  return coding.reduce(
    (changed, choice) => {
      const { connectionId } = choice;
      const before = plan.coding.find((one) => one.connectionId === connectionId);
      const outdated = [
        ...(templateOf(before) === templateOf(choice)
          ? []
          : [null, ...plan.events.map((event) => event.id)].map((eventId) =>
              sessionThing(id, eventId, connectionId),
            )),
        ...(testOf(before) === testOf(choice) ? [] : [assessmentThing(id, connectionId)]),
      ];
      return outdated.reduce(renewLink, changed);
    },
    { ...plan, coding },
  );
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
