import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LoopwrightError } from '#core/errors.ts';
import { processStart } from './embedded-process.ts';

export type Lock = { release(): Promise<void> };

const hasCode = (thrown: unknown, code: string): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === code;

/** The process id that wrote the lock and still runs, if it does. */
const livingOwner = async (written: string): Promise<number | undefined> => {
  const [pid = '', started = ''] = written.trim().split(' ');
  const now = await processStart(Number(pid));
  return now !== undefined && now.replaceAll(' ', '_') === started ? Number(pid) : undefined;
};

/**
 * Takes the data folder for this process, so that two hubs never serve from one cluster.
 * A lock whose process is gone (or whose id now belongs to another process) is taken over.
 * Throws `data_folder_in_use`.
 */
export const lockDataFolder = async (dataDir: string): Promise<Lock> => {
  const file = join(dataDir, 'loopwright.lock');
  const suffix = randomBytes(6).toString('hex');
  const started = (await processStart(process.pid)) ?? '';
  const own = `${String(process.pid)} ${started.replaceAll(' ', '_')} ${suffix}\n`;
  const draft = `${file}.${suffix}`;
  await writeFile(draft, own, { mode: 0o600 });
  try {
    for (;;) {
      try {
        // `link` fails where the file exists, and never shows a half-written one.
        await link(draft, file);
        break;
      } catch (thrown) {
        if (!hasCode(thrown, 'EEXIST')) throw thrown;
      }
      const written = await readFile(file, 'utf8').catch(() => '');
      const owner = await livingOwner(written);
      if (owner !== undefined) {
        throw new LoopwrightError(
          'data_folder_in_use',
          503,
          `database: the data folder ${dataDir} is in use by process ${String(owner)}. ` +
            'Stop that hub, give this one its own LOOPWRIGHT_DATA, or set DATABASE_URL for both.',
        );
      }
      await discardStale(file, written, suffix);
    }
  } finally {
    await rm(draft, { force: true });
  }
  return {
    release: async () => {
      if ((await readFile(file, 'utf8').catch(() => '')) === own) await rm(file, { force: true });
    },
  };
};

/** Moves the stale lock aside. If another hub was quicker, its fresh lock is put back. */
const discardStale = async (file: string, stale: string, suffix: string): Promise<void> => {
  const aside = `${file}.stale-${suffix}`;
  try {
    await rename(file, aside);
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return;
    throw thrown;
  }
  if ((await readFile(aside, 'utf8')) !== stale) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
};
