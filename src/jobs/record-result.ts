/**
 * Reads an assessment's result, woken by a webhook or by its own clock:
 * 1. read it from the platform,
 * 2. store it; a result that says something new is owed to the timeline,
 * 3. set the next look, rarer each time; a finished one is looked at too, for it may be re-scored.
 */
import { isResult } from '#core/automation/notes.ts';
import { nextLookAt, pollDelay } from '#core/automation/retry.ts';
import type { AssessmentResult } from '#core/model.ts';
import { ConnectorError } from '#connectors/contract.ts';
import {
  findAssessment,
  setNextPoll,
  updateAssessment,
  type AssessmentRow,
} from '#store/assessments.ts';
import { findCandidate } from '#store/candidates.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { findEffect } from '#store/effects.ts';
import { isPassing, pauseUnauthorized } from './policy.ts';
import { wantNote } from './requests.ts';
import type { Hub } from './hub.ts';

export const recordResult = async (hub: Hub, job: { effectId: string }): Promise<void> => {
  const assessment = await findAssessment(hub.db, job.effectId);
  if (!assessment) return;
  const connection = await findConnection(hub.db, assessment.connection_id).catch(() => null);
  if (connection?.state !== 'active') return;
  let result: AssessmentResult | null;
  try {
    const { assessments } = await hub.open(connection);
    if (!assessments) return;
    result = await assessments.result(assessment.remote_id);
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    hub.log.warn({ effect: assessment.effect_id, kind: thrown.kind }, thrown.message);
    if (thrown.kind === 'unauthorized') await pauseUnauthorized(hub.db, connection.id, thrown);
    else await lookAgain(hub, assessment, isPassing(thrown) ? thrown.retryAfter : undefined);
    return;
  }
  await store(hub, assessment, result ?? withdrawn);
};

/** The platform no longer has it: somebody deleted the invitation there. */
const withdrawn: AssessmentResult = {
  status: 'cancelled',
  score: null,
  maxScore: null,
  percent: null,
  verdict: null,
  reportUrl: null,
  expiresAt: null,
  startedAt: null,
  finishedAt: null,
};

const store = async (hub: Hub, before: AssessmentRow, result: AssessmentResult): Promise<void> => {
  const news = isResult(result.status) && differs(before, result);
  const revision = before.revision + (news ? 1 : 0);
  const effect = await findEffect(hub.db, before.effect_id);
  await inTransaction(hub.db, async (tx) => {
    const nextPollAt = nextLook(hub, before, result);
    await updateAssessment(tx, before.effect_id, { result, revision, nextPollAt });
    if (nextPollAt !== null)
      await hub.queue.sendLater(tx, 'record-result', { effectId: before.effect_id }, nextPollAt);
    if (!news) return;
    const candidate = await findCandidate(tx, before.candidate_id);
    if (candidate.gone) return;
    await wantNote(tx, effect, candidate, { about: 'result', revision });
    await hub.queue.send(tx, 'perform-effects', { candidateId: candidate.id });
  });
};

/** Whether the timeline would say something else. Scores are compared as the ledger stores them. */
const differs = (before: AssessmentRow, result: AssessmentResult): boolean => {
  const stored = (value: number | null): number | null =>
    value === null ? null : Math.fround(value);
  return (
    before.status !== result.status ||
    stored(before.score) !== stored(result.score) ||
    stored(before.max_score) !== stored(result.maxScore) ||
    stored(before.percent) !== stored(result.percent) ||
    before.verdict !== result.verdict
  );
};

const nextLook = (hub: Hub, before: AssessmentRow, result: AssessmentResult): number | null => {
  const finishedAt = result.finishedAt ?? before.finished_at;
  const seen = { status: result.status, finishedAt, polls: before.polls + 1 };
  return nextLookAt(seen, hub.firstPoll, hub.now());
};

const lookAgain = async (
  hub: Hub,
  assessment: AssessmentRow,
  retryAfter: number | undefined,
): Promise<void> => {
  const delay = pollDelay(assessment.polls + 1, hub.firstPoll);
  const nextPollAt = delay === null ? null : hub.now() + Math.max(delay, retryAfter ?? 0);
  await inTransaction(hub.db, async (tx) => {
    await setNextPoll(tx, assessment.effect_id, nextPollAt);
    if (nextPollAt !== null)
      await hub.queue.sendLater(
        tx,
        'record-result',
        { effectId: assessment.effect_id },
        nextPollAt,
      );
  });
};
