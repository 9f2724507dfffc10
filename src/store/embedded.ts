import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LoopwrightError } from '#core/errors.ts';
import { findBinaries } from './embedded-binaries.ts';
import {
  checkVersion,
  isFolder,
  locateCluster,
  makeCluster,
  ownerOf,
  readMemory,
  writeMemory,
} from './embedded-cluster.ts';
import { lockDataFolder, type Lock } from './embedded-lock.ts';
import { adopt, ensureDatabase, launch, probe, shutDown, urlOf } from './embedded-server.ts';
import { isRoot } from './embedded-user.ts';
import { makeFolder } from './folder.ts';

const database = 'loopwright';

export type Embedded = {
  /** `postgres://…` with the password: never log it. */
  url: string;
  /** On 127.0.0.1; the same after a restart unless another program took it. */
  port: number;
  /** Ends every session, stops the server and frees the data folder. May be called twice. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  log: (line: string) => void;
  /** False skips every flush to disk, which only a throw-away database can afford. */
  durable?: boolean;
  /** Called when PostgreSQL's own programs are at work, and this process could do something else. */
  onWait?: () => void;
};

/**
 * Starts the PostgreSQL that the hub brings along, with its cluster in the data folder. A server
 * that an earlier hub left running after a crash is adopted. The server outlives this process
 * unless `stop` is called.
 *
 * Throws LoopwrightError: `data_folder_in_use`, `data_folder_not_writable`, `database_…`.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const { log, durable = true, onWait = () => undefined } = options;
  const { dataDir, lock } = await openDataFolder(options.dataDir);
  try {
    const memory = await locateCluster(dataDir, log);
    const { cluster } = memory;
    const user = await ownerOf(cluster);
    const binaries = await findBinaries(user, log);
    if (!(await isFolder(cluster))) {
      log(`Making a new PostgreSQL database in ${cluster}.`);
      await makeCluster(memory, binaries, user, { durable, onWait });
    }
    await checkVersion(cluster, binaries);
    const port =
      (await adopt(memory, log)) ?? (await launch(memory, binaries, user, { durable, onWait }));
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      try {
        await shutDown(memory, binaries, user);
      } finally {
        await lock.release();
      }
    };
    try {
      if (port !== memory.port) await writeMemory(dataDir, { ...memory, port });
      await ensureDatabase(memory, port, database);
    } catch (thrown) {
      await stop();
      throw thrown;
    }
    return { url: urlOf(memory, port, database), port, stop: () => (stopping ??= stop()) };
  } catch (thrown) {
    await lock.release();
    throw thrown;
  }
};

/**
 * The URL of the server that another process runs on this data folder, for commands beside a
 * running hub; undefined when none answers. The URL holds the password.
 */
export const findEmbedded = async (dataDir: string): Promise<string | undefined> => {
  const memory = await readMemory(dataDir);
  if (memory?.port === undefined) return undefined;
  const answer = await probe(memory, memory.port);
  return answer === 'yes' ? urlOf(memory, memory.port, database) : undefined;
};

const refusals = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC']);

const openDataFolder = async (wanted: string): Promise<{ dataDir: string; lock: Lock }> => {
  try {
    // As root the database's user must pass through; the files within are closed one by one.
    makeFolder(wanted, isRoot ? 0o711 : 0o700);
    const dataDir = await realpath(wanted);
    return { dataDir, lock: await lockDataFolder(dataDir) };
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    if (!refusals.has(code)) throw thrown;
    throw new LoopwrightError(
      'data_folder_not_writable',
      503,
      `database: cannot write to the data folder ${resolve(wanted)} (${code}). ` +
        'Let LOOPWRIGHT_DATA name a folder that this user may write to.',
    );
  }
};
