/**
 * A vendor's rate limit, shared by all processes of the hub: the generic cell rate algorithm in one
 * statement. A bucket's `free_at` is when it would be empty again; a call pushes it on by one
 * interval and may run ahead of now by the burst.
 */
import { sql } from 'kysely';
import type { Executor } from './database.ts';

/**
 * Takes a turn and returns how many milliseconds to wait before using it (0: go). A turn that would
 * come later than `maxWait` is not taken: null.
 */
export const takeTurn = async (
  db: Executor,
  bucket: string,
  limit: { perSecond: number; burst: number },
  maxWait: number,
): Promise<number | null> => {
  const interval = 1 / limit.perSecond;
  const ahead = interval * (limit.burst - 1);
  const { rows } = await sql<{ wait: number }>`
    insert into rate_bucket (name, free_at)
    values (${bucket}, clock_timestamp() + ${interval} * interval '1 second')
    on conflict (name) do update
      set free_at = greatest(rate_bucket.free_at, clock_timestamp()) + ${interval} * interval '1 second'
      where rate_bucket.free_at <= clock_timestamp() + ${ahead + maxWait / 1000} * interval '1 second'
    returning greatest(0, extract(epoch from free_at - clock_timestamp()) - ${ahead + interval})::float8 as wait`.execute(
    db,
  );
  const wait = rows[0]?.wait;
  return wait === undefined ? null : Math.ceil(wait * 1000);
};

/** The vendor said "too many": nobody goes for `milliseconds`, and then without a burst. */
export const holdTurns = async (
  db: Executor,
  bucket: string,
  limit: { perSecond: number; burst: number },
  milliseconds: number,
): Promise<void> => {
  const until = milliseconds / 1000 + (limit.burst - 1) / limit.perSecond;
  await sql`
    insert into rate_bucket (name, free_at)
    values (${bucket}, clock_timestamp() + ${until} * interval '1 second')
    on conflict (name) do update set free_at = greatest(rate_bucket.free_at, excluded.free_at)`.execute(
    db,
  );
};
