/** The people and pools that seats are filled from, and what speaks against them at a time. */
import { membersOf, type Person, type Pool, type Room } from '#core/interview/fill.ts';
import type { SeatTemplate } from '#core/interview/layers.ts';
import {
  conflictsAt,
  widest,
  type Conflict,
  type Habits,
  type Span,
} from '#core/people/conflicts.ts';
import { bookingsOf } from '#store/bookings.ts';
import { listAllChoices } from '#store/choices.ts';
import { findConnection } from '#store/connections.ts';
import type { Executor } from '#store/database.ts';
import { activePeople, type PersonRow } from '#store/people.ts';
import { listPools } from '#store/pools.ts';
import { readBusy, type BusyByPerson } from './busy-times.ts';
import { capabilitiesOf, type Hub } from './hub.ts';

const day = 86_400_000;

export interface Crowd {
  people: ReadonlyMap<string, Person>;
  pools: ReadonlyMap<string, Pool>;
  needsAtsUsers: boolean;
  rows: ReadonlyMap<string, PersonRow>;
}

/** Everybody who may sit, with the user that the ATS knows under the same address. */
export const gatherCrowd = async (
  hub: Hub,
  db: Executor,
  atsConnectionId: string,
): Promise<Crowd> => {
  const ats = await findConnection(db, atsConnectionId);
  const rows = await activePeople(db);
  const users = new Map(
    (await listAllChoices(db, atsConnectionId, 'user'))
      .filter(({ detail }) => detail.active !== false)
      .map((row) => [(row.detail.email ?? '').toLowerCase(), row.remote_id]),
  );
  const pools = await listPools(db, { after: null, limit: 1_000 });
  return {
    needsAtsUsers: capabilitiesOf(hub, ats).ats?.interviews !== undefined,
    rows: new Map(rows.map((row) => [row.id, row])),
    pools: new Map(pools.map((pool) => [pool.id, pool])),
    people: new Map(
      rows.map((row) => [
        row.id,
        {
          kind: row.kind,
          personId: row.id,
          name: row.name,
          email: row.email,
          title: row.title,
          ...(row.bio === '' ? {} : { bio: row.bio }),
          ...(row.linked_in === '' ? {} : { linkedIn: row.linked_in }),
          zone: row.zone,
          atsUserId: row.kind === 'room' ? null : (users.get(row.email.toLowerCase()) ?? null),
          tags: row.tags,
          active: row.active,
        },
      ]),
    ),
  };
};

/** Who may come to sit in these seats at all: calendars of others are left alone. */
export const mayBeSeated = (crowd: Crowd, seats: readonly SeatTemplate[]): string[] => {
  const ids = seats.flatMap(({ from }) => {
    if (from.kind === 'people') return from.personIds;
    const pool = crowd.pools.get(from.poolId);
    return pool ? membersOf(pool, crowd.people).map(({ personId }) => personId) : [];
  });
  return [...new Set(ids)];
};

/** What the planner and the panel engine both keep to. Rooms are there whenever they are free. */
export const habitsOf = (
  row: PersonRow,
  bufferMinutes: number,
): Habits & Pick<Required<Habits>, 'buffer'> => {
  const isRoom = row.kind === 'room';
  return {
    zone: row.zone,
    hours: row.hours,
    daysOff: row.days_off,
    perDay: isRoom ? null : row.per_day,
    perWeek: isRoom ? null : row.per_week,
    buffer: isRoom
      ? { before: 0, after: 0 }
      : widest({ before: row.buffer_before, after: row.buffer_after }, bufferMinutes),
  };
};

/** Calendars of people around these times; read before a transaction, for it goes outside. */
export const readCalendars = (
  hub: Hub,
  crowd: Crowd,
  personIds: readonly string[],
  spans: readonly Span[],
): Promise<BusyByPerson> => {
  const start = Math.min(...spans.map((span) => span.start)) - day;
  const end = Math.max(...spans.map((span) => span.end)) + day;
  return spans.length === 0
    ? Promise.resolve(new Map())
    : readBusy(
        hub,
        personIds.flatMap((id) => crowd.rows.get(id) ?? []),
        { start, end },
      );
};

/**
 * Rooms for events: who may sit in them, and what speaks against whom. `planned` are the events of
 * this interview, which count as engagements for each other.
 */
export const roomsOf = async (
  db: Executor,
  crowd: Crowd,
  busy: BusyByPerson,
  about: {
    interviewId: string | null;
    spans: readonly Span[];
    bufferMinutes: number;
  },
): Promise<(span: Span, alsoBooked: ReadonlyMap<string, readonly Span[]>) => Room> => {
  const week = 8 * day;
  const start = Math.min(...about.spans.map((span) => span.start)) - week;
  const end = Math.max(...about.spans.map((span) => span.end)) + week;
  const bookings =
    about.spans.length === 0
      ? []
      : await bookingsOf(db, [...crowd.rows.keys()], { start, end }, about.interviewId);
  const byPerson = Map.groupBy(bookings, ({ person_id: id }) => id);
  return (span, alsoBooked) => {
    const known = new Map<string, Conflict[]>();
    return {
      people: crowd.people,
      pools: crowd.pools,
      needsAtsUsers: crowd.needsAtsUsers,
      conflicts(personId) {
        const before = known.get(personId);
        if (before) return before;
        const row = crowd.rows.get(personId);
        if (!row) return [];
        const found = conflictsAt(
          habitsOf(row, about.bufferMinutes),
          {
            busy: busy.has(personId) ? (busy.get(personId) ?? null) : [],
            bookings: (byPerson.get(personId) ?? []).map((one) => ({
              start: one.starts_at,
              end: one.ends_at,
            })),
            beside: alsoBooked.get(personId) ?? [],
          },
          span,
        );
        known.set(personId, found);
        return found;
      },
    };
  };
};
