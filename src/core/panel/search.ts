/**
 * The best schedule from one start on. First the cheapest path through the tables, with its people
 * assigned exactly; while its cost is above the bound, people who are wanted twice get a price and the
 * bound is found again; and where that does not close the gap, paths are searched depth first, each left
 * as soon as it cannot beat what is known.
 */
import { assign } from './assign.ts';
import {
  fillTables,
  layersAt,
  lunchAfter,
  restCost,
  rowAt,
  startCost,
  waysOn,
  type Bound,
} from './bound.ts';
import type { Lists, Timed } from './chairs.ts';
import { costDay } from './costs.ts';
import type { Day } from './grid.ts';
import type { Stop } from './model.ts';
import type { Prepared } from './prepare.ts';
import { givenBack } from './repeating.ts';
import { biggest } from './weights.ts';

/** Days that share tables and prices: one, or all of them where a panel may take several. */
export interface Scope {
  prepared: Prepared;
  days: Day[];
  bound: Bound;
  /** By person, in eighths: sums of them are exact. Null: all 0. */
  prices: Float64Array | null;
  /** What is given back of the prices. */
  paid: number;
  lists: Lists;
  starts: Start[];
  /** Whether a schedule had nobody for a seat: then what is begun is looked at, too. */
  scarce: boolean;
}

export interface Found {
  cost: number;
  timed: Timed[];
  who: Int32Array;
}

export interface Start {
  scope: Scope;
  /** The place of its day in the scope. */
  place: number;
  /** Index in `grid.starts`. */
  index: number;
  slot: number;
  /** Nothing that starts here costs less; infinite: nothing starts here. */
  low: number;
  best: Found | null;
  /** How often prices were tried. */
  tries: number;
}

/** A schedule begun. */
interface Node {
  place: number;
  k: number;
  left: number;
  lunch: number;
  /** The end of the last event. */
  slot: number;
  /** Idle time and days so far. */
  fixed: number;
  /** All costs so far, people at their prices. */
  spent: number;
  /** What it costs at least once it is finished. */
  least: number;
  event: number;
  begun: number;
  before: Node | null;
}

const nothing = new Float64Array(0);

const allEvents = ({ events }: Prepared): number => (1 << events.length) - 1;

const daysLeft = ({ prepared, days }: Scope): number =>
  days.length > 1 ? prepared.panel.maxDays : 1;

/** Costs are whole, so a bound may be rounded up. */
const asLow = (cost: number): number => (cost >= biggest ? Infinity : Math.ceil(cost));

/**
 * Fills tables again with what people cost now, and raises the bounds of the scope's starts. `which`: the
 * events whose costs are not known yet, as a mask. False: it was stopped.
 */
const price = (scope: Scope, prices: Float64Array | null, which: number, stop: Stop): boolean => {
  const { prepared, bound, days } = scope;
  scope.prices = prices;
  const { starts } = prepared.grid;
  const slots = days.flatMap(({ first, last }) => [starts[first] ?? 0, starts[last - 1] ?? 0]);
  scope.paid = 0;
  prices?.forEach((one, who) => (scope.paid += givenBack(prepared, who, one, slots)));
  for (const day of days) costDay(prepared, day, prices, bound.costs, which);
  if (!fillTables(bound, days, which, stop)) return false;
  for (const start of scope.starts) {
    const table = bound.tables[start.place];
    if (!table) continue;
    const cost = startCost(bound, table, daysLeft(scope), allEvents(prepared), start.index);
    start.low = Math.max(start.low, asLow(cost - scope.paid));
  }
  return true;
};

/**
 * A bound's costs and tables are filled in for these days alone. Where it was stopped, nothing is known
 * of its starts.
 */
export const scopeOf = (prepared: Prepared, days: Day[], bound: Bound, stop: Stop): Scope => {
  const scope: Scope = { prepared, days, bound, prices: null, paid: 0, lists: new Map(), starts: [], scarce: false }; // prettier-ignore
  open(scope, allEvents(prepared), stop);
  return scope;
};

const open = (scope: Scope, which: number, stop: Stop): void => {
  scope.days.forEach((day, place) => {
    for (let index = day.first; index < day.last; index++) {
      const slot = scope.prepared.grid.starts[index] ?? 0;
      scope.starts.push({ scope, place, index, slot, low: -Infinity, best: null, tries: 0 });
    }
  });
  price(scope, null, which, stop);
};

/** A scope anew after one person has changed: what has nothing to do with them is used again. */
export const renewed = (old: Scope, who: number, stop: Stop): Scope => {
  const { prepared, days, bound } = old;
  const theirs = prepared.events.reduce(
    (mask, { seats }, event) =>
      seats.some(({ members }) => members.some((member) => member.who === who)) ? mask | (1 << event) : mask,
    0,
  );
  const lists: Lists = new Map(
    [...old.lists].filter(([key]) => ((theirs >> Math.floor(key / prepared.grid.slots)) & 1) === 0),
  );
  const scope: Scope = { prepared, days, bound, prices: null, paid: 0, lists, starts: [], scarce: false };
  open(scope, old.prices === null ? theirs : allEvents(prepared), stop);
  return scope;
}; // prettier-ignore

/** Where a node goes on: the day, lunch, and what was spent before the next event's own cost. */
type Step = Pick<Node, 'place' | 'k' | 'left' | 'lunch' | 'fixed' | 'spent' | 'before'>;

/** Adds the node of an event at a start, unless it cannot end below `cut`. */
const place = (scope: Scope, step: Step, event: number, index: number, cut: number, into: Node[]): void => {
  const { bound, prepared } = scope;
  const left = step.left & ~(1 << event);
  const table = bound.tables[step.place];
  const spent = step.spent + (bound.costs[event]?.[index] ?? Infinity);
  if (spent >= cut || (prepared.maskAt[left] ?? -1) < 0 || !table) return;
  const begun = prepared.grid.starts[index] ?? 0;
  const slot = begun + (prepared.events[event]?.length ?? 0);
  const ways = left === 0 ? [] : waysOn(bound, table.day, step.lunch, slot);
  const after = bound.from[step.place + 1] ?? nothing;
  const least = spent + restCost(bound, table, after, step.k, left, step.lunch, slot, ways);
  if (Math.ceil(least) >= cut) return;
  into.push({
    place: step.place, k: step.k, lunch: step.lunch, fixed: step.fixed, before: step.before,
    left, slot, spent, least, event, begun,
  });
}; // prettier-ignore

const firstNodes = (scope: Scope, start: Start, cut: number): Node[] => {
  const { bound, prepared } = scope;
  const day = bound.tables[start.place]?.day;
  const left = allEvents(prepared);
  const nodes: Node[] = [];
  for (const lunch of day ? layersAt(bound, day, start.slot) : []) {
    const step = { place: start.place, k: daysLeft(scope), left, lunch, fixed: 0, spent: -scope.paid, before: null }; // prettier-ignore
    for (let event = 0; event < prepared.events.length; event++)
      place(scope, step, event, start.index, cut, nodes);
  }
  return nodes;
};

const nodesAfter = (scope: Scope, node: Node, cut: number): Node[] => {
  const { bound, prepared } = scope;
  const { grid, weights, events } = prepared;
  const here = bound.tables[node.place];
  const nodes: Node[] = [];
  if (!here) return nodes;
  const { day, value } = here;
  for (const way of waysOn(bound, day, node.lunch, node.slot)) {
    const row =
      rowAt(bound, node.k, node.left, way.lunch, way.kind) * (day.last - day.first) - day.first;
    for (let index = way.first; index < way.last; index++) {
      const idle = ((grid.starts[index] ?? 0) - node.slot - way.spared) * weights.cost.idle;
      const spent = node.spent + idle;
      if (Math.ceil(spent + (value[row + index] ?? 0)) >= cut) continue;
      const step = { place: node.place, k: node.k, left: node.left, lunch: way.lunch, fixed: node.fixed + idle, spent, before: node }; // prettier-ignore
      for (let event = 0; event < events.length; event++)
        if (((node.left >> event) & 1) === 1 && bound.classOf[event] === way.kind)
          place(scope, step, event, index, cut, nodes);
    }
  }
  if (node.k === 1 || (node.lunch === 0 && !lunchAfter(prepared, day, node.slot))) return nodes;
  const { days } = weights.cost;
  for (let next = node.place + 1; next < scope.days.length; next++) {
    const other = scope.days[next];
    const table = bound.tables[next];
    if (!other || !table) continue;
    for (let index = other.first; index < other.last; index++) {
      const rest = startCost(bound, table, node.k - 1, node.left, index);
      if (Math.ceil(node.spent + days + rest) >= cut) continue;
      for (const lunch of layersAt(bound, other, grid.starts[index] ?? 0)) {
        const step = { place: next, k: node.k - 1, left: node.left, lunch, fixed: node.fixed + days, spent: node.spent + days, before: node }; // prettier-ignore
        for (let event = 0; event < events.length; event++)
          if (((node.left >> event) & 1) === 1) place(scope, step, event, index, cut, nodes);
      }
    }
  }
  return nodes;
};

const timesOf = (leaf: Node): Timed[] => {
  const timed: Timed[] = [];
  for (let node: Node | null = leaf; node; node = node.before)
    timed.unshift({ event: node.event, slot: node.begun });
  return timed;
};

/** The people of a finished path, exactly; the best of the start is kept. */
const settle = (
  scope: Scope,
  start: Start,
  leaf: Node,
  stop: Stop,
): { worth: Map<number, number> | null } => {
  const timed = timesOf(leaf);
  const { cost, who, worth } = assign(scope.prepared, timed, scope.lists, stop);
  const all = leaf.fixed + cost;
  if (cost >= biggest) scope.scarce = true;
  if (all < Math.min(start.best?.cost ?? Infinity, biggest)) start.best = { cost: all, timed, who };
  return { worth };
};

const cheapest = (nodes: readonly Node[]): Node | undefined => {
  let least = nodes[0];
  for (const node of nodes) if (least && node.least < least.least) least = node;
  return least;
};

/** Follows the tables to the cheapest schedule as they see it; null: there is none. */
const descend = (scope: Scope, start: Start, stop: Stop): ReturnType<typeof settle> | null => {
  let node = cheapest(firstNodes(scope, start, Infinity));
  // Some way on costs what the node was bounded by: the tables are exact about all but people.
  while (node && node.left !== 0)
    node = cheapest(nodesAfter(scope, node, Math.ceil(node.least) + 1));
  return node ? settle(scope, start, node, stop) : null;
};

/** Whether all events so far find their people: what they lack, no later event brings back. */
const canBegin = (scope: Scope, node: Node, stop: Stop): boolean =>
  assign(scope.prepared, timesOf(node), scope.lists, stop).cost < biggest;

/** Depth first, below `limit` only. False: it was stopped. */
const searchAll = (scope: Scope, start: Start, limit: number, stop: Stop): boolean => {
  const cut = (): number => Math.min(limit, start.best?.cost ?? Infinity, biggest);
  const visit = (nodes: Node[]): boolean => {
    nodes.sort((a, b) => a.least - b.least);
    for (const node of nodes) {
      if (stop()) return false;
      if (Math.ceil(node.least) >= cut()) return true;
      if (node.left === 0) settle(scope, start, node, stop);
      else if (scope.scarce && node.before && !canBegin(scope, node, stop)) continue;
      else if (!visit(nodesAfter(scope, node, cut()))) return false;
    }
    return true;
  };
  if (!visit(firstNodes(scope, start, cut()))) return false;
  start.low = Math.max(start.low, asLow(cut()));
  return true;
};

/** A step from what they were to what the last schedule says they should be. */
const stepTo = (scope: Scope, worth: ReadonlyMap<number, number>): Float64Array => {
  const prices = new Float64Array(scope.prepared.people.length);
  for (const [who, one] of worth) prices[who] = one;
  if (scope.prices)
    for (let who = 0; who < prices.length; who++)
      prices[who] = Math.round(((scope.prices[who] ?? 0) * 3 + (prices[who] ?? 0)) * 2) / 8;
  return prices;
};

/** More than these seldom close a gap that a search would not close sooner. */
const mostTries = 6;

/** Nodes looked at before prices are tried, where the first schedule had nobody for a seat. */
const firstLook = 300;

/** Makes the start's bound better, or proves its best. What costs `limit` is no use. False: stopped. */
export const improve = (start: Start, limit: number, stop: Stop): boolean => {
  const { scope } = start;
  const seen = descend(scope, start, stop);
  if (!seen) start.low = Infinity;
  if (!seen || (start.best && start.best.cost <= start.low)) return true;
  if (!seen.worth || start.tries === mostTries) return searchAll(scope, start, limit, stop);
  if (start.tries === 0 && !start.best) {
    // Nobody free is found sooner by trying than by prices, unless there is nobody at all.
    let left = firstLook;
    if (searchAll(scope, start, limit, () => left-- <= 0 || stop())) return true;
  }
  start.tries++;
  return price(scope, stepTo(scope, seen.worth), allEvents(scope.prepared), stop);
};
