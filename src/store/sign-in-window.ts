/** Counts attempts in windows of time, for all processes of the hub together. */
import { sql } from 'kysely';
import type { Executor } from './database.ts';

/**
 * Counts one attempt before it is made, so that attempts at the same moment cannot pass together.
 * Returns null, or the milliseconds to wait where `most` were made in this window already.
 */
export const countAttempt = async (
  db: Executor,
  name: string,
  { most, window }: { most: number; window: number },
): Promise<number | null> => {
  const { rows } = await sql<{ count: number; wait: number }>`
    insert into sign_in_window (name, count, until)
    values (${name}, 1, now() + ${window} * interval '1 millisecond')
    on conflict (name) do update set
      count = case when sign_in_window.until <= now() then 1 else sign_in_window.count + 1 end,
      until = case when sign_in_window.until <= now() then excluded.until else sign_in_window.until end
    returning count, (extract(epoch from until - now()) * 1000)::float8 as wait`.execute(db);
  const row = rows[0];
  return row && row.count > most ? Math.max(1, Math.ceil(row.wait)) : null;
};

/** The attempt was a good one: `all` forgets the window, else only this attempt is taken back. */
export const takeBackAttempt = async (db: Executor, name: string, all: boolean): Promise<void> => {
  await db
    .updateTable('sign_in_window')
    .set({ count: all ? 0 : sql<number>`greatest(0, count - 1)` })
    .where('name', '=', name)
    .execute();
};
