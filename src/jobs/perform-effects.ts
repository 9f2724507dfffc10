/** Performs what a candidate is owed, one effect after the other. */
import type { Capabilities, Invited } from '#connectors/contract.ts';
import { insertAssessment } from '#store/assessments.ts';
import { findCandidate, type CandidateRow } from '#store/candidates.ts';
import type { Executor } from '#store/database.ts';
import { connectionOf, findDueEffects, settleEffect, type EffectRow } from '#store/effects.ts';
import { performClaimed } from './claimed.ts';
import type { Hub } from './hub.ts';
import { noAddress, tellsOfItself, wantNote, type ActionRequest, type Done } from './requests.ts';
import { putScheduleLink } from './schedule-link.ts';
import { callbackUrlOf } from './subscribe-webhooks.ts';
import { writeNote } from './write-note.ts';

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
  if (due.candidate_id === null) return;
  const candidateId = due.candidate_id;
  await performClaimed(hub, {
    due,
    async act(effect, vendor, triedBefore) {
      const candidate = await findCandidate(hub.db, candidateId);
      return act(hub, vendor, effect, candidate, triedBefore);
    },
    async settle(tx, effect, { outcome }) {
      if (!(await settleEffect(tx, effect, outcome))) return false;
      if (outcome.state === 'done' && !tellsOfItself(effect))
        await wantNote(tx, effect, await findCandidate(tx, candidateId), { about: 'sent' });
      return true;
    },
    later: (tx, at) => hub.queue.sendLater(tx, 'perform-effects', { candidateId }, at),
  });
};

const act = (
  hub: Hub,
  vendor: Capabilities,
  effect: EffectRow,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  if (effect.kind === 'assessment') return sendTest(hub, vendor, effect, candidate, triedBefore);
  if (effect.kind === 'live_link') return makeLink(vendor, effect, candidate, triedBefore);
  if (effect.kind === 'ats_link')
    return putScheduleLink(hub, vendor, effect, candidate, triedBefore);
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
      callbackUrl: await callbackUrlOf(hub, connectionOf(effect)),
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
  const { testId, testName } = effect.request as Pick<ActionRequest, 'testId' | 'testName'>;
  const nextPollAt = hub.now() + hub.firstPoll;
  await insertAssessment(tx, {
    effectId: effect.id,
    candidateId: candidate.id,
    connectionId: connectionOf(effect),
    remoteId: invited.id,
    url: invited.url,
    reportUrl: invited.dashboardUrl,
    expiresAt: invited.expiresAt ?? null,
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
