/** Interview schedules with their events, kinds of interviews, and feedback forms. */
import { z } from 'zod';
import { applicationOf } from './endpoints-applications.ts';
import type { StoredEvent, StoredSchedule } from './model.ts';
import {
  bool,
  type Call,
  endpoint,
  type Endpoint,
  instant,
  invalidInput,
  listPage,
  millis,
  notFound,
  seesApplication,
  syncing,
  uuid,
} from './rpc.ts';
import { showForm, showInterview } from './views.ts';

/** [doc] Strings, keys up to 100 characters, values up to 512, together below one kilobyte. */
const extraData = z
  .record(z.string().max(100), z.string().max(512))
  .refine((data) => Buffer.byteLength(JSON.stringify(data)) < 1024, 'must be below 1 kB');

const eventInput = z
  .object({
    interviewEventId: uuid.optional(),
    startTime: instant,
    endTime: instant,
    interviewers: z.array(z.object({ email: z.string(), feedbackRequired: bool.optional() })),
    interviewId: uuid.optional(),
    extraData: extraData.optional(),
  })
  .refine(({ startTime, endTime }) => startTime < endTime, 'must end after it starts');
type EventInput = z.output<typeof eventInput>;

/** A new event, or the earlier one with what is said about it. */
const written = (call: Call, input: EventInput, earlier: StoredEvent | null): StoredEvent => {
  const { interviews } = call.data.state;
  // [doc] Without a value it is the organisation's default; a change has the same schema as a create.
  const interviewId = input.interviewId ?? interviews[0]?.id ?? '';
  if (!interviews.some(({ id }) => id === interviewId)) throw notFound('interview');
  return {
    id: earlier?.id ?? call.data.newId(),
    interviewId,
    start: input.startTime,
    end: input.endTime,
    interviewers: input.interviewers.map(({ email, feedbackRequired }) => {
      const address = email.trim().toLowerCase();
      const user = call.data.state.users.find((one) => one.email === address && one.isEnabled);
      // The code for an unknown interviewer is not documented [inferred].
      if (!user) throw notFound('user');
      return { userId: user.id, isFeedbackRequired: feedbackRequired ?? true };
    }),
    feedbackBy: earlier?.feedbackBy ?? [],
    createdAt: earlier?.createdAt ?? call.now,
    updatedAt: call.now,
    extraData: input.extraData ?? earlier?.extraData ?? {},
  };
};

const visible = (call: Call, schedule: StoredSchedule): boolean => {
  const application = call.data.applications.get(schedule.applicationId);
  return application !== undefined && seesApplication(call, application);
};

const scheduleOf = (call: Call, id: string): StoredSchedule => {
  const schedule = call.data.state.schedules.find((one) => one.id === id);
  if (!schedule || !visible(call, schedule)) throw notFound('interview schedule');
  return schedule;
};

const eventOf = (schedule: StoredSchedule, id: string): StoredEvent => {
  const event = schedule.events.find((one) => one.id === id);
  if (!event) throw notFound('interview event');
  return event;
};

const several = <T extends z.ZodType>(one: T) =>
  z.union([one.transform((item) => [item]), z.array(one)]);

const update = endpoint(
  z
    .object({
      interviewScheduleId: uuid,
      interviewEvent: several(eventInput).optional(),
      interviewEventIdToCancel: several(uuid).optional(),
      allowFeedbackDeletion: bool.optional(),
    })
    .refine(
      (input) =>
        (input.interviewEvent === undefined) !== (input.interviewEventIdToCancel === undefined),
      'must have one of interviewEvent and interviewEventIdToCancel',
    ),
  (input, call) => {
    const schedule = scheduleOf(call, input.interviewScheduleId);
    // Both refusals are documented or likely, their codes are not [inferred].
    if (schedule.keyId !== call.key.id)
      throw invalidInput('interviewScheduleId: was not created with this API key.');
    if (schedule.status === 'Cancelled') throw invalidInput('interviewScheduleId: is cancelled.');
    const cancelled = (input.interviewEventIdToCancel ?? []).map((id) => eventOf(schedule, id));
    // [doc] Its feedback would be deleted with it. The code is not documented [inferred].
    if (input.allowFeedbackDeletion !== true && cancelled.some((one) => one.feedbackBy.length > 0))
      throw invalidInput('interviewEventIdToCancel: the event has submitted feedback.');
    const events = (input.interviewEvent ?? []).map(({ interviewEventId, ...event }) =>
      written(call, event, interviewEventId ? eventOf(schedule, interviewEventId) : null),
    );
    const ids = new Set([...cancelled.map(({ id }) => id), ...events.map(({ id }) => id)]);
    schedule.events = [...schedule.events.filter(({ id }) => !ids.has(id)), ...events];
    call.actions.scheduleChanged(schedule, 'Interview changed');
    return { results: call.views.schedule(schedule) };
  },
);

const schedules: Record<string, Endpoint> = {
  'interviewSchedule.create': endpoint(
    z.object({ applicationId: uuid, interviewEvents: z.array(eventInput) }),
    (input, call) => {
      const application = applicationOf(call, input.applicationId);
      const schedule = call.actions.schedule(application, {
        keyId: call.key.id,
        scheduledById: call.actorId,
        events: input.interviewEvents.map((event) => written(call, event, null)),
      });
      return { results: call.views.schedule(schedule) };
    },
  ),
  'interviewSchedule.update': update,
  'interviewSchedule.cancel': endpoint(
    z.object({ id: uuid, allowReschedule: bool.optional() }),
    (input, call) => {
      const schedule = scheduleOf(call, input.id);
      call.actions.cancelSchedule(schedule);
      return { results: call.views.schedule(schedule) };
    },
  ),
  'interviewSchedule.list': endpoint(
    z.object({
      ...syncing,
      applicationId: uuid.optional(),
      interviewStageId: uuid.optional(),
      createdAfter: millis.optional(),
    }),
    (input, call) => {
      const { applicationId, interviewStageId, createdAfter = -Infinity } = input;
      if (applicationId !== undefined) applicationOf(call, applicationId);
      return listPage({
        list: 'interviewSchedule.list',
        items: call.data.state.schedules,
        input,
        call,
        keep: (schedule) =>
          schedule.createdAt > createdAfter &&
          (applicationId === undefined || schedule.applicationId === applicationId) &&
          (interviewStageId === undefined || schedule.stageId === interviewStageId) &&
          visible(call, schedule),
        show: call.views.schedule,
      });
    },
  ),
  'interviewEvent.list': endpoint(
    z.object({
      ...syncing,
      interviewScheduleId: uuid,
      createdAfter: millis.optional(),
      expand: z.array(z.enum(['interview'])).optional(),
    }),
    (input, call) => {
      const schedule = scheduleOf(call, input.interviewScheduleId);
      const { interviews } = call.data.state;
      return listPage({
        list: 'interviewEvent.list',
        items: schedule.events.map((event, index) => ({ ...event, seq: index + 1, rev: 0 })),
        input,
        call,
        keep: ({ createdAt }) => createdAt > (input.createdAfter ?? -Infinity),
        show(event) {
          const shown = call.views.event(event, schedule.id);
          const interview = interviews.find(({ id }) => id === event.interviewId);
          return input.expand && interview
            ? { ...shown, interview: showInterview(interview) }
            : shown;
        },
        syncs: false,
      });
    },
  ),
};

export const interviewEndpoints: Readonly<Record<string, Endpoint>> = {
  ...schedules,
  'interview.list': endpoint(
    z.object({
      ...syncing,
      includeArchived: bool.optional(),
      includeNonSharedInterviews: bool.optional(),
      excludeArchivedScheduleTemplateInterviews: bool.optional(),
    }),
    (input, call) =>
      listPage({
        list: 'interview.list',
        items: call.data.state.interviews,
        input,
        call,
        show: showInterview,
      }),
  ),
  'interview.info': endpoint(z.object({ id: uuid }), (input, call) => {
    const interview = call.data.state.interviews.find(({ id }) => id === input.id);
    if (!interview) throw notFound('interview');
    return { results: showInterview(interview) };
  }),
  'feedbackFormDefinition.list': endpoint(
    z.object({ ...syncing, includeArchived: bool.optional() }),
    (input, call) =>
      listPage({
        list: 'feedbackFormDefinition.list',
        items: call.data.state.feedbackForms,
        input,
        call,
        show: (form) => showForm(form, organization(call)),
        syncs: false,
      }),
  ),
  'feedbackFormDefinition.info': endpoint(
    z.object({ feedbackFormDefinitionId: uuid }),
    (input, call) => {
      const form = call.data.state.feedbackForms.find(
        ({ id }) => id === input.feedbackFormDefinitionId,
      );
      if (!form) throw notFound('feedback form definition');
      return { results: showForm(form, organization(call)) };
    },
  ),
};

/** One account is one organisation; its brand's id stands for it. */
const organization = (call: Call): string => call.data.state.jobs[0]?.brandId ?? '';
