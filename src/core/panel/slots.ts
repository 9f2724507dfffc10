/** When a whole loop, or one event of it, can start: what a candidate is offered. */
import { checkPanel } from './check.ts';
import { instantAt } from './grid.ts';
import type { Panel, Stop } from './model.ts';
import { prepare, type EventPlan, type Prepared, type SeatPlan } from './prepare.ts';
import { emptyRow, has, intersect, unite, type Row } from './rows.ts';
import { improve, type Start } from './search.ts';
import { never, scopesOf } from './solve.ts';

/** Nothing but feasibility counts: every schedule costs nothing. */
export const withoutObjective = (panel: Panel): Panel => ({ ...panel, objective: { order: [] } });

/** Whether somebody could be wanted for two positions: else seats can be looked at one by one. */
const contested = ({ events, people }: Prepared): boolean => {
  const seen = new Uint8Array(people.length);
  return events.some(({ seats }) =>
    seats.some(({ members }) =>
      members.some(({ who }) => {
        const again = seen[who] === 1;
        seen[who] = 1;
        return again;
      }),
    ),
  );
};

/** Starts at which enough members of a seat are free. */
const seatRow = ({ people, grid }: Prepared, { length }: EventPlan, { members, count, empty }: SeatPlan): Row | null => {
  if (empty < Infinity) return null;
  const rows = members.flatMap(({ who }) => people[who]?.sittings.get(length)?.free ?? []);
  if (count === rows.length || count === 1) {
    const row = rows[0]?.slice() ?? emptyRow(grid.slots);
    for (const other of rows.slice(1))
      if (count === 1) unite(row, other);
      else intersect(row, other);
    return row;
  }
  // Bit by bit: `least[n]` is where at least n + 1 members are free.
  const least = Array.from({ length: count }, () => emptyRow(grid.slots));
  for (const free of rows)
    for (let place = count - 1; place >= 0; place--) {
      const row = least[place];
      const below = place === 0 ? null : least[place - 1];
      for (let word = 0; row && word < row.length; word++)
        row[word] = (row[word] ?? 0) | ((free[word] ?? 0) & (below ? (below[word] ?? 0) : -1));
    }
  return least[count - 1] ?? null;
}; // prettier-ignore

const singleEvent = (prepared: Prepared, plan: EventPlan): number[] => {
  const row = plan.open.slice();
  for (const seat of plan.seats) {
    const free = seatRow(prepared, plan, seat);
    if (free) intersect(row, free);
  }
  const { grid } = prepared;
  const lunchStays = ({ from, to, lunch }: (typeof grid.days)[number], slot: number): boolean =>
    lunch === null ||
    (from <= slot &&
      slot < to &&
      (Math.min(slot, lunch.to) - lunch.from >= grid.lunchSlots ||
        lunch.to - Math.max(slot + plan.length, lunch.from) >= grid.lunchSlots));
  const found: number[] = [];
  for (const day of grid.days)
    for (let index = day.first; index < day.last; index++) {
      const slot = grid.starts[index] ?? 0;
      if (has(row, slot) && lunchStays(day, slot)) found.push(instantAt(grid, slot));
    }
  return found;
};

/** Finds out of each start whether anything can start there. False: it was stopped. */
export const settleStarts = (starts: readonly Start[], loose: boolean, stop: Stop): boolean => {
  for (const start of starts)
    while (!loose && start.low < Infinity && start.best === null)
      if (stop() || !improve(start, Infinity, stop)) return false;
  return true;
};

export const isPossible = ({ low }: Start): boolean => low < Infinity;

export const startsOf = (prepared: Prepared, stop: Stop = never): number[] => {
  const loose = !contested(prepared);
  const [only, more] = prepared.events;
  if (only && !more && loose) return singleEvent(prepared, only);
  const starts = scopesOf(prepared).flatMap((scope) => scope.starts);
  settleStarts(starts, loose, stop);
  return starts.filter(isPossible).map(({ slot }) => instantAt(prepared.grid, slot));
};

/** Instants at which the whole loop can start, in order. Throws as `solve` does. */
export const startTimes = (panel: Panel, stop: Stop = never): number[] => {
  checkPanel(panel);
  return startsOf(prepare(withoutObjective(panel)), stop);
};

/** Instants at which one event can take place, whatever the others need. */
export const eventTimes = (panel: Panel, eventId: string): number[] => {
  const events = panel.events.filter(({ id }) => id === eventId);
  return startTimes({ ...panel, events: events.map((event) => ({ ...event, after: [] })) });
};
