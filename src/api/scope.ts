/** How far an actor sees: everything, or the candidacies of the jobs whose hiring team it is on. */
import type { Context } from 'hono';
import { notFound } from '#core/errors.ts';
import { jobsOwnedBy } from '#store/choices.ts';
import type { CandidateRow } from '#store/candidates.ts';
import type { Executor } from '#store/database.ts';
import type { ApiEnv } from './context.ts';

export type OwnJobs = ReadonlyArray<{ connectionId: string; jobId: string }>;

/** Undefined: all. `own_events` reaches nothing yet, for the hub has no interviews so far. */
export const ownJobs = async (c: Context<ApiEnv>, db: Executor): Promise<OwnJobs | undefined> => {
  const far = c.get('reach');
  if (far === 'any') return undefined;
  const { email } = c.get('actor');
  return far === 'own_jobs' && email !== null ? jobsOwnedBy(db, email) : [];
};

export const isWithin = (jobs: OwnJobs | undefined, candidate: CandidateRow): boolean =>
  jobs === undefined ||
  jobs.some(
    (job) => job.connectionId === candidate.connection_id && job.jobId === candidate.job_id,
  );

/** What lies outside an actor's reach does not exist for it. */
export const mustReach = (
  jobs: OwnJobs | undefined,
  candidate: CandidateRow | null,
  noun: string,
  id: string,
): void => {
  if (jobs === undefined || (candidate !== null && isWithin(jobs, candidate))) return;
  throw notFound(noun, id);
};
