/** Interviews: planned, previewed, scheduled, changed. Every change says which revision it is about. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { conflict, invalid, notFound } from '#core/errors.ts';
import { fillSeats } from '#core/interview/fill.ts';
import type { Layer } from '#core/interview/layers.ts';
import type { Plan } from '#core/interview/model.ts';
import {
  addEvent,
  moveAll,
  moveEvent,
  removeEvent,
  renewLink,
  replaceSeat,
} from '#core/interview/operations.ts';
import { audienceOf } from '#core/interview/things.ts';
import { changeInterview, createInterview, type ChangeWish } from '#jobs/change-interview.ts';
import { checkLayer } from '#jobs/check-layer.ts';
import { fittingTemplate } from '#jobs/draft-interview.ts';
import { gatherCrowd } from '#jobs/interview-people.ts';
import { mailServer } from '#jobs/interview-scene.ts';
import {
  planInterview,
  surveyGround,
  type EventWish,
  type PlanWish,
} from '#jobs/plan-interview.ts';
import { asIfStored, previewInterview } from '#jobs/preview-interview.ts';
import { readCandidate } from '#jobs/read-candidate.ts';
import { findCandidate, type CandidateRow } from '#store/candidates.ts';
import { thingsOf } from '#store/interview-effects.ts';
import {
  changesSince,
  findInterview,
  listInterviews,
  type InterviewRow,
} from '#store/interviews.ts';
import { rsvpsOf } from '#store/invites.ts';
import { findPersonByEmail } from '#store/people.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { body, idParam, json, problems, time, vendorId } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import {
  ChangeSchema,
  InterviewSchema,
  InterviewWithThingsSchema,
  presentChange,
  presentInterview,
  presentThings,
} from '../present/interview.ts';
import {
  consentFields,
  EventTemplateSchema,
  InterviewInputSchema,
  TextsSchema,
} from '../present/scheduling-input.ts';
import { isWithin, mustReach, ownJobs } from '../scope.ts';

const tags = ['Interviews'];
const root = '/api/v1/interviews';

const PreviewSchema = z
  .object({
    templateId: z.string().nullable(),
    events: InterviewSchema.shape.events,
    problems: z.array(z.object({
      code: z.string(), field: z.string(), text: z.string(), blocks: z.boolean(), personId: z.string().nullable(),
    })),
    warnings: z.array(z.object({ variable: z.string(), sentence: z.string(), context: z.string() })),
    creates: z.array(z.string()).openapi({ description: 'What will be made: "3 CodeSignal sessions".' }),
    mails: z.array(z.object({
      audience: z.enum(['candidate', 'interviewers']),
      to: z.object({ name: z.string(), address: z.string() }).nullable(),
      subject: z.string(), text: z.string(), html: z.string(),
      invite: z.object({ start: time, end: time, location: z.string(), attendees: z.array(z.string()) }).nullable(),
    })),
  })
  .openapi('InterviewPreview'); // prettier-ignore

const revision = z.int().min(1).optional().openapi({
  description: 'The revision you looked at; a later one is answered with what changed.',
});
const start = z.iso.datetime({ offset: true });
const eventId = z.string().regex(/^e\d{1,4}$/);
const personId = z.string().max(60);

const act = (path: string, summary: string, fields: z.ZodRawShape) =>
  createRoute({
    method: 'post', path: `${root}/{id}/${path}`, tags, summary,
    request: { params: idParam, body: body(z.strictObject({ revision, ...consentFields, ...fields })) },
    responses: { 200: json(InterviewWithThingsSchema, 'The interview.'), ...problems },
  }); // prettier-ignore

export const interviewRoutes = {
  list: createRoute({
    method: 'get', path: root, tags, summary: 'Interviews by their start',
    request: { query: z.strictObject({
      ...pageQuery, candidateId: vendorId.optional(), personId: personId.optional(),
      state: InterviewSchema.shape.state.optional(), from: start.optional(), to: start.optional(),
    }) },
    responses: { 200: json(pageOf(InterviewSchema), 'Interviews.'), ...problems },
  }),
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
  get: createRoute({
    method: 'get', path: `${root}/{id}`, tags, summary: 'One interview with what stands outside',
    request: { params: idParam },
    responses: { 200: json(InterviewWithThingsSchema, 'The interview.'), ...problems },
  }),
  changes: createRoute({
    method: 'get', path: `${root}/{id}/changes`, tags, summary: 'Who changed what, oldest first',
    request: { params: idParam, query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(ChangeSchema), 'Changes.'), ...problems },
  }),
  hold: act('hold', 'Ask the interviewers of a draft; the candidate hears nothing', {}),
  confirm: act('confirm', 'Schedule a draft or a hold', {}),
  move: act('move', 'Move one event', { eventId, start, minutes: z.int().min(5).max(1_440).optional() }),
  reschedule: act('reschedule', 'Move the whole interview; its events keep their gaps', { start, reason: z.string().trim().max(2_000).nullable().default(null) }),
  replace: act('replace', 'Replace an interviewer', { eventId, personId, byPersonId: personId }),
  addEvent: act('add-event', 'Add an event', { event: EventTemplateSchema.extend({ start }) }),
  removeEvent: act('remove-event', 'Remove an event', { eventId }),
  texts: act('texts', 'Change the texts', { texts: TextsSchema }),
  newLink: act('new-link', 'Replace a link; invites are updated', { effectId: z.string().max(60) }),
  cancel: act('cancel', 'Cancel it everywhere', { reason: z.string().trim().max(2_000).nullable().default(null) }),
  putBack: act('put-back', 'Put an interview that was called off in the ATS back into it', {}),
}; // prettier-ignore

export const serveInterviews = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  const show = async (row: InterviewRow) => {
    const server = await mailServer(hub, hub.db);
    return {
      ...presentInterview(row, await rsvpsOf(hub.db, row.id), hub.tracksReplies),
      effects: presentThings(await thingsOf(hub.db, row.id)),
      mail:
        server === null
          ? 'No mail server is connected: messages are kept in the outbox and nothing is sent.'
          : `Sent by ${server.name}.`,
    };
  };

  /** The interview, when it lies within the actor's reach. */
  const within = async (c: Context<ApiEnv>, id: string): Promise<InterviewRow> => {
    const row = await findInterview(hub.db, id);
    if (c.get('reach') === 'own_events') {
      const { email } = c.get('actor');
      const person = email === null ? null : await findPersonByEmail(hub.db, email);
      const sits = row.plan.events.some(({ seats }) => seats.some((seat) => seat.personId === person?.id));
      if (!sits) throw notFound('interview', id);
      return row;
    }
    mustReach(await ownJobs(c, hub.db), await findCandidate(hub.db, row.candidate_id), 'interview', id);
    return row;
  }; // prettier-ignore

  const readWish = async (
    c: Context<ApiEnv>,
    given: z.infer<typeof InterviewInputSchema>,
  ): Promise<{ wish: PlanWish; candidate: CandidateRow }> => {
    const candidate = await readCandidate(hub, given.connectionId, given.candidateId);
    const jobs = await ownJobs(c, hub.db);
    if (!isWithin(jobs, candidate)) throw notFound('candidate', given.candidateId);
    const layer: Layer = await checkLayer(hub, given.layer, 'layer');
    const chosen = given.templateId ?? (await fittingTemplate(hub.db, candidate))?.id ?? null;
    const events = given.events.map((event) => said({ ...event, start: Date.parse(event.start) }));
    return {
      candidate,
      wish: { connectionId: given.connectionId, templateId: chosen, candidateZone: given.candidateZone, layer, note: given.note, events },
    };
  }; // prettier-ignore

  app.openapi(interviewRoutes.list, async (c) => {
    const { limit, cursor, from, to, ...filter } = c.req.valid('query');
    const position = readCursor(cursor, ['number', 'text']);
    const own = c.get('reach') === 'own_events';
    const rows = await listInterviews(hub.db, {
      ...filter,
      from: from === undefined ? undefined : Date.parse(from),
      to: to === undefined ? undefined : Date.parse(to),
      ...(own ? { ownEvents: c.get('actor').email ?? '' } : { ownJobs: await ownJobs(c, hub.db) }),
      after: position === null ? null : { at: position[0], id: position[1] },
      limit: limit + 1,
    });
    return c.json(
      toPage(rows, limit, (row) => presentInterview(row, [], hub.tracksReplies), (row) => [row.starts_at ?? 253_370_764_800_000, row.id]),
      200,
    );
  }); // prettier-ignore

  app.openapi(interviewRoutes.create, async (c) => {
    const given = c.req.valid('json');
    const { wish, candidate } = await readWish(c, given);
    const row = await createInterview(
      hub,
      { ...wish, candidateId: candidate.id, state: given.state },
      { actor: c.get('actor'), override: given.override, notify: given.notify },
    );
    return c.json(await show(row), 201);
  });

  app.openapi(interviewRoutes.preview, async (c) => {
    const given = c.req.valid('json');
    const { wish, candidate } = await readWish(c, given);
    const planned = await planInterview(hub.db, wish, await surveyGround(hub, wish), null);
    const state = given.state === 'hold' ? 'hold' : 'confirmed';
    const row = asIfStored(planned, { connectionId: wish.connectionId, candidateId: candidate.id, state }, hub.now());
    const preview = await previewInterview(hub, row);
    return c.json(
      {
        templateId: wish.templateId,
        events: presentInterview(row, [], hub.tracksReplies).events,
        problems: [
          ...planned.problems.texts.map(({ code, field, message }) => ({ code, field, text: message, blocks: true, personId: null })),
          ...planned.problems.seats.map(({ code, eventId: event, text, blocks, personId: person }) => ({ code, field: `events.${event}`, text, blocks, personId: person })),
        ],
        ...preview,
        mails: preview.mails.map(({ invite, ...mail }) => ({
          ...mail,
          invite: invite && { ...invite, start: new Date(invite.start).toISOString(), end: new Date(invite.end).toISOString() },
        })),
      },
      200,
    );
  }); // prettier-ignore

  app.openapi(interviewRoutes.get, async (c) =>
    c.json(await show(await within(c, c.req.valid('param').id)), 200),
  );

  app.openapi(interviewRoutes.changes, async (c) => {
    const row = await within(c, c.req.valid('param').id);
    const { limit, cursor } = c.req.valid('query');
    const since = readCursor(cursor, ['number'])?.[0] ?? 0;
    const rows = await changesSince(hub.db, row.id, since, limit + 1);
    return c.json(
      toPage(rows, limit, presentChange, (one) => [one.revision]),
      200,
    );
  });

  type Given = {
    revision?: number | undefined;
    override: readonly string[];
    notify: ReadonlyArray<'candidate' | 'interviewers'>;
  };

  const change = async (
    c: Context<ApiEnv>,
    id: string,
    given: Given,
    wish: Omit<ChangeWish, 'revision'>,
  ) => {
    await within(c, id);
    const consent = { actor: c.get('actor'), override: given.override, notify: given.notify };
    const row = await changeInterview(hub, id, { ...wish, revision: given.revision ?? null }, consent);
    return show(row);
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

  serve(interviewRoutes.hold, () => ({ act: 'hold', needs: 'hold', state: 'hold' }));
  serve(interviewRoutes.confirm, () => ({ act: 'confirm', needs: 'confirm', state: 'confirmed' }));
  serve(interviewRoutes.move, (given) => ({
    act: 'move',
    needs: 'change',
    plan: (plan) => moveEvent(plan, given.eventId, Date.parse(given.start), given.minutes),
  }));
  serve(interviewRoutes.reschedule, (given) => ({
    act: 'reschedule',
    needs: 'change',
    reason: given.reason,
    plan: (plan) => moveAll(plan, Date.parse(given.start)),
  }));
  serve(
    interviewRoutes.replace,
    async (given, id) => {
      const { people } = await gatherCrowd(hub, hub.db, (await findInterview(hub.db, id)).connection_id);
      const by = people.get(given.byPersonId);
      if (!by)
        throw invalid('person_unknown', 'interview: there is no such active person. Choose one from the people.', 'byPersonId');
      return {
        act: 'replace',
        needs: 'change',
        plan: (plan) => {
          const seat = plan.events.find((event) => event.id === given.eventId)?.seats.find((one) => one.personId === given.personId);
          const { tags: _tags, active: _active, ...occupant } = by;
          return replaceSeat(plan, given.eventId, given.personId, {
            ...occupant,
            required: seat?.required ?? true,
            feedbackFormId: seat?.feedbackFormId ?? null,
            ...(seat?.from ? { from: seat.from } : {}),
            why: `in place of ${seat?.name ?? 'somebody else'}`,
          });
        },
      };
    },
  ); // prettier-ignore
  serve(
    interviewRoutes.addEvent,
    async ({ event }, id) => {
      const row = await findInterview(hub.db, id);
      const crowd = await gatherCrowd(hub, hub.db, row.connection_id);
      const begin = Date.parse(event.start);
      const { seats } = fillSeats('e0', event.seats, { ...crowd, conflicts: () => [] });
      const { minutes, seats: _seats, ...rest } = event;
      return {
        act: 'add_event',
        needs: 'change',
        plan: (plan) => addEvent(plan, { ...rest, start: begin, end: begin + minutes * 60_000, seats }),
      };
    },
  ); // prettier-ignore
  serve(interviewRoutes.removeEvent, (given) => ({
    act: 'remove_event',
    needs: 'change',
    plan: (plan) => removeEvent(plan, given.eventId),
  }));
  serve(interviewRoutes.texts, async ({ texts }) => {
    const layer = await checkLayer(hub, { texts }, 'body');
    return {
      act: 'texts',
      needs: 'change',
      plan: (plan: Plan) => ({ ...plan, texts: { ...plan.texts, ...layer.texts } }),
    };
  });
  serve(interviewRoutes.newLink, async ({ effectId }, id) => {
    const thing = (await thingsOf(hub.db, id)).find((row) => row.id === effectId);
    if (!thing || !['live_session', 'assessment'].includes(thing.kind) || audienceOf(thing.key) !== null)
      throw invalid('link_unknown', 'interview: that effect is no link of this interview. Choose one of its sessions.', 'effectId');
    return { act: 'new_link', needs: 'change', plan: (plan: Plan) => renewLink(plan, thing.key) };
  }); // prettier-ignore
  serve(interviewRoutes.cancel, (given) => ({
    act: 'cancel',
    needs: 'cancel',
    state: 'cancelled',
    reason: given.reason,
  }));
  serve(interviewRoutes.putBack, async (_given, id) => {
    const { flag } = await findInterview(hub.db, id);
    if (flag === null)
      throw conflict('not_called_off', 'interview: it was not called off in the ATS. There is nothing to put back.');
    return {
      act: 'put_back',
      needs: 'change',
      flag: null,
      plan: (plan: Plan) => renewLink(plan, `interview/${id}/ats-interview`),
    };
  }); // prettier-ignore
};

/** What acts are given; each route's own schema makes sure that its fields are there. */
interface ActFields {
  eventId: string;
  start: string;
  minutes?: number;
  reason: string | null;
  personId: string;
  byPersonId: string;
  event: z.infer<typeof EventTemplateSchema> & { start: string };
  texts: z.infer<typeof TextsSchema>;
  effectId: string;
}

type Wish = Omit<ChangeWish, 'revision'>;

/** Without the fields that were left out. */
const said = (event: Record<string, unknown> & { start: number }): EventWish =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined)) as EventWish;
