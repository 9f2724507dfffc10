/** Changes of what an interview holds: its events, texts, choices at platforms, and links. */
import { z } from '@hono/zod-openapi';
import { conflict, invalid } from '#core/errors.ts';
import {
  changeEvent,
  eventName,
  removeEvent,
  renewLink,
  type EventChange,
} from '#core/interview/operations.ts';
import { renewChosen } from '#core/interview/sessions.ts';
import { atsThing, audienceOf } from '#core/interview/things.ts';
import { planMoreSeats, planNewEvent } from '#jobs/add-event.ts';
import type { ChangeWish } from '#jobs/change-interview.ts';
import { checkCoding, checkInvite, checkLayer, checkRooms } from '#jobs/check-layer.ts';
import type { Hub } from '#jobs/hub.ts';
import { codingOf, connectionsOfRole, platformsOf } from '#jobs/interview-scene.ts';
import { findChoices } from '#store/choices.ts';
import { thingsOf } from '#store/interview-effects.ts';
import { findInterview, type InterviewRow } from '#store/interviews.ts';
import { eventId } from './present/loop.ts';
import {
  CodingChoiceSchema,
  EventChangeFields,
  EventTemplateSchema,
  TextsSchema,
} from './present/scheduling-input.ts';

type Wish = Omit<ChangeWish, 'revision'>;

const change = { needs: 'change' } as const;

export const contentFields = {
  addEvent: {
    event: EventTemplateSchema.extend({ start: z.iso.datetime({ offset: true }) }),
  },
  event: { eventId, ...EventChangeFields },
  removeEvent: { eventId },
  texts: { texts: TextsSchema },
  coding: { coding: z.array(CodingChoiceSchema).max(20) },
  newLink: { effectId: z.string().max(60) },
};

type Fields<Name extends keyof typeof contentFields> = z.infer<
  z.ZodObject<(typeof contentFields)[Name]>
>;

/** All of them; each route's own schema makes sure that its fields are there. */
export type ContentFields = Fields<'addEvent'> &
  Fields<'event'> &
  Fields<'texts'> &
  Fields<'coding'> &
  Fields<'newLink'>;

/** Throws `feedback_form_unknown` unless the interview's ATS has these forms. */
const checkForms = async (
  hub: Hub,
  { connection_id: connectionId }: InterviewRow,
  forms: ReadonlyArray<{ id: string | null | undefined; field: string }>,
): Promise<void> => {
  for (const { id, field } of forms) {
    if (id === null || id === undefined) continue;
    const [found] = await findChoices(hub.db, connectionId, 'feedback_form', [id]);
    if (!found)
      throw invalid(
        'feedback_form_unknown',
        'interview: the ATS has no such feedback form. Choose one from its list, or refresh the list.',
        field,
      );
  }
};

const formsOf = (
  seats: ReadonlyArray<{ feedbackFormId?: string | null | undefined }>,
  field: string,
) =>
  seats.map(({ feedbackFormId: id }, index) => ({
    id,
    field: `${field}.${String(index)}.feedbackFormId`,
  }));

export const addEventWish = async (
  hub: Hub,
  id: string,
  { event }: Fields<'addEvent'>,
): Promise<Wish> => {
  const row = await findInterview(hub.db, id);
  await checkForms(hub, row, [
    { id: event.feedbackFormId, field: 'event.feedbackFormId' },
    ...formsOf(event.seats, 'event.seats'),
  ]);
  const { interviewerInvite, coding = [] } = event;
  return {
    ...change,
    act: 'add_event',
    about: () => ({ event: event.name }),
    plan: await planNewEvent(hub, row, {
      ...event,
      interviewerInvite:
        interviewerInvite && (await checkInvite(hub, interviewerInvite, 'event.interviewerInvite')),
      coding: await checkRooms(hub, coding, 'event.coding'),
      start: Date.parse(event.start),
    }),
  };
};

/** Without what was left out. */
const said = <Given extends object>(
  given: Given,
): { [Key in keyof Given]?: NonNullable<Given[Key]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;

const parts = {
  name: 'name',
  topic: 'topic',
  minutes: 'minutes',
  location: 'location',
  internal: 'internal',
  feedbackFormId: 'form',
  interviewerInvite: 'text',
  seats: 'people',
  removeSeats: 'people',
  addSeats: 'people',
  coding: 'coding',
} as const satisfies Partial<Record<keyof Fields<'event'>, string>>;

/** What was said of the event, for its history. */
const changedIn = (given: Fields<'event'>): string[] => [
  ...new Set(
    Object.entries(parts).flatMap(([field, part]) =>
      given[field as keyof typeof parts] === undefined ? [] : [part],
    ),
  ),
];

export const eventWish = async (hub: Hub, id: string, given: Fields<'event'>): Promise<Wish> => {
  const { eventId: of, seats = [], removeSeats = [], addSeats = [], coding } = given;
  const { name, topic, prepare, location, internal, feedbackFormId, minutes, interviewerInvite } =
    given;
  const row = await findInterview(hub.db, id);
  await checkForms(hub, row, [
    { id: feedbackFormId, field: 'feedbackFormId' },
    ...formsOf(seats, 'seats'),
    ...formsOf(addSeats, 'addSeats'),
  ]);
  const wished: EventChange = {
    ...(said({
      name,
      topic,
      prepare,
      location,
      internal,
      minutes,
      seats: seats.map(said),
    }) as EventChange),
    ...(feedbackFormId === undefined ? {} : { feedbackFormId }),
    removeSeats,
    addSeats: await planMoreSeats(
      hub,
      row,
      { eventId: of, minutes, leaving: removeSeats },
      addSeats,
    ),
    ...(coding === undefined ? {} : { coding: await checkRooms(hub, coding, 'coding') }),
    ...(interviewerInvite === undefined
      ? {}
      : {
          interviewerInvite:
            interviewerInvite && (await checkInvite(hub, interviewerInvite, 'interviewerInvite')),
        }),
  };
  return {
    ...change,
    act: 'event',
    about: (plan) => ({ event: eventName(plan, of), changed: changedIn(given) }),
    plan: (plan) => renewChosen(id, plan, changeEvent(plan, of, wished)),
  };
};

export const removeEventWish = (given: Fields<'removeEvent'>): Wish => ({
  ...change,
  act: 'remove_event',
  about: (plan) => ({ event: eventName(plan, given.eventId) }),
  plan: (plan) => removeEvent(plan, given.eventId),
});

export const textsWish = async (hub: Hub, { texts }: Fields<'texts'>): Promise<Wish> => {
  const layer = await checkLayer(hub, { texts }, 'body');
  return {
    ...change,
    act: 'texts',
    plan: (plan) => ({ ...plan, texts: { ...plan.texts, ...layer.texts } }),
  };
};

export const codingWish = async (hub: Hub, id: string, given: Fields<'coding'>): Promise<Wish> => {
  const coding = await checkCoding(hub, given.coding, 'coding');
  const platforms = platformsOf(hub, await connectionsOfRole(hub, hub.db, 'coding'));
  return {
    ...change,
    act: 'coding',
    plan: (plan) => renewChosen(id, plan, { ...plan, coding: codingOf(coding, platforms) }),
  };
};

export const newLinkWish = async (
  hub: Hub,
  id: string,
  { effectId }: Fields<'newLink'>,
): Promise<Wish> => {
  const thing = (await thingsOf(hub.db, id)).find((row) => row.id === effectId);
  if (
    !thing ||
    !['live_session', 'assessment'].includes(thing.kind) ||
    audienceOf(thing.key) !== null
  )
    throw invalid(
      'link_unknown',
      'interview: that effect is no link of this interview. Choose one of its sessions.',
      'effectId',
    );
  return { ...change, act: 'new_link', plan: (plan) => renewLink(plan, thing.key) };
};

export const putBackWish = async (hub: Hub, id: string): Promise<Wish> => {
  const { flag } = await findInterview(hub.db, id);
  if (flag === null)
    throw conflict(
      'not_called_off',
      'interview: it was not called off in the ATS. There is nothing to put back.',
    );
  return {
    ...change,
    act: 'put_back',
    flag: null,
    plan: (plan) => renewLink(plan, atsThing(id)),
  };
};
