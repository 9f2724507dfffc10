/**
 * The secret key of an installation: from the configuration, or a 0600 file in the data folder that
 * is made on first start. The file holds one `id:hex` a line, the current key first; a rotation puts
 * a new one on top, and a running hub notices.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LoopwrightError } from '#core/errors.ts';
import { openVault, secretKey, type SecretKey, type Vault } from './vault.ts';

const fileOf = (dataDir: string): string => path.join(dataDir, 'secret.key');

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

/** Replaced as a whole, so that a crash leaves the old file or the new one. */
const writeKeys = (file: string, keys: readonly SecretKey[]): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  const text = keys.map((key) => `${key.id}:${key.bytes.toString('hex')}\n`).join('');
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** Opens the data folder's keys, making the first one. */
export const openKeyFile = (dataDir: string): Vault => {
  const file = fileOf(dataDir);
  if (!existsSync(file)) writeKeys(file, [secretKey(randomBytes(32))]);
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
  const file = fileOf(dataDir);
  const added = secretKey(randomBytes(32));
  writeKeys(file, [added, ...(existsSync(file) ? readKeys(file).slice(0, 1) : [])]);
  return added;
};

/** The configured key with the file's as older ones, or the file's alone. */
export const openInstallationVault = (
  dataDir: string,
  configured: { id: string | undefined; key: Buffer } | undefined,
): Vault => {
  if (!configured) return openKeyFile(dataDir);
  const others = existsSync(fileOf(dataDir)) ? readKeys(fileOf(dataDir)) : [];
  return openVault(secretKey(configured.key, configured.id), others);
};
