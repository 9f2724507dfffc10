/**
 * An interview as the panel engine is asked about it, and its answer as events with people in their seats.
 * Instants are milliseconds since the epoch, durations minutes.
 */
import type { Panel, Resource, Schedule } from '../panel/model.ts';
import type { Span } from '../people/conflicts.ts';
import { Temporal } from 'temporal-polyfill';
import type { SeatTemplate } from './layers.ts';
import type { Rules } from './model.ts';

/** An event that looks for its time. */
export interface LoopEvent {
  id: string;
  name: string;
  minutes: number;
  seats: ReadonlyArray<{
    template: SeatTemplate;
    /** Who may sit here, as things stand. */
    of: readonly string[];
  }>;
}

export interface Search {
  horizon: Span;
  /** When the candidate can; null: nine to five on working days. */
  windows: readonly Span[] | null;
  /** Minutes of the clock at which an event may start: 15 means on every quarter of an hour. */
  startEvery: number;
  /** Whether somebody may sit in several events; null: only who is alone in the seats of several. */
  repeat: boolean | null;
}

const dayIn = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

/** Nine to five, Monday to Friday, on the local days of a horizon. */
export const workingDays = ({ start, end }: Span, zone: string): Span[] => {
  const spans: Span[] = [];
  const last = dayIn(end - 1, zone);
  for (let day = dayIn(start, zone); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    if (day.dayOfWeek > 5) continue;
    const wall = (plainTime: string): number =>
      day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
    spans.push({ start: wall('09:00'), end: wall('17:00') });
  }
  return clipped(spans, { start, end });
}; // prettier-ignore

export const clipped = (spans: readonly Span[], to: Span): Span[] =>
  spans
    .map(({ start, end }) => ({ start: Math.max(start, to.start), end: Math.min(end, to.end) }))
    .filter(({ start, end }) => start < end);

/** What is left of the spans when others are cut out, each with `margin` milliseconds around it. */
export const without = (spans: readonly Span[], others: readonly Span[], margin = 0): Span[] =>
  others.reduce<Span[]>(
    (left, { start, end }) =>
      left.flatMap((span) =>
        [
          { start: span.start, end: Math.min(span.end, start - margin) },
          { start: Math.max(span.start, end + margin), end: span.end },
        ].filter((one) => one.start < one.end),
      ),
    [...spans],
  );

/** Somebody who alone can take required seats of two events: else the loop could never be. */
const mustRepeat = (events: readonly LoopEvent[]): boolean => {
  const alone = events.flatMap(({ seats }) => [
    ...new Set(seats.flatMap(({ template, of }) => (template.required && of.length === 1 ? of : []))),
  ]);
  return new Set(alone).size < alone.length;
}; // prettier-ignore

/**
 * Whether an event at this time keeps the rules together with others that stand: as few days, lunch, and
 * gaps to its neighbours. What the others do among themselves is not judged.
 */
export const keepsRules = (
  { rules, zone }: { rules: Rules; zone: string },
  fixed: readonly Span[],
  event: Span,
): boolean => {
  const dayOf = ({ start }: Span): string => dayIn(start, zone).toString();
  const days = new Set(fixed.map(dayOf));
  const day = dayIn(event.start, zone);
  if (fixed.length > 0 && !days.has(day.toString()) && days.size >= rules.maxDays) return false;
  const beside = [...fixed.filter((one) => dayOf(one) === day.toString()), event].toSorted((a, b) => a.start - b.start); // prettier-ignore
  const { lunch, maxGapMinutes } = rules;
  const wall = (plainTime: string): number => {
    const [date, time] = plainTime === '24:00' ? [day.add({ days: 1 }), '00:00'] : [day, plainTime];
    return date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
  };
  const meal = lunch && { start: wall(lunch.from), end: wall(lunch.to) };
  const least = (lunch?.minutes ?? 0) * 60_000;
  const eats = (span: Span): boolean =>
    meal !== null && clipped([span], meal).some(({ start, end }) => end - start >= least);
  if (meal && !without([meal], beside).some(eats)) return false;
  if (maxGapMinutes === null) return true;
  const place = beside.indexOf(event);
  return [beside[place - 1], beside[place + 1]].every((other) => {
    if (!other) return true;
    const gap = { start: Math.min(other.end, event.end), end: Math.max(other.start, event.start) };
    const spared = eats(gap) ? least : 0;
    return gap.end - gap.start - spared <= maxGapMinutes * 60_000;
  });
};

/** A small number from a text, the same for ever: equal schedules are told apart by it. */
const seedOf = (text: string): number => {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return hash >>> 0;
};

export const loopPanel = (
  loop: { id: string; zone: string; events: readonly LoopEvent[]; rules: Rules },
  resources: readonly Resource[],
  search: Search,
): Panel => {
  const { events, rules, zone } = loop;
  const { horizon, startEvery } = search;
  const lengths = [
    ...events.map(({ minutes }) => minutes),
    rules.gapMinutes,
    rules.lunch?.minutes ?? 0,
    startEvery,
    ...resources.flatMap(({ buffer }) => [buffer.before, buffer.after]),
  ];
  return {
    seed: seedOf(loop.id),
    zone,
    horizon,
    windows: clipped(search.windows ?? workingDays(horizon, zone), horizon),
    grain: lengths.every((minutes) => minutes % 15 === 0) ? 15 : 5,
    lattice: startEvery,
    resources,
    events: events.map(({ id, name, minutes, seats }) => ({
      id,
      name,
      minutes,
      seats: seats.map((seat, index) => ({
        id: `s${String(index + 1)}`,
        of: seat.of,
        count: seat.template.from.kind === 'pool' ? seat.template.from.count : 1,
        required: seat.template.required,
        ranked: seat.template.from.kind === 'people',
      })),
      between: null,
      after: [],
      gap: null,
    })),
    order: rules.order,
    gap: { min: rules.gapMinutes, max: rules.maxGapMinutes },
    lunch: rules.lunch,
    maxDays: rules.maxDays,
    repeat: search.repeat ?? mustRepeat(events),
    limits: 'keep',
    buffers: 'keep',
    objective: null,
  };
};

/** An event with its time, and its seats with whom the engine chose. */
export interface ChosenEvent {
  id: string;
  start: number;
  minutes: number;
  seats: SeatTemplate[];
}

/** In the order of `events`, whatever the order in time. */
export const chosenEvents = (
  events: readonly LoopEvent[],
  panel: Panel,
  schedule: Schedule,
): ChosenEvent[] =>
  events.flatMap(({ id, minutes, seats }) => {
    const placed = schedule.events.find(({ eventId }) => eventId === id);
    if (!placed) return [];
    const asked = panel.events.find((event) => event.id === id)?.seats ?? [];
    return [
      {
        id,
        start: placed.start,
        minutes,
        seats: seats.map(({ template }, index) => ({
          ...template,
          // A seat that was given up is optional in the panel alone.
          required: asked[index]?.required ?? template.required,
          chosen: [...(placed.seats[index]?.resourceIds ?? [])],
        })),
      },
    ];
  });
