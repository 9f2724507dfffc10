/** Changes of what an interview holds: its events, texts, choices at platforms, and links. */
import { z } from '@hono/zod-openapi';
import { conflict, invalid } from '#core/errors.ts';
import {
  changeEvent,
  removeEvent,
  renewLink,
  type EventChange,
} from '#core/interview/operations.ts';
import { chooseCoding } from '#core/interview/sessions.ts';
import { atsThing, audienceOf } from '#core/interview/things.ts';
import { planNewEvent } from '#jobs/add-event.ts';
import type { ChangeWish } from '#jobs/change-interview.ts';
import { checkInvite, checkLayer } from '#jobs/check-layer.ts';
import type { Hub } from '#jobs/hub.ts';
import { codingOf, connectionsOfRole, platformsOf } from '#jobs/interview-scene.ts';
import { findChoices } from '#store/choices.ts';
import { thingsOf } from '#store/interview-effects.ts';
import { findInterview } from '#store/interviews.ts';
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
  addEvent: { event: EventTemplateSchema.extend({ start: z.iso.datetime({ offset: true }) }) },
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

export const addEventWish = async (
  hub: Hub,
  id: string,
  { event }: Fields<'addEvent'>,
): Promise<Wish> => ({
  ...change,
  act: 'add_event',
  plan: await planNewEvent(hub, await findInterview(hub.db, id), {
    ...event,
    start: Date.parse(event.start),
  }),
});

/** Throws `feedback_form_unknown` unless the interview's ATS has these forms. */
const checkForms = async (
  hub: Hub,
  interviewId: string,
  forms: ReadonlyArray<{ id: string | null | undefined; field: string }>,
): Promise<void> => {
  const { connection_id: connectionId } = await findInterview(hub.db, interviewId);
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

/** Without what was left out. */
const said = <Given extends object>(
  given: Given,
): { [Key in keyof Given]?: NonNullable<Given[Key]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;

export const eventWish = async (hub: Hub, id: string, given: Fields<'event'>): Promise<Wish> => {
  const { name, topic, location, internal, feedbackFormId, minutes, seats, interviewerInvite } =
    given;
  await checkForms(hub, id, [
    { id: feedbackFormId, field: 'feedbackFormId' },
    ...(seats ?? []).map((seat, index) => ({
      id: seat.feedbackFormId,
      field: `seats.${String(index)}.feedbackFormId`,
    })),
  ]);
  const fields = said({ name, topic, location, internal, minutes, seats: seats?.map(said) });
  const wished: EventChange = {
    ...(fields as EventChange),
    ...(feedbackFormId === undefined ? {} : { feedbackFormId }),
    ...(interviewerInvite === undefined
      ? {}
      : {
          interviewerInvite:
            interviewerInvite && (await checkInvite(hub, interviewerInvite, 'interviewerInvite')),
        }),
  };
  return { ...change, act: 'event', plan: (plan) => changeEvent(plan, given.eventId, wished) };
};

export const removeEventWish = (given: Fields<'removeEvent'>): Wish => ({
  ...change,
  act: 'remove_event',
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
  const { coding = [] } = await checkLayer(hub, { coding: given.coding }, 'body');
  const platforms = platformsOf(hub, await connectionsOfRole(hub, hub.db, 'coding'));
  return {
    ...change,
    act: 'coding',
    plan: (plan) => chooseCoding(id, plan, codingOf(coding, platforms)),
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
