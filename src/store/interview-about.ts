/** What a list of interviews tells beside each: the candidate, by names, and the last change. */
import { sql } from 'kysely';
import type { Executor } from './database.ts';

export interface InterviewAbout {
  id: string;
  candidate: string;
  url: string;
  job: string | null;
  stage: string | null;
  actor: string | null;
  act: string | null;
  at: number | null;
}

export const aboutInterviews = async (
  db: Executor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, InterviewAbout>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<InterviewAbout>`
    select interview.id, candidate.name as candidate, candidate.url, job.name as job,
      stage.name as stage, change.actor_name as actor, change.act, change.at
    from interview
    join candidate on candidate.id = interview.candidate_id
    left join choice job on job.connection_id = candidate.connection_id and job.kind = 'job'
      and job.remote_id = candidate.job_id
    left join choice stage on stage.connection_id = candidate.connection_id
      and stage.kind = 'stage' and stage.remote_id = candidate.stage_id
    left join lateral (
      select actor_name, act, at from interview_change
      where interview_change.interview_id = interview.id
      order by revision desc limit 1) change on true
    where interview.id = any(${[...ids]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
};

/** The accounts that an interview has to do with, by name: who reads it may not read all of them. */
export const accountNames = async (
  db: Executor,
  ids: readonly string[],
): Promise<Record<string, string>> => {
  const rows = await db
    .selectFrom('connection')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
};
