/** Moving, rescheduling and replacing: by hand, as a search suggested it, or at the engine's own choice. */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { invalid } from '#core/errors.ts';
import { eventName, moveAll, moveEvent, replaceSeat } from '#core/interview/operations.ts';
import type { Plan } from '#core/interview/model.ts';
import type { ChangeWish } from '#jobs/change-interview.ts';
import type { Hub } from '#jobs/hub.ts';
import { gatherCrowd } from '#jobs/interview-people.ts';
import { bestChange, bestSubstitute, inPlaceOf, planChange } from '#jobs/rearrange-interview.ts';
import type { InterviewRow } from '#store/interviews.ts';
import type { ApiEnv } from './context.ts';
import { readQuest } from './loop.ts';
import { ArrangementSchema, BestSchema, eventId, personId } from './present/loop.ts';
import { instant } from './present/search-input.ts';

export type Wish = Omit<ChangeWish, 'revision'>;

const reason = z.string().trim().max(2_000).nullable().default(null);
const minutes = z.int().min(5).max(1_440);

const suggested = z.array(ArrangementSchema).min(1).max(40).optional();

export const timeFields = {
  book: {
    events: suggested.openapi({
      description:
        'At a schedule that was suggested for this interview; left out: as it is planned.',
    }),
  },
  move: {
    eventId,
    start: instant.optional(),
    minutes: minutes.optional(),
    best: BestSchema.optional(),
  },
  reschedule: {
    start: instant.optional(),
    events: suggested.openapi({ description: 'A schedule that was suggested for this interview.' }),
    best: BestSchema.optional(),
    reason,
  },
  replace: {
    eventId,
    personId,
    byPersonId: personId.optional(),
    best: z.literal(true).optional().openapi({ description: 'The engine chooses who.' }),
  },
};

type Fields<Name extends keyof typeof timeFields> = z.infer<z.ZodObject<(typeof timeFields)[Name]>>;

/** Throws `input_invalid` unless exactly one way is given. */
const one = (given: object, ways: readonly string[]): void => {
  const said = ways.filter((way) => (given as Record<string, unknown>)[way] !== undefined);
  if (said.length === 1) return;
  throw invalid(
    'input_invalid',
    `request: give one of ${ways.join(', ')}. Correct it and send the request again.`,
    said[1] ?? ways[0],
  );
};

export const moveWish = async (
  c: Context<ApiEnv>,
  hub: Hub,
  row: InterviewRow,
  given: Fields<'move'>,
): Promise<Wish> => {
  one(given, ['start', 'best']);
  const { start, best } = given;
  const wish = {
    act: 'move',
    needs: 'change',
    about: (plan: Plan) => ({ event: eventName(plan, given.eventId) }),
  } as const;
  if (best === undefined)
    return {
      ...wish,
      plan: (plan) => moveEvent(plan, given.eventId, Date.parse(start ?? ''), given.minutes),
    };
  const about = { eventId: given.eventId, keep: best.keep };
  return { ...wish, plan: await bestChange(hub, row, about, readQuest(c, hub, best)) };
};

const planAt = (hub: Hub, row: InterviewRow, events: Fields<'book'>['events'] & object) =>
  planChange(hub, row, events.map((event) => ({ ...event, start: Date.parse(event.start) }))); // prettier-ignore

/** As it is planned, or at another schedule and all at once: nobody hears of the one before. */
export const bookWish = async (
  hub: Hub,
  row: InterviewRow,
  act: 'hold' | 'confirm',
  { events }: Fields<'book'>,
): Promise<Wish> => ({
  act,
  needs: act,
  state: act === 'hold' ? 'hold' : 'confirmed',
  ...(events === undefined ? {} : { plan: await planAt(hub, row, events) }),
});

export const rescheduleWish = async (
  c: Context<ApiEnv>,
  hub: Hub,
  row: InterviewRow,
  given: Fields<'reschedule'>,
): Promise<Wish> => {
  one(given, ['start', 'events', 'best']);
  const { start, events, best } = given;
  const wish = { act: 'reschedule', needs: 'change', reason: given.reason } as const;
  if (start !== undefined) return { ...wish, plan: (plan) => moveAll(plan, Date.parse(start)) };
  if (best !== undefined) {
    const about = { eventId: null, keep: best.keep };
    return { ...wish, plan: await bestChange(hub, row, about, readQuest(c, hub, best)) };
  }
  return { ...wish, plan: await planAt(hub, row, events ?? []) };
};

export const replaceWish = async (
  c: Context<ApiEnv>,
  hub: Hub,
  row: InterviewRow,
  given: Fields<'replace'>,
): Promise<Wish> => {
  one(given, ['byPersonId', 'best']);
  const run = { timeLimitMs: 2_000, signal: c.req.raw.signal };
  const byPersonId = given.byPersonId ?? (await bestSubstitute(hub, row, given, run));
  const crowd = await gatherCrowd(hub, hub.db, row.connection_id);
  const why = given.best === true ? 'chosen by the panel engine, ' : '';
  const seatIn = (plan: Plan) =>
    plan.events
      .find((event) => event.id === given.eventId)
      ?.seats.find((seat) => seat.personId === given.personId);
  // Refused at once where there is nobody of that name.
  inPlaceOf(crowd, undefined, byPersonId, why);
  return {
    act: 'replace',
    needs: 'change',
    about: (plan) => ({
      event: eventName(plan, given.eventId),
      from: seatIn(plan)?.name ?? '',
      to: crowd.people.get(byPersonId)?.name ?? '',
    }),
    plan: (plan) => {
      const by = inPlaceOf(crowd, seatIn(plan), byPersonId, why);
      return replaceSeat(plan, given.eventId, given.personId, by);
    },
  };
};
