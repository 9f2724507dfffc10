/** Who said no to an interview as it is now. */
import { type RawBuilder, sql } from 'kysely';

/** What an entry's id ends with, as `core/interview/things.ts` makes it. */
const uidEnd = sql`(case when cardinality(interview.organizers) > 1
  then '.' || cardinality(interview.organizers) - 1 else '' end || '@loopwright')`;

const readers = {
  candidate: sql`join candidate on candidate.id = interview.candidate_id
    and rsvp.address = lower(candidate.email)
    and rsvp.uid ~ ('^' || interview.id || '\\.day\\d+' || ${uidEnd} || '$')`,
  seat: sql`cross join jsonb_array_elements(interview.plan->'events') event
    join jsonb_array_elements(event->'seats') seat on lower(seat->>'email') = rsvp.address
      and rsvp.uid = interview.id || '.' || (event->>'id') || ${uidEnd}`,
};

/**
 * From `rsvp`, of the row `interview`: answers to the times as they are, of those who are still asked.
 * An `interviewer` has to be there; with `seat`, optional people count as well.
 */
export const declining = (who: 'candidate' | 'interviewer' | 'seat'): RawBuilder<unknown> => sql`
  from rsvp join invite on invite.uid = rsvp.uid and rsvp.sequence >= invite.times_sequence
  ${who === 'candidate' ? readers.candidate : readers.seat}
  where rsvp.interview_id = interview.id and rsvp.status = 'declined'
    ${who === 'interviewer' ? sql`and (seat->>'required')::boolean` : sql``}`;
