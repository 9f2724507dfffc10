/** A row of Today in words. */
import type { Schemas } from '../../hub/client.ts';
import { allOf } from '../../parts/names.ts';
import { words } from './words.ts';

export type Row = Schemas['TodayRow'];

/** What kind of row it is. */
export const labelOf = ({ kind, interview }: Row): string =>
  interview?.flag === 'candidate_gone' && kind === 'flagged'
    ? words.candidateGone
    : words.kinds[kind];

/** What the row is about, beside the candidate. */
export const subjectOf = ({ kind, candidate, effect, interview, text }: Row): string[] => {
  const made = effect === null ? null : words.effects[effect.kind];
  const what = kind === 'test_out' ? text : made;
  const parts = [candidate?.job, what, interview?.name];
  return parts.filter((one): one is string => typeof one === 'string' && one !== '');
};

export const reasonOf = ({ kind, people, text, interview }: Row): string | null => {
  switch (kind) {
    case 'interviewer_declined':
      return words.declined(allOf(people));
    case 'conflict':
      return words.cannotCome(allOf(people));
    case 'candidate_declined':
      return words.candidateDeclined;
    case 'flagged':
      return interview?.flag === 'candidate_gone' ? words.gone : words.flagged;
    case 'test_out':
      return null;
    default:
      return text;
  }
};

export const titleOf = ({ candidate, connection }: Row): string =>
  candidate === null ? (connection?.name ?? '') : candidate.name || words.nobody;
