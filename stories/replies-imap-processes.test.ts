/** Several processes look into one mailbox: one at a time, and whoever dies over it loses nothing. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { startAnswering } from './answering.ts';
import { runCommand, type Command } from './hub-process.ts';
import { startImapServer } from './imap-server.ts';
import { startWorld, until } from './world.ts';

const server = await startImapServer();
const secretKey = randomBytes(32).toString('hex');
const world = await startWorld({
  sandbox: { only: ['lever'], candidates: 2 },
  env: { LOOPWRIGHT_SECRET_KEY: secretKey, LOOPWRIGHT_REPLIES: 'api' },
});
const folder = await mkdtemp(path.join(tmpdir(), 'loopwright-replies-'));
const started: Command[] = [];
after(async () => {
  for (const one of started) one.signal('SIGKILL');
  await Promise.all(started.map((one) => one.ended));
  await world.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});
const { db } = world.hub.hub;
const { mail, answered, interviewId } = await startAnswering(world);

const startWorker = async (failpoint = ''): Promise<Command> => {
  const worker = runCommand(
    ['serve', '--role', 'worker'],
    {
      LOOPWRIGHT_DATA: folder,
      LOOPWRIGHT_SECRET_KEY: secretKey,
      DATABASE_URL: world.database.url,
      LOOPWRIGHT_ALLOW_HOSTS: world.sandbox.places.join(','),
      LOOPWRIGHT_REPLIES: 'imap',
      LOOPWRIGHT_IMAP_URL: `imap://interviews@127.0.0.1:${String(server.port)}`,
      LOOPWRIGHT_IMAP_PASSWORD: 'right',
      LOOPWRIGHT_IMAP_SECONDS: '1',
      LOG_LEVEL: 'warn',
      ...(failpoint === '' ? {} : { LOOPWRIGHT_FAILPOINT: failpoint }),
    },
    folder,
  );
  started.push(worker);
  await worker.ready();
  return worker;
};
const stop = async (worker: Command): Promise<void> => {
  worker.signal('SIGTERM');
  await worker.ended;
};

const stored = async () => {
  const rows = await db.selectFrom('rsvp').select(['status', 'received_at']).execute();
  assert.equal(rows.length, 1, 'one answer of one person');
  return rows[0];
};
const readTo = async (): Promise<number> => {
  const row = await db.selectFrom('reply_mailbox').select('read_to').executeTakeFirst();
  return row?.read_to ?? 0;
};
const stateNow = async (): Promise<string> =>
  (await world.api.get<{ state: string }>(`/interviews/${interviewId}`)).state;

test('killed between an answer and what follows from it, the next one draws the consequence', async () => {
  const accepted = server.put(mail('ACCEPTED'));
  assert.equal(await (await startWorker('C9:reply')).ended, 'SIGKILL');
  const before = await stored();
  assert.deepEqual([before?.status, await stateNow(), await readTo()], ['accepted', 'hold', 0]);
  const next = await startWorker();
  await until('the hold is confirmed', async () => (await stateNow()) === 'confirmed');
  await until('it is noted', async () => (await readTo()) === accepted.uid);
  await stop(next);
  assert.deepEqual(await stored(), before);
  assert.equal(accepted.reads, 2);
});

test('killed between storing an answer and noting that, the next one stores nothing twice', async () => {
  const declined = server.put(mail('DECLINED', { stamp: '20300102T100000Z' }));
  assert.equal(await (await startWorker('C7:reply')).ended, 'SIGKILL');
  const before = await stored();
  assert.equal(before?.status, 'declined');
  assert.ok((await readTo()) < declined.uid);
  const next = await startWorker();
  await until('it is noted', async () => (await readTo()) === declined.uid);
  await stop(next);
  assert.deepEqual(await stored(), before);
});

/** When processes asked for their turn, as far as the database still knows. */
const asked = async (): Promise<string[]> => {
  const { rows } = await sql<{ at: string }>`
    select pid::text || ' ' || query_start::text as at from pg_stat_activity
    where datname = current_database() and query like '%pg_try_advisory_lock%'
      and pid <> pg_backend_pid()`.execute(db);
  return rows.map(({ at }) => at);
};

test('two look one at a time; when the one that looks is killed, the other reads on', async () => {
  const held = server.put(mail('TENTATIVE', { stamp: '20300103T100000Z' }));
  let isHeld = false;
  server.misconduct = (command) => {
    if (!command.startsWith(`UID FETCH ${String(held.uid)} `)) return undefined;
    isHeld = true;
    return 'hang';
  };
  const first = await startWorker();
  await until('the first one looks', () => isHeld);
  server.mostOpen = server.open;
  const second = await startWorker();
  const turns = new Set<string>();
  await until('the second one has asked for its turn three times', async () => {
    for (const at of await asked()) turns.add(at);
    return turns.size > 3;
  });
  assert.equal(server.mostOpen, 1);
  server.misconduct = () => undefined;
  first.signal('SIGKILL');
  await first.ended;
  await until('it is shown', async () => (await answered()) === 'tentative');
  const third = await startWorker();
  const many = Array.from({ length: 20 }, (_, second) =>
    server.put(mail('ACCEPTED', { stamp: `20300104T1000${String(second + 10)}Z` })),
  );
  await until('all are read', async () => (await readTo()) === many.at(-1)?.uid);
  await Promise.all([stop(second), stop(third)]);
  assert.deepEqual(
    [held, ...many].filter(({ reads }) => reads !== 1),
    [],
  );
  assert.equal(await answered(), 'accepted');
});
