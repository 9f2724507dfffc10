/** A candidate is in one interview at a time; internal events are without them. */
import type { SeatProblem } from '#core/interview/fill.ts';
import type { Plan, PlannedEvent } from '#core/interview/model.ts';
import { dateTimeText } from '#core/template/times.ts';
import type { CandidateRow } from '#store/candidates.ts';
import { interviewsDuring } from '#store/candidate-times.ts';
import type { Executor } from '#store/database.ts';

type Who = Pick<CandidateRow, 'id' | 'connection_id' | 'person_id'>;

const attended = ({ events }: Plan): PlannedEvent[] => events.filter(({ internal }) => !internal);

/** Events of other interviews that the candidate has to be in. */
export const takenOf = async (
  db: Executor,
  candidate: Who,
  span: { start: number; end: number },
  except: string | null,
): Promise<PlannedEvent[]> =>
  (await interviewsDuring(db, candidate, span, except)).flatMap(({ plan }) => attended(plan));

/** Each event of the plan that the candidate cannot come to, for another interview. */
export const candidateProblems = async (
  db: Executor,
  candidate: Who,
  plan: Plan,
  interviewId: string | null,
): Promise<SeatProblem[]> => {
  const own = attended(plan);
  if (own.length === 0) return [];
  const start = Math.min(...own.map((event) => event.start));
  const end = Math.max(...own.map((event) => event.end));
  const others = await interviewsDuring(db, candidate, { start, end }, interviewId);
  return own.flatMap((event): SeatProblem[] => {
    const meets = (other: PlannedEvent): boolean =>
      other.start < event.end && event.start < other.end;
    const other = others.find((one) => attended(one.plan).some(meets));
    if (!other) return [];
    const theirs = attended(other.plan).find(meets) ?? event;
    const isSame = other.candidate_id === candidate.id;
    // Who sees this job need not see the person's others.
    const which = isSame ? other.plan.name : 'for another job';
    const when = dateTimeText(theirs.start, plan.zone);
    return [
      {
        code: 'candidate_busy',
        eventId: event.id,
        personId: null,
        text: `The candidate is in another interview then: ${which}, ${when}.`,
        blocks: true,
        ...(isSame ? { interview: { id: other.id, name: other.plan.name, start: theirs.start } } : {}),
      },
    ];
  });
}; // prettier-ignore
