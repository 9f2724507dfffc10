/** C14: a worker is stopped, not killed, over an effect; another takes it over before it wakes up. */
import assert from 'node:assert/strict';
import { until } from '../world.ts';
import { linkMaker, testSender, type Flow } from './flows.ts';
import { withRig, type CrashCase } from './points.ts';

/** Its job's heartbeat, then its lease, have to run out. */
const takeoverWithin = 45_000;

const stoppedOver = (flow: Flow, kind: 'assessment' | 'live_link' | 'note'): Promise<void> =>
  withRig(flow, async (rig) => {
    const started = await rig.prepare(() => flow.setUp(rig));
    const web = rig.start(undefined, 'web');
    const stopped = rig.start(`C14:${kind}:1:stop`, 'worker');
    await Promise.all([web.ready, stopped.ready]);
    await started.move();
    await until(
      'the first worker stands still',
      async () => {
        const rows = await rig.db
          .selectFrom('effect')
          .select('id')
          .where('kind', '=', kind)
          .where('state', '=', 'started')
          .execute();
        return rows.length > 0;
      },
      60_000,
    );
    const other = rig.start(undefined, 'worker');
    const readyAt = other.ready.then(() => performance.now());
    await started.moved(takeoverWithin + 15_000);
    const took = performance.now() - (await readyAt);
    assert.ok(took < takeoverWithin, `taken over after ${String(Math.round(took))} ms`);
    stopped.signal('SIGCONT');
    await until(
      'the first worker sees that it is late',
      () => stopped.output().includes('the lease on this work ran out'),
      rig.patience(10_000),
    );
    await started.finish();
    await started.finished();
    await started.verify();
  });

export const takeoverCases: readonly CrashCase[] = (
  [
    [testSender, 'assessment'],
    [linkMaker, 'live_link'],
    [testSender, 'note'],
  ] as const
).map(([flow, kind]) => ({
  name: `stopped beyond its lease over the ${kind}, another worker takes over (C14:${kind})`,
  run: () => stoppedOver(flow, kind),
}));
