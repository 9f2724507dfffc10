/** An interviewer is reached at another address: the invite goes there, and the old one is uninvited. */
import { changeAddress } from '#core/interview/operations.ts';
import type { Actor } from '#store/audit.ts';
import type { Executor } from '#store/database.ts';
import { lockElsewhere, recordChange, updateInterview } from '#store/interviews.ts';
import type { Hub } from './hub.ts';

/** Before the person itself is changed: who changes an interview holds it before its people, too. */
export const followAddress = async (
  hub: Hub,
  tx: Executor,
  { personId, email }: { personId: string; email: string },
  actor: Actor,
): Promise<void> => {
  for (const row of await lockElsewhere(tx, personId, email)) {
    const plan = changeAddress(row.plan, personId, email);
    const after = await updateInterview(tx, row.id, { plan });
    await recordChange(tx, after, actor, 'address', { personId });
    if (after.state !== 'draft')
      await hub.queue.send(tx, 'reconcile-interview', { interviewId: row.id });
  }
};
