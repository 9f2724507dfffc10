/** A candidate's activity: effects and decisions in one list, read page by page. */
import { sql } from 'kysely';
import { instant, type Executor } from './database.ts';
import type { EffectRow } from './effects.ts';
import type { DecisionRow } from './rules.ts';

export type ActivityRow =
  { at: number; id: string; effect: EffectRow } | { at: number; id: string; decision: DecisionRow };

/** Newest first. */
export const listActivity = async (
  db: Executor,
  page: { candidateId: string; before: { at: number; id: string } | null; limit: number },
): Promise<ActivityRow[]> => {
  const { candidateId, before, limit } = page;
  const { rows } = await sql<{ at: number; id: string; kind: 'effect' | 'decision' }>`
    select * from (
      select date_trunc('milliseconds', created_at) as at, id, 'effect' as kind
      from effect where candidate_id = ${candidateId}
      union all
      select date_trunc('milliseconds', decided_at), id::text, 'decision'
      from decision where candidate_id = ${candidateId}) found
    where ${before === null ? sql`true` : sql`(at, id) < (${instant(before.at)}, ${before.id})`}
    order by at desc, id desc
    limit ${limit}`.execute(db);
  const idsOf = (kind: 'effect' | 'decision'): string[] =>
    rows.flatMap((row) => (row.kind === kind ? [row.id] : []));
  const effects = await db
    .selectFrom('effect')
    .selectAll()
    .where('id', '=', sql<string>`any(${idsOf('effect')}::text[])`)
    .execute();
  const decisions = await db
    .selectFrom('decision')
    .selectAll()
    .where('id', '=', sql<number>`any(${idsOf('decision')}::bigint[])`)
    .execute();
  return rows.flatMap(({ at, id, kind }): ActivityRow[] => {
    const effect = kind === 'effect' && effects.find((one) => one.id === id);
    const decision = kind === 'decision' && decisions.find((one) => String(one.id) === id);
    return effect ? [{ at, id, effect }] : decision ? [{ at, id, decision }] : [];
  });
};
