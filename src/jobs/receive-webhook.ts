/**
 * Takes deliveries in: stored once and enqueued in one transaction, then acknowledged. Deliveries
 * that arrive while a transaction is under way share the next one (group commit), so that a burst
 * costs a few commits and an idle hub adds no delay.
 */
import type { Wake } from '#connectors/contract.ts';
import { candidatesAbout } from '#store/candidates.ts';
import { assessmentsToWake } from '#store/assessments.ts';
import { inTransaction, isDatabaseAway, type Executor } from '#store/database.ts';
import { insertDeliveries, type NewDelivery } from '#store/deliveries.ts';
import { findPushed } from '#store/interviews.ts';
import { moveStages } from '#store/rules.ts';
import type { JobData } from '#store/queue.ts';
import { markDelivered } from '#store/webhooks.ts';
import type { Hub } from './hub.ts';

export type Received = Omit<NewDelivery, 'subject'>;

/** `busy`: too many are waiting already; the vendor should try again. */
export type Receipt = 'new' | 'known' | 'busy';

export interface Inbox {
  /** Resolves when the delivery is committed. Rejects when the database is away. */
  receive(delivery: Received): Promise<Receipt>;
  /** Waits until everything received is committed. */
  idle(): Promise<void>;
}

interface Waiting {
  delivery: NewDelivery;
  resolve(receipt: Receipt): void;
  reject(reason: unknown): void;
}

const mostWaiting = 5_000;
const mostPerFlush = 200;
const flushers = 2;
const mostLooks = 1_000;

export const createInbox = (hub: Hub): Inbox => {
  const waiting: Waiting[] = [];
  let flushing = 0;
  let idle: Array<() => void> = [];

  const flush = async (): Promise<void> => {
    flushing += 1;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, mostPerFlush);
      try {
        await settle(batch);
      } catch (thrown) {
        if (batch.length === 1 || isDatabaseAway(thrown)) {
          for (const one of batch) one.reject(thrown);
        } else {
          // One bad row must not fail the others.
          for (const one of batch) await settle([one]).catch(one.reject);
        }
      }
    }
    flushing -= 1;
    if (flushing === 0) {
      for (const done of idle) done();
      idle = [];
    }
  };

  const settle = async (batch: readonly Waiting[]): Promise<void> => {
    const fresh = await store(
      hub,
      batch.map((one) => one.delivery),
    );
    hub.failpoint('C1', 'inbox');
    batch.forEach((one, position) => {
      one.resolve(fresh.has(position) ? 'new' : 'known');
    });
  };

  return {
    receive(received) {
      if (waiting.length >= mostWaiting) return Promise.resolve('busy');
      const delivery = { ...received, subject: subjectOf(received.wakes) };
      return new Promise<Receipt>((resolve, reject) => {
        waiting.push({ delivery, resolve, reject });
        if (flushing < flushers) void flush();
      });
    },
    idle: () =>
      flushing === 0 ? Promise.resolve() : new Promise<void>((resolve) => idle.push(resolve)),
  };
};

/** The candidacy, when the delivery is about exactly one; its job then closes the delivery. */
const subjectOf = (wakes: readonly Wake[]): string | null => {
  const [only, ...others] = wakes;
  return only?.kind === 'candidate' && others.length === 0 ? only.id : null;
};

const store = (hub: Hub, deliveries: readonly NewDelivery[]): Promise<Set<number>> =>
  inTransaction(hub.db, async (tx) => {
    const fresh = new Set(await insertDeliveries(tx, deliveries));
    const news = deliveries.filter((_, position) => fresh.has(position));
    await enqueueWakes(hub, tx, news);
    await markDelivered(tx, [...new Set(deliveries.map((one) => one.webhookId))]);
    return fresh;
  });

/** Interviews of these candidacies that the ATS shows: it may be about them that it tells. */
const pushedOf = async (
  hub: Pick<Hub, 'now'>,
  tx: Executor,
  candidates: ReadonlyArray<JobData['apply-rule']>,
): Promise<Array<JobData['look-at-ats']>> => {
  const interviews: Array<JobData['look-at-ats']> = [];
  for (const [connectionId, of] of Map.groupBy(candidates, (one) => one.connectionId)) {
    const remoteIds = of.map(({ remoteId }) => remoteId);
    for (const interviewId of await findPushed(tx, connectionId, remoteIds, hub.now(), mostLooks))
      interviews.push({ interviewId });
  }
  return interviews;
};

/** Turns what deliveries ask for into jobs; also used to replay them. */
export const enqueueWakes = async (
  hub: Pick<Hub, 'queue' | 'now'>,
  tx: Executor,
  deliveries: ReadonlyArray<{ connectionId: string; wakes: readonly Wake[] }>,
): Promise<void> => {
  const candidates: Array<JobData['apply-rule']> = [];
  const results: Array<JobData['record-result']> = [];
  for (const { connectionId, wakes } of deliveries) {
    for (const wake of wakes) {
      if (wake.kind === 'candidate') {
        candidates.push({ connectionId, remoteId: wake.id });
      } else if (wake.kind === 'person' || wake.kind === 'candidate_deleted') {
        // Only people whose candidacy the hub has read can be of interest.
        for (const row of await candidatesAbout(tx, connectionId, wake.id))
          candidates.push({ connectionId, remoteId: row.remote_id });
      } else if (wake.kind === 'stages_moved') {
        await moveStages(tx, connectionId, wake);
      } else {
        const remoteId = wake.kind === 'assessment' ? wake.id : null;
        for (const effectId of await assessmentsToWake(tx, connectionId, remoteId))
          results.push({ effectId });
      }
    }
  }
  await hub.queue.sendMany(tx, 'apply-rule', candidates);
  await hub.queue.sendMany(tx, 'look-at-ats', await pushedOf(hub, tx, candidates));
  await hub.queue.sendMany(tx, 'record-result', results);
};
