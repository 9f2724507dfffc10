/**
 * Secrets at rest: AES-256-GCM, a fresh 96-bit nonce for each value, the key's id beside it, and
 * the row's identity as associated data, so that a ciphertext moved to another row does not open.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { LoopwrightError } from '#core/errors.ts';
import type { Executor } from './database.ts';

export interface SecretKey {
  /** First 8 hex digits of the key's SHA-256, unless named by hand; tells keys apart, reveals none. */
  id: string;
  /** 32 bytes. */
  bytes: Buffer;
}

export interface Vault {
  /** New values are sealed under this one; a rotation may change it while the hub runs. */
  current(): SecretKey;
  /** Also keys that a rotation is leaving behind. */
  find(id: string): SecretKey | undefined;
}

export const secretKey = (bytes: Buffer, id?: string): SecretKey => {
  if (bytes.length !== 32) {
    throw new LoopwrightError(
      'secret_key_invalid',
      500,
      'vault: the secret key is not 32 bytes long. Make one with `openssl rand -base64 32`.',
    );
  }
  return { id: id ?? createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
};

/** A vault with fixed keys, the first one current. */
export const openVault = (current: SecretKey, others: readonly SecretKey[] = []): Vault => ({
  current: () => current,
  find: (id) => [current, ...others].find((key) => key.id === id),
});

const tagLength = 16;
const associated = (connectionId: string, name: string): Buffer =>
  Buffer.from(`secret/${connectionId}/${name}`);

interface Sealed {
  key_id: string;
  nonce: Buffer;
  ciphertext: Buffer;
}

export const seal = (vault: Vault, connectionId: string, name: string, value: string): Sealed => {
  const nonce = randomBytes(12);
  const key = vault.current();
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
  cipher.setAAD(associated(connectionId, name));
  const ciphertext = Buffer.concat([
    cipher.update(value, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { key_id: key.id, nonce, ciphertext };
};

export const unseal = (
  vault: Vault,
  connectionId: string,
  name: string,
  sealed: Sealed,
): string => {
  const key = vault.find(sealed.key_id);
  if (!key) {
    throw new LoopwrightError(
      'secret_key_missing',
      500,
      `vault: a secret was sealed under the key ${sealed.key_id}, which this hub does not have. Put that key back (LOOPWRIGHT_SECRET_KEY or the secret.key file).`,
    );
  }
  try {
    const split = sealed.ciphertext.length - tagLength;
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.nonce, {
      authTagLength: tagLength,
    });
    decipher.setAAD(associated(connectionId, name));
    decipher.setAuthTag(sealed.ciphertext.subarray(split));
    return Buffer.concat([
      decipher.update(sealed.ciphertext.subarray(0, split)),
      decipher.final(),
    ]).toString('utf8');
  } catch {
    throw new LoopwrightError(
      'secret_unreadable',
      500,
      `vault: a stored secret does not open under the key ${key.id}. Enter it anew in the connection's settings.`,
    );
  }
};

export const putSecret = async (
  db: Executor,
  vault: Vault,
  connectionId: string,
  name: string,
  value: string,
): Promise<void> => {
  const sealed = seal(vault, connectionId, name, value);
  await db
    .insertInto('secret')
    .values({ connection_id: connectionId, name, ...sealed })
    .onConflict((conflict) =>
      conflict
        .columns(['connection_id', 'name'])
        .doUpdateSet({ ...sealed, updated_at: sql<Date>`now()` }),
    )
    .execute();
};

export const getSecret = async (
  db: Executor,
  vault: Vault,
  connectionId: string,
  name: string,
): Promise<string | null> => {
  const row = await db
    .selectFrom('secret')
    .select(['key_id', 'nonce', 'ciphertext'])
    .where('connection_id', '=', connectionId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row ? unseal(vault, connectionId, name, row) : null;
};

export const listSecrets = async (
  db: Executor,
  vault: Vault,
  connectionId: string,
): Promise<Record<string, string>> => {
  const rows = await db
    .selectFrom('secret')
    .select(['name', 'key_id', 'nonce', 'ciphertext'])
    .where('connection_id', '=', connectionId)
    .execute();
  return Object.fromEntries(
    rows.map((row) => [row.name, unseal(vault, connectionId, row.name, row)]),
  );
};

export const deleteSecret = async (
  db: Executor,
  connectionId: string,
  name: string,
): Promise<void> => {
  await db
    .deleteFrom('secret')
    .where('connection_id', '=', connectionId)
    .where('name', '=', name)
    .execute();
};

export const deleteSecrets = async (db: Executor, connectionId: string): Promise<void> => {
  await db.deleteFrom('secret').where('connection_id', '=', connectionId).execute();
};

/**
 * Seals every value that is not under the current key anew, one row at a time so that a running hub
 * reads on; returns how many. Rows changed meanwhile are left to the next pass.
 */
export const resealAll = async (db: Executor, vault: Vault): Promise<number> => {
  let count = 0;
  for (;;) {
    const row = await db
      .selectFrom('secret')
      .selectAll()
      .where('key_id', '!=', vault.current().id)
      .limit(1)
      .executeTakeFirst();
    if (!row) return count;
    const sealed = seal(
      vault,
      row.connection_id,
      row.name,
      unseal(vault, row.connection_id, row.name, row),
    );
    await db
      .updateTable('secret')
      .set(sealed)
      .where('connection_id', '=', row.connection_id)
      .where('name', '=', row.name)
      .where('nonce', '=', row.nonce)
      .execute();
    count += 1;
  }
};

/** The ids of all keys that stored secrets need. */
export const keyIdsInUse = async (db: Executor): Promise<string[]> => {
  const rows = await db
    .selectFrom('secret')
    .select('key_id')
    .distinct()
    .orderBy('key_id')
    .execute();
  return rows.map((row) => row.key_id);
};

/** Names of what is stored for a connection; the values stay closed. */
export const listSecretNames = async (db: Executor, connectionId: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('secret')
    .select('name')
    .where('connection_id', '=', connectionId)
    .orderBy('name')
    .execute();
  return rows.map((row) => row.name);
};
