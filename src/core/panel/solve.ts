/** The best schedules of a panel, with proof. */
import { checkPanel } from './check.ts';
import { boundOf } from './bound.ts';
import { emptyCosts } from './costs.ts';
import { boundScore, describe } from './describe.ts';
import type { Panel, Schedule, Solution, Stop } from './model.ts';
import { prepare, type Prepared } from './prepare.ts';
import { improve, scopeOf, type Found, type Scope, type Start } from './search.ts';
import { compare, cutOf } from './weights.ts';

export interface SolveOptions {
  /** How many to find, 1 to 50; 10 where nothing is said. */
  schedules?: number;
  stop?: Stop;
}

export const never: Stop = () => false;

/** One scope for each day, or one for all where events may lie on several. */
export const scopesOf = (prepared: Prepared): Scope[] => {
  const { days } = prepared.grid;
  const costs = emptyCosts(prepared);
  if (prepared.panel.maxDays > 1 && prepared.events.length > 1 && days.length > 1)
    return [scopeOf(prepared, days, boundOf(prepared, costs))];
  return days.map((day) => scopeOf(prepared, [day], boundOf(prepared, costs)));
};

/** A start with the best that is known of it. */
export type Answer = Start & { best: Found };

const hasBest = (start: Start): start is Answer => start.best !== null;

/** The best of these starts, best first. Whatever is known of a start is kept in it. */
export const bestOf = (
  { weights, panel }: Prepared,
  starts: readonly Start[],
  { schedules = 10, stop = never }: SolveOptions,
): { found: Answer[]; low: Start | null } => {
  const inOrder = (a: Answer, b: Answer): number =>
    compare(weights, panel.grain, { cost: a.best.cost, slot: a.slot }, { cost: b.best.cost, slot: b.slot });
  let found = starts.filter(hasBest).sort(inOrder).slice(0, schedules);
  for (;;) {
    let next: Start | null = null;
    for (const start of starts)
      if (start.low < (start.best?.cost ?? Infinity) && start.low < Infinity)
        if (!next || compare(weights, panel.grain, { cost: start.low, slot: start.slot }, { cost: next.low, slot: next.slot }) < 0)
          next = start;
    if (!next) return { found, low: null };
    const last = found.length < schedules ? undefined : found.at(-1);
    const limit = last ? cutOf(weights, panel.grain, { cost: last.best.cost, slot: last.slot }, next.slot) : Infinity;
    if (next.low >= limit) return { found, low: null };
    const before = next.best;
    const went = !stop() && improve(next, limit, stop);
    if (next.best !== before && hasBest(next)) {
      const of: Answer = next;
      found = [...found.filter((one) => one !== of), of].sort(inOrder).slice(0, schedules);
    }
    if (!went) return { found, low: next };
  }
}; // prettier-ignore

/** `told`: what was said of schedules before, where nothing about them has changed. */
export const present = (
  prepared: Prepared,
  { found, low }: ReturnType<typeof bestOf>,
  told = new WeakMap<Found, Schedule>(),
): Solution => ({
  schedules: found.map(({ best }) => {
    const schedule = told.get(best) ?? describe(prepared, best);
    told.set(best, schedule);
    return schedule;
  }),
  proof: low === null ? 'optimal' : 'best_found',
  bound: low && low.low > -Infinity ? boundScore(prepared, low) : null,
});

/**
 * Throws `panel_invalid` or `panel_too_large` with the field. Without a `stop` it comes to the proof,
 * however long that takes.
 */
export const solve = (panel: Panel, options: SolveOptions = {}): Solution => {
  checkPanel(panel);
  const prepared = prepare(panel);
  const starts = scopesOf(prepared).flatMap((scope) => scope.starts);
  return present(prepared, bestOf(prepared, starts, options));
};
