/** Who did what to the hub. Details never hold secrets or candidate data. */
import type { Executor, Row } from './database.ts';

export type AuditRow = Row<'audit'>;

export interface Actor {
  id: string;
  name: string;
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

/** Newest first. */
export const listAudit = async (
  db: Executor,
  filter: { actorId?: string | undefined; before: number | null; limit: number },
): Promise<AuditRow[]> => {
  let query = db.selectFrom('audit').selectAll();
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId);
  if (filter.before !== null) query = query.where('id', '<', filter.before);
  return query.orderBy('id', 'desc').limit(filter.limit).execute();
};
