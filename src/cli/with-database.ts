/** How a command reaches the database: beside a running hub, or with none. */
import path from 'node:path';
import { LoopwrightError } from '#core/errors.ts';
import { newestMigration, readCondition } from '#store/condition.ts';
import { openDatabase, type Database } from '#store/database.ts';
import { readMemory } from '#store/embedded-cluster.ts';
import { findEmbedded, startEmbedded } from '#store/embedded.ts';
import { migrate } from '#store/migrate.ts';
import type { Config } from '#config.ts';
import type { Terminal } from './terminal.ts';

export interface Access {
  /** Holds a password: never print it. */
  url: string;
  /** The embedded server runs for this command alone, so that no hub is at work on it. */
  alone: boolean;
}

export type Place = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** Whether the embedded database was ever made in this data folder. */
export const hasEmbedded = async (dataDir: string): Promise<boolean> =>
  (await readMemory(dataDir)) !== undefined;

/**
 * `DATABASE_URL`, else the embedded server that a hub runs on the data folder, else that server,
 * started for the time of `work`. A database that was never made is made only if `create` says so.
 * Throws `database_missing`, and what `startEmbedded` throws.
 */
export const withUrl = async <T>(
  { databaseUrl, dataDir }: Place,
  { create }: { create: boolean },
  terminal: Terminal,
  work: (access: Access) => Promise<T>,
): Promise<T> => {
  const url = databaseUrl ?? (await findEmbedded(dataDir));
  if (url !== undefined) return work({ url, alone: false });
  if (!create && !(await hasEmbedded(dataDir))) {
    throw new LoopwrightError(
      'database_missing',
      404,
      `database: there is none in the data folder ${path.resolve(dataDir)} yet. ` +
        'Let LOOPWRIGHT_DATA name the data folder of your hub, or set DATABASE_URL.',
    );
  }
  const embedded = await startEmbedded({
    dataDir,
    log: (line) => {
      terminal.note(line);
    },
  });
  try {
    return await work({ url: embedded.url, alone: true });
  } finally {
    await embedded.stop();
  }
};

/**
 * The same, opened, with the tables of this version. Where no hub is at work they are brought to it.
 * Throws also `database_not_set_up`, `database_older`, `database_newer`.
 */
export const withDatabase = <T>(
  place: Place,
  options: { create: boolean },
  terminal: Terminal,
  work: (db: Database, access: Access) => Promise<T>,
): Promise<T> =>
  withUrl(place, options, terminal, async (access) => {
    if (access.alone) await migrate(access.url);
    else await requireTables(access.url);
    const handle = openDatabase(access.url, { max: 4, onError: () => undefined });
    try {
      return await work(handle.db, access);
    } finally {
      await handle.close();
    }
  });

const requireTables = async (url: string): Promise<void> => {
  const { migration } = await readCondition(url);
  if (migration === newestMigration) return;
  const here = `this Loopwright knows ${String(newestMigration)}`;
  if (migration === null) {
    throw new LoopwrightError(
      'database_not_set_up',
      503,
      'database: it has no tables yet. Run `loopwright migrate`, or start the hub once.',
    );
  }
  const at = `database: it is at version ${String(migration)}, ${here}.`;
  throw migration > newestMigration
    ? new LoopwrightError('database_newer', 500, `${at} Use the newer Loopwright.`)
    : new LoopwrightError('database_older', 500, `${at} Run \`loopwright migrate\`.`);
};
