import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readConfig } from '#config.ts';
import { startHub, type Running } from '#main.ts';
import { insertConnection } from '#store/connections.ts';
import { openInstallationVault } from '#store/key-file.ts';
import { createTestDatabase, type TestDatabase } from '#store/testing.ts';
import { getSecret, keyIdsInUse, putSecret, secretKey } from '#store/vault.ts';
import { run } from './testing.ts';

let database: TestDatabase;
let dataDir = '';
let hub: Running;
const ids: string[] = [];
const secretCount = 40;

const place = () => ({ DATABASE_URL: database.url, LOOPWRIGHT_DATA: dataDir });

before(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'loopwright-rotate-'));
  hub = await startHub(readConfig({ ...place(), PORT: '0', LOG_LEVEL: 'silent' }));
  const { db, vault } = hub.hub;
  for (let index = 0; index < secretCount; index += 1) {
    const input = { connector: 'lever', name: 'L', settings: {}, requestsPerSecond: null };
    const { id } = await insertConnection(db, input);
    await putSecret(db, vault, id, 'apiKey', `value of ${id}`);
    ids.push(id);
  }
});

after(async () => {
  await hub.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const keyFileText = (): Promise<string> => readFile(path.join(dataDir, 'secret.key'), 'utf8');
const keysInFile = async (): Promise<string[]> =>
  (await keyFileText())
    .trim()
    .split('\n')
    .map((line) => line.split(':')[0] ?? '');

test('re-encrypts while a hub serves, reads and writes secrets', async () => {
  const { db, vault } = hub.hub;
  const [old = ''] = await keysInFile();
  const rotated = new AbortController();
  let uses = 0;
  const work = (async () => {
    while (!rotated.signal.aborted) {
      const id = ids[uses % ids.length] ?? '';
      assert.equal(await getSecret(db, vault, id, 'apiKey'), `value of ${id}`);
      await putSecret(db, vault, id, 'apiKey', `value of ${id}`);
      assert.equal((await fetch(`${String(hub.url)}/readyz`)).status, 200);
      uses += 1;
    }
  })();
  const { code, out, err } = await run(['rotate-key'], place());
  rotated.abort();
  await work;
  assert.equal(code, 0, err);
  const [next = '', kept] = await keysInFile();
  assert.equal(kept, old);
  assert.notEqual(next, old);
  // The hub itself may have re-encrypted some by writing them anew.
  assert.match(
    out,
    new RegExp(`^\\d+ secrets? (was|were) re-encrypted under the new key ${next}\\.$`),
  );
  assert.ok(uses > 0);
  assert.equal(vault.current().id, next);
  assert.equal((await stat(path.join(dataDir, 'secret.key'))).mode & 0o777, 0o600);
  assert.deepEqual(await keyIdsInUse(db), [next]);
  assert.ok(!`${out}${err}`.includes((await keyFileText()).slice(9, 40)));
});

test('finishes an interrupted rotation first, so that no key is dropped that is needed', async () => {
  const { db } = hub.hub;
  const [before = ''] = await keysInFile();
  const text = await keyFileText();
  // As a rotation leaves it that was killed before it re-encrypted anything.
  await writeFile(path.join(dataDir, 'secret.key'), `feed0001:${'ab'.repeat(32)}\n${text}`);
  const { code, err } = await run(['rotate-key'], place());
  assert.equal(code, 0, err);
  assert.match(err, new RegExp(`^Finished an earlier rotation: ${String(secretCount)} secrets`));
  const [next = '', kept] = await keysInFile();
  assert.equal(kept, 'feed0001');
  assert.notEqual(next, before);
  assert.deepEqual(await keyIdsInUse(db), [next]);
  for (const id of ids) {
    assert.equal(await getSecret(db, hub.hub.vault, id, 'apiKey'), `value of ${id}`);
  }
});

test('moves from one LOOPWRIGHT_SECRET_KEY to another in two runs', async () => {
  const { db } = hub.hub;
  const first = randomBytes(32);
  const second = randomBytes(32);
  const env = (key: Buffer) => ({ ...place(), LOOPWRIGHT_SECRET_KEY: key.toString('base64') });
  const moved = await run(['rotate-key'], env(first));
  assert.match(
    moved.out,
    new RegExp(`^${String(secretCount)} secrets were re-encrypted under the key`),
  );
  assert.deepEqual(await keyIdsInUse(db), [secretKey(first).id]);
  const prepared = await run(['rotate-key'], env(first));
  assert.match(prepared.out, /^No secret was re-encrypted yet: two steps are left\.$/);
  assert.match(prepared.err, /1\. Set LOOPWRIGHT_SECRET_KEY to a new key/);
  assert.equal((await keysInFile())[0], secretKey(first).id);
  const done = await run(['rotate-key'], env(second));
  assert.equal(done.code, 0, done.err);
  assert.deepEqual(await keyIdsInUse(db), [secretKey(second).id]);
  const vault = openInstallationVault(dataDir, { id: undefined, key: second });
  for (const id of ids) assert.equal(await getSecret(db, vault, id, 'apiKey'), `value of ${id}`);
});

test('refuses, and makes no key, where the hub has one that this command was not given', async () => {
  const elsewhere = path.join(dataDir, 'elsewhere');
  const { code, err } = await run(['rotate-key'], { ...place(), LOOPWRIGHT_DATA: elsewhere });
  assert.equal(code, 1);
  assert.match(err, /no secret\.key in .*set it for this command too/);
  const wrong = await run(['rotate-key'], {
    ...place(),
    LOOPWRIGHT_SECRET_KEY: randomBytes(32).toString('hex'),
    LOOPWRIGHT_DATA: elsewhere,
  });
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /sealed under the key \w+, which this hub does not have/);
});
