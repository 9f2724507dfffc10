/**
 * The panel engine over HTTP, and nothing is stored: about a panel that comes whole in the body, or about
 * an interview of this hub, whose people, calendars and rules the hub knows.
 */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { invalid, LoopwrightError } from '#core/errors.ts';
import { limits, type Substitute } from '#core/panel/model.ts';
import { explainLoop, findSchedules, findStarts } from '#jobs/find-schedules.ts';
import { PanelUnavailable, type PanelKind, type PanelWork } from '#jobs/panel-work.ts';
import { substitutesFor } from '#jobs/rearrange-interview.ts';
import { at, body, json, problems } from '../document.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { interviewWithin, needed, onlyPanel, readLoop } from '../loop.ts';
import {
  ChangeSolutionSchema,
  loopFields,
  LoopSolutionSchema,
  personId,
  presentChanges,
  presentLoop,
} from '../present/loop.ts';
import {
  ExplanationSchema,
  fieldInBody,
  PanelInputSchema,
  PlacedInputSchema,
  presentExplanation,
  presentSchedule,
  presentSolution,
  ScheduleSchema,
  SolutionSchema,
  StartsSchema,
  SubstitutesSchema,
  toPanel,
  toPlaced,
} from '../present/panel.ts';

const tags = ['Panels'];
const root = '/api/v1/panels';

const common = {
  panel: PanelInputSchema.optional().openapi({
    description: 'The whole problem, instead of an interview.',
  }),
  ...loopFields,
  timeLimitMs: z.int().min(1).max(10_000).default(2_000).openapi({
    description: 'How long the engine may think; then it answers with the best that it has.',
  }),
};
const schedules = z.int().min(1).max(limits.schedules).default(10).openapi({
  description: 'How many to find.',
});
const id = z.string().min(1).max(300);
const standing = { ...common, schedule: PlacedInputSchema.optional(), eventId: id };

export const panelRoutes = {
  solve: createRoute({
    method: 'post', path: `${root}/solve`, tags, summary: 'The best schedules of a loop, with proof',
    request: { body: body(z.strictObject({ ...common, schedules })) },
    responses: { 200: json(z.union([SolutionSchema, LoopSolutionSchema, ChangeSolutionSchema]), 'The schedules, best first.'), ...problems },
  }),
  slots: createRoute({
    method: 'post', path: `${root}/slots`, tags, summary: 'When a loop, or one event of it, can start',
    request: { body: body(z.strictObject({
      ...common,
      eventId: id.optional().openapi({ description: 'Of this event, whatever the others need.' }),
    })) },
    responses: { 200: json(StartsSchema, 'The start times, in order.'), ...problems },
  }),
  explain: createRoute({
    method: 'post', path: `${root}/explain`, tags, summary: 'Why there is nothing, and what would help',
    request: { body: body(z.strictObject({
      ...common,
      limit: z.int().min(1).max(100).default(20).openapi({ description: 'How many ways out to tell.' }),
    })) },
    responses: { 200: json(ExplanationSchema, 'Why, and what to give up.'), ...problems },
  }),
  replacements: createRoute({
    method: 'post', path: `${root}/replacements`, tags, summary: 'Who else could take a seat of a schedule',
    request: { body: body(z.strictObject({
      ...standing, seatId: id.optional(), resourceId: id.optional(),
      personId: personId.optional().openapi({ description: 'Of an interview: who is to be replaced.' }),
    })) },
    responses: { 200: json(SubstitutesSchema, 'Everybody else who may, the best first.'), ...problems },
  }),
  moves: createRoute({
    method: 'post', path: `${root}/moves`, tags, summary: 'When else one event of a schedule could be',
    request: { body: body(z.strictObject({
      ...standing, schedules,
    })) },
    responses: {
      200: json(z.union([z.object({ schedules: z.array(ScheduleSchema) }).openapi('PanelMoves'), ChangeSolutionSchema]), 'The schedules, best first.'),
      ...problems,
    },
  }),
}; // prettier-ignore

export const servePanels = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  /** Whoever hangs up gives the work up. */
  const ask = async <Kind extends PanelKind>(
    c: Context<ApiEnv>,
    kind: Kind,
    args: PanelWork[Kind]['args'],
    timeLimitMs: number,
  ): Promise<PanelWork[Kind]['answer']> => {
    try {
      return await hub.panels.run(kind, args, { timeLimitMs, signal: c.req.raw.signal });
    } catch (thrown) {
      if (!(thrown instanceof LoopwrightError) || thrown instanceof PanelUnavailable) throw thrown;
      throw new LoopwrightError(thrown.code, thrown.status, thrown.message, fieldInBody(thrown));
    }
  };

  app.openapi(panelRoutes.solve, async (c) => {
    const given = c.req.valid('json');
    const { timeLimitMs, schedules: count } = given;
    if (given.panel === undefined) {
      const { loop, quest, row } = await readLoop(c, hub, given);
      const found = await findSchedules(hub, loop, { ...quest, schedules: count });
      return c.json(row ? presentChanges(row.plan, found) : presentLoop(given.events, found), 200);
    }
    const args = { panel: toPanel(onlyPanel(given)), schedules: count };
    return c.json(presentSolution(await ask(c, 'solve', args, timeLimitMs)), 200);
  });

  app.openapi(panelRoutes.slots, async (c) => {
    const given = c.req.valid('json');
    const { panel, timeLimitMs, eventId } = given;
    if (panel === undefined) {
      const { loop, quest } = await readLoop(c, hub, given, eventId);
      const { starts, complete } = await findStarts(hub, loop, quest);
      return c.json({ starts: starts.map(at), complete }, 200);
    }
    onlyPanel(given);
    if (eventId !== undefined && !panel.events.some((event) => event.id === eventId))
      throw invalid('panel_invalid', `panel: there is no event ${eventId.slice(0, 60)}. Name one of this panel.`, 'eventId');
    const args = { panel: toPanel(panel), ...(eventId === undefined ? {} : { eventId }) };
    const { starts, complete } = await ask(c, 'slots', args, timeLimitMs);
    return c.json({ starts: starts.map(at), complete }, 200);
  }); // prettier-ignore

  app.openapi(panelRoutes.explain, async (c) => {
    const given = c.req.valid('json');
    const { timeLimitMs, limit } = given;
    if (given.panel === undefined) {
      const { loop, quest } = await readLoop(c, hub, given);
      return c.json(presentExplanation(await explainLoop(hub, loop, quest, limit)), 200);
    }
    const args = { panel: toPanel(onlyPanel(given)), limit };
    return c.json(presentExplanation(await ask(c, 'explain', args, timeLimitMs)), 200);
  });

  app.openapi(panelRoutes.replacements, async (c) => {
    const given = c.req.valid('json');
    const { timeLimitMs, eventId } = given;
    const show = (substitutes: readonly Substitute[]) =>
      c.json({ substitutes: substitutes.map((one) => ({ ...one, remarks: [...one.remarks] })) }, 200);
    if (given.panel === undefined) {
      const row = await interviewWithin(c, hub, needed(given.interviewId, 'interviewId'));
      const seat = { eventId, personId: needed(given.personId, 'personId') };
      return show(await substitutesFor(hub, row, seat, { timeLimitMs, signal: c.req.raw.signal }));
    }
    const args = {
      panel: toPanel(onlyPanel(given)),
      placed: toPlaced(needed(given.schedule, 'schedule')),
      eventId,
      seatId: needed(given.seatId, 'seatId'),
      resourceId: needed(given.resourceId, 'resourceId'),
    };
    return show(await ask(c, 'replacements', args, timeLimitMs));
  }); // prettier-ignore

  app.openapi(panelRoutes.moves, async (c) => {
    const given = c.req.valid('json');
    const { timeLimitMs, eventId, schedules: count, keep } = given;
    if (given.panel === undefined) {
      needed(given.interviewId, 'interviewId');
      const { loop, quest, row } = await readLoop(c, hub, given, eventId);
      const found = await findSchedules(hub, loop, { ...quest, schedules: count });
      return c.json(presentChanges(row?.plan ?? { events: [] }, found), 200);
    }
    const placed = toPlaced(needed(given.schedule, 'schedule'));
    const args = { panel: toPanel(onlyPanel(given)), placed, eventId, schedules: count, keep };
    const found = await ask(c, 'moves', args, timeLimitMs);
    return c.json({ schedules: found.map(presentSchedule) }, 200);
  });
};
