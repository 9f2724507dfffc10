/** The ledger: everything done, or to be done, in the outside world; one row per readable key. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { EffectKind, EffectState } from '#core/model.ts';
import { instant, newId, type Executor, type Row } from './database.ts';

export type EffectRow = Row<'effect'>;
export type EffectEventRow = Row<'effect_event'>;

/** Where an effect happens at a vendor. Mail alone has no connection while no server is configured. */
export const connectionOf = (effect: Pick<EffectRow, 'id' | 'connection_id'>): string => {
  if (effect.connection_id === null) throw new Error(`effects: ${effect.id} has no connection.`);
  return effect.connection_id;
};

/** Short, opaque, no personal data: what is left at the vendor so that the thing can be found again. */
export const refOf = (key: string): string =>
  BigInt(`0x${createHash('sha256').update(key).digest('hex').slice(0, 20)}`)
    .toString(36)
    .padStart(12, '0')
    .slice(-12);

export interface NewEffect {
  key: string;
  kind: EffectKind;
  state: EffectState;
  candidateId: string | null;
  connectionId: string;
  ruleId: string | null;
  parentId: string | null;
  request: unknown;
  /** Why it waits, in plain words. */
  text?: string;
}

/** Writes down that something is wanted; `created` is false when the key is known already. */
export const ensureEffect = async (
  db: Executor,
  effect: NewEffect,
): Promise<{ row: EffectRow; created: boolean }> => {
  const inserted = await db
    .insertInto('effect')
    .values({
      id: newId('ef'),
      key: effect.key,
      kind: effect.kind,
      state: effect.state,
      candidate_id: effect.candidateId,
      connection_id: effect.connectionId,
      rule_id: effect.ruleId,
      parent_id: effect.parentId,
      ref: refOf(effect.key),
      request: JSON.stringify(effect.request),
      error_text: effect.text ?? null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted) {
    await addEvent(db, inserted.id, effect.state, effect.text ?? 'Wanted by the rules.');
    return { row: inserted, created: true };
  }
  const row = await db
    .selectFrom('effect')
    .selectAll()
    .where('key', '=', effect.key)
    .executeTakeFirstOrThrow();
  return { row, created: false };
};

export const addEvent = async (
  db: Executor,
  effectId: string,
  state: string,
  text: string,
  actor: string | null = null,
): Promise<void> => {
  await db.insertInto('effect_event').values({ effect_id: effectId, state, text, actor }).execute();
};

export const findEffect = async (db: Executor, id: string): Promise<EffectRow> => {
  const row = await db.selectFrom('effect').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('effect', id);
  return row;
};

/**
 * Effects of a candidate that may be worked on now: owed, or started by a process whose lease ran
 * out; their parent, if any, done. In the order in which they were wanted.
 */
export const findDueEffects = async (db: Executor, candidateId: string): Promise<EffectRow[]> =>
  db
    .selectFrom('effect')
    .selectAll('effect')
    .leftJoin('effect as parent', 'parent.id', 'effect.parent_id')
    .where('effect.candidate_id', '=', candidateId)
    .where('effect.interview_id', 'is', null)
    .where((where) =>
      where.or([where('effect.parent_id', 'is', null), where('parent.state', '=', 'done')]),
    )
    .where((where) =>
      where.or([
        where.and([
          where('effect.state', '=', 'owed'),
          where.or([
            where('effect.next_try_at', 'is', null),
            where('effect.next_try_at', '<=', sql<number>`now()`),
          ]),
        ]),
        where('effect.state', '=', 'started'),
      ]),
    )
    .orderBy('effect.created_at')
    .orderBy('effect.id')
    .execute();

export interface Claim {
  effect: EffectRow;
  /**
   * It may have been done: an earlier try was begun, or the ledger was restored from a backup and
   * has forgotten what came after it. Look it up first.
   */
  triedBefore: boolean;
}

/**
 * Marks an effect as started under a lease and a new fencing number. Null when somebody else holds
 * it or it is no longer owed. Written before the vendor is called; a crash leaves it `started`.
 */
export const claimEffect = async (
  db: Executor,
  id: string,
  processId: number,
  leaseSeconds: number,
): Promise<Claim | null> => {
  const row = await db
    .updateTable('effect')
    .set({
      state: 'started',
      fence: sql<number>`fence + 1`,
      attempts: sql<number>`attempts + 1`,
      lease_until: sql<Date>`now() + ${leaseSeconds} * interval '1 second'`,
      lease_process: processId,
      next_try_at: null,
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where((where) =>
      where.or([
        where('state', '=', 'owed'),
        where.and([where('state', '=', 'started'), where('lease_until', '<=', sql<number>`now()`)]),
      ]),
    )
    .returningAll()
    .returning(
      sql<boolean>`exists (select 1 from installation
        where restored_at > now() - interval '30 days')`.as('restored'),
    )
    .executeTakeFirst();
  if (!row) return null;
  const { restored, ...effect } = row;
  return { effect, triedBefore: restored || effect.attempts > 1 };
};

export interface EffectOutcome {
  /** Of an interview's thing: what else the vendor told. */
  result?: unknown;
  state: EffectState;
  text: string;
  remoteId?: string | null;
  remoteUrl?: string | null;
  errorKind?: string | null;
  nextTryAt?: number | null;
  /** Set when the try surely had no effect: the next one need not look it up. */
  forgetTry?: boolean;
}

/** Ends a claim. False when a later claim has taken over (fencing): then nothing is written. */
export const settleEffect = async (
  db: Executor,
  effect: EffectRow,
  outcome: EffectOutcome,
): Promise<boolean> => {
  const failed = outcome.state !== 'done';
  const row = await db
    .updateTable('effect')
    .set({
      state: outcome.state,
      error_kind: failed ? (outcome.errorKind ?? null) : null,
      error_text: failed ? outcome.text : null,
      next_try_at:
        outcome.nextTryAt === undefined || outcome.nextTryAt === null
          ? null
          : new Date(outcome.nextTryAt),
      lease_until: null,
      lease_process: null,
      ...(outcome.remoteId === undefined ? {} : { remote_id: outcome.remoteId }),
      ...(outcome.remoteUrl === undefined ? {} : { remote_url: outcome.remoteUrl }),
      ...(failed ? {} : { done_at: sql<Date>`now()` }),
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', effect.id)
    .where('fence', '=', effect.fence)
    .where('state', '=', 'started')
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  await addEvent(db, effect.id, outcome.state, outcome.text);
  return true;
};

/** A person's or a rule's change of an effect that nobody is working on. False when it moved on. */
export const moveEffect = async (
  db: Executor,
  id: string,
  from: readonly EffectState[],
  change: {
    state: EffectState;
    text: string;
    actor: string | null;
    remoteId?: string;
    remoteUrl?: string;
  },
): Promise<boolean> => {
  const row = await db
    .updateTable('effect')
    .set({
      state: change.state,
      next_try_at: null,
      error_kind: null,
      error_text: change.state === 'done' || change.state === 'owed' ? null : change.text,
      ...(change.state === 'done' ? { done_at: sql<Date>`now()` } : {}),
      ...(change.remoteId === undefined ? {} : { remote_id: change.remoteId }),
      ...(change.remoteUrl === undefined ? {} : { remote_url: change.remoteUrl }),
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('state', 'in', from)
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  await addEvent(db, id, change.state, change.text, change.actor);
  return true;
};

/** Ends the leases of processes that are proven dead, so that their work goes on at once. */
export const releaseLeases = async (
  db: Executor,
  processIds: readonly number[],
): Promise<string[]> => {
  if (processIds.length === 0) return [];
  const rows = await db
    .updateTable('effect')
    .set({ lease_until: sql<Date>`now()` })
    .where('state', '=', 'started')
    .where('lease_process', 'in', processIds)
    .returning('candidate_id')
    .execute();
  return [...new Set(rows.flatMap((row) => (row.candidate_id === null ? [] : [row.candidate_id])))];
};

/** Candidates with effects that ought to be moving but may have lost their job. */
export const findStrandedCandidates = async (
  db: Executor,
  now: number,
  limit: number,
): Promise<string[]> => {
  const { rows } = await sql<{ candidate_id: string }>`
    select distinct effect.candidate_id from effect
    join connection on connection.id = effect.connection_id and connection.state = 'active'
    left join effect parent on parent.id = effect.parent_id
    where effect.candidate_id is not null and effect.interview_id is null
      and (parent.id is null or parent.state = 'done')
      and ((effect.state = 'owed' and coalesce(effect.next_try_at, effect.updated_at) < ${instant(now - 15_000)})
        or (effect.state = 'started' and effect.lease_until < ${instant(now - 5_000)}))
    limit ${limit}`.execute(db);
  return rows.map((row) => row.candidate_id);
};

export const effectsOfCandidate = async (db: Executor, candidateId: string): Promise<EffectRow[]> =>
  db
    .selectFrom('effect')
    .selectAll()
    .where('candidate_id', '=', candidateId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(500)
    .execute();

/** What waits for something to appear in the ATS; looked at whenever the candidate is read. */
export const waitingEffects = async (db: Executor, candidateId: string): Promise<EffectRow[]> =>
  db
    .selectFrom('effect')
    .selectAll()
    .where('candidate_id', '=', candidateId)
    .where('state', '=', 'waiting')
    .orderBy('created_at')
    .orderBy('id')
    .execute();

/** What waits because of one rule. */
export const waitingForRule = async (db: Executor, ruleId: string): Promise<EffectRow[]> =>
  db
    .selectFrom('effect')
    .selectAll()
    .where('rule_id', '=', ruleId)
    .where('state', '=', 'waiting')
    .orderBy('created_at')
    .execute();

export const childrenOf = async (db: Executor, parentId: string): Promise<EffectRow[]> =>
  db
    .selectFrom('effect')
    .selectAll()
    .where('parent_id', '=', parentId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

export interface EffectFilter {
  candidateId?: string | undefined;
  connectionId?: string | undefined;
  ruleId?: string | undefined;
  state?: EffectState | undefined;
  ownJobs?: ReadonlyArray<{ connectionId: string; jobId: string }> | undefined;
  /** `(created_at, id)` of the last one seen. */
  before: { at: number; id: string } | null;
  limit: number;
}

/** Newest first. */
export const listEffects = async (db: Executor, filter: EffectFilter): Promise<EffectRow[]> => {
  let query = db.selectFrom('effect').selectAll('effect');
  if (filter.candidateId !== undefined)
    query = query.where('effect.candidate_id', '=', filter.candidateId);
  if (filter.connectionId !== undefined)
    query = query.where('effect.connection_id', '=', filter.connectionId);
  if (filter.ruleId !== undefined) query = query.where('effect.rule_id', '=', filter.ruleId);
  if (filter.state !== undefined) query = query.where('effect.state', '=', filter.state);
  if (filter.ownJobs !== undefined) {
    const owned = filter.ownJobs.map((job) => `${job.connectionId} ${job.jobId}`);
    query = query.where(
      sql<boolean>`exists (select 1 from candidate where candidate.id = effect.candidate_id
        and candidate.connection_id || ' ' || candidate.job_id = any(${owned}::text[]))`,
    );
  }
  if (filter.before !== null) {
    const { at, id } = filter.before;
    query = query.where(
      sql<boolean>`(date_trunc('milliseconds', effect.created_at), effect.id) < (${instant(at)}, ${id})`,
    );
  }
  return query
    .orderBy(sql`date_trunc('milliseconds', effect.created_at)`, 'desc')
    .orderBy('effect.id', 'desc')
    .limit(filter.limit)
    .execute();
};

export const listEvents = async (db: Executor, effectId: string): Promise<EffectEventRow[]> =>
  db
    .selectFrom('effect_event')
    .selectAll()
    .where('effect_id', '=', effectId)
    .orderBy('id')
    .limit(500)
    .execute();

/** Events of several effects, oldest first. */
export const listEventsOf = async (
  db: Executor,
  effectIds: readonly string[],
): Promise<EffectEventRow[]> =>
  effectIds.length === 0
    ? []
    : db
        .selectFrom('effect_event')
        .selectAll()
        .where('effect_id', 'in', effectIds)
        .orderBy('id')
        .execute();

export const countEffects = async (
  db: Executor,
): Promise<Array<{ kind: EffectKind; state: EffectState; count: number }>> =>
  db
    .selectFrom('effect')
    .select((select) => ['kind', 'state', select.fn.countAll<number>().as('count')])
    .groupBy(['kind', 'state'])
    .execute();
