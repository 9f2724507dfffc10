/** What a vendor offers to choose from (stages, tags, jobs, tests …), as last read. */
import { sql } from 'kysely';
import { isNamed, type Executor, type Row } from './database.ts';
import type { ChoiceDetail, ChoiceKind } from './schema.ts';

export type ChoiceRow = Row<'choice'>;

export interface NewChoice {
  id: string;
  name: string;
  detail: ChoiceDetail;
}

/** Replaces the list of one kind; what the vendor no longer offers disappears. */
export const replaceChoices = async (
  db: Executor,
  connectionId: string,
  kind: ChoiceKind,
  choices: readonly NewChoice[],
  readAt: number,
): Promise<void> => {
  await db
    .deleteFrom('choice')
    .where('connection_id', '=', connectionId)
    .where('kind', '=', kind)
    .execute();
  const unique = [...new Map(choices.map((choice) => [choice.id, choice])).values()];
  for (let start = 0; start < unique.length; start += 1_000) {
    await db
      .insertInto('choice')
      .values(
        unique.slice(start, start + 1_000).map((choice, index) => ({
          connection_id: connectionId,
          kind,
          remote_id: choice.id,
          position: start + index,
          name: choice.name,
          detail: JSON.stringify(choice.detail),
          refreshed_at: new Date(readAt),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'kind', 'remote_id']).doNothing(),
      )
      .execute();
  }
};

/** In the vendor's order. */
export const listChoices = async (
  db: Executor,
  connectionId: string,
  kind: ChoiceKind,
  page: { after: number; limit: number; search?: string | undefined; id?: string | undefined },
): Promise<ChoiceRow[]> =>
  db
    .selectFrom('choice')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('kind', '=', kind)
    .where('position', '>', page.after)
    .where(isNamed(page.search, 'name'))
    .$if(page.id !== undefined, (query) => query.where('remote_id', '=', page.id ?? ''))
    .orderBy('position')
    .limit(page.limit)
    .execute();

/** A whole list, for what has to look at every entry: some thousands at most. */
export const listAllChoices = async (
  db: Executor,
  connectionId: string,
  kind: ChoiceKind,
): Promise<ChoiceRow[]> => listChoices(db, connectionId, kind, { after: -1, limit: 20_000 });

export const findChoices = async (
  db: Executor,
  connectionId: string,
  kind: ChoiceKind,
  ids: readonly string[],
): Promise<ChoiceRow[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('choice')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .where('kind', '=', kind)
        .where('remote_id', 'in', ids)
        .execute();

/** One entry of one list. */
export type ChoiceName = Pick<ChoiceRow, 'connection_id' | 'kind'> & { id: string };

/** Entries of any lists, as far as they are there. */
export const findChoicesOfAll = async (
  db: Executor,
  names: readonly ChoiceName[],
): Promise<ChoiceRow[]> => {
  const connections = names.map(({ connection_id: id }) => id);
  const kinds = names.map(({ kind }) => kind);
  const ids = names.map(({ id }) => id);
  const { rows } = await sql<ChoiceRow>`
    select * from choice where (connection_id, kind, remote_id) in (
      select * from unnest(${connections}::text[], ${kinds}::text[], ${ids}::text[]))`.execute(db);
  return rows;
};

/** Tags with this id or name, the one with the id first; and whether this vendor's tags have ids. */
export const findTags = async (
  db: Executor,
  connectionId: string,
  tag: string,
): Promise<{ matching: ChoiceRow[]; haveIds: boolean }> => {
  const tags = db
    .selectFrom('choice')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('kind', '=', 'tag');
  const matching = await tags
    .where((where) => where.or([where('remote_id', '=', tag), where('name', '=', tag)]))
    .orderBy(sql`remote_id <> ${tag}`)
    .limit(2)
    .execute();
  const withId = await tags
    .where((where) => where('remote_id', '<>', where.ref('name')))
    .limit(1)
    .execute();
  return { matching, haveIds: withId.length > 0 };
};

/** Jobs on whose hiring team this address is. */
export const jobsOwnedBy = async (
  db: Executor,
  email: string,
): Promise<Array<{ connectionId: string; jobId: string }>> => {
  const rows = await db
    .selectFrom('choice')
    .select(['connection_id as connectionId', 'remote_id as jobId'])
    .where('kind', '=', 'job')
    .where(sql<boolean>`jsonb_exists(detail -> 'team', ${email.toLowerCase()})`)
    .execute();
  return rows;
};
