/** Vendors that never answer, or answer with a web page, at each outside step of the path. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Fault } from '#connectors/emulator.ts';
import { startLeverWithCodingame } from './lever-with-codingame.ts';
import { applyAtLever } from './newcomers.ts';
import { until } from './world.ts';

const { world, hub, lever, codingame, connectionId, platformId, testId, posting, stage } =
  await startLeverWithCodingame({ env: { LOOPWRIGHT_RESULT_POLL_SECONDS: '1' } });
await hub.rule({ connectionId, platformId, testId, stageIds: [stage] });

after(() => world.close());

const failOnce = (vendor: 'lever' | 'codingame', match: string, kind: Fault['kind']): void => {
  world.emulator(vendor).faults.push({ kind, match, times: 1 });
};

const struck = (vendor: 'lever' | 'codingame', match: string) =>
  until(
    `the fault of ${match} has struck`,
    () => !world.emulator(vendor).faults.some((fault) => fault.match === match),
  );

const newcomer = (name: string) => applyAtLever(world, name, { posting });

/** One test and one note, however the way there was. */
const arrives = async ({ id, email }: { id: string; email: string }): Promise<void> => {
  await until(
    'test and note are there',
    async () => (await codingame.tests(email)).length > 0 && (await lever.notes(id)).length > 0,
    40_000,
  );
  await hub.effect(id, 'note', 'done');
  assert.equal((await codingame.tests(email)).length, 1);
  assert.equal((await lever.notes(id)).length, 1);
};

/** The request by which the hub reads this candidate's result. */
const resultRead = async (email: string): Promise<string> => {
  const [session] = await codingame.tests(email);
  return `GET /assessment/api/v1.1/tests/${String(session?.id)}`;
};

const take = async (email: string): Promise<void> => {
  const [session] = await codingame.tests(email);
  await codingame.take(session?.test_url ?? '', 66);
};

const resultArrives = (id: string) =>
  until(
    'the result is on the timeline',
    async () => (await lever.notes(id)).some((note) => note.includes('(66 %)')),
    40_000,
  );

test('goes on by itself where a vendor never answers', { concurrency: true }, async (t) => {
  const steps = [
    [
      'reading the candidate',
      async () => {
        const one = await newcomer('Rea Reading');
        const match = `GET /v1/opportunities/${one.id}`;
        failOnce('lever', match, 'hang');
        await lever.move(one.id, stage);
        await struck('lever', match);
        await arrives(one);
      },
    ],
    [
      'writing the note',
      async () => {
        const one = await newcomer('Noa Note');
        const match = `POST /v1/opportunities/${one.id}/notes`;
        failOnce('lever', match, 'hang');
        await lever.move(one.id, stage);
        await struck('lever', match);
        await arrives(one);
      },
    ],
    [
      'reading the result',
      async () => {
        const one = await newcomer('Res Result');
        await lever.move(one.id, stage);
        await arrives(one);
        const match = await resultRead(one.email);
        failOnce('codingame', match, 'hang');
        await take(one.email);
        await struck('codingame', match);
        await resultArrives(one.id);
      },
    ],
    [
      'reading the lists',
      async () => {
        failOnce('codingame', 'GET /assessment/api/v1.1/campaigns', 'hang');
        await world.api.post(`/connections/${platformId}/refresh`);
        await struck('codingame', 'GET /assessment/api/v1.1/campaigns');
        assert.ok((await hub.choices(platformId, 'tests')).length > 0, 'the list is kept');
      },
    ],
  ] as const;
  await Promise.all(steps.map(([name, body]) => t.test(name, body)));
});

test('is made good by the sweep where a web page came instead of the candidate', async () => {
  const one = await newcomer('Wendy Webpage');
  const match = `GET /v1/opportunities/${one.id}`;
  failOnce('lever', match, 'html');
  await lever.move(one.id, stage);
  await struck('lever', match);
  await until('the delivery says so', async () => {
    const { items } = await world.api.get<{ items: Array<{ detail: string | null }> }>(
      `/deliveries?connectionId=${connectionId}`,
    );
    return items.some(({ detail }) => detail?.includes('web page'));
  });
  assert.equal((await codingame.tests(one.email)).length, 0);
  await hub.sweep(connectionId);
  await arrives(one);
});

test('asks a person where a web page came instead of the note, and writes it once', async () => {
  const one = await newcomer('Nina Note');
  failOnce('lever', `POST /v1/opportunities/${one.id}/notes`, 'html');
  await lever.move(one.id, stage);
  const note = await hub.effect(one.id, 'note', 'unknown');
  assert.match(note.error?.text ?? '', /web page/);
  await world.api.post(`/effects/${note.id}/decide`, { decision: 'it_did_not' });
  await arrives(one);
});

test('asks again where a web page came instead of the result', async () => {
  const one = await newcomer('Rita Result');
  await lever.move(one.id, stage);
  await arrives(one);
  const match = await resultRead(one.email);
  failOnce('codingame', match, 'html');
  await take(one.email);
  await struck('codingame', match);
  await resultArrives(one.id);
});

test('keeps its lists and sweeps again where a web page came', async () => {
  const stages = await hub.choices(connectionId, 'stages');
  failOnce('lever', 'GET /v1/stages', 'html');
  await hub.sweep(connectionId);
  await struck('lever', 'GET /v1/stages');
  assert.deepEqual(await hub.choices(connectionId, 'stages'), stages);

  const one = await newcomer('Swen Sweep');
  world.emulator('lever').webhookFaults.drop = true;
  await lever.move(one.id, stage);
  world.emulator('lever').webhookFaults.drop = false;
  await hub.quiet();
  failOnce('lever', 'GET /v1/opportunities?', 'html');
  await world.api.post(`/connections/${connectionId}/sweep`);
  await struck('lever', 'GET /v1/opportunities?');
  await hub.quiet();
  await hub.sweep(connectionId);
  await arrives(one);
});
