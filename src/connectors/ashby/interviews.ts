/** Interview schedules of Ashby: the hub's interviews with their events and feedback links. */
import { z } from 'zod';
import type {
  AtsEvent,
  AtsInterview,
  AtsInterviewRequest,
  AtsInterviews,
} from '#connectors/contract.ts';
import { AshbyError, saysGone, type AshbyClient } from './client.ts';

/**
 * Keys of an event's `extraData`, which Ashby keeps for whoever made it [doc]: below one kilobyte
 * in all, and readable by every key of the account. So the hub's ids stand there and nothing else.
 */
const refKey = 'loopwright_ref';
const eventKey = 'loopwright_event';

const eventSchema = z.object({
  id: z.string(),
  startTime: z.string(),
  feedbackLink: z.string().nullish(),
  hasSubmittedFeedback: z.boolean().nullish(),
  interviewers: z.array(z.object({ email: z.string().nullish() })).nullish(),
  extraData: z.record(z.string(), z.unknown()).nullish(),
});
type Event = z.output<typeof eventSchema>;

const scheduleSchema = z.object({
  id: z.string(),
  status: z.string().nullish(),
  interviewEvents: z.array(eventSchema).nullish(),
});
type Schedule = z.output<typeof scheduleSchema>;

const interviewSchema = z.object({
  id: z.string(),
  title: z.string().nullish(),
  isArchived: z.boolean().nullish(),
  feedbackFormDefinitionId: z.string().nullish(),
});

const formSchema = z.object({ id: z.string(), title: z.string().nullish() });

export const createInterviews = (client: AshbyClient): AtsInterviews => {
  /** All of a candidacy's, one call for each hundred: Ashby cannot tell of a single one. */
  const schedulesOf = async (applicationId: string): Promise<Schedule[]> => {
    try {
      return await client.all('interviewSchedule.list', { applicationId }, scheduleSchema);
    } catch (thrown) {
      if (saysGone(thrown)) return [];
      throw thrown;
    }
  };

  const scheduleOf = async (applicationId: string, id: string): Promise<Schedule | undefined> =>
    (await schedulesOf(applicationId)).find((schedule) => schedule.id === id);

  const write = async (endpoint: string, body: Record<string, unknown>): Promise<Schedule> => {
    try {
      return (await client.call(endpoint, body, scheduleSchema)).results;
    } catch (thrown) {
      throw thrown instanceof AshbyError ? withRemedy(endpoint, thrown) : thrown;
    }
  };

  const change = (id: string, what: Record<string, unknown>): Promise<Schedule> =>
    write('interviewSchedule.update', { interviewScheduleId: id, ...what });

  return {
    /** An event has neither notes nor a place for a link that the API could write. */
    showsNotes: false,

    /**
     * Two calls. A form cannot be chosen for an event, only the interview (a kind of meeting) that
     * the form belongs to; so what is offered are those, named with their forms. Interviews of a
     * single job are left out: elsewhere Ashby would refuse them.
     */
    async feedbackForms() {
      const interviews = await client.all('interview.list', {}, interviewSchema);
      const forms = await client.all('feedbackFormDefinition.list', {}, formSchema);
      return interviews
        .filter(({ isArchived }) => isArchived !== true)
        .map(({ id, title, feedbackFormDefinitionId }) => {
          const form = forms.find((one) => one.id === feedbackFormDefinitionId)?.title;
          return { id, name: form ? `${title ?? id} (${form})` : (title ?? id) };
        });
    },

    async create(request) {
      const made = await write('interviewSchedule.create', {
        applicationId: request.remoteId,
        interviewEvents: request.events.map((event) => toEvent(event, request.ref)),
      });
      return toInterview(made, request);
    },

    /**
     * Three calls at most: one that reads, so that a repeated update adds no event twice; one that
     * writes what should be there; one that cancels the rest, for Ashby takes only one of both.
     * `allowFeedbackDeletion` is never sent: feedback that came since the look is safe as well [doc].
     */
    async update(id, request) {
      const before = await scheduleOf(request.remoteId, id);
      if (!before || isCancelled(before)) throw notThere();
      const present = before.interviewEvents ?? [];
      const kept = request.events.map((event) => ({
        event,
        id: (
          present.find((one) => one.id === event.remoteId) ??
          present.find((one) => keyOf(one) === event.key)
        )?.id,
      }));
      const extra = present.filter((one) => !kept.some((k) => k.id === one.id));
      if (extra.some(hasFeedback)) throw hasForms('interviewSchedule.update');
      const after = await change(id, {
        interviewEvent: kept.map(({ event, id: interviewEventId }) => ({
          ...toEvent(event, request.ref),
          ...(interviewEventId === undefined ? {} : { interviewEventId }),
        })),
      });
      return toInterview(
        extra.length === 0
          ? after
          : await change(id, { interviewEventIdToCancel: extra.map((one) => one.id) }),
        request,
      );
    },

    async find(request) {
      const found = (await schedulesOf(request.remoteId)).find(
        (schedule) =>
          !isCancelled(schedule) &&
          schedule.interviewEvents?.some((event) => event.extraData?.[refKey] === request.ref),
      );
      return found ? toInterview(found, request) : null;
    },

    async read(remoteId, id) {
      const found = await scheduleOf(remoteId, id);
      return found ? toInterview(found) : null;
    },

    /**
     * Reads first: what Ashby says to cancelling what is cancelled is not documented, and nothing
     * says that it would spare the feedback of a whole schedule.
     */
    async remove(remoteId, id) {
      const found = await scheduleOf(remoteId, id);
      if (!found || isCancelled(found)) return 'gone';
      if (found.interviewEvents?.some(hasFeedback)) throw hasForms('interviewSchedule.cancel');
      try {
        await client.call('interviewSchedule.cancel', { id }, z.unknown());
        return 'removed';
      } catch (thrown) {
        if (saysGone(thrown)) return 'gone';
        throw thrown;
      }
    },
  };
};

/** One without events shows nothing: each was cancelled there, or it is to be scheduled anew. */
const isCancelled = ({ status, interviewEvents }: Schedule): boolean =>
  status === 'Cancelled' || (interviewEvents ?? []).length === 0;

/** The codes of these refusals are not documented, so one text names all that there can be. */
const withRemedy = (endpoint: string, refusal: AshbyError): AshbyError =>
  refusal.code === null || !['rejected', 'not_found'].includes(refusal.kind)
    ? refusal
    : new AshbyError(refusal.code, `POST /${endpoint}`, {
        kind: 'rejected',
        surelyNotDone: refusal.surelyNotDone,
        text: `was rejected (${refusal.code}). Check in Ashby that every interviewer is an active user with the same address, that the candidate's application is still there, that the chosen interview may be used for its job, that no event to be removed has feedback, and that the schedule was made with this API key (with another it can only be cancelled); then retry.`,
      });

const hasFeedback = ({ hasSubmittedFeedback }: Event): boolean => hasSubmittedFeedback === true;

/** Cancelling an event deletes the feedback on it [doc]; that is for a person to decide. */
const hasForms = (endpoint: string): AshbyError =>
  new AshbyError(null, `POST /${endpoint}`, {
    kind: 'rejected',
    surelyNotDone: true,
    text: 'was not asked for: an event that is to be cancelled has submitted feedback, which Ashby would delete with it. Cancel the event in Ashby, if the feedback may go, and retry; or skip this, and it stays there.',
  });

const notThere = (): AshbyError =>
  new AshbyError(null, 'POST /interviewSchedule.update', {
    kind: 'rejected',
    surelyNotDone: true,
    text: 'was not asked for: the interview was cancelled or removed in Ashby. Put it back there, or cancel it here.',
  });

/** Ashby has one form for a whole event: without its own, that of the first person who has one. */
const formOf = ({ feedbackFormId, interviewers }: AtsEvent): string | null =>
  feedbackFormId ?? interviewers.find((one) => one.feedbackFormId !== null)?.feedbackFormId ?? null;

const toEvent = (event: AtsEvent, ref: string): Record<string, unknown> => ({
  startTime: new Date(event.start).toISOString(),
  endTime: new Date(event.end).toISOString(),
  // Ashby knows interviewers by the address of their user [doc].
  interviewers: event.interviewers.map(({ email }) => ({ email })),
  interviewId: formOf(event) ?? undefined,
  extraData: { [refKey]: ref, [eventKey]: event.key },
});

const keyOf = (event: Event): string | null => {
  const key = event.extraData?.[eventKey];
  return typeof key === 'string' ? key : null;
};

const toInterview = (schedule: Schedule, request?: AtsInterviewRequest): AtsInterview => ({
  id: schedule.id,
  state: isCancelled(schedule) ? 'cancelled' : 'scheduled',
  events: (schedule.interviewEvents ?? [])
    .map((event) => {
      const start = Date.parse(event.startTime);
      return {
        key: keyOf(event) ?? keyBy(event, start, request?.events ?? []),
        remoteId: event.id,
        start,
        feedbackUrl: event.feedbackLink ?? null,
      };
    })
    .sort((one, other) => one.start - other.start),
});

/** For an event that lost its `extraData`: by time and people. */
const keyBy = ({ interviewers }: Event, start: number, events: AtsEvent[]): string | null => {
  const emails = new Set((interviewers ?? []).map(({ email }) => email?.toLowerCase()));
  const match = events.find(
    (event) =>
      event.start === start &&
      event.interviewers.every(({ email }) => emails.has(email.toLowerCase())),
  );
  return match?.key ?? null;
};
