/** Lets go on what rested while a connection was paused. */
import { inTransaction } from '#store/database.ts';
import { findStrandedCandidates } from '#store/effects.ts';
import { findStrandedInterviews } from '#store/interview-effects.ts';
import { staleDeliveries } from '#store/deliveries.ts';
import { enqueueWakes } from './receive-webhook.ts';
import type { Hub } from './hub.ts';

export const wakeConnection = async (hub: Hub, connectionId: string): Promise<void> => {
  const later = hub.now() + 60_000;
  await inTransaction(hub.db, async (tx) => {
    const stranded = await findStrandedCandidates(tx, later, 1_000);
    await hub.queue.sendMany(
      tx,
      'perform-effects',
      stranded.map((candidateId) => ({ candidateId })),
    );
    const interviews = await findStrandedInterviews(tx, later, 1_000);
    await hub.queue.sendMany(
      tx,
      'reconcile-interview',
      interviews.map((interviewId) => ({ interviewId })),
    );
    const waiting = await staleDeliveries(tx, later, 1_000);
    await enqueueWakes(
      hub,
      tx,
      waiting.map((row) => ({ connectionId: row.connection_id, wakes: row.wakes })),
    );
    await hub.queue.send(tx, 'sweep', { connectionId });
  });
};
