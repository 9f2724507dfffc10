/** The mirror of candidacies that the hub has read. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { notFound } from '#core/errors.ts';
import type { Candidate } from '#core/model.ts';
import type { Executor, Row } from './database.ts';

export type CandidateRow = Row<'candidate'>;

/**
 * The same candidacy has the same id for ever, also after a restore that has forgotten it: effects'
 * keys and refs are made from it, so what was done already is found at the vendor.
 */
const candidateId = (connectionId: string, remoteId: string): string =>
  `cd_${createHash('sha256').update(`${connectionId}/${remoteId}`).digest('hex').slice(0, 20)}`;

export const upsertCandidate = async (
  db: Executor,
  connectionId: string,
  candidate: Candidate,
  readAt: number,
): Promise<CandidateRow> => {
  const values = {
    person_id: candidate.personId,
    name: candidate.name,
    email: candidate.email,
    stage_id: candidate.stageId,
    tags: candidate.tags,
    job_id: candidate.jobId,
    archived: candidate.archived,
    entries: JSON.stringify(candidate.entries),
    url: candidate.url,
    profile: JSON.stringify(candidate.profile ?? {}),
    gone: false,
    refreshed_at: new Date(readAt),
  };
  return db
    .insertInto('candidate')
    .values({
      id: candidateId(connectionId, candidate.remoteId),
      connection_id: connectionId,
      remote_id: candidate.remoteId,
      ...values,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .returningAll()
    .executeTakeFirstOrThrow();
};

/** The ATS no longer shows it. */
export const markGone = async (
  db: Executor,
  connectionId: string,
  remoteId: string,
): Promise<CandidateRow | null> =>
  (await db
    .updateTable('candidate')
    .set({ gone: true, refreshed_at: sql<Date>`now()` })
    .where('connection_id', '=', connectionId)
    .where('remote_id', '=', remoteId)
    .returningAll()
    .executeTakeFirst()) ?? null;

/**
 * Erases what the ATS told of somebody whom it no longer shows; the ledger's skeleton stays. Not while
 * an interview stands: what is said of it would lose the name.
 */
export const eraseGone = async (db: Executor, id: string): Promise<void> => {
  await db
    .updateTable('candidate')
    .set({ name: '', email: null, tags: [], url: '', profile: '{}' })
    .where('id', '=', id)
    .where('gone', '=', true)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('interview')
            .select('interview.id')
            .whereRef('interview.candidate_id', '=', 'candidate.id')
            .where('interview.state', 'in', ['hold', 'confirmed']),
        ),
      ),
    )
    .execute();
};

export const findCandidate = async (db: Executor, id: string): Promise<CandidateRow> => {
  const row = await db.selectFrom('candidate').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('candidate', id);
  return row;
};

export const findCandidates = async (
  db: Executor,
  ids: readonly string[],
): Promise<CandidateRow[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('candidate')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute();

/** Known candidacies by their own id or their person's: events about people name either. */
export const candidatesAbout = async (
  db: Executor,
  connectionId: string,
  id: string,
): Promise<CandidateRow[]> =>
  db
    .selectFrom('candidate')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where((where) => where.or([where('person_id', '=', id), where('remote_id', '=', id)]))
    .where('gone', '=', false)
    .limit(200)
    .execute();

export interface CandidateFilter {
  connectionId?: string | undefined;
  stageId?: string | undefined;
  /** Part of the name or the whole address. */
  search?: string | undefined;
  /** Only candidacies of these jobs (`connection id/job id`); undefined: all. */
  ownJobs?: ReadonlyArray<{ connectionId: string; jobId: string }> | undefined;
  after: string | null;
  limit: number;
}

export const listCandidates = async (
  db: Executor,
  filter: CandidateFilter,
): Promise<CandidateRow[]> => {
  let query = db.selectFrom('candidate').selectAll().where('gone', '=', false);
  if (filter.connectionId !== undefined)
    query = query.where('connection_id', '=', filter.connectionId);
  if (filter.stageId !== undefined) query = query.where('stage_id', '=', filter.stageId);
  if (filter.search !== undefined) {
    const text = filter.search.toLowerCase();
    query = query.where((where) =>
      where.or([
        where(sql`position(${text} in lower(name))`, '>', 0),
        where(sql<string>`lower(email)`, '=', text),
      ]),
    );
  }
  if (filter.ownJobs !== undefined) {
    const { ownJobs } = filter;
    query = query.where((where) =>
      where.or([
        sql<boolean>`false`,
        ...ownJobs.map((job) =>
          where.and([
            where('connection_id', '=', job.connectionId),
            where('job_id', '=', job.jobId),
          ]),
        ),
      ]),
    );
  }
  if (filter.after !== null) query = query.where('id', '>', filter.after);
  return query.orderBy('id').limit(filter.limit).execute();
};

/** Candidacies that something waits for, longest first. */
export const candidatesWaiting = async (
  db: Executor,
  connectionId: string,
  limit: number,
): Promise<CandidateRow[]> =>
  db
    .selectFrom('candidate')
    .selectAll('candidate')
    .where('connection_id', '=', connectionId)
    .where('gone', '=', false)
    .where((where) =>
      where.exists(
        where
          .selectFrom('effect')
          .select('effect.id')
          .whereRef('effect.candidate_id', '=', 'candidate.id')
          .where('effect.state', '=', 'waiting'),
      ),
    )
    .orderBy('refreshed_at')
    .limit(limit)
    .execute();

/** What the mirror knows of a candidacy by its id in the ATS. */
export const findByRemoteId = async (
  db: Executor,
  connectionId: string,
  remoteId: string,
): Promise<CandidateRow | null> =>
  (await db
    .selectFrom('candidate')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('remote_id', '=', remoteId)
    .executeTakeFirst()) ?? null;
