/** Guide 003 set up and ready: whoever enters a stage of Lever is owed one CodinGame test and one note. */
import assert from 'node:assert/strict';
import { codingameOf, leverOf } from './vendors.ts';
import { until, type World } from './world.ts';

export interface Applicant {
  id: string;
  email: string;
}

export interface Screening {
  connectionId: string;
  platformId: string;
  ruleId: string;
  stage: string;
  lever: ReturnType<typeof leverOf>;
  codingame: ReturnType<typeof codingameOf>;
  /** Applicants with an address who were not moved yet; taken from the front. */
  applicants: Applicant[];
  /** Moves the next applicant into the stage. */
  enter(): Promise<Applicant>;
  /** Waits for test and note of an applicant, and fails where there is more than one of either. */
  arrives(applicant: Applicant, within?: number): Promise<void>;
}

/** `settings` replace what the emulated Lever tells, such as its key. */
export const startScreening = async (
  world: World,
  settings: { lever?: Record<string, unknown>; connectionId?: string } = {},
): Promise<Screening> => {
  const lever = leverOf(world);
  const codingame = codingameOf(world);
  const stage = await lever.stage('Recruiter screen');
  const connectionId = settings.connectionId ?? (await world.connect('lever', settings.lever));
  const platformId = await world.connect('codingame');
  const [campaign] = await codingame.campaigns();
  assert.ok(campaign);
  const rule = await world.api.post<{ id: string }>('/rules', {
    name: 'Screening',
    connectionId,
    stageIds: [stage],
    action: 'assessment',
    platformId,
    testId: String(campaign.id),
  });
  const applicants = (await lever.applicants('with address')).map(({ id, emails }) => ({
    id,
    email: emails[0] ?? '',
  }));
  return {
    connectionId,
    platformId,
    ruleId: rule.id,
    stage,
    lever,
    codingame,
    applicants,
    async enter() {
      const applicant = applicants.shift();
      assert.ok(applicant, 'nobody is left to move');
      await lever.move(applicant.id, stage);
      return applicant;
    },
    async arrives({ id, email }, within) {
      await until(
        'the test is sent and the note is written',
        async () =>
          (await codingame.tests(email)).length > 0 && (await lever.notes(id)).length > 0,
        within,
      );
      assert.equal((await codingame.tests(email)).length, 1, 'one test');
      assert.equal((await lever.notes(id)).length, 1, 'one note');
    },
  };
};

/** Waits until no job is queued or running; what waits for its time is left out. */
export const quiet = (world: World): Promise<unknown> =>
  until('every job is done', async () => {
    const { queues } = await world.api.get<{
      queues: Array<{ queue: string; waiting: number; running: number }>;
    }>('/health');
    return queues.every(
      ({ queue, waiting, running }) =>
        queue === 'later' || queue === 'tick' || waiting + running === 0,
    );
  });
