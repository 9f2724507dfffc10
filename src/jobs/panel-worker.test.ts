import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LoopwrightError } from '#core/errors.ts';
import { moves, replacements } from '#core/panel/replace.ts';
import { explain } from '#core/panel/explain.ts';
import { startTimes } from '#core/panel/slots.ts';
import { solve } from '#core/panel/solve.ts';
import { PanelUnavailable, type PanelWorker } from './panel-work.ts';
import { createPanelWorker, type PanelWorkerOptions } from './panel-worker.ts';
import { heavy, light, vast } from './testing-panel.ts';

const logged: string[] = [];
const note = (_: unknown, message: string): void => void logged.push(message);
const opened: PanelWorker[] = [];
const open = (options: Partial<PanelWorkerOptions> = {}): PanelWorker => {
  const log = { info: note, warn: note, error: note };
  // Patience beyond what a busy machine needs to start a thread.
  const worker = createPanelWorker({ log, patience: 60_000, ...options });
  opened.push(worker);
  return worker;
};
after(() => Promise.all(opened.map((worker) => worker.close())));

const long = { timeLimitMs: 600_000 };

/** Work that goes on until it is given up. */
const endless = (worker: PanelWorker) => {
  const control = new AbortController();
  const state = { over: false };
  const done = worker
    .run('explain', { panel: heavy() }, { ...long, signal: control.signal })
    .catch((thrown: unknown) => thrown)
    .finally(() => (state.over = true));
  return { state, done, giveUp: () => { control.abort(); return done; } };
}; // prettier-ignore

const unavailable = (code: string) => (thrown: unknown) => {
  assert.ok(thrown instanceof PanelUnavailable, String(thrown));
  assert.equal(thrown.code, code);
  assert.ok(thrown.retryAfter > 0);
  return true;
};

const answersLight = async (worker: PanelWorker): Promise<void> => {
  assert.equal((await worker.run('solve', { panel: light() }, long)).proof, 'optimal');
};

describe('work in a thread', { timeout: 60_000 }, () => {
  const worker = open();

  test('is answered as the engine answers it', async () => {
    const panel = light();
    const solution = solve(panel, { schedules: 3 });
    const [best] = solution.schedules;
    const [placed] = best?.events ?? [];
    assert.ok(best && placed);
    const standing = { panel, placed: best.events, eventId: placed.eventId };
    const seat = { seatId: 's', resourceId: placed.seats[0]?.resourceIds[0] ?? '' };
    assert.deepEqual(await worker.run('solve', { panel, schedules: 3 }, long), solution);
    const starts = startTimes(panel);
    assert.ok(starts.length > 3);
    assert.deepEqual(await worker.run('slots', { panel }, long), { starts, complete: true });
    assert.deepEqual(await worker.run('slots', { panel, eventId: 'e0' }, long), { starts, complete: true });
    assert.deepEqual(await worker.run('explain', { panel, limit: 2 }, long), explain(panel, { limit: 2 }));
    assert.deepEqual(
      await worker.run('replacements', { ...standing, ...seat }, long),
      replacements(panel, best.events, { eventId: placed.eventId, ...seat }),
    );
    assert.deepEqual(
      await worker.run('moves', { ...standing, schedules: 2, keep: false }, long),
      moves(panel, best.events, placed.eventId, { schedules: 2, keep: false }),
    );
  }); // prettier-ignore

  test('is refused with code, status and field', async () => {
    await assert.rejects(
      worker.run('solve', { panel: { ...light(), lattice: 7 } }, long),
      (thrown) => {
        assert.ok(thrown instanceof LoopwrightError);
        assert.deepEqual([thrown.code, thrown.status, thrown.field], ['panel_invalid', 422, 'lattice']);
        assert.match(thrown.message, /^panel: /);
        return true;
      },
    );
  }); // prettier-ignore

  test('that cannot cross to the thread is refused, and the next is done', async () => {
    const panel = { ...light(), odd: () => 1 };
    await assert.rejects(worker.run('solve', { panel }, long), { name: 'DataCloneError' });
    await answersLight(worker);
  });

  test('that cannot cross makes room for what waits behind it', async () => {
    const crowded = open({ slowThreads: 1, slice: 600_000 });
    const [first, second] = [endless(crowded), endless(crowded)];
    const panel = { ...light(), odd: () => 1 };
    const odd = crowded.run('solve', { panel }, long).catch((thrown: unknown) => thrown);
    const next = answersLight(crowded);
    await first.giveUp();
    assert.equal(((await odd) as Error).name, 'DataCloneError');
    await next;
    await second.giveUp();
  });

  test('a fault of the engine is told as one, and the next is done', async () => {
    const panel = { ...light(), windows: null } as never;
    await assert.rejects(worker.run('solve', { panel }, long), { name: 'Error' });
    await answersLight(worker);
  });
});

describe('a time limit', () => {
  test('ends work with what was found', async () => {
    const worker = open({ grace: 60_000 });
    const explained = await worker.run('explain', { panel: heavy() }, { timeLimitMs: 50 });
    assert.equal(explained.complete, false);
    const solved = await worker.run('solve', { panel: heavy() }, { timeLimitMs: 1 });
    assert.equal(solved.proof, 'best_found');
    await answersLight(worker);
  });

  test('kills a thread that does not end, and the next work gets a new one', async () => {
    const worker = open({ grace: 0, slowThreads: 1 });
    const run = worker.run('explain', { panel: heavy() }, { timeLimitMs: 1 });
    await assert.rejects(run, unavailable('panel_timed_out'));
    await answersLight(worker);
  });
});

describe('whoever gives up', () => {
  test('is told at once, and the thread is free again', async () => {
    const worker = open({ slowThreads: 1, slice: 600_000 });
    const [first, second] = [endless(worker), endless(worker)];
    unavailable('panel_cancelled')(await first.giveUp());
    await answersLight(worker);
    await second.giveUp();
  });

  test('leaves the queue', async () => {
    const worker = open({ slowThreads: 1, queue: 1 });
    const [running, quick, waiting] = [endless(worker), endless(worker), endless(worker)];
    unavailable('panel_cancelled')(await waiting.giveUp());
    const next = worker.run('solve', { panel: light() }, long);
    unavailable('panel_cancelled')(await quick.giveUp());
    assert.equal((await next).proof, 'optimal');
    await running.giveUp();
  });

  test('after the quick thread cut the work short takes no slow one', async () => {
    const worker = open({ slowThreads: 1, slice: 1 });
    const [running, cut] = [endless(worker), endless(worker)];
    // It begins when the one before it was cut.
    await worker.run('explain', { panel: heavy() }, { timeLimitMs: 1 });
    unavailable('panel_cancelled')(await cut.giveUp());
    await running.giveUp();
    assert.equal((await worker.run('solve', { panel: heavy() }, long)).proof, 'optimal');
  });

  test('beforehand has nothing done', async () => {
    const run = open().run('solve', { panel: light() }, { ...long, signal: AbortSignal.abort() });
    await assert.rejects(run, unavailable('panel_cancelled'));
  });
});

describe('many at once', () => {
  test('heavy work blocks neither light work nor the event loop', async () => {
    const worker = open();
    const heavies = [endless(worker), endless(worker), endless(worker), endless(worker)];
    let turns = 0;
    const turn = setInterval(() => turns++, 1);
    for (let count = 0; count < 5; count++) await answersLight(worker);
    clearInterval(turn);
    assert.ok(turns > 5, String(turns));
    assert.deepEqual(heavies.map(({ state }) => state.over), [false, false, false, false]);
    for (const { giveUp } of heavies) await giveUp();
  }); // prettier-ignore

  test('work that the quick thread cuts short is done when a slow one is free', async () => {
    const worker = open({ slowThreads: 1, slice: 1 });
    const first = endless(worker);
    const second = worker.run('solve', { panel: heavy() }, long);
    await first.giveUp();
    assert.equal((await second).proof, 'optimal');
  });

  test('what the quick thread found is the answer when no slow one is free in time', async () => {
    const worker = open({ slowThreads: 1, slice: 1, grace: 60_000 });
    const first = endless(worker);
    const cut = await worker.run('explain', { panel: heavy() }, { timeLimitMs: 3_000 });
    assert.equal(cut.complete, false);
    assert.equal(first.state.over, false);
    await first.giveUp();
  });

  test('the queue has an end', async () => {
    const worker = open({ slowThreads: 1, queue: 2 });
    const taken = [1, 2, 3, 4].map(() => endless(worker));
    await assert.rejects(worker.run('solve', { panel: light() }, long), unavailable('panel_busy'));
    for (const { giveUp } of taken) await giveUp();
    await answersLight(worker);
  });

  test('nobody waits longer than the patience', async () => {
    const worker = open({ patience: 0 });
    await assert.rejects(worker.run('solve', { panel: light() }, long), unavailable('panel_busy'));
  });
});

describe('a thread that dies', () => {
  test('costs its work alone, and is logged', async () => {
    const worker = open({ slowThreads: 1, memoryMb: 16 });
    logged.length = 0;
    const run = worker.run('solve', { panel: vast() }, long);
    await assert.rejects(run, unavailable('panel_failed'));
    assert.match(logged.join('\n'), /a panel thread died/);
    await answersLight(worker);
  });
});

describe('the end', () => {
  test('what runs ends with what it has, what waits is refused, and nothing is taken', async () => {
    const worker = open({ slowThreads: 1, slice: 600_000, grace: 60_000 });
    const running = [1, 2].map(() => worker.run('explain', { panel: heavy() }, long));
    const waiting = worker.run('solve', { panel: light() }, long).catch((thrown: unknown) => thrown);
    await worker.close();
    for (const run of running) assert.equal((await run).complete, false);
    unavailable('panel_busy')(await waiting);
    await assert.rejects(worker.run('solve', { panel: light() }, long), unavailable('panel_busy'));
  }); // prettier-ignore
});
