/**
 * Takes an interview back before anything of it has left the hub:
 * 1. hold the row: whoever comes first, this or the reconciler, decides,
 * 2. refuse it when its time is over,
 * 3. remove it with its bookings and history; the audit log keeps that it was there.
 */
import { conflict } from '#core/errors.ts';
import { insertAudit, type Actor } from '#store/audit.ts';
import { inTransaction } from '#store/database.ts';
import { deleteInterview, lockInterview } from '#store/interviews.ts';
import type { Hub } from './hub.ts';

/** Throws `undo_over` when things may have left the hub. */
export const undoInterview = (hub: Hub, id: string, actor: Actor): Promise<void> =>
  inTransaction(hub.db, async (tx) => {
    const row = await lockInterview(tx, id);
    if (row.send_at === null || row.send_at <= hub.now())
      throw conflict(
        'undo_over',
        'interview: it is being sent, so it cannot be undone any more. Cancel or move it instead.',
      );
    await deleteInterview(tx, id);
    await insertAudit(tx, actor, 'interview.undo', id);
  });
