/**
 * The panel engine, for others: `import { solve } from 'loopwright/panel'`. Pure: values in, values out, no
 * clock, no I/O. What is asked and answered stands in `model.ts`; `docs/panel-engine.md` has an example.
 *
 * - `solve`: the best schedules of a loop, with proof
 * - `session`: the same, solved again and again while people's calendars change
 * - `startTimes`, `eventTimes`: when the loop, or one event of it, can start
 * - `explain`: why there is nothing, or little; `applyRelaxation`: the panel with something given up
 * - `replacements`: who could take somebody's seat; `moves`: when else an event could be
 *
 * They throw a `LoopwrightError` with the code `panel_invalid` or `panel_too_large`, and `field`, a dotted
 * path into the panel. Long work takes a `stop`, which is asked now and then.
 */
export { LoopwrightError } from '../errors.ts';
export type { DaysOff, Hours, Span } from '../people/conflicts.ts';
export { applyRelaxation, explain } from './explain.ts';
export { limits, terms } from './model.ts';
export type {
  Cause,
  Compromise,
  Explanation,
  Gap,
  Objective,
  Panel,
  PanelEvent,
  Placed,
  Relaxation,
  Resource,
  Schedule,
  Score,
  Seat,
  Solution,
  Stop,
  Substitute,
  Term,
} from './model.ts';
export { moves, replacements } from './replace.ts';
export { session, type Session } from './session.ts';
export { eventTimes, startTimes } from './slots.ts';
export { solve, type SolveOptions } from './solve.ts';
