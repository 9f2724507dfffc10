/** Who was chosen has gone meanwhile: who else could sit there, at the same times. */
import type { SeatProblem } from '#core/interview/fill.ts';
import type { FilledSeat, Plan } from '#core/interview/model.ts';
import { replaceSeat } from '#core/interview/operations.ts';
import { gatherCrowd } from './interview-people.ts';
import type { Hub } from './hub.ts';
import type { RunOptions } from './panel-work.ts';
import { inPlaceOf, sitsTwice, substitutesFor, type Seated } from './rearrange-interview.ts';

/** One in the place of another. */
export interface Swap {
  eventId: string;
  event: string;
  personId: string;
  name: string;
  byPersonId: string;
  byName: string;
}

export interface Instead {
  swaps: Swap[];
  /** What was asked for, with the swaps made. */
  plan: Plan;
}

/** Somebody who was named alone was meant; of a pool or a list another one does as well. */
const hasOthers = ({ from }: FilledSeat): boolean =>
  from !== undefined && (from.kind === 'pool' || from.personIds.length > 1);

/**
 * `open`: what speaks against the plan and was not taken on. Null: something of it cannot be helped by
 * other people. One question to the engine for each seat.
 */
export const takeInstead = async (
  hub: Hub,
  asked: Seated,
  open: readonly SeatProblem[],
  run: RunOptions,
): Promise<Instead | null> => {
  const swaps: Swap[] = [];
  const repeats = sitsTwice(asked.plan);
  let { plan } = asked;
  for (const { eventId, personId } of distinct(open)) {
    const event = plan.events.find(({ id }) => id === eventId);
    const seat = event?.seats.find((one) => one.personId === personId);
    if (!event || !seat || !hasOthers(seat)) return null;
    const found = await substitutesFor(
      hub,
      { ...asked, plan },
      { eventId, personId: seat.personId },
      run,
      repeats,
    );
    const best = found.find(({ score }) => score !== null);
    if (!best) return null;
    const { resourceId: byPersonId, name: byName } = best;
    const crowd = await gatherCrowd(hub, hub.db, asked.connection_id);
    plan = replaceSeat(plan, eventId, seat.personId, inPlaceOf(crowd, seat, byPersonId, ''));
    const { personId: gone, name } = seat;
    swaps.push({ eventId, event: event.name, personId: gone, name, byPersonId, byName });
  }
  return swaps.length === 0 ? null : { swaps, plan };
};

/** Several things may speak against the same person at the same time. */
const distinct = (open: readonly SeatProblem[]): SeatProblem[] => [
  ...new Map(open.map((one) => [`${one.eventId} ${one.personId ?? ''}`, one])).values(),
];
