/**
 * What a thread of the panel engine runs: one piece of work at a time. It has no clock and no
 * environment; a flag in shared memory tells it to come to an end.
 */
import { parentPort } from 'node:worker_threads';
import { LoopwrightError } from '#core/errors.ts';
import { explain } from '#core/panel/explain.ts';
import type { Stop } from '#core/panel/model.ts';
import { moves, replacements } from '#core/panel/replace.ts';
import { eventTimes, startTimes } from '#core/panel/slots.ts';
import { solve } from '#core/panel/solve.ts';
import type { PanelKind, PanelWork } from './panel-work.ts';

/** What the thread is sent. */
export interface Order<Kind extends PanelKind = PanelKind> {
  kind: Kind;
  args: PanelWork[Kind]['args'];
  /** One 32-bit number: 1 means stop. */
  flag: SharedArrayBuffer;
}

/** What it sends: that it has begun, and how it ended. */
export type Report =
  | { state: 'begun' }
  /** `stopped`: it would have gone on. */
  | { state: 'answered'; answer: unknown; stopped: boolean }
  | { state: 'refused'; code: string; status: number; message: string; field: string | undefined }
  | { state: 'failed'; message: string; stack: string | undefined };

type Perform = {
  [Kind in PanelKind]: (args: PanelWork[Kind]['args'], stop: Stop) => PanelWork[Kind]['answer'];
};

const perform: Perform = {
  solve: ({ panel, ...options }, stop) => solve(panel, { ...options, stop }),
  slots: ({ panel, eventId }, stop) => {
    const starts = eventId === undefined ? startTimes(panel, stop) : eventTimes(panel, eventId);
    return { starts, complete: !stop() };
  },
  explain: ({ panel, ...options }, stop) => explain(panel, { ...options, stop }),
  replacements: ({ panel, placed, ...seat }) => replacements(panel, placed, seat),
  moves: ({ panel, placed, eventId, ...options }) => moves(panel, placed, eventId, options),
};

const refusalOf = (thrown: unknown): Report => {
  if (thrown instanceof LoopwrightError) {
    const { code, status, message, field } = thrown;
    return { state: 'refused', code, status, message, field };
  }
  return thrown instanceof Error
    ? { state: 'failed', message: thrown.message, stack: thrown.stack }
    : { state: 'failed', message: String(thrown), stack: undefined };
};

const take = <Kind extends PanelKind>({ kind, args, flag }: Order<Kind>): Report => {
  const word = new Int32Array(flag);
  let stopped = false;
  try {
    const answer = perform[kind](args, () => {
      stopped ||= Atomics.load(word, 0) === 1;
      return stopped;
    });
    return { state: 'answered', answer, stopped };
  } catch (thrown) {
    return refusalOf(thrown);
  }
};

parentPort?.on('message', (order: Order) => {
  parentPort?.postMessage({ state: 'begun' } satisfies Report);
  parentPort?.postMessage(take(order));
});
