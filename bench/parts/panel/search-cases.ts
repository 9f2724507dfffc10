/** The best onsite, proven: the engine and the depth-first search, and the engine as it grows. */
import type { Panel } from '#core/panel/model.ts';
import { session } from '#core/panel/session.ts';
import { depthFirst } from './depth-first.ts';
import { answerOf, answerOfPeer, mustAgree, solveWithin, wanted } from './engine.ts';
import { below, largePanel, minute, seeded, type Large } from './panels.ts';
import { medianOf, repeat, timed, type Request, type Series } from './timing.ts';

const disjointCase: Large = { people: 200, days: 14, pools: 'disjoint', grain: 15, density: 0.35 };
/** Seeds take turns: the busier people are, the further the best lies above the simplest bound. */
const densities = [0.35, 0.45, 0.6];

const overlapping = (seed: number): Panel =>
  largePanel(seed, {
    people: 50,
    days: 14,
    pools: 'overlapping',
    grain: 15,
    density: densities[seed % densities.length] ?? 0.35,
  });

/** Seeds that are only there to warm up lie above those that are measured. */
const warmUp = (panelOf: (seed: number) => Panel): void => {
  for (let seed = 0; seed < 20; seed++) solveWithin(panelOf(1_000_000 + seed));
};

const compareAnswers = (what: string, panel: Panel): void => {
  mustAgree(
    what,
    answerOf(solveWithin(panel).schedules),
    answerOfPeer(depthFirst(panel, wanted, true)),
  );
};

/** One panel a round. */
export const disjoint = ({ cold, rounds }: Request): Series => {
  const panelOf = (seed: number): Panel => largePanel(seed, disjointCase);
  if (cold) {
    const panel = panelOf(1);
    const own = (): unknown => solveWithin(panel);
    return { cold: [timed(cold === 'own' ? own : () => depthFirst(panel, wanted, false))] };
  }
  warmUp(panelOf);
  const series: Series = { own: [], peer: [], remembering: [] };
  for (let seed = 1; seed <= rounds; seed++) {
    const panel = panelOf(seed);
    compareAnswers(`seed ${String(seed)} of pools apart`, panel);
    series['peer']?.push(timed(() => depthFirst(panel, wanted, false)));
    series['own']?.push(medianOf(9, () => solveWithin(panel)));
    series['remembering']?.push(timed(() => depthFirst(panel, wanted, true)));
  }
  return series;
};

/** Each seed once; the peer has every fifth part's first. */
export const overlap = ({ seeds }: Request): Series => {
  const disjointPanel = (seed: number): Panel => largePanel(seed, disjointCase);
  warmUp(overlapping);
  warmUp(disjointPanel);
  const series: Series = {
    own: [],
    disjoint: [],
    unproven: [],
    ratio: [],
    remembering: [],
    peer: [],
  };
  const every = Math.max(1, Math.floor(seeds / 5));
  let unproven = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const panel = overlapping(seed);
    let proof = '';
    const own = timed(() => ({ proof } = solveWithin(panel)));
    if (proof !== 'optimal') unproven += 1;
    series['own']?.push(own);
    const other = disjointPanel(seed);
    series['disjoint']?.push(timed(() => solveWithin(other)));
    if (seed % every !== 1 % every) continue;
    compareAnswers(`seed ${String(seed)} of overlapping pools`, panel);
    const peer = timed(() => depthFirst(panel, wanted, false));
    const remembering = timed(() => depthFirst(panel, wanted, true));
    series['peer']?.push(peer);
    series['ratio']?.push(peer / own);
    series['remembering']?.push(remembering / own);
  }
  series['unproven']?.push(unproven);
  return series;
};

const mebibyte = 2 ** 20;

/** Memory that the heap and array buffers take up; garbage counts until it is collected. */
const taken = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** The first solve of a process: what it takes in memory, before anything is collected. */
const memoryOf = (panel: Panel): Series => {
  gc?.();
  const before = taken();
  const peak = process.resourceUsage().maxRSS;
  const solution = solveWithin(panel);
  const after = taken();
  const resident = process.resourceUsage().maxRSS - peak;
  if (solution.schedules.length === 0) throw new Error('bench: the large panel has no schedule.');
  return { memory: [(after - before) / mebibyte], resident: [resident / 1_024] };
};

/** How time grows with people, days and a finer grain; `cold` measures memory alone. */
export const growth = ({ cold, rounds }: Request): Series => {
  const sizes: Record<string, Large> = {
    small: disjointCase,
    fine: { ...disjointCase, grain: 5 },
    large: { ...disjointCase, grain: 5, people: 1_000, days: 28 },
  };
  const panelOf = (size: string, seed: number): Panel =>
    largePanel(seed, sizes[size] ?? disjointCase);
  if (cold) return memoryOf(panelOf('large', 1));
  const names = Object.keys(sizes);
  for (const name of names) repeat(5, () => solveWithin(panelOf(name, 1_000_001)));
  const series: Series = { small: [], fine: [], large: [] };
  for (let seed = 1; seed <= rounds; seed++)
    for (const name of names) {
      const panel = panelOf(name, seed);
      series[name]?.push(medianOf(3, () => solveWithin(panel)));
    }
  return series;
};

/** Edits of a panel that is not measured. */
const warmUpEdits = (): void => {
  const panel = largePanel(1_000_000, disjointCase);
  const open = session(panel);
  panel.resources.forEach(({ id, busy }, index) => {
    const day = panel.windows[index % panel.windows.length] ?? panel.horizon;
    const block = { start: day.start, end: day.start + 30 * minute, kind: 'hard' as const };
    open.withBusy(id, [...busy, block]);
    open.solve({ schedules: wanted });
  });
};

/** One busy time more for one person, then the answer anew: of a session, and from scratch. */
export const edit = ({ rounds }: Request): Series => {
  const random = seeded(1);
  let panel = largePanel(1, disjointCase);
  const open = session(panel);
  const options = { schedules: wanted };
  warmUp((seed) => largePanel(seed, disjointCase));
  warmUpEdits();
  let best = open.solve(options).schedules;
  const series: Series = { own: [], peer: [] };
  for (let round = 0; round < rounds; round++) {
    // In turns somebody of the best schedule, at its very time, and anybody at any time.
    const chosen = best[0]?.events[below(random, 6)];
    const inBest = round % 2 === 0 && chosen !== undefined;
    const anybody = panel.resources[below(random, panel.resources.length)]?.id ?? '';
    const id = inBest ? (chosen.seats[0]?.resourceIds[0] ?? anybody) : anybody;
    const day = panel.windows[below(random, panel.windows.length)] ?? panel.horizon;
    const start = inBest ? chosen.start : day.start + below(random, 28) * 15 * minute;
    const block = { start, end: start + 30 * minute, kind: 'hard' as const };
    const busy = [...(panel.resources.find((one) => one.id === id)?.busy ?? []), block];
    panel = {
      ...panel,
      resources: panel.resources.map((one) => (one.id === id ? { ...one, busy } : one)),
    };
    let again = best;
    const own = timed(() => {
      open.withBusy(id, busy);
      again = open.solve(options).schedules;
    });
    let full = best;
    const peer = timed(() => (full = solveWithin(panel).schedules));
    mustAgree(`edit ${String(round + 1)}`, answerOf(again), answerOf(full));
    series['own']?.push(own);
    series['peer']?.push(peer);
    best = again;
  }
  return series;
};
