import path from 'node:path';
import type { Database } from '#store/database.ts';
import { keepInKeyFile, keyFile, openInstallationVault, rotateKeyFile } from '#store/key-file.ts';
import { withLock } from '#store/lock.ts';
import { keyIdsInUse, resealAll, secretKey, type Vault } from '#store/vault.ts';
import { loadConfig, type Config } from '#config.ts';
import type { Input } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { requireVault } from './keys.ts';
import { withDatabase } from './with-database.ts';

/** Works beside a running hub, and again after it was interrupted. */
export const rotateKey = async (_input: Input, terminal: Terminal): Promise<number> => {
  const config = loadConfig();
  await withDatabase(config, { create: false }, terminal, (db) =>
    // Two rotations at once could each forget the key that the other still needs.
    withLock(db, 'rotate-key', () =>
      config.secretKey === undefined
        ? rotateFile(db, config.dataDir, terminal)
        : rotateConfigured(db, config.dataDir, config.secretKey, terminal),
    ),
  );
  return exitCodes.ok;
};

/** The key in the data folder: a running hub sees the new one by itself. */
const rotateFile = async (db: Database, dataDir: string, terminal: Terminal): Promise<void> => {
  const vault = requireVault({ dataDir, secretKey: undefined });
  // The file keeps one older key, so nothing may be left that needs a still older one.
  const left = await resealAll(db, vault);
  if (left > 0) terminal.note(`Finished an earlier rotation: ${secrets(left)} re-encrypted.`);
  const old = vault.current();
  const { id } = rotateKeyFile(dataDir);
  terminal.print(`${secrets(await resealAll(db, vault))} re-encrypted under the new key ${id}.`);
  terminal.note(
    `The old key ${old.id} stays in secret.key until the next rotation: what a hub sealed in this moment may need it. Backups made before now need it as well, so keep a copy of the file with them.`,
  );
};

/**
 * A configured key takes two runs: this process cannot change the environment of the others. The
 * first run keeps the key in the data folder, the second one, under the new key, re-encrypts.
 */
const rotateConfigured = async (
  db: Database,
  dataDir: string,
  configured: NonNullable<Config['secretKey']>,
  terminal: Terminal,
): Promise<void> => {
  const current = secretKey(configured.key, configured.id);
  const vault: Vault = openInstallationVault(dataDir, configured);
  const older = (await keyIdsInUse(db)).filter((id) => id !== current.id);
  if (older.length > 0) {
    terminal.print(
      `${secrets(await resealAll(db, vault))} re-encrypted under the key ${current.id} of LOOPWRIGHT_SECRET_KEY.`,
    );
    terminal.note(
      `Once every process runs under that key, ${older.join(', ')} may be taken out of ${path.resolve(keyFile(dataDir))}; loopwright doctor tells if a secret still needs it. Backups made before now do, so keep it with them.`,
    );
    return;
  }
  keepInKeyFile(dataDir, current);
  const file = path.resolve(keyFile(dataDir));
  terminal.print('No secret was re-encrypted yet: two steps are left.');
  terminal.note(
    `All secrets are sealed under the key ${current.id} of LOOPWRIGHT_SECRET_KEY. It now stands in ${file} too, where it stays readable after the setting has changed.`,
  );
  terminal.note(
    '1. Set LOOPWRIGHT_SECRET_KEY to a new key (openssl rand -hex 32) for every process, and restart them. Processes on other machines need a copy of that file in their data folder.',
  );
  terminal.note('2. Run loopwright rotate-key again: it re-encrypts under the new key.');
};

const secrets = (count: number): string =>
  count === 1 ? '1 secret was' : `${String(count)} secrets were`;
