/** What `loopwright serve` says when it cannot start, and with which code it ends. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { exitCodes } from '#cli/exit-codes.ts';
import { createTestDatabase, type TestDatabase } from '#store/testing.ts';
import { runCommand } from './hub-process.ts';

let folder = '';
let database: TestDatabase;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'loopwright-start-'));
  database = await createTestDatabase();
});

after(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs it to its end, which must come by itself. */
const serve = async (env: Record<string, string>): Promise<{ code: unknown; text: string }> => {
  const command = runCommand(
    ['serve'],
    { PORT: '0', LOOPWRIGHT_DATA: folder, LOG_LEVEL: 'error', ...env },
    folder,
  );
  const code = await command.ended;
  return { code, text: command.output() };
};

test('the port is taken by another program', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const port = String((other.address() as AddressInfo).port);
  const { code, text } = await serve({ PORT: port, DATABASE_URL: database.url });
  other.close();
  assert.equal(code, exitCodes.unavailable);
  assert.ok(text.includes(`the port ${port} is taken`), text);
  assert.match(text, /Stop it, or set PORT/);
  assert.doesNotMatch(text, /at .*\.ts:\d/, 'no stack');
});

test('the data folder cannot be written', async () => {
  // A file in the way stops root as well, whom no mode would.
  const file = path.join(folder, 'a-file');
  await writeFile(file, '');
  const { code, text } = await serve({ LOOPWRIGHT_DATA: path.join(file, 'data') });
  assert.equal(code, exitCodes.cannotCreate, text);
  assert.match(text, /LOOPWRIGHT_DATA|data folder/);
  assert.doesNotMatch(text, /at .*\.ts:\d/, 'no stack');
});

test('the data folder is in use by another Loopwright', async () => {
  const data = path.join(folder, 'shared');
  await mkdir(data);
  const env = { PORT: '0', LOOPWRIGHT_DATA: data, LOG_LEVEL: 'error' };
  const first = runCommand(['serve'], env, folder);
  await first.ready();
  const { code, text } = await serve({ LOOPWRIGHT_DATA: data });
  first.signal('SIGTERM');
  assert.equal(await first.ended, exitCodes.ok);
  assert.equal(code, exitCodes.unavailable, text);
  assert.match(text, /in use/);
});

test('the database was made by a newer version', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("insert into schema_migration (number, name) values (9999, 'future')");
  await client.end();
  const { code, text } = await serve({ DATABASE_URL: database.url });
  assert.equal(code, exitCodes.protocol, text);
  assert.match(text, /the database is at version 9999/);
  assert.match(text, /Install the newer Loopwright/);
});

test('the database does not answer', async () => {
  const ended = createServer().listen(0, '127.0.0.1');
  await once(ended, 'listening');
  const port = String((ended.address() as AddressInfo).port);
  ended.close();
  const { code, text } = await serve({ DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/none` });
  assert.equal(code, exitCodes.unavailable, text);
  assert.match(text, /PostgreSQL does not answer/);
});

test('every fault of the configuration at once', async () => {
  const { code, text } = await serve({ PORT: 'many', LOG_LEVEL: 'loud' });
  assert.equal(code, exitCodes.config);
  assert.match(text, /PORT must be a whole number/);
  assert.match(text, /LOG_LEVEL is not one of the known values/);
});
