/** Binds the queues to the jobs. */
import type { QueueName, JobData } from '#store/queue.ts';
import { endRun, startRun } from '#store/processes.ts';
import { applyRule } from './apply-rule.ts';
import type { Hub } from './hub.ts';
import { lookAtAts } from './look-at-ats.ts';
import { performEffects } from './perform-effects.ts';
import { reconcileInterview } from './reconcile-interview.ts';
import { recordResult } from './record-result.ts';
import { refreshChoices } from './refresh-choices.ts';
import { sendAccountMail } from './account-mail.ts';
import { sweep } from './sweep.ts';
import { finishConnections, recover, tick } from './tick.ts';

type Handlers = { [Name in QueueName]: (hub: Hub, data: JobData[Name]) => Promise<void> };

const handlers: Handlers = {
  'apply-rule': applyRule,
  'perform-effects': performEffects,
  'reconcile-interview': reconcileInterview,
  'look-at-ats': lookAtAts,
  'record-result': recordResult,
  'refresh-choices': refreshChoices,
  'send-mail': sendAccountMail,
  sweep,
  tick,
  later: (hub, job) => hub.queue.send(hub.db, job.queue, job.data as JobData[typeof job.queue]),
};

/** Takes the work of dead processes back, looks for whatever is due, and begins to work. */
export const startWorker = async (hub: Hub): Promise<void> => {
  await recover(hub, true);
  await tick(hub);
  await finishConnections(hub);
  for (const name of Object.keys(handlers) as QueueName[]) await workOn(hub, name);
};

const workOn = (hub: Hub, name: QueueName): Promise<void> => {
  const handle = handlers[name] as (hub: Hub, data: JobData[QueueName]) => Promise<void>;
  return hub.queue.work(name, async (data, jobId) => {
    hub.failpoint('C2', name);
    // Who works on what is noted beside the work, not before it: a crash in between is covered by
    // the heartbeat.
    const run = { jobId, queue: name, processId: hub.processId() };
    const noted = startRun(hub.db, run).catch(() => undefined);
    try {
      await handle(hub, data);
    } catch (thrown) {
      hub.log.error(
        { queue: name, job: jobId, error: thrown },
        'jobs: a job broke off and will be tried again.',
      );
      throw thrown;
    } finally {
      await noted.then(() => endRun(hub.db, jobId)).catch(() => undefined);
    }
  });
};
