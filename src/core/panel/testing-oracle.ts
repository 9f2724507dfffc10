/**
 * The answer by brute force: every sequence of events, every start, every way to fill the seats. Only what
 * cannot be is cut off, never what costs more. For panels of a few events and some dozen starts.
 */
import {
  dayNumber,
  lookAt,
  lunchSlots,
  slotsOf,
  startSlots,
  weekNumber,
  type Sitting,
} from './testing-oracle-facts.ts';
import { terms, type Panel, type Placed, type Score, type Seat, type Term } from './model.ts';

const ofFilling = ['optional', 'rank', 'unknown', 'soft', 'preferred', 'met', 'buffer'] as const;

/** Who sits where in one event; `who` are indices of resources. */
interface Filling {
  who: readonly number[];
  seats: ReadonlyArray<readonly number[]>;
  cost: Record<(typeof ofFilling)[number], number>;
}

interface Option {
  start: number;
  end: number;
  day: number;
  fillings: readonly Filling[];
}

const subsets = (of: readonly number[], size: number): number[][] => {
  if (size === 0) return [[]];
  return of.flatMap((first, index) =>
    subsets(of.slice(index + 1), size - 1).map((rest) => [first, ...rest]),
  );
};

const sittings = (panel: Panel, seats: readonly Seat[], facts: readonly Sitting[], optional: boolean): Filling[] => {
  const found: Filling[] = [];
  const fill = (at: number, chosen: ReadonlyArray<readonly number[]>): void => {
    const seat = seats[at];
    const who = chosen.flat();
    if (seat) {
      const members = [...new Set(seat.of)].map((id) => panel.resources.findIndex((one) => one.id === id));
      const able = members.filter((one) => facts[one]?.free === true && !who.includes(one));
      const least = seat.required ? seat.count : 0;
      const most = seat.required || optional ? seat.count : 0;
      for (let size = least; size <= most; size += 1)
        for (const some of subsets(able, size)) fill(at + 1, [...chosen, some]);
      return;
    }
    const cost = { optional: 0, rank: 0, unknown: 0, soft: 0, preferred: 0, met: 0, buffer: 0 };
    seats.forEach(({ required, count, ranked, of }, index) => {
      const some = chosen[index] ?? [];
      if (!required) cost.optional += count - some.length;
      for (const one of ranked ? some : [])
        cost.rank += Math.min(9, of.indexOf(panel.resources[one]?.id ?? ''));
    });
    for (const one of who)
      for (const term of ['unknown', 'soft', 'preferred', 'met', 'buffer'] as const)
        cost[term] += facts[one]?.[term] ?? 0;
    found.push({ who, seats: chosen, cost });
  };
  fill(0, []);
  return found;
}; // prettier-ignore

interface Plan {
  index: number;
  option: Option;
}

interface Search {
  /** All times that events can have together, in the order of time, with the minutes idle; true ends it. */
  times: (visit: (plans: readonly Plan[], idle: number) => void, skip?: (start: number) => boolean) => void;
  /** All ways to fill them, with what the people cost together; `visit` returns true to end it. */
  seats: (
    plans: readonly Plan[],
    visit: (fillings: readonly Filling[], limit: number, load: number) => boolean,
  ) => void;
} // prettier-ignore

const searchOf = (panel: Panel, optional: boolean): Search => {
  const slots = slotsOf(panel);
  const looks = panel.resources.map((one) => lookAt(panel, slots, one));
  const inSlots = (minutes: number): number => Math.ceil((minutes * 60_000) / slots.grain);
  const instant = (slot: number): number => slots.first + slot * slots.grain;
  const options = panel.events.map((event): Option[] => {
    const count = inSlots(event.minutes);
    return startSlots(panel, slots, event, count).flatMap((start) => {
      const facts = looks.map((look) => look(start, count));
      const fillings = sittings(panel, event.seats, facts, optional);
      const day = dayNumber(panel.zone, instant(start));
      return fillings.length > 0 ? [{ start, end: start + count, day, fillings }] : [];
    });
  });
  const lunchMinutes = panel.lunch ? inSlots(panel.lunch.minutes) : 0;
  const lunches = new Map<number, [number, number]>();
  const lunchOf = (day: number): [number, number] => {
    const known = lunches.get(day) ?? lunchSlots(panel, slots, day);
    lunches.set(day, known);
    return known;
  };
  const slotMinutes = slots.grain / 60_000;

  /** Minutes idle on one day, or null where a pause or lunch is wrong: all places of lunch are tried. */
  const idleOn = (day: readonly Plan[]): number | null => {
    const [opens, closes] = lunchOf(day[0]?.option.day ?? 0);
    let best: number | null = null;
    for (let place = 0; place <= day.length; place += 1) {
      const from = Math.max(opens, day[place - 1]?.option.end ?? opens);
      const to = Math.min(closes, day[place]?.option.start ?? closes);
      if (to - from < lunchMinutes) continue;
      let idle = 0;
      for (let at = 1; at < day.length; at += 1) {
        const event = panel.events[day[at]?.index ?? 0];
        const { min, max } = event?.gap ?? panel.gap;
        const pause = ((day[at]?.option.start ?? 0) - (day[at - 1]?.option.end ?? 0)) * slotMinutes;
        const counted = pause - (at === place ? lunchMinutes * slotMinutes : 0);
        if (pause < min || counted > (max ?? Infinity)) idle = Infinity;
        idle += counted;
      }
      if (idle < (best ?? Infinity)) best = idle;
    }
    return best;
  };

  const times: Search['times'] = (visit, skip = () => false) => {
    const chosen: Plan[] = [];
    const extend = (idleBefore: number): void => {
      const last = chosen.at(-1)?.option;
      const today = chosen.filter(({ option }) => option.day === last?.day);
      if (chosen.length === panel.events.length) {
        const idle = idleOn(today);
        if (idle !== null) visit(chosen, idleBefore + idle);
        return;
      }
      panel.events.forEach((event, index) => {
        if (chosen.some((one) => one.index === index)) return;
        if (panel.order === 'fixed' && index !== chosen.length) return;
        if (event.after.some((id) => !chosen.some((one) => panel.events[one.index]?.id === id))) return;
        const { min, max } = event.gap ?? panel.gap;
        for (const option of options[index] ?? []) {
          if (!last && skip(instant(option.start))) continue;
          let idle = idleBefore;
          if (last) {
            if (option.start < last.end) continue;
            if (option.day === last.day) {
              const pause = (option.start - last.end) * slotMinutes;
              if (pause < min || pause - lunchMinutes * slotMinutes > (max ?? Infinity)) continue;
            } else {
              if (new Set([...chosen.map((one) => one.option.day), option.day]).size > panel.maxDays) continue;
              const before = idleOn(today);
              if (before === null) continue;
              idle += before;
            }
          }
          chosen.push({ index, option });
          extend(idle);
          chosen.pop();
        }
      });
    };
    extend(0);
  };

  const counts = (unit: typeof dayNumber): Array<Map<number, number>> =>
    panel.resources.map(({ booked, zone }) => {
      const found = new Map<number, number>();
      for (const { start, end } of booked)
        if (start < end) found.set(unit(zone, start), (found.get(unit(zone, start)) ?? 0) + 1);
      return found;
    });
  const onDay = counts(dayNumber);
  const inWeek = counts(weekNumber);
  const units = new Map<number, ReadonlyArray<readonly [number, number]>>();
  /** The day and week of an event for each resource. */
  const unitsAt = (slot: number): ReadonlyArray<readonly [number, number]> => {
    const at = instant(slot);
    const known = units.get(slot) ??
      panel.resources.map(({ zone }) => [dayNumber(zone, at), weekNumber(zone, at)] as const);
    units.set(slot, known);
    return known;
  };

  const seats: Search['seats'] = (plans, visit) => {
    const busy = new Uint8Array(panel.resources.length);
    const fillings: Filling[] = [];
    /** One by one, each interview is worth what it adds. */
    const seat = (at: number, limit: number, load: number): boolean => {
      const plan = plans[at];
      if (!plan) return visit(fillings, limit, load);
      const names = unitsAt(plan.option.start);
      for (const filling of plan.option.fillings) {
        if (!panel.repeat && filling.who.some((one) => busy[one] !== 0 && panel.resources[one]?.kind === 'person'))
          continue;
        let over = 0;
        let more = 0;
        for (const one of filling.who) {
          busy[one] = (busy[one] ?? 0) + 1;
          const [day, week] = names[one] ?? [0, 0];
          const days = onDay[one] ?? new Map<number, number>();
          const weeks = inWeek[one] ?? new Map<number, number>();
          const today = (days.get(day) ?? 0) + 1;
          const thisWeek = (weeks.get(week) ?? 0) + 1;
          days.set(day, today);
          weeks.set(week, thisWeek);
          const { perDay, perWeek, kind } = panel.resources[one] ?? { perDay: null, perWeek: null, kind: 'room' };
          if (kind === 'person') more += thisWeek ** 2 - (thisWeek - 1) ** 2;
          if (kind === 'person' || panel.limits === 'keep')
            over += (today > (perDay ?? Infinity) ? 1 : 0) + (thisWeek > (perWeek ?? Infinity) ? 1 : 0);
        }
        fillings.push(filling);
        const ended = panel.limits === 'keep' && over > 0 ? false : seat(at + 1, limit + over, load + more);
        fillings.pop();
        for (const one of filling.who) {
          busy[one] = (busy[one] ?? 0) - 1;
          const [day, week] = names[one] ?? [0, 0];
          onDay[one]?.set(day, (onDay[one].get(day) ?? 0) - 1);
          inWeek[one]?.set(week, (inWeek[one].get(week) ?? 0) - 1);
        }
        if (ended) return true;
      }
      return false;
    };
    seat(0, 0, 0);
  };
  return { times, seats };
}; // prettier-ignore

/** Below zero where `a` is better. */
const comparison = ({ objective }: Panel): ((a: Score, b: Score) => number) => {
  if (objective && 'weights' in objective) {
    const weights = Object.entries(objective.weights) as Array<[Term, number]>;
    const sum = (score: Score): number => weights.reduce((all, [term, weight]) => all + score[term] * weight, 0);
    return (a, b) => sum(a) - sum(b);
  }
  const order = objective?.order ?? terms;
  return (a, b) => {
    for (const term of order) if (a[term] !== b[term]) return a[term] - b[term];
    return 0;
  };
}; // prettier-ignore

export interface Found {
  start: number;
  score: Score;
  events: Placed[];
}

/** The best schedules, at most `most`, each the best of its start; of equals the earlier comes first. */
export const bruteForce = (panel: Panel, most: number): Found[] => {
  const search = searchOf(panel, true);
  const compare = comparison(panel);
  const slots = slotsOf(panel);
  const instant = (slot: number): number => slots.first + slot * slots.grain;
  const best = new Map<number, Found>();
  search.times((plans, idle) => {
    const start = instant(plans[0]?.option.start ?? 0);
    const days = new Set(plans.map(({ option }) => option.day)).size - 1;
    const late = (start - panel.horizon.start) / 60_000;
    search.seats(plans, (fillings, limit, load) => {
      const score: Score = {
        optional: 0, unknown: 0, soft: 0, preferred: 0, limit, met: 0, buffer: 0, idle, days, load, start: late, rank: 0,
      };
      for (const { cost } of fillings) for (const term of ofFilling) score[term] += cost[term];
      const known = best.get(start);
      if (known && compare(known.score, score) <= 0) return false;
      const events = plans.map(({ index, option }, at): Placed => ({
        eventId: panel.events[index]?.id ?? '',
        start: instant(option.start),
        end: instant(option.start) + (panel.events[index]?.minutes ?? 0) * 60_000,
        seats: (panel.events[index]?.seats ?? []).map(({ id }, seat) => ({
          seatId: id,
          resourceIds: (fillings[at]?.seats[seat] ?? []).map((one) => panel.resources[one]?.id ?? ''),
        })),
      }));
      best.set(start, { start, score, events });
      return false;
    });
  });
  return [...best.values()]
    .sort((a, b) => compare(a.score, b.score) || a.start - b.start)
    .slice(0, most);
}; // prettier-ignore

/** All instants at which some schedule starts, the earliest first. */
export const bruteStarts = (panel: Panel): number[] => {
  const search = searchOf(panel, false);
  const slots = slotsOf(panel);
  const starts = new Set<number>();
  search.times(
    (plans) => {
      const start = slots.first + (plans[0]?.option.start ?? 0) * slots.grain;
      if (starts.has(start)) return;
      search.seats(plans, () => {
        starts.add(start);
        return true;
      });
    },
    (start) => starts.has(start),
  );
  return [...starts].sort((a, b) => a - b);
};
