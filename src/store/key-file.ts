/**
 * The secret key of an installation: from the configuration, or a 0600 file in the data folder that
 * is made on first start. The file holds one `id:hex` a line, the current key first; a rotation puts
 * a new one on top, and a running hub notices.
 */
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { LoopwrightError } from '#core/errors.ts';
import { makeFolder } from './folder.ts';
import { openVault, secretKey, type SecretKey, type Vault } from './vault.ts';

export const keyFile = (dataDir: string): string => path.join(dataDir, 'secret.key');

const readKeys = (file: string): SecretKey[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, id, hex] = /^([\w-]+):([0-9a-f]{64})$/.exec(line.trim()) ?? [];
      if (id === undefined || hex === undefined) {
        throw new LoopwrightError(
          'secret_key_invalid',
          500,
          'vault: the file secret.key in the data folder is damaged. Put back the one from your backup of the data folder.',
        );
      }
      return secretKey(Buffer.from(hex, 'hex'), id);
    });

/**
 * Replaced as a whole, so that a crash leaves the old file or the new one. The owner stays the same,
 * or a command run by root would lock the hub out.
 */
const writeKeys = (file: string, keys: readonly SecretKey[]): void => {
  const draft = writeDraft(file, keys);
  const before = statSync(file, { throwIfNoEntry: false });
  if (before && process.getuid?.() === 0) chownSync(draft, before.uid, before.gid);
  renameSync(draft, file);
};

/** Flushed to disk: a key that a power cut takes is lost with all that it sealed. */
const writeDraft = (file: string, keys: readonly SecretKey[]): string => {
  makeFolder(path.dirname(file), 0o711);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const text = keys.map((key) => `${key.id}:${key.bytes.toString('hex')}\n`).join('');
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  return draft;
};

/** Of processes that start at once, one makes the first key and all use it. */
const makeFirstKey = (file: string): void => {
  const draft = writeDraft(file, [secretKey(randomBytes(32))]);
  try {
    linkSync(draft, file);
  } catch {
    // There already, or on a file system without links, where this has to do.
    if (!existsSync(file)) renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
};

/** Opens the data folder's keys, making the first one. */
export const openKeyFile = (dataDir: string): Vault => {
  const file = keyFile(dataDir);
  if (!existsSync(file)) makeFirstKey(file);
  let keys = readKeys(file);
  let readAt = statSync(file).mtimeMs;
  const fresh = (): SecretKey[] => {
    const changedAt = statSync(file).mtimeMs;
    if (changedAt !== readAt) {
      keys = readKeys(file);
      readAt = changedAt;
    }
    return keys;
  };
  return {
    current() {
      const [first] = fresh();
      if (!first)
        throw new LoopwrightError(
          'secret_key_invalid',
          500,
          'vault: the file secret.key is empty. Put back the one from your backup of the data folder.',
        );
      return first;
    },
    find: (id) => fresh().find((key) => key.id === id),
  };
};

/** Puts a new key on top of the file, and keeps the one before it until the next rotation. */
export const rotateKeyFile = (dataDir: string): SecretKey => {
  const file = keyFile(dataDir);
  const added = secretKey(randomBytes(32));
  writeKeys(file, [added, ...(existsSync(file) ? readKeys(file).slice(0, 1) : [])]);
  return added;
};

/**
 * Keeps a configured key on top of the file, where it opens what it sealed after the configuration
 * has changed to another one.
 */
export const keepInKeyFile = (dataDir: string, kept: SecretKey): void => {
  const file = keyFile(dataDir);
  const others = existsSync(file) ? readKeys(file) : [];
  if (!others.some((key) => key.id === kept.id && key.bytes.equals(kept.bytes))) {
    writeKeys(file, [kept, ...others]);
  }
};

/** The configured key with the file's as older ones, or the file's alone. */
export const openInstallationVault = (
  dataDir: string,
  configured: { id: string | undefined; key: Buffer } | undefined,
): Vault => {
  if (!configured) return openKeyFile(dataDir);
  const others = existsSync(keyFile(dataDir)) ? readKeys(keyFile(dataDir)) : [];
  return openVault(secretKey(configured.key, configured.id), others);
};
