/** Interviewers: how they can be reached, when they work, and where their busy times are read. */
import { sql } from 'kysely';
import { conflict, notFound } from '#core/errors.ts';
import type { DaysOff, Hours } from '#core/people/conflicts.ts';
import { newId, type Executor, type Row } from './database.ts';
import { changedNow } from './version.ts';

export type PersonRow = Row<'person'>;

export interface PersonInput {
  /** A room is booked as a person is. */
  kind: 'person' | 'room';
  name: string;
  /** Empty: a room that gets no invites. */
  email: string;
  title: string;
  /** Some words about the person, for candidates. */
  bio?: string;
  /** Address of the profile there. */
  linkedIn?: string;
  zone: string;
  hours: Hours;
  daysOff: DaysOff[];
  perDay: number | null;
  perWeek: number | null;
  preferred: Hours | null;
  /** Minutes kept free around an interview. */
  buffer: { before: number; after: number };
  tags: string[];
  active: boolean;
}

const columns = (input: PersonInput) => ({
  kind: input.kind,
  name: input.name,
  email: input.email,
  title: input.title,
  ...(input.bio === undefined ? {} : { bio: input.bio }),
  ...(input.linkedIn === undefined ? {} : { linked_in: input.linkedIn }),
  zone: input.zone,
  hours: JSON.stringify(input.hours),
  days_off: JSON.stringify(input.daysOff),
  per_day: input.perDay,
  per_week: input.perWeek,
  preferred: input.preferred && JSON.stringify(input.preferred),
  buffer_before: input.buffer.before,
  buffer_after: input.buffer.after,
  tags: input.tags,
  active: input.active,
});

const addressTaken = (): Error =>
  conflict(
    'person_exists',
    'person: somebody with this address is there already. Change that person instead.',
  );

/** Throws `person_exists` where the address is taken. */
export const insertPerson = async (db: Executor, input: PersonInput): Promise<PersonRow> => {
  const row = await db
    .insertInto('person')
    .values({ id: newId('pe'), ...columns(input) })
    .onConflict((clash) =>
      clash
        .expression(sql`lower(email)`)
        .where('email', '<>', '')
        .doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
  if (!row) throw addressTaken();
  return row;
};

export const updatePerson = async (
  db: Executor,
  id: string,
  input: PersonInput,
): Promise<PersonRow> => {
  const other = await findPersonByEmail(db, input.email);
  if (other && other.id !== id) throw addressTaken();
  const row = await db
    .updateTable('person')
    .set({ ...columns(input), ...changedNow })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw notFound('person', id);
  return row;
};

export const findPerson = async (db: Executor, id: string): Promise<PersonRow> => {
  const row = await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('person', id);
  return row;
};

/** Until the transaction ends, nobody else changes it. */
export const lockPerson = async (tx: Executor, id: string): Promise<PersonRow> => {
  const row = await tx
    .selectFrom('person')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('person', id);
  return row;
};

/** Null for no address: rooms may have none. */
export const findPersonByEmail = async (db: Executor, email: string): Promise<PersonRow | null> =>
  (await db
    .selectFrom('person')
    .selectAll()
    .where('email', '<>', '')
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst()) ?? null;

export interface PeopleFilter {
  /** A part of the name or the address. */
  search?: string | undefined;
  tag?: string | undefined;
  kind?: 'person' | 'room' | undefined;
  active?: boolean | undefined;
  /** Whether calendars can read the own interviews. */
  calendarFeed?: boolean | undefined;
}

/** By name. */
export const listPeople = async (
  db: Executor,
  {
    search,
    tag,
    kind,
    active,
    calendarFeed,
    after,
    limit,
  }: PeopleFilter & { after: string | null; limit: number },
): Promise<PersonRow[]> =>
  db
    .selectFrom('person')
    .selectAll()
    .$if(search !== undefined, (query) =>
      query.where(
        sql`lower(name) || ' ' || lower(email)`,
        'like',
        `%${(search ?? '').toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`,
      ),
    )
    .$if(tag !== undefined, (query) =>
      query.where(
        sql<boolean>`lower(${tag}) in (select lower(one) from unnest(person.tags) as one)`,
      ),
    )
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'person'))
    .$if(active !== undefined, (query) => query.where('active', '=', active ?? true))
    .$if(calendarFeed !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (select 1 from calendar_feed where person_id = person.id
          and calendar_feed.email = lower(person.email)) = ${calendarFeed ?? true}`,
      ),
    )
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(lower(name), id) > (select lower(name), id from person where id = ${after})`,
      ),
    )
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(limit)
    .execute();

/** Every tag that somebody active has, with how many do; upper and lower case are alike. */
export const tagsOfPeople = async (
  db: Executor,
  page: { after: string; limit: number },
): Promise<Array<{ tag: string; people: number }>> =>
  (
    await sql<{ tag: string; people: number }>`
      select min(tag collate "C") as tag, count(distinct person.id)::int as people
      from person, unnest(person.tags) as tag
      where person.active and lower(tag) > lower(${page.after})
      group by lower(tag) order by lower(tag) limit ${page.limit}`.execute(db)
  ).rows;

/** Until the transaction ends, nobody else changes them. Throws where one does not exist. */
export const lockPeopleByIds = async (
  tx: Executor,
  ids: readonly string[],
): Promise<PersonRow[]> => {
  const rows = await tx
    .selectFrom('person')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined) throw notFound('person', missing);
  return rows;
};

export const setTags = async (tx: Executor, id: string, tags: string[]): Promise<void> => {
  await tx
    .updateTable('person')
    .set({ tags, ...changedNow })
    .where('id', '=', id)
    .execute();
};

/** For a change of what stands elsewhere: where busy times are read. */
export const countChange = async (tx: Executor, id: string): Promise<void> => {
  await tx.updateTable('person').set(changedNow).where('id', '=', id).execute();
};

/** A company's interviewers: some thousands at most. */
export const mostPeople = 5_000;

/** Everybody who may sit in a seat. */
export const activePeople = async (db: Executor): Promise<PersonRow[]> =>
  db
    .selectFrom('person')
    .selectAll()
    .where('active', '=', true)
    .orderBy('name')
    .limit(mostPeople)
    .execute();

/** Connections that tell this person's busy times. */
export const busySourcesOf = async (
  db: Executor,
  personIds: readonly string[],
): Promise<Array<{ personId: string; connectionId: string }>> =>
  personIds.length === 0
    ? []
    : db
        .selectFrom('busy_source')
        .select(['person_id as personId', 'connection_id as connectionId'])
        .where('person_id', 'in', [...personIds])
        .orderBy('connection_id')
        .execute();

export const setBusySources = async (
  tx: Executor,
  personId: string,
  connectionIds: readonly string[],
): Promise<void> => {
  await tx.deleteFrom('busy_source').where('person_id', '=', personId).execute();
  if (connectionIds.length > 0)
    await tx
      .insertInto('busy_source')
      .values(connectionIds.map((id) => ({ person_id: personId, connection_id: id })))
      .execute();
};

/** Whether somebody else's busy times are read from this connection, too. */
export const isSharedSource = async (
  db: Executor,
  connectionId: string,
  personId: string,
): Promise<boolean> =>
  (await db
    .selectFrom('busy_source')
    .select('person_id')
    .where('connection_id', '=', connectionId)
    .where('person_id', '!=', personId)
    .limit(1)
    .executeTakeFirst()) !== undefined;
