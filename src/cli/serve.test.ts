/** The real process: it is the signals and exit codes that matter. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '#store/database.ts';
import { createTestDatabase, type TestDatabase } from '#store/testing.ts';
import { until } from './demo-report.ts';

const script = path.join(import.meta.dirname, 'loopwright.ts');
let database: TestDatabase;
let dataDir = '';

before(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'loopwright-serve-'));
  // As root the database's user must pass.
  await chmod(dataDir, 0o711);
});

after(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (args: string[], env: Record<string, string> = {}, detached = false) => {
  const child = spawn(process.execPath, [script, 'serve', ...args], {
    cwd: dataDir,
    detached,
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      LOOPWRIGHT_DATA: dataDir,
      DATABASE_URL: database.url,
      ...env,
    },
  });
  const { promise: ready, resolve } = Promise.withResolvers<string>();
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    if (err.includes('Ctrl+C stops it.')) resolve(err);
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }));
  return { child, ready: Promise.race([ready, ended.then((end) => end.err)]), ended };
};

for (const role of ['all', 'web', 'worker'] as const) {
  test(`serves as ${role} and ends with 0 when it is told to`, async () => {
    const { child, ready, ended } = start(['--role', role]);
    const words = await ready;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(words)?.[0];
    assert.equal(url === undefined, role === 'worker', words);
    if (url !== undefined) assert.equal((await fetch(`${url}/readyz`)).status, 200);
    // As Ctrl+C under npm does: the terminal and npm both tell it.
    child.kill('SIGINT');
    child.kill('SIGINT');
    const { code, out, err } = await ended;
    assert.equal(code, 0, err);
    for (const line of out.trim().split('\n')) assert.doesNotThrow(() => JSON.parse(line), line);
  });
}

test('ends with 0 when Ctrl+C comes while the database is made', async () => {
  const fresh = path.join(dataDir, 'fresh');
  // Detached: a process group of its own, as a shell gives to what it starts.
  const { child, ended } = start([], { DATABASE_URL: '', LOOPWRIGHT_DATA: fresh }, true);
  await until('PostgreSQL makes the database', () =>
    Promise.resolve(globSync('postgres.draft-*/global/pg_control', { cwd: fresh }).length > 0),
  );
  process.kill(-(child.pid ?? 0), 'SIGINT');
  const { code, err } = await ended;
  assert.equal(code, 0, err);
  assert.doesNotMatch(err, /could not/);
});

test('ends with 69 when the port is taken, with plain words alone', async () => {
  const other = createServer();
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, err } = await start([], { PORT: String(port) }).ended;
  other.close();
  assert.equal(code, 69);
  assert.match(
    err,
    new RegExp(`^serve: the port ${String(port)} is taken.*Stop it, or set PORT\\.\n$`),
  );
});

test('ends with 73 when the data folder cannot be made', async () => {
  const file = path.join(dataDir, 'a-file');
  await writeFile(file, '');
  const { code, err } = await start([], { DATABASE_URL: '', LOOPWRIGHT_DATA: `${file}/data` })
    .ended;
  assert.equal(code, 73);
  assert.match(err, /^database: cannot write to the data folder .*LOOPWRIGHT_DATA.*\n$/);
  // With a database elsewhere the secret key is what the folder is for.
  const keyless = await start([], { LOOPWRIGHT_DATA: `${file}/data` }).ended;
  assert.equal(keyless.code, 73);
  assert.match(keyless.err, /^vault: cannot write the secret key .*LOOPWRIGHT_SECRET_KEY\.\n$/);
});

test('ends with 76 when the database is newer than it', async () => {
  const newer = await createTestDatabase();
  const { db, close } = openDatabase(newer.url, { max: 1, onError: () => undefined });
  await sql`insert into schema_migration (number, name) values (9999, 'later')`.execute(db);
  await close();
  const { code, err } = await start([], { DATABASE_URL: newer.url }).ended;
  await newer.drop();
  assert.equal(code, 76);
  assert.match(err, /^migrate: the database is at version 9999, .*newer Loopwright.*\n$/);
});

test('ends with 78 when a role is split without a database to share', async () => {
  const { code, err } = await start(['--role', 'web'], { DATABASE_URL: '' }).ended;
  assert.equal(code, 78);
  assert.match(err, /DATABASE_URL is missing\. The role web shares a database/);
});
