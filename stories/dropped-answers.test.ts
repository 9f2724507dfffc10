/** Vendors that do what they are asked and then break the connection: nothing twice, nothing lost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Emulator, Fault } from '#connectors/emulator.ts';
import { codeinterviewOf, codingameOf, leverOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

/** At each ATS. Each gets an invitation or a link, and a note: 1,000 creates in all. */
const candidates = 250;
const share = 0.2;

/** What of a vendor's API creates, as its request log names it. */
const creates: Record<string, RegExp> = {
  codingame: /^POST .*\/actions\/send/,
  lever: /^POST .*\/notes\?/,
  codeinterview: /^POST \/1\/pads\/new/,
  ashby: /^POST \/candidate\.createNote/,
};
const faultMatch: Record<string, string> = {
  codingame: '/actions/send',
  lever: '/notes?perform_as',
  codeinterview: '/pads/new',
  ashby: '/candidate.createNote',
};

let world: World;

before(async () => {
  world = await startWorld();
});

after(() => world.close());

const connect = async (id: string): Promise<string> => {
  const connectionId = await world.connect(id);
  const lifted = { requestsPerSecond: 0 };
  assert.equal((await world.api.call('PATCH', `/connections/${connectionId}`, lifted)).status, 200);
  return connectionId;
};

const makeRule = (rule: Record<string, unknown>): Promise<unknown> =>
  world.api.post('/rules', {
    name: 'Everybody who applies',
    tag: null,
    jobId: null,
    testId: null,
    repeats: false,
    enabled: true,
    ...rule,
  });

const breakAnswers = (emulator: Emulator): Fault => {
  const match = faultMatch[emulator.id] ?? '';
  const fault: Fault = { kind: 'drop_after', match, share, times: 1_000_000 };
  emulator.faults.push(fault);
  return fault;
};

const carriedOut = ({ id, requests }: Emulator): number =>
  requests.filter((one) =>
    one.status === 200 || one.status === 201
      ? creates[id]?.test(`${one.method} ${one.path}`)
      : false,
  ).length;

/** Refs of the hub's notes in a vendor's own state. */
const refsIn = (emulator: Emulator): string[] => {
  const { notes } = emulator.snapshot() as { notes: unknown };
  return [...JSON.stringify(notes).matchAll(/\[ref:(\w+)\]/g)].map(([, ref]) => ref ?? '');
};

/** New applicants through the vendors' pages, in small groups. */
const applyAll = async (at: string, fields: Record<string, string>): Promise<void> => {
  const group = 10;
  for (let first = 0; first < candidates; first += group) {
    await Promise.all(
      Array.from({ length: group }, (_, position) => {
        const who = `applicant${String(first + position)}`;
        return world.form(at, { ...fields, name: who, email: `${who}@candidates.example` });
      }),
    );
  }
};

test('1,000 creates, every fifth answer lost: each thing is there exactly once', async (t) => {
  const [posting] = await leverOf(world).postings();
  const [campaign] = await codingameOf(world).campaigns();
  assert.ok(posting && campaign);
  const stage = await leverOf(world).stage('Recruiter screen');
  const lever = await connect('lever');
  const ashby = await connect('ashby');
  const { items: ashbyStages } = await world.api.get<{ items: Array<{ id: string }> }>(
    `/connections/${ashby}/choices/stages?limit=100`,
  );
  const [job] = (
    await world.api.get<{ items: Array<{ id: string }> }>(`/connections/${ashby}/choices/jobs`)
  ).items;
  assert.ok(job);
  await makeRule({
    connectionId: lever,
    stageIds: [stage],
    action: 'assessment',
    platformId: await connect('codingame'),
    testId: String(campaign.id),
  });
  await makeRule({
    connectionId: ashby,
    stageIds: ashbyStages.map(({ id }) => id),
    action: 'live_link',
    platformId: await connect('codeinterview'),
  });
  const emulators = Object.keys(creates).map((id) => world.emulator(id));
  const faults = emulators.map(breakAnswers);

  await Promise.all([
    applyAll('/lever/candidates', { posting: posting.id, stage }),
    applyAll('/ashby/candidates', { job: job.id }),
  ]);
  const begin = performance.now();
  const { db } = world.hub.hub;
  await until(
    'every effect is done',
    async () => {
      const rows = await db
        .selectFrom('effect')
        .select((select) => ['state', select.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return rows.length === 1 && rows[0]?.state === 'done' && rows[0].count === 4 * candidates;
    },
    // A busy machine needs several times what a quiet one does.
    400_000,
  );
  t.diagnostic(
    `settled ${Math.round(performance.now() - begin).toString()} ms after the last apply`,
  );

  const dropped = faults.reduce((sum, fault) => sum + 1_000_000 - fault.times, 0);
  t.diagnostic(`${String(dropped)} answers were dropped`);
  assert.ok(dropped > candidates * 4 * share * 0.7, `only ${String(dropped)} answers were dropped`);
  for (const emulator of emulators)
    assert.equal(carriedOut(emulator), candidates, `creates at ${emulator.id}`);
  for (const id of ['lever', 'ashby']) {
    const refs = refsIn(world.emulator(id));
    assert.equal(refs.length, candidates, `notes at ${id}`);
    assert.equal(new Set(refs).size, candidates, `distinct notes at ${id}`);
  }
  const tests = world.sandbox.mailbox.list().map(({ to }) => to);
  assert.equal(tests.length, candidates, 'mails');
  assert.equal(new Set(tests).size, candidates, 'candidates who got one');
  const pads = await codeinterviewOf(world).pads();
  assert.equal(pads.length, candidates);
  assert.equal(new Set(pads.map(({ name }) => name)).size, candidates);
});
