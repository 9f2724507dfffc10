/** What an effect's `request` holds, and the note that follows from a done one. */
import type { CandidateRow } from '#store/candidates.ts';
import type { Executor } from '#store/database.ts';
import { ensureEffect, type EffectOutcome, type EffectRow } from '#store/effects.ts';

export const noAddress =
  'The candidate has no e-mail address in the ATS, or one that cannot be written to. Correct it there: it goes out when one appears.';

/** What an action's effect asks for; names are kept so that the ledger reads well later. */
export interface ActionRequest {
  testId: string | null;
  testName: string;
  stageName: string;
  ruleName: string | null;
}

/** What a note effect tells: that the thing exists, or a result of it. */
export type NoteRequest = { about: 'sent' } | { about: 'result'; revision: number };

/** What became of an effect at the vendor, and what follows from it. */
export interface Done {
  outcome: EffectOutcome;
  follow?: (tx: Executor) => Promise<void>;
}

/** Whether it stands in the ATS by itself: no note has to tell of it. */
export const tellsOfItself = ({ kind }: EffectRow): boolean =>
  kind === 'note' || kind === 'ats_link';

/** A note on the candidate's timeline is owed, once per action and once per result. */
export const wantNote = async (
  tx: Executor,
  parent: EffectRow,
  candidate: CandidateRow,
  request: NoteRequest,
): Promise<void> => {
  const key =
    request.about === 'sent'
      ? `${parent.key}/note`
      : `${parent.key}/result/${String(request.revision)}`;
  await ensureEffect(tx, {
    key,
    kind: 'note',
    state: 'owed',
    candidateId: candidate.id,
    connectionId: candidate.connection_id,
    ruleId: parent.rule_id,
    parentId: parent.id,
    request,
    text: 'To be written on the timeline.',
  });
};
