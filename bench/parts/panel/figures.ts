/** The rows of the panel bench, with what must be reached. */
import { quantile, type Figure } from '../../report.ts';
import type { Series } from './timing.ts';

interface FirstCalls {
  own: readonly number[];
  peer: readonly number[];
}

const of = (series: Series, name: string): number[] => series[name] ?? [];

const ratios = (peer: readonly number[], own: readonly number[]): number[] =>
  peer.map((value, index) => value / (own[index] ?? NaN));

const meetingWords = {
  all: 'all of 50',
  any: 'any of 200',
};

const meetingNote = {
  all: 'One hour within 14 days on quarters, zone tables rebuilt inside the timing. Peer: the slot code of @calcom/platform-libraries 0.0.360 with dayjs 1.11.23, without its database, caches and calendars, its busy times made into dayjs beforehand. Its start sets were compared in full.',
  any: 'Indicative: only whether somebody is free is compared (all start instants are), as Cal.com does not say who.',
};

const goalOfMeetings = { atLeast: 1_000 };

/** The goals stand there, missed, with the reason. */
export const unmeasured = (name: 'all' | 'any', why: string): Figure[] => [
  {
    id: `${name}-ratio`,
    label: `${meetingWords[name]} free: times as fast as Cal.com`,
    unit: 'x',
    samples: [],
    goal: goalOfMeetings,
    note: `Not measured: ${why}`,
  },
];

export const meetingFigures = (
  name: 'all' | 'any',
  first: FirstCalls,
  warm: Series,
  compared: Series | null,
): Figure[] => {
  const words = `${meetingWords[name]} free`;
  const own = of(warm, 'own');
  const timesOf = (id: string, label: string, peer: readonly number[], base = own): Figure => ({
    id: `${name}-${id}`,
    label: `  ${label}`,
    unit: 'x',
    samples: ratios(peer, base),
  });
  return [
    ...(compared
      ? [
          {
            id: `${name}-compared`,
            label: 'start sets equal to Cal.com’s: times in each workload',
            unit: 'starts',
            samples: of(compared, 'starts'),
            note: `${String(of(compared, 'starts').length)} workloads, 1 to 50 people, densities 0.02 to 0.45, each compared in full before anything is timed.`,
          },
        ]
      : []),
    {
      id: `${name}-ratio`,
      label: `${words}: times as fast as Cal.com`,
      unit: 'x',
      samples: ratios(of(warm, 'peer'), own),
      goal: goalOfMeetings,
      note: meetingNote[name],
    },
    timesOf('sweep', 'as the luxon sweep, days of each person', of(warm, 'each')),
    timesOf('sweep-shared', 'as the luxon sweep, days once a zone', of(warm, 'shared')),
    timesOf('first', 'as Cal.com, first call of a process', first.peer, [...first.own]),
    { id: `${name}-own`, label: '  engine', unit: 'ms', samples: own },
    {
      id: `${name}-kept`,
      label: '  engine, zone tables kept',
      unit: 'ms',
      samples: of(warm, 'kept'),
    },
    { id: `${name}-calcom`, label: '  Cal.com', unit: 'ms', samples: of(warm, 'peer') },
    { id: `${name}-first-own`, label: '  engine, first call', unit: 'ms', samples: first.own },
  ];
};

const searchNote =
  '200 people, 6 interviews and lunch in any order on one of 14 days, pools apart, the best 10 proven. Peer: depth-first search over order, starts and seats on lists of intervals (parts/panel/depth-first.ts). A panel of its own each round; the engine’s time is the median of nine calls.';

export const searchFigures = (first: FirstCalls, warm: Series): Figure[] => [
  {
    id: 'disjoint-ratio',
    label: 'best onsite, pools apart: times as fast as depth-first',
    unit: 'x',
    samples: ratios(of(warm, 'peer'), of(warm, 'own')),
    goal: { atLeast: 300 },
    note: searchNote,
  },
  {
    id: 'disjoint-remembering',
    label: '  as depth-first that remembers who can',
    unit: 'x',
    samples: ratios(of(warm, 'remembering'), of(warm, 'own')),
    note: 'The same search, which keeps the list of those who can take an event at a time, by cost, for the whole day.',
  },
  {
    id: 'disjoint-first',
    label: '  first call of a process',
    unit: 'x',
    samples: ratios(first.peer, first.own),
  },
  {
    id: 'disjoint-own',
    label: '  engine',
    unit: 'ms',
    samples: of(warm, 'own'),
    goal: { atMost: 10 },
  },
  { id: 'disjoint-peer', label: '  depth-first', unit: 'ms', samples: of(warm, 'peer') },
  { id: 'disjoint-first-own', label: '  engine, first call', unit: 'ms', samples: first.own },
];

export const overlapFigures = (warm: Series): Figure[] => {
  const own = of(warm, 'own');
  const p99 = quantile(own, 0.99);
  const p50 = quantile(of(warm, 'disjoint'), 0.5);
  const seeds = String(own.length);
  return [
    {
      id: 'overlap-spread',
      label: 'best onsite, pools overlapping: p99 over p50 of pools apart',
      unit: 'x',
      samples: [p99 / p50],
      goal: { atMost: 20 },
      note: `50 people, each pool a random half, ${seeds} seeds once each, at densities 0.35, 0.45 and 0.6 in turns; in turns with 200 people in pools apart.`,
    },
    {
      id: 'overlap-unproven',
      label: '  not proven within a minute',
      unit: `of ${seeds}`,
      samples: of(warm, 'unproven'),
      goal: { atMost: 0 },
    },
    { id: 'overlap-p99', label: '  engine, p99 (aim: 20 ms)', unit: 'ms', samples: [p99] },
    { id: 'overlap-own', label: '  engine, each seed', unit: 'ms', samples: own },
    { id: 'overlap-apart', label: '  pools apart', unit: 'ms', samples: of(warm, 'disjoint') },
    {
      id: 'overlap-ratio',
      label: '  times as fast as depth-first',
      unit: 'x',
      samples: of(warm, 'ratio'),
      note: 'Same answers on these seeds; both sides one call each.',
    },
    {
      id: 'overlap-remembering',
      label: '  as depth-first that remembers who can',
      unit: 'x',
      samples: of(warm, 'remembering'),
    },
    { id: 'overlap-peer', label: '  depth-first', unit: 'ms', samples: of(warm, 'peer') },
  ];
};

export const growthFigures = (memory: Series, warm: Series): Figure[] => {
  const large = of(warm, 'large');
  return [
    {
      id: 'growth',
      label: '1,000 people, 28 days, 5 min: times as long as 200, 14 days, 15 min',
      unit: 'x',
      samples: ratios(large, of(warm, 'small')),
    },
    {
      id: 'growth-fine',
      label: '  times as long as 200, 14 days, 5 min',
      unit: 'x',
      samples: ratios(large, of(warm, 'fine')),
    },
    {
      id: 'growth-memory',
      label: '  growth of heap and array buffers',
      unit: 'MiB',
      samples: of(memory, 'memory'),
      value: quantile(of(memory, 'memory'), 1),
      goal: { atMost: 64 },
      note: 'Over the first solve of a process, garbage that is not yet collected included; held against the goal is the largest.',
    },
    {
      id: 'growth-resident',
      label: '  growth of the largest resident size',
      unit: 'MiB',
      samples: of(memory, 'resident'),
    },
    { id: 'growth-large', label: '  1,000 people, 28 days, 5 min', unit: 'ms', samples: large },
    {
      id: 'growth-200-fine',
      label: '  200 people, 14 days, 5 min',
      unit: 'ms',
      samples: of(warm, 'fine'),
    },
    {
      id: 'growth-200',
      label: '  200 people, 14 days, 15 min',
      unit: 'ms',
      samples: of(warm, 'small'),
    },
  ];
};

export const editFigures = (warm: Series): Figure[] => {
  const all = ratios(of(warm, 'peer'), of(warm, 'own'));
  return [
    {
      id: 'edit-ratio',
      label: 'one busy time more: times as fast as solving anew',
      unit: 'x',
      samples: all,
      goal: { atLeast: 10 },
      note: 'In turns somebody of the best schedule at that very time, and anybody at any time; the answers are compared each time.',
    },
    {
      id: 'edit-ratio-best',
      label: '  somebody of the best schedule',
      unit: 'x',
      samples: all.filter((_, round) => round % 2 === 0),
    },
    { id: 'edit-own', label: '  engine, open session', unit: 'ms', samples: of(warm, 'own') },
    { id: 'edit-peer', label: '  engine, solving anew', unit: 'ms', samples: of(warm, 'peer') },
  ];
};
