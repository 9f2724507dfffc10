import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { LoopwrightError } from '#core/errors.ts';

/**
 * Makes a folder and those above it, where they are missing. Throws what the file system says.
 *
 * Not `mkdir`'s own `recursive`: below a folder that answers ENOENT to every `mkdir`, as `/proc` does,
 * Node tries without end.
 */
export const makeFolder = (folder: string, mode: number): void => {
  try {
    mkdirSync(folder, { mode });
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (isFolder(folder)) return;
    if (code !== 'ENOENT' || isFolder(dirname(folder))) throw thrown;
    makeFolder(dirname(folder), mode);
    mkdirSync(folder, { mode });
  }
};

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const refusals = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENOSPC']);

/** `data_folder_not_writable` where the file system refused; any other failure as it is. */
export const explainRefusal = (thrown: unknown, what: string, remedy: string): unknown => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return refusals.has(code)
    ? new LoopwrightError('data_folder_not_writable', 503, `${what} (${code}). ${remedy}`)
    : thrown;
};
