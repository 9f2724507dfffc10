/**
 * The cheapest way to fill positions where every column is taken once: shortest augmenting paths. Its
 * dual values say what people are worth.
 */
import type { Assignment, Position } from './chairs.ts';
import type { Prepared } from './prepare.ts';
import { biggest } from './weights.ts';

/** The columns that a person may take at a position, with what each costs beyond the list's price. */
export type Columns = (
  who: number,
  position: Position,
) => ReadonlyArray<{ key: number; extra: number }>;

/** People sit once in a panel, rooms once in an event. */
export const aloneAt = ({ people }: Prepared, who: number, event: number): number =>
  people[who]?.resource.kind === 'room' ? -1 - event * people.length - who : who;

/** Positions as rows, whom they may have as columns, and an empty chair for each. */
interface Table {
  /** The edges of row `r` are those from `first[r]` to before `first[r + 1]`. */
  first: Int32Array;
  to: number[];
  price: number[];
  /** Whom a column stands for; -1: an empty chair. */
  owner: number[];
  /** What the column costs beyond the list's price. */
  extra: number[];
}

const tableOf = (
  prepared: Prepared,
  positions: readonly Position[],
  columnsOf: Columns | null,
): Table => {
  const first = new Int32Array(positions.length + 1);
  const to: number[] = [];
  const price: number[] = [];
  const owner: number[] = [];
  const extras: number[] = [];
  const columns = new Map<number, number>();
  const add = (one: number, key: number, cost: number, extra: number): void => {
    let column = columns.get(key);
    if (column === undefined) {
      column = owner.push(one) - 1;
      extras.push(extra);
      columns.set(key, column);
    }
    to.push(column);
    price.push(cost + extra);
  };
  positions.forEach((position, row) => {
    first[row] = to.length;
    const { who, cost, seat } = position;
    for (let index = 0; index < who.length; index++) {
      const one = who[index] ?? 0;
      const own = cost[index] ?? 0;
      if (columnsOf)
        for (const { key, extra } of columnsOf(one, position)) add(one, key, own, extra);
      else add(one, aloneAt(prepared, one, position.event), own, 0);
    }
    // A chair that has to be taken may stay empty at a cost that no schedule has, so that the duals tell
    // of people who are missing as well.
    to.push(owner.push(-1) - 1);
    extras.push(0);
    price.push(Math.min(seat.empty, biggest));
  });
  first[positions.length] = to.length;
  return { first, to, price, owner, extra: extras };
};

/** Jonker and Volgenant's way: each position in turn takes the cheapest path to a free column. */
export const assignOnce = (
  prepared: Prepared,
  positions: readonly Position[],
  columns: Columns | null,
): Assignment => {
  const { first, to, price, owner, extra } = tableOf(prepared, positions, columns);
  const rows = positions.length;
  const wide = owner.length;
  const taken = new Int32Array(wide).fill(-1);
  const dual = new Float64Array(wide);
  const seated = new Int32Array(rows).fill(-1);
  /** What each row pays where it sits. */
  const pays = new Float64Array(rows);
  const distance = new Float64Array(wide);
  const from = new Int32Array(wide);
  const through = new Int32Array(wide);
  const done = new Uint8Array(wide);

  for (let row = 0; row < rows; row++) {
    distance.fill(Infinity);
    done.fill(0);
    let at = row;
    let least = 0;
    let end = -1;
    while (end < 0) {
      // Distances are differences to the edge that this row sits on.
      const own = seated[at] ?? -1;
      const base = own < 0 ? 0 : (pays[at] ?? 0) - (dual[own] ?? 0);
      for (let edge = first[at] ?? 0; edge < (first[at + 1] ?? 0); edge++) {
        const column = to[edge] ?? 0;
        if (done[column] === 1) continue;
        const far = least + (price[edge] ?? 0) - (dual[column] ?? 0) - base;
        if (far < (distance[column] ?? 0)) {
          distance[column] = far;
          from[column] = at;
          through[column] = edge;
        }
      }
      let next = -1;
      let nearest = Infinity;
      for (let column = 0; column < wide; column++)
        if (done[column] === 0 && (distance[column] ?? 0) < nearest) {
          next = column;
          nearest = distance[column] ?? 0;
        }
      least = nearest;
      if ((taken[next] ?? -1) < 0) end = next;
      else {
        done[next] = 1;
        at = taken[next] ?? 0;
      }
    }
    for (let column = 0; column < wide; column++)
      if (done[column] === 1) dual[column] = (dual[column] ?? 0) + (distance[column] ?? 0) - least;
    for (let by = -1; by !== row;) {
      by = from[end] ?? 0;
      const before = seated[by] ?? -1;
      taken[end] = by;
      seated[by] = end;
      pays[by] = price[through[end] ?? 0] ?? 0;
      end = before;
    }
  }

  // What one more position pays for a person: the cheapest of the person's columns.
  const worth = new Map<number, number>();
  owner.forEach((one, column) => {
    if (one < 0 || prepared.people[one]?.resource.kind === 'room') return;
    const value = (extra[column] ?? 0) - (dual[column] ?? 0);
    worth.set(one, Math.min(worth.get(one) ?? Infinity, value));
  });
  return {
    cost: pays.reduce((sum, one) => sum + one, 0),
    who: seated.map((column) => owner[column] ?? -1),
    worth,
  };
};
