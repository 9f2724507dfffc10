/** Every minute, and at the start: whatever is due gets its job, whatever lost its job gets it back. */
import { findDueAssessments } from '#store/assessments.ts';
import { findDueSweeps, findNeverSwept } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import { staleDeliveries } from '#store/deliveries.ts';
import { findStrandedCandidates, releaseLeases } from '#store/effects.ts';
import { findStrandedInterviews } from '#store/interview-effects.ts';
import { findDueLooks } from '#store/interviews.ts';
import { deleteOldAnswers } from '#store/idempotency.ts';
import { buryDead, forgetRuns } from '#store/processes.ts';
import { activeJobsOf, allActiveJobs, takeBack } from '#store/queue.ts';
import { lastsFor } from '#store/auth-setup.ts';
import { findWaitingMails } from '#store/mails.ts';
import { forgetExpired } from '#store/sessions.ts';
import { enqueueWakes } from './receive-webhook.ts';
import type { Hub } from './hub.ts';

const mostAtOnce = 1_000;
/** An acknowledged delivery whose job is not done by then is queued again. */
const staleAfter = 120_000;

export const tick = async (hub: Hub): Promise<void> => {
  await recover(hub, false);
  const now = hub.now();
  for (const connectionId of await findDueSweeps(hub.db, now)) {
    await hub.queue.send(hub.db, 'sweep', { connectionId });
    await hub.queue.send(hub.db, 'refresh-choices', { connectionId });
  }
  const assessments = await findDueAssessments(hub.db, now, mostAtOnce);
  await hub.queue.sendMany(
    hub.db,
    'record-result',
    assessments.map((effectId) => ({ effectId })),
  );
  const stranded = await findStrandedCandidates(hub.db, now, mostAtOnce);
  await hub.queue.sendMany(
    hub.db,
    'perform-effects',
    stranded.map((candidateId) => ({ candidateId })),
  );
  const interviews = [
    ...(await findDueLooks(hub.db, now, mostAtOnce)),
    ...(await findStrandedInterviews(hub.db, now, mostAtOnce)),
  ];
  await hub.queue.sendMany(
    hub.db,
    'reconcile-interview',
    interviews.map((interviewId) => ({ interviewId })),
  );
  const stale = await staleDeliveries(hub.db, now - staleAfter, mostAtOnce);
  await enqueueWakes(
    hub,
    hub.db,
    stale.map((row) => ({ connectionId: row.connection_id, wakes: row.wakes })),
  );
  const mails = await findWaitingMails(hub.db, mostAtOnce);
  await hub.queue.sendMany(
    hub.db,
    'send-mail',
    mails.map((mailId) => ({ mailId })),
  );
  await deleteOldAnswers(hub.db);
  await forgetExpired(hub.db, now, now - lastsFor);
};

/** At the start: connections whose making broke off get their webhooks and lists now. */
export const finishConnections = async (hub: Hub): Promise<void> => {
  for (const connectionId of await findNeverSwept(hub.db)) {
    await hub.queue.send(hub.db, 'sweep', { connectionId });
    await hub.queue.send(hub.db, 'refresh-choices', { connectionId });
  }
};

/**
 * Takes back at once the work of processes that are proven dead: their advisory locks are free.
 * Before this process has begun to work (`starting`), and with no other alive, every running job was
 * one of theirs. What cannot be proven is left to the queue's heartbeat.
 */
export const recover = async (hub: Hub, starting: boolean): Promise<void> => {
  await inTransaction(hub.db, async (tx) => {
    const { dead, othersAlive } = await buryDead(tx, hub.processId());
    if (dead.length === 0) return;
    const all = starting && !othersAlive;
    const jobs = all ? await allActiveJobs(tx) : await activeJobsOf(tx, dead);
    await takeBack(hub.queue, tx, jobs);
    const candidates = await releaseLeases(tx, dead);
    await hub.queue.sendMany(
      tx,
      'perform-effects',
      candidates.map((candidateId) => ({ candidateId })),
    );
    await forgetRuns(tx, dead);
    hub.log.info(
      { processes: dead.length, jobs: jobs.length },
      'jobs: work of ended processes taken back.',
    );
  });
};
