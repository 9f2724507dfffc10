/** What cannot or need not be taken back: said of a thing when it is made, and of some of them later. */
import type { Held } from './diff.ts';
import type { Scene } from './scene.ts';
import { candidateInvite, candidateMail } from './things.ts';

export const withLasting = (
  { id, state, ats }: Pick<Scene, 'id' | 'state' | 'ats'>,
  held: readonly Held[],
): Held[] => {
  const invites = candidateInvite(id, 0).slice(0, -1);
  /** Whoever has an invite hears by it; so does who was uninvited by it already. */
  const isInvited = held.some(
    ({ thing, stands, act, inDoubt }) =>
      thing.startsWith(invites) && (stands !== null || inDoubt || act === 'remove'),
  );
  return held.map((one) => {
    // What the ATS does not show can neither be changed there nor taken out.
    if (ats.gone && one.kind === 'ats_interview') return { ...one, lasting: true };
    // A mail cannot be unsent; who has nothing else is told by another one.
    const isOff = state === 'cancelled' && one.thing === candidateMail(id);
    return isOff && !isInvited ? { ...one, lasting: false } : one;
  });
};
