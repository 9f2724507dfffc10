/** What the benches ask of the engine, and how its answers are held against another's. */
import type { Panel, Schedule, Solution } from '#core/panel/model.ts';
import { solve } from '#core/panel/solve.ts';
import type { Found } from './depth-first.ts';
import { termsOf } from './interval-lists.ts';
import { minute } from './panels.ts';

/** How many schedules every search proves. */
export const wanted = 10;

/** Longer than anybody waits; a solution that took it is counted as not proven. */
const longest = 60_000;

export const solveWithin = (panel: Panel): Solution => {
  const end = performance.now() + longest;
  return solve(panel, { schedules: wanted, stop: () => performance.now() > end });
};

/** An answer as text, a line for each schedule; equal answers are equal text. */
export const answerOf = (schedules: readonly Schedule[]): string =>
  schedules
    .map(({ events, score }) => {
      const grave = [score.soft, score.preferred, score.met, score.buffer];
      return lineOf(events[0]?.start ?? 0, grave, score.idle, score.load);
    })
    .join('\n');

export const answerOfPeer = (found: readonly Found[]): string =>
  found
    .map(({ start, grave, idle, load }) => lineOf(start, termsOf(grave), idle / minute, load))
    .join('\n');

const lineOf = (start: number, grave: readonly number[], idle: number, load: number): string =>
  `${new Date(start).toISOString()} grave ${grave.join(' ')} idle ${String(idle)} load ${String(load)}`;

/** Throws where two answers differ: then no time is worth anything. */
export const mustAgree = (what: string, own: string, peer: string): void => {
  if (own === peer) return;
  throw new Error(`bench: the answers differ for ${what}.\nengine:\n${own}\npeer:\n${peer}`);
};

export const timesText = (starts: readonly number[]): string =>
  starts.map((start) => new Date(start).toISOString()).join('\n');
