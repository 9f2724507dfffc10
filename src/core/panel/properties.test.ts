/** What holds of every answer, on random panels. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyRelaxation, explain } from './explain.ts';
import type { Panel, Resource, Schedule } from './model.ts';
import { moves, replacements } from './replace.ts';
import { session } from './session.ts';
import { startTimes } from './slots.ts';
import { solve } from './solve.ts';
import { checkSchedule, compareScores, scoreOf } from './testing-check.ts';
import { bruteStarts } from './testing-oracle.ts';
import { dice, randomPanel } from './testing-panels.ts';

const panels = (from: number, count: number): Panel[] =>
  Array.from({ length: count }, (_, index) => randomPanel(from + index));

const best = (panel: Panel): Schedule | undefined => solve(panel, { schedules: 1 }).schedules[0];

const busier = (panel: Panel, kind: 'hard' | 'soft' | 'unknown'): Panel => {
  const d = dice(panel.seed + 1);
  const window = d.pick(panel.windows);
  const start = window.start + d.whole(-10, 120) * 60_000;
  const who = d.pick(panel.resources).id;
  const span = { start, end: start + d.whole(1, 90) * 60_000, kind };
  return {
    ...panel,
    resources: panel.resources.map((one) =>
      one.id === who ? { ...one, busy: [...one.busy, span] } : one,
    ),
  };
};

const compare = (panel: Panel, a: readonly Schedule[], b: readonly Schedule[]): boolean =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index];
    return other !== undefined && compareScores(panel, one.score, other.score) === 0;
  });

describe('the best schedules', () => {
  test('are no better once somebody is busier', () => {
    for (const panel of panels(2_000, 150)) {
      const before = best(panel);
      const after = best(busier(panel, 'hard'));
      if (after)
        assert.ok(before && compareScores(panel, before.score, after.score) <= 0, `seed ${String(panel.seed)}`);
    }
  }); // prettier-ignore

  test('are worth the same, however people, events and seats are listed', () => {
    for (const panel of panels(3_000, 150)) {
      const d = dice(panel.seed);
      const turned: Panel = {
        ...panel,
        windows: d.shuffle(panel.windows),
        resources: d.shuffle(panel.resources).map((one) => ({ ...one, busy: d.shuffle(one.busy), booked: d.shuffle(one.booked) })),
        events: (panel.order === 'fixed' ? panel.events : d.shuffle(panel.events)).map((event) => ({
          ...event,
          seats: d.shuffle(event.seats).map((seat) => ({ ...seat, of: seat.ranked ? seat.of : d.shuffle(seat.of) })),
        })),
      };
      const same = compare(panel, solve(panel).schedules, solve(turned).schedules);
      assert.ok(same, `seed ${String(panel.seed)}`);
    }
  }); // prettier-ignore

  test('are the same for the same panel', () => {
    for (const panel of panels(4_000, 60))
      assert.deepEqual(solve(structuredClone(panel)), solve(panel), `seed ${String(panel.seed)}`);
  });

  test('are those of a fresh start after calendars changed', () => {
    for (const panel of panels(5_000, 80)) {
      const open = session(panel);
      open.solve({ schedules: 3 });
      let now = panel;
      for (const [turn, kind] of (['hard', 'soft', 'hard', 'unknown'] as const).entries()) {
        now = { ...busier({ ...now, seed: panel.seed + turn }, kind), seed: panel.seed };
        for (const { id, busy } of now.resources) open.withBusy(id, busy);
        const same = compare(panel, open.solve({ schedules: 3 }).schedules, solve(now, { schedules: 3 }).schedules);
        assert.ok(same, `seed ${String(panel.seed)}, change ${String(turn)}`);
      }
    }
  }); // prettier-ignore
});

test('start times are those at which something can start', () => {
  for (const panel of panels(6_000, 300))
    assert.deepEqual(startTimes(panel), bruteStarts(panel), `seed ${String(panel.seed)}`);
});

const opened = (before: readonly number[], relaxed: Panel): number =>
  bruteStarts(relaxed).filter((start) => !before.includes(start)).length;

const withResource = (panel: Panel, id: string, change: Partial<Resource>): Panel => ({
  ...panel,
  resources: panel.resources.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

describe('an explanation', () => {
  test('promises exactly the start times that a relaxation opens, the most first', () => {
    let told = 0;
    for (const panel of panels(7_000, 12)) {
      const { starts, relaxations, causes, complete } = explain(panel, { limit: 1_000 });
      const where = `seed ${String(panel.seed)}`;
      const before = bruteStarts(panel);
      assert.equal(starts, before.length, where);
      assert.ok(complete, where);
      assert.equal(causes.length > 0, starts === 0, where);
      relaxations.forEach((one, index) => {
        told += 1;
        assert.ok(one.opens > 0 && one.opens <= (relaxations[index - 1]?.opens ?? Infinity), where);
        assert.equal(one.opens, opened(before, applyRelaxation(panel, one)), `${where}: ${one.text}`);
      });
    }
    assert.ok(told > 10);
  }); // prettier-ignore

  test('leaves out no busy time and no day off that is in the way', () => {
    for (const panel of panels(8_000, 8)) {
      const { relaxations } = explain(panel, { limit: 1_000 });
      const before = bruteStarts(panel);
      for (const { id, busy, daysOff } of panel.resources) {
        const expected = new Map<string, number>();
        busy.forEach((_, index) => {
          const rest = busy.filter((_one, at) => at !== index);
          expected.set(`busy ${String(index)}`, opened(before, withResource(panel, id, { busy: rest })));
        });
        daysOff.forEach((_, index) => {
          const rest = daysOff.filter((_one, at) => at !== index);
          expected.set(`day_off ${String(index)}`, opened(before, withResource(panel, id, { daysOff: rest })));
        });
        for (const [key, opens] of expected) {
          const one = relaxations.find(({ kind, index, resourceId }) => resourceId === id && `${kind} ${String(index)}` === key);
          assert.equal(one?.opens ?? 0, opens, `seed ${String(panel.seed)}: ${id} ${key}`);
        }
      }
    }
  }); // prettier-ignore
});

describe('a schedule that stands', () => {
  test('takes exactly the substitutes that keep every rule, at their true score', () => {
    let asked = 0;
    for (const panel of panels(9_000, 60)) {
      const schedule = best(panel);
      for (const placed of schedule?.events ?? [])
        for (const { seatId, resourceIds } of placed.seats)
          for (const resourceId of resourceIds)
            for (const one of replacements(panel, schedule?.events ?? [], { eventId: placed.eventId, seatId, resourceId })) {
              asked += 1;
              const events = (schedule?.events ?? []).map((event) =>
                event !== placed ? event : {
                  ...event,
                  seats: event.seats.map((seat) => seat.seatId !== seatId ? seat : {
                    seatId,
                    resourceIds: seat.resourceIds.map((id) => (id === resourceId ? one.resourceId : id)),
                  }),
                });
              const score = scoreOf(panel, events);
              const faults = checkSchedule(panel, { events, score, compromises: [] });
              const where = `seed ${String(panel.seed)}: ${one.resourceId} for ${resourceId} in ${placed.eventId} ${seatId}`;
              assert.deepEqual(one.score, faults.length === 0 ? score : null, `${where} ${faults.join('; ')}`);
            }
    }
    assert.ok(asked > 30);
  }); // prettier-ignore

  test('lets an event move exactly to where every rule is kept', () => {
    let moved = 0;
    for (const panel of panels(10_000, 12)) {
      const events = best(panel)?.events ?? [];
      for (const { eventId, start } of events) {
        const length = (panel.events.find(({ id }) => id === eventId)?.minutes ?? 0) * 60_000;
        const grain = panel.grain * 60_000;
        const optional = panel.events.flatMap(({ seats }) => seats.filter(({ required }) => !required).map(({ id }) => id));
        const sound = (at: number, all: boolean): boolean => {
          const placed = events
            .map((one) => one.eventId !== eventId ? one : {
              ...one,
              start: at,
              end: at + length,
              // Whoever is optional is never in the way.
              seats: one.seats.map((seat) => all || !optional.includes(seat.seatId) ? seat : { ...seat, resourceIds: [] }),
            })
            .sort((a, b) => a.start - b.start);
          return checkSchedule(panel, { events: placed, score: scoreOf(panel, placed), compromises: [] }).length === 0;
        };
        const inWindow = (at: number): boolean => panel.windows.some((one) => one.start <= at && at < one.end);
        const expected: number[] = [];
        for (let at = Math.ceil(panel.horizon.start / grain) * grain; at < panel.horizon.end; at += grain)
          if (at !== start && inWindow(at) && (sound(at, true) || sound(at, false))) expected.push(at);
        const found = moves(panel, events, eventId, { schedules: 50 });
        const where = `seed ${String(panel.seed)}: ${eventId}`;
        for (const one of found) {
          assert.deepEqual(checkSchedule(panel, one), [], where);
          const stayed = one.events.filter((placed) => placed.eventId !== eventId);
          assert.deepEqual(stayed, events.filter((placed) => placed.eventId !== eventId), where);
        }
        const times = found.map((one) => one.events.find((placed) => placed.eventId === eventId)?.start ?? 0);
        moved += times.length;
        assert.deepEqual(times.toSorted((a, b) => a - b), expected.slice(0, 50), where);
      }
    }
    assert.ok(moved > 10);
  }); // prettier-ignore
});
