/**
 * Durable acknowledgement of webhooks: how many signed deliveries a second are verified, committed
 * with their jobs and then answered 200, against one transaction for each. Both run in turns on the
 * same database; acknowledged deliveries are counted in the tables afterwards.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { hookSecretName } from '#jobs/subscribe-webhooks.ts';
import { readConfig } from '#config.ts';
import { insertConnection } from '#store/connections.ts';
import { openDatabase } from '#store/database.ts';
import { openInstallationVault } from '#store/key-file.ts';
import { putSecret } from '#store/vault.ts';
import { ensureWebhook, updateWebhook } from '#store/webhooks.ts';
import type { LoadOrder, LoadResult } from './parts/load.ts';
import { places, processorTime } from './parts/machine.ts';
import { openRig, startChild, type Child, type Rig } from './parts/rig.ts';
import type { Bench, Figure } from './report.ts';

const connections = 64;
/** Rounds that warm both sides up; they are not reported, but their acknowledgements are counted. */
const warmUps = 3;
const warmUpRequests = 2_000;
const signatureToken = 'a-signature-token-of-this-bench';

/** A Lever account with one hook and no rules, as it is stored when it was connected. */
const plantHook = async (rig: Rig): Promise<string> => {
  const config = readConfig(rig.env);
  const handle = openDatabase(rig.databaseUrl, { max: 1, onError: () => undefined });
  try {
    const { db } = handle;
    const { id } = await insertConnection(db, {
      connector: 'lever',
      name: 'Lever',
      settings: {},
      requestsPerSecond: null,
    });
    const hook = await ensureWebhook(db, id, 'candidateStageChange', (token) => `/hooks/${token}`);
    const vault = openInstallationVault(config.dataDir, config.secretKey);
    await putSecret(db, vault, id, hookSecretName(hook.id), signatureToken);
    await updateWebhook(db, hook.id, { state: 'registered', secretStored: true });
    return hook.url;
  } finally {
    await handle.close();
  }
};

/** Deliveries and their jobs in the tables. */
const countRows = async (client: pg.Client): Promise<{ deliveries: number; jobs: number }> => {
  const { rows } = await client.query<{ deliveries: string; jobs: string }>(
    `select (select count(*) from delivery) as deliveries,
            (select count(*) from pgboss.job where name = 'apply-rule') as jobs`,
  );
  return { deliveries: Number(rows[0]?.deliveries), jobs: Number(rows[0]?.jobs) };
};

const load = async (generator: Child, order: LoadOrder): Promise<LoadResult> => {
  const answered = once(generator.process, 'message');
  generator.process.send(order);
  const [result] = (await answered) as [LoadResult];
  return result;
};

interface Side {
  load: LoadResult;
  /** Microseconds of processor time of the server for each delivery; 0 where it is not known. */
  cost: number;
}

interface Round {
  ours: Side;
  baseline: Side;
}

const acksOf = ({ load: { statuses } }: Side): number => statuses['200'] ?? 0;

interface Server {
  url: string;
  pid: number;
}

const measure = async (
  setup: { rig: Rig; hub: Server; baseline: Server; generator: Child; hook: string },
  options: { rounds: number; seconds: number },
): Promise<{ rounds: Round[]; acks: number; deliveries: number; jobs: number }> => {
  const client = new pg.Client({ connectionString: setup.rig.databaseUrl });
  await client.connect();
  const side = async ({ url, pid }: Server, requests: number): Promise<Side> => {
    // What one side has written is not flushed at the other's cost.
    await client.query('checkpoint');
    const before = await processorTime(pid);
    const order = { url: url + setup.hook, signatureToken, requests, connections };
    const result = await load(setup.generator, order);
    const used = ((await processorTime(pid)) ?? 0) - (before ?? 0);
    return { load: result, cost: (used / requests) * 1_000 };
  };
  try {
    const rounds: Round[] = [];
    let acks = 0;
    // Each side is kept busy for the same time, or one pause of the machine would weigh more on the
    // faster one.
    let counts = { ours: warmUpRequests, baseline: warmUpRequests };
    for (let round = -warmUps; round < options.rounds; round += 1) {
      const ours = await side(setup.hub, counts.ours);
      const baseline = await side(setup.baseline, counts.baseline);
      acks += acksOf(ours) + acksOf(baseline);
      const within = ({ load: { perSecond } }: Side): number =>
        Math.ceil(perSecond * options.seconds);
      if (round === -1) counts = { ours: within(ours), baseline: within(baseline) };
      if (round >= 0) rounds.push({ ours, baseline });
    }
    return { rounds, acks, ...(await countRows(client)) };
  } finally {
    await client.end();
  }
};

export const bench: Bench = {
  name: 'ack',
  summary: 'Durable acknowledgement of webhooks against one transaction for each, 64 connections.',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string', default: '7' },
        seconds: { type: 'string', default: '5' },
      },
    });
    const place = places();
    const rig = await openRig();
    const children: Child[] = [];
    try {
      const hub = await rig.hub('web', { place: place.server });
      const hook = await plantHook(rig);
      const baseline = await startChild([process.execPath, 'bench/parts/ack-baseline.ts'], {
        ready: /baseline ready at (\S+)/,
        env: rig.env,
        place: place.server,
      });
      children.push(baseline);
      const generator = await startChild([process.execPath, 'bench/parts/load.ts'], {
        ready: /generator ready/,
        place: place.generator,
        ipc: true,
      });
      children.push(generator);
      const measured = await measure(
        {
          rig,
          hub,
          baseline: { url: baseline.match[1] ?? '', pid: baseline.pid },
          generator,
          hook,
        },
        { rounds: Number(values.rounds), seconds: Number(values.seconds) },
      );
      return figuresOf(measured, place.generator.words, place.server.words);
    } finally {
      await Promise.all(children.map((child) => child.stop()));
      await rig.close();
    }
  },
};

const figuresOf = (
  { rounds, acks, deliveries, jobs }: Awaited<ReturnType<typeof measure>>,
  generatorPlace: string,
  serverPlace: string,
): Figure[] => {
  const of = (pick: (round: Round) => number): number[] => rounds.map(pick);
  const where = `Generator: a process of its own on ${generatorPlace}; server on ${serverPlace}; PostgreSQL wherever the system puts it, so it shares cores with both.`;
  const same =
    'The baseline is the same server, routes, checks, INSERT and enqueue with a transaction for each delivery, on the same database, in turns within the run. No rules, no workers on either side.';
  return [
    {
      id: 'throughput',
      label: 'acknowledged, group commit',
      unit: 'deliveries/s',
      samples: of(({ ours }) => ours.load.perSecond),
      note: where,
    },
    {
      id: 'throughput-baseline',
      label: 'acknowledged, baseline',
      unit: 'deliveries/s',
      samples: of(({ baseline }) => baseline.load.perSecond),
      note: same,
    },
    {
      id: 'throughput-ratio',
      label: 'ratio of throughput',
      unit: 'times',
      samples: of(({ ours, baseline }) => ours.load.perSecond / baseline.load.perSecond),
      goal: { atLeast: 3 },
    },
    {
      id: 'p99',
      label: 'p99, group commit',
      unit: 'ms',
      samples: of(({ ours }) => ours.load.p99),
    },
    {
      id: 'p99-baseline',
      label: 'p99, baseline',
      unit: 'ms',
      samples: of(({ baseline }) => baseline.load.p99),
    },
    {
      id: 'p99-ratio',
      label: 'ratio of p99',
      unit: 'times',
      samples: of(({ ours, baseline }) => ours.load.p99 / baseline.load.p99),
      goal: { atMost: 1 },
    },
    {
      id: 'cost',
      label: "server's processor time, group commit",
      unit: 'us/delivery',
      samples: of(({ ours }) => ours.cost),
    },
    {
      id: 'cost-baseline',
      label: "server's processor time, baseline",
      unit: 'us/delivery',
      samples: of(({ baseline }) => baseline.cost),
    },
    {
      id: 'generator-busy',
      label: 'core used by the generator',
      unit: '%',
      samples: of(({ ours }) => ours.load.busy * 100),
    },
    {
      id: 'acks-without-row',
      label: 'acknowledged but not in the table',
      unit: 'deliveries',
      samples: [acks - deliveries],
      goal: { atMost: 0 },
      note: `${String(acks)} acknowledged with 200, ${String(deliveries)} rows, ${String(jobs)} jobs, warm-up included.`,
    },
    {
      id: 'acks-without-job',
      label: 'acknowledged but without a job',
      unit: 'deliveries',
      samples: [acks - jobs],
      goal: { atMost: 0 },
    },
  ];
};
