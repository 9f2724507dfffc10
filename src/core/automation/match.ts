/** Which rules fire for a candidate, by the ATS's own history. Pure: the clock is in the data. */
import type { ActionKind, Candidate, StageEntry } from '#core/model.ts';

export interface Rule {
  id: string;
  stageIds: readonly string[];
  /** Compared case-sensitively, as the ATS does. */
  tag: string | null;
  jobId: string | null;
  action: ActionKind;
  /** Connection of the coding platform. */
  platformId: string;
  /** The test, or the template of a live link (null: none). */
  testId: string | null;
  repeats: boolean;
  /** When it was switched on, milliseconds since the epoch. */
  enabledAt: number;
}

export type Match =
  /** Not about this candidate: another stage, job or tag. */
  | { outcome: 'none' }
  | { outcome: 'skipped'; reason: SkipReason; entry: StageEntry }
  | { outcome: 'fired'; entry: StageEntry; actionKey: string };

export type SkipReason =
  /** Archived, hired or rejected candidates are left alone. */
  | 'archived'
  /** The candidate stood in the stage before the rule was switched on: rules are not retroactive. */
  | 'entered_before_rule'
  /** The candidate was in the stage and had left it before the hub read of it. */
  | 'moved_on';

/**
 * What `rule` means for `candidate` as read now. Asking twice gives the same answer, and the same
 * `actionKey`, so that whatever hangs on the key is done once.
 */
export const matchRule = (rule: Rule, candidate: Candidate, candidateId: string): Match => {
  if (rule.tag !== null && !candidate.tags.includes(rule.tag)) return { outcome: 'none' };
  if (rule.jobId !== null && rule.jobId !== candidate.jobId) return { outcome: 'none' };
  const entry = candidate.entries.at(-1);
  if (!entry || !rule.stageIds.includes(candidate.stageId)) return passedBy(rule, candidate);
  if (candidate.archived) return { outcome: 'skipped', reason: 'archived', entry };
  if (entry.enteredAt <= rule.enabledAt)
    return { outcome: 'skipped', reason: 'entered_before_rule', entry };
  return { outcome: 'fired', entry, actionKey: actionKey(rule, candidate, candidateId) };
};

/** A stage that was entered and left again; archiving moves to another stage in some ATSs. */
const passedBy = (rule: Rule, candidate: Candidate): Match => {
  const entry = candidate.entries.findLast(
    ({ stageId, enteredAt }) => rule.stageIds.includes(stageId) && enteredAt > rule.enabledAt,
  );
  if (!entry) return { outcome: 'none' };
  return { outcome: 'skipped', reason: candidate.archived ? 'archived' : 'moved_on', entry };
};

/**
 * An action's identity: candidate, platform, test or link. Entering the stage again is the same
 * action, and two rules with the same test are one; a repeating rule counts the entries into any of
 * its stages.
 */
export const actionKey = (
  rule: Pick<Rule, 'action' | 'platformId' | 'testId' | 'repeats' | 'stageIds'>,
  candidate: Pick<Candidate, 'entries'>,
  candidateId: string,
): string => {
  const what = rule.action === 'assessment' ? 'assessment' : 'live-link';
  const base = `candidate/${candidateId}/${what}/${rule.platformId}/${rule.testId ?? 'plain'}`;
  const times = candidate.entries.filter(({ stageId }) => rule.stageIds.includes(stageId)).length;
  return rule.repeats && times > 1 ? `${base}/entry/${String(times)}` : base;
};
