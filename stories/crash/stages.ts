/**
 * Worlds in which cases take turns, as preparing one costs more than most cases: both accounts are
 * connected, the rule is made and the hub runs. Each turn has a candidate of its own. A world where
 * a case failed is not used again.
 */
import { until } from '../world.ts';
import type { Flow, Started } from './flows.ts';
import type { HubProcess } from './process.ts';
import { createRig, dies, isQuiet, type Rig } from './rig.ts';
import { expectTakenBack } from './taken-back.ts';

interface Stage {
  rig: Rig;
  hub: HubProcess;
  /** What each turn's candidate comes from. */
  started: Started;
  turns: number;
}

export interface Turn {
  started: Started;
  /**
   * `act` leads the hub to the failpoint, where it dies. When the next one is ready, it has taken
   * back at once all that the dead one held. `meanwhile` none runs.
   */
  killAt(
    failpoint: string,
    act: () => Promise<void>,
    meanwhile?: () => Promise<void>,
  ): Promise<void>;
  /** The same, but the hub is killed from outside, once `isTime`. */
  killWhen(
    what: string,
    isTime: () => boolean,
    act: () => Promise<void>,
    meanwhile?: () => Promise<void>,
  ): Promise<void>;
}

/** As many as leave each of `turnsEach` turns somebody to move. */
const candidates = 60;
const turnsEach = 8;

const idle = new Map<Flow, Stage[]>();

const prepare = async (flow: Flow): Promise<Stage> => {
  const rig = await createRig(flow.vendors, candidates);
  try {
    const hub = rig.start();
    await hub.ready;
    const started = await flow.setUp(rig);
    await until('the first sweeps are done', () => isQuiet(rig.db), 60_000);
    return { rig, hub, started, turns: 0 };
  } catch (thrown) {
    await rig.close();
    throw thrown;
  }
};

const turnOn = async (stage: Stage): Promise<Turn> => {
  const startAgain = async (meanwhile?: () => Promise<void>): Promise<void> => {
    await meanwhile?.();
    const takenBack = await expectTakenBack(stage.rig.db);
    await stage.rig.arm('');
    stage.hub = stage.rig.start();
    await stage.hub.ready;
    await takenBack();
  };
  return {
    started: await stage.started.next(),
    async killAt(failpoint, act, meanwhile) {
      await stage.rig.arm(failpoint);
      await act();
      await dies(stage.hub, failpoint);
      await startAgain(meanwhile);
    },
    async killWhen(what, isTime, act, meanwhile) {
      await act();
      await until(what, isTime, stage.rig.patience(20_000));
      stage.hub.signal('SIGKILL');
      await stage.hub.killed;
      await startAgain(meanwhile);
    },
  };
};

/** Runs one case in a world of this flow. */
export const onStage = async (flow: Flow, work: (turn: Turn) => Promise<void>): Promise<void> => {
  const stage = idle.get(flow)?.pop() ?? (await prepare(flow));
  try {
    await work(await turnOn(stage));
  } catch (thrown) {
    await stage.rig.close();
    throw thrown;
  }
  stage.turns += 1;
  if (stage.turns === turnsEach) await stage.rig.close();
  else idle.set(flow, [...(idle.get(flow) ?? []), stage]);
};

/** Closes the worlds that wait for another turn. */
export const closeStages = async (): Promise<void> => {
  const left = [...idle.values()].flat();
  idle.clear();
  await Promise.all(left.map(({ rig }) => rig.close()));
};
