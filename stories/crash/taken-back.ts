/** What a hub held when it died, and that the next one has taken it back when it is ready. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Database } from '#store/database.ts';

/** Running jobs and unsettled effects under a lease, each with its holder. */
const held = async (db: Database): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select name || ' job ' || id::text as name from pgboss.job where state = 'active'
    union all
    select kind || ' ' || id || ' of process ' || lease_process::text from effect
    where state = 'started' and lease_until > now()`.execute(db);
  return rows.map(({ name }) => name);
};

/** Call it while no hub runs; the answer is to be called as soon as the next one is ready. */
export const expectTakenBack = async (db: Database): Promise<() => Promise<void>> => {
  const before = await held(db);
  return async () => {
    const now = new Set(await held(db));
    assert.deepEqual(
      before.filter((name) => now.has(name)),
      [],
      'still held by the dead process',
    );
  };
};
