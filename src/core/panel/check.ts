/** What the engine is given, checked before any work: each error names the field and the remedy. */
import { invalid } from '../errors.ts';
import type { Hours, Span } from '../people/conflicts.ts';
import { limits, terms, type Gap, type Objective, type Panel, type Resource } from './model.ts';
import { wallTime, zoneTable } from './zones.ts';

const wrong = (field: string, what: string): Error =>
  invalid('panel_invalid', `panel: ${what}`, field);

const tooLarge = (field: string, what: string, most: number): Error =>
  invalid(
    'panel_too_large',
    `panel: it has more ${what} than the ${String(most)} that the engine takes. Ask for less at once.`,
    field,
  );

const day = 86_400_000;
const clock = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const date = /^\d{4}-\d\d-\d\d$/;

const whole = (field: string, value: number, least: number, most: number): void => {
  if (!Number.isInteger(value) || value < least || value > most)
    throw wrong(field, `a number has to be whole, from ${String(least)} to ${String(most)}. Correct it.`);
}; // prettier-ignore

const checkSpans = (field: string, spans: readonly Span[]): void => {
  const bad = spans.findIndex(({ start, end }) => !Number.isFinite(start) || !Number.isFinite(end));
  if (bad >= 0)
    throw wrong(`${field}.${String(bad)}`, 'a time is not a number. Give milliseconds since the epoch.'); // prettier-ignore
};

const checkZone = (field: string, zone: string, horizon: Span): void => {
  try {
    zoneTable(zone, horizon.start, horizon.start);
  } catch {
    throw wrong(field, `there is no time zone ${zone.slice(0, 60)}. Give an IANA name, such as Europe/Berlin.`); // prettier-ignore
  }
};

const checkWall = (field: string, { from, to }: { from: string; to: string }): void => {
  if (!clock.test(from) || !clock.test(to) || wallTime(from) >= wallTime(to))
    throw wrong(field, 'times have to read HH:MM, and the first has to come before the second.');
};

const checkHours = (field: string, hours: Hours | null): void => {
  for (const [name, spans] of Object.entries<Hours['mon']>({ ...hours }))
    spans.forEach((span, index) => {
      checkWall(`${field}.${name}.${String(index)}`, span);
    });
};

const checkGap = (field: string, { min, max }: Gap): void => {
  whole(`${field}.min`, min, 0, 1_440);
  if (max === null) return;
  whole(`${field}.max`, max, 0, 1_440);
  if (max < min) throw wrong(`${field}.max`, 'the longest gap is shorter than the shortest. Correct one of them.'); // prettier-ignore
};

/** `seen`: zones and hours that were found good, which many people share. */
export const checkResource = (
  field: string,
  one: Resource,
  horizon: Span,
  seen = new Set<unknown>(),
): void => {
  const once = (thing: unknown, check: () => void): void => {
    if (seen.has(thing)) return;
    check();
    seen.add(thing);
  };
  once(one.zone, () => {
    checkZone(`${field}.zone`, one.zone, horizon);
  });
  for (const name of ['hours', 'preferred'] as const)
    once(one[name], () => {
      checkHours(`${field}.${name}`, one[name]);
    });
  if (one.busy.length + one.booked.length > limits.busyPerResource)
    throw tooLarge(`${field}.busy`, 'busy times for one person', limits.busyPerResource);
  checkSpans(`${field}.busy`, one.busy);
  checkSpans(`${field}.booked`, one.booked);
  one.daysOff.forEach(({ from, to }, index) => {
    if (!date.test(from) || !date.test(to) || Number.isNaN(Date.parse(from)) || Number.isNaN(Date.parse(to)))
      throw wrong(`${field}.daysOff.${String(index)}`, 'a day off has to read 2026-12-01. Correct it.');
  }); // prettier-ignore
  whole(`${field}.buffer.before`, one.buffer.before, 0, 480);
  whole(`${field}.buffer.after`, one.buffer.after, 0, 480);
  if (one.perDay !== null) whole(`${field}.perDay`, one.perDay, 0, 100);
  if (one.perWeek !== null) whole(`${field}.perWeek`, one.perWeek, 0, 500);
};

const checkEvents = ({ events, resources }: Panel): void => {
  const known = new Set(resources.map(({ id }) => id));
  const ids = new Set(events.map(({ id }) => id));
  let positions = 0;
  events.forEach((event, index) => {
    const field = `events.${String(index)}`;
    whole(`${field}.minutes`, event.minutes, 5, 1_440);
    if (event.gap) checkGap(`${field}.gap`, event.gap);
    if (event.between) checkWall(`${field}.between`, event.between);
    for (const id of event.after)
      if (!ids.has(id) || id === event.id)
        throw wrong(`${field}.after`, `there is no other event ${id.slice(0, 60)}. Name one of this panel.`);
    if (event.seats.length > limits.positions)
      throw tooLarge(`${field}.seats`, 'seats in one event', limits.positions);
    if (new Set(event.seats.map(({ id }) => id)).size !== event.seats.length)
      throw wrong(`${field}.seats`, 'two seats have the same id. Give each its own.');
    event.seats.forEach(({ of, count }, seat) => {
      const place = `${field}.seats.${String(seat)}`;
      whole(`${place}.count`, count, 1, limits.positions);
      positions += count;
      if (of.length > limits.seatMembers) throw tooLarge(`${place}.of`, 'members in one seat', limits.seatMembers);
      if (new Set(of).size !== of.length) throw wrong(`${place}.of`, 'somebody is listed twice. Name each once.');
      const stranger = of.find((id) => !known.has(id));
      if (stranger !== undefined)
        throw wrong(`${place}.of`, `there is no resource ${stranger.slice(0, 60)}. Add it to resources.`);
    });
  });
  if (positions > limits.positions) throw tooLarge('events', 'positions in all seats', limits.positions);
}; // prettier-ignore

/** Events that wait for each other can never happen. */
const checkOrder = ({ events, order }: Panel): void => {
  const over = new Set<string>();
  let left = events.map((event, index) => ({
    id: event.id,
    needs: [...event.after, ...(order === 'fixed' ? events.slice(0, index).map(({ id }) => id) : [])],
  }));
  while (left.length > 0) {
    const next = left.filter(({ needs }) => needs.some((id) => !over.has(id)));
    if (next.length === left.length)
      throw wrong('events', `${next.map(({ id }) => id).join(', ')} wait for each other. Take one of their "after" away.`);
    for (const { id } of left) if (!next.some((one) => one.id === id)) over.add(id);
    left = next;
  }
}; // prettier-ignore

const checkObjective = (objective: Objective | null): void => {
  if (objective === null) return;
  const known = new Set<string>(terms);
  if ('weights' in objective) {
    for (const [term, weight] of Object.entries(objective.weights)) {
      if (!known.has(term)) throw wrong(`objective.weights.${term.slice(0, 40)}`, `there is no term of this name. Use ${terms.join(', ')}.`); // prettier-ignore
      whole(`objective.weights.${term}`, weight, 0, 1_000_000);
    }
    return;
  }
  if (new Set(objective.order).size !== objective.order.length)
    throw wrong('objective.order', 'a term is listed twice. Name each once.');
  for (const term of objective.order)
    if (!known.has(term)) throw wrong('objective.order', `there is no term ${(term as string).slice(0, 40)}. Use ${terms.join(', ')}.`); // prettier-ignore
};

/** Throws `panel_invalid` or `panel_too_large`. */
export const checkPanel = (panel: Panel): void => {
  const { horizon, resources, events, lunch } = panel;
  checkSpans('horizon', [horizon]);
  if (horizon.end <= horizon.start)
    throw wrong('horizon.end', 'the horizon ends before it starts. Give a later end.');
  if (horizon.end - horizon.start > limits.days * day)
    throw tooLarge('horizon', 'days', limits.days);
  whole('seed', panel.seed, 0, 2 ** 32 - 1);
  checkZone('zone', panel.zone, horizon);
  if (![5, 15].includes(panel.grain)) throw wrong('grain', 'it is 5 or 15 minutes. Choose one.');
  if (panel.lattice % panel.grain !== 0 || panel.lattice < 1 || 60 % panel.lattice !== 0)
    throw wrong('lattice', 'it has to be a multiple of the grain that divides 60. Choose 15, 30 or 60.');
  whole('maxDays', panel.maxDays, 1, 5);
  if (events.length === 0) throw wrong('events', 'there is no event. Add at least one.');
  if (events.length > limits.events) throw tooLarge('events', 'events', limits.events);
  if (resources.length > limits.resources) throw tooLarge('resources', 'people and rooms', limits.resources);
  for (const [field, things] of [['events', events], ['resources', resources]] as const)
    if (new Set(things.map(({ id }) => id)).size !== things.length)
      throw wrong(field, 'two of them have the same id. Give each its own.');
  checkGap('gap', panel.gap);
  checkSpans('windows', panel.windows);
  if (lunch) {
    checkWall('lunch', lunch);
    whole('lunch.minutes', lunch.minutes, 5, (wallTime(lunch.to) - wallTime(lunch.from)) / 60_000);
  }
  const seen = new Set<unknown>();
  resources.forEach((one, index) => {
    checkResource(`resources.${String(index)}`, one, horizon, seen);
  });
  checkEvents(panel);
  checkOrder(panel);
  checkObjective(panel.objective);
}; // prettier-ignore
