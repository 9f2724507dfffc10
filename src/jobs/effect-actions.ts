/** What a person may decide about an effect: retry, skip, and for *unknown* whether it happened. */
import { conflict } from '#core/errors.ts';
import type { EffectState } from '#core/model.ts';
import { findCandidate } from '#store/candidates.ts';
import { inTransaction } from '#store/database.ts';
import { findEffect, moveEffect, type EffectRow } from '#store/effects.ts';
import { wantNote } from './requests.ts';
import type { Hub } from './hub.ts';

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

/** A retry looks the thing up first, as after a crash, so nothing is done twice. */
export const decideEffect = async (
  hub: Hub,
  id: string,
  decision: EffectDecision,
  actor: { name: string },
): Promise<EffectRow> => {
  const effect = await findEffect(hub.db, id);
  const move = moves[decision];
  await inTransaction(hub.db, async (tx) => {
    const moved = await moveEffect(tx, id, move.from, {
      state: move.to,
      text: move.text,
      actor: actor.name,
    });
    if (!moved)
      throw conflict(
        'effect_state',
        `effect: it is ${effect.state} and cannot be changed so. Look at it again.`,
      );
    if (effect.candidate_id === null) return;
    if (decision === 'it_happened' && effect.kind !== 'note')
      await wantNote(tx, effect, await findCandidate(tx, effect.candidate_id), { about: 'sent' });
    await hub.queue.send(tx, 'perform-effects', { candidateId: effect.candidate_id });
  });
  return findEffect(hub.db, id);
};
