/**
 * The best schedule from one start on. First the cheapest path through the tables, with its people
 * assigned exactly; while its cost is above the bound, people who were wanted twice get a price and the
 * bound is found again; and where that does not close the gap, paths are searched depth first, each cut
 * off as soon as it cannot beat what is known.
 */
import { assign, type Lists, type Timed } from './assign.ts';
import { boundOf, fillTables, layersAt, restCost, startCost, waysOn, type Bound } from './bound.ts';
import { costDay, emptyCosts } from './costs.ts';
import type { Day } from './grid.ts';
import type { Prepared } from './prepare.ts';
import { biggest } from './weights.ts';
import type { Stop } from './model.ts';

/** Days that share tables and prices: one, or all of them where a panel may take several. */
export interface Scope {
  prepared: Prepared;
  days: Day[];
  bound: Bound;
  prices: Float64Array | null;
  /** The sum of the prices, given back once. */
  paid: number;
  lists: Lists;
  starts: Start[];
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

/** A schedule begun: what comes after is bounded by `least`, which holds all that was spent. */
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
  least: number;
  event: number;
  begun: number;
  before: Node | null;
}

const nobody = new Float64Array(0);

const daysLeft = ({ prepared, days }: Scope): number =>
  days.length > 1 ? prepared.panel.maxDays : 1;

/** Fills tables again with what people cost now, and raises the bounds of the scope's starts. */
export const price = (scope: Scope, prices: Float64Array | null): void => {
  const { prepared, bound, days } = scope;
  scope.prices = prices;
  scope.paid = prices ? prices.reduce((sum, one) => sum + one, 0) : 0;
  for (const day of days) costDay(prepared, day, prices, bound.costs);
  fillTables(bound, days);
  const all = (1 << prepared.events.length) - 1;
  for (const start of scope.starts) {
    const table = bound.tables[start.place];
    if (!table) continue;
    const low = startCost(bound, table, daysLeft(scope), all, start.index) - scope.paid;
    start.low = Math.max(start.low, low >= biggest ? Infinity : low);
  }
};

export const scopeOf = (prepared: Prepared, days: Day[]): Scope => {
  const scope: Scope = {
    prepared,
    days,
    bound: boundOf(prepared, emptyCosts(prepared)),
    prices: null,
    paid: 0,
    lists: new Map(),
    starts: [],
  };
  days.forEach((day, place) => {
    for (let index = day.first; index < day.last; index++)
      scope.starts.push({
        scope,
        place,
        index,
        slot: prepared.grid.starts[index] ?? 0,
        low: -Infinity,
        best: null,
        tries: 0,
      });
  });
  price(scope, null);
  return scope;
};

/** The node of an event placed at a start, or null where nothing can follow. */
const placed = (scope: Scope, from: Omit<Node, 'least' | 'event' | 'begun' | 'slot'>, event: number, index: number): Node | null => {
  const { bound, prepared } = scope;
  const own = bound.costs[event]?.[index] ?? Infinity;
  if (own === Infinity) return null;
  const left = from.left & ~(1 << event);
  if ((prepared.maskAt[left] ?? -1) < 0) return null;
  const table = bound.tables[from.place];
  if (!table) return null;
  const begun = prepared.grid.starts[index] ?? 0;
  const slot = begun + (prepared.events[event]?.length ?? 0);
  const ways = waysOn(bound, table.day, from.lunch, slot);
  const after = bound.from[from.place + 1] ?? nobody;
  const rest = restCost(bound, table, after, from.k, left, from.lunch, slot, ways);
  if (rest === Infinity) return null;
  const spent = from.spent + own;
  return { ...from, left, slot, event, begun, spent, least: spent + rest };
}; // prettier-ignore

const firstNodes = (scope: Scope, { place, index, slot }: Start): Node[] => {
  const { bound, prepared } = scope;
  const day = bound.tables[place]?.day;
  if (!day) return [];
  const left = (1 << prepared.events.length) - 1;
  return layersAt(bound, day, slot).flatMap((lunch) =>
    prepared.events.flatMap((_, event) => {
      const from = { place, k: daysLeft(scope), left, lunch, fixed: 0, spent: -scope.paid, before: null }; // prettier-ignore
      return placed(scope, from, event, index) ?? [];
    }),
  );
};

const nodesAfter = (scope: Scope, node: Node): Node[] => {
  const { bound, prepared } = scope;
  const { grid, weights, events } = prepared;
  const table = bound.tables[node.place];
  if (!table) return [];
  const nodes: Node[] = [];
  const add = (made: Node | null): void => {
    if (made) nodes.push(made);
  };
  for (const way of waysOn(bound, table.day, node.lunch, node.slot))
    for (let event = 0; event < events.length; event++) {
      if (((node.left >> event) & 1) === 0 || bound.classOf[event] !== way.kind) continue;
      for (let index = way.first; index < way.last; index++) {
        const idle = ((grid.starts[index] ?? 0) - node.slot - way.spared) * weights.cost.idle;
        const from = { ...node, lunch: way.lunch, fixed: node.fixed + idle, spent: node.spent + idle, before: node }; // prettier-ignore
        add(placed(scope, from, event, index));
      }
    }
  const { day } = table;
  const fed =
    node.lunch === 1 ||
    day.lunch === null ||
    day.lunch.to - Math.max(node.slot, day.lunch.from) >= grid.lunchSlots;
  if (node.k > 1 && fed)
    for (let place = node.place + 1; place < scope.days.length; place++) {
      const next = scope.days[place];
      if (!next) continue;
      for (let index = next.first; index < next.last; index++)
        for (const lunch of layersAt(bound, next, grid.starts[index] ?? 0))
          for (let event = 0; event < events.length; event++) {
            if (((node.left >> event) & 1) === 0) continue;
            const cost = weights.cost.days;
            const from = { ...node, place, lunch, k: node.k - 1, fixed: node.fixed + cost, spent: node.spent + cost, before: node }; // prettier-ignore
            add(placed(scope, from, event, index));
          }
    }
  return nodes;
};

/** The people of a finished path, exactly. */
const settle = (scope: Scope, leaf: Node): { found: Found; worth: Map<number, number> | null } => {
  const timed: Timed[] = [];
  for (let node: Node | null = leaf; node; node = node.before)
    timed.unshift({ event: node.event, slot: node.begun });
  const { cost, who, worth } = assign(scope.prepared, timed, scope.lists);
  return { found: { cost: leaf.fixed + cost, timed, who }, worth };
};

const take = (start: Start, found: Found): void => {
  if (found.cost < biggest && found.cost < (start.best?.cost ?? Infinity)) start.best = found;
};

const cheapest = (nodes: readonly Node[]): Node | undefined => {
  let least = nodes[0];
  for (const node of nodes) if (least && node.least < least.least) least = node;
  return least;
};

/** Follows the tables to the cheapest schedule as they see it. */
const descend = (scope: Scope, start: Start): ReturnType<typeof settle> | null => {
  let node = cheapest(firstNodes(scope, start));
  while (node && node.left !== 0) node = cheapest(nodesAfter(scope, node));
  return node ? settle(scope, node) : null;
};

/** Depth first. `worse`: whether a cost at this start is no use. False: it was stopped. */
const searchAll = (scope: Scope, start: Start, worse: (cost: number) => boolean, stop: Stop): boolean => {
  const state = { skipped: Infinity, stopped: false };
  const visit = (nodes: Node[]): void => {
    nodes.sort((a, b) => a.least - b.least);
    for (const node of nodes) {
      if (state.stopped || stop()) {
        state.stopped = true;
        return;
      }
      if (node.least >= Math.min(start.best?.cost ?? Infinity, biggest) || worse(node.least)) {
        state.skipped = Math.min(state.skipped, node.least);
        return;
      }
      if (node.left === 0) take(start, settle(scope, node).found);
      else visit(nodesAfter(scope, node));
    }
  };
  visit(firstNodes(scope, start));
  if (state.stopped) return false;
  const low = Math.min(state.skipped, start.best?.cost ?? Infinity);
  start.low = Math.max(start.low, low >= biggest ? Infinity : low);
  return true;
}; // prettier-ignore

const mostTries = 4;

/** Makes the start's bound better, or proves its best. False: it was stopped. */
export const improve = (start: Start, worse: (cost: number) => boolean, stop: Stop): boolean => {
  const { scope } = start;
  const seen = descend(scope, start);
  if (!seen) {
    start.low = Infinity;
    return true;
  }
  take(start, seen.found);
  if (start.best && start.best.cost <= start.low) return true;
  if (seen.worth && seen.worth.size > 0 && start.tries < mostTries) {
    start.tries++;
    const prices = new Float64Array(scope.prepared.people.length);
    for (const [who, worth] of seen.worth) prices[who] = worth;
    price(scope, prices);
    return true;
  }
  return searchAll(scope, start, worse, stop);
};
