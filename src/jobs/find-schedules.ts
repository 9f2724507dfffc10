/** Asks the panel engine about an interview: when it can be, who sits then, and why it cannot. */
import { LoopwrightError } from '#core/errors.ts';
import type { EventTemplate } from '#core/interview/layers.ts';
import { chosenEvents, keepsRules, type ChosenEvent, type Search } from '#core/interview/loop.ts';
import {
  limits,
  type Explanation,
  type Relaxation,
  type Schedule,
  type Solution,
} from '#core/panel/model.ts';
import { applyRelaxation } from '#core/panel/relax.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { createInterview, type Consent, type CreateWish } from './change-interview.ts';
import type { Hub } from './hub.ts';
import { loopOfWish, panelOf, type Loop, type Problem } from './panel-problem.ts';
import { PanelUnavailable, type RunOptions, type Starts } from './panel-work.ts';
import type { EventWish, LoopWish, PlanWish } from './plan-interview.ts';

export type Granted = Omit<Relaxation, 'opens'>;

export interface Quest extends Search, RunOptions {
  /** What is given up, as an explanation told it. */
  relax: readonly Granted[];
  /** How many to find. */
  schedules: number;
}

export interface FoundSchedule extends Omit<Schedule, 'events'> {
  events: ChosenEvent[];
}

export interface Found extends Omit<Solution, 'schedules'> {
  schedules: FoundSchedule[];
  remarks: string[];
  /** Codes of conflicts that whoever books these has to override, for they were given up. */
  override: string[];
  problem: Problem;
}

/** What the planner calls the things that one can give up here. */
const conflictsOf: Partial<Record<Relaxation['kind'], readonly string[]>> = {
  busy: ['busy'],
  hours: ['outside_hours'],
  day_off: ['day_off'],
  limit: ['over_day_limit', 'over_week_limit'],
  buffer: ['busy', 'double_booked'],
};

const relaxed = async (hub: Hub, loop: Loop, quest: Quest): Promise<Problem> => {
  const problem = await panelOf(hub, loop, quest);
  return { ...problem, panel: quest.relax.reduce(applyRelaxation, problem.panel) };
};

/** The engine's field where the request has another name for it. */
const asked = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (thrown) {
    if (!(thrown instanceof LoopwrightError) || thrown instanceof PanelUnavailable) throw thrown;
    const field = thrown.field?.startsWith('horizon') === true ? 'to' : thrown.field;
    throw new LoopwrightError(thrown.code, thrown.status, thrown.message, field);
  }
};

/** Of an event that moves alone, only times that suit the others. */
const suits = ({ rules, zone, fixed, events }: Loop, start: number): boolean => {
  const [only] = events;
  if (fixed.length === 0 || !only) return true;
  return keepsRules({ rules, zone }, fixed, { start, end: start + only.minutes * 60_000 });
};

export const findSchedules = async (hub: Hub, loop: Loop, quest: Quest): Promise<Found> => {
  const problem = await relaxed(hub, loop, quest);
  const { panel, events, remarks } = problem;
  // Some may not suit events that stay, so more are asked for then.
  const args = { panel, schedules: loop.fixed.length > 0 ? limits.schedules : quest.schedules };
  const solution = await asked(hub.panels.run('solve', args, quest));
  return {
    ...solution,
    schedules: solution.schedules
      .filter((one) => suits(loop, one.events[0]?.start ?? 0))
      .slice(0, quest.schedules)
      .map((one) => ({ ...one, events: chosenEvents(events, panel, one) })),
    remarks,
    override: [...new Set(quest.relax.flatMap(({ kind }) => conflictsOf[kind] ?? []))],
    problem,
  };
};

export const findStarts = async (hub: Hub, loop: Loop, quest: Quest): Promise<Starts> => {
  const { panel } = await relaxed(hub, loop, quest);
  const { starts, complete } = await asked(hub.panels.run('slots', { panel }, quest));
  return { complete, starts: starts.filter((start) => suits(loop, start)) };
};

/** `limit`: ways out told at most. */
export const explainLoop = async (
  hub: Hub,
  loop: Loop,
  quest: Quest,
  limit: number,
): Promise<Explanation & { remarks: string[] }> => {
  const { panel, remarks } = await relaxed(hub, loop, quest);
  return { ...(await asked(hub.panels.run('explain', { panel, limit }, quest))), remarks };
};

/** Throws `no_time_found` with why, and what would help. */
const nothingFound = async (hub: Hub, { problem }: Found, quest: Quest): Promise<never> => {
  const { panel, remarks } = problem;
  const { causes, relaxations } = await asked(hub.panels.run('explain', { panel, limit: 3 }, quest));
  const why = [...new Set(causes.flat().map(({ text }) => text))].slice(0, 4);
  const help = relaxations.map(({ text }) => text);
  const remedy = help.length > 0 ? `This would help: ${help.join(' ')}` : 'Give more days, or more people.';
  throw new LoopwrightError(
    'no_time_found',
    409,
    `interview: there is no time at which everybody can. ${[...why, ...remarks.slice(0, 3)].join(' ')} ${remedy}`,
  );
}; // prettier-ignore

/** The best of all. Throws `no_time_found`. */
export const bestOf = async (hub: Hub, loop: Loop, quest: Quest): Promise<FoundSchedule> => {
  const found = await findSchedules(hub, loop, { ...quest, schedules: 1 });
  return found.schedules[0] ?? nothingFound(hub, found, quest);
};

/** What was chosen as it is asked for, beside what was said of each event. */
export const eventsOf = (
  wished: ReadonlyArray<Partial<EventTemplate>>,
  { events }: FoundSchedule,
): EventWish[] =>
  events.map(({ start, minutes, seats }, index) => ({ ...wished[index], start, minutes, seats }));

const tries = 3;

/**
 * Does what was chosen; where it has gone in between, chooses anew. A coordinator who leaves the choice
 * to the engine hears of a conflict only when that happens again and again.
 */
export const whileFree = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (thrown) {
      if (left === 0 || !isTaken(thrown)) throw thrown;
    }
  }
};

export const isTaken = (thrown: unknown): thrown is LoopwrightError =>
  thrown instanceof LoopwrightError &&
  ['interview_conflicts', 'candidate_busy'].includes(thrown.code);

/** Creates an interview whose times and people the engine chooses. */
export const createAtBest = (
  hub: Hub,
  wish: Omit<PlanWish, 'events'> & Pick<LoopWish, 'events'> & CreateWish,
  quest: Quest,
  consent: Consent,
): Promise<InterviewRow> =>
  whileFree(async () => {
    const best = await bestOf(hub, await loopOfWish(hub.db, wish), quest);
    return createInterview(hub, { ...wish, events: eventsOf(wish.events, best) }, consent);
  });
