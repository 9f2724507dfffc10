/** A panel that is solved again and again while people's calendars change: only the days touched are. */
import { invalid } from '../errors.ts';
import { availabilityOf } from './availability.ts';
import { checkPanel, checkResource } from './check.ts';
import type { Panel, Resource, Schedule, Solution } from './model.ts';
import { prepare, type Prepared } from './prepare.ts';
import { sameWithin } from './rows.ts';
import { scopeOf, type Found, type Scope } from './search.ts';
import { bestOf, present, scopesOf, type SolveOptions } from './solve.ts';

export interface Session {
  /** As it is after all changes. */
  readonly panel: Panel;
  solve: (options?: SolveOptions) => Solution;
  /** Replaces what a resource is taken by. Throws `panel_invalid` for one that is not in the panel. */
  withBusy: (resourceId: string, busy: Resource['busy']) => void;
}

/** Whether both say the same about every start of a day. */
const sameOnDay = (
  before: Prepared['people'][number],
  after: Prepared['people'][number],
  from: number,
  to: number,
): boolean =>
  [...before.sittings].every(([length, { free, penalties }]) => {
    const now = after.sittings.get(length);
    return (
      now?.penalties.length === penalties.length &&
      sameWithin(free, now.free, from, to) &&
      penalties.every(({ row, term }, index) => {
        const other = now.penalties[index];
        return other?.term === term && sameWithin(row, other.row, from, to);
      })
    );
  });

/** Puts a changed resource in place; tells which days of the grid are touched. */
export const changeResource = (prepared: Prepared, who: number, resource: Resource): Set<number> => {
  const { panel, grid, weights, shared, people } = prepared;
  const before = people[who];
  if (!before) return new Set();
  const after = availabilityOf(panel, grid, weights, shared, resource, new Set(before.sittings.keys())); // prettier-ignore
  people[who] = after;
  return new Set(
    grid.days.flatMap(({ from, to, local }) => (sameOnDay(before, after, from, to) ? [] : [local])),
  );
}; // prettier-ignore

/** The scopes again, those of touched days anew. */
export const renewScopes = (prepared: Prepared, scopes: readonly Scope[], touched: ReadonlySet<number>): Scope[] =>
  scopes.map((scope) =>
    scope.days.some(({ local }) => touched.has(local)) ? scopeOf(prepared, scope.days, scope.bound) : scope,
  ); // prettier-ignore

export const session = (first: Panel): Session => {
  checkPanel(first);
  let panel = first;
  let prepared = prepare(panel);
  let scopes = scopesOf(prepared);
  const told = new WeakMap<Found, Schedule>();
  return {
    get panel() {
      return panel;
    },
    solve: (options = {}) => {
      const starts = scopes.flatMap((scope) => scope.starts);
      return present(prepared, bestOf(prepared, starts, options), told);
    },
    withBusy: (resourceId, busy) => {
      const changed = {
        ...panel,
        resources: panel.resources.map((one) => (one.id === resourceId ? { ...one, busy } : one)),
      };
      const place = changed.resources.findIndex(({ id }) => id === resourceId);
      const resource = changed.resources[place];
      if (!resource)
        throw invalid(
          'panel_invalid',
          `panel: there is no resource ${resourceId.slice(0, 60)}. Name one of this panel.`,
          'resourceId',
        );
      checkResource(`resources.${String(place)}`, resource, panel.horizon);
      panel = changed;
      const who = prepared.people.findIndex((one) => one.resource.id === resourceId);
      // A kind of trouble that nobody had before changes what all numbers mean.
      const isNew = busy.some(({ kind }) => kind !== 'hard' && prepared.weights.most[kind] === 0);
      if (isNew) {
        prepared = prepare(panel);
        scopes = scopesOf(prepared);
      } else if (who >= 0)
        scopes = renewScopes(prepared, scopes, changeResource(prepared, who, resource));
    },
  };
};
