/** A refusal that says what to do instead: who else can at these times, and when else all can. */
import type { Context } from 'hono';
import { LoopwrightError } from '#core/errors.ts';
import type { SeatProblem } from '#core/interview/fill.ts';
import type { Plan } from '#core/interview/model.ts';
import { findSchedules, isTaken, type FoundSchedule, type Quest } from '#jobs/find-schedules.ts';
import type { Hub } from '#jobs/hub.ts';
import type { Loop } from '#jobs/panel-problem.ts';
import { aroundTimes } from '#jobs/rearrange-interview.ts';
import { PlanRefused } from '#jobs/settle-problems.ts';
import { takeInstead, type Instead as Found, type Swap } from '#jobs/take-instead.ts';
import type { ApiEnv } from './context.ts';
import { at } from './document.ts';
import type { EventInput } from './present/loop.ts';
import { ProblemError, problemOf, type Instead } from './problem.ts';

type Asked = Parameters<typeof takeInstead>[1];

interface About {
  /** Where it was to be; the candidate's own times where they were told. */
  spans: ReadonlyArray<{ start: number; end: number }>;
  windows: Quest['windows'];
  loop: () => Promise<Loop>;
  present: (schedule: FoundSchedule) => Record<string, unknown>;
  /** What was refused, as something with people in it; null: nobody else can be told of here. */
  asked: ((plan: Plan) => Asked) | null;
  presentInstead: (found: Found) => Instead;
}

/**
 * Does what needs people at a time; where that has gone, the refusal carries who else can and the next best
 * schedules, found at once, after whoever was first. Without them where the engine cannot be had: the
 * refusal stays the same.
 */
export const withAlternatives = async <T>(
  c: Context<ApiEnv>,
  hub: Hub,
  about: About,
  attempt: () => Promise<T>,
): Promise<T> => {
  try {
    return await attempt();
  } catch (thrown) {
    if (!isTaken(thrown)) throw thrown;
    const problem = problemOf(thrown);
    // One after the other: many may be refused at the same moment, and the engine has few threads.
    const instead = thrown instanceof PlanRefused ? await findInstead(c, hub, about, thrown) : null;
    const alternatives = await orNone(findAlternatives(c, hub, about));
    throw new ProblemError({
      ...problem,
      ...(instead === null ? {} : { detail: `${problem.detail} ${sayInstead(instead)}` }),
      ...(alternatives === null ? {} : { alternatives }),
      ...(instead === null ? {} : { instead }),
    });
  }
};

const findInstead = async (
  c: Context<ApiEnv>,
  hub: Hub,
  { asked, presentInstead: present }: About,
  { plan, open }: PlanRefused,
): Promise<Instead | null> => {
  if (asked === null) return null;
  const found = await othersFor(c, hub, asked(plan), open);
  return found && present(found);
};

/** The engine stops when whoever asked has gone. */
export const othersFor = (
  c: Context<ApiEnv>,
  hub: Hub,
  asked: Asked,
  open: readonly SeatProblem[],
): Promise<Found | null> =>
  orNone(takeInstead(hub, asked, open, { timeLimitMs: 5_000, signal: c.req.raw.signal }));

const sayInstead = ({ swaps }: Instead): string =>
  swaps
    .map(({ event, name, byName }) => `${byName} can take ${name}’s seat in ${event}.`)
    .join(' ');

/** Null where the engine cannot be had. */
const orNone = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof LoopwrightError) return null;
    throw thrown;
  }
};

const fresh = 3;

const findAlternatives = async (
  c: Context<ApiEnv>,
  hub: Hub,
  { spans, windows, loop, present }: About,
): Promise<Array<Record<string, unknown>>> => {
  const asked = await loop();
  const near = aroundTimes(spans, asked.zone, hub.now());
  const { schedules } = await findSchedules(hub, asked, {
    horizon: near.horizon,
    windows: windows ?? near.windows,
    startEvery: 15,
    repeat: null,
    relax: [],
    schedules: fresh,
    timeLimitMs: 1_500,
    signal: c.req.raw.signal,
  });
  return schedules.map(present);
};

/** The events of a new interview, with others in the seats. */
export const presentInstead = (wished: readonly EventInput[], found: Found): Instead => ({
  swaps: found.swaps,
  events: wished.map((event, index) => withSwaps(event, swapsOf(found, `e${String(index + 1)}`))),
});

const swapsOf = ({ swaps }: Found, id: string): Swap[] =>
  swaps.filter(({ eventId }) => eventId === id);

const withSwaps = ({ seats, ...event }: EventInput, swaps: readonly Swap[]): EventInput => ({
  ...event,
  ...(seats && {
    seats: seats.map(({ chosen, ...seat }) => ({
      ...seat,
      ...(chosen && { chosen: chosen.map((id) => byWhom(swaps, id)) }),
    })),
  }),
});

const byWhom = (swaps: readonly Swap[], id: string): string =>
  swaps.find(({ personId }) => personId === id)?.byPersonId ?? id;

/** Of an interview that is there: its times, and who sits there instead of whom. */
export const presentInsteadOf = (
  before: Pick<Plan, 'events'>,
  { swaps, plan }: Found,
): Instead => ({
  swaps,
  events: plan.events.map(({ id, start, seats }) => {
    const old = before.events.find((event) => event.id === id)?.seats ?? [];
    return {
      eventId: id,
      start: at(start),
      replace: seats.flatMap(({ personId: byPersonId }, index) => {
        const personId = old[index]?.personId;
        return personId === undefined || personId === byPersonId ? [] : [{ personId, byPersonId }];
      }),
    };
  }),
});
