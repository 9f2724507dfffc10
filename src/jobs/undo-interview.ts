/**
 * Takes an interview back before anything of it has left the hub:
 * 1. hold the row: whoever comes first, this or the reconciler, decides,
 * 2. refuse it when its time is over, or somebody else has changed it since,
 * 3. remove it with its bookings and history; the audit log keeps that it was there.
 */
import { conflict } from '#core/errors.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { inTransaction } from '#store/database.ts';
import { changesSince, deleteInterview, lockInterview } from '#store/interviews.ts';
import type { Hub } from './hub.ts';

/** Which it has when it is scheduled. */
const firstRevision = 1;

/** Throws `undo_over` when things may have left the hub, `interview_changed` for another's change. */
export const undoInterview = (hub: Hub, id: string, actor: Actor): Promise<void> =>
  inTransaction(hub.db, async (tx) => {
    const row = await lockInterview(tx, id);
    if (row.send_at === null || row.send_at <= hub.now())
      throw conflict(
        'undo_over',
        'interview: it is being sent, so it cannot be undone any more. Cancel or move it instead.',
      );
    const others = await changesSince(tx, id, firstRevision);
    const other = others.find(({ actor_id: by }) => by !== actor.id);
    if (other)
      throw conflict(
        'interview_changed',
        `interview: ${other.actor_name} changed it meanwhile (${other.act}), which undoing would take away as well. Look at it, then cancel it if it is not to take place.`,
      );
    await deleteInterview(tx, id);
    await insertAudit(tx, actor, 'interview.undo', id);
  });
