import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { limits } from '#core/panel/model.ts';
import { createPanelWorker } from '#jobs/panel-worker.ts';
import { openSignIn } from '#jobs/sign-in.ts';
import { createApp } from './app.ts';
import { eventually, problem, startWorld, type Call, type World } from './testing.ts';

let world: World;
let call: Call;

before(async () => {
  world = await startWorld({ role: 'web' });
  call = await world.as('team_member');
});
after(() => world.close());

const root = '/api/v1/panels';
const hours = { mon: [{ from: '09:00', to: '12:00' }] };
const ana = { id: 'ana', name: 'Ana', zone: 'Europe/Berlin', hours };
const bo = { id: 'bo', name: 'Bo', zone: 'Europe/Berlin', hours };
const coding = {
  id: 'coding',
  name: 'Coding',
  minutes: 60,
  seats: [{ id: 's', of: ['ana', 'bo'] }],
};
const design = { id: 'design', name: 'Design', minutes: 60, seats: [{ id: 's', of: ['ana'] }] };
/** Monday, 7 December 2026, in Berlin. */
const panel = {
  zone: 'Europe/Berlin',
  horizon: { start: '2026-12-07T00:00:00+01:00', end: '2026-12-08T00:00:00+01:00' },
  lattice: 60,
  resources: [ana, bo],
  events: [coding, design],
  objective: { order: ['idle', 'start'] },
};

interface Placed {
  eventId: string;
  start: string;
  end: string;
  seats: Array<{ seatId: string; resourceIds: string[] }>;
}
interface Found {
  events: Placed[];
  score: Record<string, number>;
  compromises: Array<{ text: string }>;
}

const ask = async <T>(path: string, body: object): Promise<T> => {
  const answer = await call('POST', `${root}/${path}`, body);
  assert.equal(answer.status, 200, answer.text);
  return answer.body as unknown as T;
};

const best = async (): Promise<Placed[]> => {
  const { schedules } = await ask<{ schedules: Found[] }>('solve', { panel });
  assert.ok(schedules[0]);
  return schedules[0].events;
};

describe('a panel over HTTP', () => {
  test('is solved, with proof, in UTC', async () => {
    const { schedules, proof, bound } = await ask<{
      schedules: Found[];
      proof: string;
      bound: null;
    }>('solve', { panel, schedules: 2 });
    assert.equal(proof, 'optimal');
    assert.equal(bound, null);
    assert.equal(schedules.length, 2);
    const [first] = schedules;
    assert.deepEqual(first?.events.map(({ start, end }) => [start, end]), [
      ['2026-12-07T08:00:00.000Z', '2026-12-07T09:00:00.000Z'],
      ['2026-12-07T09:00:00.000Z', '2026-12-07T10:00:00.000Z'],
    ]);
    assert.deepEqual(first.events.find(({ eventId }) => eventId === 'coding')?.seats, [
      { seatId: 's', resourceIds: ['bo'] },
    ]);
    assert.equal(first.score['idle'], 0);
  }); // prettier-ignore

  test('tells its compromises in words', async () => {
    const busy = [{ start: '2026-12-07T08:00:00Z', end: '2026-12-07T11:00:00Z', kind: 'soft', title: '1:1' }];
    const objective = { weights: { soft: 10 } };
    const soft = { ...panel, objective, resources: [{ ...ana, busy }, bo] };
    const { schedules } = await ask<{ schedules: Found[] }>('solve', { panel: soft });
    assert.match(schedules[0]?.compromises[0]?.text ?? '', /Ana .*1:1/);
  }); // prettier-ignore

  test('tells when it can start, whole or one event of it', async () => {
    const starts = ['2026-12-07T08:00:00.000Z', '2026-12-07T09:00:00.000Z'];
    assert.deepEqual(await ask('slots', { panel }), { starts, complete: true });
    const all = [...starts, '2026-12-07T10:00:00.000Z'];
    assert.deepEqual(await ask('slots', { panel, eventId: 'design' }), { starts: all, complete: true });
  }); // prettier-ignore

  test('is explained where nothing is possible', async () => {
    const away = [{ start: '2026-12-07T08:00:00Z', end: '2026-12-07T11:00:00Z', title: 'Offsite' }];
    const none = { ...panel, resources: [{ ...ana, busy: away }, bo] };
    const found = await ask<{
      starts: number;
      causes: Array<Array<{ eventId: string }>>;
      relaxations: Array<{ kind: string; resourceId: string; index: number; opens: number }>;
      complete: boolean;
    }>('explain', { panel: none, limit: 1 });
    assert.equal(found.starts, 0);
    assert.equal(found.complete, true);
    assert.equal(found.causes[0]?.[0]?.eventId, 'design');
    assert.equal(found.relaxations.length, 1);
  });

  test('names who could take a seat', async () => {
    const asked = { panel, schedule: await best(), seatId: 's' };
    const other = { ...asked, eventId: 'coding', resourceId: 'bo' };
    const { substitutes } = await ask<{ substitutes: object[] }>('replacements', other);
    assert.deepEqual(substitutes, [
      { resourceId: 'ana', score: null, remarks: ['Ana sits in Design already.'] },
    ]);
  });

  test('finds another time for one event', async () => {
    const allDay = { mon: [{ from: '09:00', to: '17:00' }] };
    const { schedules } = await ask<{ schedules: Found[] }>('moves', {
      panel: { ...panel, resources: [ana, { ...bo, hours: allDay }] },
      schedule: await best(),
      eventId: 'coding',
      schedules: 1,
    });
    assert.equal(schedules.length, 1);
    const moved = schedules[0]?.events.find(({ eventId }) => eventId === 'coding');
    assert.equal(moved?.start, '2026-12-07T10:00:00.000Z');
  });

  test('answers the same once more under an Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'panel-1' };
    const [first, again] = [
      await call('POST', `${root}/solve`, { panel }, headers),
      await call('POST', `${root}/solve`, { panel }, headers),
    ];
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.equal(again.text, first.text);
  });
});

test('the example of the documentation is true', async () => {
  const file = path.join(import.meta.dirname, '../../docs/panel-engine.md');
  const blocks = (await readFile(file, 'utf8')).matchAll(/^```json\n(.*?)^```$/gms);
  const [asked, solved, explained] = [...blocks].map(
    ([, text = '']) => JSON.parse(text) as unknown,
  );
  const example = asked as { panel: { windows: Array<{ start: string }> } };
  assert.deepEqual(await ask('solve', example), solved);
  const windows = [{ ...example.panel.windows[0], end: '2026-12-07T11:30:00+01:00' }];
  const short = { panel: { ...example.panel, windows }, limit: 2 };
  assert.deepEqual(await ask('explain', short), explained);
});

const withEvent = (change: object) => ({ ...panel, events: [{ ...coding, ...change }, design] });
const withAna = (change: object) => ({ ...panel, resources: [{ ...ana, ...change }, bo] });
const withSeat = (change: object) => withEvent({ seats: [{ ...coding.seats[0], ...change }] });
const placed = {
  eventId: 'coding',
  start: '2026-12-07T08:00:00Z',
  end: '2026-12-07T09:00:00Z',
  seats: [{ seatId: 's', resourceIds: ['bo'] }],
};
const second = { ...placed, eventId: 'design', start: '2026-12-07T09:00:00Z', end: '2026-12-07T10:00:00Z' }; // prettier-ignore
const standing = { panel, schedule: [placed, second], eventId: 'coding' };

describe('what is not right is refused with its field', () => {
  const cases: Array<[what: string, path: string, body: object, code: string, field: string]> = [
    ['no panel', 'solve', {}, 'input_invalid', 'panel'],
    ['an unknown field', 'solve', { panel: { ...panel, colour: 1 } }, 'input_unknown_field', 'panel.colour'],
    ['a local time', 'solve', { panel: { ...panel, windows: [{ start: '2026-12-07T09:00', end: '2026-12-07T10:00:00Z' }] } }, 'input_invalid', 'panel.windows.0.start'],
    ['a time of the candidate that ends first', 'solve', { connectionId: 'cn_1', candidateId: 'ada', from: placed.start, to: second.end, windows: [{ start: second.end, end: placed.start }] }, 'input_invalid', 'windows.0'],
    ['a kind of busy that is none', 'slots', { panel: withAna({ busy: [{ ...placed, kind: 'maybe' }] }) }, 'input_invalid', 'panel.resources.0.busy.0.kind'],
    ['a term that is none', 'solve', { panel: { ...panel, objective: { order: ['luck'] } } }, 'input_invalid', 'panel.objective'],
    ['too many schedules', 'solve', { panel, schedules: limits.schedules + 1 }, 'input_invalid', 'schedules'],
    ['too much time', 'solve', { panel, timeLimitMs: 10_001 }, 'input_invalid', 'timeLimitMs'],
    ['no time', 'explain', { panel, timeLimitMs: 0 }, 'input_invalid', 'timeLimitMs'],
    ['too many ways out', 'explain', { panel, limit: 101 }, 'input_invalid', 'limit'],
    ['a horizon that ends first', 'solve', { panel: { ...panel, horizon: { start: panel.horizon.end, end: panel.horizon.start } } }, 'panel_invalid', 'panel.horizon.end'],
    ['a long horizon', 'solve', { panel: { ...panel, horizon: { ...panel.horizon, end: '2027-12-08T00:00:00Z' } } }, 'panel_too_large', 'panel.horizon'],
    ['a grain of 7', 'slots', { panel: { ...panel, grain: 7 } }, 'panel_invalid', 'panel.grain'],
    ['a lattice of 7', 'explain', { panel: { ...panel, lattice: 7 } }, 'panel_invalid', 'panel.lattice'],
    ['a zone that is none', 'solve', { panel: { ...panel, zone: 'Europe/Nowhere' } }, 'panel_invalid', 'panel.zone'],
    ['a person’s zone that is none', 'solve', { panel: withAna({ zone: 'Mars' }) }, 'panel_invalid', 'panel.resources.0.zone'],
    ['hours that end first', 'solve', { panel: withAna({ hours: { tue: [{ from: '17:00', to: '09:00' }] } }) }, 'panel_invalid', 'panel.resources.0.hours.tue.0'],
    ['no event', 'solve', { panel: { ...panel, events: [] } }, 'panel_invalid', 'panel.events'],
    ['too many events', 'solve', { panel: { ...panel, events: Array.from({ length: limits.events + 1 }, (_, index) => ({ ...design, id: `e${String(index)}` })) } }, 'panel_too_large', 'panel.events'],
    ['too many people', 'solve', { panel: { ...panel, resources: Array.from({ length: limits.resources + 1 }, (_, index) => ({ id: `p${String(index)}`, name: 'P', zone: 'UTC' })) } }, 'panel_too_large', 'panel.resources'],
    ['too many positions', 'solve', { panel: withSeat({ count: limits.positions }) }, 'panel_too_large', 'panel.events'],
    ['a stranger in a seat', 'solve', { panel: withSeat({ of: ['cy'] }) }, 'panel_invalid', 'panel.events.0.seats.0.of'],
    ['events that wait for each other', 'solve', { panel: { ...panel, events: [{ ...coding, after: ['design'] }, { ...design, after: ['coding'] }] } }, 'panel_invalid', 'panel.events'],
    ['an event that is none', 'slots', { panel, eventId: 'lunch' }, 'panel_invalid', 'eventId'],
    ['no schedule', 'moves', { panel, eventId: 'coding' }, 'input_invalid', 'schedule'],
    ['an event that is not in the schedule', 'moves', { ...standing, eventId: 'lunch' }, 'panel_invalid', 'eventId'],
    ['half a schedule', 'moves', { ...standing, schedule: [placed] }, 'panel_invalid', 'schedule'],
    ['a schedule of another panel', 'moves', { ...standing, schedule: [placed, { ...placed, eventId: 'x' }] }, 'panel_invalid', 'schedule'],
    ['somebody who does not sit there', 'replacements', { ...standing, seatId: 's', resourceId: 'ana' }, 'panel_invalid', 'resourceId'],
  ]; // prettier-ignore

  for (const [what, path, body, code, field] of cases)
    test(`${path}: ${what}`, async () => {
      problem(await call('POST', `${root}/${path}`, body), 422, code, field);
    });

  test('a body beyond the limit', async () => {
    const name = 'x'.repeat(1024 * 1024);
    problem(await call('POST', `${root}/solve`, { panel: withAna({ name }) }), 413, 'body_too_large');
  }); // prettier-ignore
});

describe('heavy work', () => {
  const people = Array.from({ length: 60 }, (_, index) => ({
    ...ana,
    id: `p${String(index)}`,
    hours: null,
    busy: Array.from({ length: 50 }, (_each, turn) => {
      const start = Date.parse('2026-12-07T00:00:00Z') + (turn * 6 + ((index * 7 + turn * 5) % 6)) * 3_600_000;
      return { start: new Date(start).toISOString(), end: new Date(start + 3_600_000).toISOString() };
    }),
  })); // prettier-ignore
  const heavy = {
    ...panel,
    horizon: { ...panel.horizon, end: '2026-12-21T00:00:00Z' },
    maxDays: 5,
    lattice: 15,
    resources: people,
    events: Array.from({ length: 7 }, (_, index) => ({
      ...design,
      id: `e${String(index)}`,
      seats: [{ id: 's', count: 2, of: people.map(({ id }) => id) }],
    })),
  };

  test('is answered with what there is when its time is up', async () => {
    const { complete } = await ask<{ complete: boolean }>('explain', {
      panel: heavy,
      timeLimitMs: 50,
    });
    assert.equal(complete, false);
  });

  test('holds up no other request, and is given up when its client hangs up', async () => {
    const counted = async (): Promise<boolean> => {
      const { text } = await world.stranger('GET', '/metrics');
      return text.includes(`route="${root}/explain",status="503"`);
    };
    const hangUp = new AbortController();
    let over = false;
    const key = await world.keyOf('team_member');
    const request = fetch(`${world.url}${root}/explain`, {
      method: 'POST',
      headers: { ...key, 'content-type': 'application/json' },
      body: JSON.stringify({ panel: heavy, timeLimitMs: 10_000 }),
      signal: hangUp.signal,
    })
      .catch(() => null)
      .finally(() => (over = true));
    await ask('solve', { panel });
    assert.equal((await call('GET', '/api/v1/me')).status, 200);
    assert.equal(over, false);
    assert.equal(await counted(), false);
    hangUp.abort();
    await request;
    await eventually(counted);
  });

  test('that cannot be taken is told when to come again', async () => {
    const { hub, metrics } = world.running;
    const panels = createPanelWorker({ log: hub.log });
    await panels.close();
    const app = createApp({
      hub: { ...hub, panels },
      replies: { by: 'off', mailbox: null },
      oauth: { hub, clients: new Map() },
      ...openSignIn(hub, null),
      inbox: { receive: () => Promise.resolve('new'), idle: () => Promise.resolve() },
      metrics: new (metrics.constructor as new () => typeof metrics)(),
      version: '0',
      trustedProxies: [],
      dataDir: '.',
      sandbox: null,
      sandboxUrl: undefined,
      changes: {
        listen: () => () => undefined,
        position: () => null,
        since: () => null,
        close: () => Promise.resolve(),
      },
      webFolder: '',
      draining: () => false,
    });
    const headers = {
      ...(await world.keyOf('team_member')),
      'content-type': 'application/json',
      'idempotency-key': 'panel-2',
    };
    const body = JSON.stringify({ panel });
    const refused = await app.request(`${root}/solve`, { method: 'POST', headers, body }, {});
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '5');
    assert.equal(((await refused.json()) as { code: string }).code, 'panel_busy');
    assert.equal((await call('POST', `${root}/solve`, { panel }, headers)).status, 200);
  });
});
