import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from './migrate.ts';
import { startEmbedded } from './embedded.ts';

export const templateDatabase = 'loopwright_template';

export type TestServer = { adminUrl: string; stop(): Promise<void> };

/**
 * Starts a throw-away server in a temporary folder and migrates the template that every test's
 * database is cloned from. `stop` removes the folder too.
 */
export const startTestServer = async (): Promise<TestServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'loopwright-test-'));
  // mkdtemp closes the folder to all others, among them the user that the server runs as.
  await chmod(folder, 0o711);
  const lines: string[] = [];
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const server = await startEmbedded({
    dataDir: join(folder, 'data'),
    log: (line) => lines.push(line),
    durable: false,
  }).catch(async (thrown: unknown) => {
    await removeFolder();
    throw new Error(`The test database did not start. ${lines.join(' ')}`, { cause: thrown });
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    await removeFolder();
  };
  try {
    await asAdmin(server.url, (client) => client.query(`create database ${templateDatabase}`));
    await migrate(databaseUrl(server.url, templateDatabase));
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return { adminUrl: server.url, stop };
};

/** The URL of another database on the same server. */
export const databaseUrl = (adminUrl: string, database: string): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
};

export const asAdmin = async (
  adminUrl: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};
