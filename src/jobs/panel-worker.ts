/**
 * The panel engine off the event loop. Nobody knows beforehand what is heavy, so there are two kinds of
 * threads: work that finds no free `slow` one gets a short slice of the `quick` one, and what is not done
 * by then waits for a slow one and starts anew there. So light questions never stand behind heavy ones.
 *
 * Every wait is bounded: the queue by its length and by `patience`; work by its time limit, counted from
 * when it first began, at which the engine is told to stop and answers with what it has; and that by
 * `grace`, after which the thread is killed and replaced.
 */
import { LoopwrightError } from '#core/errors.ts';
import type { Log } from './hub.ts';
import { openLane, type Lane, type Outcome } from './panel-lane.ts';
import {
  broke,
  busy,
  cancelled,
  stopping,
  timedOut,
  type PanelKind,
  type PanelWork,
  type PanelWorker,
} from './panel-work.ts';

export interface PanelWorkerOptions {
  log: Log;
  slowThreads?: number;
  /** Milliseconds on the quick thread before work counts as heavy. */
  slice?: number;
  /** Milliseconds between being told to stop and being killed. */
  grace?: number;
  /** Milliseconds that work waits to begin. */
  patience?: number;
  /** How much work waits at most. */
  queue?: number;
  /** Of each thread. */
  memoryMb?: number;
}

interface Job {
  kind: PanelKind;
  args: PanelWork[PanelKind]['args'];
  timeLimitMs: number;
  resolve(answer: unknown): void;
  reject(error: Error): void;
  /** Takes timers and listeners away. */
  release(): void;
  settled: boolean;
  lane: Lane | null;
  timer: NodeJS.Timeout | undefined;
  begun: boolean;
  /** Its time is up: whatever comes now is the answer. */
  late: boolean;
  /** What the quick thread had found when its slice was over. */
  found: { answer: unknown } | null;
}

type Failure = Exclude<Outcome, { state: 'answered' }>;

const errorOf = (failure: Failure, closing: boolean): Error => {
  switch (failure.state) {
    case 'refused':
      return new LoopwrightError(failure.code, failure.status, failure.message, failure.field);
    case 'failed':
      return Object.assign(new Error(failure.message), { stack: failure.stack });
    case 'died':
      return broke();
    case 'killed':
      return closing ? stopping() : timedOut();
  }
};

export const createPanelWorker = ({
  log,
  slowThreads = 2,
  slice = 250,
  grace = 2_000,
  patience = 5_000,
  queue = 32,
  memoryMb = 1_024,
}: PanelWorkerOptions): PanelWorker => {
  const quick = openLane({ grace, memoryMb });
  const slow = Array.from({ length: slowThreads }, () => openLane({ grace, memoryMb }));
  let fresh: Job[] = [];
  let heavy: Job[] = [];
  let closing = false;

  const settle = (job: Job, how: () => void): void => {
    if (job.settled) return;
    job.settled = true;
    clearTimeout(job.timer);
    job.release();
    fresh = fresh.filter((one) => one !== job);
    heavy = heavy.filter((one) => one !== job);
    how();
  };
  const refuse = (job: Job, error: Error): void => {
    settle(job, () => {
      job.reject(error);
    });
  };
  const answer = (job: Job, found: unknown): void => {
    settle(job, () => {
      job.resolve(found);
    });
  };

  /** Whoever asked has gone, or it never began. */
  const giveUp = (job: Job, error: Error): void => {
    refuse(job, error);
    if (job.begun) job.lane?.stop();
    else job.lane?.kill();
  };

  /** The time limit is over. */
  const finish = (job: Job): void => {
    job.late = true;
    if (job.lane) job.lane.stop();
    else if (job.found) answer(job, job.found.answer);
    else refuse(job, timedOut());
  };

  const begin = (lane: Lane, job: Job): void => {
    let sliceTimer: NodeJS.Timeout | undefined;
    job.lane = lane;
    const begun = (): void => {
      if (!job.begun && !job.settled) {
        job.begun = true;
        clearTimeout(job.timer);
        job.timer = setTimeout(() => {
          finish(job);
        }, job.timeLimitMs);
      }
      if (lane === quick)
        sliceTimer = setTimeout(() => {
          lane.stop();
        }, slice);
    };
    const ended = (outcome: Outcome): void => {
      clearTimeout(sliceTimer);
      job.lane = null;
      conclude(job, outcome, lane === quick && !job.late && !closing);
      next();
    };
    try {
      lane.start(job.kind, job.args, { begun, ended });
    } catch (thrown) {
      job.lane = null;
      refuse(job, thrown instanceof Error ? thrown : broke());
      next();
    }
  };

  const conclude = (job: Job, outcome: Outcome, mayGoOn: boolean): void => {
    if (outcome.state === 'died')
      log.error(
        { error: outcome.error },
        'jobs: a panel thread died; the next work gets a new one.',
      );
    if (job.settled) return;
    if (outcome.state === 'answered') {
      if (!outcome.stopped || !mayGoOn) {
        answer(job, outcome.answer);
        return;
      }
      job.found = { answer: outcome.answer };
      heavy.push(job);
    } else if (outcome.state === 'killed' && mayGoOn) heavy.push(job);
    else refuse(job, errorOf(outcome, closing));
  };

  const next = (): void => {
    for (const lane of [...slow, quick]) {
      if (!lane.isFree()) continue;
      const job = (lane === quick ? undefined : heavy.shift()) ?? fresh.shift();
      if (job) begin(lane, job);
    }
  };

  return {
    run: (kind, args, { timeLimitMs, signal }) =>
      new Promise((resolve, reject) => {
        if (closing || signal?.aborted === true || fresh.length + heavy.length >= queue) {
          reject(closing ? stopping() : signal?.aborted === true ? cancelled() : busy());
          return;
        }
        const leave = (): void => {
          giveUp(job, cancelled());
        };
        const job: Job = {
          kind, args, timeLimitMs, reject,
          resolve,
          release: () => {
            signal?.removeEventListener('abort', leave);
          },
          settled: false, lane: null, begun: false, late: false, found: null,
          timer: setTimeout(() => {
            giveUp(job, busy());
          }, patience),
        }; // prettier-ignore
        signal?.addEventListener('abort', leave);
        fresh.push(job);
        next();
      }),
    async close() {
      closing = true;
      for (const job of [...fresh, ...heavy])
        if (job.found) answer(job, job.found.answer);
        else refuse(job, stopping());
      await Promise.all([quick, ...slow].map((lane) => lane.close()));
    },
  };
};
