import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

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
