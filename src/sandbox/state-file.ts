/**
 * The sandbox's memory on disk: one JSON file with a part per emulator and one for the mailbox, so
 * that a test and its invitation mail are there together or not at all.
 *
 * A file that is renamed into place survives `kill -9` whole. It is not forced to the disk: a power
 * cut may lose the last changes, which is good enough for a sandbox. Every write is a whole file, so
 * it suits thousands of candidates; with 100,000 a change takes seconds, and forgetting is better.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LoopwrightError, messageOf } from '#core/errors.ts';
import { lockDataFolder, type Lock } from '#store/embedded-lock.ts';
import { makeFolder } from '#store/folder.ts';

export interface StateFile {
  /** The part as it was saved; undefined when there is none. */
  saved(part: string): unknown;
  /** Notes that a part has changed; `snapshot` is asked for its value when it is written. */
  changed(part: string, snapshot: () => unknown): void;
  /** Resolves when every change made so far is in the file; rejects when it cannot be written. */
  settled(): Promise<void>;
  /** Writes what is open and gives the folder back. */
  close(): Promise<void>;
}

/** For a sandbox that forgets. */
export const forgetful = (): StateFile => ({
  saved: () => undefined,
  changed: () => undefined,
  settled: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

/** Throws `data_folder_in_use`, `data_folder_not_writable` and `sandbox_state_unreadable`. */
export const openStateFile = async (folder: string): Promise<StateFile> => {
  const lock = await takeFolder(folder);
  const file = join(folder, 'sandbox.json');
  const draft = `${file}.next`;
  const parts = await readParts(file).catch(async (thrown: unknown) => {
    await lock.release();
    throw thrown;
  });
  /** Every part as JSON text, so that a change of one does not serialise the others again. */
  const texts = new Map(Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]));
  const dirty = new Map<string, () => unknown>();
  let behind = false;
  let scheduled = false;
  let writing: Promise<void> | null = null;

  const write = async (): Promise<void> => {
    behind = false;
    for (const [name, snapshot] of dirty) texts.set(name, JSON.stringify(snapshot()));
    dirty.clear();
    const members = [...texts].map(([name, text]) => `${JSON.stringify(name)}:${text}`);
    try {
      await writeFile(draft, `{${members.join(',\n')}}\n`, { mode: 0o600 });
      await rename(draft, file);
    } catch (thrown) {
      behind = true;
      throw thrown;
    }
  };

  /** At most one write is under way; what changes meanwhile goes out together in the next one. */
  const settled = async (): Promise<void> => {
    while (writing) await writing;
    if (!behind) return;
    writing = write().finally(() => {
      writing = null;
    });
    await writing;
  };

  const writeSoon = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      // A failure is told to whoever waits for `settled`, and the change stays to be written.
      settled().catch(() => undefined);
    });
  };

  return {
    saved: (part) => parts[part],
    changed(part, snapshot) {
      dirty.set(part, snapshot);
      behind = true;
      writeSoon();
    },
    settled,
    async close() {
      try {
        await settled();
      } finally {
        await lock.release();
      }
    },
  };
};

const takeFolder = async (folder: string): Promise<Lock> => {
  try {
    // The hub's database may come to stand beside it, and its user must be able to pass.
    makeFolder(folder, 0o711);
    return await lockDataFolder(folder);
  } catch (thrown) {
    if (thrown instanceof LoopwrightError && thrown.code === 'data_folder_in_use') {
      const owner = /process \d+/.exec(thrown.message)?.[0] ?? 'another process';
      throw new LoopwrightError(
        'data_folder_in_use',
        503,
        `sandbox: its folder ${folder} is in use by ${owner}, so it runs already. Use that one, stop it, or give this one another folder (LOOPWRIGHT_DATA for the demo, --state for the sandbox).`,
      );
    }
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    if (!refusals.has(code)) throw thrown;
    throw new LoopwrightError(
      'data_folder_not_writable',
      503,
      `sandbox: cannot write to the folder ${folder} (${code}). Choose one that this user may write to (LOOPWRIGHT_DATA for the demo, --state for the sandbox).`,
    );
  }
};

const refusals = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC']);

const readParts = async (file: string): Promise<Record<string, unknown>> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return {};
    throw new LoopwrightError(
      'sandbox_state_unreadable',
      500,
      `sandbox: ${file} cannot be read (${messageOf(thrown)}). Move it away to begin anew.`,
    );
  }
};
