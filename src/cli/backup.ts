import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { LoopwrightError } from '#core/errors.ts';
import {
  damaged,
  parseHeader,
  readSnapshot,
  writeSnapshot,
  type BackupHeader,
} from '#store/backup.ts';
import { backupMade, insertAudit } from '#store/audit.ts';
import { loadConfig } from '#config.ts';
import { version } from '#main.ts';
import type { Input } from './command.ts';
import { findVault } from './keys.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase, withUrl } from './with-database.ts';

/** Writes a snapshot of the database; the file appears whole or not at all. */
export const backup = async (input: Input, terminal: Terminal): Promise<number> => {
  const file = path.resolve(input.operand(0) ?? '');
  if (existsSync(file) && !input.flag('force')) {
    throw new LoopwrightError(
      'backup_exists',
      409,
      `backup: ${file} is there already. Choose another name, or replace it with --force.`,
    );
  }
  const header = await withDatabase(
    loadConfig(),
    { create: false },
    terminal,
    async (db, { url }) => {
      const written = await writeWhole(file, readSnapshot(url, version));
      await insertAudit(db, { id: 'command', name: 'the command line' }, backupMade, 'backup');
      return written;
    },
  );
  terminal.print(`The backup is in ${file}.`);
  terminal.note(
    header.keyIds.length === 0
      ? 'It holds no secrets.'
      : `Its secrets are sealed under the key ${header.keyIds.join(', ')}, which is not in it. Keep that key in another place.`,
  );
  return 0;
};

/** Through FILE.part, so that no half file ever bears the name. */
const writeWhole = async (file: string, lines: AsyncIterable<string>): Promise<BackupHeader> => {
  const part = `${file}.part`;
  await rm(part, { force: true });
  const output = createWriteStream(part, { mode: 0o600, flush: true });
  let fault: NodeJS.ErrnoException | undefined;
  output.on('error', (error) => {
    fault = error;
  });
  let first = '';
  const ended = async function* (): AsyncGenerator<string> {
    for await (const line of lines) {
      first ||= line;
      yield `${line}\n`;
    }
  };
  try {
    // Opened before the database is asked, so that a folder that is not there is known at once.
    await once(output, 'open');
    await pipeline(Readable.from(ended()), createGzip(), output);
    await rename(part, file).catch((thrown: unknown) => {
      fault = thrown as NodeJS.ErrnoException;
      throw thrown;
    });
    return parseHeader(first);
  } catch (thrown) {
    await rm(part, { force: true });
    throw fault === undefined ? thrown : notWritten(file, fault);
  }
};

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space, or write to another one.',
  EDQUOT: 'Your quota is used up: free some space, or write to another disk.',
  EFBIG: 'The file would be larger than is allowed here: raise the limit, or write elsewhere.',
  ENOENT: 'The folder is not there: make it, or write to another one.',
  EACCES: 'This user may not write there: choose another folder.',
  EISDIR: 'That is a folder: name a file in it.',
};

const notWritten = (file: string, { code = '' }: NodeJS.ErrnoException): LoopwrightError =>
  new LoopwrightError(
    'backup_not_written',
    500,
    `backup: ${file} could not be written (${code}), and nothing was left behind. ${remedies[code] ?? 'Write to another place.'}`,
  );

/** Refuses before it touches anything where the keys are not known. */
export const restore = async (input: Input, terminal: Terminal): Promise<number> => {
  const file = path.resolve(input.operand(0) ?? '');
  const config = loadConfig();
  const lines = readLines(file);
  try {
    const header = parseHeader((await lines.next()).value ?? '');
    const vault = findVault(config);
    const missing = header.keyIds.filter((id) => vault?.find(id) === undefined);
    if (missing.length > 0) throw keysMissing(file, missing, config.dataDir);
    const rows = await withUrl(config, { create: true }, terminal, ({ url }) =>
      writeSnapshot(url, { header, lines }, { force: input.flag('force'), vault }),
    );
    terminal.print(
      `Restored ${String(rows)} rows of ${header.createdAt}, written by Loopwright ${header.version}.`,
    );
    terminal.note('Start the hub: it takes up what was owed at that time.');
    return 0;
  } finally {
    await lines.return(undefined);
  }
};

const keysMissing = (file: string, ids: readonly string[], dataDir: string): LoopwrightError =>
  new LoopwrightError(
    'secret_key_missing',
    409,
    `restore: the secrets in ${file} are sealed under the key ${ids.join(', ')}, which is not here. ` +
      'Set LOOPWRIGHT_SECRET_KEY to it, or put the secret.key of that hub into the data folder ' +
      `${path.resolve(dataDir)}.`,
  );

async function* readLines(file: string): AsyncGenerator<string, undefined> {
  const input = createReadStream(file);
  const text = createGunzip().setEncoding('utf8');
  input.on('error', (error) => text.destroy(error));
  input.pipe(text);
  let rest = '';
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  } catch (thrown) {
    throw notReadable(file, thrown as NodeJS.ErrnoException);
  } finally {
    input.destroy();
    text.destroy();
  }
}

const notReadable = (file: string, { code = '' }: NodeJS.ErrnoException): LoopwrightError =>
  code.startsWith('Z_')
    ? damaged()
    : new LoopwrightError(
        'backup_not_read',
        404,
        `restore: ${file} cannot be read (${code}). Name a backup file that this user may read.`,
      );
