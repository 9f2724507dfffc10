/** The places of events at their times, and who could take each. */
import { sittingCost, type EventPlan, type Prepared, type SeatPlan } from './prepare.ts';

/** An event at a start: its index in `events`, and a slot. */
export interface Timed {
  event: number;
  slot: number;
}

export interface Assignment {
  cost: number;
  /** By position, in the order of `chairsOf`: whom, or -1 for a position left empty. */
  who: Int32Array;
  /** What a position would pay for one more place of a person. */
  worth: Map<number, number> | null;
}

/** One place to fill. */
export interface Chair {
  event: number;
  plan: EventPlan;
  seat: SeatPlan;
  slot: number;
}

export interface Position extends Chair {
  /** Cheapest first, as many as could ever be needed. */
  who: number[];
  cost: number[];
}

/** An event's positions at a start, kept between schedules that share them. */
export type Lists = Map<number, Position[]>;

const listOf = (prepared: Prepared, plan: EventPlan, seat: SeatPlan, slot: number): { who: number[]; cost: number[] } => {
  const who: number[] = [];
  const cost: number[] = [];
  for (const member of seat.members) {
    const own = sittingCost(prepared, plan, member, slot);
    // Of a position's members no more than there are positions can be in use elsewhere.
    const full = cost.length === prepared.positions;
    if (own === Infinity || (full && own >= (cost.at(-1) ?? 0))) continue;
    if (full) {
      who.pop();
      cost.pop();
    }
    let at = cost.length;
    while (at > 0 && own < (cost[at - 1] ?? 0)) at--;
    who.splice(at, 0, member.who);
    cost.splice(at, 0, own);
  }
  return { who, cost };
}; // prettier-ignore

/** All places to fill, as `Assignment.who` has them. */
export const chairsOf = ({ events }: Prepared, timed: readonly Timed[]): Chair[] =>
  timed.flatMap(({ event, slot }) => {
    const plan = events[event];
    return plan ? plan.chairs.map((seat) => ({ event, plan, seat, slot })) : [];
  });

export const positionsOf = (
  prepared: Prepared,
  timed: readonly Timed[],
  lists: Lists,
): Position[] => {
  const all: Position[] = [];
  for (const one of timed) {
    const key = one.event * prepared.grid.slots + one.slot;
    let positions = lists.get(key);
    if (!positions) {
      const lasts = new Map<SeatPlan, ReturnType<typeof listOf>>();
      positions = chairsOf(prepared, [one]).map((chair) => {
        const list = lasts.get(chair.seat) ?? listOf(prepared, chair.plan, chair.seat, chair.slot);
        lasts.set(chair.seat, list);
        return { ...chair, ...list };
      });
      lists.set(key, positions);
    }
    all.push(...positions);
  }
  return all;
};
