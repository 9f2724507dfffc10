/**
 * The same question on lists of intervals with luxon: what a plain sweep costs without Cal.com's dayjs
 * and without the engine's bits. Free times of everybody, then one pass over them all.
 */
import { DateTime } from 'luxon';
import type { Panel, Resource } from '#core/panel/model.ts';
import type { Span } from '#core/people/conflicts.ts';

const minute = 60_000;
const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Working time within the horizon, in the order of time. */
export const workingTime = ({ zone, hours }: Resource, horizon: Span): Span[] => {
  if (!hours) return [horizon];
  const spans: Span[] = [];
  let day = DateTime.fromMillis(horizon.start, { zone }).startOf('day').minus({ days: 1 });
  for (; day.toMillis() < horizon.end; day = day.plus({ days: 1 })) {
    const name = names[day.weekday - 1];
    for (const { from, to } of name ? hours[name] : []) {
      const start = Math.max(at(day, from), horizon.start);
      const end = Math.min(at(day, to), horizon.end);
      if (start < end) spans.push({ start, end });
    }
  }
  return spans;
};

const at = (day: DateTime, wall: string): number => {
  const [hour = 0, minutes = 0] = wall.split(':').map(Number);
  if (hour === 24) return day.plus({ days: 1 }).toMillis();
  return day.set({ hour, minute: minutes }).toMillis();
};

/** What is left of `from`; both in the order of time. */
export const subtract = (from: readonly Span[], taken: readonly Span[]): Span[] => {
  const left: Span[] = [];
  let first = 0;
  for (const { start, end } of from) {
    let begin = start;
    while (first < taken.length && (taken[first]?.end ?? 0) <= begin) first++;
    for (let index = first; index < taken.length && begin < end; index++) {
      const block = taken[index];
      if (!block || block.start >= end) break;
      if (block.start > begin) left.push({ start: begin, end: block.start });
      begin = Math.max(begin, block.end);
    }
    if (begin < end) left.push({ start: begin, end });
  }
  return left;
};

const intersect = (a: readonly Span[], b: readonly Span[]): Span[] => {
  const shared: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [one, other] = [a[i], b[j]];
    if (!one || !other) break;
    const start = Math.max(one.start, other.start);
    const end = Math.min(one.end, other.end);
    if (start < end) shared.push({ start, end });
    if (one.end <= other.end) i++;
    else j++;
  }
  return shared;
};

export const inOrder = (spans: readonly Span[]): Span[] =>
  spans.toSorted((a, b) => a.start - b.start);

/**
 * Start instants of a panel of one event and one seat: for all of it, or for any one. `days`: `each`
 * asks luxon for the days of every person, `shared` once for people of one zone and the same hours.
 */
export const sweepStarts = (panel: Panel, days: 'each' | 'shared'): number[] => {
  const shared = new Map<string, Span[]>();
  const working = (resource: Resource): Span[] => {
    if (days === 'each') return workingTime(resource, panel.horizon);
    const known = shared.get(resource.zone) ?? workingTime(resource, panel.horizon);
    shared.set(resource.zone, known);
    return known;
  };
  const free = panel.resources.map((resource) =>
    subtract(working(resource), inOrder(resource.busy)),
  );
  const [event] = panel.events;
  const length = (event?.minutes ?? 0) * minute;
  const step = panel.lattice * minute;
  const everybody = (event?.seats[0]?.count ?? 0) > 1 || free.length === 1;
  const lists = everybody ? [free.reduce((common, spans) => intersect(common, spans))] : free;
  const starts = new Set<number>();
  for (const { start, end } of lists.flat())
    for (let slot = Math.ceil(start / step) * step; slot + length <= end; slot += step)
      starts.add(slot);
  return [...starts].sort((a, b) => a - b);
};
