/** When are all of 50, or any of 200, free: the engine, Cal.com's slot code, and a plain sweep. */
import { startTimes } from '#core/panel/slots.ts';
import { forgetZones } from '#core/panel/zones.ts';
import { loadCalcom } from './calcom.ts';
import { mustAgree, timesText } from './engine.ts';
import { meetingPanel } from './panels.ts';
import { sweepStarts } from './sweep.ts';
import { medianOf, repeat, timed, type Request, type Series } from './timing.ts';

const calls = 25;

/** From one person to fifty, and from hardly busy to nearly half; only the last has no time at all. */
const workloads: ReadonlyArray<[people: number, density: number]> = [
  [1, 0.02],
  [1, 0.45],
  [2, 0.3],
  [2, 0.45],
  [3, 0.45],
  [4, 0.3],
  [5, 0.2],
  [8, 0.15],
  [12, 0.1],
  [20, 0.05],
  [30, 0.04],
  [40, 0.03],
  [50, 0.02],
  [50, 0.45],
];

/** Start sets of everybody at once, in full. */
export const compareMeetings = async (): Promise<Series> => {
  const calcom = await loadCalcom();
  const sizes = workloads.map(([people, density], seed) => {
    const panel = meetingPanel(seed, { people, density, who: 'all' });
    const own = startTimes(panel);
    const what = `${String(people)} people, density ${String(density)}`;
    mustAgree(`${what} (Cal.com)`, timesText(own), timesText(calcom(panel)()));
    mustAgree(`${what} (sweep)`, timesText(own), timesText(sweepStarts(panel, 'each')));
    return own.length;
  });
  return { starts: sizes };
};

export const meetings = async (who: 'all' | 'any', { cold, rounds }: Request): Promise<Series> => {
  const people = who === 'all' ? 50 : 200;
  const panel = meetingPanel(1, { people, density: who === 'all' ? 0.02 : 0.45, who });
  const own = (): number[] => {
    forgetZones();
    return startTimes(panel);
  };
  if (cold === 'own') return { cold: [timed(own)] };
  const peer = (await loadCalcom())(panel);
  if (cold === 'peer') return { cold: [timed(peer)] };

  const answer = timesText(own());
  mustAgree(`${String(people)} people (Cal.com)`, answer, timesText(peer()));
  mustAgree(`${String(people)} people (sweep)`, answer, timesText(sweepStarts(panel, 'each')));
  mustAgree(`${String(people)} people (sweep)`, answer, timesText(sweepStarts(panel, 'shared')));
  repeat(200, own);
  repeat(3, peer);
  repeat(10, () => sweepStarts(panel, 'shared'));
  const series: Series = { own: [], kept: [], peer: [], each: [], shared: [], starts: [] };
  repeat(rounds, () => {
    series['peer']?.push(timed(peer));
    series['own']?.push(medianOf(calls, own));
    series['kept']?.push(medianOf(calls, () => startTimes(panel)));
    series['each']?.push(medianOf(3, () => sweepStarts(panel, 'each')));
    series['shared']?.push(medianOf(5, () => sweepStarts(panel, 'shared')));
  });
  series['starts']?.push(startTimes(panel).length);
  return series;
};
