/** When a candidate is in interviews, in whichever of the person's candidacies. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Executor, instant } from './database.ts';
import type { InterviewRow } from './interviews.ts';

interface Who {
  connection_id: string;
  person_id: string;
}

/**
 * Holds the person's time until the transaction ends: of two interviews for one candidate at the same
 * moment, the second sees the first. After the interview's own lock, before those of interviewers.
 */
export const lockTimesOf = async (tx: Executor, candidate: Who): Promise<void> => {
  const name = `times of ${candidate.connection_id} ${candidate.person_id}`;
  const key = createHash('sha256').update(name).digest().readBigInt64BE().toString();
  await sql`select pg_advisory_xact_lock(${key}::bigint)`.execute(tx);
};

/** Interviews that stand and touch the span, `except` left out. */
export const interviewsDuring = async (
  db: Executor,
  candidate: Who,
  span: { start: number; end: number },
  except: string | null,
): Promise<InterviewRow[]> =>
  db
    .selectFrom('interview')
    .innerJoin('candidate', 'candidate.id', 'interview.candidate_id')
    .selectAll('interview')
    .where('candidate.connection_id', '=', candidate.connection_id)
    .where('candidate.person_id', '=', candidate.person_id)
    .where('interview.state', 'in', ['hold', 'confirmed'])
    .where('interview.starts_at', '<', instant(span.end))
    .where('interview.ends_at', '>', instant(span.start))
    .where(sql<boolean>`interview.id is distinct from ${except}`)
    .orderBy('interview.starts_at')
    .execute();
