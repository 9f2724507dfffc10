import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { LoopwrightError, messageOf } from '#core/errors.ts';
import type { Binaries } from './embedded-binaries.ts';
import { bareEnvironment, superuser, type Memory } from './embedded-cluster.ts';
import { commandLine, runApart } from './embedded-process.ts';
import type { SystemUser } from './embedded-user.ts';

const pauseMs = 100;
const patience = 600;
const maxLogBytes = 10_000_000;

/** The database that is there whatever became of the others. */
const everyClusters = 'template1';

export const urlOf = ({ password }: Memory, port: number, database: string): string =>
  `postgres://${superuser}:${password}@127.0.0.1:${String(port)}/${database}`;

/** Whether our cluster's server answers on the port: yes, not yet, or somebody else does. */
export const probe = async (memory: Memory, port: number): Promise<'yes' | 'not yet' | 'other'> => {
  const client = new pg.Client({
    connectionString: urlOf(memory, port, everyClusters),
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    );
    return rows[0]?.folder === memory.cluster ? 'yes' : 'other';
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    return code === '28P01' ? 'other' : 'not yet';
  } finally {
    await client.end().catch(() => undefined);
  }
};

const pidFileLines = async (cluster: string): Promise<string[] | undefined> => {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  return text?.split('\n');
};

const serves = async (pid: number, cluster: string): Promise<boolean> => {
  const command = await commandLine(pid);
  return command !== undefined && command.includes('postgres') && command.includes(cluster);
};

/**
 * The port of a server that a killed hub left behind, or undefined when none runs.
 * A pid file that names a stranger's process is disarmed, or PostgreSQL would refuse to start.
 */
export const adopt = async (
  memory: Memory,
  log: (line: string) => void,
): Promise<number | undefined> => {
  for (let tries = 0; tries < patience; tries += 1) {
    const lines = await pidFileLines(memory.cluster);
    if (lines === undefined) return undefined;
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    if (!(await serves(pid, memory.cluster))) {
      if ((await commandLine(pid)) !== undefined) await disarm(memory.cluster, lines);
      return undefined;
    }
    const answer = await probe(memory, port);
    if (answer === 'yes') {
      log(`Adopted the PostgreSQL server that was left running (process ${String(pid)}).`);
      return port;
    }
    if (answer === 'other') {
      throw new LoopwrightError(
        'database_password_wrong',
        503,
        `database: the server left running in ${memory.cluster} refuses the stored password. ` +
          'Restore postgres.json in the data folder from the backup.',
      );
    }
    await delay(pauseMs);
  }
  throw new LoopwrightError(
    'database_not_answering',
    503,
    `database: the server left running in ${memory.cluster} does not answer. ` +
      'Stop its process (the first line of postmaster.pid), then start the hub again.',
  );
};

/**
 * Puts an id that no process can have in the stranger's place. The file itself stays, because
 * its last lines let PostgreSQL see orphaned backends that still write to the cluster.
 */
const disarm = (cluster: string, lines: string[]): Promise<void> =>
  writeFile(join(cluster, 'postmaster.pid'), ['2147483647', ...lines.slice(1)].join('\n'));

const freePort = (wanted: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      server.close(() => {
        resolve(port);
      });
    });
  });

/**
 * Resolves when the server itself writes that it is ready, which `pg_ctl` notices ten times a
 * second; or, with nothing said, when `signal` ends the waiting.
 */
const isReady = async (cluster: string, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const lines = await pidFileLines(cluster);
    if (lines?.[7]?.trim() === 'ready' && (await serves(Number(lines[0]), cluster))) return;
    await delay(10);
  }
};

/** `pg_ctl` hands these to a shell: no blanks or quotes in the values. */
const settings = (port: number, durable: boolean): string =>
  [
    `port=${String(port)}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'password_encryption=scram-sha-256',
    // Details and statements of failures could hold candidates' data.
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    'log_checkpoints=off',
    // A throw-away server is a test run's, with several hubs at once.
    ...(durable
      ? []
      : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=400']),
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ');

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

/** Starts the server, on its remembered port if that is free, and returns its port. */
export const launch = async (
  memory: Memory,
  binaries: Binaries,
  user: SystemUser | undefined,
  { durable, onWait }: { durable: boolean; onWait: () => void },
): Promise<number> => {
  const logFile = join(memory.cluster, 'server.log');
  if ((await sizeOf(logFile)) > maxLogBytes) await rename(logFile, `${logFile}.1`);
  for (let tries = 1; ; tries += 1) {
    const port = (memory.port && (await freePort(memory.port))) || (await freePort(0));
    if (port === undefined) {
      throw new LoopwrightError(
        'database_port_missing',
        503,
        'database: no port is free on 127.0.0.1. Free some, or set DATABASE_URL.',
      );
    }
    const written = await sizeOf(logFile);
    try {
      // pg_ctl parts the server from our session, so Ctrl-C reaches only the hub, which then
      // stops the server after its own work is done.
      const started = runApart(
        binaries.pgCtl,
        [
          'start',
          '--wait',
          '--silent',
          `--timeout=${String((patience * pauseMs) / 1000)}`,
          `--pgdata=${memory.cluster}`,
          `--log=${logFile}`,
          `--options=${settings(port, durable)}`,
        ],
        { ...user, cwd: dirname(memory.cluster), env: bareEnvironment },
        onWait,
      );
      const whenReady = new AbortController();
      await Promise.race([started, isReady(memory.cluster, whenReady.signal)]).finally(() => {
        whenReady.abort();
      });
      return port;
    } catch (thrown) {
      const words = (await readFile(logFile, 'utf8').catch(() => '')).slice(written).trim();
      // Another program took the port in between, or orphaned backends are still going.
      const passing = /Address already in use|shared memory block/.test(words);
      if (!passing || tries === 20) {
        throw new LoopwrightError(
          'database_not_started',
          503,
          `database: PostgreSQL did not start. Read ${logFile}, which ends: ` +
            (words.split('\n').slice(-3).join(' ') || messageOf(thrown)),
        );
      }
      await delay(pauseMs * tries);
    }
  }
};

/** Ends the server's sessions, writes everything to disk and waits until it is gone. */
export const shutDown = async (
  { cluster }: Memory,
  binaries: Binaries,
  user: SystemUser | undefined,
): Promise<void> => {
  const stop = (mode: 'fast' | 'immediate'): Promise<void> =>
    runApart(
      binaries.pgCtl,
      ['stop', '--wait', '--silent', '--timeout=60', `--mode=${mode}`, `--pgdata=${cluster}`],
      { ...user, cwd: dirname(cluster), env: bareEnvironment },
    );
  const runs = async (): Promise<boolean> => {
    const lines = await pidFileLines(cluster);
    return lines !== undefined && serves(Number(lines[0]), cluster);
  };
  // Where the server has died already, pg_ctl would signal whoever bears its id now.
  if (!(await runs())) return;
  try {
    await stop('fast');
  } catch {
    if (!(await runs())) return;
    await stop('immediate').catch((thrown: unknown) => {
      throw new LoopwrightError(
        'database_not_stopped',
        503,
        `database: PostgreSQL in ${cluster} did not stop. Stop its process by hand: ` +
          messageOf(thrown),
      );
    });
  }
};

/**
 * Gives a new cluster's database the hub's name. Another one beside it would be a copy of the
 * template, flushed to disk, which takes longer than all else that follows.
 */
export const ensureDatabase = async (
  memory: Memory,
  port: number,
  database: string,
): Promise<void> => {
  const client = new pg.Client({ connectionString: urlOf(memory, port, everyClusters) });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      database,
    ]);
    if (rowCount === 0) {
      await client.query(`alter database postgres rename to ${client.escapeIdentifier(database)}`);
    }
  } finally {
    await client.end();
  }
};
