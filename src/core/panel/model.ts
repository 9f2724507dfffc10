/**
 * What the panel engine is asked and what it answers. Instants are milliseconds since the epoch,
 * durations minutes, zones IANA names, wall times `HH:MM` (`24:00` ends a day), ends exclusive.
 *
 * **Grid.** Time is cut into slots of `grain` minutes counted from the epoch. What is taken is rounded
 * outward to slots (busy times, bookings), what is free inward (hours, windows), and an event takes its
 * length, a buffer and lunch their minutes rounded up. An event may start on a slot where the wall clock of
 * `zone` shows a multiple of `lattice`, and lies within one local day of `zone`, one window and the horizon.
 * Empty spans mean nothing.
 *
 * **Wall times** that the clocks skip or repeat mean what Temporal calls *compatible*: in a gap the time
 * after it by the gap's length, in an overlap the first.
 *
 * **Days.** The day of an event is its local day in `zone`; the day and week of a person's interview are
 * those of its start in the person's zone. Events never overlap, for the candidate is in all of them.
 *
 * **Different schedules** start at different instants: of all that start together, the best stands for them.
 */
import type { DaysOff, Hours, Span } from '../people/conflicts.ts';

/** A person or a room. */
export interface Resource {
  id: string;
  name: string;
  kind: 'person' | 'room';
  /** Working hours, days off and limits are counted in it; weeks begin on Monday. */
  zone: string;
  /** Null: at any time. A day off takes its whole local day. */
  hours: Hours | null;
  daysOff: readonly DaysOff[];
  /** `hard`: never. `soft`: tentative. `unknown`: a calendar that could not be read. */
  busy: ReadonlyArray<Span & { kind: 'hard' | 'soft' | 'unknown'; title?: string }>;
  /** Interviews that stand already: taken like `hard`, and counted for limits and load by their start. */
  booked: readonly Span[];
  /** Kept free before and after an event, as far as `buffers` says. */
  buffer: { before: number; after: number };
  /** Interviews at most on a local day and in a local week, those booked included; null: no limit. */
  perDay: number | null;
  perWeek: number | null;
  /** Hours that the person likes best; null: all the same. */
  preferred: Hours | null;
  /** Has interviewed this candidate before. */
  met: boolean;
}

export interface Seat {
  id: string;
  /** Resources that may sit here: a pool's members, alternatives, or one. */
  of: readonly string[];
  /** How many of them; each sits once. */
  count: number;
  /** False (somebody optional, a trainee who shadows): filled where possible, never in the way. */
  required: boolean;
  /** The first of `of` is liked best, as alternatives are; a pool has no order. */
  ranked: boolean;
}

export interface PanelEvent {
  id: string;
  name: string;
  minutes: number;
  /** A resource sits at most once in an event. None: a break. */
  seats: readonly Seat[];
  /** Wall times of `zone` between which the whole event lies, on its day. */
  between: { from: string; to: string } | null;
  /** Events that end before it starts. */
  after: readonly string[];
  /** Minutes between the event before it on its day and this one; null: the panel's. */
  gap: Gap | null;
}

/** `max` null: any. */
export interface Gap {
  min: number;
  max: number | null;
}

/**
 * What makes one schedule better than another, the gravest first. Counts are over filled positions; rooms
 * count for `unknown`, `soft` and `rank` alone.
 *
 * - `optional`: positions of optional seats left empty
 * - `unknown`: people whose calendar could not be read then
 * - `soft`: people with something tentative then
 * - `preferred`: people whose event is not wholly within the hours that they like (days off aside)
 * - `limit`: interviews beyond a day's limit plus those beyond a week's (only where `limits` is `avoid`)
 * - `met`: people who met this candidate before
 * - `buffer`: people whose buffer is touched by something hard or booked (only where `buffers` is `avoid`)
 * - `idle`: minutes between events on one day, lunch left out
 * - `days`: days beyond the first
 * - `load`: how unevenly the work falls: the sum over people and weeks of (booked + new)² − booked²
 * - `start`: how late the first event starts, in minutes from the horizon's start
 * - `rank`: places down the list in ranked seats, 9 at most each
 */
export const terms = [
  'optional',
  'unknown',
  'soft',
  'preferred',
  'limit',
  'met',
  'buffer',
  'idle',
  'days',
  'load',
  'start',
  'rank',
] as const;

export type Term = (typeof terms)[number];

/**
 * `order`: lexicographic; terms left out do not count. `weights`: the sum of term × weight (whole numbers
 * from 0 to 1,000,000); terms left out weigh nothing.
 */
export type Objective = { order: readonly Term[] } | { weights: Partial<Record<Term, number>> };

export interface Panel {
  /** Equal schedules are told apart by it, always in the same way. */
  seed: number;
  /** The candidate's zone, or the place's for an onsite: days, lunch and the lattice are counted in it. */
  zone: string;
  /** At most `limits.days` long. */
  horizon: Span;
  /** When the candidate can. An event lies within one of them; windows that touch or overlap are one. */
  windows: readonly Span[];
  grain: 5 | 15;
  /** A multiple of the grain, at most 60, that divides 60. */
  lattice: number;
  resources: readonly Resource[];
  events: readonly PanelEvent[];
  /** `fixed`: as listed. */
  order: 'fixed' | 'any';
  /** Between two events of one day. */
  gap: Gap;
  /**
   * On every day with events, a stretch of `minutes` between the wall times `from` and `to` is free of
   * events: before the first, between two, or after the last. Where it lies between two, `gap.max` and
   * `idle` do not count those minutes, in one gap a day, the one that serves best.
   */
  lunch: { from: string; to: string; minutes: number } | null;
  /** Events lie on at most so many days, 1 to 5. */
  maxDays: number;
  /** Whether a person may sit in several events. Rooms may. */
  repeat: boolean;
  /** `keep`: hard. `avoid`: a cost. */
  limits: 'keep' | 'avoid';
  buffers: 'keep' | 'avoid';
  objective: Objective | null;
}

export interface Placed {
  eventId: string;
  start: number;
  /** `start` and the event's minutes; gaps, idle time and lunch reckon with the slots taken. */
  end: number;
  seats: ReadonlyArray<{ seatId: string; resourceIds: readonly string[] }>;
}

export type Score = Record<Term, number>;

export interface Schedule {
  /** In the order of time. */
  events: readonly Placed[];
  score: Score;
  /** The score in words, and whom each compromise is about. */
  compromises: readonly Compromise[];
}

export interface Compromise {
  term: Term;
  eventId: string | null;
  resourceId: string | null;
  /** `Ana has something tentative then: 1:1.` */
  text: string;
}

export interface Solution {
  /** Best first; no two start at the same instant. */
  schedules: readonly Schedule[];
  /**
   * `optimal`: these are the best, proven. `best_found`: the time was up; whatever was not found is no
   * better than `bound`.
   */
  proof: 'optimal' | 'best_found';
  /** How good anything not listed could be at best; null: nothing else is possible, or nothing is known. */
  bound: Score | null;
}

/** What the engine takes; beyond it `panel_too_large` says which and how much. */
export const limits = {
  days: 92,
  events: 10,
  resources: 2_000,
  positions: 100,
  seatMembers: 1_000,
  busyPerResource: 5_000,
  schedules: 50,
  /** Numbers in the tables of `bound.ts`: sets of events × days to use × starts, and so on. */
  cells: 8_000_000,
} as const;

/** One thing given up, and how many more start times it opens. */
export interface Relaxation {
  kind:
    | 'busy'
    | 'hours'
    | 'day_off'
    | 'limit'
    | 'buffer'
    | 'window'
    | 'days'
    | 'gap'
    | 'lunch'
    | 'order'
    | 'between'
    | 'repeat'
    | 'seat';
  resourceId: string | null;
  eventId: string | null;
  /** Which busy time, day off or seat, by its index in its list; null: does not apply. */
  index: number | null;
  /** `Let Ana skip 1:1 on Tue, 1 Dec 2026, 10:00 CET.` */
  text: string;
  /** Start times that there are with it and are not without. */
  opens: number;
}

/** Rules that cannot all hold: giving up any one of them is what it takes. */
export interface Cause {
  kind: 'event' | 'windows' | 'days' | 'gap' | 'lunch' | 'order' | 'between' | 'repeat';
  eventId: string | null;
  /** `System design: nobody of 3 (Ana, Bo, Cy) is free for 60 min within the candidate's times.` */
  text: string;
}

export interface Explanation {
  /** Start times that there are. */
  starts: number;
  /** The smallest sets of rules that leave nothing; empty where there is something. */
  causes: ReadonlyArray<readonly Cause[]>;
  /** What opens most comes first. */
  relaxations: readonly Relaxation[];
  /** False: the time was up, and more may help. */
  complete: boolean;
}

/** Somebody who could take a seat of a schedule in another's place. */
export interface Substitute {
  resourceId: string;
  /** Of the whole schedule with the substitute in it; null: cannot sit there. */
  score: Score | null;
  /** What speaks against it, in words: compromises, or why it cannot be. */
  remarks: readonly string[];
}

/** Asked now and then in long work; true: come to an end with what there is. */
export type Stop = () => boolean;
