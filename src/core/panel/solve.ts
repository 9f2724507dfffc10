/** The best schedules of a panel, with proof. */
import { checkPanel } from './check.ts';
import { emptyCosts } from './costs.ts';
import { boundScore, describe } from './describe.ts';
import type { Panel, Solution, Stop } from './model.ts';
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
    return [scopeOf(prepared, days, costs)];
  return days.map((day) => scopeOf(prepared, [day], costs));
};

/** Starts with their best, best first. */
const ranking = (
  { weights, panel }: Prepared,
  starts: readonly Start[],
): Array<Start & { best: Found }> =>
  starts
    .filter((start): start is Start & { best: Found } => start.best !== null)
    .sort((a, b) =>
      compare(
        weights,
        panel.grain,
        { cost: a.best.cost, slot: a.slot },
        { cost: b.best.cost, slot: b.slot },
      ),
    );

/** The best of these starts, best first. Whatever is known of a start is kept in it. */
export const bestOf = (
  prepared: Prepared,
  starts: readonly Start[],
  { schedules = 10, stop = never }: SolveOptions,
): { found: Array<Start & { best: Found }>; low: Start | null } => {
  const { weights, panel } = prepared;
  for (;;) {
    const found = ranking(prepared, starts).slice(0, schedules);
    const last = found.length < schedules ? undefined : found.at(-1);
    let next: Start | null = null;
    for (const start of starts)
      if (start.low < (start.best?.cost ?? Infinity) && start.low < Infinity)
        if (!next || compare(weights, panel.grain, { cost: start.low, slot: start.slot }, { cost: next.low, slot: next.slot }) < 0)
          next = start;
    if (!next) return { found, low: null };
    const limit = last ? cutOf(weights, panel.grain, { cost: last.best.cost, slot: last.slot }, next.slot) : Infinity;
    if (next.low >= limit) return { found, low: null };
    if (stop() || !improve(next, limit, stop)) return { found: ranking(prepared, starts).slice(0, schedules), low: next };
  }
}; // prettier-ignore

export const present = (
  prepared: Prepared,
  { found, low }: ReturnType<typeof bestOf>,
): Solution => ({
  schedules: found.map(({ best }) => describe(prepared, best)),
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
