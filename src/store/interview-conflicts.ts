/** What speaks against an interview that stands, and came up after it was scheduled. */
import { type RawBuilder, sql } from 'kysely';
import { type Executor, instant } from './database.ts';

const isAway = sql`exists (select 1 from jsonb_array_elements(person.days_off) off
  where (booking.starts_at at time zone person.zone)::date
    between (off->>'from')::date and (off->>'to')::date)`;

const isElsewhere = sql`exists (select 1 from booking other
  where other.person_id = booking.person_id and other.interview_id <> booking.interview_id
    and other.starts_at < booking.ends_at and other.ends_at > booking.starts_at)`;

/** From `booking` and `person`, of the row `interview`; what a coordinator has overridden is none. */
export const conflicting: RawBuilder<unknown> = sql`
  from booking join person on person.id = booking.person_id
  where booking.interview_id = interview.id
    and (not person.active or ${isAway} or ${isElsewhere})
    and not exists (select 1 from interview_change change,
        jsonb_array_elements(coalesce(change.detail->'overridden', '[]')) given
      where given->>'personId' = person.id and given->>'code' in ('day_off', 'double_booked')
        and change.interview_id in (select one.interview_id from booking one
          where one.person_id = booking.person_id
            and one.starts_at < booking.ends_at and one.ends_at > booking.starts_at))`;

export interface InterviewConflict {
  event_id: string;
  person_id: string;
  name: string;
  code: 'inactive' | 'day_off' | 'double_booked';
}

/** In the order of their times; none of an interview that is over. */
export const conflictsOf = async (
  db: Executor,
  interviewId: string,
  now: number,
): Promise<InterviewConflict[]> => {
  const { rows } = await sql<InterviewConflict>`
    select found.event_id, found.person_id, found.name, found.code
    from interview, lateral (
      select booking.event_id, booking.starts_at, person.id as person_id, person.name,
        case when not person.active then 'inactive' when ${isAway} then 'day_off'
          else 'double_booked' end as code
      ${conflicting}) found
    where interview.id = ${interviewId} and interview.state in ('hold', 'confirmed')
      and interview.ends_at > ${instant(now)}
    order by found.starts_at, found.name`.execute(db);
  return rows;
};
