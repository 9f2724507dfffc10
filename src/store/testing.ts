import { randomBytes } from 'node:crypto';
import { after } from 'node:test';
import {
  asAdmin,
  databaseUrl,
  startTestServer,
  templateDatabase,
  type TestServer,
} from './testing-server.ts';

export type TestDatabase = { url: string; drop(): Promise<void> };

/** `scripts/test.ts` shares one server among all test files. */
const sharedAdminUrl = process.env['LOOPWRIGHT_TEST_POSTGRES'];

let own: Promise<TestServer> | undefined;
let inUse = 0;
let ended = false;

const stopWhenUnused = async (): Promise<void> => {
  if (ended && inUse === 0) await (await own)?.stop();
};

// Here and not beside the start: a hook set inside a test ends with that test. It runs before the
// test file's own hooks, so the last database that is dropped stops the server.
if (sharedAdminUrl === undefined) {
  after(async () => {
    ended = true;
    await stopWhenUnused();
  });
}

const adminUrl = async (): Promise<string> =>
  sharedAdminUrl ?? (await (own ??= startTestServer())).adminUrl;

/**
 * A migrated database of the test's own, cloned from the template. Close every connection to it,
 * then `drop` it. A test file that is run by hand brings its own server and stops it at its end.
 */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const admin = await adminUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(admin, (client) =>
    // Copying files beats the write-ahead log here, most of all when the copy is dropped.
    client.query(`create database ${name} template ${templateDatabase} strategy file_copy`),
  );
  inUse += 1;
  return {
    url: databaseUrl(admin, name),
    async drop() {
      await asAdmin(admin, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      );
      inUse -= 1;
      await stopWhenUnused();
    },
  };
};
