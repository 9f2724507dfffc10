/**
 * Interviews at Lever: the whole interview is a panel, each meeting an interview in it. The panel
 * carries the address of the hub's page, by which it is found again after a crash.
 */
import { z } from 'zod';
import {
  ConnectorError,
  type AtsEvent,
  type AtsInterview,
  type AtsInterviewRequest,
  type AtsInterviews,
} from '#connectors/contract.ts';
import { failure, type LeverClient, type LeverSettings, type Operation } from './client.ts';

/** [live] Stands for no form where none was chosen; null means the same. */
const noFeedback = 'no-feedback';

const feedbackTemplateSchema = z.object({ id: z.string(), text: z.string().nullish() });

const interviewSchema = z.object({
  id: z.string(),
  subject: z.string().nullish(),
  date: z.number(),
  feedbackTemplate: z.string().nullish(),
  feedbackReminder: z.string().nullish(),
  canceledAt: z.number().nullish(),
  interviewers: z
    .array(z.object({ id: z.string().nullish(), feedbackTemplate: z.string().nullish() }))
    .nullish(),
});
type Interview = z.output<typeof interviewSchema>;

const panelSchema = z.object({
  id: z.string(),
  applications: z.array(z.string()).nullish(),
  canceledAt: z.number().nullish(),
  externalUrl: z.string().nullish(),
  feedbackReminder: z.string().nullish(),
  interviews: z.array(interviewSchema).nullish(),
});
type Panel = z.output<typeof panelSchema>;

/** Documented as a list of one, recorded as the panel itself [live]. */
const writtenSchema = z.union([
  panelSchema,
  z.object({ data: z.tuple([panelSchema]) }).transform(({ data: [panel] }) => panel),
]);

export const createInterviews = (
  client: LeverClient,
  { performAs, webBase }: LeverSettings,
): AtsInterviews => {
  const perform = { perform_as: performAs };
  const listOf = (remoteId: string): string =>
    `/opportunities/${encodeURIComponent(remoteId)}/panels`;
  const pathOf = (remoteId: string, id: string): string =>
    `${listOf(remoteId)}/${encodeURIComponent(id)}`;

  // A 403 is no absence here: a key without the permission would make every panel look deleted.
  const present = (remoteId: string, id: string): Promise<Panel | null> =>
    client.find(
      'GET /opportunities/:id/panels/:panel',
      pathOf(remoteId, id),
      panelSchema,
      {},
      [404],
    );

  const write = async (operation: Operation, path: string, json: unknown): Promise<Panel> => {
    try {
      return await client.send(operation, path, json, writtenSchema, perform);
    } catch (thrown) {
      if (!(thrown instanceof ConnectorError)) throw thrown;
      if (thrown.kind !== 'rejected' && thrown.kind !== 'not_found') throw thrown;
      throw failure(operation, {
        kind: 'rejected',
        ...(thrown.status === undefined ? {} : { status: thrown.status }),
        surelyNotDone: thrown.surelyNotDone,
        text: `was rejected (${String(thrown.status)}). Check in Lever that the candidate is still there, that every interviewer and the user to act as have an active user account (Settings > Team), and that the feedback forms exist; then retry.`,
      });
    }
  };

  const toInterview = (
    panel: Panel,
    events: readonly AtsEvent[],
    passes: readonly Pass[] = surely,
  ): AtsInterview => {
    const interviews = standing(panel);
    const keys = new Map(
      [...pair(events, interviews, passes)].map(([event, one]) => [one, event.key]),
    );
    return {
      id: panel.id,
      state: isCancelled(panel) ? 'cancelled' : 'scheduled',
      events: interviews.map((one) => ({
        key: keys.get(one) ?? null,
        remoteId: one.id,
        start: one.date,
        // Built from the id, as no answer holds it [code]; without a form there is nothing to open.
        feedbackUrl: hasForm(one) ? `${webBase}/interviews/${encodeURIComponent(one.id)}` : null,
      })),
    };
  };

  return {
    showsNotes: true,

    async feedbackForms() {
      const forms = await client.all(
        'GET /feedback_templates',
        '/feedback_templates',
        feedbackTemplateSchema,
        (form) => form.id,
      );
      return forms.map(({ id, text }) => ({ id, name: text ?? id }));
    },

    async create(request) {
      const operation = 'POST /opportunities/:id/panels';
      const panel = await write(operation, listOf(request.remoteId), toPanel(request, null));
      return toInterview(panel, request.events);
    },

    async update(id, request) {
      const operation = 'PUT /opportunities/:id/panels/:panel';
      const panel = await present(request.remoteId, id);
      if (!panel || isCancelled(panel)) {
        throw failure(operation, {
          kind: 'rejected',
          surelyNotDone: true,
          text: `was not sent: the interview was ${panel ? 'cancelled' : 'deleted'} in Lever. Cancel it everywhere, or put it back into Lever.`,
        });
      }
      const changed = await write(operation, pathOf(request.remoteId, id), toPanel(request, panel));
      return toInterview(changed, request.events);
    },

    /**
     * One that was cancelled does not count: it is an earlier life of the same interview. The plan
     * may have moved since it was pushed, so its meetings are known by title as well.
     */
    async find(request) {
      const panels = await client.all(
        'GET /opportunities/:id/panels',
        listOf(request.remoteId),
        panelSchema,
        (panel) => panel.id,
      );
      const ours = panels.find((one) => one.externalUrl === request.url && !isCancelled(one));
      return ours ? toInterview(ours, request.events, [...surely, ...likely]) : null;
    },

    async read(remoteId, id) {
      const panel = await present(remoteId, id);
      return panel && toInterview(panel, []);
    },

    async remove(remoteId, id) {
      const operation = 'DELETE /opportunities/:id/panels/:panel';
      const outcome = await client.remove(operation, pathOf(remoteId, id), perform);
      return outcome === 'gone' ? 'gone' : 'removed';
    },
  };
};

/** By time, which is not the order that Lever keeps. */
const standing = (panel: Panel): Interview[] =>
  (panel.interviews ?? [])
    .filter((one) => (one.canceledAt ?? null) === null)
    .toSorted((a, b) => a.date - b.date);

const isCancelled = (panel: Panel): boolean =>
  (panel.canceledAt ?? null) !== null || standing(panel).length === 0;

const isForm = (id: string | null | undefined): boolean => Boolean(id) && id !== noFeedback;

const hasForm = (interview: Interview): boolean =>
  [interview, ...(interview.interviewers ?? [])].some((one) => isForm(one.feedbackTemplate));

type Pass = (event: AtsEvent, one: Interview) => boolean;

const sameTitle: Pass = (event, one) => event.title.trim() === (one.subject ?? '').trim();
const samePeople: Pass = (event, one) => peopleOf(event) === peopleIn(one);
const sameMeeting: Pass = (event, one) => event.start === one.date && sameTitle(event, one);

/**
 * Which interview in the panel is which event: by its id where the hub knows it, else by start and
 * title, and of two such at the same time the one with the same people.
 */
const surely: readonly Pass[] = [
  (event, one) => event.remoteId === one.id,
  (event, one) => sameMeeting(event, one) && samePeople(event, one),
  sameMeeting,
];

/** For meetings that were moved while nobody knew their ids. */
const likely: readonly Pass[] = [
  (event, one) => sameTitle(event, one) && samePeople(event, one),
  sameTitle,
];

const pair = (
  events: readonly AtsEvent[],
  interviews: readonly Interview[],
  passes: readonly Pass[] = surely,
): Map<AtsEvent, Interview> => {
  const found = new Map<AtsEvent, Interview>();
  const open = new Set(interviews);
  for (const fits of passes) {
    for (const event of events) {
      if (found.has(event)) continue;
      const match = [...open].find((one) => fits(event, one));
      if (!match) continue;
      found.set(event, match);
      open.delete(match);
    }
  }
  return found;
};

const peopleOf = ({ interviewers }: AtsEvent): string =>
  interviewers
    .map(({ userId }) => userId)
    .toSorted()
    .join();

const peopleIn = ({ interviewers }: Interview): string =>
  (interviewers ?? [])
    .map(({ id }) => id ?? '')
    .toSorted()
    .join();

const minutes = 60_000;

/**
 * The whole panel, since a PUT deletes what is left out [doc]: what Lever's people may have set
 * there themselves (reminders, applications) is sent along. Interviews that stay carry their id, and
 * with it their feedback link.
 */
const toPanel = (request: AtsInterviewRequest, before: Panel | null): Record<string, unknown> => {
  const known = pair(request.events, before ? standing(before) : []);
  const applications = before?.applications ?? [];
  return {
    timezone: request.timeZone,
    externalUrl: request.url,
    note: request.note ?? undefined,
    feedbackReminder: before?.feedbackReminder ?? undefined,
    // Left out these are the active ones; an empty list is refused [doc].
    applications: applications.length === 0 ? undefined : applications,
    interviews: request.events.map((event) => ({
      id: known.get(event)?.id,
      subject: event.title,
      date: event.start,
      duration: Math.max(1, Math.round((event.end - event.start) / minutes)),
      location: event.location,
      note: event.note,
      feedbackTemplate: event.feedbackFormId ?? undefined,
      feedbackReminder: known.get(event)?.feedbackReminder ?? undefined,
      interviewers: event.interviewers.map(({ userId, feedbackFormId }) => ({
        id: userId,
        feedbackTemplate: feedbackFormId ?? event.feedbackFormId ?? undefined,
      })),
    })),
  };
};
