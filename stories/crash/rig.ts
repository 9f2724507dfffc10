/**
 * One crash case's world: the vendors in this process, a database of its own, and the hub as a
 * process that is killed and started again on the same port and the same data.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { readConfig } from '#config.ts';
import type { Emulator, RecordedRequest } from '#connectors/emulator.ts';
import { startHub, type Running } from '#main.ts';
import { startSandbox, type Sandbox } from '#sandbox/sandbox.ts';
import { insertApiKey } from '#store/api-keys.ts';
import { setSweepDue } from '#store/connections.ts';
import { isDatabaseAway, openDatabase, type Database } from '#store/database.ts';
import { queueSizes } from '#store/queue.ts';
import { createTestDatabase } from '#store/testing.ts';
import { apiOf, oauthApp, until, type Api } from '../world.ts';
import { startProcess, type HubProcess } from './process.ts';
import { within } from './within.ts';

export interface Rig {
  sandbox: Sandbox;
  db: Database;
  databaseUrl: string;
  folder: string;
  url: string;
  api: Api;
  emulator(id: string): Emulator;
  form(path: string, fields?: Record<string, string>): Promise<string>;
  /** Connects an emulated vendor through the hub's API. */
  connect(id: string): Promise<string>;
  /** Makes the connections' next sweep due. */
  sweepNow(): Promise<void>;
  /** A hub inside this process, to prepare things with; closed when `work` is done. */
  prepare<T>(work: (hub: Running) => Promise<T>): Promise<T>;
  /** Starts the hub; it dies (or stops) at the failpoint, or at the one that `arm` sets. */
  start(failpoint?: string, role?: 'all' | 'web' | 'worker'): HubProcess;
  /** Lets hubs that were started without a failpoint die at this one; empty: at none. */
  arm(failpoint: string): Promise<void>;
  /**
   * So many milliseconds, or more where the machine is so busy that the hub's start took longer than
   * it should: waiting for a starved machine proves nothing about the hub.
   */
  patience(milliseconds: number): number;
  /** Requests of the vendor's log that were carried out, by `METHOD /path`. */
  carriedOut(id: string, line: RegExp): RecordedRequest[];
  close(): Promise<void>;
}

/** Below the ports that outgoing connections take: one must be free again after each kill. */
const firstPort = 20_000;
const ports = 10_000;
let nextPort = randomBytes(2).readUInt16BE() % ports;

const freePort = async (): Promise<number> => {
  for (;;) {
    nextPort = (nextPort + 1) % ports;
    const probe = createServer().listen(firstPort + nextPort, '127.0.0.1');
    const free = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return firstPort + nextPort;
  }
};

/** Milliseconds that a start takes at most, beside one other test file. */
const usualStart = 2_000;

export const createRig = async (vendors: readonly string[], candidates = 12): Promise<Rig> => {
  const database = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'loopwright-crash-'));
  const armed = path.join(folder, 'failpoint');
  await writeFile(armed, '');
  const sandbox = await startSandbox({
    port: 0,
    only: vendors,
    candidates,
    seed: 1,
    rate: 0,
    allowHttpLoopback: true,
    log: () => undefined,
  });
  const handle = openDatabase(database.url, { max: 2, onError: () => undefined });
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const env = {
    PORT: String(port),
    LOOPWRIGHT_PUBLIC_URL: url,
    LOOPWRIGHT_DATA: folder,
    LOOPWRIGHT_SECRET_KEY: randomBytes(32).toString('hex'),
    DATABASE_URL: database.url,
    LOOPWRIGHT_ALLOW_HOSTS: sandbox.places.join(','),
    LOG_LEVEL: 'warn',
    ...oauthApp(sandbox),
  };
  const { key } = await insertApiKey(handle.db, {
    name: 'driver',
    role: 'super_admin',
    email: null,
  });
  const children: HubProcess[] = [];
  let slowest = 0;
  const rig: Rig = {
    sandbox,
    db: handle.db,
    databaseUrl: database.url,
    folder,
    url,
    api: apiOf(url, key),
    emulator(id) {
      const emulator = sandbox.emulators.get(id);
      assert.ok(emulator, `no emulator named ${id}`);
      return emulator;
    },
    async form(at, fields = {}) {
      const response = await fetch(sandbox.url + at, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      });
      const text = await response.text();
      assert.ok(response.status < 400, `POST ${at}: ${String(response.status)} ${text}`);
      return text;
    },
    async connect(id) {
      const { clientId: _id, clientSecret: _secret, ...settings } = rig.emulator(id).credentials();
      const made = await rig.api.post<{ id: string }>('/connections', {
        connector: id,
        name: `The ${id} account`,
        settings,
        requestsPerSecond: 0,
      });
      return made.id;
    },
    async sweepNow() {
      const rows = await handle.db.selectFrom('connection').select('id').execute();
      for (const { id } of rows) await setSweepDue(handle.db, id, Date.now() - 1_000);
    },
    async prepare(work) {
      const hub = await startHub(readConfig({ ...env, LOG_LEVEL: 'silent' }));
      try {
        const done = await work(hub);
        await until('the first sweeps are done', () => isQuiet(handle.db), 60_000);
        return done;
      } finally {
        await hub.close();
      }
    },
    start(failpoint, role) {
      const child = startProcess(
        ['serve', ...(role === undefined ? [] : ['--role', role])],
        { ...env, LOOPWRIGHT_FAILPOINT: failpoint ?? `@${armed}` },
        folder,
      );
      children.push(child);
      child.ready.then(
        (took) => (slowest = Math.max(slowest, took)),
        () => undefined,
      );
      return child;
    },
    arm: (failpoint) => writeFile(armed, failpoint),
    patience: (milliseconds) => Math.round(milliseconds * Math.max(1, slowest / usualStart)),
    carriedOut: (id, line) =>
      rig
        .emulator(id)
        .requests.filter(
          (one) => one.status >= 200 && one.status < 300 && line.test(`${one.method} ${one.path}`),
        ),
    async close() {
      await Promise.all(children.map((child) => child.end()));
      await handle.close();
      await sandbox.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return rig;
};

/** Waits until the hub has died at its failpoint. */
export const dies = (hub: HubProcess, failpoint: string): Promise<void> =>
  within(60_000, `the hub dies at ${failpoint}`, hub.killed);

const settledStates = ['done', 'skipped'];

/** Nothing is queued or running, no delivery is open, no sweep has never been made. */
export const isQuiet = async (db: Database): Promise<boolean> => {
  try {
    return await looksQuiet(db);
  } catch (thrown) {
    // A busy machine keeps a new connection waiting too long; the next look has another one.
    if (isDatabaseAway(thrown)) return false;
    throw thrown;
  }
};

const looksQuiet = async (db: Database): Promise<boolean> => {
  const { rows } = await sql<{ open: number }>`
    select (select count(*) from delivery where state = 'queued')
      + (select count(*) from effect where state not in (${sql.join(settledStates)}))
      + (select count(*) from connection where state = 'active' and swept_at is null) as open`.execute(
    db,
  );
  if (Number(rows[0]?.open) > 0) return false;
  const sizes = await queueSizes(db);
  return sizes.every(
    ({ queue, waiting, running }) =>
      queue === 'later' || queue === 'tick' || waiting + running === 0,
  );
};

/** What keeps the hub from being quiet, for the message of a failed case. */
const unsettled = async (db: Database): Promise<string> => {
  const effects = await db
    .selectFrom('effect')
    .select(['kind', 'state', 'attempts', 'error_text', 'next_try_at'])
    .execute();
  const deliveries = await db.selectFrom('delivery').select(['event', 'state']).execute();
  return JSON.stringify({ effects, deliveries, queues: await queueSizes(db) });
};

/**
 * Waits until the hub has done all it knows of and `probe` holds too: so long after a restart at
 * most, measured from the moment when the hub is ready.
 */
export const settles = async (
  rig: Rig,
  what: string,
  probe: () => Promise<boolean> | boolean,
  milliseconds = 10_000,
): Promise<void> => {
  try {
    await until(
      what,
      async () => (await probe()) && (await isQuiet(rig.db)),
      rig.patience(milliseconds),
    );
  } catch (thrown) {
    throw new Error(`${String(thrown)} ${await unsettled(rig.db)}`, { cause: thrown });
  }
};
