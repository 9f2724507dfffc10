/** Links that were pasted instead of made: which of them are given, and to what. */
import { sql } from 'kysely';
import type { Executor } from './database.ts';

const findPooledLink = async (
  db: Executor,
  connectionId: string,
  ref: string,
): Promise<string | null> => {
  const row = await db
    .selectFrom('pooled_link')
    .select('url')
    .where('connection_id', '=', connectionId)
    .where('ref', '=', ref)
    .executeTakeFirst();
  return row?.url ?? null;
};

/**
 * Gives the first free one of `links` to `ref`, which gets the same one when it asks again. Null:
 * none is free. Also under concurrency nobody gets what another has: who loses a race tries the next.
 */
const takePooledLink = async (
  db: Executor,
  connectionId: string,
  ref: string,
  links: readonly string[],
): Promise<string | null> => {
  for (;;) {
    const held = await findPooledLink(db, connectionId, ref);
    if (held !== null) return held;
    const { rows } = await sql<{ free: number; url: string | null }>`
      with free as (
        select wanted.url, wanted.place
        from unnest(${links}::text[]) with ordinality as wanted (url, place)
        where not exists (select 1 from pooled_link where pooled_link.url = wanted.url)
      ), given as (
        insert into pooled_link (url, connection_id, ref)
        select url, ${connectionId}, ${ref} from free order by place limit 1
        on conflict do nothing
        returning url
      )
      select (select count(*) from free)::int as free, (select url from given) as url`.execute(db);
    const { free = 0, url = null } = rows[0] ?? {};
    if (url !== null || free === 0) return url;
  }
};

/** The pasted links of one connection, as its connector asks for them. */
export const linkPool = (db: Executor, connectionId: string) => ({
  take: (ref: string, links: readonly string[]) => takePooledLink(db, connectionId, ref, links),
  find: (ref: string) => findPooledLink(db, connectionId, ref),
});
