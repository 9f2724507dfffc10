/** Who sits where once all times are fixed, at the least cost. */
import { positionsOf, type Assignment, type Lists, type Timed } from './chairs.ts';
import { assignOnce } from './matching.ts';
import type { Stop } from './model.ts';
import type { Prepared } from './prepare.ts';
import { assignRepeating } from './repeating.ts';

/**
 * A cost of `biggest` or more: the seats cannot be filled at these times. Once `stop` says so, it need
 * not be the least.
 */
export const assign = (prepared: Prepared, timed: readonly Timed[], lists: Lists, stop: Stop): Assignment => {
  const positions = positionsOf(prepared, timed, lists);
  return prepared.panel.repeat
    ? assignRepeating(prepared, positions, stop)
    : assignOnce(prepared, positions, null);
}; // prettier-ignore
