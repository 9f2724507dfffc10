/** Other times and people for an interview that stands, as the panel engine suggests them. */
import { invalid } from '#core/errors.ts';
import { membersOf } from '#core/interview/fill.ts';
import { workingDays } from '#core/interview/loop.ts';
import type { FilledSeat, Plan } from '#core/interview/model.ts';
import { rearrange, type Arrangement } from '#core/interview/operations.ts';
import type { Panel, Resource, Substitute } from '#core/panel/model.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { bestOf, type FoundSchedule, type Quest } from './find-schedules.ts';
import type { Hub } from './hub.ts';
import { gatherCrowd, type Crowd } from './interview-people.ts';
import { loopOfInterview, panelOf, sourceOf } from './panel-problem.ts';
import type { RunOptions } from './panel-work.ts';

const day = 86_400_000;

/** A schedule as what changes in the plan: seats are in the plan's order. */
export const arrangementOf = (
  plan: Pick<Plan, 'events'>,
  { events }: FoundSchedule,
): Arrangement[] =>
  events.map(({ id, start, seats }) => {
    const before = plan.events.find((event) => event.id === id)?.seats ?? [];
    return {
      eventId: id,
      start,
      replace: before.flatMap(({ personId }, index) => {
        const now = seats[index]?.chosen?.[0] ?? null;
        return now === personId ? [] : [{ personId, byPersonId: now }];
      }),
    };
  });

/** Somebody of the crowd in a seat that another one leaves. Throws `person_unknown`. */
export const inPlaceOf = (
  crowd: Crowd,
  seat: FilledSeat | undefined,
  personId: string,
  why: string,
): FilledSeat => {
  const by = crowd.people.get(personId);
  if (!by)
    throw invalid(
      'person_unknown',
      'interview: there is no such active person. Choose one from the people.',
      'byPersonId',
    );
  const { tags: _tags, active: _active, ...occupant } = by;
  return {
    ...occupant,
    required: seat?.required ?? true,
    feedbackFormId: seat?.feedbackFormId ?? null,
    ...(seat?.from ? { from: seat.from } : {}),
    why: `${why}in place of ${seat?.name ?? 'somebody else'}`,
  };
};

/** The change of a plan that an arrangement is. */
export const planChange = async (
  hub: Hub,
  row: InterviewRow,
  arrangement: readonly Arrangement[],
): Promise<(plan: Plan) => Plan> => {
  const crowd = await gatherCrowd(hub, hub.db, row.connection_id);
  return (plan) =>
    rearrange(plan, arrangement, (seat, personId) =>
      inPlaceOf(crowd, seat, personId, 'chosen by the panel engine, '),
    );
};

/** The best other times: of the whole interview, or of one event. Throws `no_time_found`. */
export const bestChange = async (
  hub: Hub,
  row: InterviewRow,
  about: { eventId: string | null; keep: boolean },
  quest: Quest,
): Promise<(plan: Plan) => Plan> => {
  const loop = await loopOfInterview(hub.db, row, about);
  const best = await bestOf(hub, loop, quest);
  return planChange(hub, row, arrangementOf(row.plan, best));
};

/** Whoever sits there now may be unknown by now; the engine has to know whom it replaces. */
const withSitter = (panel: Panel, eventId: string, seatId: string, sitter: FilledSeat): Panel => {
  const { personId: id, name, zone, kind = 'person' } = sitter;
  const standIn: Resource = {
    id, name, zone, kind, hours: null, daysOff: [], busy: [], booked: [], buffer: { before: 0, after: 0 },
    perDay: null, perWeek: null, preferred: null, met: false,
  };
  const isKnown = panel.resources.some((one) => one.id === id);
  return {
    ...panel,
    resources: isKnown ? panel.resources : [...panel.resources, standIn],
    events: panel.events.map((event) =>
      event.id !== eventId
        ? event
        : {
            ...event,
            seats: event.seats.map((seat) =>
              seat.id === seatId && !seat.of.includes(id) ? { ...seat, of: [...seat.of, id] } : seat,
            ),
          },
    ),
  };
}; // prettier-ignore

/** Whether somebody sits in several events. */
export const sitsTwice = ({ events }: Plan): boolean => {
  const all = events.flatMap(({ seats }) => seats.map(({ personId }) => personId));
  return new Set(all).size < all.length;
};

const mayReplace = ({ people, pools }: Crowd, sitter: FilledSeat): string[] => {
  const source = sourceOf(sitter);
  const pool = source.kind === 'pool' ? pools.get(source.poolId) : undefined;
  if (pool) return membersOf(pool, people).map(({ personId }) => personId);
  if (source.kind === 'people' && source.personIds.length > 1) return source.personIds;
  const kind = sitter.kind ?? 'person';
  return [...people.values()].flatMap((one) =>
    (one.kind ?? 'person') === kind ? [one.personId] : [],
  );
};

/** An interview with its people, stored or only asked for. */
export type Seated = Pick<
  InterviewRow,
  'id' | 'plan' | 'connection_id' | 'candidate_id' | 'template_id'
>;

/**
 * Who could take the seat, the best first: the others of its pool or its list; where only one was named,
 * everybody. `repeats`: somebody may sit in several events. Throws `seat_not_found`.
 */
export const substitutesFor = async (
  hub: Hub,
  row: Seated,
  { eventId, personId }: { eventId: string; personId: string },
  run: RunOptions,
  repeats = sitsTwice(row.plan),
): Promise<Array<Substitute & { name: string }>> => {
  const { plan } = row;
  const event = plan.events.find(({ id }) => id === eventId);
  const place = event?.seats.findIndex((seat) => seat.personId === personId) ?? -1;
  const sitter = event?.seats[place];
  if (!sitter)
    throw invalid(
      'seat_not_found',
      `interview: ${personId} does not sit in ${eventId}. Look at the interview again.`,
      'personId',
    );
  const known = await gatherCrowd(hub, hub.db, row.connection_id);
  const personIds = mayReplace(known, sitter);
  const loop = await loopOfInterview(hub.db, row, {
    eventId: null,
    keep: true,
    free: { eventId, place, personIds },
  });
  const horizon = {
    start: Math.min(...plan.events.map(({ start }) => start)) - day,
    end: Math.max(...plan.events.map(({ end }) => end)) + day,
  };
  const search = { horizon, windows: [horizon], startEvery: 5, repeat: repeats ? true : null };
  const { panel, crowd } = await panelOf(hub, loop, search);
  const seatId = `s${String(place + 1)}`;
  const args = {
    panel: withSitter(panel, eventId, seatId, sitter),
    placed: plan.events.map(({ id, start, end, seats }) => ({
      eventId: id,
      start,
      end,
      seats: seats.map((seat, index) => ({ seatId: `s${String(index + 1)}`, resourceIds: [seat.personId] })),
    })),
    eventId,
    seatId,
    resourceId: personId,
  };
  const substitutes = await hub.panels.run('replacements', args, run);
  return substitutes.map((one) => ({ ...one, name: crowd.people.get(one.resourceId)?.name ?? '' }));
}; // prettier-ignore

/** The best substitute. Throws `nobody_free` with what speaks against the others. */
export const bestSubstitute = async (
  hub: Hub,
  row: InterviewRow,
  seat: { eventId: string; personId: string },
  run: RunOptions,
): Promise<string> => {
  const substitutes = await substitutesFor(hub, row, seat, run);
  const [best] = substitutes;
  if (best && best.score !== null) return best.resourceId;
  const why = substitutes.flatMap(({ remarks }) => remarks).slice(0, 5);
  throw invalid(
    'nobody_free',
    `interview: nobody else can take this seat. ${why.join(' ')} Move the event, or choose somebody by hand.`,
    'best',
  );
};

/** Times that lie closer together than a night. */
const clusters = (spans: ReadonlyArray<{ start: number; end: number }>) =>
  spans
    .toSorted((a, b) => a.start - b.start)
    .reduce<Array<{ start: number; end: number }>>((found, { start, end }) => {
      const last = found.at(-1);
      if (!last || start - last.end > day / 3) return [...found, { start, end }];
      return [...found.slice(0, -1), { start: last.start, end: Math.max(last.end, end) }];
    }, []);

/** Hours in which another time is looked for when the chosen one has gone: working days, and its own. */
export const aroundTimes = (
  spans: ReadonlyArray<{ start: number; end: number }>,
  zone: string,
  now: number,
): { horizon: { start: number; end: number }; windows: Array<{ start: number; end: number }> } => {
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  const horizon = { start: Math.max(now, first - day), end: Math.max(now, last) + 7 * day };
  return { horizon, windows: [...workingDays(horizon, zone), ...clusters(spans)] };
};
