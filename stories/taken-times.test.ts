/** When people are taken, as the grid of a day asks it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 2 } });
const { at, person, schedule } = panelOf(world);
await joinLever(world, 'Ana Arlt');
const connectionId = await hubOf(world).connect('lever');
const posting = (await leverOf(world).postings())[0]?.id ?? '';
const ana = await person('Ana Arlt');
const ben = await person('Ben Brecht');

after(() => world.close());

interface Taken {
  items: Array<{
    personId: string;
    known: boolean;
    times: Array<{ start: string; end: string; kind: string }>;
  }>;
}

const path = (people: string, from: string, to: string): string =>
  `/taken-times?people=${people}&from=${from}&to=${to}`;

test('tells the times of interviews, and nothing about them', async () => {
  const candidate = await applyAtLever(world, 'Secret Candidate', { posting });
  await schedule({
    connectionId,
    candidateId: candidate.id,
    events: [{ name: 'Quiet talk', minutes: 60, start: at(0), seats: [seat(ana)] }],
  });
  const { status, body } = await world.api.call<Taken>('GET', path(`${ana},${ben},pe_nobody`, at(-5), at(5))); // prettier-ignore
  assert.equal(status, 200);
  assert.deepEqual(body.items, [
    { personId: ana, known: true, times: [{ start: at(0), end: at(1), kind: 'interview' }] },
    { personId: ben, known: true, times: [] },
  ]);
});

test('refuses a time that ends before it begins, or is longer than a month', async () => {
  for (const [from, to] of [
    [at(5), at(-5)],
    [at(0), at(32 * 24)],
  ] as const) {
    const { status, body } = await world.api.call('GET', path(ana, from, to));
    assert.equal(status, 422);
    assert.equal(body['field'], 'to');
  }
});
