/** The stage on which most stories about rules play: Lever and CodinGame, connected and at rest. */
import { hubOf } from './hub-side.ts';
import { codingameOf, leverOf } from './vendors.ts';
import { startWorld, type WorldOptions } from './world.ts';

export const startLeverWithCodingame = async (options: WorldOptions = {}) => {
  const world = await startWorld(options);
  const hub = hubOf(world);
  const lever = leverOf(world);
  const connectionId = await hub.connect('lever');
  const platformId = await hub.connect('codingame');
  const tests = (await hub.choices(platformId, 'tests')).map(({ id }) => id);
  const postings = (await lever.postings()).map(({ id }) => id);
  return {
    world,
    hub,
    lever,
    codingame: codingameOf(world),
    connectionId,
    platformId,
    /** Ids of the platform's tests, and the first of them. */
    tests,
    testId: tests[0] ?? '',
    /** Ids of Lever's postings, and the first of them. */
    postings,
    posting: postings[0] ?? '',
    /** Id of the stage Recruiter screen. */
    stage: await lever.stage('Recruiter screen'),
  };
};
