/** Writes or updates the hub's note on a candidate's timeline in the ATS. */
import { linkNote, resultNote, sentNote } from '#core/automation/notes.ts';
import type { Note } from '#core/model.ts';
import { ConnectorError, type Ats, type Capabilities } from '#connectors/contract.ts';
import { findAssessment } from '#store/assessments.ts';
import type { CandidateRow } from '#store/candidates.ts';
import { findConnection } from '#store/connections.ts';
import { childrenOf, connectionOf, findEffect, type EffectRow } from '#store/effects.ts';
import { connectorOf, type Hub } from './hub.ts';
import type { ActionRequest, Done, NoteRequest } from './requests.ts';

export const writeNote = async (
  hub: Hub,
  vendor: Capabilities,
  effect: EffectRow,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  const { ats } = vendor;
  if (!ats || effect.parent_id === null)
    return {
      outcome: { state: 'failed', text: 'This connection is no ATS; no note can be written.' },
    };
  const parent = await findEffect(hub.db, effect.parent_id);
  const request = effect.request as NoteRequest;
  const note = await textOf(hub, parent, request);
  if (request.about === 'sent') return writeOnce(ats, effect, candidate, note, triedBefore);

  const children = await childrenOf(hub.db, parent.id);
  const first = children.find((child) => child.key === `${parent.key}/note`);
  if (first?.state === 'owed' || first?.state === 'started') {
    // The first note is still on its way; the result would overtake it.
    const nextTryAt = Math.max(first.next_try_at ?? 0, hub.now()) + 1_000;
    return { outcome: { state: 'owed', text: 'Waits for the first note.', nextTryAt } };
  }
  const latest = latestNote(children);
  if (ats.updateNote && latest) {
    try {
      await ats.updateNote(candidate.remote_id, latest.remoteId, note, latest.ref);
      return {
        outcome: {
          state: 'done',
          text: 'The note on the timeline was updated.',
          remoteId: latest.remoteId,
        },
      };
    } catch (thrown) {
      // The note was deleted by hand, or this account's notes cannot be changed: write another one.
      const settled = ['rejected', 'forbidden', 'not_found'];
      if (!(thrown instanceof ConnectorError) || !settled.includes(thrown.kind)) throw thrown;
    }
  }
  return writeOnce(ats, effect, candidate, note, triedBefore);
};

/** The note that was written last. It carries the ref of the effect that wrote it first. */
const latestNote = (
  children: readonly EffectRow[],
): { remoteId: string; ref: string } | undefined => {
  const refs = new Map<string, string>();
  for (const { state, remote_id: remoteId, ref } of children)
    if (state === 'done' && remoteId !== null && !refs.has(remoteId)) refs.set(remoteId, ref);
  const [remoteId, ref] = [...refs].at(-1) ?? [];
  return remoteId === undefined || ref === undefined ? undefined : { remoteId, ref };
};

/** Looks for the note first where an earlier try may have written it. */
export const writeOnce = async (
  ats: Ats,
  effect: EffectRow,
  candidate: CandidateRow,
  note: Note,
  triedBefore: boolean,
): Promise<Done> => {
  const earlier = triedBefore ? await ats.findNote(candidate.remote_id, effect.ref) : null;
  const written = earlier ?? (await ats.addNote(candidate.remote_id, note, effect.ref));
  return {
    outcome: {
      state: 'done',
      text: earlier ? 'Found on the timeline: it had been written.' : 'Written on the timeline.',
      remoteId: written.id,
    },
  };
};

const textOf = async (hub: Hub, parent: EffectRow, request: NoteRequest): Promise<Note> => {
  const platform = connectorOf(hub, await findConnection(hub.db, connectionOf(parent))).name;
  const asked = parent.request as ActionRequest;
  const url = parent.remote_url ?? '';
  const stage = asked.stageName;
  const rule = asked.ruleName;
  if (request.about === 'sent')
    return parent.kind === 'assessment'
      ? sentNote({ platform, test: asked.testName, url, stage, rule })
      : linkNote({ platform, url, stage, rule });
  const assessment = await findAssessment(hub.db, parent.id);
  if (!assessment) throw new Error(`jobs: the assessment of effect ${parent.id} is missing.`);
  return resultNote({
    platform,
    test: asked.testName,
    result: {
      status: assessment.status,
      score: assessment.score,
      maxScore: assessment.max_score,
      percent: assessment.percent,
      verdict: assessment.verdict,
      reportUrl: assessment.report_url,
      expiresAt: assessment.expires_at,
      startedAt: assessment.started_at,
      finishedAt: assessment.finished_at,
    },
    reportUrl: assessment.report_url,
    revision: request.revision,
  });
};
