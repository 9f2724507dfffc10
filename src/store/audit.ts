/** Who did what to the hub. Details never hold secrets or candidate data. */
import { type RawBuilder, sql } from 'kysely';
import { instant, type Executor, type Row } from './database.ts';

export interface AuditRow extends Row<'audit'> {
  /** What the object is called now; null: it has no name, or is gone. */
  object_name: string | null;
}

export interface Actor {
  id: string;
  name: string;
}

/** What stands in the log when a backup is whole: the page of health looks for it. */
export const backupMade = 'backup.done';

export interface AuditFilter {
  /** Of this actor alone; undefined: of everybody. */
  actorId?: string | undefined;
  /** Part of the actor's name. */
  who?: string | undefined;
  /** An act such as `rule.enable`, or the noun that they begin with: `rule`. */
  act?: string | undefined;
  /** An id, or part of the name, of what was acted on, or of the candidate or connection that it belongs to. */
  about?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  before: number | null;
  limit: number;
}

export const insertAudit = async (
  db: Executor,
  actor: Actor,
  act: string,
  object: string,
  detail: Record<string, unknown> = {},
): Promise<void> => {
  await db
    .insertInto('audit')
    .values({
      actor_id: actor.id,
      actor_name: actor.name,
      act,
      object,
      detail: JSON.stringify(detail),
    })
    .execute();
};

/** Part of a text as it was typed: its wildcards mean themselves. */
const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** What is called so, or has this id, and what belongs to it. */
const aboutIds = (about: string): RawBuilder<unknown> => {
  const name = containing(about);
  return sql`
    with candidates as (select id from candidate where id = ${about} or name ilike ${name}),
      connections as (select id from connection where id = ${about} or name ilike ${name})
    select ${about} union all
    select id from connections union all
    select id from interview where candidate_id in (table candidates)
      or connection_id in (table connections) union all
    select id from effect where candidate_id in (table candidates)
      or connection_id in (table connections) or interview_id = ${about} union all
    select id from rule where name ilike ${name} or connection_id in (table connections)
      or platform_id in (table connections) union all
    select id from template where name ilike ${name} union all
    select id from person where name ilike ${name} union all
    select id from app_user where name ilike ${name}`;
};

/** The name by the id alone: ids of all nouns differ. An interview or effect is its candidate's. */
const objectName = sql<string | null>`coalesce(
  (select name from connection where id = audit.object),
  (select name from rule where id = audit.object),
  (select name from template where id = audit.object),
  (select name from person where id = audit.object),
  (select name from pool where id = audit.object),
  (select name from app_user where id = audit.object),
  (select candidate.name from interview join candidate on candidate.id = interview.candidate_id
    where interview.id = audit.object),
  (select candidate.name from effect join candidate on candidate.id = effect.candidate_id
    where effect.id = audit.object))`;

/** Newest first. */
export const listAudit = async (db: Executor, filter: AuditFilter): Promise<AuditRow[]> => {
  const { actorId, who, act, about, from, to, before, limit } = filter;
  let query = db.selectFrom('audit').selectAll('audit').select(objectName.as('object_name'));
  if (actorId !== undefined) query = query.where('actor_id', '=', actorId);
  if (who !== undefined) query = query.where('actor_name', 'ilike', containing(who));
  if (act !== undefined)
    query = query.where(sql<boolean>`(act = ${act} or starts_with(act, ${`${act}.`}))`);
  if (about !== undefined)
    query = query.where(sql<boolean>`audit.object in (${aboutIds(about)})`);
  if (from !== undefined) query = query.where('at', '>=', instant(from));
  if (to !== undefined) query = query.where('at', '<', instant(to));
  if (before !== null) query = query.where('audit.id', '<', before);
  return query.orderBy('audit.id', 'desc').limit(limit).execute();
}; // prettier-ignore

/** Acts on something that leave what it says as it was. */
const otherActs = [
  'rule.send_now',
  'connection.pause',
  'connection.resume',
  'connection.subscribe',
  'user.deactivate',
  'user.reactivate',
  'session.end_all',
  'password.change',
  'password.forgot',
  'password.link',
  'password.reset',
];

/** Who changed something last, as anybody may change it; null: nobody ever. */
export const lastChangeOf = async (
  db: Executor,
  id: string,
): Promise<{ by: string; at: number } | null> => {
  const row = await db
    .selectFrom('audit')
    .select(['actor_name as by', 'at'])
    .where((where) =>
      where.or([
        where('object', '=', id),
        // Tags are changed for many people at once.
        where.and([where('act', '=', 'people.tags'), sql<boolean>`detail->'people' ? ${id}`]),
      ]),
    )
    .where('act', 'not in', otherActs)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
};

/** When something was last done; null: never. */
export const lastAct = async (db: Executor, act: string): Promise<number | null> => {
  const row = await db
    .selectFrom('audit')
    .select('at')
    .where('act', '=', act)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
};
