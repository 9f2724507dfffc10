/** How far an actor sees: everything, or the candidacies of the jobs whose hiring team it is on. */
import type { Context } from 'hono';
import { LoopwrightError, notFound } from '#core/errors.ts';
import { jobsOwnedBy } from '#store/choices.ts';
import type { CandidateRow } from '#store/candidates.ts';
import type { Executor } from '#store/database.ts';
import { findPerson, type PersonRow } from '#store/people.ts';
import type { ApiEnv } from './context.ts';

export type OwnJobs = ReadonlyArray<{ connectionId: string; jobId: string }>;

/** Undefined: all. Reach over one's own events opens interviews, never the candidacies of a job. */
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

/** Whoever reaches no further than the own person finds nobody else. */
export const personWithin = async (
  c: Context<ApiEnv>,
  db: Executor,
  id: string,
): Promise<PersonRow> => {
  const row = await findPerson(db, id);
  const isOwn = row.email !== '' && row.email.toLowerCase() === c.get('actor').email?.toLowerCase();
  if (c.get('reach') === 'own_person' && !isOwn) throw notFound('person', id);
  return row;
};

/**
 * Whoever follows the ATS's own link has seen the candidate there, so it is no secret that there is
 * one: only why it cannot be opened here. The id alone says nothing else, and cannot be guessed.
 */
export const notShared = (): LoopwrightError =>
  new LoopwrightError(
    'candidate_not_shared',
    403,
    'schedule: this candidate is of a job that is not shared with you. Ask to be added to its hiring team in the ATS, or ask somebody who schedules for all jobs.',
    'candidate',
  );
