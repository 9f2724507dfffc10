/**
 * The panel engine against those who answer the same questions: Cal.com's slot code and a plain sweep
 * for common times, a depth-first search for the best onsite, itself without what it remembers for one
 * change more. Answers are compared first: where they differ, there is no figure but an error.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fetchCalcom, PeerMissing } from './parts/panel/calcom.ts';
import type { Reply } from './parts/panel/case.ts';
import {
  editFigures,
  growthFigures,
  meetingFigures,
  overlapFigures,
  searchFigures,
  unmeasured,
} from './parts/panel/figures.ts';
import type { Request, Series } from './parts/panel/timing.ts';
import { startChild } from './parts/rig.ts';
import type { Bench, Figure } from './report.ts';

const file = path.join(import.meta.dirname, 'parts', 'panel', 'case.ts');

/** Runs one case in a process of its own. Throws with what it says where it fails. */
const runCase = async (request: Request): Promise<Series> => {
  // UTC, because Cal.com's code counts days in the zone of its process.
  const child = await startChild([process.execPath, '--expose-gc', file], {
    ready: /waiting/,
    ipc: true,
    env: { TZ: 'UTC' },
  });
  const reply = await new Promise<Reply>((resolve, reject) => {
    child.process.once('message', (message) => {
      resolve(message as Reply);
    });
    child.process.once('exit', (code) => {
      reject(new Error(`bench: the case ${request.name} ended (${String(code)}) without a word.`));
    });
    child.process.send(request);
  });
  await child.stop();
  if ('failed' in reply) throw new Error(reply.failed);
  return reply.series;
};

interface Options {
  rounds: number;
  seeds: number;
  cold: number;
}

/** First calls, each in a process of its own, both sides in turns. */
const firstCalls = async (
  name: string,
  { rounds, seeds, cold }: Options,
): Promise<{ own: number[]; peer: number[] }> => {
  const first = { own: [] as number[], peer: [] as number[] };
  for (let round = 0; round < cold; round++)
    for (const side of ['own', 'peer'] as const) {
      const { cold: samples = [] } = await runCase({ name, cold: side, rounds, seeds });
      first[side].push(...samples);
    }
  return first;
};

const warm = (name: string, { rounds, seeds }: Options): Promise<Series> =>
  runCase({ name, cold: null, rounds, seeds });

/** Why Cal.com's code cannot be had here; null: it can. */
const missingPeer = async (): Promise<string | null> => {
  try {
    await fetchCalcom();
    return null;
  } catch (thrown) {
    if (thrown instanceof PeerMissing) return thrown.message;
    throw thrown;
  }
};

const meeting = async (name: 'all' | 'any', options: Options): Promise<Figure[]> => {
  const why = await missingPeer();
  if (why !== null) return unmeasured(name, why);
  const compared = name === 'all' ? await warm('compare', options) : null;
  const first = await firstCalls(name, options);
  return meetingFigures(name, first, await warm(name, options), compared);
};

const cases: Record<string, (options: Options) => Promise<Figure[]>> = {
  all: (options) => meeting('all', options),
  any: (options) => meeting('any', options),
  disjoint: async (options) => {
    const first = await firstCalls('disjoint', options);
    return searchFigures(first, await warm('disjoint', options));
  },
  overlap: async (options) => overlapFigures(await warm('overlap', options)),
  growth: async (options) => {
    const memory = await firstMemory(options);
    return growthFigures(memory, await warm('growth', options));
  },
  edit: async (options) =>
    editFigures(await warm('edit', { ...options, rounds: options.rounds * 8 })),
};

/** Of the first solve of a process, so many times. */
const firstMemory = async ({ rounds, seeds, cold }: Options): Promise<Series> => {
  const memory: Series = { memory: [], resident: [] };
  for (let round = 0; round < cold; round++) {
    const series = await runCase({ name: 'growth', cold: 'own', rounds, seeds });
    for (const [key, samples] of Object.entries(series)) memory[key]?.push(...samples);
  }
  return memory;
};

const whole = (text: string, option: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`bench: --${option} is a whole number from 1 on, not ${text}.`);
  return value;
};

export const bench: Bench = {
  name: 'panel',
  summary: 'Common times and the best onsite, against Cal.com, a sweep and a depth-first search.',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string', default: '15' },
        seeds: { type: 'string', default: '500' },
        cold: { type: 'string', default: '5' },
        case: { type: 'string', multiple: true, default: Object.keys(cases) },
      },
    });
    const options = {
      rounds: whole(values.rounds, 'rounds'),
      seeds: whole(values.seeds, 'seeds'),
      cold: whole(values.cold, 'cold'),
    };
    const figures: Figure[] = [];
    for (const name of values.case) {
      const run = cases[name];
      if (!run)
        throw new Error(`bench: no case ${name}. Known are ${Object.keys(cases).join(', ')}.`);
      figures.push(...(await run(options)));
    }
    return figures;
  },
};
