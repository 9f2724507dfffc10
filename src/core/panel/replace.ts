/** Changes of a schedule that stands: somebody else in a seat, or one event at another time. */
import { invalid } from '../errors.ts';
import { conflictsAt } from '../people/conflicts.ts';
import { assign } from './assign.ts';
import { lunchAfter, lunchBefore } from './bound.ts';
import { chairsOf, type Lists, type Timed } from './chairs.ts';
import { checkPanel } from './check.ts';
import { describe } from './describe.ts';
import { slotOf } from './grid.ts';
import type { Panel, Placed, Resource, Schedule, Score, Substitute } from './model.ts';
import { prepare, sittingCost, type Prepared } from './prepare.ts';
import { has } from './rows.ts';
import { never } from './solve.ts';
import { biggest, compare, costOf } from './weights.ts';

const unknown = (what: string, id: string, field: string): Error =>
  invalid('panel_invalid', `panel: there is no ${what} ${id.slice(0, 60)} in the schedule. Look at it again.`, field); // prettier-ignore

/** Each event of the panel stands in it once. */
const checkWhole = ({ events }: Panel, placed: readonly Placed[]): void => {
  for (const { id, name } of events) {
    const times = placed.filter(({ eventId }) => eventId === id).length;
    if (times !== 1)
      throw invalid(
        'panel_invalid',
        `panel: ${name.slice(0, 60)} stands ${String(times)} times in the schedule. Give each event of the panel once.`,
        'schedule',
      );
  }
};

/** The schedule in the solver's terms; `who` follows `chairsOf`. */
const timedOf = (prepared: Prepared, placed: readonly Placed[]): { timed: Timed[]; who: Int32Array } => {
  const at = new Map(prepared.people.map(({ resource }, index) => [resource.id, index]));
  const timed = placed
    .map(({ eventId, start }): Timed => {
      const event = prepared.events.findIndex((one) => one.event.id === eventId);
      if (event < 0) throw unknown('event', eventId, 'schedule');
      return { event, slot: slotOf(prepared.grid, start) };
    })
    .toSorted((a, b) => a.slot - b.slot);
  const left = new Map(
    placed.flatMap(({ eventId, seats }) =>
      seats.map(({ seatId, resourceIds }) => [`${eventId} ${seatId}`, [...resourceIds]]),
    ),
  );
  const who = chairsOf(prepared, timed).map(({ plan, seat }) => {
    const next = left.get(`${plan.event.id} ${seat.seat.id}`)?.shift();
    return next === undefined ? -1 : (at.get(next) ?? -1);
  });
  return { timed, who: Int32Array.from(who) };
}; // prettier-ignore

const reasons = (panel: Panel, resource: Resource, span: { start: number; end: number }): string[] => {
  const { zone, hours, daysOff, perDay, perWeek, busy, booked } = resource;
  const always = [{ from: '00:00', to: '24:00' }];
  const allDay = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always }; // prettier-ignore
  const keeps = panel.limits === 'keep';
  const found = conflictsAt(
    { zone, hours: hours ?? allDay, daysOff, perDay: keeps ? perDay : null, perWeek: keeps ? perWeek : null },
    { busy: busy.flatMap(({ kind, ...one }) => (kind === 'hard' ? [{ ...one, soft: false }] : [])), bookings: booked },
    span,
    panel.buffers === 'keep' ? Math.max(resource.buffer.before, resource.buffer.after) : 0,
  );
  return found.filter(({ blocks }) => blocks).map(({ text }) => `${resource.name} ${text}.`);
}; // prettier-ignore

/** Everybody else who may sit in the place of `resourceId`: whoever can comes first, the best on top. */
export const replacements = (
  panel: Panel,
  placed: readonly Placed[],
  { eventId, seatId, resourceId }: { eventId: string; seatId: string; resourceId: string },
): Substitute[] => {
  checkPanel(panel);
  checkWhole(panel, placed);
  const prepared = prepare(panel);
  const { people, weights } = prepared;
  const { timed, who } = timedOf(prepared, placed);
  const positions = chairsOf(prepared, timed);
  const place = positions.findIndex(
    ({ plan, seat }, index) =>
      plan.event.id === eventId &&
      seat.seat.id === seatId &&
      people[who[index] ?? -1]?.resource.id === resourceId,
  );
  const position = positions[place];
  if (!position) throw unknown('such seat of', resourceId, 'resourceId');
  const { plan, seat, slot, event } = position;
  const span = placed.find((one) => one.eventId === eventId) ?? { start: 0, end: 0 };

  const judge = (one: number, rank: number): Substitute => {
    const resource = people[one]?.resource;
    if (!resource) return { resourceId: '', score: null, remarks: [] };
    const seatedIn = positions.flatMap((other, index) => (index !== place && who[index] === one ? [other] : [])); // prettier-ignore
    const here = seatedIn.some((other) => other.event === event);
    const elsewhere = seatedIn[0];
    if (here || (elsewhere && !panel.repeat && resource.kind === 'person'))
      return { resourceId: resource.id, score: null, remarks: [`${resource.name} sits in ${here ? plan.event.name : (elsewhere?.plan.event.name ?? '')} already.`] }; // prettier-ignore
    if (sittingCost(prepared, plan, { who: one, rank }, slot) === Infinity)
      return { resourceId: resource.id, score: null, remarks: reasons(panel, resource, span) };
    const changed = who.slice();
    changed[place] = one;
    const { score, compromises } = describe(prepared, { cost: 0, timed, who: changed });
    if (panel.limits === 'keep' && compromises.some((of) => of.term === 'limit' && of.resourceId === resource.id))
      return { resourceId: resource.id, score: null, remarks: [`${resource.name} would go beyond a limit.`] }; // prettier-ignore
    const about = compromises.filter((of) => of.resourceId === resource.id);
    return { resourceId: resource.id, score, remarks: about.map(({ text }) => text) };
  };
  const cost = (score: Score | null): number => (score === null ? Infinity : costOf(weights, panel.grain, score)); // prettier-ignore
  return seat.members
    .filter((member) => member.who !== who[place])
    .map((member) => judge(member.who, member.rank))
    .map((substitute) => ({ substitute, cost: cost(substitute.score) }))
    .toSorted((a, b) => (a.cost === b.cost ? 0 : a.cost - b.cost))
    .map(({ substitute }) => substitute);
};

/** Whether these times keep the panel's rules about order, gaps, lunch and days. */
const keepsRules = (prepared: Prepared, timed: readonly Timed[]): boolean => {
  const { grid, events, panel } = prepared;
  const dayOf = (slot: number) => grid.days.find(({ from, to }) => from <= slot && slot < to);
  let over = 0;
  const days = new Set<number>();
  for (const some of Map.groupBy(timed, ({ slot }) => dayOf(slot)).values()) {
    const day = dayOf(some[0]?.slot ?? -1);
    if (!day) return false;
    days.add(day.local);
    let end = -1;
    // Gaps that lunch makes lawful: at most one may be too long without it.
    let tooLong = 0;
    let lunches = 0;
    for (const { event, slot } of some) {
      const plan = events[event];
      if (!plan || (plan.needs & ~over) !== 0 || !has(plan.open, slot)) return false;
      if (end >= 0) {
        const gap = slot - end;
        const { lunch } = day;
        const eats = lunch !== null && Math.min(slot, lunch.to) - Math.max(end, lunch.from) >= grid.lunchSlots;
        if (gap < plan.gap.min) return false;
        if (eats) lunches++;
        if (gap > plan.gap.max) {
          if (!eats || gap - grid.lunchSlots > plan.gap.max) return false;
          tooLong++;
        }
      }
      end = slot + plan.length;
      over |= 1 << event;
    }
    if (tooLong > 1) return false;
    if (lunches === 0 && !lunchBefore(prepared, day, some[0]?.slot ?? 0) && !lunchAfter(prepared, day, end)) return false;
  }
  return days.size <= panel.maxDays;
}; // prettier-ignore

/**
 * Other times for one event while the others stay with their people, best first. `keep`: with the same
 * people in it; else with the best that its seats allow.
 */
export const moves = (
  panel: Panel,
  placed: readonly Placed[],
  eventId: string,
  { schedules = 10, keep = true }: { schedules?: number; keep?: boolean } = {},
): Schedule[] => {
  checkPanel(panel);
  checkWhole(panel, placed);
  const seatedIn = new Map(placed.map((one) => [one.eventId, one]));
  if (!seatedIn.has(eventId)) throw unknown('event', eventId, 'eventId');
  // Whoever sits is the only one who may: the assignment then has nothing to choose.
  const pinned: Panel = {
    ...panel,
    events: panel.events.map((event) =>
      event.id === eventId && !keep
        ? event
        : {
            ...event,
            seats: event.seats.map((seat) => {
              const of = seatedIn.get(event.id)?.seats.find(({ seatId }) => seatId === seat.id)?.resourceIds ?? []; // prettier-ignore
              return { ...seat, of, count: Math.max(1, of.length), required: of.length > 0 && seat.required }; // prettier-ignore
            }),
          },
    ),
  };
  const prepared = prepare(pinned);
  const { grid } = prepared;
  const { timed } = timedOf(prepared, placed);
  const others = timed.filter(({ event }) => prepared.events[event]?.event.id !== eventId);
  const event = prepared.events.findIndex((one) => one.event.id === eventId);
  const length = prepared.events[event]?.length ?? 0;
  const before = timed.find((one) => one.event === event)?.slot;
  const free = (slot: number): boolean =>
    others.every((one) => slot + length <= one.slot || one.slot + (prepared.events[one.event]?.length ?? 0) <= slot); // prettier-ignore
  const lists: Lists = new Map();
  const whole = prepare(panel);
  const { weights } = whole;
  const found = [...grid.starts].flatMap((slot) => {
    if (slot === before || !free(slot)) return [];
    const all = [...others, { event, slot }].toSorted((a, b) => a.slot - b.slot);
    if (!keepsRules(prepared, all)) return [];
    const { cost, who } = assign(prepared, all, lists, never);
    if (cost >= biggest) return [];
    // Whom the pinned seats hold, told as the panel itself has its seats.
    const { events } = describe(prepared, { cost, timed: all, who });
    const schedule = describe(whole, { cost, ...timedOf(whole, events) });
    return [{ slot, cost: costOf(weights, panel.grain, schedule.score), schedule }];
  });
  return found
    .toSorted((a, b) => compare(weights, panel.grain, a, b))
    .slice(0, schedules)
    .map(({ schedule }) => schedule);
};
