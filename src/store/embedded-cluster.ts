import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LoopwrightError, messageOf } from '#core/errors.ts';
import { sharedFolder, type Binaries } from './embedded-binaries.ts';
import { canPass, isRoot, postgresUser, type SystemUser } from './embedded-user.ts';

const run = promisify(execFile);

/** PostgreSQL's programs get nothing of the hub's environment, which holds the hub's secrets. */
export const bareEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };

export const superuser = 'loopwright';

/** What `postgres.json` in the data folder remembers; only its owner may read it. */
export type Memory = { cluster: string; password: string; port?: number };

const memoryFile = (dataDir: string): string => join(dataDir, 'postgres.json');

export const readMemory = async (dataDir: string): Promise<Memory | undefined> => {
  const text = await readFile(memoryFile(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Memory);
};

export const writeMemory = async (dataDir: string, memory: Memory): Promise<void> => {
  const draft = `${memoryFile(dataDir)}.draft`;
  await rm(draft, { force: true });
  await writeFile(draft, `${JSON.stringify(memory, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(draft, memoryFile(dataDir));
};

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** The user to run the server as, or undefined to run it as the hub's own user. */
export const ownerOf = async (cluster: string): Promise<SystemUser | undefined> => {
  if (!isRoot) return undefined;
  const found = await stat(cluster).catch(() => undefined);
  // A cluster made when the hub ran as an ordinary user stays that user's.
  return found !== undefined && found.uid !== 0
    ? { uid: found.uid, gid: found.gid }
    : postgresUser();
};

/** Where the cluster is, or shall be made: in the data folder wherever its user can pass to it. */
export const locateCluster = async (
  dataDir: string,
  log: (line: string) => void,
): Promise<Memory> => {
  const known = await readMemory(dataDir);
  const inside = join(dataDir, 'postgres');
  if (known !== undefined) {
    if (known.cluster === inside || !(await isFolder(inside))) return known;
    // A data folder that was moved or copied brings its cluster along.
    const moved = { ...known, cluster: inside };
    await writeMemory(dataDir, moved);
    return moved;
  }
  if (await isFolder(inside)) {
    throw new LoopwrightError(
      'database_password_missing',
      503,
      `database: ${inside} holds a database, but postgres.json with its password is gone. ` +
        'Restore that file, or move the folder away to begin with an empty database.',
    );
  }
  let cluster = inside;
  if (isRoot && !(await canPass(dataDir, await postgresUser()))) {
    cluster = join(await sharedFolder(), `cluster-${randomBytes(6).toString('hex')}`);
    log(
      `The database is kept in ${cluster}, because its user cannot pass to ${dataDir}. ` +
        'Include both in copies.',
    );
  }
  const memory = { cluster, password: randomBytes(24).toString('base64url') };
  await writeMemory(dataDir, memory);
  return memory;
};

/**
 * Makes the cluster under a draft name and renames it when `initdb` has finished, so a cluster
 * that bears its real name is whole, and a killed `initdb` leaves only a draft to sweep away.
 */
export const makeCluster = async (
  { cluster, password }: Memory,
  binaries: Binaries,
  user: SystemUser | undefined,
  { durable, onWait }: { durable: boolean; onWait: () => void },
): Promise<void> => {
  const parent = dirname(cluster);
  const prefix = `${basename(cluster)}.draft-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) {
      await rm(join(parent, name), { recursive: true, force: true, maxRetries: 5 });
    }
  }
  const draft = join(parent, `${prefix}${randomBytes(4).toString('hex')}`);
  const passwordFile = `${draft}.password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) {
    await chown(draft, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  try {
    const making = run(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        // Sorts like C, and yet knows the letter cases beyond ASCII.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(durable ? [] : ['--no-sync']),
      ],
      { ...user, cwd: parent, env: bareEnvironment },
    );
    onWait();
    await making;
    await rename(draft, cluster);
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
    throw new LoopwrightError(
      'database_not_made',
      503,
      `database: PostgreSQL could not make a new database in ${parent}. ` +
        `Read its words, or set DATABASE_URL: ${messageOf(thrown)}`,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
};

/** A cluster is bound to the major version that made it. */
export const checkVersion = async (cluster: string, binaries: Binaries): Promise<void> => {
  const made = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (made === binaries.major) return;
  throw new LoopwrightError(
    'database_version',
    503,
    `database: ${cluster} was made by PostgreSQL ${made}, and this version brings ` +
      `${binaries.major}. Take a backup with the version before, and restore it with this one.`,
  );
};
