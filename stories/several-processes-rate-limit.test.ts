/** Lever allows ten requests a second with bursts of twenty: the hub’s processes share that. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readConfig } from '#config.ts';
import { startHub, type Running } from '#main.ts';
import { startScreening } from './screening.ts';
import { leverAdminOf } from './vendor-admin.ts';
import { startWorld, until, type World } from './world.ts';

const env = { LOOPWRIGHT_SECRET_KEY: randomBytes(32).toString('hex') };

let world: World;
let second: Running;
let folder = '';

before(async () => {
  world = await startWorld({ env, sandbox: { rate: 'vendor' } });
  folder = await mkdtemp(path.join(tmpdir(), 'loopwright-second-'));
  second = await startHub(
    readConfig({
      LOOPWRIGHT_ROLE: 'worker',
      LOOPWRIGHT_PUBLIC_URL: world.url,
      LOOPWRIGHT_DATA: folder,
      DATABASE_URL: world.database.url,
      LOOPWRIGHT_ALLOW_HOSTS: new URL(world.sandbox.url).host,
      LOG_LEVEL: 'silent',
      ...env,
    }),
  );
});

after(async () => {
  await second.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

test('no burst of two processes is ever answered 429, from the draft on', async () => {
  const {
    clientId: _id,
    clientSecret: _secret,
    ...settings
  } = world.emulator('lever').credentials();
  // The story reads Lever with the account's first key, which has a bucket of its own.
  const apiKey = await leverAdminOf(world).makeKey();
  const draft = { connector: 'lever', settings: { ...settings, apiKey } };
  await world.api.post('/connections/test', draft);
  const screening = await startScreening(world, { lever: { apiKey } });
  const burst = [];
  for (let one = 0; one < 8; one += 1) burst.push(await screening.apply());
  for (const applicant of burst) await screening.enter(applicant);
  await until(
    'every note is written',
    async () => {
      const { items } = await world.api.get<{ items: Array<{ kind: string }> }>(
        '/effects?state=done&limit=100',
      );
      return items.filter(({ kind }) => kind === 'note').length === burst.length;
    },
    60_000,
  );
  const { requests } = world.emulator('lever');
  assert.ok(requests.length > 40, 'it was a burst');
  assert.deepEqual(
    requests.filter(({ status }) => status === 429),
    [],
  );
});
