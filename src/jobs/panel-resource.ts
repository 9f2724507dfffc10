/** Somebody as the panel engine sees them: what the planner's check keeps to, in the engine's words. */
import type { Resource } from '#core/panel/model.ts';
import type { Span } from '#core/people/conflicts.ts';
import type { BusyInterval } from '#connectors/contract.ts';
import type { PersonRow } from '#store/people.ts';
import { habitsOf } from './interview-people.ts';

export interface Taken {
  /** Null: a calendar could not be read. */
  busy: readonly BusyInterval[] | null;
  booked: readonly Span[];
  /** What calendars were read for. */
  read: Span;
  met: boolean;
}

export const resourceOf = (row: PersonRow, taken: Taken, bufferMinutes: number): Resource => ({
  ...habitsOf(row, bufferMinutes),
  id: row.id,
  name: row.name,
  kind: row.kind,
  busy:
    taken.busy === null
      ? [{ ...taken.read, kind: 'unknown' }]
      : taken.busy.map(({ start, end, soft }) => ({ start, end, kind: soft ? 'soft' : 'hard' })),
  booked: taken.booked,
  preferred: row.kind === 'room' ? null : row.preferred,
  met: taken.met,
});
