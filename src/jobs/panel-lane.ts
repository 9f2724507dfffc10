/** One thread of the panel engine, made when it is first needed, and anew after it hung or died. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Order, Report } from './panel-thread.ts';
import type { PanelKind, PanelWork } from './panel-work.ts';

export type Outcome =
  | Exclude<Report, { state: 'begun' }>
  /** The thread ended by itself, for lack of memory for instance. */
  | { state: 'died'; error: unknown }
  /** It was told to stop and did not. */
  | { state: 'killed' };

export interface Lane {
  isFree(): boolean;
  /** Only while free. Throws where `args` cannot cross to a thread. `ended` is called once. */
  start<Kind extends PanelKind>(
    kind: Kind,
    args: PanelWork[Kind]['args'],
    on: { begun: () => void; ended: (outcome: Outcome) => void },
  ): void;
  /** Asks for an end; where none comes within the grace, the thread is killed. */
  stop(): void;
  kill(): void;
  /** Work under way comes to its end within the grace; then the thread ends. */
  close(): Promise<void>;
}

/** Beside this file, in a clone as well as in `dist`. */
const threadFile = new URL(`./panel-thread${path.extname(import.meta.filename)}`, import.meta.url);

/** `grace` in milliseconds. */
export const openLane = ({ grace, memoryMb }: { grace: number; memoryMb: number }): Lane => {
  const flag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const word = new Int32Array(flag);
  let thread: Worker | null = null;
  let work: { begun: () => void; ended: (outcome: Outcome) => void } | null = null;
  let graceTimer: NodeJS.Timeout | undefined;
  let idle: (() => void) | undefined;

  const end = (outcome: Outcome): void => {
    clearTimeout(graceTimer);
    graceTimer = undefined;
    const ended = work?.ended;
    work = null;
    ended?.(outcome);
    idle?.();
  };

  const made = (): Worker => {
    const one = new Worker(threadFile, {
      name: 'panel',
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    const gone = (error: unknown): void => {
      if (thread !== one) return;
      thread = null;
      end({ state: 'died', error });
    };
    one.on('message', (report: Report) => {
      if (thread !== one) return;
      if (report.state === 'begun') work?.begun();
      else end(report);
    });
    one.on('error', gone);
    one.on('exit', (code) => {
      gone(new Error(`jobs: a panel thread ended with code ${String(code)}.`));
    });
    return one;
  };

  const lane: Lane = {
    isFree: () => work === null,
    start(kind, args, on) {
      Atomics.store(word, 0, 0);
      thread ??= made();
      thread.postMessage({ kind, args, flag } satisfies Order);
      work = on;
    },
    stop() {
      if (work === null) return;
      Atomics.store(word, 0, 1);
      graceTimer ??= setTimeout(() => {
        lane.kill();
      }, grace);
    },
    kill() {
      const one = thread;
      thread = null;
      void one?.terminate();
      end({ state: 'killed' });
    },
    async close() {
      if (work !== null)
        await new Promise<void>((resolve) => {
          idle = resolve;
          lane.stop();
        });
      await thread?.terminate();
    },
  };
  return lane;
};
