/** Who sits in which event when: what double booking and limits are judged by. */
import { sql } from 'kysely';
import type { Plan } from '#core/interview/model.ts';
import { instant, type Executor, type Row } from './database.ts';

export type BookingRow = Row<'booking'>;

/**
 * Holds these people until the transaction ends: of two interviews that take the same person at the
 * same moment, the second sees what the first one booked.
 */
export const lockPeople = async (tx: Executor, personIds: readonly string[]): Promise<void> => {
  if (personIds.length === 0) return;
  await tx
    .selectFrom('person')
    .select('id')
    .where('id', 'in', [...personIds])
    .orderBy('id')
    .forUpdate()
    .execute();
};

/** What the plan books, in place of what was booked for it before. */
export const replaceBookings = async (
  tx: Executor,
  interviewId: string,
  plan: Plan | null,
): Promise<void> => {
  await tx.deleteFrom('booking').where('interview_id', '=', interviewId).execute();
  const rows = (plan?.events ?? []).flatMap((event) =>
    event.seats.map((seat) => ({
      interview_id: interviewId,
      event_id: event.id,
      person_id: seat.personId,
      starts_at: new Date(event.start),
      ends_at: new Date(event.end),
    })),
  );
  if (rows.length > 0) await tx.insertInto('booking').values(rows).execute();
};

/** Bookings of these people that touch the span, those of one interview left out. */
export const bookingsOf = async (
  db: Executor,
  personIds: readonly string[],
  span: { start: number; end: number },
  except: string | null,
): Promise<BookingRow[]> =>
  personIds.length === 0
    ? []
    : db
        .selectFrom('booking')
        .selectAll()
        .where('person_id', 'in', [...personIds])
        .where('starts_at', '<', instant(span.end))
        .where('ends_at', '>', instant(span.start))
        .where(sql<boolean>`interview_id is distinct from ${except}`)
        .orderBy('starts_at')
        .execute();

/** Who sits in other interviews of this candidate. */
export const metBy = async (
  db: Executor,
  candidateId: string,
  except: string | null,
): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('booking')
    .innerJoin('interview', 'interview.id', 'booking.interview_id')
    .select('booking.person_id')
    .distinct()
    .where('interview.candidate_id', '=', candidateId)
    .where(sql<boolean>`interview.id is distinct from ${except}`)
    .execute();
  return new Set(rows.map(({ person_id: id }) => id));
};

/** What a person is still to sit in, the next first. */
export const upcomingBookings = async (
  db: Executor,
  personId: string,
  now: number,
): Promise<BookingRow[]> =>
  db
    .selectFrom('booking')
    .selectAll()
    .where('person_id', '=', personId)
    .where('ends_at', '>', instant(now))
    .orderBy('starts_at')
    .limit(200)
    .execute();
