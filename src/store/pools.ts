/** Pools of interviewers by tag expression. */
import { conflict, notFound } from '#core/errors.ts';
import { isNamed, newId, type Executor, type Row } from './database.ts';
import { changedNow } from './version.ts';

export type PoolRow = Row<'pool'>;

const nameTaken = (): Error =>
  conflict('pool_exists', 'pool: there is one with this name already. Choose another name.');

export const insertPool = async (
  db: Executor,
  input: { name: string; expression: string },
): Promise<PoolRow> => {
  const row = await db
    .insertInto('pool')
    .values({ id: newId('pl'), ...input })
    .onConflict((clash) => clash.column('name').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw nameTaken();
  return row;
};

export const updatePool = async (
  db: Executor,
  id: string,
  input: { name: string; expression: string },
): Promise<PoolRow> => {
  const other = await db
    .selectFrom('pool')
    .select('id')
    .where('name', '=', input.name)
    .where('id', '!=', id)
    .executeTakeFirst();
  if (other) throw nameTaken();
  const row = await db
    .updateTable('pool')
    .set({ ...input, ...changedNow })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw notFound('pool', id);
  return row;
};

export const findPool = async (db: Executor, id: string): Promise<PoolRow> => {
  const row = await db.selectFrom('pool').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('pool', id);
  return row;
};

/** Until the transaction ends, nobody else changes it. */
export const lockPool = async (tx: Executor, id: string): Promise<PoolRow> => {
  const row = await tx
    .selectFrom('pool')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('pool', id);
  return row;
};

export const deletePool = async (db: Executor, id: string): Promise<void> => {
  const { numDeletedRows } = await db.deleteFrom('pool').where('id', '=', id).executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound('pool', id);
};

export const listPools = async (
  db: Executor,
  page: { after: string | null; search?: string | undefined; limit: number },
): Promise<PoolRow[]> =>
  db
    .selectFrom('pool')
    .selectAll()
    .where(isNamed(page.search, 'name', 'expression'))
    .$if(page.after !== null, (query) => query.where('id', '>', page.after ?? ''))
    .orderBy('id')
    .limit(page.limit)
    .execute();
