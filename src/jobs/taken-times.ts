/** When people are taken, for whoever plans with them: times alone, never what they are taken by. */
import { bookingsOf } from '#store/bookings.ts';
import { activePeople } from '#store/people.ts';
import { readBusy } from './busy-times.ts';
import type { Hub } from './hub.ts';

export interface TakenTimes {
  personId: string;
  /** False: a calendar of theirs could not be read, so more may be taken. */
  known: boolean;
  times: Array<{ start: number; end: number; kind: 'busy' | 'tentative' | 'interview' }>;
}

/** Of those of the people who are there; in the order of `personIds`. */
export const takenTimesOf = async (
  hub: Hub,
  personIds: readonly string[],
  span: { start: number; end: number },
): Promise<TakenTimes[]> => {
  const rows = new Map((await activePeople(hub.db)).map((row) => [row.id, row]));
  const people = personIds.flatMap((id) => rows.get(id) ?? []);
  const busy = await readBusy(hub, people, span);
  const booked = await bookingsOf(hub.db, people.map(({ id }) => id), span, null);
  return people.map(({ id }) => {
    const read = busy.get(id) ?? null;
    const interviews = booked.filter(({ person_id: of }) => of === id);
    return {
      personId: id,
      known: read !== null,
      times: [
        ...(read ?? []).map(({ start, end, soft }) => ({ start, end, kind: soft ? ('tentative' as const) : ('busy' as const) })),
        ...interviews.map(({ starts_at: start, ends_at: end }) => ({ start, end, kind: 'interview' as const })),
      ].toSorted((a, b) => a.start - b.start),
    };
  });
}; // prettier-ignore
