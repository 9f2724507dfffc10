/**
 * The ledger of things that interviews make outside: one row per thing, for as long as the interview
 * lives. Each act on it (create, update, remove) is asked for, claimed and settled like any effect.
 */
import { sql } from 'kysely';
import type { Act, Held, Owed, ThingKind } from '#core/interview/diff.ts';
import { readerOf, type MailContent } from '#core/interview/want-mails.ts';
import type { EffectState } from '#core/model.ts';
import { instant, newId, type Executor } from './database.ts';
import { addEvent, refOf, settleEffect, type EffectOutcome, type EffectRow } from './effects.ts';

export type ThingRow = EffectRow & { act: Act; interview_id: string };

export const thingsOf = (db: Executor, interviewId: string): Promise<ThingRow[]> =>
  thingsOfAll(db, [interviewId]);

/** Of several interviews, each one's in its order. */
export const thingsOfAll = async (
  db: Executor,
  interviewIds: readonly string[],
): Promise<ThingRow[]> =>
  db
    .selectFrom('effect')
    .selectAll()
    .where('interview_id', '=', sql<string>`any(${[...interviewIds]}::text[])`)
    .where('act', 'is not', null)
    .orderBy('step')
    .orderBy('created_at')
    .orderBy('id')
    .$narrowType<{ act: Act; interview_id: string }>()
    .execute();

/** What the ledger knows of a thing's place outside. */
export type StandingRow = Pick<
  ThingRow,
  'interview_id' | 'key' | 'kind' | 'stands' | 'remote_url' | 'result'
>;

/** The same without what was sent, for who has to look at many interviews. */
export const standingOfAll = async (
  db: Executor,
  interviewIds: readonly string[],
): Promise<StandingRow[]> =>
  db
    .selectFrom('effect')
    .select(['interview_id', 'key', 'kind', 'stands', 'remote_url', 'result'])
    .where('interview_id', '=', sql<string>`any(${[...interviewIds]}::text[])`)
    .where('act', 'is not', null)
    .$narrowType<{ interview_id: string }>()
    .execute();

export const heldOf = (row: ThingRow): Held => ({
  thing: row.key,
  kind: row.kind as ThingKind,
  connectionId: row.connection_id,
  state: row.state,
  act: row.act,
  asked: row.asked,
  stands: row.stands,
  // One that failed at its first try surely did nothing; else it would be `unknown`.
  inDoubt:
    (row.state === 'owed' && row.attempts > 0) || (row.state === 'failed' && row.attempts > 1),
  lasting: row.lasting,
  step: row.step,
  ...(row.kind === 'mail' ? { reader: readerOf(row.request as MailContent) } : {}),
});

const asking: Record<Act, string> = {
  create: 'To be made.',
  update: 'To be brought up to date.',
  remove: 'To be taken back.',
};

/** What a create leaves at the vendor, when it is asked for as the act of this number. */
export const refOfAct = (thing: string, generation: number): string =>
  refOf(`${thing}#${String(generation)}`);

/**
 * Asks for an act, or for another one in the place of one that nobody has ended. A create gets a ref
 * of its own, so that a look-up after a crash never finds what an earlier life left behind. One that
 * was tried in this life keeps its ref and counts as tried: what it left is to be found.
 */
export const askFor = async (
  tx: Executor,
  interview: { id: string; candidate_id: string },
  owed: Owed,
): Promise<void> => {
  const values = {
    state: 'owed' as const,
    act: owed.act,
    asked: owed.fingerprint,
    connection_id: owed.connectionId,
    step: owed.step,
    error_kind: null,
    error_text: null,
    next_try_at: null,
    ...(owed.act === 'remove'
      ? {}
      : { request: JSON.stringify(owed.content), lasting: owed.lasting }),
  };
  const row = await tx
    .insertInto('effect')
    .values({
      id: newId('ef'),
      key: owed.thing,
      kind: owed.kind,
      candidate_id: interview.candidate_id,
      interview_id: interview.id,
      ref: refOfAct(owed.thing, 1),
      generation: 1,
      attempts: 0,
      request: 'null',
      ...values,
    })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          ...values,
          attempts: sql<number>`case when effect.stands is null and effect.state <> 'done'
            and effect.attempts > 0 then 1 else 0 end`,
          generation: sql<number>`effect.generation + 1`,
          updated_at: sql<Date>`now()`,
        })
        .where('effect.state', 'not in', ['started', 'unknown']),
    )
    .returning(['id', 'generation', 'attempts'])
    .executeTakeFirst();
  if (!row) return;
  if (owed.act === 'create' && row.attempts === 0)
    await tx
      .updateTable('effect')
      .set({ ref: refOfAct(owed.thing, row.generation) })
      .where('id', '=', row.id)
      .execute();
  await addEvent(tx, row.id, 'owed', asking[owed.act]);
};

/** Nobody has begun, and nobody wants it any more. */
export const dropAsked = async (
  tx: Executor,
  interviewId: string,
  things: readonly string[],
): Promise<void> => {
  if (things.length === 0) return;
  const rows = await tx
    .updateTable('effect')
    .set({
      state: sql<EffectState>`case when stands is null then 'skipped' else 'done' end`,
      asked: sql<string | null>`stands`,
      error_kind: null,
      error_text: null,
      next_try_at: null,
      updated_at: sql<Date>`now()`,
    })
    .where('interview_id', '=', interviewId)
    .where('key', 'in', things)
    .where('state', 'in', ['owed', 'waiting', 'failed'])
    .returning(['id', 'state'])
    .execute();
  for (const row of rows) await addEvent(tx, row.id, row.state, 'No longer wanted.');
};

/** Ends a claim; a done one changes what stands outside. False when another process took over. */
export const settleThing = async (
  tx: Executor,
  row: ThingRow,
  outcome: EffectOutcome,
): Promise<boolean> => {
  if (!(await settleEffect(tx, row, outcome))) return false;
  if (outcome.state === 'done')
    await tx
      .updateTable('effect')
      .set({
        stands: row.act === 'remove' ? null : row.asked,
        ...(outcome.result === undefined ? {} : { result: JSON.stringify(outcome.result) }),
      })
      .where('id', '=', row.id)
      .execute();
  return true;
};

/**
 * Somebody took the thing away where it stood, so nothing is to be taken back. False when the hub has
 * acted on it since `seen`.
 */
export const calledOff = async (tx: Executor, seen: ThingRow): Promise<boolean> => {
  const row = await tx
    .updateTable('effect')
    .set({ stands: null, state: 'done', updated_at: sql<Date>`now()` })
    .where('id', '=', seen.id)
    .where('generation', '=', seen.generation)
    .where('state', 'in', ['done', 'failed'])
    .where('stands', 'is not', null)
    .returning('id')
    .executeTakeFirst();
  if (row) await addEvent(tx, seen.id, 'done', 'It was called off in the ATS.');
  return row !== undefined;
};

/** A person checked at the vendor: the act happened, so what it asked for stands outside. */
export const confirmThing = async (tx: Executor, id: string): Promise<void> => {
  await tx
    .updateTable('effect')
    .set({ stands: sql<string | null>`case when act = 'remove' then null else asked end` })
    .where('id', '=', id)
    .execute();
};

/** Interviews with acts that ought to be moving but may have lost their job. */
export const findStrandedInterviews = async (
  db: Executor,
  now: number,
  limit: number,
): Promise<string[]> => {
  const rows = await db
    .selectFrom('effect')
    .select('interview_id')
    .distinct()
    .where('act', 'is not', null)
    .where((where) =>
      where.or([
        where.and([
          where('state', '=', 'owed'),
          where(sql<number>`coalesce(next_try_at, updated_at)`, '<', instant(now - 15_000)),
        ]),
        where.and([where('state', '=', 'started'), where('lease_until', '<', instant(now - 5_000))]),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.flatMap((row) => (row.interview_id === null ? [] : [row.interview_id]));
}; // prettier-ignore
