/** What `doctor` finds. */
import { messageOf } from '#core/errors.ts';
import { exitCodeOf } from './exit-codes.ts';
import { explain } from './failure.ts';

export interface Finding {
  what: string;
  /** A note is worth knowing and no fault. */
  state: 'ok' | 'note' | 'problem';
  text: string;
  /** Absent where the text says already what to do. */
  remedy?: string;
  /** Of `doctor`, when this problem is the first; default 1. */
  exitCode?: number;
}

/** A check that fails itself is a finding too. */
export const guarded = async (
  what: string,
  check: () => Promise<Finding[]>,
): Promise<Finding[]> => {
  try {
    return await check();
  } catch (thrown) {
    const failure = explain(thrown);
    return [{ what, state: 'problem', text: messageOf(failure), exitCode: exitCodeOf(failure) }];
  }
};
