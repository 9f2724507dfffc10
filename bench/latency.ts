/**
 * From a stage change on the ATS's page to the hub's note in the ATS, with everything in between:
 * webhook, inbox, read, rule, call to the coding platform, note. One change at a time. Every call
 * to a vendor is counted and explained.
 */
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import type { Emulator, RecordedRequest } from '#connectors/emulator.ts';
import { ashbySide, leverSide, type BenchAts, type Mover } from './parts/ats.ts';
import { openStage, type Stage } from './parts/stage.ts';
import { quantile, type Bench, type Figure } from './report.ts';

interface Pair {
  id: string;
  name: string;
  platform: 'codingame' | 'codeinterview';
  side(stage: Stage): BenchAts | Promise<BenchAts>;
  /** Lifted limits have goals; with the vendor's own, the limit is what is measured. */
  limited: boolean;
}

const pairs: readonly Pair[] = [
  {
    id: 'lever-codingame',
    name: 'Lever + CodinGame',
    platform: 'codingame',
    side: leverSide,
    limited: false,
  },
  {
    id: 'ashby-codeinterview',
    name: 'Ashby + CodeInterview',
    platform: 'codeinterview',
    side: ashbySide,
    limited: false,
  },
  {
    id: 'lever-codingame-limited',
    name: "Lever + CodinGame, Lever's limit",
    platform: 'codingame',
    side: leverSide,
    limited: true,
  },
];

const warmUp = 20;
const longest = 30_000;

/** Milliseconds until the note stands in the emulator's log with a success. */
const timeOne = async (mover: Mover, ats: Emulator): Promise<number> => {
  const before = ats.requests.length;
  const begin = performance.now();
  await mover.enter();
  for (;;) {
    const written = ats.requests
      .slice(before)
      .some((one) => one.status >= 200 && one.status < 300 && mover.isNote(one));
    if (written) return performance.now() - begin;
    if (performance.now() - begin > longest)
      throw new Error('bench: a note did not appear within 30 s.');
    await pause(1);
  }
};

interface Measured {
  pair: Pair;
  milliseconds: number[];
  requests: RecordedRequest[];
}

const addRule = async (stage: Stage, pair: Pair, ats: BenchAts): Promise<void> => {
  const limit = pair.limited ? null : 0;
  const connectionId = await stage.connect(ats.id, limit);
  const platformId = await stage.connect(pair.platform, limit);
  const assessment = pair.platform === 'codingame';
  await stage.api('POST', '/rules', {
    name: 'Bench',
    connectionId,
    stageIds: ats.stageIds,
    tag: null,
    jobId: null,
    action: assessment ? 'assessment' : 'live_link',
    platformId,
    testId: assessment ? '101' : null,
    repeats: false,
    enabled: true,
  });
};

const measure = async (pair: Pair, changes: number): Promise<Measured> => {
  const stage = await openStage({
    // About a third can be moved: active, with an address, on a job, alone.
    candidates: 5 * (changes + warmUp),
    rate: pair.limited ? 'vendor' : 0,
    roles: ['all'],
  });
  try {
    // Before the account is connected, as this reading counts against the limit, too.
    const side = await pair.side(stage);
    await addRule(stage, pair, side);
    await stage.idle(60_000);
    const ats = stage.emulator(side.id);
    const logs = [ats.requests, stage.emulator(pair.platform).requests];
    const movers = side.movers.slice(0, warmUp + changes);
    if (movers.length < warmUp + changes) throw new Error('bench: too few candidates to move.');
    const milliseconds: number[] = [];
    for (const [index, mover] of movers.entries()) {
      if (index === warmUp) for (const log of logs) log.length = 0;
      const taken = await timeOne(mover, ats);
      if (index >= warmUp) milliseconds.push(taken);
      // Long enough for the hub to settle, and never in step with its intervals.
      await pause(20 + ((index * 7) % 30));
    }
    await stage.idle(10_000);
    const notes = side.countNotes();
    if (notes !== movers.length)
      throw new Error(
        `bench: ${String(movers.length)} changes made ${String(notes)} notes at the vendor.`,
      );
    return { pair, milliseconds, requests: logs.flat() };
  } finally {
    await stage.close();
  }
};

/** Why each call of a change is made. A call that is not listed here has no known reason. */
const reasons: ReadonlyArray<readonly [call: RegExp, why: string]> = [
  [
    /^GET .*opportunities\/:id$/,
    'A webhook is a hint and not proof, and its body is not signed: the candidacy is read (stage, history, tags, address).',
  ],
  [/^POST .*opportunities\/:id\/notes$/, 'The note that the recruiter sees.'],
  [/^POST .*actions\/send$/, 'The test itself; CodinGame sends the mail.'],
  [
    /^POST .*application\.info$/,
    'Once to read the candidacy (stage and history). Once more before the note, which belongs to the person: addNote is given the application alone. The mirror knows the person, so this second call could be saved.',
  ],
  [/^POST .*candidate\.info$/, 'Tags and address stand on the person, not on the application.'],
  [/^POST .*candidate\.createNote$/, 'The note that the recruiter sees.'],
  [/^POST .*pads\/new$/, 'The interview link itself.'],
];

const callOf = ({ method, path }: RecordedRequest): string =>
  `${method} ${path
    .replace(/\?.*$/, '')
    .replace(/\/(?=[^/]*\d)(?!v?[\d.]+(?:\/|$))[\w-]{6,}(?=\/|$)/g, '/:id')
    .replace(/campaigns\/\d+/, 'campaigns/:id')}`;

const figuresOf = ({ pair, milliseconds, requests }: Measured): Figure[] => {
  const changes = milliseconds.length;
  const limits = pair.limited
    ? "Lever's limit on both sides (10 requests/s, bursts of 20): the emulator refuses what is over it, the hub waits for its turn, and one change after the other soon uses the burst up. No goal."
    : 'Limits lifted on both sides: emulators with --rate 0, connections with requestsPerSecond 0. One change at a time; sandbox and driver in one process, the hub (role all) in another, both and PostgreSQL on the same cores; 20 changes before the first that counts; sweeps and polls of results set far off.';
  const p99 = quantile(milliseconds, 0.99);
  const latency: Figure[] = [
    {
      id: `${pair.id}-p50`,
      label: `${pair.name}: change to note, ${String(changes)} changes`,
      unit: 'ms',
      samples: milliseconds,
      ...(pair.limited ? {} : { goal: { atMost: 150 } }),
      note: limits,
    },
    {
      id: `${pair.id}-p99`,
      label: `${pair.name}: p99`,
      unit: 'ms',
      samples: [p99],
      ...(pair.limited ? {} : { goal: { atMost: 500 } }),
    },
  ];
  const refused = requests.filter(({ status }) => status === 429).length;
  const calls: Figure[] = [
    {
      id: `${pair.id}-calls`,
      label: `${pair.name}: outside calls`,
      unit: 'calls/change',
      samples: [requests.length / changes],
    },
    ...(pair.limited
      ? [
          {
            id: `${pair.id}-refused`,
            label: `${pair.name}: calls answered 429`,
            unit: 'calls',
            samples: [refused],
          },
        ]
      : [...Map.groupBy(requests, callOf)].map(([call, made]) => ({
          id: `${pair.id}-calls-${call.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`,
          label: `  ${call}`,
          unit: 'calls/change',
          samples: [made.length / changes],
          note: reasons.find(([pattern]) => pattern.test(call))?.[1] ?? 'No known reason.',
        }))),
  ];
  return [...latency, ...calls];
};

export const bench: Bench = {
  name: 'latency',
  summary: "From a stage change at the ATS to the hub's note there, 200 changes one at a time.",
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { changes: { type: 'string', default: '200' }, pair: { type: 'string' } },
    });
    const figures: Figure[] = [];
    for (const pair of pairs) {
      if (values.pair !== undefined && values.pair !== pair.id) continue;
      figures.push(...figuresOf(await measure(pair, Number(values.changes))));
    }
    if (figures.length === 0)
      throw new Error(
        `bench: there is no pair ${String(values.pair)}. Known are: ${pairs.map(({ id }) => id).join(', ')}.`,
      );
    return figures;
  },
};
