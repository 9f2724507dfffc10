/** How every change is sent: which revision it is about, what is overridden, and who is told. */
import { hasGone, type Problem } from '../../../hub/problem.ts';
import type { Schemas } from '../../../hub/client.ts';
import type { Interview } from '../queries.ts';

export type Override = Schemas['InterviewInput']['override'][number];

export interface Consent {
  revision: number;
  override: Override[];
  /** Why, where something is overridden. */
  overrideReason: string;
  notify: Array<'candidate' | 'interviewers'>;
}

export type Common = Consent & { dryRun: boolean };
export type Send = (common: Common) => Promise<Interview>;

/** What may be overridden of a conflict: the problem names the codes. */
export const overridesIn = (problem: Problem): Override[] => {
  if (!hasGone(problem)) return [];
  const named = /or override ([a-z_, ]+)\.(?: |$)/.exec(problem.detail)?.[1]?.split(', ');
  return (named ?? []) as Override[];
};
