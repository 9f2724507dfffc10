/** An event that is added to an interview: its seats are filled as they are when one is scheduled. */
import { LoopwrightError } from '#core/errors.ts';
import { fillSeats } from '#core/interview/fill.ts';
import type { EventTemplate } from '#core/interview/layers.ts';
import { addEvent, nextEventId } from '#core/interview/operations.ts';
import type { Plan } from '#core/interview/model.ts';
import type { Span } from '#core/people/conflicts.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { withoutOwn } from './busy-times.ts';
import type { Hub } from './hub.ts';
import { gatherCrowd, mayBeSeated, readCalendars, roomsOf } from './interview-people.ts';

/** What no coordinator can take upon itself: there is nobody to sit there. */
const hopeless = ['nobody_free', 'person_unknown', 'pool_unknown'];

/** Throws `interview_conflicts` where a required seat stays empty. */
export const planNewEvent = async (
  hub: Hub,
  { id, plan, connection_id: connectionId }: InterviewRow,
  event: EventTemplate & { start: number },
): Promise<(plan: Plan) => Plan> => {
  const { minutes, seats: templates, start, ...rest } = event;
  const span: Span = { start, end: start + minutes * 60_000 };
  const crowd = await gatherCrowd(hub, hub.db, connectionId);
  const read = await readCalendars(hub, crowd, mayBeSeated(crowd, templates), [span]);
  const room = await roomsOf(hub.db, crowd, withoutOwn(read, plan), {
    interviewId: id,
    spans: [span],
    bufferMinutes: plan.rules?.bufferMinutes ?? 0,
  });
  const beside = new Map<string, Span[]>();
  for (const other of plan.events)
    for (const { personId } of other.seats)
      beside.set(personId, [...(beside.get(personId) ?? []), other]);
  const eventId = nextEventId(plan);
  const { seats, problems } = fillSeats(eventId, templates, room(span, beside));
  const said = problems.filter(({ code }) => hopeless.includes(code)).map(({ text }) => text);
  if (said.length > 0)
    throw new LoopwrightError('interview_conflicts', 409, `interview: ${said.join(' ')}`, 'event.seats');
  return (current) => addEvent(current, { ...rest, ...span, seats });
}; // prettier-ignore
