/** Several who change the same thing at once: surely at once, by a lock that they all wait for. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { inTransaction, type Database, type Executor } from './database.ts';

/** Milliseconds in which all of them have to come so far. */
const within = 30_000;

/** How many wait for the table, or for somebody who does. */
const waitingFor = async (tx: Executor, table: string): Promise<number> => {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_locks
    where not granted and (relation = ${table}::regclass or locktype = 'advisory')`.execute(tx);
  return rows[0]?.waiting ?? 0;
};

/** Begins all of them, and lets them go on when each waits for the table. */
export const atOnce = async <Answer>(
  db: Database,
  table: string,
  begin: () => Array<Promise<Answer>>,
): Promise<Answer[]> => {
  let begun: Array<Promise<Answer>> = [];
  await inTransaction(db, async (tx) => {
    // Others may read it, and that is all.
    await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx);
    begun = begin();
    const end = Date.now() + within;
    while ((await waitingFor(tx, table)) < begun.length) {
      assert.ok(Date.now() < end, `they do not all wait for the table ${table}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  return Promise.all(begun);
};
