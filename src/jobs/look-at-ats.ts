/**
 * Somebody may call an interview off in the ATS: noticed by its webhook, by the sweep, or when an
 * update is refused. Calendars stay as they are; a person decides whether it is cancelled everywhere
 * or put back.
 */
import { ConnectorError, type AtsInterview } from '#connectors/contract.ts';
import { findCandidate } from '#store/candidates.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction, type Executor } from '#store/database.ts';
import { calledOff, thingsOf, type ThingRow } from '#store/interview-effects.ts';
import { findInterview, lockInterview, recordChange, updateInterview } from '#store/interviews.ts';
import type { Hub } from './hub.ts';
import { pauseUnauthorized } from './policy.ts';

export const isOff = (found: AtsInterview | null): boolean => found?.state !== 'scheduled';

const pushedOf = (things: readonly ThingRow[]): ThingRow | undefined =>
  things.find((row) => row.kind === 'ats_interview' && row.stands !== null && row.act !== 'remove');

export const lookAtAts = async (hub: Hub, job: { interviewId: string }): Promise<void> => {
  const interview = await findInterview(hub.db, job.interviewId);
  const pushed = pushedOf(await thingsOf(hub.db, interview.id));
  if (interview.state !== 'confirmed' || pushed?.state !== 'done' || pushed.remote_id === null)
    return;
  const connection = await findConnection(hub.db, interview.connection_id).catch(() => null);
  if (connection?.state !== 'active') return;
  const candidate = await findCandidate(hub.db, interview.candidate_id);
  // With the candidate, everything about it went out of sight.
  if (candidate.gone) return;
  try {
    const { ats } = await hub.open(connection);
    const found = await ats?.interviews?.read(candidate.remote_id, pushed.remote_id);
    if (found === undefined || !isOff(found)) return;
    if ((await ats?.candidate(candidate.remote_id)) === null) {
      // Not called off: the candidate was deleted, and all that the ATS had with it.
      const { connection_id: connectionId, remote_id: remoteId } = candidate;
      await hub.queue.send(hub.db, 'apply-rule', { connectionId, remoteId });
      return;
    }
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    // The next sweep looks again.
    hub.log.warn({ connection: connection.id, kind: thrown.kind }, thrown.message);
    if (thrown.kind === 'unauthorized') await pauseUnauthorized(hub.db, connection.id, thrown);
    return;
  }
  await inTransaction(hub.db, (tx) => callOff(tx, pushed, connection.name));
};

/** Flags the interview, unless what was looked at has changed since. */
export const callOff = async (tx: Executor, pushed: ThingRow, ats: string): Promise<void> => {
  const interview = await lockInterview(tx, pushed.interview_id);
  if (interview.state !== 'confirmed' || !(await calledOff(tx, pushed))) return;
  const after = await updateInterview(tx, interview.id, { flag: 'cancelled_in_ats' });
  await recordChange(tx, after, { id: interview.connection_id, name: ats }, 'cancelled_in_ats', {});
};
