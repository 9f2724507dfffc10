/** The secret keys of this installation, for commands that must not make one. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { LoopwrightError } from '#core/errors.ts';
import { keyFile, openInstallationVault } from '#store/key-file.ts';
import type { Vault } from '#store/vault.ts';
import type { Config } from '#config.ts';

/** Null where neither the settings nor the data folder hold a key yet. */
export const findVault = ({
  dataDir,
  secretKey,
}: Pick<Config, 'dataDir' | 'secretKey'>): Vault | null =>
  secretKey === undefined && !existsSync(keyFile(dataDir))
    ? null
    : openInstallationVault(dataDir, secretKey);

/** Throws `secret_key_missing`; above all where the hub's environment is not the command's. */
export const requireVault = (config: Pick<Config, 'dataDir' | 'secretKey'>): Vault => {
  const vault = findVault(config);
  if (vault) return vault;
  throw new LoopwrightError(
    'secret_key_missing',
    409,
    `vault: there is no secret.key in ${path.resolve(config.dataDir)}. If the hub runs with LOOPWRIGHT_SECRET_KEY, set it for this command too; else let LOOPWRIGHT_DATA name the hub's data folder.`,
  );
};
