/**
 * The peer of the search: depth first over order, starts and seats on lists of intervals, as one would
 * write it without the engine. Pools are sorted by cost, a binary search tells who is free, and every
 * branch is cut whose cost so far, with the least that the rest can cost, does not beat what is known.
 * It proves its answer as the engine does, and shares no code with it.
 *
 * It knows what the panels of the bench ask: events of one seat for one person each, all on one day in
 * any order, nobody twice, limits kept, buffers avoided, terms in the model's order.
 */
import type { Panel } from '#core/panel/model.ts';
import { daysOf, type Day, type Person } from './interval-lists.ts';

const minute = 60_000;
const longest = 300_000;
const tooLong =
  'bench: the depth-first search came to no proof within five minutes. Take other seeds or fewer people.';

/** The terms that differ. `grave`: those before `idle`, as one number; `start` is the instant. */
export interface Found {
  start: number;
  grave: number;
  idle: number;
  load: number;
}

/** Negative: `a` is better. */
const compare = (a: Found, b: Found): number =>
  a.grave - b.grave || a.idle - b.idle || a.load - b.load || a.start - b.start;

/** A branch: when its last event ends, what it costs, and what is open. */
interface Branch {
  end: number;
  grave: number;
  idle: number;
  load: number;
  /** The least that the open events can cost. */
  restGrave: number;
  restLoad: number;
  /** Milliseconds of the open events. */
  open: number;
  /** Lunch lies in a gap. */
  eaten: boolean;
}

/**
 * The best schedules with different starts, best first, proven. `remember`: who can take an event at a
 * time is looked up once for each day, where else every branch asks anew. Throws after five minutes.
 */
export const depthFirst = (panel: Panel, count: number, remember: boolean): Found[] => {
  const step = panel.lattice * minute;
  const least = panel.gap.min * minute;
  const most = panel.gap.max === null ? Infinity : panel.gap.max * minute;
  const found: Found[] = [];
  const deadline = performance.now() + longest;
  let nodes = 0;

  /** The best that starts at this instant and is among the best of all; null: there is none. */
  const bestFrom = ({ window, lunch, events }: Day, first: number): Found | null => {
    let best: Found | null = null;
    let limit = found.length < count ? null : (found.at(-1) ?? null);
    const used = new Set<Person>();
    const done = events.map(() => false);

    const isHopeless = (grave: number, idle: number, load: number): boolean =>
      limit !== null && compare({ start: first, grave, idle, load }, limit) >= 0;
    const lunchFits = (from: number, to: number): boolean =>
      lunch !== null && Math.min(to, lunch.end) - Math.max(from, lunch.start) >= lunch.length;
    const lunchBefore = lunch === null || lunchFits(-Infinity, first);

    /** Every open event at `branch.end`, with everybody who can. */
    const place = (branch: Branch): void => {
      const { end: at, idle } = branch;
      if (at + branch.open > window.end) return;
      events.forEach((event, index) => {
        if (done[index] === true) return;
        const restGrave = branch.restGrave - event.leastGrave;
        const restLoad = branch.restLoad - event.leastLoad;
        const open = branch.open - event.length;
        done[index] = true;
        const sit = (person: Person, grave: number, load: number): void => {
          nodes += 1;
          if (nodes % 65_536 === 0 && performance.now() > deadline) throw new Error(tooLong);
          used.add(person);
          const end = at + event.length;
          proceed({ end, grave, idle, load, restGrave, restLoad, open, eaten: branch.eaten });
          used.delete(person);
        };
        for (const candidate of remember ? event.remembered(at) : event.pool) {
          const load = branch.load + candidate.load;
          if (isHopeless(branch.grave + candidate.grave + restGrave, idle, load + restLoad)) break;
          if (used.has(candidate.person)) continue;
          const own = remember ? candidate.grave : event.graveAt(candidate, at);
          if (own === null) continue;
          const grave = branch.grave + own;
          if (!isHopeless(grave + restGrave, idle, load + restLoad))
            sit(candidate.person, grave, load);
        }
        done[index] = false;
      });
    };

    /** Ends here, or goes on after every pause that is allowed. */
    const proceed = (branch: Branch): void => {
      const { end, eaten, open } = branch;
      if (open === 0) {
        if (!eaten && !lunchBefore && !lunchFits(end, Infinity)) return;
        best = { start: first, grave: branch.grave, idle: branch.idle, load: branch.load };
        limit = best;
        return;
      }
      const grave = branch.grave + branch.restGrave;
      const load = branch.load + branch.restLoad;
      const goOn = (at: number, wait: number, eatenNow: boolean): void => {
        const idle = branch.idle + wait;
        if (wait <= most && !isHopeless(grave, idle, load))
          place({ ...branch, end: at, idle, eaten: eatenNow });
      };
      const longest = most + (eaten ? 0 : (lunch?.length ?? 0));
      const last = Math.min(end + longest, window.end - open);
      for (let at = Math.ceil((end + least) / step) * step; at <= last; at += step) {
        goOn(at, at - end, eaten);
        if (!eaten && lunch && lunchFits(end, at)) goOn(at, at - end - lunch.length, true);
      }
    };

    const sum = (of: (event: Day['events'][number]) => number): number =>
      events.reduce((total, event) => total + of(event), 0);
    place({
      end: first,
      grave: 0,
      idle: 0,
      load: 0,
      restGrave: sum(({ leastGrave }) => leastGrave),
      restLoad: sum(({ leastLoad }) => leastLoad),
      open: sum(({ length }) => length),
      eaten: false,
    });
    return best;
  };

  for (const day of daysOf(panel)) {
    const { start, end } = day.window;
    for (let first = Math.ceil(start / step) * step; first < end; first += step) {
      const best = bestFrom(day, first);
      if (!best) continue;
      found.push(best);
      found.sort(compare);
      found.length = Math.min(found.length, count);
    }
  }
  return found;
};
