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
  /** Somebody new applies for a job in Lever. */
  apply(): Promise<Applicant>;
  /** Moves an applicant into the stage; somebody new unless one is given. */
  enter(applicant?: Applicant): Promise<Applicant>;
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
  const [posting] = await lever.postings();
  assert.ok(posting);
  let applied = 0;
  const apply = async (): Promise<Applicant> => {
    applied += 1;
    const email = `applicant-${String(applied)}@candidates.example`;
    const response = await fetch(`${world.sandbox.url}/lever/candidates`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'An Applicant', email, posting: posting.id }),
      redirect: 'manual',
    });
    const id = /candidates\/([^?]+)/.exec(response.headers.get('location') ?? '')?.[1];
    assert.ok(id, 'the page of the new applicant');
    return { id, email };
  };
  return {
    connectionId,
    platformId,
    ruleId: rule.id,
    stage,
    lever,
    codingame,
    apply,
    async enter(given) {
      const applicant = given ?? (await apply());
      await lever.move(applicant.id, stage);
      return applicant;
    },
    async arrives({ id, email }, within) {
      await until(
        'the test is sent and the note is written',
        async () => (await codingame.tests(email)).length > 0 && (await lever.notes(id)).length > 0,
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
