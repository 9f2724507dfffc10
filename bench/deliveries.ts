/**
 * A storm: 10,000 deliveries, of which 30 % are copies and 20 % come out of order, taken in by one
 * web process and worked off by two workers. Afterwards the ledger and the vendors' own records are
 * counted: every rule applied exactly once.
 */
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';
import { seeded } from '#connectors/emulator-data.ts';
import type { State as PadState } from '#connectors/codeinterview/emulator/state.ts';
import type { State as TestState } from '#connectors/codingame/emulator/state.ts';
import type { LeverState } from '#connectors/lever/emulator/state.ts';
import { leverSide, type BenchAts, type Mover } from './parts/ats.ts';
import { leverDelivery } from './parts/lever-delivery.ts';
import { openStage, type Stage } from './parts/stage.ts';
import type { Bench, Figure } from './report.ts';

const eventsEach = 7;
const shareOfCopies = 0.3;
const shareOutOfOrder = 0.2;
const connections = 32;

/** Runs `work` on all, some at a time. */
const forAll = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const rest = items.values();
  const run = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: connections }, run));
};

/** Both rules are about the same stage: a test at one platform, a link at the other. */
const addRules = async (stage: Stage, side: BenchAts): Promise<void> => {
  const connectionId = await stage.connect('lever', 0);
  const rule = { connectionId, stageIds: side.stageIds, tag: null, jobId: null };
  const rest = { repeats: false, enabled: true };
  await stage.api('POST', '/rules', {
    ...{ ...rule, ...rest, name: 'Test', action: 'assessment', testId: '101' },
    platformId: await stage.connect('codingame', 0),
  });
  await stage.api('POST', '/rules', {
    ...{ ...rule, ...rest, name: 'Link', action: 'live_link', testId: null },
    platformId: await stage.connect('codeinterview', 0),
  });
};

/** Seven changes each: in, out and in again, three times over; the last one stays. */
const moveAll = async (stage: Stage, movers: readonly Mover[]): Promise<void> => {
  // The emulator's own deliveries are held back; the storm takes their place.
  stage.emulator('lever').webhookFaults.drop = true;
  await forAll(movers, async (mover) => {
    for (let change = 0; change < eventsEach; change += 1) {
      if (change % 2 === 0) await mover.enter();
      else await stage.form(`/lever/candidates/${mover.id}/stage`, { stage: 'applicant-new' });
    }
  });
};

/** Bodies in the order in which they are sent. The same for the same seed, but for the tokens. */
const makeStorm = (signatureToken: string, movers: readonly Mover[]): string[] => {
  const random = seeded(2);
  const below = (limit: number): number => Math.floor(random() * limit);
  const storm = Array.from({ length: eventsEach }, () =>
    movers.map(({ id }) => leverDelivery(signatureToken, id)),
  ).flat();
  const copies = Math.round((storm.length * shareOfCopies) / (1 - shareOfCopies));
  for (let copy = 0; copy < copies; copy += 1) {
    const from = below(storm.length);
    storm.splice(from + 1 + below(storm.length - from), 0, storm[from] ?? '');
  }
  const swaps = Math.round((storm.length * shareOutOfOrder) / 2);
  for (let swap = 0; swap < swaps; swap += 1) {
    const [one, other] = [below(storm.length), below(storm.length)];
    const moved = storm[one] ?? '';
    storm[one] = storm[other] ?? '';
    storm[other] = moved;
  }
  return storm;
};

const send = async (url: string, storm: readonly string[]): Promise<void> => {
  const agent = new Agent({ connections });
  const headers = { 'content-type': 'application/json', 'user-agent': 'Lever-Webhooks' };
  await forAll(storm, async (body) => {
    const answer = await request(url, { method: 'POST', headers, body, dispatcher: agent });
    await answer.body.dump();
    if (answer.statusCode !== 200)
      throw new Error(`bench: a delivery was answered ${String(answer.statusCode)}.`);
  });
  await agent.close();
};

interface Count {
  what: string;
  found: number;
  expected: number;
}

/** What the ledger says and what the vendors have; nothing may be missing or double. */
const countAll = async (
  stage: Stage,
  side: BenchAts,
  movers: number,
): Promise<readonly Count[]> => {
  const one = async (text: string): Promise<number> => {
    const [row] = await stage.query<{ count: number }>(text);
    return row?.count ?? 0;
  };
  const done = (kind: string): Promise<number> =>
    one(`select count(*)::int as count from effect where kind = '${kind}' and state = 'done'`);
  const { tests } = stage.emulator('codingame').snapshot() as TestState;
  const { pads } = stage.emulator('codeinterview').snapshot() as PadState;
  const fired = `from decision where outcome = 'fired'`;
  return [
    {
      what: 'deliveries stored and done',
      found: await one(`select count(*)::int as count from delivery where state = 'done'`),
      expected: movers * eventsEach,
    },
    {
      what: 'rules fired (rule and candidate)',
      found: await one(
        `select count(*)::int as count from (select distinct rule_id, candidate_id ${fired}) pairs`,
      ),
      expected: movers * 2,
    },
    {
      what: 'decisions that fired',
      found: await one(`select count(*)::int as count ${fired}`),
      expected: movers * 2,
    },
    {
      what: 'effects in the ledger',
      found: await one('select count(*)::int as count from effect'),
      expected: movers * 4,
    },
    { what: 'tests done in the ledger', found: await done('assessment'), expected: movers },
    { what: 'links done in the ledger', found: await done('live_link'), expected: movers },
    { what: 'notes done in the ledger', found: await done('note'), expected: movers * 2 },
    { what: 'tests at CodinGame', found: tests.length, expected: movers },
    {
      what: 'candidates with a test at CodinGame',
      found: new Set(tests.map((test) => test.candidateEmail)).size,
      expected: movers,
    },
    {
      what: 'pads at CodeInterview',
      found: pads.filter((pad) => pad.visible).length,
      expected: movers,
    },
    { what: 'notes at Lever', found: side.countNotes(), expected: movers * 2 },
  ];
};

export const bench: Bench = {
  name: 'deliveries',
  summary: '10,000 deliveries with copies and disorder, two workers: every rule exactly once.',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { candidates: { type: 'string', default: '1000' } },
    });
    const wanted = Number(values.candidates);
    const stage = await openStage({
      // About a third can be moved: active, with an address, on a job, alone.
      candidates: 5 * wanted,
      rate: 0,
      roles: ['web', 'worker', 'worker'],
    });
    try {
      const side = await leverSide(stage);
      const movers = side.movers.slice(0, wanted);
      if (movers.length < wanted) throw new Error('bench: too few candidates to move.');
      await addRules(stage, side);
      await stage.idle(60_000);
      await moveAll(stage, movers);
      const { hooks } = stage.emulator('lever').snapshot() as LeverState;
      const hook = hooks.find((one) => one.event === 'candidateStageChange');
      if (!hook) throw new Error('bench: the hub has no webhook at the emulated Lever.');
      const storm = makeStorm(hook.signatureToken, movers);
      const begin = performance.now();
      await send(hook.url, storm);
      const taken = performance.now() - begin;
      await stage.idle(600_000);
      const worked = performance.now() - begin;
      const counts = await countAll(stage, side, wanted);
      return figuresOf({ deliveries: storm.length, taken, worked, counts });
    } finally {
      await stage.close();
    }
  },
};

const figuresOf = (measured: {
  deliveries: number;
  taken: number;
  worked: number;
  counts: readonly Count[];
}): Figure[] => [
  {
    id: 'worked-off',
    label: 'worked off, to the last note',
    unit: 'deliveries/s',
    samples: [(measured.deliveries / measured.worked) * 1_000],
    note: `${String(measured.deliveries)} deliveries over ${String(connections)} connections, 30 % copies, 20 % out of order; one web process, two workers; sandbox and generator in one further process, all on the same cores. Limits lifted on both sides: emulators with --rate 0, connections with requestsPerSecond 0.`,
  },
  {
    id: 'taken-in',
    label: 'acknowledged, while the workers work',
    unit: 'deliveries/s',
    samples: [(measured.deliveries / measured.taken) * 1_000],
  },
  ...measured.counts.map(({ what, found, expected }) => ({
    id: what.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
    label: `${what}: off by`,
    unit: `of ${String(expected)}`,
    samples: [Math.abs(found - expected)],
    goal: { atMost: 0 },
  })),
];
