import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { findByKey } from '#store/api-keys.ts';
import { openDatabase } from '#store/database.ts';
import { startEmbedded } from '#store/embedded.ts';
import { createTestDatabase } from '#store/testing.ts';
import { run } from './testing.ts';

test('makes a key that opens the API, lists it without telling it, and revokes it', async (t) => {
  const database = await createTestDatabase();
  const { db, close } = openDatabase(database.url, { max: 1, onError: () => undefined });
  t.after(async () => {
    await close();
    await database.drop();
  });
  const env = { DATABASE_URL: database.url };
  const wish = ['--role', 'team_member', '--name', 'CI', '--email', 'Ada@Example.com'];
  const made = await run(['api-key', 'create', ...wish], env);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /^lw_[\w-]{32}$/);
  const row = await findByKey(db, made.out);
  assert.ok(row);
  assert.deepEqual([row.role, row.name, row.email], ['team_member', 'CI', 'ada@example.com']);
  const listed = await run(['api-key', 'list'], env);
  assert.match(listed.out, new RegExp(`${row.id} +team_member +CI +ada@example.com +never used`));
  assert.ok(!listed.out.includes(made.out));
  assert.equal((await run(['api-key', 'revoke', row.id], env)).code, 0);
  assert.equal(await findByKey(db, made.out), null);
  const again = await run(['api-key', 'revoke', row.id], env);
  assert.equal(again.code, 1);
  assert.match(again.err, /there is no api_key with the id/);
});

test('asks for migrations where the database has none, and migrate makes them', async (t) => {
  const database = await createTestDatabase();
  t.after(() => database.drop());
  const { db, close } = openDatabase(database.url, { max: 1, onError: () => undefined });
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  await close();
  const env = { DATABASE_URL: database.url };
  const early = await run(['api-key', 'create', '--role', 'admin'], env);
  assert.equal(early.code, 1);
  assert.match(early.err, /no tables yet\. Run `loopwright migrate`/);
  const migrated = await run(['migrate'], env);
  assert.match(migrated.out, /^The database is at version \d+: applied 1/);
  assert.match((await run(['migrate'], env)).out, /nothing was left to do/);
  assert.equal((await run(['api-key', 'create', '--role', 'admin'], env)).code, 0);
});

test('works in the data folder beside a running hub, and without one', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'loopwright-cli-'));
  await chmod(folder, 0o711);
  t.after(() => rm(folder, { recursive: true, force: true }));
  const dataDir = path.join(folder, 'data');
  const env = { DATABASE_URL: undefined, LOOPWRIGHT_DATA: dataDir };
  const alone = await run(['api-key', 'create', '--role', 'admin', '--name', 'alone'], env);
  assert.equal(alone.code, 0, alone.err);
  const server = await startEmbedded({ dataDir, log: () => undefined, durable: false });
  const beside = await run(['api-key', 'create', '--role', 'admin', '--name', 'beside'], env);
  assert.equal(beside.code, 0, beside.err);
  const { out } = await run(['api-key', 'list'], env);
  assert.match(out, /alone/);
  assert.match(out, /beside/);
  await server.stop();
});
