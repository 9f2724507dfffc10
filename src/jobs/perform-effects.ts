/**
 * Performs what a candidate is owed, one effect after the other:
 * 1. claim: `started` under a lease and a fencing number, committed before the vendor is called,
 * 2. look it up by its ref when an earlier try may have gone through,
 * 3. call the vendor,
 * 4. settle: the outcome, what follows from it and its job, in one transaction.
 */
import {
  ConnectorError,
  type Capabilities,
  type HttpRequest,
  type Invited,
} from '#connectors/contract.ts';
import { insertAssessment } from '#store/assessments.ts';
import { findCandidate, type CandidateRow } from '#store/candidates.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction, type Executor } from '#store/database.ts';
import {
  claimEffect,
  connectionOf,
  findDueEffects,
  moveEffect,
  settleEffect,
  type EffectRow,
} from '#store/effects.ts';
import { LeaseLost, type Guard, type Hub } from './hub.ts';
import { outcomeOf, pauseUnauthorized } from './policy.ts';
import { noAddress, wantNote, type ActionRequest, type Done } from './requests.ts';
import { writeNote } from './write-note.ts';

const leaseSeconds = 30;
/** No request leaves later than this, so that it has ended (10 s) before the lease has. */
const lastSend = 18_000;

export const performEffects = async (hub: Hub, job: { candidateId: string }): Promise<void> => {
  const tried = new Set<string>();
  for (;;) {
    const due = await findDueEffects(hub.db, job.candidateId);
    const next = due.find((effect) => !tried.has(effect.id));
    if (!next) return;
    tried.add(next.id);
    await perform(hub, next);
  }
};

const perform = async (hub: Hub, due: EffectRow): Promise<void> => {
  const connection = await findConnection(hub.db, connectionOf(due)).catch(() => null);
  if (connection === null) {
    const text = 'The connection was removed. Connect again and retry.';
    await moveEffect(hub.db, due.id, ['owed'], { state: 'failed', text, actor: null });
    return;
  }
  if (connection.state !== 'active' || due.candidate_id === null) return;
  hub.failpoint('C3', due.kind);
  const claimedAt = hub.monotonic();
  const holder = hub.processId();
  const claim = await claimEffect(hub.db, due.id, holder, leaseSeconds);
  if (!claim) {
    // Another process holds it, or died holding it: look again when its lease is over.
    if (due.lease_until !== null)
      await hub.queue.sendLater(
        hub.db,
        'perform-effects',
        { candidateId: due.candidate_id },
        due.lease_until + 500,
      );
    return;
  }
  const { effect, triedBefore } = claim;
  hub.failpoint('C4', effect.kind);
  const guard: Guard = {
    beforeSend(request) {
      if (changes(request)) hub.failpoint('C14', effect.kind);
      const isOurs = hub.isProvenAlive() && hub.processId() === holder;
      if (!isOurs || hub.monotonic() - claimedAt > lastSend) throw new LeaseLost();
      return changes(request) ? hub.failpoint.halfway(effect.kind) : undefined;
    },
    afterHead(request) {
      if (changes(request)) hub.failpoint('C6', effect.kind);
    },
  };
  try {
    const candidate = await findCandidate(hub.db, due.candidate_id);
    const vendor = await hub.open(connection, guard);
    const done = await act(hub, vendor, effect, candidate, triedBefore);
    hub.failpoint('C7', effect.kind);
    await settle(hub, effect, candidate, done);
    hub.failpoint('C9', effect.kind);
  } catch (thrown) {
    await settleFailure(hub, effect, thrown);
  }
};

const changes = (request: HttpRequest): boolean =>
  request.method !== 'GET' && request.readOnly !== true;

const act = (
  hub: Hub,
  vendor: Capabilities,
  effect: EffectRow,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  if (effect.kind === 'assessment') return sendTest(hub, vendor, effect, candidate, triedBefore);
  if (effect.kind === 'live_link') return makeLink(vendor, effect, candidate, triedBefore);
  return writeNote(hub, vendor, effect, candidate, triedBefore);
};

const sendTest = async (
  hub: Hub,
  vendor: Capabilities,
  effect: EffectRow,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  const { testId } = effect.request as ActionRequest;
  if (!vendor.assessments || testId === null) return lacking('tests');
  const earlier = triedBefore ? await vendor.assessments.find(effect.ref) : null;
  if (!earlier && candidate.email === null)
    return { outcome: { state: 'waiting', text: noAddress } };
  const invited =
    earlier ??
    (await vendor.assessments.invite({
      ref: effect.ref,
      testId,
      candidate: { name: candidate.name, email: candidate.email ?? '' },
    }));
  return {
    outcome: {
      state: 'done',
      text: earlier ? 'Found at the platform: it had been sent.' : 'The test was sent.',
      remoteId: invited.id,
      remoteUrl: invited.url,
    },
    follow: (tx) => awaitResult(hub, tx, effect, candidate, invited),
  };
};

/** From now on the result of a test that was sent is asked for. */
export const awaitResult = async (
  hub: Hub,
  tx: Executor,
  effect: EffectRow,
  candidate: CandidateRow,
  invited: Invited,
): Promise<void> => {
  const { testId, testName } = effect.request as ActionRequest;
  const nextPollAt = hub.now() + hub.firstPoll;
  await insertAssessment(tx, {
    effectId: effect.id,
    candidateId: candidate.id,
    connectionId: connectionOf(effect),
    remoteId: invited.id,
    url: invited.url,
    reportUrl: invited.dashboardUrl,
    testId: testId ?? '',
    testName,
    nextPollAt,
  });
  await hub.queue.sendLater(tx, 'record-result', { effectId: effect.id }, nextPollAt);
};

const makeLink = async (
  vendor: Capabilities,
  effect: EffectRow,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  const { testId, stageName } = effect.request as ActionRequest;
  if (!vendor.liveSessions) return lacking('live sessions');
  const earlier = triedBefore ? await vendor.liveSessions.find(effect.ref) : null;
  const session =
    earlier ??
    (await vendor.liveSessions.create({
      ref: effect.ref,
      title: `${candidate.name}, ${stageName}`,
      templateId: testId,
      candidate: { name: candidate.name, email: candidate.email },
    }));
  return {
    outcome: {
      state: 'done',
      text: earlier ? 'Found at the platform: it had been made.' : 'The interview link was made.',
      remoteId: session.id,
      remoteUrl: session.url,
    },
  };
};

const lacking = (what: string): Promise<Done> =>
  Promise.resolve({
    outcome: {
      state: 'failed',
      text: `This platform has no ${what}. Choose another one in the rule.`,
      errorKind: 'rejected',
    },
  });

const settle = (
  hub: Hub,
  effect: EffectRow,
  candidate: CandidateRow,
  done: Done,
): Promise<boolean> =>
  inTransaction(hub.db, async (tx) => {
    if (!(await settleEffect(tx, effect, done.outcome))) {
      hub.log.warn({ effect: effect.id }, 'jobs: another process took this effect over.');
      return false;
    }
    await done.follow?.(tx);
    if (done.outcome.state === 'done' && effect.kind !== 'note')
      await wantNote(tx, effect, candidate, { about: 'sent' });
    if (done.outcome.nextTryAt)
      await hub.queue.sendLater(
        tx,
        'perform-effects',
        { candidateId: candidate.id },
        done.outcome.nextTryAt,
      );
    return true;
  });

const settleFailure = async (hub: Hub, effect: EffectRow, thrown: unknown): Promise<void> => {
  if (thrown instanceof LeaseLost) {
    hub.log.warn({ effect: effect.id }, thrown.message);
    return;
  }
  if (!(thrown instanceof ConnectorError)) throw thrown;
  const outcome = outcomeOf(hub, thrown, effect.attempts);
  hub.log.warn({ effect: effect.id, kind: thrown.kind, state: outcome.state }, thrown.message);
  await inTransaction(hub.db, async (tx) => {
    if (thrown.kind === 'unauthorized') await pauseUnauthorized(tx, connectionOf(effect), thrown);
    if (!(await settleEffect(tx, effect, outcome)) || effect.candidate_id === null) return;
    if (outcome.nextTryAt)
      await hub.queue.sendLater(
        tx,
        'perform-effects',
        { candidateId: effect.candidate_id },
        outcome.nextTryAt,
      );
  });
};
