/** Base and interview templates: layers of settings, the one below the other. */
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { Layer } from '#core/interview/layers.ts';
import { newId, type Executor, type Row } from './database.ts';

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
    .set({ ...columns(input), updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw notFound('template', id);
  return row as TemplateRow;
};

export const findTemplate = async (db: Executor, id: string): Promise<TemplateRow> => {
  const row = await db
    .selectFrom('template')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
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

export const removeTemplate = async (db: Executor, id: string): Promise<void> => {
  const { numUpdatedRows } = await db
    .updateTable('template')
    .set({ removed_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound('template', id);
};

export const listTemplates = async (
  db: Executor,
  page: { after: string | null; limit: number },
): Promise<TemplateRow[]> =>
  (await db
    .selectFrom('template')
    .selectAll()
    .where('removed_at', 'is', null)
    .$if(page.after !== null, (query) => query.where('id', '>', page.after ?? ''))
    .orderBy('id')
    .limit(page.limit)
    .execute()) as TemplateRow[];

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
