/** When a candidate enters a stage, do this; and what was decided for whom, with the reason. */
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { ActionKind, EffectState } from '#core/model.ts';
import { insertAudit } from './audit.ts';
import { isNamed, instant, newId, type Executor, type Row } from './database.ts';
import type { DecisionOutcome } from './schema.ts';
import { changedNow } from './version.ts';

export type RuleRow = Row<'rule'>;
export type DecisionRow = Row<'decision'>;

export interface RuleInput {
  name: string;
  connectionId: string;
  stageIds: string[];
  tag: string | null;
  jobId: string | null;
  action: ActionKind;
  platformId: string;
  testId: string | null;
  repeats: boolean;
}

/** What a stored rule says, as it was given. */
export const ruleInput = (row: RuleRow): RuleInput => ({
  name: row.name,
  connectionId: row.connection_id,
  stageIds: row.stage_ids,
  tag: row.tag,
  jobId: row.job_id,
  action: row.action,
  platformId: row.platform_id,
  testId: row.test_id,
  repeats: row.repeats,
});

const columns = (input: RuleInput) => ({
  name: input.name,
  connection_id: input.connectionId,
  stage_ids: input.stageIds,
  tag: input.tag,
  job_id: input.jobId,
  action: input.action,
  platform_id: input.platformId,
  test_id: input.testId,
  repeats: input.repeats,
});

export const insertRule = async (
  db: Executor,
  input: RuleInput,
  enabledAt: number | null,
): Promise<RuleRow> =>
  db
    .insertInto('rule')
    .values({
      id: newId('ru'),
      ...columns(input),
      enabled: enabledAt !== null,
      enabled_at: enabledAt === null ? null : new Date(enabledAt),
    })
    .returningAll()
    .executeTakeFirstOrThrow();

export const updateRule = async (
  db: Executor,
  id: string,
  input: RuleInput,
  enabledAt: number | null,
): Promise<RuleRow> =>
  db
    .updateTable('rule')
    .set({
      ...columns(input),
      enabled: enabledAt !== null,
      enabled_at: enabledAt === null ? null : new Date(enabledAt),
      ...changedNow,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

const standing = (db: Executor, id: string) =>
  db.selectFrom('rule').selectAll().where('id', '=', id).where('removed_at', 'is', null);

export const findRule = async (db: Executor, id: string): Promise<RuleRow> => {
  const row = await standing(db, id).executeTakeFirst();
  if (!row) throw notFound('rule', id);
  return row;
};

/** Until the transaction ends, nobody else changes it. */
export const lockRule = async (tx: Executor, id: string): Promise<RuleRow> => {
  const row = await standing(tx, id).forNoKeyUpdate().executeTakeFirst();
  if (!row) throw notFound('rule', id);
  return row;
};

/** Oldest first. */
export const listRules = async (
  db: Executor,
  page: { after: string | null; search?: string | undefined; limit: number },
): Promise<RuleRow[]> =>
  db
    .selectFrom('rule')
    .selectAll()
    .where('removed_at', 'is', null)
    .where(isNamed(page.search, 'name'))
    .$if(page.after !== null, (query) =>
      query.where(
        sql<boolean>`(created_at, id) > (select created_at, id from rule where id = ${page.after})`,
      ),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(page.limit)
    .execute();

/** What is already sent stays as it is; only the rule goes. */
export const removeRule = async (db: Executor, id: string): Promise<void> => {
  await db
    .updateTable('rule')
    .set({ removed_at: sql<Date>`now()`, enabled: false })
    .where('id', '=', id)
    .execute();
};

export const rulesOfConnection = async (db: Executor, connectionId: string): Promise<RuleRow[]> =>
  db
    .selectFrom('rule')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('enabled', '=', true)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();

/** The stages a rule has or had; null when there never was such a rule. */
export const stagesOfRule = async (db: Executor, id: string): Promise<string[] | null> => {
  const row = await db
    .selectFrom('rule')
    .select('stage_ids')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.stage_ids ?? null;
};

/** Rules that use a connection on either side. */
export const countRulesUsing = async (db: Executor, connectionId: string): Promise<number> => {
  const row = await db
    .selectFrom('rule')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('removed_at', 'is', null)
    .where((where) =>
      where.or([
        where('connection_id', '=', connectionId),
        where('platform_id', '=', connectionId),
      ]),
    )
    .executeTakeFirstOrThrow();
  return row.count;
};

/**
 * Switches the rules of a connection on anew: what happened while they rested stays undone. Nobody
 * changed what they say, so their version stays.
 */
export const restartRules = async (
  db: Executor,
  connectionId: string,
  now: number,
): Promise<void> => {
  await db
    .updateTable('rule')
    .set({ enabled_at: new Date(now), updated_at: sql<Date>`now()` })
    .where('connection_id', '=', connectionId)
    .where('enabled', '=', true)
    .where('removed_at', 'is', null)
    .execute();
};

/**
 * A job follows another plan in the ATS, whose stages have other ids. Rules for that job follow;
 * rules for any job get the new stages beside the old ones, which other jobs may still have.
 */
export const moveStages = async (
  db: Executor,
  connectionId: string,
  { jobId, moves }: { jobId: string | null; moves: ReadonlyArray<{ from: string; to: string }> },
): Promise<void> => {
  const target = new Map(moves.map(({ from, to }) => [from, to]));
  const rules = await db
    .selectFrom('rule')
    .select(['id', 'stage_ids', 'job_id'])
    .where('connection_id', '=', connectionId)
    .where('removed_at', 'is', null)
    .$if(jobId !== null, (query) =>
      query.where((where) => where.or([where('job_id', '=', jobId), where('job_id', 'is', null)])),
    )
    .forUpdate()
    .execute();
  for (const rule of rules) {
    const keeps = jobId !== null && rule.job_id === null;
    const moved = rule.stage_ids.flatMap((id) => {
      const to = target.get(id);
      return to === undefined ? [id] : keeps ? [id, to] : [to];
    });
    if (!rule.stage_ids.some((id) => target.has(id))) continue;
    await db
      .updateTable('rule')
      .set({ stage_ids: [...new Set(moved)], ...changedNow })
      .where('id', '=', rule.id)
      .execute();
    await insertAudit(db, { id: 'hub', name: 'Loopwright' }, 'rule.stages', rule.id);
  }
};

export interface NewDecision {
  ruleId: string;
  candidateId: string;
  stageId: string;
  enteredAt: number;
  outcome: DecisionOutcome;
  reason: string;
  effectId: string | null;
}

/**
 * Records what a rule did for a candidate's entry; once, however often it is looked at. False when
 * a skip comes too late: the entry was acted upon before the candidate was archived or moved on.
 */
export const recordDecision = async (db: Executor, decision: NewDecision): Promise<boolean> => {
  if (decision.outcome === 'skipped') {
    const fired = await db
      .selectFrom('decision')
      .select('id')
      .where('rule_id', '=', decision.ruleId)
      .where('candidate_id', '=', decision.candidateId)
      .where('stage_id', '=', decision.stageId)
      .where('entered_at', '=', instant(decision.enteredAt))
      .where('outcome', '=', 'fired')
      .executeTakeFirst();
    if (fired) return false;
  }
  await db
    .insertInto('decision')
    .values({
      rule_id: decision.ruleId,
      candidate_id: decision.candidateId,
      stage_id: decision.stageId,
      entered_at: new Date(decision.enteredAt),
      outcome: decision.outcome,
      reason: decision.reason,
      effect_id: decision.effectId,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['rule_id', 'candidate_id', 'stage_id', 'entered_at', 'outcome', 'reason'])
        .doNothing(),
    )
    .execute();
  return true;
};

export type RuleDecisionRow = DecisionRow & {
  candidate_name: string;
  effect_state: EffectState | null;
};

/** A rule's decisions with whom they were about and what became of them, newest first. */
export const listDecisionsOfRule = async (
  db: Executor,
  page: { ruleId: string; before: number | null; limit: number },
): Promise<RuleDecisionRow[]> =>
  db
    .selectFrom('decision')
    .innerJoin('candidate', 'candidate.id', 'decision.candidate_id')
    .leftJoin('effect', 'effect.id', 'decision.effect_id')
    .selectAll('decision')
    .select(['candidate.name as candidate_name', 'effect.state as effect_state'])
    .where('decision.rule_id', '=', page.ruleId)
    .$if(page.before !== null, (query) => query.where('decision.id', '<', page.before ?? 0))
    .orderBy('decision.id', 'desc')
    .limit(page.limit)
    .execute();
