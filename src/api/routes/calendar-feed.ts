/**
 * One's own interviews in one's own calendar: a secret address, made and stopped by whoever signed in,
 * and read by the calendar without signing in. The unguessable token is the credential. An Admin sees
 * whether there is one, and turns it off.
 */
import { createHash } from 'node:crypto';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { LoopwrightError } from '#core/errors.ts';
import { calendarFeed, turnOffFeed, turnOnFeed } from '#jobs/calendar-feed.ts';
import {
  findFeed,
  findFeedOwner,
  markFeedRead,
  type CalendarFeedRow,
} from '#store/calendar-feeds.ts';
import { findPersonByEmail, type PersonRow } from '#store/people.ts';
import { refuseFields } from '../body.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { idParam, json, maybeAt, problems, time } from '../document.ts';
import { ProblemError } from '../problem.ts';
import { personWithin } from '../scope.ts';
import { allowAttempt } from '../sign-in-limits.ts';
import { addressOf } from '../visitor.ts';

const tags = ['People'];
const path = '/api/v1/me/calendar-feed';

const theirs = '/api/v1/people/{id}/calendar-feed';

const feed = {
  on: z.boolean(),
  createdAt: time.nullable(),
  readAt: time.nullable().openapi({
    description: 'When a calendar last asked, to the minute; null: none did yet.',
  }),
};

const url = z.string().openapi({
  description: 'The secret address, of an iCalendar file. Shown only here.',
});

const FeedSchema = z.object(feed).openapi('CalendarFeed');
const isOff = { 204: { description: 'It is off.' }, ...problems };

export const calendarFeedRoutes = {
  get: createRoute({
    method: 'get', path, tags,
    summary: 'Whether a calendar can read your own interviews',
    responses: { 200: json(FeedSchema, 'The feed.'), ...problems },
  }),
  make: createRoute({
    method: 'post', path, tags,
    summary: 'Make a secret address for your calendar, in place of the one before',
    description: 'The feed holds your own events from 30 days ago to a year ahead, as your invites tell them.',
    middleware: [refuseFields] as const,
    responses: { 201: json(z.object({ ...feed, url }).openapi('NewCalendarFeed'), 'The feed.'), ...problems },
  }),
  remove: createRoute({
    method: 'delete', path, tags,
    summary: 'Turn the feed off; its address is refused from now on',
    responses: isOff,
  }),
  getTheirs: createRoute({
    method: 'get', path: theirs, tags,
    summary: 'Whether a calendar can read a person’s interviews; the address is told to nobody',
    request: { params: idParam },
    responses: { 200: json(FeedSchema, 'The feed.'), ...problems },
  }),
  removeTheirs: createRoute({
    method: 'delete', path: theirs, tags,
    summary: 'Turn a person’s feed off; its address is refused from now on',
    request: { params: idParam },
    responses: isOff,
  }),
}; // prettier-ignore

const present = (row: CalendarFeedRow | null) => ({
  on: row !== null,
  createdAt: maybeAt(row?.created_at ?? null),
  readAt: maybeAt(row?.read_at ?? null),
});

const nothingThere = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'not_found',
    detail:
      'calendar feed: there is none at this address. Make a new one on the page of your interviews.',
  });

/** Whether the calendar has this version already (RFC 9110: compared weakly). */
const isKnown = (header: string | undefined, tag: string): boolean =>
  (header ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === '*' || one === tag);

export const serveCalendarFeed = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  const own = async (c: Context<ApiEnv>): Promise<PersonRow> => {
    const person = await findPersonByEmail(hub.db, c.get('actor').email ?? '');
    if (person?.kind === 'person') return person;
    throw new LoopwrightError(
      'own_person_missing',
      404,
      'calendar feed: nobody among the interviewers has your address. Ask an Admin to add you under People.',
    );
  };

  app.openapi(calendarFeedRoutes.get, async (c) =>
    c.json(present(await findFeed(hub.db, await own(c))), 200),
  );

  app.openapi(calendarFeedRoutes.make, async (c) => {
    const { row, token } = await turnOnFeed(hub.db, await own(c), c.get('actor'));
    const address = `${hub.publicUrl.replace(/\/+$/, '')}/feeds/${token}.ics`;
    return c.json({ ...present(row), url: address }, 201);
  });

  app.openapi(calendarFeedRoutes.remove, async (c) => {
    await turnOffFeed(hub.db, await own(c), c.get('actor'));
    return c.body(null, 204);
  });

  app.openapi(calendarFeedRoutes.getTheirs, async (c) => {
    const person = await personWithin(c, hub.db, c.req.valid('param').id);
    return c.json(present(await findFeed(hub.db, person)), 200);
  });

  app.openapi(calendarFeedRoutes.removeTheirs, async (c) => {
    const person = await personWithin(c, hub.db, c.req.valid('param').id);
    await turnOffFeed(hub.db, person, c.get('actor'));
    return c.body(null, 204);
  });

  app.get('/feeds/:file', async (c) => {
    const token = /^([\w-]{43})\.ics$/.exec(c.req.param('file'))?.[1];
    const personId = token === undefined ? null : await findFeedOwner(hub.db, token);
    if (token === undefined || personId === null) {
      await allowAttempt(hub.db, 'address', addressOf(c));
      throw nothingThere();
    }
    await allowAttempt(hub.db, 'feed', personId);
    const content = await calendarFeed(hub, personId);
    await markFeedRead(hub.db, personId);
    const tag = `"${createHash('sha256').update(content).digest('base64url')}"`;
    const headers = { etag: tag, 'cache-control': 'private, no-cache' };
    if (isKnown(c.req.header('if-none-match'), tag)) return c.body(null, 304, headers);
    return c.body(content, 200, {
      ...headers,
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="interviews.ics"',
    });
  });
};
