/**
 * Why there is nothing, or little: the smallest sets of rules that leave no schedule, and what one could
 * give up, with the start times that each opens. Everything told is found by solving, so it holds.
 */
import { LoopwrightError } from '../errors.ts';
import { checkPanel } from './check.ts';
import { instantAt } from './grid.ts';
import type { Cause, Explanation, Panel, Relaxation, Resource, Stop } from './model.ts';
import { prepare, type Prepared } from './prepare.ts';
import {
  applyRelaxation,
  panelChanges,
  resourceChanges,
  timeChanges,
  type Change,
} from './relax.ts';
import { scopeOf, type Scope } from './search.ts';
import { changeResource, touches } from './session.ts';
import { isPossible, settleStarts, startsOf, withoutObjective } from './slots.ts';
import { never, scopesOf } from './solve.ts';

export { applyRelaxation } from './relax.ts';

/** A rule that the panel keeps, and the panel without it. */
interface Rule {
  cause: Cause;
  drop: (panel: Panel) => Panel;
}

const eventRule = (panel: Panel, index: number): Rule[] => {
  const event = panel.events[index];
  const required = event?.seats.filter((seat) => seat.required) ?? [];
  if (!event || required.length === 0) return [];
  const names = (ids: readonly string[]): string => {
    const known = ids.flatMap((id) => panel.resources.find((one) => one.id === id)?.name ?? []);
    return known.length > 3 ? `${known.slice(0, 3).join(', ')} and ${String(known.length - 3)} more` : known.join(', ');
  };
  const seats = required.map(({ of, count }) =>
    of.length === 0 ? 'nobody is in a pool that has to give somebody' : `${String(count)} of ${names(of)}`,
  );
  return [
    {
      cause: {
        kind: 'event',
        eventId: event.id,
        text: `${event.name} takes ${String(event.minutes)} min and needs ${seats.join(', and ')}.`,
      },
      drop: (whole) => ({
        ...whole,
        events: whole.events.map((one) => (one.id === event.id ? { ...one, seats: [] } : one)),
      }),
    },
  ];
}; // prettier-ignore

const rulesOf = (panel: Panel): Rule[] => {
  const { events, maxDays } = panel;
  const days = Math.min(5, events.length);
  const rule = (kind: Cause['kind'], text: string, drop: Rule['drop'], eventId: string | null = null): Rule => ({
    cause: { kind, text, eventId }, drop,
  });
  const changes = panelChanges(panel);
  const granted = (kind: Change['kind'], cause: Cause['kind'], text: string): Rule[] =>
    changes
      .filter((one) => one.kind === kind)
      .map((one) => rule(cause, text, (whole) => applyRelaxation(whole, one), one.eventId));
  return [
    ...events.flatMap((_, index) => eventRule(panel, index)),
    rule('windows', 'The candidate has no other times.', (whole) => ({ ...whole, windows: [whole.horizon] })),
    ...(maxDays < days
      ? [rule('days', maxDays === 1 ? 'All of it has to be on one day.' : `It may take ${String(maxDays)} days at most.`, (whole) => ({ ...whole, maxDays: days }))]
      : []),
    ...granted('gap', 'gap', 'Gaps between events have to be as asked.'),
    ...granted('lunch', 'lunch', `Lunch needs ${String(panel.lunch?.minutes ?? 0)} min between ${panel.lunch?.from ?? ''} and ${panel.lunch?.to ?? ''}.`),
    ...granted('order', 'order', 'Events have to come in their order.'),
    ...changes
      .filter(({ kind }) => kind === 'between')
      .map((one) => {
        const event = events.find(({ id }) => id === one.eventId);
        return rule('between', `${event?.name ?? ''} has to be between ${event?.between?.from ?? ''} and ${event?.between?.to ?? ''}.`, (whole) => applyRelaxation(whole, one), one.eventId);
      }),
    ...granted('repeat', 'repeat', 'Nobody may sit in two events.'),
  ];
}; // prettier-ignore

/** A panel with a rule less can be too large to look through: null, and the explanation says that it is not whole. */
const attempt = <T>(work: () => T, limits: Limits): T | null => {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof LoopwrightError) || thrown.code !== 'panel_too_large') throw thrown;
    limits.partial = true;
    return null;
  }
};

/** When to end, and whether anything was left out. */
interface Limits {
  stop: Stop;
  partial: boolean;
}

const isFeasible = (panel: Panel, stop: Stop): boolean => {
  const prepared = prepare(panel);
  for (const scope of scopesOf(prepared, stop))
    for (const start of scope.starts)
      if (settleStarts([start], false, stop) && isPossible(start, false)) return true;
  return false;
};

/** Sets of `size` out of `count`, as lists of indices. */
const choose = function* (count: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) yield [];
  else
    for (let first = from; first <= count - size; first++)
      for (const rest of choose(count, size - 1, first + 1)) yield [first, ...rest];
};

const largestSet = 3;

/** The smallest sets of rules that cannot hold together, up to three; else one that cannot be made smaller. */
const causesOf = (panel: Panel, bounds: Limits): Cause[][] => {
  const { stop } = bounds;
  const rules = rulesOf(panel);
  /** With these rules alone nothing is possible. */
  const blocks = (kept: ReadonlySet<Rule>): boolean => {
    const left = rules.filter((rule) => !kept.has(rule)).reduce((whole, rule) => rule.drop(whole), panel);
    // A single day is quicker to look at, and what fits into it fits into several.
    if (left.maxDays > 1 && isFeasible({ ...left, maxDays: 1 }, stop)) return false;
    return attempt(() => isFeasible(left, stop), bounds) === false;
  };
  for (let size = 1; size <= largestSet; size++) {
    const found: Cause[][] = [];
    for (const places of choose(rules.length, size)) {
      if (stop()) return found;
      const kept = new Set(places.flatMap((place) => rules[place] ?? []));
      if (blocks(kept) && !stop()) found.push([...kept].map(({ cause }) => cause));
    }
    if (found.length > 0) return found;
  }
  const kept = new Set(rules);
  for (const rule of rules) {
    if (stop()) return [];
    kept.delete(rule);
    if (!blocks(kept)) kept.add(rule);
  }
  return kept.size === 0 || stop() ? [] : [[...kept].map(({ cause }) => cause)];
}; // prettier-ignore

/** Solved once, so that a change of one person costs no more than the days that it touches. */
interface Ground {
  prepared: Prepared;
  scopes: Scope[];
  possible: Set<number>;
}

const survey = (panel: Panel, stop: Stop): Ground => {
  const prepared = prepare(panel);
  const scopes = scopesOf(prepared, stop);
  for (const scope of scopes) settleStarts(scope.starts, false, stop);
  const starts = scopes.flatMap((scope) =>
    scope.starts.filter((start) => isPossible(start, false)),
  );
  return { prepared, scopes, possible: new Set(starts.map(({ slot }) => slot)) };
};

/** Start times that open when a person is like this, by local day. */
const opened = (ground: Ground, who: number, resource: Resource, stop: Stop): Map<number, number> => {
  const { prepared, scopes, possible } = ground;
  const before = prepared.people[who];
  const touched = changeResource(prepared, who, resource);
  const days = new Map<number, number>();
  for (const { days: within, bound } of scopes.filter((scope) => touches(scope, touched))) {
    // Costs and tables of earlier trials are filled in again, all of them.
    const { starts } = scopeOf(prepared, within, bound, stop);
    settleStarts(starts, false, stop);
    for (const start of starts) {
      const local = within[start.place]?.local;
      if (isPossible(start, false) && !possible.has(start.slot) && local !== undefined)
        days.set(local, (days.get(local) ?? 0) + 1);
    }
  }
  if (before) prepared.people[who] = before;
  return days;
}; // prettier-ignore

const total = (counts: ReadonlyMap<number, number>): number =>
  [...counts.values()].reduce((sum, one) => sum + one, 0);

/** At any time, without limits: what that does not open, nothing about this person does. */
const freed = (resource: Resource): Resource => ({
  ...resource, hours: null, daysOff: [], busy: [], booked: [], perDay: null, perWeek: null,
}); // prettier-ignore

const relaxationsOf = (panel: Panel, bounds: Limits): Relaxation[] => {
  const { stop } = bounds;
  const ground = survey(panel, stop);
  const { prepared, possible } = ground;
  const { grid } = prepared;
  const found: Relaxation[] = [];
  const now = new Set([...possible].map((slot) => instantAt(grid, slot)));
  const tryAll = (changes: readonly Change[]): void => {
    for (const one of changes) {
      if (stop()) return;
      const work = (): number[] => startsOf(prepare(applyRelaxation(panel, one)), stop);
      const starts = attempt(work, bounds) ?? [];
      const opens = starts.filter((start) => !now.has(start)).length;
      if (opens > 0) found.push({ ...one, opens });
    }
  };
  tryAll(panelChanges(panel));
  const needed = new Set(
    panel.events.flatMap(({ seats }) => seats.flatMap(({ required, of }) => (required ? of : []))),
  );
  for (const [who, { resource }] of prepared.people.entries()) {
    if (!needed.has(resource.id)) continue;
    if (stop()) return found;
    const hope = opened(ground, who, freed(resource), stop);
    if (hope.size === 0) continue;
    const days = grid.days.filter(({ local }) => hope.has(local));
    const touches = ({ start, end }: { start: number; end: number }): boolean =>
      panel.maxDays > 1 ||
      days.some(({ from, to }) => start < instantAt(grid, to) && instantAt(grid, from) < end);
    for (const one of resourceChanges(panel, resource, touches)) {
      if (stop()) return found;
      const after = applyRelaxation(panel, one).resources.find(({ id }) => id === resource.id);
      const opens = after ? total(opened(ground, who, after, stop)) : 0;
      if (opens > 0) found.push({ ...one, opens });
    }
  }
  tryAll(timeChanges(panel));
  return found;
};

/** What is easier to ask for comes first where two open as much. */
const ease: ReadonlyArray<Relaxation['kind']> = [
  'busy', 'window', 'days', 'gap', 'lunch', 'order', 'between', 'hours', 'day_off', 'limit', 'buffer', 'repeat', 'seat',
]; // prettier-ignore

/**
 * `limit`: relaxations told at most. Causes are looked for where nothing is possible.
 * Throws as `solve` does.
 */
export const explain = (
  panel: Panel,
  { limit = 20, stop = never }: { limit?: number; stop?: Stop } = {},
): Explanation => {
  checkPanel(panel);
  const bare = withoutObjective(panel);
  const state = { stopped: false };
  const bounds: Limits = { partial: false, stop: () => (state.stopped ||= stop()) };
  const starts = startsOf(prepare(bare), bounds.stop).length;
  const relaxations = relaxationsOf(bare, bounds);
  const causes = starts === 0 ? causesOf(bare, bounds) : [];
  return {
    starts,
    causes,
    relaxations: relaxations
      .toSorted((a, b) => b.opens - a.opens || ease.indexOf(a.kind) - ease.indexOf(b.kind))
      .slice(0, limit),
    complete: !state.stopped && !bounds.partial,
  };
};
