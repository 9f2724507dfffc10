/** What failed, as the API tells it (RFC 9457), or as the browser noticed it. */
import type { components } from './schema.d.ts';

export type Problem = components['schemas']['Problem'];

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

const madeHere = (code: string, detail: string): Problem => ({
  type: `urn:loopwright:problem:${code}`,
  title: 'No answer',
  status: 0,
  code,
  detail,
});

/** The hub did not answer at all: the network, or the hub, is away. */
export const unreachable = (): ProblemError =>
  new ProblemError(
    madeHere(
      'hub_unreachable',
      'hub: it does not answer. Check your connection; nothing you typed is lost, so try again.',
    ),
  );

export const tooSlow = (): ProblemError =>
  new ProblemError(
    madeHere('hub_slow', 'hub: the answer took too long. Nothing you typed is lost, so try again.'),
  );

/** A failure without a problem document: something between browser and hub answered. */
export const notOurs = (status: number): ProblemError =>
  new ProblemError({
    ...madeHere(
      'answer_unreadable',
      `hub: the answer (${String(status)}) did not come from Loopwright. Try again, or tell who runs the proxy.`,
    ),
    status,
  });

export const problemOf = (thrown: unknown): Problem => {
  if (thrown instanceof ProblemError) return thrown.problem;
  return madeHere('app_fault', 'app: something went wrong on this page. Load it anew.');
};

/** Whether signing in again would help. */
export const isSignedOut = (thrown: unknown): boolean =>
  thrown instanceof ProblemError &&
  ['session_over', 'key_missing_or_wrong'].includes(thrown.problem.code);

/** Whether the same request may be sent again without doing something twice. */
export const isOpen = ({ status }: Problem): boolean =>
  status === 0 || status === 401 || status === 429 || status >= 500;

/** The time or the people that were asked for have gone. */
export const hasGone = ({ code }: Problem): boolean =>
  code === 'interview_conflicts' || code === 'candidate_busy';

/**
 * The words for a person: messages read `<where>: <what failed>. <what to do>.`, and where it failed
 * is where they are looking.
 */
export const plain = (message: string, field?: string): string => {
  const text = message.replace(/^[\w -]+: /, '');
  const named =
    field !== undefined && text.startsWith(`${field}: `) ? text.slice(field.length + 2) : text;
  return named.charAt(0).toUpperCase() + named.slice(1);
};

export const wordsOf = ({ detail, field }: Problem): string => plain(detail, field);
