/** One web and two workers as processes of their own, on one database and with Lever’s own limit. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { runCommand, type Command } from './hub-process.ts';
import { quiet, startScreening, type Applicant, type Screening } from './screening.ts';
import { apiOf, startWorld, until, type World } from './world.ts';

let world: World;
let folder = '';
let env: Record<string, string> = {};
let web: Command;
let workers: Command[] = [];
let screening: Screening;

before(async () => {
  const secretKey = randomBytes(32).toString('hex');
  world = await startWorld({ env: { LOOPWRIGHT_SECRET_KEY: secretKey } });
  folder = await mkdtemp(path.join(tmpdir(), 'loopwright-processes-'));
  env = {
    // Fixed and free in a moment: all must agree on the public address, which is made of it.
    PORT: new URL(world.url).port,
    LOOPWRIGHT_DATA: folder,
    LOOPWRIGHT_SECRET_KEY: secretKey,
    DATABASE_URL: world.database.url,
    LOOPWRIGHT_ALLOW_HOSTS: new URL(world.sandbox.url).host,
    LOG_LEVEL: 'warn',
  };
  const { key } = await insertKey();
  // The hub in this process has only lent the world its hands.
  await world.hub.close();
  web = runCommand(['serve', '--role', 'web'], env, folder);
  workers = [1, 2].map(() => runCommand(['serve', '--role', 'worker'], env, folder));
  world.url = await web.address();
  await Promise.all(workers.map((worker) => worker.ready()));
  world.api = apiOf(world.url, key);
  screening = await startScreening(world);
  await world.api.call('PATCH', `/connections/${screening.connectionId}`, { requestsPerSecond: 0 });
  await quiet(world);
});

after(async () => {
  for (const one of [web, ...workers]) one.signal('SIGTERM');
  await Promise.all([web, ...workers].map((one) => one.ended));
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const insertKey = async (): Promise<{ key: string }> =>
  world.api.post('/api-keys', { name: 'The story', role: 'super_admin' });

const applyAll = async (count: number): Promise<Applicant[]> => {
  const applicants: Applicant[] = [];
  for (let one = 0; one < count; one += 1) applicants.push(await screening.apply());
  return applicants;
};

test('handle 100 stage changes exactly once', async () => {
  const applicants = await applyAll(100);
  await Promise.all(applicants.map((applicant) => screening.enter(applicant)));
  await until(
    'every effect is done',
    async () => {
      const { items } = await world.api.get<{ items: unknown[] }>('/effects?state=done&limit=100');
      const rest = await Promise.all(
        ['owed', 'started', 'waiting'].map((state) =>
          world.api.get<{ items: unknown[] }>(`/effects?state=${state}`),
        ),
      );
      return items.length === 100 && rest.every((list) => list.items.length === 0);
    },
    90_000,
  );
  for (const applicant of applicants) await screening.arrives(applicant);
});

test('hand back what is under way when one is stopped, within ten seconds', async () => {
  const stopped = workers.splice(0, 2);
  const { faults } = world.emulator('codingame');
  const match = 'POST /assessment/api/v1.1/campaigns/';
  faults.push({ kind: 'hang', match, times: 1 });
  const applicant = await screening.enter();
  await until('the call hangs', () => faults.length === 0);
  const begun = performance.now();
  for (const worker of stopped) worker.signal('SIGTERM');
  await Promise.all(stopped.map((worker) => worker.ended));
  assert.ok(performance.now() - begun < 11_000, 'it took too long');

  workers.push(runCommand(['serve', '--role', 'worker'], env, folder));
  await workers[0]?.ready();
  await screening.arrives(applicant, 30_000);
});
