/**
 * Makes a plan of what a coordinator asks for: layers of settings laid over each other, seats filled
 * at the given times, and everything that is wrong with it. Nothing is stored or done here.
 */
import { invalid } from '#core/errors.ts';
import { fillSeats, lacksAtsUser, noAtsUser, type SeatProblem } from '#core/interview/fill.ts';
import {
  rulesOf,
  settle,
  type EventTemplate,
  type Layer,
  type Settled,
} from '#core/interview/layers.ts';
import type { CodingChoice, FilledSeat, Place, Plan, PlannedEvent } from '#core/interview/model.ts';
import type { Span } from '#core/people/conflicts.ts';
import type { Registry } from '#core/template/variables.ts';
import type { CandidateRow } from '#store/candidates.ts';
import type { Executor } from '#store/database.ts';
import { findChoices } from '#store/choices.ts';
import { findCompany } from '#store/company.ts';
import { templateLayers } from '#store/templates.ts';
import { candidateProblems } from './candidate-times.ts';
import { checkTexts, type TextFault } from './check-texts.ts';
import { codingOf, connectionsOfRole, platformsOf, registryOf } from './interview-scene.ts';
import {
  gatherCrowd,
  mayBeSeated,
  readCalendars,
  roomsOf,
  type Crowd,
} from './interview-people.ts';
import type { BusyByPerson } from './busy-times.ts';
import type { Hub } from './hub.ts';

/** An event as it is asked for: what is left out comes from the template's event at the same place. */
export type EventWish = Partial<EventTemplate> & {
  /** Milliseconds since the epoch. */
  start: number;
};

/** An interview as it is asked for, whatever is said about its times. */
export interface LoopWish {
  connectionId: string;
  templateId: string | null;
  candidateZone: string | null;
  layer: Layer;
  events: Array<Partial<EventTemplate>>;
}

export interface PlanWish extends LoopWish {
  note: string;
  events: EventWish[];
}

export interface PlanProblems {
  seats: SeatProblem[];
  texts: TextFault[];
}

export interface Planned {
  plan: Plan;
  problems: PlanProblems;
}

/** What is read outside the transaction that stores the plan. */
export interface Ground {
  crowd: Crowd;
  busy: BusyByPerson;
  settled: Settled;
  registry: Registry;
  coding: CodingChoice[];
  /** Of these and the events' own, what its vendor's list has no more. */
  gone: CodingChoice[];
  place: Place | undefined;
}

const nameless: Omit<EventTemplate, 'minutes'> = {
  name: 'Interview',
  topic: '',
  location: '',
  internal: false,
  seats: [],
  feedbackFormId: null,
  interviewerInvite: null,
};

const spansOf = (events: readonly EventWish[], templates: readonly EventTemplate[]): Span[] =>
  events.map((wish, index) => {
    const minutes = wish.minutes ?? templates[index]?.minutes;
    if (minutes === undefined)
      throw invalid(
        'event_length_missing',
        'interview: nothing says how long an event takes. Give its minutes, or choose a template that does.',
        `events.${String(index)}.minutes`,
      );
    return { start: wish.start, end: wish.start + minutes * 60_000 };
  });

/** Company, templates and this interview, laid over each other. */
export const settleWish = async (
  db: Executor,
  { templateId, layer }: { templateId: string | null; layer: Layer },
): Promise<Settled> => {
  const company = await findCompany(db);
  const templates = templateId === null ? [] : await templateLayers(db, templateId);
  return settle([company.layer, ...templates.map((one) => one.layer), layer]);
};

const goneOf = async (db: Executor, coding: readonly CodingChoice[]): Promise<CodingChoice[]> => {
  const gone: CodingChoice[] = [];
  for (const choice of coding) {
    const { connectionId, kind, id } = choice;
    if (kind === null || id === null) continue;
    if ((await findChoices(db, connectionId, kind, [id])).length === 0) gone.push(choice);
  }
  return gone;
};

export const surveyGround = async (hub: Hub, wish: PlanWish): Promise<Ground> => {
  const { db } = hub;
  const settled = await settleWish(db, wish);
  const crowd = await gatherCrowd(hub, db, wish.connectionId);
  const platforms = platformsOf(hub, await connectionsOfRole(hub, db, 'coding'));
  const spans = spansOf(wish.events, settled.events);
  const seats = wish.events.flatMap(
    (one, index) => one.seats ?? settled.events[index]?.seats ?? [],
  );
  const rooms = wish.events.flatMap(
    (one, index) => one.coding ?? settled.events[index]?.coding ?? [],
  );
  const coding = codingOf(settled.coding, platforms);
  return {
    crowd,
    settled,
    registry: registryOf(platforms),
    coding,
    gone: await goneOf(db, [...coding, ...rooms]),
    place: (await findCompany(db)).places.find(({ id }) => id === settled.placeId),
    busy: await readCalendars(hub, crowd, mayBeSeated(crowd, seats), spans),
  };
};

export const planInterview = async (
  db: Executor,
  wish: PlanWish & { candidate: CandidateRow },
  ground: Ground,
  interviewId: string | null,
): Promise<Planned> => {
  const { settled, crowd, registry } = ground;
  const spans = spansOf(wish.events, settled.events);
  const room = await roomsOf(db, crowd, ground.busy, {
    interviewId,
    spans,
    bufferMinutes: settled.bufferMinutes,
  });
  const seats: SeatProblem[] = [];
  const booked = new Map<string, Span[]>();
  const events = wish.events.map((one, index): PlannedEvent => {
    const span = spans[index] ?? { start: one.start, end: one.start };
    const template = { ...nameless, ...settled.events[index], ...one };
    const id = `e${String(index + 1)}`;
    const filled = fillSeats(id, template.seats, room(span, booked));
    seats.push(...filled.problems);
    for (const { personId } of filled.seats)
      booked.set(personId, [...(booked.get(personId) ?? []), span]);
    return {
      id,
      name: template.name,
      topic: template.topic,
      ...(template.prepare ? { prepare: template.prepare } : {}),
      ...span,
      location: template.location,
      seats: filled.seats,
      feedbackFormId: template.feedbackFormId,
      interviewerInvite: template.interviewerInvite,
      internal: template.internal,
      ...(template.coding?.length ? { coding: template.coding } : {}),
    };
  });
  const zone = settled.remote ? (wish.candidateZone ?? settled.zone) : settled.zone;
  const plan: Plan = {
    name: settled.interviewName,
    zone: settled.zone,
    candidateZone: zone,
    remote: settled.remote,
    events: events.toSorted((a, b) => a.start - b.start),
    texts: settled.texts,
    coding: ground.coding,
    recruiter: settled.recruiter,
    coordinator: settled.coordinator,
    hiringManager: settled.hiringManager,
    lastEvent: events.length,
    rules: rulesOf(settled),
    linkWaitMinutes: settled.linkWaitMinutes,
    hubLinks: settled.hubLinks,
    confirmHolds: settled.confirmHolds,
    links: {},
    ...(ground.place === undefined ? {} : { place: ground.place }),
    note: wish.note,
  };
  seats.push(...(await candidateProblems(db, wish.candidate, plan, interviewId)));
  return { plan, problems: { seats, texts: checkTexts(plan, registry, ground.gone) } };
};

/** What speaks against the seats of a plan as they are: after a move, say. */
export const reviewSeats = async (
  db: Executor,
  plan: Plan,
  ground: Pick<Ground, 'crowd' | 'busy'>,
  interviewId: string,
): Promise<SeatProblem[]> => {
  const room = await roomsOf(db, ground.crowd, ground.busy, {
    interviewId,
    spans: plan.events,
    bufferMinutes: plan.rules?.bufferMinutes ?? 0,
  });
  return plan.events.flatMap((event) => {
    const others = new Map<string, Span[]>();
    for (const other of plan.events)
      if (other.id !== event.id)
        for (const { personId } of other.seats)
          others.set(personId, [...(others.get(personId) ?? []), other]);
    const seated = room(event, others);
    return event.seats.flatMap((seat: FilledSeat): SeatProblem[] => [
      ...(lacksAtsUser(seat, ground.crowd) ? [noAtsUser(event.id, seat)] : []),
      ...seated.conflicts(seat.personId).map(({ code, text, blocks }) => ({
        code,
        eventId: event.id,
        personId: seat.personId,
        text: `${seat.name} ${text}.`,
        blocks: blocks && seat.required,
      })),
    ]);
  });
};
