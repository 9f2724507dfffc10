/** Interviews as the API shows them: the plan, what stands outside, and what people answered. */
import { z } from '@hono/zod-openapi';
import type { CodingChoice, Plan } from '#core/interview/model.ts';
import type { InterviewConflict } from '#store/interview-conflicts.ts';
import type { InterviewAbout } from '#store/interview-about.ts';
import type { ThingRow } from '#store/interview-effects.ts';
import { organizerNumber, type InterviewChangeRow, type InterviewRow } from '#store/interviews.ts';
import type { RsvpRow } from '#store/invites.ts';
import { candidateDays } from '#core/interview/texts.ts';
import { dayUid, eventUid } from '#core/interview/things.ts';
import { at, time } from '../document.ts';
import { effectKinds, EffectSchema, presentEffect } from './effect.ts';
import { CodingChoiceSchema, TextsSchema, titled } from './scheduling-input.ts';

const rsvps = ['accepted', 'declined', 'tentative', 'needs_action', 'not_tracked'] as const;

/** Which of several answers a coordinator has to know of first. */
const urgency = ['declined', 'tentative', 'needs_action', 'not_tracked', 'accepted'] as const;

const NamedChoiceSchema = CodingChoiceSchema.extend({
  name: z
    .string()
    .nullable()
    .openapi({ description: 'As the vendor called it when it was chosen.' }),
});

const SeatSchema = z.object({
  personId: z.string(),
  kind: z.enum(['person', 'room']),
  name: z.string(),
  email: z.string(),
  required: z.boolean(),
  feedbackFormId: z.string().nullable(),
  why: z.string().openapi({ description: 'Why this person sits here.' }),
  rsvp: z.enum(rsvps),
});

const EventSchema = z.object({
  id: z.string(),
  name: z.string(),
  topic: z.string(),
  prepare: z.string().openapi({ description: 'What the candidate is told to prepare or bring.' }),
  start: time,
  end: time,
  location: z.string(),
  internal: z.boolean(),
  feedbackFormId: z.string().nullable(),
  seats: z.array(SeatSchema),
  interviewerInvite: titled.nullable().openapi({
    description: 'A text of its own for its interviewers; null: the interview’s.',
  }),
  coding: z.array(NamedChoiceSchema).openapi({
    description: 'Templates of its own rooms, where they are not the interview’s.',
  }),
});

export const InterviewSchema = z
  .object({
    id: z.string(),
    revision: z.int(),
    state: z.enum(['draft', 'hold', 'confirmed', 'cancelled', 'completed']),
    connectionId: z.string(),
    candidateId: z.string(),
    templateId: z.string().nullable(),
    name: z.string(),
    zone: z.string(),
    candidateZone: z.string(),
    remote: z.boolean(),
    note: z.string(),
    reason: z.string().nullable(),
    sendAt: time.nullable().openapi({
      description: 'Until then nothing leaves the hub and it can be undone; null: that is over.',
    }),
    flag: z.enum(['cancelled_in_ats', 'candidate_gone']).nullable().openapi({
      description:
        'Something happened in the ATS, and a person decides: it was called off there, or the candidate is deleted there.',
    }),
    events: z.array(EventSchema),
    candidate: z.object({
      name: z.string(),
      url: z.string().openapi({ description: 'The page in the ATS.' }),
      job: z.string().nullable(),
      stage: z.string().nullable(),
    }),
    lastChange: z
      .object({ at: time, actor: z.string(), act: z.string() })
      .nullable()
      .openapi({ description: 'Who changed it last, and how; `/changes` tells all.' }),
    candidateRsvp: z.enum(rsvps).openapi({
      description: 'The candidate’s answer; of several days the one that needs most attention.',
    }),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Interview');

const acts = z.enum(['create', 'update', 'remove']);

const ForeseenSchema = z
  .object({
    told: z
      .array(
        z.object({
          audience: z.enum(['candidate', 'interviewers']),
          name: z.string(),
          acts: z.array(acts).openapi({
            description: 'An invite, an update, or a cancellation; none: hears nothing.',
          }),
        }),
      )
      .openapi({ description: 'Everybody whom the interview concerns, before or after.' }),
    outside: z
      .array(
        z.object({ kind: z.enum(effectKinds), act: acts, connectionId: z.string().nullable() }),
      )
      .openapi({ description: 'What is done at vendors beside mail.' }),
  })
  .openapi('Foreseen');

const outside = {
  coding: z
    .array(NamedChoiceSchema)
    .openapi({ description: 'What is used at the coding platforms, one each.' }),
  accounts: z.record(z.string(), z.string()).openapi({
    description: 'Names of the connected accounts that it has to do with, by id.',
  }),
  feedback: z
    .array(
      z.object({
        eventId: z.string(),
        form: z.string().nullable().openapi({ description: 'Its name in the ATS.' }),
        url: z.string().nullable().openapi({ description: 'Null: the ATS has told none yet.' }),
      }),
    )
    .openapi({ description: 'Of events with a feedback form.' }),
  effects: z.array(EffectSchema).openapi({ description: 'What stands outside, and what is owed.' }),
};

export const ListedInterviewSchema = InterviewSchema.extend({
  outside: z.union([z.object(outside), z.null()]).openapi({
    description: 'Its links, feedback forms and what else stands outside, where that is asked for.',
  }),
}).openapi('ListedInterview');

export const InterviewWithThingsSchema = InterviewSchema.extend({
  texts: TextsSchema.required().openapi({
    description: 'As they are written, with their variables.',
  }),
  ...outside,
  conflicts: z
    .array(
      z.object({
        eventId: z.string(),
        personId: z.string(),
        name: z.string(),
        code: z.enum(['inactive', 'day_off', 'double_booked']),
      }),
    )
    .openapi({ description: 'What came up after it was scheduled: who cannot come, and why.' }),
  foreseen: z.union([ForeseenSchema, z.null()]).openapi({
    description: 'With `dryRun`: what the change would do; the interview is shown as it would be.',
  }),
  ats: z
    .object({
      takesInterviews: z.boolean().openapi({ description: 'Else links go into notes alone.' }),
      concerned: z.boolean().openapi({
        description: 'Somebody in it has an account there; else there is nothing to tell it.',
      }),
    })
    .openapi({ description: 'What its ATS is told of.' }),
  mail: z.string().openapi({ description: 'Where mail goes: sent, or kept in the outbox.' }),
}).openapi('InterviewWithEffects');

export const ChangeSchema = z
  .object({
    revision: z.int(),
    at: time,
    actor: z.string(),
    act: z.string(),
    detail: z.record(z.string(), z.unknown()).openapi({
      description:
        'Of changes of an event its name then (`event`) and what of it was changed (`changed`); who came instead of whom (`from`, `to`); what was overridden, and why (`overridden`, `reason`).',
    }),
  })
  .openapi('InterviewChange');

const unansweredOf = (tracked: boolean) => (tracked ? 'needs_action' : 'not_tracked');

export const presentChoice = ({ connectionId, kind, id, name }: CodingChoice) => ({
  connectionId,
  kind,
  id,
  name,
});

export const presentEvents = (
  row: InterviewRow,
  answers: readonly RsvpRow[],
  tracked: boolean,
): Array<z.infer<typeof EventSchema>> => {
  const organizer = organizerNumber(row);
  const answerOf = (eventId: string, email: string): (typeof rsvps)[number] =>
    answers.find(
      ({ uid, address }) =>
        uid === eventUid(row.id, eventId, organizer) && address === email.toLowerCase(),
    )?.status ?? unansweredOf(tracked);
  return row.plan.events.map(({ start, end, seats, prepare = '', coding = [], ...event }) => ({
    ...event,
    prepare,
    start: at(start),
    end: at(end),
    coding: coding.map(presentChoice),
    seats: seats.map(({ personId, kind, name, email, required, feedbackFormId, why }) => ({
      personId,
      kind: kind ?? 'person',
      name,
      email,
      required,
      feedbackFormId,
      why,
      rsvp: answerOf(event.id, email),
    })),
  }));
};

const lastChangeOf = (about: InterviewAbout | undefined) =>
  about === undefined || about.actor === null || about.act === null || about.at === null
    ? null
    : { at: at(about.at), actor: about.actor, act: about.act };

export const presentInterview = (
  row: InterviewRow,
  about: InterviewAbout | undefined,
  answers: readonly RsvpRow[],
  tracked: boolean,
): z.infer<typeof InterviewSchema> => {
  const plan: Plan = row.plan;
  const unanswered = unansweredOf(tracked);
  const organizer = organizerNumber(row);
  // Only the candidate answers the entry of a day.
  const ofDays = candidateDays(plan).map(
    (_day, index) =>
      answers.find(({ uid }) => uid === dayUid(row.id, index + 1, organizer))?.status ?? unanswered,
  );
  return {
    id: row.id,
    revision: row.revision,
    state: row.state,
    connectionId: row.connection_id,
    candidateId: row.candidate_id,
    templateId: row.template_id,
    name: plan.name,
    zone: plan.zone,
    candidateZone: plan.candidateZone,
    remote: plan.remote,
    note: plan.note,
    reason: row.reason,
    sendAt: row.send_at === null ? null : at(row.send_at),
    flag: row.flag,
    events: presentEvents(row, answers, tracked),
    candidate: {
      name: about?.candidate ?? '',
      url: about?.url ?? '',
      job: about?.job ?? null,
      stage: about?.stage ?? null,
    },
    lastChange: lastChangeOf(about),
    candidateRsvp: urgency.find((one) => ofDays.includes(one)) ?? unanswered,
    createdAt: at(row.created_at),
    updatedAt: at(row.updated_at),
  };
};

export const presentConflict = ({ event_id, person_id, name, code }: InterviewConflict) => ({
  eventId: event_id,
  personId: person_id,
  name,
  code,
});

export const presentThings = (rows: readonly ThingRow[]): Array<z.infer<typeof EffectSchema>> =>
  rows.map(presentEffect);

export const presentChange = (row: InterviewChangeRow): z.infer<typeof ChangeSchema> => ({
  revision: row.revision,
  at: at(row.at),
  actor: row.actor_name,
  act: row.act,
  detail: row.detail,
});
