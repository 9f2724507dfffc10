/**
 * Holds one schedule against the rules of `model.ts` and counts its score anew, sharing nothing with the
 * solver or the oracle. It never rounds what is busy or free: an event is made of whole slots, so it
 * touches a span rounded outward exactly when it touches the span itself.
 */
import { Temporal } from 'temporal-polyfill';
import type { Hours, Span } from '../people/conflicts.ts';
import { terms, type Panel, type PanelEvent, type Placed, type Resource, type Schedule, type Score } from './model.ts'; // prettier-ignore

const minute = 60_000;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const zoned = (instant: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

const dateOf = (instant: number, zone: string): Temporal.PlainDate =>
  zoned(instant, zone).toPlainDate();

const dayOf = (instant: number, zone: string): string => dateOf(instant, zone).toString();

/** The Monday of its week. */
const weekOf = (instant: number, zone: string): string => {
  const date = dateOf(instant, zone);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};

/** The instant of a wall time. */
export const instantOf = (date: Temporal.PlainDate, time: string, zone: string): number => {
  const [day, clock] = time === '24:00' ? [date.add({ days: 1 }), '00:00'] : [date, time];
  return day
    .toPlainDateTime(Temporal.PlainTime.from(clock))
    .toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
};

const real = ({ start, end }: Span): boolean => start < end;
const meet = (a: Span, b: Span): boolean =>
  real(a) && real(b) && a.start < b.end && b.start < a.end;
const holds = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

const joined = (spans: readonly Span[]): Span[] => {
  const found: Span[] = [];
  for (const span of spans.filter(real).sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else found.push({ start: span.start, end: span.end });
  }
  return found;
};

/** Whether a span lies wholly in weekly hours; the clocks of a zone may skip a whole day. */
export const withinHours = (hours: Hours, zone: string, span: Span): boolean => {
  const spans: Span[] = [];
  for (let away = -3; away <= 3; away += 1) {
    const date = dateOf(span.start, zone).add({ days: away });
    const name = weekdays[date.dayOfWeek - 1] ?? 'mon';
    for (const { from, to } of hours[name])
      spans.push({ start: instantOf(date, from, zone), end: instantOf(date, to, zone) });
  }
  return joined(spans).some((one) => holds(one, span));
};

const upTo = (panel: Panel, minutes: number): number => {
  const slot = panel.grain * minute;
  return Math.ceil((minutes * minute) / slot) * slot;
};

const isOff = (person: Resource, span: Span): boolean => {
  const first = dayOf(span.start, person.zone);
  const last = dayOf(span.end - 1, person.zone);
  return person.daysOff.some(({ from, to }) => from <= to && from <= last && first <= to);
};

const busyWith = (person: Resource, kind: 'hard' | 'soft' | 'unknown', span: Span): boolean =>
  person.busy.some((one) => one.kind === kind && meet(one, span));

const takenBy = (person: Resource, span: Span): boolean =>
  busyWith(person, 'hard', span) || person.booked.some((one) => meet(one, span));

const bufferTouched = (panel: Panel, person: Resource, { start, end }: Span): boolean =>
  takenBy(person, { start: start - upTo(panel, person.buffer.before), end: start }) ||
  takenBy(person, { start: end, end: end + upTo(panel, person.buffer.after) });

/** With the time that they take on the grid, in place of their own ends. */
const taken = (panel: Panel, events: readonly Placed[]): Placed[] =>
  events.map((one) => ({ ...one, end: one.start + upTo(panel, (one.end - one.start) / minute) }));

/** Whoever sits in an event. */
const sitting = (panel: Panel, placed: Placed): Resource[] =>
  placed.seats
    .flatMap(({ resourceIds }) => resourceIds)
    .flatMap((id) => panel.resources.filter((one) => one.id === id));

const byTime = (events: readonly Placed[]): Placed[] =>
  [...events].sort((a, b) => a.start - b.start);

const byDay = (panel: Panel, events: readonly Placed[]): Map<string, Placed[]> =>
  Map.groupBy(byTime(events), ({ start }) => dayOf(start, panel.zone));

/** Which pauses between the events of a day can hold lunch, and whether it fits before or after them. */
const lunchOn = (panel: Panel, day: readonly Placed[]): { within: number[]; outside: boolean } => {
  const { lunch, zone } = panel;
  const first = day[0];
  const last = day.at(-1);
  if (!lunch || !first || !last) return { within: [], outside: true };
  const slot = panel.grain * minute;
  const date = dateOf(first.start, zone);
  const opens = Math.ceil(instantOf(date, lunch.from, zone) / slot) * slot;
  const closes = Math.floor(instantOf(date, lunch.to, zone) / slot) * slot;
  const fits = (from: number, to: number): boolean =>
    Math.min(to, closes) - Math.max(from, opens) >= upTo(panel, lunch.minutes);
  const within = day.flatMap((next, index) => {
    const before = day[index - 1];
    return before && fits(before.end, next.start) ? [index] : [];
  });
  return { within, outside: fits(-Infinity, first.start) || fits(last.end, Infinity) };
};

const gapsOf = (day: readonly Placed[]): number[] =>
  day.map((next, index) => next.start - (day[index - 1]?.end ?? next.start));

/** How many interviews somebody has on the days or in the weeks of the schedule: those booked, those new. */
const tally = (person: Resource, starts: readonly number[], unit: typeof dayOf): Array<{ booked: number; new: number }> =>
  [...new Set(starts.map((at) => unit(at, person.zone)))].map((name) => ({
    booked: person.booked.filter((one) => real(one) && unit(one.start, person.zone) === name).length,
    new: starts.filter((at) => unit(at, person.zone) === name).length,
  })); // prettier-ignore

const beyond = (counts: ReadonlyArray<{ booked: number; new: number }>, limit: number | null): number =>
  limit === null
    ? 0
    : counts.reduce((sum, one) => sum + Math.min(one.new, Math.max(0, one.booked + one.new - limit)), 0); // prettier-ignore

const startsOf = (panel: Panel, events: readonly Placed[], person: Resource): number[] =>
  events.filter((one) => sitting(panel, one).includes(person)).map(({ start }) => start);

const overLimits = (panel: Panel, events: readonly Placed[], person: Resource): number => {
  const starts = startsOf(panel, events, person);
  return (
    beyond(tally(person, starts, dayOf), person.perDay) +
    beyond(tally(person, starts, weekOf), person.perWeek)
  );
};

export const scoreOf = (panel: Panel, placements: readonly Placed[]): Score => {
  const events = taken(panel, placements);
  const score = Object.fromEntries(terms.map((term) => [term, 0])) as Score;
  for (const placed of events) {
    const event = panel.events.find(({ id }) => id === placed.eventId);
    for (const seat of event?.seats ?? []) {
      const ids = placed.seats.find(({ seatId }) => seatId === seat.id)?.resourceIds ?? [];
      if (!seat.required) score.optional += seat.count - ids.length;
      if (seat.ranked) for (const id of ids) score.rank += Math.min(9, seat.of.indexOf(id));
    }
    for (const one of sitting(panel, placed)) {
      if (busyWith(one, 'unknown', placed)) score.unknown += 1;
      if (busyWith(one, 'soft', placed)) score.soft += 1;
      if (one.kind === 'room') continue;
      if (one.preferred && !withinHours(one.preferred, one.zone, placed)) score.preferred += 1;
      if (one.met) score.met += 1;
      if (panel.buffers === 'avoid' && bufferTouched(panel, one, placed)) score.buffer += 1;
    }
  }
  for (const person of panel.resources.filter(({ kind }) => kind === 'person')) {
    if (panel.limits === 'avoid') score.limit += overLimits(panel, events, person);
    for (const week of tally(person, startsOf(panel, events, person), weekOf))
      score.load += (week.booked + week.new) ** 2 - week.booked ** 2;
  }
  const days = byDay(panel, events);
  score.days = days.size - 1;
  for (const day of days.values()) {
    const between = gapsOf(day).reduce((sum, one) => sum + one, 0);
    const eaten = lunchOn(panel, day).within.length > 0 ? upTo(panel, panel.lunch?.minutes ?? 0) : 0;
    score.idle += (between - eaten) / minute;
  }
  score.start = ((byTime(events)[0]?.start ?? 0) - panel.horizon.start) / minute;
  return score;
}; // prettier-ignore

/** Below zero: `a` is better. */
export const compareScores = (panel: Panel, a: Score, b: Score): number => {
  const objective = panel.objective ?? { order: terms };
  if ('weights' in objective) {
    const sum = (score: Score): number =>
      terms.reduce((total, term) => total + score[term] * (objective.weights[term] ?? 0), 0);
    return sum(a) - sum(b);
  }
  for (const term of objective.order) if (a[term] !== b[term]) return a[term] - b[term];
  return 0;
};

type Ranked = Pick<Schedule, 'events' | 'score'>;

/** As `compareScores`; of equals the earlier is better. */
export const compareSchedules = (panel: Panel, a: Ranked, b: Ranked): number =>
  compareScores(panel, a.score, b.score) ||
  (byTime(a.events)[0]?.start ?? 0) - (byTime(b.events)[0]?.start ?? 0);

type Say = (fault: string) => void;

const checkTime = (panel: Panel, event: PanelEvent, placed: Placed, say: Say): void => {
  const { zone, horizon } = panel;
  if (placed.start % (panel.grain * minute) !== 0) say('starts off the grid');
  const clock = zoned(placed.start, zone);
  if (clock.minute % panel.lattice !== 0 || clock.second !== 0) say('starts off the lattice');
  if (!holds(horizon, placed)) say('lies beyond the horizon');
  const date = clock.toPlainDate();
  const day = {
    start: date.toZonedDateTime(zone).epochMilliseconds,
    end: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
  };
  if (!holds(day, placed)) say('lies on two days');
  if (!joined(panel.windows).some((one) => holds(one, placed))) say('lies in no window');
  if (event.between) {
    const { from, to } = event.between;
    const span = { start: instantOf(date, from, zone), end: instantOf(date, to, zone) };
    if (!holds(span, placed)) say('lies outside its own hours');
  }
};

const checkSeats = (panel: Panel, event: PanelEvent, placed: Placed, say: Say): void => {
  const known = event.seats.map(({ id }) => id);
  const listed = placed.seats.map(({ seatId }) => seatId);
  if (listed.some((id, index) => !known.includes(id) || listed.indexOf(id) !== index))
    say('has strange seats');
  const everybody = placed.seats.flatMap(({ resourceIds }) => resourceIds);
  if (new Set(everybody).size !== everybody.length) say('seats somebody twice');
  for (const seat of event.seats) {
    const ids = placed.seats.find(({ seatId }) => seatId === seat.id)?.resourceIds ?? [];
    if (ids.length > seat.count) say(`overfills ${seat.id}`);
    if (seat.required && ids.length < seat.count) say(`leaves ${seat.id} empty`);
    if (ids.some((id) => !seat.of.includes(id))) say(`seats a stranger in ${seat.id}`);
  }
  for (const one of sitting(panel, placed)) {
    if (one.hours && !withinHours(one.hours, one.zone, placed)) say(`is outside ${one.id}'s hours`);
    if (isOff(one, placed)) say(`is on a day off of ${one.id}`);
    if (takenBy(one, placed)) say(`is where ${one.id} is taken`);
    if (panel.buffers === 'keep' && bufferTouched(panel, one, placed)) say(`breaks ${one.id}'s buffer`);
  }
}; // prettier-ignore

const checkDay = (panel: Panel, day: readonly Placed[], say: Say): void => {
  const gaps = gapsOf(day);
  const rules = day.map(({ eventId }) => panel.events.find(({ id }) => id === eventId)?.gap ?? panel.gap);
  const least = gaps.findIndex((gap, index) => index > 0 && gap < (rules[index]?.min ?? 0) * minute);
  if (least > 0) say(`${day[least]?.eventId ?? ''}: follows too soon`);
  const lunch = lunchOn(panel, day);
  const eaten = upTo(panel, panel.lunch?.minutes ?? 0);
  // -1: lunch lies in no pause.
  const choices = [...lunch.within, ...(lunch.outside ? [-1] : [])];
  if (choices.length === 0) say('a day has no lunch');
  const served = (choice: number): boolean =>
    gaps.every((gap, index) => {
      const max = rules[index]?.max ?? Infinity;
      return index === 0 || gap - (index === choice ? eaten : 0) <= max * minute;
    });
  if (choices.length > 0 && !choices.some(served)) say('a pause is too long');
}; // prettier-ignore

const checkOrder = (panel: Panel, events: readonly Placed[], say: Say): void => {
  const at = (id: string): Placed | undefined => events.find(({ eventId }) => eventId === id);
  events.forEach((placed, index) => {
    const before = events[index - 1];
    if (before && before.start > placed.start) say('events are not in the order of time');
    if (before && before.end > placed.start) say(`${placed.eventId}: overlaps another`);
    const event = panel.events.find(({ id }) => id === placed.eventId);
    for (const id of event?.after ?? [])
      if ((at(id)?.end ?? Infinity) > placed.start) say(`${placed.eventId}: is not after ${id}`);
  });
  if (panel.order === 'fixed' && byTime(events).some(({ eventId }, index) => panel.events[index]?.id !== eventId))
    say('events are not in the order listed');
}; // prettier-ignore

const checkPeople = (panel: Panel, events: readonly Placed[], say: Say): void => {
  for (const one of panel.resources) {
    const starts = startsOf(panel, events, one);
    if (one.kind === 'person' && !panel.repeat && starts.length > 1) say(`${one.id}: sits in several events`);
    if (panel.limits === 'keep' && overLimits(panel, events, one) > 0) say(`${one.id}: is beyond a limit`);
  }
}; // prettier-ignore

/** Every rule that a schedule breaks, and every term that is counted wrongly; none: it is sound. */
export const checkSchedule = (panel: Panel, schedule: Schedule): string[] => {
  const faults: string[] = [];
  const say = (fault: string): void => {
    faults.push(fault);
  };
  const events = taken(panel, schedule.events);
  for (const { eventId, start, end } of schedule.events)
    if (end - start !== (panel.events.find(({ id }) => id === eventId)?.minutes ?? 0) * minute)
      say(`${eventId}: has another length`);
  for (const event of panel.events) {
    const placed = events.filter(({ eventId }) => eventId === event.id);
    if (placed.length !== 1) say(`${event.id}: stands ${String(placed.length)} times`);
    for (const one of placed) {
      const tell = (fault: string): void => {
        say(`${event.id}: ${fault}`);
      };
      checkTime(panel, event, one, tell);
      checkSeats(panel, event, one, tell);
    }
  }
  if (events.length !== panel.events.length) say('there are other events');
  checkOrder(panel, events, say);
  const days = byDay(panel, events);
  if (days.size > panel.maxDays) say('there are too many days');
  for (const day of days.values()) checkDay(panel, day, say);
  checkPeople(panel, events, say);
  const score = scoreOf(panel, events);
  for (const term of terms)
    if (schedule.score[term] !== score[term])
      say(`${term} is ${String(score[term])}, not ${String(schedule.score[term])}`);
  for (const { term, eventId, resourceId, text } of schedule.compromises) {
    if (score[term] === 0) say(`a compromise of ${term} that there is not`);
    if (eventId !== null && !panel.events.some(({ id }) => id === eventId)) say('a compromise of no event');
    if (resourceId !== null && !panel.resources.some(({ id }) => id === resourceId)) say('a compromise of nobody');
    if (text === '') say('a compromise without words');
  }
  return faults;
}; // prettier-ignore
