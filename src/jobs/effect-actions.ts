/** What a person may decide about an effect: retry, skip, and for *unknown* whether it happened. */
import { conflict, LoopwrightError } from '#core/errors.ts';
import type { EffectState } from '#core/model.ts';
import { ConnectorError, type Invited, type LiveSession } from '#connectors/contract.ts';
import { findCandidate, type CandidateRow } from '#store/candidates.ts';
import { findConnection } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { connectionOf, findEffect, moveEffect, type EffectRow } from '#store/effects.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { confirmThing } from '#store/interview-effects.ts';
import type { Hub } from './hub.ts';
import { awaitResult } from './perform-effects.ts';
import { tellsOfItself, wantNote } from './requests.ts';

export const effectDecisions = ['retry', 'skip', 'it_happened', 'it_did_not'] as const;
export type EffectDecision = (typeof effectDecisions)[number];

interface Move {
  from: readonly EffectState[];
  to: EffectState;
  text: string;
}

const moves: Record<EffectDecision, Move> = {
  retry: { from: ['failed', 'skipped', 'owed', 'unknown'], to: 'owed', text: 'Retry asked for.' },
  skip: { from: ['owed', 'waiting', 'failed', 'unknown'], to: 'skipped', text: 'Skipped by hand.' },
  it_happened: { from: ['unknown'], to: 'done', text: 'Checked at the vendor: it happened.' },
  it_did_not: { from: ['unknown'], to: 'owed', text: 'Checked at the vendor: it did not happen.' },
};

/** What may be decided about an effect in this state. */
export const decisionsFor = (state: EffectState): EffectDecision[] =>
  effectDecisions.filter((decision) => moves[decision].from.includes(state));

type Found = { invited: Invited } | { session: LiveSession } | { note: { id: string } };

/** What the vendor has under the effect's ref; null also when it cannot be asked now. */
const lookUp = async (
  hub: Hub,
  effect: EffectRow,
  candidate: CandidateRow,
): Promise<Found | null> => {
  const { kind, ref } = effect;
  try {
    const vendor = await hub.open(await findConnection(hub.db, connectionOf(effect)));
    if (kind === 'assessment') {
      const invited = await vendor.assessments?.find(ref);
      return invited ? { invited } : null;
    }
    if (kind === 'live_link' || kind === 'live_session') {
      const session = await vendor.liveSessions?.find(ref);
      return session ? { session } : null;
    }
    if (kind !== 'note') return null;
    const note = await vendor.ats?.findNote(candidate.remote_id, ref);
    return note ? { note } : null;
  } catch (thrown) {
    if (thrown instanceof ConnectorError || thrown instanceof LoopwrightError) return null;
    throw thrown;
  }
};

const marks = (found: Found | null): { remoteId?: string; remoteUrl?: string } => {
  if (found === null) return {};
  if ('note' in found) return { remoteId: found.note.id };
  const { id, url } = 'invited' in found ? found.invited : found.session;
  return { remoteId: id, remoteUrl: url };
};

/**
 * A retry looks the thing up first, as after a crash, so nothing is done twice. What a person found
 * at the vendor is looked up as well, for its address and its result; the word counts either way.
 */
export const decideEffect = async (
  hub: Hub,
  id: string,
  decision: EffectDecision,
  actor: Actor,
): Promise<EffectRow> => {
  const effect = await findEffect(hub.db, id);
  const move = moves[decision];
  const candidate =
    effect.candidate_id === null ? null : await findCandidate(hub.db, effect.candidate_id);
  const asks = decision === 'it_happened' && effect.state === 'unknown' && candidate !== null;
  const found = asks ? await lookUp(hub, effect, candidate) : null;
  await inTransaction(hub.db, async (tx) => {
    const moved = await moveEffect(tx, id, move.from, {
      state: move.to,
      text: move.text,
      actor: actor.name,
      ...marks(found),
    });
    if (!moved)
      throw conflict(
        'effect_state',
        `effect: it is ${effect.state} and cannot be changed so. Look at it again.`,
      );
    await insertAudit(tx, actor, `effect.${decision}`, id);
    if (candidate === null) return;
    if (found && 'invited' in found) await awaitResult(hub, tx, effect, candidate, found.invited);
    if (effect.interview_id !== null) {
      if (decision === 'it_happened') await confirmThing(tx, id);
      const job = { interviewId: effect.interview_id };
      await hub.queue.send(tx, 'reconcile-interview', job);
      return;
    }
    if (decision === 'it_happened' && !tellsOfItself(effect))
      await wantNote(tx, effect, candidate, { about: 'sent' });
    await hub.queue.send(tx, 'perform-effects', { candidateId: candidate.id });
  });
  return findEffect(hub.db, id);
};
