/** The panel engine over HTTP: the whole problem comes in the body, and nothing is stored. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { invalid, LoopwrightError } from '#core/errors.ts';
import { limits } from '#core/panel/model.ts';
import { PanelUnavailable, type PanelKind, type PanelWork } from '#jobs/panel-work.ts';
import { at, body, json, problems } from '../document.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
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
  panel: PanelInputSchema,
  timeLimitMs: z.int().min(1).max(10_000).default(2_000).openapi({
    description: 'How long the engine may think; then it answers with the best that it has.',
  }),
};
const schedules = z.int().min(1).max(limits.schedules).default(10).openapi({
  description: 'How many to find.',
});
const id = z.string().min(1).max(300);
const standing = { ...common, schedule: PlacedInputSchema, eventId: id };

export const panelRoutes = {
  solve: createRoute({
    method: 'post', path: `${root}/solve`, tags, summary: 'The best schedules of a loop, with proof',
    request: { body: body(z.strictObject({ ...common, schedules })) },
    responses: { 200: json(SolutionSchema, 'The schedules, best first.'), ...problems },
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
    request: { body: body(z.strictObject({ ...standing, seatId: id, resourceId: id })) },
    responses: { 200: json(SubstitutesSchema, 'Everybody else who may, the best first.'), ...problems },
  }),
  moves: createRoute({
    method: 'post', path: `${root}/moves`, tags, summary: 'When else one event of a schedule could be',
    request: { body: body(z.strictObject({
      ...standing, schedules,
      keep: z.boolean().default(true).openapi({ description: 'With the same people in it.' }),
    })) },
    responses: {
      200: json(z.object({ schedules: z.array(ScheduleSchema) }).openapi('PanelMoves'), 'The schedules, best first.'),
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
    const { panel, timeLimitMs, schedules: count } = c.req.valid('json');
    const solution = await ask(
      c,
      'solve',
      { panel: toPanel(panel), schedules: count },
      timeLimitMs,
    );
    return c.json(presentSolution(solution), 200);
  });

  app.openapi(panelRoutes.slots, async (c) => {
    const { panel, timeLimitMs, eventId } = c.req.valid('json');
    if (eventId !== undefined && !panel.events.some((event) => event.id === eventId))
      throw invalid('panel_invalid', `panel: there is no event ${eventId.slice(0, 60)}. Name one of this panel.`, 'eventId');
    const args = { panel: toPanel(panel), ...(eventId === undefined ? {} : { eventId }) };
    const { starts, complete } = await ask(c, 'slots', args, timeLimitMs);
    return c.json({ starts: starts.map(at), complete }, 200);
  }); // prettier-ignore

  app.openapi(panelRoutes.explain, async (c) => {
    const { panel, timeLimitMs, limit } = c.req.valid('json');
    const explanation = await ask(c, 'explain', { panel: toPanel(panel), limit }, timeLimitMs);
    return c.json(presentExplanation(explanation), 200);
  });

  app.openapi(panelRoutes.replacements, async (c) => {
    const { panel, timeLimitMs, schedule, ...seat } = c.req.valid('json');
    const args = { panel: toPanel(panel), placed: toPlaced(schedule), ...seat };
    const substitutes = await ask(c, 'replacements', args, timeLimitMs);
    return c.json(
      { substitutes: substitutes.map((one) => ({ ...one, remarks: [...one.remarks] })) },
      200,
    );
  });

  app.openapi(panelRoutes.moves, async (c) => {
    const { panel, timeLimitMs, schedule, ...rest } = c.req.valid('json');
    const args = { panel: toPanel(panel), placed: toPlaced(schedule), ...rest };
    const found = await ask(c, 'moves', args, timeLimitMs);
    return c.json({ schedules: found.map(presentSchedule) }, 200);
  });
};
