/** Killed at a point on the way of a candidate: started again, the hub ends where it would have. */
import assert from 'node:assert/strict';
import { openQueue } from '#store/queue.ts';
import { linkMaker, testSender, type Flow } from './flows.ts';
import { createRig, dies, type Rig } from './rig.ts';
import { onStage } from './stages.ts';

export interface CrashCase {
  /** A sentence; unique. */
  name: string;
  run(): Promise<void>;
}

export const withRig = (flow: Flow, work: (rig: Rig) => Promise<void>): Promise<void> =>
  withVendors(flow.vendors, work);

export const withVendors = async (
  vendors: readonly string[],
  work: (rig: Rig) => Promise<void>,
): Promise<void> => {
  const rig = await createRig(vendors);
  try {
    await work(rig);
  } finally {
    await rig.close();
  }
};

/** Dies at `failpoint` after the move, or after the test was handed in. */
const killedOnTheWay = (flow: Flow, failpoint: string, during: 'move' | 'result'): Promise<void> =>
  onStage(flow, async ({ started, killAt }) => {
    if (during === 'move') await killAt(failpoint, started.move);
    else await started.move();
    await started.moved();
    if (during === 'result') await killAt(failpoint, started.finish);
    else await started.finish();
    await started.finished();
    await started.verify();
  });

/** No delivery arrives; the sweep finds the move and dies over it. */
const killedInTheSweep = (flow: Flow, failpoint: string): Promise<void> =>
  withRig(flow, async (rig) => {
    const started = await rig.prepare(() => flow.setUp(rig));
    rig.emulator(flow.ats).webhookFaults.drop = true;
    await started.move();
    await rig.sweepNow();
    await dies(rig.start(failpoint), failpoint);
    await rig.start().ready;
    await started.moved();
    const deliveries = await rig.db.selectFrom('delivery').select('event').execute();
    assert.ok(!deliveries.some(({ event }) => event === 'candidateStageChange'), 'no webhook came');
    await started.finish();
    await started.finished();
    await started.verify();
  });

/** The tick's jobs are the scheduler's own and look different from the hub's. */
const killedInTheTick = (flow: Flow): Promise<void> =>
  withRig(flow, async (rig) => {
    const started = await rig.prepare(() => flow.setUp(rig));
    const queue = await openQueue(rig.databaseUrl, { worker: false, onError: () => undefined });
    await queue.boss.insert('tick', [{}]);
    await queue.stop(1_000);
    await dies(rig.start('C2:tick'), 'C2:tick');
    await rig.start().ready;
    await started.move();
    await started.moved();
    await started.verify();
  });

const titles: Record<string, string> = {
  C1: 'after the delivery is committed, before it is acknowledged',
  C2: 'when a job is picked up',
  C3: 'before the intent is written',
  C4: 'after the intent is committed, before the call',
  C5: 'with half of the request out',
  C6: 'after the vendor did it, before the answer is read',
  C7: 'after the answer is read, before it is committed',
  C9: 'between this effect and the next',
  C13: 'in the sweep',
};

const pairOf = (flow: Flow): string =>
  flow === testSender ? 'Lever and CodinGame' : 'Ashby and CodeInterview';

const pointsOf = (flow: Flow): CrashCase[] => {
  const move = (failpoint: string): CrashCase => onTheWay(failpoint, 'move');
  const onTheWay = (failpoint: string, during: 'move' | 'result'): CrashCase => ({
    name: nameOf(failpoint, during),
    run: () => killedOnTheWay(flow, failpoint, during),
  });
  const nameOf = (failpoint: string, during: string): string => {
    const title = titles[failpoint.split(':')[0] ?? ''] ?? '';
    return `${pairOf(flow)}: killed ${title} (${failpoint}${during === 'result' ? ', the result' : ''})`;
  };
  const effectPoints = ['C3', 'C4', 'C5', 'C6', 'C7', 'C9'];
  return [
    move('C1:inbox'),
    move('C2:apply-rule'),
    move('C2:perform-effects'),
    ...effectPoints.map((point) => move(`${point}:${flow.action}`)),
    ...effectPoints.map((point) => move(`${point}:note`)),
    ...(flow === testSender
      ? [
          onTheWay('C2:record-result', 'result'),
          ...effectPoints.map((point) => onTheWay(`${point}:note`, 'result')),
        ]
      : []),
    {
      name: nameOf('C13:sweep', 'move'),
      run: () => killedInTheSweep(flow, 'C13:sweep'),
    },
  ];
};

export const pointCases: readonly CrashCase[] = [
  ...[testSender, linkMaker].flatMap(pointsOf),
  {
    name: 'killed when a scheduled tick is picked up (C2:tick)',
    run: () => killedInTheTick(linkMaker),
  },
];
