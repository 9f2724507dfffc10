/**
 * One number for a whole score. In lexicographic order each term weighs more than all the graver ones'
 * lesser terms can sum up to, so that comparing two numbers compares two scores, exactly: whatever does
 * not fit into 46 bits is refused. The start stands apart: it is fixed while one start is looked at.
 */
import { invalid } from '../errors.ts';
import type { Grid } from './grid.ts';
import { terms, type Objective, type Panel, type Score, type Term } from './model.ts';

export interface Weights {
  /** Of one unit of a term: a count, a slot of `idle`, a day, a unit of `load`; `start` is left out. */
  cost: Record<Term, number>;
  /** What the numbers below it weigh less than `start`: a cost is divided by it to be compared first. */
  above: number;
  /** Weight of a minute of `start`, where weights are summed; else 0. */
  perStartMinute: number;
  /** The most that each term was taken to come to. */
  most: Record<Term, number>;
}

/** No score costs as much. */
export const biggest = 2 ** 46;

/** The most that each term can come to; 0 where it cannot matter. */
const ranges = (panel: Panel, grid: Grid): Record<Term, number> => {
  const { resources, events } = panel;
  const seats = events.flatMap((event) => event.seats);
  const sum = (counts: number[]): number => counts.reduce((all, one) => all + one, 0);
  const positions = sum(seats.map(({ count }) => count));
  const where = (some: boolean): number => (some ? positions : 0);
  const longest = Math.max(
    0,
    ...grid.days.map(({ first, last, to }) =>
      last > first ? to - (grid.starts[first] ?? 0) : 0,
    ),
  );
  const booked = Math.max(0, ...resources.map((one) => one.booked.length));
  const busy = (kind: string): boolean =>
    resources.some((one) => one.busy.some((span) => span.kind === kind));
  return {
    optional: sum(seats.map(({ count, required }) => (required ? 0 : count))),
    unknown: where(busy('unknown')),
    soft: where(busy('soft')),
    preferred: where(resources.some(({ preferred }) => preferred !== null)),
    limit:
      panel.limits === 'avoid'
        ? 2 * where(resources.some(({ perDay, perWeek }) => perDay !== null || perWeek !== null))
        : 0,
    met: where(resources.some(({ met }) => met)),
    buffer:
      panel.buffers === 'avoid'
        ? where(resources.some(({ buffer }) => buffer.before + buffer.after > 0))
        : 0,
    idle: longest * Math.min(panel.maxDays, events.length),
    days: panel.maxDays - 1,
    load: positions * (2 * booked + (panel.repeat ? positions : 1)),
    start: 0,
    rank: 9 * sum(seats.map(({ count, ranked }) => (ranked ? count : 0))),
  };
}; // prettier-ignore

const none = (): Record<Term, number> =>
  Object.fromEntries(terms.map((term) => [term, 0])) as Record<Term, number>;

const tooLarge = (): Error =>
  invalid(
    'panel_too_large',
    'panel: its scores do not fit into one number. Use fewer seats, days or terms in the objective.',
    'objective',
  );

export const objectiveOf = (panel: Panel): Objective => panel.objective ?? { order: terms };

/** The order of terms, or null where weights are summed. */
export const lexicographic = (panel: Panel): readonly Term[] | null => {
  const objective = objectiveOf(panel);
  return 'order' in objective ? objective.order : null;
};

export const weightsOf = (panel: Panel, grid: Grid): Weights => {
  const objective = objectiveOf(panel);
  const most = ranges(panel, grid);
  const cost = none();
  if ('weights' in objective) {
    let sum = 0;
    for (const term of terms) {
      const weight = objective.weights[term] ?? 0;
      cost[term] = term === 'idle' ? weight * panel.grain : weight;
      sum += cost[term] * most[term];
    }
    if (sum >= biggest) throw tooLarge();
    return {
      cost: { ...cost, start: 0 },
      above: 1,
      perStartMinute: objective.weights.start ?? 0,
      most,
    };
  }
  let weight = 1;
  let above = 1;
  for (const term of objective.order.toReversed()) {
    if (term === 'start') above = weight;
    else {
      cost[term] = weight;
      weight *= most[term] + 1;
    }
    if (weight >= biggest) throw tooLarge();
  }
  return { cost, above, perStartMinute: 0, most };
};

/** A schedule's cost without its start, and the slot that it starts at. */
interface Ranked {
  cost: number;
  slot: number;
}

/** Below 0 where the first is better. */
export const compare = (weights: Weights, grain: number, a: Ranked, b: Ranked): number => {
  const perSlot = weights.perStartMinute * grain;
  const first =
    Math.floor(a.cost / weights.above) + a.slot * perSlot - Math.floor(b.cost / weights.above) - b.slot * perSlot;
  return first || a.slot - b.slot || a.cost - b.cost;
}; // prettier-ignore

/** The least cost at another start that is not better than this. */
export const cutOf = (weights: Weights, grain: number, than: Ranked, slot: number): number => {
  if (slot === than.slot) return than.cost;
  const { above, perStartMinute } = weights;
  const first = Math.floor(than.cost / above) + (than.slot - slot) * perStartMinute * grain;
  return (slot < than.slot ? first + 1 : first) * above;
};

/** The number that stands for a score, without its start. */
export const costOf = ({ cost }: Weights, grain: number, score: Score): number =>
  terms.reduce(
    (sum, term) => sum + cost[term] * (term === 'idle' ? score.idle / grain : score[term]),
    0,
  );

export const noScore = (): Score => none();
