/** How the API is asked when an interview can be, and shows what the panel engine found. */
import { z } from '@hono/zod-openapi';
import { terms, type Compromise, type Term } from '#core/panel/model.ts';
import type { Plan } from '#core/interview/model.ts';
import type { Found, FoundSchedule } from '#jobs/find-schedules.ts';
import { arrangementOf } from '#jobs/rearrange-interview.ts';
import { at } from '../document.ts';
import { EventWishSchema, LayerSchema, ourId, zone } from './scheduling-input.ts';
import { instant, maybeSearch, searchFields } from './search-input.ts';

export const eventId = z.string().regex(/^e\d{1,4}$/);
export const personId = z.string().max(60);

const keep = z.boolean().default(true).openapi({
  description: 'With the same people; false: with whoever may sit there.',
});

export const BestSchema = z
  .strictObject({ ...searchFields, keep })
  .openapi('BestTime', { description: 'The engine chooses the best time.' });

/** An interview instead of a whole panel: one that is to be, or one that stands. */
export const loopFields = {
  interviewId: ourId.optional().openapi({
    description: 'Other times for an interview that stands.',
  }),
  connectionId: ourId.optional(),
  candidateId: z.string().min(1).max(300).optional(),
  ...maybeSearch,
  keep,
  templateId: ourId.nullable().default(null),
  candidateZone: zone.nullable().default(null),
  layer: LayerSchema.default({}),
  events: z
    .array(EventWishSchema.omit({ start: true }).strict())
    .max(40)
    .default([])
    .openapi({
      description: 'What differs from the events of the template; none: those of the template.',
    }),
};

export const ArrangementSchema = z.strictObject({
  eventId,
  start: instant,
  replace: z
    .array(z.strictObject({ personId, byPersonId: personId.nullable() }))
    .max(50)
    .default([])
    .openapi({ description: 'Who sits instead of whom; null: an optional seat stays empty.' }),
});

const score = z.object(
  Object.fromEntries(terms.map((name) => [name, z.number()])) as Record<Term, z.ZodNumber>,
);

const scheduleFields = {
  score,
  compromises: z.array(
    z.object({
      term: z.enum(terms),
      eventId: z.string().nullable(),
      resourceId: z.string().nullable(),
      text: z.string(),
    }),
  ),
};

const solutionFields = {
  proof: z.enum(['optimal', 'best_found']),
  bound: score.nullable(),
  override: z.array(z.string()).openapi({
    description: 'What has to be overridden when this is booked, for it was given up here.',
  }),
  remarks: z
    .array(z.string())
    .openapi({ description: 'Who is left out, or not known to be free.' }),
  people: z.record(z.string(), z.string()).openapi({ description: 'Names by id.' }),
};

export const LoopScheduleSchema = z
  .object({ events: z.array(EventWishSchema.required({ start: true })), ...scheduleFields })
  .openapi('LoopSchedule');

/** Of a new interview: `events` are those of `POST /interviews`. */
export const LoopSolutionSchema = z
  .object({ schedules: z.array(LoopScheduleSchema), ...solutionFields })
  .openapi('LoopSolution', {
    description: 'The events of a schedule can be posted to /interviews as they are.',
  });

/** Of one that stands: `events` are those of `POST /interviews/{id}/reschedule`. */
export const ChangeSolutionSchema = z
  .object({
    schedules: z.array(z.object({ events: z.array(ArrangementSchema), ...scheduleFields })),
    ...solutionFields,
  })
  .openapi('LoopChanges', {
    description: 'The events of a schedule can be posted to /interviews/{id}/reschedule.',
  });

const rest = ({ score: reached, compromises }: FoundSchedule) => ({
  score: reached,
  compromises: compromises.map((one): Compromise => ({ ...one })),
});

const namesOf = ({ problem }: Found): Record<string, string> =>
  Object.fromEntries(problem.panel.resources.map(({ id, name }) => [id, name]));

const around = (found: Found) => ({
  proof: found.proof,
  bound: found.bound,
  override: found.override,
  remarks: found.remarks,
  people: namesOf(found),
});

export type EventInput = z.infer<typeof EventWishSchema>;

/** `wished`: what was said of each event, which goes back with its time. */
export const presentLoopSchedule = (
  wished: readonly EventInput[],
  schedule: FoundSchedule,
): z.infer<typeof LoopScheduleSchema> => ({
  events: schedule.events.map(({ start, minutes, seats }, index) => ({
    ...wished[index],
    start: at(start),
    minutes,
    seats,
  })),
  ...rest(schedule),
});

export const presentLoop = (wished: readonly EventInput[], found: Found) => ({
  schedules: found.schedules.map((one) => presentLoopSchedule(wished, one)),
  ...around(found),
});

export const presentChangeSchedule = (plan: Pick<Plan, 'events'>, schedule: FoundSchedule) => ({
  events: arrangementOf(plan, schedule).map(({ eventId: id, start, replace }) => ({
    eventId: id,
    start: at(start),
    replace: [...replace],
  })),
  ...rest(schedule),
});

export const presentChanges = (plan: Pick<Plan, 'events'>, found: Found) => ({
  schedules: found.schedules.map((one) => presentChangeSchedule(plan, one)),
  ...around(found),
});
