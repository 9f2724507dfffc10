/** Interviewers and their pools. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { invalid, notFound } from '#core/errors.ts';
import { allHours, officeHours } from '#core/people/conflicts.ts';
import { parsePool } from '#core/people/pool.ts';
import { followAddress } from '#jobs/follow-address.ts';
import { importPeople } from '#jobs/import-people.ts';
import { insertAudit } from '#store/audit.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import {
  busySourcesOf,
  findPerson,
  insertPerson,
  listPeople,
  setBusySources,
  updatePerson,
  type PersonInput,
  type PersonRow,
} from '#store/people.ts';
import {
  deletePool,
  findPool,
  insertPool,
  listPools,
  updatePool,
  type PoolRow,
} from '#store/pools.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, body, idParam, json, problems, time, vendorId } from '../document.ts';
import { bouncedOf } from '#store/mails.ts';
import { pageOf, pageQuery, readCursor, toPage } from '../paging.ts';
import { ProblemError } from '../problem.ts';
import {
  PersonFieldsSchema,
  PersonInputSchema,
  PoolInputSchema,
} from '../present/scheduling-input.ts';

const tags = ['People'];
const people = '/api/v1/people';
const pools = '/api/v1/pools';

const PersonSchema = PersonFieldsSchema.omit({ busySources: true })
  .required({ hours: true })
  .extend({
    id: z.string(),
    busySources: z.array(z.string()),
    bounced: z
      .object({ at: time, error: z.string() })
      .nullable()
      .openapi({ description: 'The newest mail to this address was refused for good.' }),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Person');

const PoolSchema = PoolInputSchema.extend({ id: z.string() }).openapi('Pool');

const ImportSchema = z
  .object({ added: z.int(), known: z.int(), withoutAddress: z.int() })
  .openapi('PeopleImport');

export const peopleRoutes = {
  list: createRoute({
    method: 'get', path: people, tags, summary: 'Interviewers',
    request: { query: z.strictObject({ ...pageQuery, search: z.string().trim().min(1).max(200).optional() }) },
    responses: { 200: json(pageOf(PersonSchema), 'People.'), ...problems },
  }),
  create: createRoute({
    method: 'post', path: people, tags, summary: 'Add an interviewer',
    request: { body: body(PersonInputSchema) },
    responses: { 201: json(PersonSchema, 'The new person.'), ...problems },
  }),
  importAll: createRoute({
    method: 'post', path: `${people}/import`, tags, summary: 'Add the users of an ATS who are not there yet',
    request: { body: body(z.strictObject({ connectionId: vendorId })) },
    responses: { 200: json(ImportSchema, 'What was done.'), ...problems },
  }),
  get: createRoute({
    method: 'get', path: `${people}/{id}`, tags, summary: 'One interviewer',
    request: { params: idParam },
    responses: { 200: json(PersonSchema, 'The person.'), ...problems },
  }),
  change: createRoute({
    method: 'put', path: `${people}/{id}`, tags, summary: 'Replace what is known of an interviewer',
    request: { params: idParam, body: body(PersonInputSchema) },
    responses: { 200: json(PersonSchema, 'The person.'), ...problems },
  }),
  listPools: createRoute({
    method: 'get', path: pools, tags, summary: 'Pools',
    request: { query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(PoolSchema), 'Pools.'), ...problems },
  }),
  createPool: createRoute({
    method: 'post', path: pools, tags, summary: 'Make a pool',
    request: { body: body(PoolInputSchema) },
    responses: { 201: json(PoolSchema, 'The new pool.'), ...problems },
  }),
  getPool: createRoute({
    method: 'get', path: `${pools}/{id}`, tags, summary: 'One pool',
    request: { params: idParam },
    responses: { 200: json(PoolSchema, 'The pool.'), ...problems },
  }),
  changePool: createRoute({
    method: 'put', path: `${pools}/{id}`, tags, summary: 'Replace a pool',
    request: { params: idParam, body: body(PoolInputSchema) },
    responses: { 200: json(PoolSchema, 'The pool.'), ...problems },
  }),
  removePool: createRoute({
    method: 'delete', path: `${pools}/{id}`, tags, summary: 'Delete a pool',
    request: { params: idParam },
    responses: { 204: { description: 'Deleted.' }, ...problems },
  }),
}; // prettier-ignore

const presentPerson = (
  row: PersonRow,
  busySources: string[],
  bounced: { at: number; error: string } | undefined,
): z.infer<typeof PersonSchema> => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  email: row.email,
  title: row.title,
  zone: row.zone,
  hours: row.hours,
  daysOff: row.days_off,
  perDay: row.per_day,
  perWeek: row.per_week,
  preferred: row.preferred,
  buffer: { before: row.buffer_before, after: row.buffer_after },
  tags: row.tags,
  active: row.active,
  busySources,
  bounced: bounced ? { at: at(bounced.at), error: bounced.error } : null,
  createdAt: at(row.created_at),
  updatedAt: at(row.updated_at),
});

const presentPool = ({ id, name, expression }: PoolRow): z.infer<typeof PoolSchema> => ({
  id,
  name,
  expression,
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
    const { limit, cursor, search } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const own = c.get('reach') === 'own_person' ? (c.get('actor').email ?? '') : undefined;
    const rows = await listPeople(hub.db, { search: own ?? search, after, limit: limit + 1 });
    // Rooms may have no address, as keys may.
    const seen = own === undefined ? rows : own === '' ? [] : rows.filter((row) => row.email.toLowerCase() === own.toLowerCase());
    const sources = await busySourcesOf(hub.db, seen.map(({ id }) => id));
    const bounced = await bouncedOf(hub.db, seen.map(({ email }) => email));
    const present = (row: PersonRow) =>
      presentPerson(row, sources.flatMap((one) => (one.personId === row.id ? [one.connectionId] : [])), bounced.get(row.email.toLowerCase()));
    return c.json(toPage(seen, limit, present, (row) => [row.id]), 200);
  }); // prettier-ignore

  app.openapi(peopleRoutes.create, async (c) => {
    if (c.get('reach') !== 'any')
      throw new ProblemError({
        status: 403,
        code: 'not_allowed',
        detail: 'person: your role may change its own person only. Ask an admin to add somebody.',
      });
    const { busySources, ...given } = c.req.valid('json');
    await checkSources(busySources);
    const row = await inTransaction(hub.db, async (tx) => {
      const made = await insertPerson(tx, toInput({ ...given, busySources }));
      await setBusySources(tx, made.id, busySources);
      await insertAudit(tx, c.get('actor'), 'person.create', made.id);
      return made;
    });
    return c.json(await show(row), 201);
  });

  app.openapi(peopleRoutes.importAll, async (c) =>
    c.json(await importPeople(hub, c.req.valid('json').connectionId, c.get('actor')), 200),
  );

  const within = async (id: string, own: boolean, email: string | null): Promise<PersonRow> => {
    const row = await findPerson(hub.db, id);
    if (own && (row.email === '' || row.email.toLowerCase() !== email?.toLowerCase()))
      throw notFound('person', id);
    return row;
  };

  app.openapi(peopleRoutes.get, async (c) => {
    const { id } = c.req.valid('param');
    const row = await within(id, c.get('reach') === 'own_person', c.get('actor').email);
    return c.json(await show(row), 200);
  });

  app.openapi(peopleRoutes.change, async (c) => {
    const { id } = c.req.valid('param');
    const { busySources, ...given } = c.req.valid('json');
    const own = c.get('reach') === 'own_person';
    const before = await within(id, own, c.get('actor').email);
    await checkSources(busySources);
    // Own hours, limits and zone; who somebody is, is for others to say.
    const input = own
      ? { ...toInput({ ...given, busySources }), kind: before.kind, name: before.name, email: before.email, tags: before.tags, active: before.active }
      : toInput({ ...given, busySources });
    const row = await inTransaction(hub.db, async (tx) => {
      await followAddress(hub, tx, { personId: id, email: input.email }, c.get('actor'));
      const changed = await updatePerson(tx, id, input);
      await setBusySources(tx, id, busySources);
      await insertAudit(tx, c.get('actor'), 'person.change', id);
      return changed;
    });
    return c.json(await show(row), 200);
  }); // prettier-ignore

  app.openapi(peopleRoutes.listPools, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listPools(hub.db, { after, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, presentPool, (row) => [row.id]),
      200,
    );
  });

  app.openapi(peopleRoutes.createPool, async (c) => {
    const input = c.req.valid('json');
    parsePool(input.expression);
    const row = await inTransaction(hub.db, async (tx) => {
      const made = await insertPool(tx, input);
      await insertAudit(tx, c.get('actor'), 'pool.create', made.id);
      return made;
    });
    return c.json(presentPool(row), 201);
  });

  app.openapi(peopleRoutes.getPool, async (c) =>
    c.json(presentPool(await findPool(hub.db, c.req.valid('param').id)), 200),
  );

  app.openapi(peopleRoutes.changePool, async (c) => {
    const { id } = c.req.valid('param');
    const input = c.req.valid('json');
    parsePool(input.expression);
    const row = await inTransaction(hub.db, async (tx) => {
      const changed = await updatePool(tx, id, input);
      await insertAudit(tx, c.get('actor'), 'pool.change', id);
      return changed;
    });
    return c.json(presentPool(row), 200);
  });

  app.openapi(peopleRoutes.removePool, async (c) => {
    const { id } = c.req.valid('param');
    await inTransaction(hub.db, async (tx) => {
      await deletePool(tx, id);
      await insertAudit(tx, c.get('actor'), 'pool.remove', id);
    });
    return c.body(null, 204);
  });
};
