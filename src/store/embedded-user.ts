import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { LoopwrightError } from '#core/errors.ts';

const run = promisify(execFile);

export type SystemUser = { uid: number; gid: number };

export const isRoot = process.getuid?.() === 0;

const lookUp = async (): Promise<SystemUser> => {
  const [uid, gid] = await Promise.all([
    run('id', ['-u', 'postgres']),
    run('id', ['-g', 'postgres']),
  ]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
};

const findOrMake = async (): Promise<SystemUser> => {
  try {
    return await lookUp();
  } catch {
    try {
      await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
      return await lookUp();
    } catch {
      throw new LoopwrightError(
        'database_user_missing',
        503,
        'database: PostgreSQL refuses to run as root, and a user named postgres could not be ' +
          'made. Make one, run the hub as an ordinary user, or set DATABASE_URL.',
      );
    }
  }
};

let found: Promise<SystemUser> | undefined;

/** The user that runs the server when the hub is root, since PostgreSQL refuses root. */
export const postgresUser = (): Promise<SystemUser> => (found ??= findOrMake());

/** Whether the user may enter the folder, which means every folder above it too. */
export const canPass = async (folder: string, user: SystemUser): Promise<boolean> => {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
};
