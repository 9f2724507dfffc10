/**
 * The ATS no longer shows a candidate: deleted, or hidden from the key. An interview that stands keeps
 * what was last known of the candidate, leaves the ATS alone, and is flagged: a person decides whether
 * it is cancelled. When the candidate is shown again, it goes on by itself.
 */
import { conflict, type LoopwrightError } from '#core/errors.ts';
import { stands } from '#core/interview/model.ts';
import { eraseGone, findCandidate } from '#store/candidates.ts';
import { findConnection } from '#store/connections.ts';
import type { Executor } from '#store/database.ts';
import { recordChange, updateInterview, type InterviewRow } from '#store/interviews.ts';

/** Flags the interview, or takes the flag away. What nobody needs any more is erased. */
export const followCandidate = async (
  tx: Executor,
  interview: InterviewRow,
): Promise<InterviewRow> => {
  const { id, gone } = await findCandidate(tx, interview.candidate_id);
  const isOn = stands(interview.state);
  if (gone && !isOn) await eraseGone(tx, id);
  const isNew = gone && isOn && interview.flag === null;
  const isBack = !gone && interview.flag === 'candidate_gone';
  if (!isNew && !isBack) return interview;
  const after = await updateInterview(tx, interview.id, { flag: gone ? 'candidate_gone' : null });
  const ats = await findConnection(tx, interview.connection_id).catch(() => null);
  const actor = { id: interview.connection_id, name: ats?.name ?? 'The ATS' };
  await recordChange(tx, after, actor, gone ? 'candidate_gone' : 'candidate_back', {});
  return after;
};

/** Nothing is begun for somebody whom the ATS does not show. Throws `candidate_gone`. */
export const mustBeShown = async (tx: Executor, candidateId: string): Promise<void> => {
  if ((await findCandidate(tx, candidateId)).gone) throw candidateGone();
};

const candidateGone = (): LoopwrightError =>
  conflict(
    'candidate_gone',
    'interview: the ATS shows this candidate no more. Restore the candidate there first, or cancel the interview.',
  );
