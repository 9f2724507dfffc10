/** What the panel engine can be asked for off the event loop, and how that can fail. */
import { LoopwrightError } from '#core/errors.ts';
import type {
  Explanation,
  Panel,
  Placed,
  Schedule,
  Solution,
  Substitute,
} from '#core/panel/model.ts';

/** Everything in it crosses to a thread and back, so it is plain data. */
export interface PanelWork {
  solve: { args: { panel: Panel; schedules?: number }; answer: Solution };
  /** With `eventId`: of that event, whatever the others need. */
  slots: { args: { panel: Panel; eventId?: string }; answer: Starts };
  /** `limit`: relaxations told at most. */
  explain: { args: { panel: Panel; limit?: number }; answer: Explanation };
  replacements: {
    args: StandingSchedule & { seatId: string; resourceId: string };
    answer: Substitute[];
  };
  /** `keep`: with the same people in the event. */
  moves: { args: StandingSchedule & { schedules?: number; keep?: boolean }; answer: Schedule[] };
}

export interface StandingSchedule {
  panel: Panel;
  placed: readonly Placed[];
  eventId: string;
}

export type PanelKind = keyof PanelWork;

export interface Starts {
  /** Instants, in order. */
  starts: number[];
  /** False: the time was up, and some of these may turn out impossible. */
  complete: boolean;
}

export interface RunOptions {
  /** Milliseconds; at the end of them the best that was found is the answer. */
  timeLimitMs: number;
  /** Gives the work up: whoever asked has gone. */
  signal?: AbortSignal;
}

export interface PanelWorker {
  /**
   * Rejects with what the engine refuses (`panel_invalid`, `panel_too_large`, with the field), and with
   * `PanelUnavailable`: `panel_busy`, `panel_timed_out`, `panel_cancelled`, `panel_failed`.
   */
  run<Kind extends PanelKind>(
    kind: Kind,
    args: PanelWork[Kind]['args'],
    options: RunOptions,
  ): Promise<PanelWork[Kind]['answer']>;
  /** What runs comes to its end within the grace; what waits is refused. */
  close(): Promise<void>;
}

/** The engine itself could not be had; the same question may be answered later. */
export class PanelUnavailable extends LoopwrightError {
  /** Seconds. */
  readonly retryAfter: number;

  constructor(code: string, status: 503 | 504, message: string, retryAfter: number) {
    super(code, status, message);
    this.name = 'PanelUnavailable';
    this.retryAfter = retryAfter;
  }
}

export const busy = (): PanelUnavailable =>
  new PanelUnavailable(
    'panel_busy',
    503,
    'panel: the engine has too much to do. Ask again in a few seconds.',
    5,
  );

export const stopping = (): PanelUnavailable =>
  new PanelUnavailable(
    'panel_busy',
    503,
    'panel: the hub is about to stop. Ask again in a few seconds.',
    5,
  );

export const cancelled = (): PanelUnavailable =>
  new PanelUnavailable(
    'panel_cancelled',
    503,
    'panel: the request was given up before it was answered. Ask again if it is still wanted.',
    1,
  );

export const timedOut = (): PanelUnavailable =>
  new PanelUnavailable(
    'panel_timed_out',
    504,
    'panel: the engine did not come to an end in time. Ask for fewer days, people or events, or give it more time.',
    5,
  );

export const broke = (): PanelUnavailable =>
  new PanelUnavailable(
    'panel_failed',
    503,
    'panel: the engine broke off, most likely for lack of memory. Ask for fewer days, people or events.',
    5,
  );
