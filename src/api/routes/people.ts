/** Interviewers: who they are, when they work, and where their busy times are read. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { invalid } from '#core/errors.ts';
import { allHours, officeHours } from '#core/people/conflicts.ts';
import { reach } from '#core/roles.ts';
import { changeTags, mostTags } from '#jobs/change-tags.ts';
import { followAddress } from '#jobs/follow-address.ts';
import { importPeople, previewImport } from '#jobs/import-people.ts';
import { setSecretCalendar, testCalendars } from '#jobs/person-calendars.ts';
import { tiesOf } from '#jobs/person-ties.ts';
import { insertAudit } from '#store/audit.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { bouncedOf } from '#store/mails.ts';
import {
  busySourcesOf,
  findPerson,
  insertPerson,
  listPeople,
  lockPerson,
  setBusySources,
  tagsOfPeople,
  updatePerson,
  type PersonInput,
  type PersonRow,
} from '#store/people.ts';
import { refuseFields } from '../body.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { body, bodyReadBefore, idParam, json, problems, vendorId, yesOrNo } from '../document.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import {
  CalendarStateSchema,
  ImportPreviewSchema,
  ImportSchema,
  PersonSchema,
  presentCalendar,
  presentPerson,
  presentTies,
  TiesSchema,
} from '../present/person.ts';
import { ourId, PersonInputSchema, tagText, zone } from '../present/scheduling-input.ts';
import { ProblemError } from '../problem.ts';
import { personWithin } from '../scope.ts';
import { ifMatch, mustMatch, tagged, versioned } from '../version.ts';

const tags = ['People'];
const people = '/api/v1/people';

const calendarsSchema = z.object({ items: z.array(CalendarStateSchema) });
const TagSchema = z.object({ tag: z.string(), people: z.int() }).openapi('TagInUse');
const someTags = z.array(tagText).max(mostTags).default([]);
const onConnection = body(z.strictObject({ connectionId: vendorId }));

export const peopleRoutes = {
  list: createRoute({
    method: 'get', path: people, tags, summary: 'Interviewers, by name',
    request: { query: z.strictObject({
      ...pageQuery,
      search: z.string().trim().min(1).max(200).optional(),
      tag: tagText.optional(),
      kind: z.enum(['person', 'room']).optional(),
      active: yesOrNo.optional(),
      calendarFeed: yesOrNo.optional().openapi({ description: 'Whose calendar feed is on, or off; for those who may change anybody.' }),
    }) },
    responses: { 200: json(pageOf(PersonSchema), 'People.'), ...problems },
  }),
  create: createRoute({
    method: 'post', path: people, tags, summary: 'Add an interviewer',
    request: { body: body(PersonInputSchema) },
    responses: { 201: versioned(PersonSchema, 'The new person.'), ...problems },
  }),
  importAll: createRoute({
    method: 'post', path: `${people}/import`, tags, summary: 'Add the users of an ATS who are not there yet',
    request: { body: body(z.strictObject({ connectionId: vendorId, zone: zone.default('UTC') })) },
    responses: { 200: json(ImportSchema, 'What was done.'), ...problems },
  }),
  previewImport: createRoute({
    method: 'post', path: `${people}/import/preview`, tags, summary: 'What an import would do; does nothing',
    request: { body: onConnection },
    responses: { 200: json(ImportPreviewSchema, 'What it would do.'), ...problems },
  }),
  tags: createRoute({
    method: 'get', path: `${people}/tags`, tags, summary: 'Tags that active people have',
    request: { query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(TagSchema), 'Tags.'), ...problems },
  }),
  changeTags: createRoute({
    method: 'post', path: `${people}/tags`, tags,
    summary: 'Give tags to people, or take tags from them; all of them or none',
    request: { body: body(z.strictObject({ personIds: z.array(ourId).min(1).max(1_000), add: someTags, remove: someTags })) },
    responses: { 200: json(z.object({ changed: z.int() }), 'How many were changed.'), ...problems },
  }),
  get: createRoute({
    method: 'get', path: `${people}/{id}`, tags, summary: 'One interviewer',
    request: { params: idParam },
    responses: { 200: versioned(PersonSchema, 'The person.'), ...problems },
  }),
  change: createRoute({
    method: 'put', path: `${people}/{id}`, tags, summary: 'Replace what is known of an interviewer',
    request: { params: idParam, headers: ifMatch, body: bodyReadBefore(PersonInputSchema, PersonSchema) },
    responses: { 200: versioned(PersonSchema, 'The person.'), ...problems },
  }),
  ties: createRoute({
    method: 'get', path: `${people}/{id}/ties`, tags,
    summary: 'What the person is tied to: users of the ATSs, pools, templates, interviews to come',
    request: { params: idParam },
    responses: { 200: json(TiesSchema, 'The ties.'), ...problems },
  }),
  testCalendars: createRoute({
    method: 'post', path: `${people}/{id}/test-calendars`, tags,
    summary: 'Read the person’s calendars now, and tell which can be read',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 200: json(calendarsSchema, 'Each calendar.'), ...problems },
  }),
  setCalendar: createRoute({
    method: 'put', path: `${people}/{id}/calendar`, tags,
    summary: 'Read busy times from a calendar’s secret address, in place of the one before',
    description: 'The address is tested, kept encrypted and never shown again.',
    request: { params: idParam, body: body(z.strictObject({ url: z.string().trim().min(1).max(4_096) })) },
    responses: { 200: versioned(PersonSchema, 'The person.'), ...problems },
  }),
}; // prettier-ignore

const ownOnly = (remedy: string): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'not_allowed',
    detail: `person: your role may change its own person only. ${remedy}.`,
  });

export const servePeople = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  const show = async (row: PersonRow) => {
    const sources = await busySourcesOf(hub.db, [row.id]);
    const bounced = (await bouncedOf(hub.db, [row.email])).get(row.email.toLowerCase());
    return presentPerson(
      row,
      sources.map(({ connectionId }) => connectionId),
      bounced,
    );
  };

  const checkSources = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) {
      const row = await findConnection(hub.db, id);
      if (hub.connectors.get(row.connector)?.role !== 'busy')
        throw invalid(
          'busy_source_invalid',
          `person: the connection ${row.name} tells no busy times. Choose a calendar.`,
          'busySources',
        );
    }
  };

  const toInput = (given: z.infer<typeof PersonInputSchema>): PersonInput => ({
    ...given,
    hours: given.hours ?? (given.kind === 'room' ? allHours : officeHours),
  });

  app.openapi(peopleRoutes.list, async (c) => {
    const { limit, cursor, search, ...filter } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    if (filter.calendarFeed !== undefined && reach(c.get('actor').role, 'people.change') !== 'any')
      throw ownOnly('Leave calendarFeed out');
    const own = c.get('reach') === 'own_person' ? (c.get('actor').email ?? '') : undefined;
    const rows = await listPeople(hub.db, { ...filter, search: own ?? search, after, limit: limit + 1 });
    // Rooms may have no address, as keys may.
    const seen = own === undefined ? rows : own === '' ? [] : rows.filter((row) => row.email.toLowerCase() === own.toLowerCase());
    const sources = await busySourcesOf(hub.db, seen.map(({ id }) => id));
    const bounced = await bouncedOf(hub.db, seen.map(({ email }) => email));
    const present = (row: PersonRow) =>
      presentPerson(row, sources.flatMap((one) => (one.personId === row.id ? [one.connectionId] : [])), bounced.get(row.email.toLowerCase()));
    return c.json(toPage(seen, limit, present, (row) => [row.id]), 200);
  }); // prettier-ignore

  app.openapi(peopleRoutes.create, async (c) => {
    if (c.get('reach') !== 'any') throw ownOnly('Ask an admin to add somebody');
    const { busySources, ...given } = c.req.valid('json');
    await checkSources(busySources);
    const row = await inTransaction(hub.db, async (tx) => {
      const made = await insertPerson(tx, toInput({ ...given, busySources }));
      await setBusySources(tx, made.id, busySources);
      await insertAudit(tx, c.get('actor'), 'person.create', made.id);
      return made;
    });
    return c.json(tagged(c, await show(row)), 201);
  });

  app.openapi(peopleRoutes.importAll, async (c) =>
    c.json(await importPeople(hub, c.req.valid('json'), c.get('actor')), 200),
  );

  app.openapi(peopleRoutes.previewImport, async (c) =>
    c.json(await previewImport(hub, c.req.valid('json').connectionId), 200),
  );

  app.openapi(peopleRoutes.tags, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? '';
    const rows = await tagsOfPeople(hub.db, { after, limit: limit + 1 });
    return c.json(
      toPage(
        rows,
        limit,
        (row) => row,
        ({ tag }) => [tag],
      ),
      200,
    );
  });

  app.openapi(peopleRoutes.changeTags, async (c) => {
    const changed = await changeTags(hub.db, c.req.valid('json'), c.get('actor'));
    return c.json({ changed }, 200);
  });

  app.openapi(peopleRoutes.get, async (c) => {
    const { id } = c.req.valid('param');
    const row = await personWithin(c, hub.db, id);
    return c.json(tagged(c, await show(row)), 200);
  });

  app.openapi(peopleRoutes.change, async (c) => {
    const { id } = c.req.valid('param');
    const expected = c.req.valid('header')['If-Match'];
    const { busySources, ...given } = c.req.valid('json');
    const own = c.get('reach') === 'own_person';
    await personWithin(c, hub.db, id);
    const kept = (await busySourcesOf(hub.db, [id])).map(({ connectionId }) => connectionId);
    await checkSources(busySources.filter((one) => !kept.includes(one)));
    const row = await inTransaction(hub.db, async (tx) => {
      const wanted = toInput({ ...given, busySources });
      if (!own) await followAddress(hub, tx, { personId: id, email: wanted.email }, c.get('actor'));
      const before = await lockPerson(tx, id);
      await mustMatch(tx, expected, before.version, { noun: 'person', id });
      // Own hours, limits and zone; who somebody is, is for others to say.
      const { kind, name, email, tags: labels, active } = own ? before : wanted;
      const input = { ...wanted, kind, name, email, tags: labels, active };
      const changed = await updatePerson(tx, id, input);
      await setBusySources(tx, id, busySources);
      await insertAudit(tx, c.get('actor'), 'person.change', id);
      return changed;
    });
    return c.json(tagged(c, await show(row)), 200);
  }); // prettier-ignore

  app.openapi(peopleRoutes.ties, async (c) => {
    const { id } = c.req.valid('param');
    const row = await personWithin(c, hub.db, id);
    return c.json(presentTies(await tiesOf(hub, row)), 200);
  });

  app.openapi(peopleRoutes.testCalendars, async (c) => {
    const { id } = c.req.valid('param');
    const row = await personWithin(c, hub.db, id);
    const items = await testCalendars(hub, row);
    return c.json({ items: items.map(presentCalendar) }, 200);
  });

  app.openapi(peopleRoutes.setCalendar, async (c) => {
    const { id } = c.req.valid('param');
    const row = await personWithin(c, hub.db, id);
    await setSecretCalendar(hub, row, c.req.valid('json').url, c.get('actor'));
    return c.json(tagged(c, await show(await findPerson(hub.db, id))), 200);
  });
};
