/**
 * Re-reads what a lost webhook would have told:
 * 1. candidacies that changed since the last sweep are looked at,
 * 2. where the vendor does not tell of added tags or addresses, the stages of rules are read too,
 *    and candidates that something waits for,
 * 3. interviews that were pushed to the ATS are looked at,
 * 4. our webhooks are checked at the vendor.
 */
import { ConnectorError, type Ats } from '#connectors/contract.ts';
import { candidatesWaiting } from '#store/candidates.ts';
import { findConnection, updateSweep, type ConnectionRow } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { findPushed } from '#store/interviews.ts';
import { activeRules, applyTo, isAwaited } from './apply-rule.ts';
import { checkWebhooks } from './subscribe-webhooks.ts';
import { isPassing, pauseUnauthorized } from './policy.ts';
import type { Hub } from './hub.ts';

/** A sweep ends after so many pages and goes on in the next one. */
const mostPages = 100;
const mostWaiting = 1_000;
const mostInterviews = 5_000;

export const sweep = async (hub: Hub, job: { connectionId: string }): Promise<void> => {
  const connection = await findConnection(hub.db, job.connectionId).catch(() => null);
  if (connection?.state !== 'active') return;
  const begun = hub.now();
  try {
    const vendor = await hub.open(connection);
    await checkWebhooks(hub, connection, vendor);
    const cursor = vendor.ats ? await readChanges(hub, connection, vendor.ats) : null;
    if (vendor.ats?.interviews) await readInterviews(hub, connection);
    if (vendor.ats && !vendor.ats.changesTellOfTags) {
      await readStages(hub, connection, vendor.ats);
      await readWaiting(hub, connection);
    }
    const dueAt = begun + hub.sweepInterval;
    await updateSweep(hub.db, connection.id, { cursor, dueAt, sweptAt: hub.now() });
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || isPassing(thrown)) throw thrown;
    hub.log.warn({ connection: connection.id, kind: thrown.kind }, thrown.message);
    if (thrown.kind === 'unauthorized') await pauseUnauthorized(hub.db, connection.id, thrown);
    else
      await updateSweep(hub.db, connection.id, {
        cursor: connection.sweep_cursor,
        dueAt: begun + hub.sweepInterval,
        sweptAt: connection.swept_at ?? begun,
      });
  }
};

/** The jobs are committed together with the cursor: a crash repeats a page, it never loses one. */
const readChanges = async (
  hub: Hub,
  connection: ConnectionRow,
  ats: Ats,
): Promise<string | null> => {
  let cursor = connection.sweep_cursor;
  for (let page = 0; page < mostPages; page += 1) {
    const changes = await ats.changes(cursor);
    await inTransaction(hub.db, async (tx) => {
      if (await isAwaited(tx, connection))
        await hub.queue.sendMany(
          tx,
          'apply-rule',
          changes.remoteIds.map((remoteId) => ({ connectionId: connection.id, remoteId })),
        );
      await updateSweep(tx, connection.id, {
        cursor: changes.cursor,
        dueAt: hub.now() + hub.sweepInterval,
        sweptAt: connection.swept_at ?? hub.now(),
      });
    });
    hub.failpoint('C13', 'sweep');
    cursor = changes.cursor;
    if (!changes.more) break;
  }
  return cursor;
};

const readInterviews = async (hub: Hub, connection: ConnectionRow): Promise<void> => {
  const ids = await findPushed(hub.db, connection.id, null, hub.now(), mostInterviews);
  await hub.queue.sendMany(
    hub.db,
    'look-at-ats',
    ids.map((interviewId) => ({ interviewId })),
  );
};

const readStages = async (hub: Hub, connection: ConnectionRow, ats: Ats): Promise<void> => {
  const rules = await activeRules(hub.db, connection.id);
  const stageIds = new Set(rules.flatMap((rule) => rule.stage_ids));
  for (const stageId of stageIds) {
    let cursor: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const { items, next } = await ats.inStage(stageId, cursor);
      for (const candidate of items)
        await inTransaction(hub.db, (tx) => applyTo(hub, tx, connection, candidate));
      cursor = next;
      if (cursor === null) break;
    }
  }
};

/** Wherever they stand by now, and also when no rule is left: an address sends what waits for it. */
const readWaiting = (hub: Hub, connection: ConnectionRow): Promise<void> =>
  inTransaction(hub.db, async (tx) => {
    const waiting = await candidatesWaiting(tx, connection.id, mostWaiting);
    await hub.queue.sendMany(
      tx,
      'apply-rule',
      waiting.map(({ remote_id: remoteId }) => ({ connectionId: connection.id, remoteId })),
    );
  });
