/** Seats of an event of an interview that is there: filled as they are when one is scheduled. */
import { LoopwrightError } from '#core/errors.ts';
import { fillSeats } from '#core/interview/fill.ts';
import type { EventTemplate, SeatTemplate } from '#core/interview/layers.ts';
import { addEvent, nextEventId } from '#core/interview/operations.ts';
import type { FilledSeat, Plan } from '#core/interview/model.ts';
import type { Span } from '#core/people/conflicts.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { withoutOwn } from './busy-times.ts';
import type { Hub } from './hub.ts';
import { gatherCrowd, mayBeSeated, readCalendars, roomsOf } from './interview-people.ts';

/** What no coordinator can take upon itself: there is nobody to sit there. */
const hopeless = ['nobody_free', 'person_unknown', 'pool_unknown'];

interface Place {
  eventId: string;
  span: Span;
  /** Who stays in the event. */
  sitting: readonly string[];
  /** Where the seats stand in what was asked for. */
  field: string;
}

const nobodyFor = (field: string, index: number, text: string): LoopwrightError =>
  new LoopwrightError(
    'interview_conflicts',
    409,
    `interview: ${text}`,
    `${field}.${String(index)}`,
  );

/** Who takes each of the seats. Throws `interview_conflicts` where a required one stays empty. */
const fill = async (
  hub: Hub,
  { id, plan, connection_id: connectionId }: InterviewRow,
  templates: readonly SeatTemplate[],
  { eventId, span, sitting, field }: Place,
): Promise<FilledSeat[][]> => {
  const crowd = await gatherCrowd(hub, hub.db, connectionId);
  const read = await readCalendars(hub, crowd, mayBeSeated(crowd, templates), [span]);
  const room = await roomsOf(hub.db, crowd, withoutOwn(read, plan), {
    interviewId: id,
    spans: [span],
    bufferMinutes: plan.rules?.bufferMinutes ?? 0,
  });
  const beside = new Map<string, Span[]>();
  for (const other of plan.events)
    if (other.id !== eventId)
      for (const { personId } of other.seats)
        beside.set(personId, [...(beside.get(personId) ?? []), other]);
  const at = room(span, beside);
  return templates.reduce<FilledSeat[][]>((seats, template, index) => {
    const taken = [...sitting, ...seats.flat().map(({ personId }) => personId)];
    const found = fillSeats(eventId, [template], at, taken);
    const missing = found.problems.find(({ code }) => hopeless.includes(code));
    if (missing) throw nobodyFor(field, index, missing.text);
    return [...seats, found.seats];
  }, []);
};

export const planNewEvent = async (
  hub: Hub,
  row: InterviewRow,
  event: EventTemplate & { start: number },
): Promise<(plan: Plan) => Plan> => {
  const { minutes, seats: templates, start, ...rest } = event;
  const span: Span = { start, end: start + minutes * 60_000 };
  const eventId = nextEventId(row.plan);
  const place = { eventId, span, sitting: [], field: 'event.seats' };
  const seats = await fill(hub, row, templates, place);
  return (current) => addEvent(current, { ...rest, ...span, seats: seats.flat() });
};

/** More seats for an event that stands, beside those who stay. `minutes`: how long it will be. */
export const planMoreSeats = async (
  hub: Hub,
  row: InterviewRow,
  about: { eventId: string; minutes?: number | undefined; leaving: readonly string[] },
  templates: readonly SeatTemplate[],
): Promise<FilledSeat[]> => {
  const { eventId, minutes, leaving } = about;
  const event = row.plan.events.find(({ id }) => id === eventId);
  // Who changes the plan says that it has no such event.
  if (!event || templates.length === 0) return [];
  const { start, end, seats } = event;
  const sitting = seats.map(({ personId }) => personId).filter((id) => !leaving.includes(id));
  const span = { start, end: minutes === undefined ? end : start + minutes * 60_000 };
  const field = 'addSeats';
  const filled = await fill(hub, row, templates, { eventId, span, sitting, field });
  const left = filled.findIndex((one) => one.length === 0);
  if (left < 0) return filled.flat();
  // It was asked for by itself: leaving it out, as when all is scheduled, would be no answer.
  throw nobodyFor(
    field,
    left,
    'Nobody is free for this optional seat then. Name somebody else, or make it required.',
  );
};
