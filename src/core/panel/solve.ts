/** The best schedules of a panel, with proof. */
import { checkPanel } from './check.ts';
import { boundScore, describe } from './describe.ts';
import type { Panel, Solution, Stop } from './model.ts';
import { prepare, type Prepared } from './prepare.ts';
import { improve, scopeOf, type Scope, type Start } from './search.ts';
import { compare } from './weights.ts';

export interface SolveOptions {
  /** How many to find, 1 to 50; 10 where nothing is said. */
  schedules?: number;
  stop?: Stop;
}

export const never: Stop = () => false;

/** One scope for each day, or one for all where events may lie on several. */
export const scopesOf = (prepared: Prepared): Scope[] => {
  const { days } = prepared.grid;
  if (prepared.panel.maxDays > 1 && prepared.events.length > 1 && days.length > 1)
    return [scopeOf(prepared, days)];
  return days.map((day) => scopeOf(prepared, [day]));
};

/** The best of these starts, best first. Whatever is known of a start is kept in it. */
export const bestOf = (
  prepared: Prepared,
  starts: readonly Start[],
  { schedules = 10, stop = never }: SolveOptions,
): { found: Start[]; low: Start | null; proven: boolean } => {
  const { weights, panel } = prepared;
  const better = (a: { cost: number; slot: number }, b: { cost: number; slot: number }): boolean =>
    compare(weights, panel.grain, a, b) < 0;
  const costOf = ({ best, slot }: Start): { cost: number; slot: number } => ({ cost: best?.cost ?? Infinity, slot }); // prettier-ignore
  for (;;) {
    const found = starts
      .filter(({ best }) => best !== null)
      .sort((a, b) => compare(weights, panel.grain, costOf(a), costOf(b)))
      .slice(0, schedules);
    const last = found.length < schedules ? undefined : found.at(-1);
    const limit = last && costOf(last);
    let next: Start | null = null;
    for (const start of starts) {
      if (start.low === Infinity || start.low === start.best?.cost) continue;
      if (!next || better({ cost: start.low, slot: start.slot }, { cost: next.low, slot: next.slot })) next = start;
    } // prettier-ignore
    if (!next || (limit && !better({ cost: next.low, slot: next.slot }, limit)))
      return { found, low: null, proven: true };
    const { slot } = next;
    const worse = (cost: number): boolean => limit !== undefined && !better({ cost, slot }, limit);
    if (stop() || !improve(next, worse, stop)) return { found, low: next, proven: false };
  }
};

export const present = (
  prepared: Prepared,
  { found, low, proven }: ReturnType<typeof bestOf>,
): Solution => ({
  schedules: found.flatMap(({ best }) => (best ? [describe(prepared, best)] : [])),
  proof: proven ? 'optimal' : 'best_found',
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
