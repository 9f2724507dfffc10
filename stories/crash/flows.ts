/** The two flows that are broken off at every point, and what must be true of them at the end. */
import assert from 'node:assert/strict';
import { ashbyOf, codeinterviewOf, codingameOf, leverOf } from '../vendors.ts';
import { settles, type Rig } from './rig.ts';

export interface Flow {
  vendors: readonly string[];
  ats: string;
  /** What the rule does. */
  action: 'assessment' | 'live_link';
  /** Connects both accounts and makes the rule, through the running hub. */
  setUp(rig: Rig): Promise<Started>;
}

export interface Started {
  /** The recruiter moves the candidate. */
  move(): Promise<void>;
  /** Everything that follows from the move has happened, and the hub rests. */
  moved(milliseconds?: number): Promise<void>;
  /** The candidate hands the test in; nothing where the flow ends with the link. */
  finish(): Promise<void>;
  finished(): Promise<void>;
  /** Exactly one of each for this candidate, by the vendors' own logs and state. */
  verify(): Promise<void>;
  /** The same rule, and a candidate who was not moved yet. */
  next(): Promise<Started>;
}

const makeRule = async (
  rig: Rig,
  flow: Flow,
  rule: { connectionId: string; platformId: string; stage: string; testId: string | null },
): Promise<void> => {
  await rig.api.post('/rules', {
    name: 'Crash',
    connectionId: rule.connectionId,
    stageIds: [rule.stage],
    tag: null,
    jobId: null,
    action: flow.action,
    platformId: rule.platformId,
    testId: rule.testId,
    repeats: false,
    enabled: true,
  });
};

export const testSender: Flow = {
  vendors: ['lever', 'codingame'],
  ats: 'lever',
  action: 'assessment',
  async setUp(rig) {
    const lever = leverOf(rig);
    const codingame = codingameOf(rig);
    const connectionId = await rig.connect('lever');
    const platformId = await rig.connect('codingame');
    return testSenderRule(rig, { lever, codingame, connectionId, platformId });
  },
};

/** The rule and what follows from it, on connections that exist. */
export const testSenderRule = async (
  rig: Rig,
  on: {
    lever: ReturnType<typeof leverOf>;
    codingame: ReturnType<typeof codingameOf>;
    connectionId: string;
    platformId: string;
  },
): Promise<Started> => {
  const { lever, codingame } = on;
  const stage = await lever.stage('Recruiter screen');
  const [campaign] = await codingame.campaigns();
  assert.ok(campaign);
  await makeRule(rig, testSender, { ...on, stage, testId: String(campaign.id) });
  const sent = () => rig.carriedOut('codingame', /^POST .*\/actions\/send/).length;
  const written = () => rig.carriedOut('lever', /^POST .*\/notes\?/).length;
  const next = async (): Promise<Started> => {
    const [candidate] = await lever.applicants('with address');
    assert.ok(candidate);
    const email = candidate.emails[0] ?? '';
    const notes = () => lever.notes(candidate.id);
    const before = { sent: sent(), written: written() };
    return {
      next,
      async move() {
        await lever.move(candidate.id, stage);
      },
      moved: (milliseconds) =>
        settles(rig, 'one test and one note', async () => (await notes()).length > 0, milliseconds),
      async finish() {
        const [session] = await codingame.tests(email);
        assert.ok(session);
        await codingame.take(session.test_url, 82);
      },
      finished: () =>
        settles(rig, 'the result is on the timeline', async () =>
          (await notes()).some((text) => text.includes('Assessment result')),
        ),
      async verify() {
        assert.equal((await codingame.tests(email)).length, 1, 'one test');
        assert.equal(sent() - before.sent, 1, 'one invitation was asked for');
        assert.equal(rig.sandbox.mailbox.list({ to: email }).length, 1, 'one mail');
        const [note, ...others] = await notes();
        assert.deepEqual(others, [], 'one note');
        assert.match(note ?? '', /Assessment result \(CodinGame\)/);
        assert.equal(written() - before.written, 1, 'one note was written');
      },
    };
  };
  return next();
};

export const linkMaker: Flow = {
  vendors: ['ashby', 'codeinterview'],
  ats: 'ashby',
  action: 'live_link',
  async setUp(rig) {
    const ashby = ashbyOf(rig);
    const codeinterview = codeinterviewOf(rig);
    const connectionId = await rig.connect('ashby');
    const platformId = await rig.connect('codeinterview');
    const [first] = await ashby.applicants('with address');
    assert.ok(first);
    const stage = await ashby.stage(first, 'Technical Quiz');
    const plan = first.currentInterviewStage.interviewPlanId;
    await makeRule(rig, linkMaker, { connectionId, platformId, stage, testId: null });
    const made = () => rig.carriedOut('codeinterview', /^POST \/1\/pads\/new/).length;
    const written = () => rig.carriedOut('ashby', /^POST \/candidate\.createNote/).length;
    const next = async (): Promise<Started> => {
      const applicants = await ashby.applicants('with address');
      const candidate = applicants.find(
        (one) => one.currentInterviewStage.interviewPlanId === plan,
      );
      assert.ok(candidate);
      const notes = () => ashby.notes(candidate.candidate.id);
      const before = { made: made(), written: written(), pads: await codeinterview.pads() };
      const known = new Set(before.pads.map(({ id }) => id));
      return {
        next,
        async move() {
          await ashby.move(candidate, stage);
        },
        moved: (milliseconds) =>
          settles(
            rig,
            'one link and one note',
            async () => (await notes()).length > 0,
            milliseconds,
          ),
        finish: () => Promise.resolve(),
        finished: () => Promise.resolve(),
        async verify() {
          const pads = await codeinterview.pads();
          const [pad, ...otherPads] = pads.filter(({ id }) => !known.has(id));
          assert.deepEqual(otherPads, [], 'one pad');
          assert.equal(made() - before.made, 1, 'one pad was asked for');
          const [note, ...otherNotes] = await notes();
          assert.deepEqual(otherNotes, [], 'one note');
          assert.ok(pad && note?.includes(`/${pad.id}`), note);
          assert.equal(written() - before.written, 1, 'one note was written');
        },
      };
    };
    return next();
  },
};
