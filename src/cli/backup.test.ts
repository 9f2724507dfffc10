import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { backupMade, lastAct } from '#store/audit.ts';
import { insertConnection } from '#store/connections.ts';
import { openDatabase, type DatabaseHandle } from '#store/database.ts';
import { registerProcess } from '#store/processes.ts';
import { openQueue } from '#store/queue.ts';
import { createTestDatabase, type TestDatabase } from '#store/testing.ts';
import { getSecret, openVault, putSecret, secretKey } from '#store/vault.ts';
import { run } from './testing.ts';

const bytes = randomBytes(32);
const vault = openVault(secretKey(bytes));
const keyId = vault.current().id;
const many = 1_203;
/** A microsecond and a number that JavaScript cannot hold: both have to come back as they were. */
const moment = '2026-11-23T10:11:12.123457+00:00';
const long = '12345678901234567890';

let folder = '';
let file = '';
let full: TestDatabase;
let source: DatabaseHandle;
let target: TestDatabase;
let connectionId = '';

const open = (url: string): DatabaseHandle =>
  openDatabase(url, { max: 2, onError: () => undefined });

const env = (database: TestDatabase, changes: Record<string, string | undefined> = {}) => ({
  DATABASE_URL: database.url,
  LOOPWRIGHT_DATA: path.join(folder, 'data'),
  LOOPWRIGHT_SECRET_KEY: bytes.toString('hex'),
  ...changes,
});

/** Every table as text; that a backup was made is written down when it is whole, so not in it. */
const contentOf = async (database: TestDatabase): Promise<Record<string, string[]>> => {
  const { db, close } = open(database.url);
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace
    and relkind = 'r' and relname not in ('schema_migration', 'installation') order by 1`.execute(
    db,
  );
  const content: Record<string, string[]> = {};
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`
      select one::text as row from ${sql.table(name)} as one order by 1`.execute(db);
    content[name] = rows.map(({ row }) => row).filter((row) => !row.includes(backupMade));
  }
  await close();
  return content;
};

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'loopwright-backup-'));
  file = path.join(folder, 'whole.backup');
  full = await createTestDatabase();
  source = open(full.url);
  const { db } = source;
  const input = { connector: 'lever', name: 'Léver "1"\n\\', settings: {}, requestsPerSecond: 0.1 };
  connectionId = (await insertConnection(db, input)).id;
  await putSecret(db, vault, connectionId, 'apiKey', 'a-very-secret-key');
  await sql`
    insert into candidate (id, connection_id, remote_id, person_id, name, stage_id, tags, archived,
      entries, url, refreshed_at)
    select 'ca_' || n, ${connectionId}, n, n, 'Name ' || md5(n::text), 's', array['a,b', '{"c"}', null], false,
      '[]', 'https://x.test', ${moment}::text::timestamptz
    from generate_series(1, ${many}::integer) as n`.execute(db);
  // A child whose id comes before its parent's.
  await sql`
    insert into effect (id, key, kind, state, candidate_id, connection_id, parent_id, ref, request)
    values ('ef_9', 'k9', 'assessment', 'done', 'ca_1', ${connectionId}, null, 'r9',
      ${`{"long": ${long}}`}::text::jsonb),
      ('ef_1', 'k1', 'note', 'owed', 'ca_1', ${connectionId}, 'ef_9', 'r1', '"text"')`.execute(db);
  await sql`
    insert into effect_event (effect_id, state, text) values ('ef_1', 'owed', 'a'), ('ef_9', 'done', 'b')`.execute(
    db,
  );
  assert.deepEqual(await run(['backup', file], env(full)), {
    code: 0,
    out: `The backup is in ${file}.`,
    err: `Its secrets are sealed under the key ${keyId}, which is not in it. Keep that key in another place.`,
  });
});

after(async () => {
  await source.close();
  await full.drop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async (t) => {
  target = await createTestDatabase();
  if ('after' in t) t.after(() => target.drop());
});

test('gives every row back as it was, and numbers go on behind', async () => {
  const restored = await run(['restore', file], env(target));
  assert.equal(restored.code, 0, restored.err);
  assert.match(restored.out, new RegExp(`^Restored ${String(many + 6)} rows of 20`));
  assert.deepEqual(await contentOf(target), await contentOf(full));
  assert.notEqual(await lastAct(source.db, backupMade), null);
  const { db, close } = open(target.url);
  const restores = await sql`select 1 from installation where restored_at <= now()`.execute(db);
  assert.equal(restores.rows.length, 1, 'the ledger knows that it may have forgotten something');
  const { rows } = await sql<{ id: number; long: string; at: string }>`
    insert into effect_event (effect_id, state, text) values ('ef_9', 'done', 'c')
    returning id, (select request::text from effect where id = 'ef_9') as long,
      (select to_char(refreshed_at at time zone 'utc', 'US') from candidate limit 1) as at`.execute(
    db,
  );
  assert.deepEqual(rows, [{ id: 3, long: `{"long": ${long}}`, at: '123457' }]);
  assert.equal(await getSecret(db, vault, connectionId, 'apiKey'), 'a-very-secret-key');
  const references = await sql<{ deferrable: boolean }>`
    select distinct condeferrable as deferrable from pg_constraint where contype = 'f'
    and connamespace = 'public'::regnamespace`.execute(db);
  assert.deepEqual(references.rows, [{ deferrable: false }]);
  await close();
});

test('is readable by its owner alone, and holds ciphertext and key ids, never the key', async () => {
  const text = gunzipSync(await readFile(file)).toString();
  const header = JSON.parse(text.slice(0, text.indexOf('\n'))) as Record<string, unknown>;
  assert.equal(header['format'], 'loopwright-backup/1');
  assert.deepEqual(header['keyIds'], [keyId]);
  for (const form of ['hex', 'base64', 'base64url'] as const) {
    assert.ok(!text.includes(bytes.toString(form)));
  }
  assert.ok(!text.includes('a-very-secret-key'));
  assert.equal(execFileSync('stat', ['-c', '%a', file]).toString().trim(), '600');
});

test('refuses to replace a file unless told to', async () => {
  const again = await run(['backup', file], env(full));
  assert.equal(again.code, 1);
  assert.match(again.err, /is there already\. Choose another name, or replace it with --force\./);
  assert.equal((await run(['backup', file, '--force'], env(full))).code, 0);
});

test('leaves nothing behind where the folder is missing', async () => {
  const { code, err } = await run(['backup', path.join(folder, 'no', 'x')], env(full));
  assert.equal(code, 73);
  assert.match(err, /\(ENOENT\), and nothing was left behind\. The folder is not there/);
});

/** A file system of 16 kB, where this user may mount one. */
const mountTiny = async (): Promise<string | null> => {
  const tiny = path.join(folder, 'tiny');
  await mkdir(tiny, { recursive: true });
  const options = ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', tiny];
  return spawnSync('mount', options).status === 0 ? tiny : null;
};

test('names a full disk and leaves no half file on it', async (t) => {
  const tiny = await mountTiny();
  if (tiny === null) {
    t.skip('only root may mount a tiny file system');
    return;
  }
  t.after(() => spawnSync('umount', [tiny]));
  const { code, err } = await run(['backup', path.join(tiny, 'x')], env(full));
  assert.equal(code, 73);
  assert.match(err, /\(ENOSPC\), and nothing was left behind\. The disk is full: free some space/);
  assert.deepEqual(await readdir(tiny), []);
});

test('names a file that may not grow, and leaves no half file', async () => {
  const half = path.join(folder, 'half.backup');
  const script = path.join(import.meta.dirname, 'loopwright.ts');
  const command = `ulimit -f 4; exec "$0" "$@"`;
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', command, process.execPath, script, 'backup', half],
    { env: { PATH: process.env['PATH'], ...env(full) }, encoding: 'utf8' },
  );
  assert.equal(status, 73, stderr);
  assert.match(stderr, /\(EFBIG\), and nothing was left behind\./);
  assert.ok(!existsSync(half) && !existsSync(`${half}.part`));
});

test('refuses a backup without its keys before it touches anything', async () => {
  const fresh = path.join(folder, 'fresh');
  const { code, err } = await run(['restore', file], {
    DATABASE_URL: undefined,
    LOOPWRIGHT_DATA: fresh,
    LOOPWRIGHT_SECRET_KEY: undefined,
  });
  assert.equal(code, 1);
  assert.ok(err.includes(`sealed under the key ${keyId}, which is not here`), err);
  assert.ok(!existsSync(fresh));
});

test('refuses another key that bears the same id', async () => {
  const { code, err } = await run(
    ['restore', file],
    env(target, { LOOPWRIGHT_SECRET_KEY: `${keyId}:${randomBytes(32).toString('hex')}` }),
  );
  assert.equal(code, 1);
  assert.match(err, /does not open under the key/);
  assert.deepEqual((await contentOf(target))['candidate'], []);
});

test('goes into an empty database alone, unless it may replace what is there', async () => {
  const { db, close } = open(target.url);
  await insertConnection(db, {
    connector: 'ashby',
    name: 'Other',
    settings: {},
    requestsPerSecond: null,
  });
  const queue = await openQueue(target.url, { worker: false, onError: () => undefined });
  await queue.send(db, 'sweep', { connectionId: 'cn_gone' });
  await queue.stop(1_000);
  const refused = await run(['restore', file], env(target));
  assert.equal(refused.code, 1);
  assert.match(refused.err, /not empty \(there are rows in connection\).*--force/);
  assert.equal((await run(['restore', file, '--force'], env(target))).code, 0);
  assert.deepEqual(await contentOf(target), await contentOf(full));
  const jobs = await sql`select 1 from pgboss.job where name = 'sweep'`.execute(db);
  assert.equal(jobs.rows.length, 0);
  await close();
});

test('refuses while a hub is running on the database', async () => {
  const life = await registerProcess(target.url, 'all', () => undefined);
  const { code, err } = await run(['restore', file, '--force'], env(target));
  await life.end();
  assert.equal(code, 1);
  assert.match(err, /a hub is running on this database\. Stop it/);
});

const lines = async (): Promise<string[]> =>
  gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n');

for (const [what, change] of [
  ['that was cut short', (all: string[]) => all.slice(0, -1)],
  ['with a row missing', (all: string[]) => all.filter((_, index) => index !== 2)],
  ['with a row of no table of ours', (all: string[]) => all.toSpliced(1, 0, '["pg_authid",{}]')],
  ['that is something else', () => ['hello']],
] as const) {
  test(`changes nothing for a backup ${what}`, async () => {
    const other = path.join(folder, 'changed.backup');
    await writeFile(other, gzipSync(`${change(await lines()).join('\n')}\n`));
    const { code, err } = await run(['restore', other], env(target));
    assert.equal(code, 1);
    assert.match(err, /^restore: the file is not a whole backup of Loopwright\./);
    assert.ok(Object.values(await contentOf(target)).every((rows) => rows.length === 0));
  });
}

test('names a file that is no archive, half an archive, or not there', async () => {
  const other = path.join(folder, 'other.backup');
  for (const content of [Buffer.from('plain'), (await readFile(file)).subarray(0, 4_000)]) {
    await writeFile(other, content);
    const { code, err } = await run(['restore', other], env(target));
    assert.equal(code, 1);
    assert.match(err, /not a whole backup/);
  }
  const { err } = await run(['restore', path.join(folder, 'none')], env(target));
  assert.match(err, /none cannot be read \(ENOENT\)\./);
});

test('refuses a backup of a newer version, and names that version', async () => {
  const [, ...rows] = await lines();
  const header = JSON.stringify({
    format: 'loopwright-backup/1',
    version: '9.8.7',
    migration: 999,
    createdAt: '2030-01-01T00:00:00.000Z',
    keyIds: [],
  });
  const newer = path.join(folder, 'newer.backup');
  await writeFile(newer, gzipSync([header, ...rows].join('\n')));
  const { code, err } = await run(['restore', newer], env(target));
  assert.equal(code, 1);
  assert.match(err, /made by Loopwright 9\.8\.7 with database version 999/);
});

test('does not make a database only to back it up', async () => {
  const fresh = path.join(folder, 'nothing');
  const { code, err } = await run(['backup', path.join(folder, 'x')], {
    DATABASE_URL: undefined,
    LOOPWRIGHT_DATA: fresh,
  });
  assert.equal(code, 1);
  assert.match(err, /there is none in the data folder .* yet\. Let LOOPWRIGHT_DATA/);
  assert.ok(!existsSync(fresh));
});

test('starts the embedded database for its own time where no hub runs', async () => {
  const data = path.join(folder, 'embedded');
  await chmod(folder, 0o711);
  const place = env(full, { DATABASE_URL: undefined, LOOPWRIGHT_DATA: data });
  const restored = await run(['restore', file], place);
  assert.equal(restored.code, 0, restored.err);
  const copy = path.join(folder, 'copy.backup');
  assert.equal((await run(['backup', copy], place)).code, 0);
  const rows = (text: string): string[] => text.trimEnd().split('\n').slice(1);
  assert.deepEqual(
    rows(gunzipSync(await readFile(copy)).toString()).sort(),
    rows(gunzipSync(await readFile(file)).toString()).sort(),
  );
  assert.ok(!existsSync(path.join(data, 'postgres', 'postmaster.pid')));
});
