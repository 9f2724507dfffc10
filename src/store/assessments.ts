/** Tests that were sent, and what came back. */
import { sql } from 'kysely';
import type { AssessmentResult } from '#core/model.ts';
import { instant, type Executor, type Row } from './database.ts';

export type AssessmentRow = Row<'assessment'>;

const maybeDate = (milliseconds: number | null): Date | null =>
  milliseconds === null ? null : new Date(milliseconds);

export const insertAssessment = async (
  db: Executor,
  input: {
    effectId: string;
    candidateId: string;
    connectionId: string;
    remoteId: string;
    url: string;
    reportUrl: string | null;
    expiresAt?: number | null;
    testId: string;
    testName: string;
    nextPollAt: number;
  },
): Promise<void> => {
  await db
    .insertInto('assessment')
    .values({
      effect_id: input.effectId,
      candidate_id: input.candidateId,
      connection_id: input.connectionId,
      remote_id: input.remoteId,
      url: input.url,
      report_url: input.reportUrl,
      expires_at: maybeDate(input.expiresAt ?? null),
      test_id: input.testId,
      test_name: input.testName,
      status: 'invited',
      next_poll_at: new Date(input.nextPollAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** Taken back: nobody asks for its result any more. */
export const closeAssessment = async (db: Executor, effectId: string): Promise<void> => {
  await db
    .updateTable('assessment')
    .set({ status: 'cancelled', next_poll_at: null, updated_at: sql<Date>`now()` })
    .where('effect_id', '=', effectId)
    .execute();
};

export const findAssessment = async (
  db: Executor,
  effectId: string,
): Promise<AssessmentRow | null> =>
  (await db
    .selectFrom('assessment')
    .selectAll()
    .where('effect_id', '=', effectId)
    .executeTakeFirst()) ?? null;

/** By the vendor's id, or every one whose result is still open where the webhook named none. */
export const assessmentsToWake = async (
  db: Executor,
  connectionId: string,
  remoteId: string | null,
): Promise<string[]> => {
  const rows = await db
    .selectFrom('assessment')
    .select('effect_id')
    .where('connection_id', '=', connectionId)
    .$if(remoteId !== null, (query) => query.where('remote_id', '=', remoteId ?? ''))
    .$if(remoteId === null, (query) => query.where('next_poll_at', 'is not', null))
    .orderBy('created_at')
    .limit(1_000)
    .execute();
  return rows.map((row) => row.effect_id);
};

export const findDueAssessments = async (
  db: Executor,
  now: number,
  limit: number,
): Promise<string[]> => {
  const rows = await db
    .selectFrom('assessment')
    .innerJoin('connection', 'connection.id', 'assessment.connection_id')
    .select('effect_id')
    .where('connection.state', '=', 'active')
    .where('next_poll_at', '<=', instant(now))
    .orderBy('next_poll_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.effect_id);
};

/** Stores what was read; `revision` counts results that a note was or will be written for. */
export const updateAssessment = async (
  db: Executor,
  effectId: string,
  read: {
    result: AssessmentResult;
    revision: number;
    nextPollAt: number | null;
  },
): Promise<void> => {
  const { result } = read;
  await db
    .updateTable('assessment')
    .set({
      status: result.status,
      score: result.score,
      max_score: result.maxScore,
      percent: result.percent,
      verdict: result.verdict,
      ...(result.reportUrl === null ? {} : { report_url: result.reportUrl }),
      ...(result.expiresAt === null ? {} : { expires_at: new Date(result.expiresAt) }),
      started_at: maybeDate(result.startedAt),
      finished_at: maybeDate(result.finishedAt),
      revision: read.revision,
      polls: sql<number>`polls + 1`,
      next_poll_at: maybeDate(read.nextPollAt),
      updated_at: sql<Date>`now()`,
    })
    .where('effect_id', '=', effectId)
    .execute();
};

export const setNextPoll = async (
  db: Executor,
  effectId: string,
  nextPollAt: number | null,
): Promise<void> => {
  await db
    .updateTable('assessment')
    .set({ next_poll_at: maybeDate(nextPollAt), polls: sql<number>`polls + 1` })
    .where('effect_id', '=', effectId)
    .execute();
};

/** Newest first. */
export const listAssessments = async (
  db: Executor,
  filter: {
    candidateId?: string | undefined;
    status?: string | undefined;
    ownJobs?: ReadonlyArray<{ connectionId: string; jobId: string }> | undefined;
    before: { at: number; id: string } | null;
    limit: number;
  },
): Promise<AssessmentRow[]> => {
  let query = db.selectFrom('assessment').selectAll('assessment');
  if (filter.candidateId !== undefined)
    query = query.where('assessment.candidate_id', '=', filter.candidateId);
  if (filter.status !== undefined)
    query = query.where(sql<boolean>`assessment.status = ${filter.status}`);
  if (filter.ownJobs !== undefined) {
    const owned = filter.ownJobs.map((job) => `${job.connectionId} ${job.jobId}`);
    query = query.where(
      sql<boolean>`exists (select 1 from candidate where candidate.id = assessment.candidate_id
        and candidate.connection_id || ' ' || candidate.job_id = any(${owned}::text[]))`,
    );
  }
  if (filter.before !== null) {
    const { at, id } = filter.before;
    query = query.where(
      sql<boolean>`(date_trunc('milliseconds', assessment.created_at), effect_id) < (${instant(at)}, ${id})`,
    );
  }
  return query
    .orderBy(sql`date_trunc('milliseconds', assessment.created_at)`, 'desc')
    .orderBy('effect_id', 'desc')
    .limit(filter.limit)
    .execute();
};

/** Tests that a candidate was sent and that were not taken back, the oldest first. */
export const testsOfCandidate = async (
  db: Executor,
  candidateId: string,
): Promise<AssessmentRow[]> =>
  db
    .selectFrom('assessment')
    .selectAll()
    .where('candidate_id', '=', candidateId)
    .where('status', '<>', 'cancelled')
    .orderBy('created_at')
    .orderBy('effect_id')
    .limit(50)
    .execute();

export const assessmentsOf = async (
  db: Executor,
  effectIds: readonly string[],
): Promise<AssessmentRow[]> =>
  effectIds.length === 0
    ? []
    : db.selectFrom('assessment').selectAll().where('effect_id', 'in', effectIds).execute();
