/**
 * What a coordinator does to a plan: each operation answers with the plan as it should be. Nothing
 * happens outside here; what follows is found by `want.ts` and `diff.ts`.
 */
import { conflict, invalid } from '#core/errors.ts';
import type { FilledSeat, InterviewState, Plan, PlannedEvent } from './model.ts';

const eventOf = (plan: Plan, eventId: string): PlannedEvent => {
  const event = plan.events.find(({ id }) => id === eventId);
  if (event) return event;
  throw invalid(
    'event_not_found',
    `interview: there is no event ${eventId} in it. Its events are ${plan.events.map(({ id }) => id).join(', ')}.`,
    'eventId',
  );
};

/** Throws `event_not_found`. */
export const eventName = (plan: Plan, eventId: string): string => eventOf(plan, eventId).name;

const withEvent = (
  plan: Plan,
  eventId: string,
  change: (event: PlannedEvent) => PlannedEvent,
): Plan => {
  eventOf(plan, eventId);
  return {
    ...plan,
    events: plan.events.map((event) => (event.id === eventId ? change(event) : event)),
  };
};

export const isRoom = ({ kind }: FilledSeat): boolean => kind === 'room';

export const peopleOf = ({ seats }: { seats: readonly FilledSeat[] }): FilledSeat[] =>
  seats.filter((seat) => !isRoom(seat));

/** The candidate does not hear of optional people, unless nobody else comes. */
export const namedToCandidate = (event: { seats: readonly FilledSeat[] }): FilledSeat[] => {
  const people = peopleOf(event);
  const required = people.filter((seat) => seat.required);
  return required.length > 0 ? required : people;
};

/** Where it takes place: as it was written, else the rooms that are booked for it. */
export const placeOf = ({
  location,
  seats,
}: {
  location: string;
  seats: readonly FilledSeat[];
}): string => (location === '' ? roomNames(seats) : location);

/** The same for a calendar, which leads there: with the name and address of the company's place. */
export const calendarPlaceOf = (
  { remote, place }: Pick<Plan, 'remote' | 'place'>,
  event: Pick<PlannedEvent, 'location' | 'seats'>,
): string => {
  const at = placeOf(event);
  if (remote || place === undefined || /^https?:/i.test(at)) return at;
  return [at, place.name, place.address].filter((part) => part !== '').join(', ');
};

export const roomNames = (seats: readonly FilledSeat[]): string =>
  seats
    .filter(isRoom)
    .map(({ name }) => name)
    .join(', ');

/** `minutes`: another length; left out: as long as before. */
export const moveEvent = (plan: Plan, eventId: string, start: number, minutes?: number): Plan =>
  withEvent(plan, eventId, (event) => ({
    ...event,
    start,
    end: start + (minutes === undefined ? event.end - event.start : minutes * 60_000),
  }));

/** The whole interview by the same distance: its events keep their gaps. */
export const moveAll = (plan: Plan, start: number): Plan => {
  const distance = start - Math.min(...plan.events.map((event) => event.start));
  return {
    ...plan,
    events: plan.events.map((event) => ({
      ...event,
      start: event.start + distance,
      end: event.end + distance,
    })),
  };
};

const mustSit = ({ id, seats }: PlannedEvent, personId: string, field = 'personId'): void => {
  if (seats.some((seat) => seat.personId === personId)) return;
  throw invalid(
    'seat_not_found',
    `interview: ${personId} does not sit in ${id}. Look at the interview again.`,
    field,
  );
};

const mustSitOnce = (seats: readonly FilledSeat[], field = 'byPersonId'): void => {
  const twice = seats.find(
    ({ personId }, index) => seats.findIndex((seat) => seat.personId === personId) < index,
  );
  if (!twice) return;
  throw invalid(
    'seat_taken_twice',
    `interview: ${twice.name} sits in this event already. Choose somebody else.`,
    field,
  );
};

export const replaceSeat = (plan: Plan, eventId: string, personId: string, by: FilledSeat): Plan =>
  withEvent(plan, eventId, (event) => {
    mustSit(event, personId);
    const seats = event.seats.map((seat) => (seat.personId === personId ? by : seat));
    mustSitOnce(seats);
    return { ...event, seats };
  });

/** Somebody is reached at another address, wherever they sit. */
export const changeAddress = (plan: Plan, personId: string, email: string): Plan => ({
  ...plan,
  events: plan.events.map((event) => ({
    ...event,
    seats: event.seats.map((seat) => (seat.personId === personId ? { ...seat, email } : seat)),
  })),
});

/** Another time for an event, and who sits there instead of whom; null: the seat stays empty. */
export interface Arrangement {
  eventId: string;
  start: number;
  replace: ReadonlyArray<{ personId: string; byPersonId: string | null }>;
}

/** Several events at once; each keeps its length. `seatFor` makes the seat of whoever comes. */
export const rearrange = (
  plan: Plan,
  arrangement: readonly Arrangement[],
  seatFor: (seat: FilledSeat, personId: string) => FilledSeat,
): Plan => {
  const moved = arrangement.reduce(
    (left, { eventId, start, replace }) =>
      withEvent(moveEvent(left, eventId, start), eventId, (event) => {
        for (const { personId } of replace) mustSit(event, personId);
        const seats = event.seats.flatMap((seat) => {
          const change = replace.find(({ personId }) => personId === seat.personId);
          if (!change) return [seat];
          return change.byPersonId === null ? [] : [seatFor(seat, change.byPersonId)];
        });
        // Two may have changed places, so it is looked at when all have moved.
        mustSitOnce(seats);
        return { ...event, seats };
      }),
    plan,
  );
  return { ...moved, events: moved.events.toSorted((a, b) => a.start - b.start) };
};

/** The smallest name that no event of this interview ever had. */
export const nextEventId = (plan: Plan): string => {
  const used = plan.events.map(({ id }) => Number(id.slice(1)));
  return `e${String(Math.max(plan.lastEvent, 0, ...used) + 1)}`;
};

export const addEvent = (plan: Plan, event: Omit<PlannedEvent, 'id'>): Plan => {
  const id = nextEventId(plan);
  return {
    ...plan,
    lastEvent: Number(id.slice(1)),
    events: [...plan.events, { ...event, id }].toSorted((a, b) => a.start - b.start),
  };
};

export const removeEvent = (plan: Plan, eventId: string): Plan => {
  eventOf(plan, eventId);
  if (plan.events.length === 1)
    throw conflict(
      'last_event',
      'interview: this is its only event. Cancel the interview instead.',
    );
  return { ...plan, events: plan.events.filter(({ id }) => id !== eventId) };
};

/** What is left out stays; `minutes`: another length from the same start. */
export type EventChange = Partial<
  Pick<
    PlannedEvent,
    | 'name'
    | 'topic'
    | 'prepare'
    | 'location'
    | 'internal'
    | 'feedbackFormId'
    | 'interviewerInvite'
    | 'coding'
  >
> & {
  minutes?: number;
  /** Of people who sit there already. */
  seats?: ReadonlyArray<
    Pick<FilledSeat, 'personId'> & Partial<Pick<FilledSeat, 'required' | 'feedbackFormId'>>
  >;
  /** Who sits there no longer. */
  removeSeats?: readonly string[];
  addSeats?: readonly FilledSeat[];
};

export const changeEvent = (
  plan: Plan,
  eventId: string,
  { minutes, seats = [], removeSeats = [], addSeats = [], ...fields }: EventChange,
): Plan =>
  withEvent(plan, eventId, (event) => {
    for (const [index, { personId }] of seats.entries())
      mustSit(event, personId, `seats.${String(index)}.personId`);
    for (const [index, personId] of removeSeats.entries())
      mustSit(event, personId, `removeSeats.${String(index)}`);
    const seated = [
      ...event.seats
        .filter(({ personId }) => !removeSeats.includes(personId))
        .map((seat) => ({ ...seat, ...seats.find(({ personId }) => personId === seat.personId) })),
      ...addSeats,
    ];
    mustSitOnce(seated, 'addSeats');
    return {
      ...event,
      ...fields,
      end: minutes === undefined ? event.end : event.start + minutes * 60_000,
      seats: seated,
    };
  });

/** Another link for the same purpose: the old one is taken back, texts get the new one. */
export const renewLink = (plan: Plan, thing: string): Plan => {
  const base = thing.replace(/\/\d+$/, '');
  return { ...plan, links: { ...plan.links, [base]: (plan.links[base] ?? 0) + 1 } };
};

const allowed: Record<string, readonly InterviewState[]> = {
  hold: ['draft'],
  confirm: ['draft', 'hold'],
  change: ['draft', 'hold', 'confirmed'],
  cancel: ['draft', 'hold', 'confirmed'],
};

/** Throws `interview_state` where this may not be done to an interview in this state. */
export const mayDo = (act: keyof typeof allowed, state: InterviewState): void => {
  if (allowed[act]?.includes(state)) return;
  throw conflict(
    'interview_state',
    `interview: it is ${state}, so this cannot be done to it. Look at it again.`,
  );
};
