/** Base and interview templates: layers of settings, the one below the other. */
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { Layer } from '#core/interview/layers.ts';
import { isNamed, newId, type Executor, type Row } from './database.ts';
import { changedNow } from './version.ts';

export type TemplateRow = Omit<Row<'template'>, 'layer'> & { layer: Layer };

export interface TemplateInput {
  name: string;
  /** The base template; null: this is one, or stands alone. */
  parentId: string | null;
  /** The ATS job and stage it is meant for; null: any. */
  connectionId: string | null;
  jobId: string | null;
  stageId: string | null;
  layer: Layer;
}

const columns = (input: TemplateInput) => ({
  name: input.name,
  parent_id: input.parentId,
  connection_id: input.connectionId,
  job_id: input.jobId,
  stage_id: input.stageId,
  layer: JSON.stringify(input.layer),
});

export const insertTemplate = async (db: Executor, input: TemplateInput): Promise<TemplateRow> => {
  const row = await db
    .insertInto('template')
    .values({ id: newId('tp'), ...columns(input) })
    .returningAll()
    .executeTakeFirstOrThrow();
  return row as TemplateRow;
};

export const updateTemplate = async (
  db: Executor,
  id: string,
  input: TemplateInput,
): Promise<TemplateRow> => {
  const row = await db
    .updateTable('template')
    .set({ ...columns(input), ...changedNow })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw notFound('template', id);
  return row as TemplateRow;
};

const standing = (db: Executor, id: string) =>
  db.selectFrom('template').selectAll().where('id', '=', id).where('removed_at', 'is', null);

export const findTemplate = async (db: Executor, id: string): Promise<TemplateRow> => {
  const row = await standing(db, id).executeTakeFirst();
  if (!row) throw notFound('template', id);
  return row as TemplateRow;
};

/** Until the transaction ends, nobody else changes it. */
export const lockTemplate = async (tx: Executor, id: string): Promise<TemplateRow> => {
  const row = await standing(tx, id).forNoKeyUpdate().executeTakeFirst();
  if (!row) throw notFound('template', id);
  return row as TemplateRow;
};

/** The template and its base, the base first. A base has no base of its own. */
export const templateLayers = async (db: Executor, id: string): Promise<TemplateRow[]> => {
  const template = await findTemplate(db, id);
  if (template.parent_id === null) return [template];
  return [await findTemplate(db, template.parent_id), template];
};

export const childrenOfTemplate = async (db: Executor, id: string): Promise<TemplateRow[]> =>
  (await db
    .selectFrom('template')
    .selectAll()
    .where('parent_id', '=', id)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute()) as TemplateRow[];

/** Those that name one of these places of the company themselves, by name. */
export const templatesAt = async (
  db: Executor,
  placeIds: readonly string[],
): Promise<TemplateRow[]> =>
  placeIds.length === 0
    ? []
    : ((await db
        .selectFrom('template')
        .selectAll()
        .where(sql<string>`layer->>'placeId'`, 'in', placeIds)
        .where('removed_at', 'is', null)
        .orderBy('name')
        .execute()) as TemplateRow[]);

export const removeTemplate = async (db: Executor, id: string): Promise<void> => {
  const { numUpdatedRows } = await db
    .updateTable('template')
    .set({ removed_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound('template', id);
};

/** With the name of its base; null: it has none. */
export type ListedTemplate = TemplateRow & {
  parent_name: string | null;
  family: string;
  own: string;
};

/** Where a template stands in the list: by the name of its base, which comes before its children. */
export type TemplatePlace = readonly [
  family: string,
  base: string,
  depth: number,
  name: string,
  id: string,
];

export const placeOfTemplate = (row: ListedTemplate): TemplatePlace => [
  row.family,
  row.parent_id ?? row.id,
  row.parent_id === null ? 0 : 1,
  row.own,
  row.id,
];

export const listTemplates = async (
  db: Executor,
  page: {
    after: TemplatePlace | null;
    limit: number;
    search?: string | undefined;
    parentId?: string | null | undefined;
  },
): Promise<ListedTemplate[]> => {
  const family = sql<string>`lower(coalesce(base.name, template.name))`;
  const own = sql<string>`lower(template.name)`;
  const place = [
    family,
    sql`coalesce(template.parent_id, template.id)`,
    sql`(template.parent_id is not null)::int`,
    own,
    sql`template.id`,
  ];
  const { after, parentId } = page;
  return (await db
    .selectFrom('template')
    .leftJoin('template as base', 'base.id', 'template.parent_id')
    .selectAll('template')
    .select(['base.name as parent_name', family.as('family'), own.as('own')])
    .where('template.removed_at', 'is', null)
    .where(isNamed(page.search, 'template.name'))
    .$if(parentId !== undefined, (query) =>
      query.where('template.parent_id', parentId === null ? 'is' : '=', parentId ?? null),
    )
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(${sql.join(place)}) > (${sql.join(after ?? [])})`),
    )
    .orderBy(sql`${sql.join(place)}`)
    .limit(page.limit)
    .execute()) as ListedTemplate[];
};

/** The template meant for this job and stage: both named before one, one before none. */
export const templateFor = async (
  db: Executor,
  about: { connectionId: string; jobId: string | null; stageId: string },
): Promise<TemplateRow | null> => {
  const row = await db
    .selectFrom('template')
    .selectAll()
    .where('removed_at', 'is', null)
    .where((where) =>
      where.and([
        where.or([where('connection_id', 'is', null), where('connection_id', '=', about.connectionId)]),
        where.or([where('job_id', 'is', null), where('job_id', '=', about.jobId ?? '')]),
        where.or([where('stage_id', 'is', null), where('stage_id', '=', about.stageId)]),
        where.or([where('job_id', 'is not', null), where('stage_id', 'is not', null)]),
      ]),
    )
    .orderBy(sql`(job_id is null)::int + (stage_id is null)::int`)
    .orderBy(sql`job_id is null`)
    .orderBy('created_at')
    .executeTakeFirst();
  return (row as TemplateRow | undefined) ?? null;
}; // prettier-ignore
