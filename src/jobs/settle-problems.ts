/** What speaks against a plan: taken on knowingly, or a reason to refuse it. */
import { invalid, LoopwrightError } from '#core/errors.ts';
import { overridable, type SeatProblem } from '#core/interview/fill.ts';
import type { Plan } from '#core/interview/model.ts';
import type { PlanProblems } from './plan-interview.ts';

/** People or times have gone; with what was asked for, so that something like it can be offered. */
export class PlanRefused extends LoopwrightError {
  readonly open: readonly SeatProblem[];
  readonly plan: Plan;

  constructor(message: string, field: string, open: readonly SeatProblem[], plan: Plan) {
    const isCandidate = open.some(({ code }) => code === 'candidate_busy');
    super(isCandidate ? 'candidate_busy' : 'interview_conflicts', 409, message, field);
    this.open = open;
    this.plan = plan;
  }
}

const blockingOf = ({ seats }: PlanProblems): SeatProblem[] => seats.filter(({ blocks }) => blocks);

/** What blocks and is not taken on. */
export const openOf = (problems: PlanProblems, override: readonly string[]): SeatProblem[] =>
  blockingOf(problems).filter(({ code }) => !override.includes(code));

/** Throws unless everything that blocks was overridden; answers with what was. */
export const settleProblems = (
  problems: PlanProblems,
  override: readonly string[],
  plan: Plan,
): SeatProblem[] => {
  const text = problems.texts.find(({ blocks }) => blocks);
  if (text) throw invalid(text.code, `interview: ${text.message}`, text.field);
  const open = openOf(problems, override);
  const [first] = open;
  if (!first) return blockingOf(problems);
  const said = [...new Set(open.map((one) => one.text))].slice(0, 5).join(' ');
  const codes = overridable.filter((code) => open.some((one) => one.code === code)).join(', ');
  const orOverride = codes === '' ? '' : `, or override ${codes}`;
  throw new PlanRefused(
    `interview: ${said} Choose another time or person${orOverride}.`,
    `events.${first.eventId}`,
    open,
    plan,
  );
};
