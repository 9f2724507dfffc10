import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { insertConnection } from './connections.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import {
  getSecret,
  keyIdsInUse,
  openVault,
  putSecret,
  resealAll,
  seal,
  secretKey,
  unseal,
} from './vault.ts';

let database: TestDatabase;
let handle: DatabaseHandle;

before(async () => {
  database = await createTestDatabase();
  handle = openDatabase(database.url, { max: 2, onError: () => undefined });
});

after(async () => {
  await handle.close();
  await database.drop();
});

const connect = async (): Promise<string> => {
  const input = { connector: 'lever', name: 'L', settings: {}, requestsPerSecond: null };
  return (await insertConnection(handle.db, input)).id;
};

test('gives back what was stored, and the newest value after a change', async () => {
  const vault = openVault(secretKey(randomBytes(32)));
  const id = await connect();
  await putSecret(handle.db, vault, id, 'apiKey', 'first');
  await putSecret(handle.db, vault, id, 'apiKey', 'sécond');
  assert.equal(await getSecret(handle.db, vault, id, 'apiKey'), 'sécond');
  assert.equal(await getSecret(handle.db, vault, id, 'other'), null);
});

test('does not open a ciphertext that was moved to another row, changed, or cut', () => {
  const vault = openVault(secretKey(randomBytes(32)));
  const sealed = seal(vault, 'cn_1', 'apiKey', 'secret');
  assert.equal(unseal(vault, 'cn_1', 'apiKey', sealed), 'secret');
  const flipped = Buffer.from(sealed.ciphertext);
  flipped[0] = (flipped[0] ?? 0) ^ 1;
  const attempts = [
    () => unseal(vault, 'cn_2', 'apiKey', sealed),
    () => unseal(vault, 'cn_1', 'oauth', sealed),
    () => unseal(vault, 'cn_1', 'apiKey', { ...sealed, ciphertext: flipped }),
    () =>
      unseal(vault, 'cn_1', 'apiKey', { ...sealed, ciphertext: sealed.ciphertext.subarray(0, 10) }),
  ];
  for (const attempt of attempts) assert.throws(attempt, { code: 'secret_unreadable' });
});

test('seals the same value differently every time', () => {
  const vault = openVault(secretKey(randomBytes(32)));
  const texts = new Set(
    Array.from({ length: 20 }, () => seal(vault, 'c', 'n', 'v').ciphertext.toString('hex')),
  );
  assert.equal(texts.size, 20);
});

test('names the key that is missing', () => {
  const theirs = openVault(secretKey(randomBytes(32), 'k-old'));
  const ours = openVault(secretKey(randomBytes(32), 'k-new'));
  const sealed = seal(theirs, 'cn_1', 'apiKey', 'secret');
  assert.throws(() => unseal(ours, 'cn_1', 'apiKey', sealed), {
    code: 'secret_key_missing',
    message: /k-old/,
  });
});

test('moves every secret to the new key, and then needs the old one no more', async () => {
  const old = secretKey(randomBytes(32), 'rotate-old');
  const fresh = secretKey(randomBytes(32), 'rotate-new');
  const ids = [await connect(), await connect()];
  for (const id of ids) await putSecret(handle.db, openVault(old), id, 'apiKey', `key of ${id}`);
  await handle.db.deleteFrom('secret').where('key_id', '!=', 'rotate-old').execute();
  assert.equal(await resealAll(handle.db, openVault(fresh, [old])), 2);
  assert.deepEqual(await keyIdsInUse(handle.db), ['rotate-new']);
  for (const id of ids)
    assert.equal(await getSecret(handle.db, openVault(fresh), id, 'apiKey'), `key of ${id}`);
});
