/**
 * The link from the ATS into the scheduler, put on a candidate once: among its links where the ATS
 * has them, else by a note.
 */
import { scheduleNote } from '#core/automation/notes.ts';
import type { Capabilities } from '#connectors/contract.ts';
import type { CandidateRow } from '#store/candidates.ts';
import { findConnection } from '#store/connections.ts';
import type { Executor } from '#store/database.ts';
import { connectionOf, ensureEffect, moveEffect, type EffectRow } from '#store/effects.ts';
import { fittingTemplate } from './draft-interview.ts';
import type { Hub } from './hub.ts';
import type { Done } from './requests.ts';
import { writeOnce } from './write-note.ts';

export const noAddressYet =
  'The hub has no public address that the link could lead to. Set LOOPWRIGHT_PUBLIC_URL to the address under which people reach the hub, and restart it.';

/** Automatic reasons for a skip; each ends by itself, and the link is then put after all. */
const switchedOff = 'The link was switched off before it was put.';
const archived = 'The candidate was archived before the link was put.';

/** Owed to active candidates who fit a template; true when it is owed from now on. */
export const wantScheduleLink = async (
  hub: Hub,
  tx: Executor,
  candidate: CandidateRow,
): Promise<boolean> => {
  if (candidate.archived) return false;
  const template = await fittingTemplate(tx, candidate);
  if (template === null) return false;
  const text = `The template ${template.name} fits.`;
  const { row, created } = await ensureEffect(tx, {
    key: `candidate/${candidate.id}/schedule-link`,
    kind: 'ats_link',
    state: 'owed',
    candidateId: candidate.id,
    connectionId: candidate.connection_id,
    ruleId: null,
    parentId: null,
    request: { templateName: template.name },
    text,
  });
  const isOwed = created || (isOver(hub, row) && (await again(tx, row, text)));
  if (isOwed) await hub.queue.send(tx, 'perform-effects', { candidateId: candidate.id });
  return isOwed;
};

const again = (tx: Executor, { id }: EffectRow, text: string): Promise<boolean> =>
  moveEffect(tx, id, ['skipped'], { state: 'owed', text, actor: null });

/** Whether it was skipped for a reason that holds no longer. What a person skipped stays skipped. */
const isOver = (hub: Hub, { state, error_text: why }: EffectRow): boolean =>
  state === 'skipped' &&
  (why === switchedOff || why === archived || (why === noAddressYet && hub.hasPublicUrl));

export const putScheduleLink = async (
  hub: Hub,
  { ats }: Capabilities,
  effect: EffectRow,
  candidate: CandidateRow,
  triedBefore: boolean,
): Promise<Done> => {
  const connection = await findConnection(hub.db, connectionOf(effect));
  if (!connection.schedule_link) return skipped(switchedOff);
  if (candidate.archived) return skipped(archived);
  if (!hub.hasPublicUrl) return skipped(noAddressYet);
  if (!ats) throw new Error(`jobs: ${connection.id} has the link to the scheduler and is no ATS.`);
  const remoteUrl = scheduleUrl(hub, candidate);
  if (!ats.addLink) {
    const note = scheduleNote(remoteUrl);
    const { outcome } = await writeOnce(ats, effect, candidate, note, triedBefore);
    return { outcome: { ...outcome, remoteUrl } };
  }
  await ats.addLink(candidate.remote_id, remoteUrl);
  const text = 'The link to the scheduler is among the candidate’s links.';
  return { outcome: { state: 'done', text, remoteUrl } };
};

const skipped = (text: string): Done => ({ outcome: { state: 'skipped', text } });

const scheduleUrl = (hub: Hub, { connection_id: connection, remote_id: candidate }: CandidateRow) =>
  `${hub.publicUrl.replace(/\/+$/, '')}/schedule?${new URLSearchParams({ connection, candidate }).toString()}`;
