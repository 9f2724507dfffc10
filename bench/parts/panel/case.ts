/**
 * A process of its own for one case, so that none is slowed or warmed by another: it waits for a
 * `Request` of `timing.ts` and answers with its series, or with why there are none.
 */
import { compareMeetings, meetings } from './meeting-cases.ts';
import { disjoint, edit, growth, overlap } from './search-cases.ts';
import type { Request, Series } from './timing.ts';

const cases: Record<string, (request: Request) => Series | Promise<Series>> = {
  compare: compareMeetings,
  all: (request) => meetings('all', request),
  any: (request) => meetings('any', request),
  disjoint,
  overlap,
  growth,
  edit,
};

export type Reply = { series: Series } | { failed: string };

const answer = async (request: Request): Promise<Reply> => {
  try {
    const run = cases[request.name];
    if (!run) return { failed: `bench: there is no case ${request.name}.` };
    return { series: await run(request) };
  } catch (thrown) {
    return { failed: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};

process.once('message', (request: Request) => {
  void answer(request).then((reply) => {
    process.send?.(reply, () => {
      process.disconnect();
    });
  });
});
process.stdout.write('waiting\n');
