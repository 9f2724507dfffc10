/** Interviews: planned, previewed, scheduled, changed. Every change says which revision it is about. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { changeInterview, createInterview, type ChangeWish } from '#jobs/change-interview.ts';
import {
  bestOf,
  createAtBest,
  eventsOf,
  whileFree,
  type FoundSchedule,
} from '#jobs/find-schedules.ts';
import { foreseeChange } from '#jobs/foresee-change.ts';
import type { Plan } from '#core/interview/model.ts';
import type { Hub } from '#jobs/hub.ts';
import { loopOfInterview, loopOfWish } from '#jobs/panel-problem.ts';
import { planInterview, surveyGround } from '#jobs/plan-interview.ts';
import { asIfStored, previewInterview } from '#jobs/preview-interview.ts';
import { openOf } from '#jobs/settle-problems.ts';
import type { Instead } from '#jobs/take-instead.ts';
import { undoInterview } from '#jobs/undo-interview.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { othersFor, presentInstead, presentInsteadOf, withAlternatives } from '../alternatives.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import {
  addEventWish,
  codingWish,
  contentFields,
  eventWish,
  newLinkWish,
  putBackWish,
  removeEventWish,
  textsWish,
  type ContentFields,
} from '../interview-contents.ts';
import {
  bookWish,
  moveWish,
  replaceWish,
  rescheduleWish,
  timeFields,
  type Wish,
} from '../interview-times.ts';
import { interviewWithin, readQuest, readWish, searchOf, startsOf, toSpans } from '../loop.ts';
import { body, idParam, json, problems, time } from '../document.ts';
import { InterviewSchema, InterviewWithThingsSchema, presentEvents } from '../present/interview.ts';
import { consentFields, InterviewInputSchema } from '../present/scheduling-input.ts';
import { presentChangeSchedule, presentLoopSchedule } from '../present/loop.ts';
import { InsteadSchema, OtherInterviewSchema, presentOther } from '../problem.ts';
import { showInterview } from '../show-interview.ts';

const tags = ['Interviews'];
const root = '/api/v1/interviews';

const marks = z
  .array(z.object({ from: z.int(), to: z.int(), variable: z.string() }))
  .openapi({ description: "Where variables' values stand: characters `from` up to `to`." });

const PreviewSchema = z
  .object({
    templateId: z.string().nullable(),
    events: InterviewSchema.shape.events,
    problems: z.array(z.object({
      code: z.string(), field: z.string(), text: z.string(), blocks: z.boolean(), personId: z.string().nullable(), interview: OtherInterviewSchema.optional(),
    })),
    instead: InsteadSchema.optional(),
    warnings: z.array(z.object({ variable: z.string(), sentence: z.string(), context: z.string() })),
    itinerary: z.object({ candidate: z.string(), interviewers: z.string() }).openapi({ description: 'All events, one row each, as either reads it.' }),
    creates: z.array(z.string()).openapi({ description: 'What will be made: "3 CodeSignal sessions".' }),
    mails: z.array(z.object({
      audience: z.enum(['candidate', 'interviewers']),
      to: z.object({ name: z.string(), address: z.string() }).nullable(),
      subject: z.string(), text: z.string(), html: z.string(),
      marks: z.object({ subject: marks, text: marks }),
      invite: z.object({ start: time, end: time, location: z.string(), attendees: z.array(z.string()) }).nullable(),
    })),
  })
  .openapi('InterviewPreview'); // prettier-ignore

const revision = z.int().min(1).optional().openapi({
  description: 'The revision you looked at; a later one is answered with what changed.',
});

const dryRun = z.boolean().default(false).openapi({
  description:
    'Nothing is changed: the answer says in `foreseen` who would be told, and what would be done.',
});

const act = (path: string, summary: string, fields: z.ZodRawShape) =>
  createRoute({
    method: 'post', path: `${root}/{id}/${path}`, tags, summary,
    request: { params: idParam, body: body(z.strictObject({ revision, dryRun, ...consentFields, ...fields })) },
    responses: { 200: json(InterviewWithThingsSchema, 'The interview.'), ...problems },
  }); // prettier-ignore

export const interviewRoutes = {
  create: createRoute({
    method: 'post', path: root, tags, summary: 'Schedule, hold or draft an interview',
    request: { body: body(InterviewInputSchema) },
    responses: { 201: json(InterviewWithThingsSchema, 'The interview; what it owes is under way.'), ...problems },
  }),
  preview: createRoute({
    method: 'post', path: `${root}/preview`, tags, summary: 'What every party would get; does nothing',
    request: { body: body(InterviewInputSchema) },
    responses: { 200: json(PreviewSchema, 'The preview.'), ...problems },
  }),
  hold: act('hold', 'Ask the interviewers of a draft; the candidate hears nothing', timeFields.book),
  confirm: act('confirm', 'Schedule a draft or a hold', timeFields.book),
  move: act('move', 'Move one event', timeFields.move),
  reschedule: act('reschedule', 'Move the whole interview: by its start, where its events keep their gaps, or to a schedule', timeFields.reschedule),
  replace: act('replace', 'Replace an interviewer', timeFields.replace),
  addEvent: act('add-event', 'Add an event', contentFields.addEvent),
  event: act('event', 'Change what an event is: its title, length, place, form, text, who has to be there', contentFields.event),
  removeEvent: act('remove-event', 'Remove an event', contentFields.removeEvent),
  texts: act('texts', 'Change the texts', contentFields.texts),
  coding: act('coding', 'Choose other templates or tests; links of others are replaced', contentFields.coding),
  newLink: act('new-link', 'Replace a link; invites are updated', contentFields.newLink),
  cancel: act('cancel', 'Cancel it everywhere', { reason: z.string().trim().max(2_000).nullable().default(null).openapi({ description: 'Read by everybody who is notified, the candidate as well.' }) }),
  undo: createRoute({
    method: 'post', path: `${root}/{id}/undo`, tags, summary: 'Take it back before anything of it has left the hub',
    request: { params: idParam },
    responses: { 204: { description: 'It is gone as if it had never been.' }, ...problems },
  }),
  putBack: act('put-back', 'Put an interview that was called off in the ATS back into it', {}),
}; // prettier-ignore

export const serveInterviews = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  const within = (c: Context<ApiEnv>, id: string): Promise<InterviewRow> =>
    interviewWithin(c, hub, id);

  app.openapi(interviewRoutes.create, async (c) => {
    const given = c.req.valid('json');
    const { wish: about, candidate } = await readWish(c, hub, given);
    const wish = {
      ...about,
      note: given.note,
      candidateId: candidate.id,
      state: given.state,
      undoSeconds: given.undoSeconds,
    };
    const consent = {
      actor: c.get('actor'),
      override: given.override,
      overrideReason: given.overrideReason ?? '',
      notify: given.notify,
    };
    const search = searchOf(given);
    if (search) {
      const row = await createAtBest(hub, wish, readQuest(c, hub, search), consent);
      return c.json(await showInterview(hub, hub.db, row), 201);
    }
    const events = startsOf(wish.events);
    const row = await withAlternatives(
      c,
      hub,
      {
        spans: events.map(({ start, minutes = 0 }) => ({ start, end: start + minutes * 60_000 })),
        windows: toSpans(given.windows),
        loop: () => loopOfWish(hub.db, wish),
        present: (schedule) => presentLoopSchedule(given.events, schedule),
        asked: (plan) => unstored(wish, plan),
        presentInstead: (found) => presentInstead(given.events, found),
      },
      () => createInterview(hub, { ...wish, events }, consent),
    );
    return c.json(await showInterview(hub, hub.db, row), 201);
  });

  app.openapi(interviewRoutes.preview, async (c) => {
    const given = c.req.valid('json');
    const { wish: about, candidate } = await readWish(c, hub, given);
    const search = searchOf(given);
    const events = search
      ? eventsOf(about.events, await bestOf(hub, await loopOfWish(hub.db, { ...about, candidateId: candidate.id }), readQuest(c, hub, search)))
      : startsOf(about.events);
    const wish = { ...about, note: given.note, events };
    const planned = await planInterview(hub.db, { ...wish, candidate }, await surveyGround(hub, wish), null);
    const state = given.state === 'hold' ? 'hold' : 'confirmed';
    const open = openOf(planned.problems, given.override);
    const asked = unstored({ ...wish, candidateId: candidate.id }, planned.plan);
    const others = search ? null : await othersFor(c, hub, asked, open);
    const row = asIfStored(planned, { connectionId: wish.connectionId, candidateId: candidate.id, state }, hub.now());
    const preview = await previewInterview(hub, row);
    return c.json(
      {
        templateId: wish.templateId,
        events: presentEvents(row, [], hub.tracksReplies),
        problems: [
          ...planned.problems.texts.map(({ message, ...about }) => ({ ...about, text: message, personId: null })),
          ...planned.problems.seats.map(({ code, eventId: event, text, blocks, personId: person, interview }) => ({ code, field: `events.${event}`, text, blocks, personId: person, ...(interview && { interview: presentOther(interview) }) })),
        ],
        ...preview,
        ...(others && { instead: presentInstead(given.events, others) }),
        mails: preview.mails.map(({ invite, ...mail }) => ({
          ...mail,
          invite: invite && { ...invite, start: new Date(invite.start).toISOString(), end: new Date(invite.end).toISOString() },
        })),
      },
      200,
    );
  }); // prettier-ignore

  app.openapi(interviewRoutes.undo, async (c) => {
    const { id } = await within(c, c.req.valid('param').id);
    await undoInterview(hub, id, c.get('actor'));
    return c.body(null, 204);
  });

  type Given = {
    revision?: number | undefined;
    dryRun: boolean;
    override: readonly string[];
    overrideReason?: string | undefined;
    notify: ReadonlyArray<'candidate' | 'interviewers'>;
  };

  const change = async (
    c: Context<ApiEnv>,
    id: string,
    given: Given,
    wish: Omit<ChangeWish, 'revision'>,
  ) => {
    await within(c, id);
    const consent = { actor: c.get('actor'), override: given.override, overrideReason: given.overrideReason ?? '', notify: given.notify };
    const whole = { ...wish, revision: given.revision ?? null };
    if (given.dryRun) {
      const { row, foreseen } = await foreseeChange(hub, id, whole, consent);
      return showInterview(hub, hub.db, row, foreseen);
    }
    return showInterview(hub, hub.db, await changeInterview(hub, id, whole, consent));
  }; // prettier-ignore

  const serve = (
    route: (typeof interviewRoutes)['move'],
    wishOf: (given: ActFields, id: string) => Promise<Wish> | Wish,
  ): void => {
    app.openapi(route, async (c) => {
      const { id } = c.req.valid('param');
      const given = c.req.valid('json') as unknown as Given & ActFields;
      await within(c, id);
      return c.json(await change(c, id, given, await wishOf(given, id)), 200);
    });
  };

  /** Changes of time or people: chosen anew where the engine may, else refused with what is free. */
  const serveTimes = (
    route: (typeof interviewRoutes)['move'],
    wishOf: (c: Context<ApiEnv>, of: Hub, row: InterviewRow, given: never) => Promise<Wish>,
  ): void => {
    app.openapi(route, async (c) => {
      const { id } = c.req.valid('param');
      const given = c.req.valid('json') as unknown as Given & TimesGiven;
      const row = await within(c, id);
      const attempt = async () => change(c, id, given, await wishOf(c, hub, row, given as never));
      if (given.best !== undefined) return c.json(await whileFree(attempt), 200);
      if (route === interviewRoutes.replace) return c.json(await attempt(), 200);
      const about = {
        spans: [...row.plan.events, ...askedSpans(given)],
        windows: null,
        loop: () => loopOfInterview(hub.db, row, { eventId: given.eventId ?? null, keep: true }),
        present: (schedule: FoundSchedule) => presentChangeSchedule(row.plan, schedule),
        asked: route === interviewRoutes.move ? null : (plan: Plan) => ({ ...row, plan }),
        presentInstead: (found: Instead) => presentInsteadOf(row.plan, found),
      };
      return c.json(await withAlternatives(c, hub, about, attempt), 200);
    });
  };

  serveTimes(interviewRoutes.hold, (_c, of, row, given) => bookWish(of, row, 'hold', given));
  serveTimes(interviewRoutes.confirm, (_c, of, row, given) => bookWish(of, row, 'confirm', given));
  serveTimes(interviewRoutes.move, moveWish);
  serveTimes(interviewRoutes.reschedule, rescheduleWish);
  serveTimes(interviewRoutes.replace, replaceWish);
  serve(interviewRoutes.addEvent, async (given, id) => addEventWish(hub, id, given));
  serve(interviewRoutes.event, async (given, id) => eventWish(hub, id, given));
  serve(interviewRoutes.removeEvent, removeEventWish);
  serve(interviewRoutes.texts, async (given) => textsWish(hub, given));
  serve(interviewRoutes.coding, async (given, id) => codingWish(hub, id, given));
  serve(interviewRoutes.newLink, async (given, id) => newLinkWish(hub, id, given));
  serve(interviewRoutes.cancel, (given) => ({
    act: 'cancel',
    needs: 'cancel',
    state: 'cancelled',
    reason: given.reason,
  }));
  serve(interviewRoutes.putBack, async (_given, id) => putBackWish(hub, id));
};

/** What is asked for, as something with people in it. */
const unstored = (
  { connectionId, candidateId, templateId }: { connectionId: string; candidateId: string; templateId: string | null },
  plan: Plan,
) => ({
  id: 'iv_asked',
  plan,
  connection_id: connectionId,
  candidate_id: candidateId,
  template_id: templateId,
}); // prettier-ignore

/** What acts are given; each route's own schema makes sure that its fields are there. */
interface ActFields extends ContentFields {
  reason: string | null;
}

interface TimesGiven {
  eventId?: string;
  start?: string;
  events?: ReadonlyArray<{ start: string }>;
  best?: unknown;
}

const askedSpans = ({ start, events = [] }: TimesGiven) =>
  [...(start === undefined ? [] : [start]), ...events.map((event) => event.start)].map((at) => ({
    start: Date.parse(at),
    end: Date.parse(at),
  }));
