/** How every change is sent: which revision it is about, what is overridden, and who is told. */
import type { Problem } from '../../../hub/problem.ts';
import type { Interview } from '../queries.ts';
import { words } from '../words.ts';

export type Override = keyof typeof words.change.override;

export interface Consent {
  revision: number;
  override: Override[];
  notify: Array<'candidate' | 'interviewers'>;
}

export type Common = Consent & { dryRun: boolean };
export type Send = (common: Common) => Promise<Interview>;

const known = Object.keys(words.change.override) as Override[];

/** What may be overridden of a conflict: the problem names the codes at its end. */
export const overridesIn = ({ code, detail }: Problem): Override[] => {
  if (code !== 'interview_conflicts') return [];
  const named = /or override ([a-z_, ]+)\.$/.exec(detail)?.[1]?.split(', ') ?? [];
  return known.filter((one) => named.includes(one));
};
