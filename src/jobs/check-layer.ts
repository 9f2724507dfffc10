/** Checks a layer of settings before it is saved: its texts by themselves, its platforms by the hub. */
import { invalid } from '#core/errors.ts';
import type { EventTemplate, Layer } from '#core/interview/layers.ts';
import type { CodingChoice, Contact, Place, RoomChoice, Texts } from '#core/interview/model.ts';
import { check } from '#core/template/check.ts';
import type { Context } from '#core/template/facts.ts';
import { canonical } from '#core/template/parse.ts';
import type { Registry } from '#core/template/variables.ts';
import { findChoices } from '#store/choices.ts';
import { findCompany } from '#store/company.ts';
import { checkPlace } from './company-places.ts';
import { connectionsOfRole, platformsOf, registryOf } from './interview-scene.ts';
import type { Hub } from './hub.ts';

/** A platform is named by its connection alone, and a choice by its id. */
type ChoiceInput = Pick<CodingChoice, 'connectionId' | 'kind' | 'id'>;

type EventInput = Omit<EventTemplate, 'coding'> & { coding?: ChoiceInput[] | undefined };

/** As it is given. */
export type LayerInput = {
  [Key in keyof Omit<Layer, 'coding' | 'texts' | 'events'>]?: Layer[Key] | undefined;
} & {
  texts?: { [Key in keyof Texts]?: Texts[Key] | undefined } | undefined;
  events?: EventInput[] | undefined;
  coding?: ChoiceInput[] | undefined;
  recruiter?: Contact | null | undefined;
};

/**
 * Throws with the field at fault; answers with the layer as it is stored, names in their spelling.
 * `places`: of the company, where they are being changed.
 */
export const checkLayer = async (
  hub: Hub,
  input: LayerInput,
  field: string,
  places?: readonly Place[],
): Promise<Layer> => {
  const platforms = platformsOf(hub, await connectionsOfRole(hub, hub.db, 'coding'));
  const registry = registryOf(platforms);
  const { coding, texts, events, ...rest } = input;
  if (typeof rest.placeId === 'string')
    checkPlace(rest.placeId, places ?? (await findCompany(hub.db)).places, `${field}.placeId`);
  const said = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as Layer;
  return {
    ...said,
    ...(texts === undefined ? {} : { texts: checkedTexts(texts, registry, `${field}.texts`) }),
    ...(events === undefined
      ? {}
      : {
          events: await Promise.all(
            events.map(async ({ coding: own, ...event }, index) => ({
              ...event,
              interviewerInvite:
                event.interviewerInvite &&
                checkedParts(event.interviewerInvite, 'interviewer_invite', registry, `${field}.events.${String(index)}.interviewerInvite`),
              ...(own === undefined
                ? {}
                : { coding: rooms(await chosen(hub, own, platforms, `${field}.events.${String(index)}.coding`)) }),
            })),
          ),
        }),
    ...(coding === undefined
      ? {}
      : { coding: await chosen(hub, coding, platforms, `${field}.coding`) }),
  };
}; // prettier-ignore

/** The same for the text of one event's invite. */
export const checkInvite = async (
  hub: Hub,
  invite: Texts['interviewerInvite'],
  field: string,
): Promise<Texts['interviewerInvite']> => {
  const platforms = platformsOf(hub, await connectionsOfRole(hub, hub.db, 'coding'));
  return checkedParts(invite, 'interviewer_invite', registryOf(platforms), field);
};

/** The same for what is used at the platforms. `known`: what stands already, also where its vendor lists it no more. */
export const checkCoding = async (
  hub: Hub,
  coding: readonly ChoiceInput[],
  field: string,
  known: readonly CodingChoice[] = [],
): Promise<CodingChoice[]> =>
  chosen(
    hub,
    coding,
    platformsOf(hub, await connectionsOfRole(hub, hub.db, 'coding')),
    field,
    known,
  );

/** The same for an event. */
export const checkRooms = async (...about: Parameters<typeof checkCoding>): Promise<RoomChoice[]> =>
  rooms(await checkCoding(...about));

const rooms = (coding: readonly CodingChoice[]): RoomChoice[] =>
  coding.flatMap(({ kind, ...one }) => (kind === 'test' ? [] : [{ ...one, kind }]));

const checkedText = (text: string, context: Context, registry: Registry, field: string): string => {
  const [problem] = check(text, context, registry);
  if (problem) throw invalid(problem.code, `text: ${problem.message}`, field);
  return canonical(text, registry);
};

const checkedParts = <Parts extends Record<string, string>>(
  parts: Parts,
  context: Context,
  registry: Registry,
  field: string,
): Parts =>
  Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [
      name,
      checkedText(text, context, registry, `${field}.${name}`),
    ]),
  ) as Parts;

const checkedTexts = (
  texts: NonNullable<LayerInput['texts']>,
  registry: Registry,
  field: string,
): Partial<Texts> => {
  const { candidateMail, candidateInvite, interviewerInvite, itinerary } = texts;
  return {
    ...(candidateMail === undefined
      ? {}
      : { candidateMail: candidateMail && checkedParts(candidateMail, 'candidate_mail', registry, `${field}.candidateMail`) }),
    ...(candidateInvite === undefined
      ? {}
      : { candidateInvite: candidateInvite && checkedParts(candidateInvite, 'candidate_invite', registry, `${field}.candidateInvite`) }),
    ...(interviewerInvite === undefined
      ? {}
      : { interviewerInvite: checkedParts(interviewerInvite, 'interviewer_invite', registry, `${field}.interviewerInvite`) }),
    ...(itinerary === undefined
      ? {}
      : { itinerary: checkedText(itinerary, 'itinerary', registry, `${field}.itinerary`) }),
  };
}; // prettier-ignore

/** Choices with the names that the vendor gives them. */
const chosen = async (
  hub: Hub,
  coding: readonly ChoiceInput[],
  platforms: ReturnType<typeof platformsOf>,
  field: string,
  known: readonly CodingChoice[] = [],
): Promise<CodingChoice[]> =>
  Promise.all(
    coding.map(async ({ connectionId, kind, id }, index) => {
      const standing = known.find(
        (one) => one.connectionId === connectionId && one.kind === kind && one.id === id,
      );
      if (standing) return standing;
      const platform = platforms.get(connectionId)?.platform;
      if (platform === undefined)
        throw invalid(
          'platform_unknown',
          'template: that connection is no coding platform. Choose one from the connections.',
          `${field}.${String(index)}.connectionId`,
        );
      if (kind === null || id === null)
        return { connectionId, platform, kind: null, id: null, name: null };
      const [found] = await findChoices(hub.db, connectionId, kind, [id]);
      if (!found)
        throw invalid(
          `${kind}_unknown`,
          `template: ${platform} has no ${kind} with the id ${id}. Choose one from its list, or refresh the list.`,
          `${field}.${String(index)}.id`,
        );
      return { connectionId, platform, kind, id, name: found.name };
    }),
  );
