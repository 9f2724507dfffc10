/** C12: killed in the middle of a migration; the database holds whole migrations or none. */
import assert from 'node:assert/strict';
import pg from 'pg';
import { until } from '../world.ts';
import { testSender } from './flows.ts';
import { startProcess } from './process.ts';
import { withRig, type CrashCase } from './points.ts';

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

const tables = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  return rows.map((row) => row.name);
};

const killedInMigration = (): Promise<void> =>
  withRig(testSender, async (rig) => {
    const client = await connect(rig.databaseUrl);
    const blocker = await connect(rig.databaseUrl);
    try {
      await client.query(
        'drop schema public cascade; create schema public; drop schema if exists pgboss cascade',
      );
      // A table of this name that is not committed yet makes the migration wait at its own.
      await blocker.query('begin; create table effect (id integer)');
      const child = startProcess(['migrate'], { DATABASE_URL: rig.databaseUrl }, rig.folder);
      await until(
        'the migration stands half way',
        async () => {
          const { rows } = await client.query(
            `select 1 from pg_stat_activity where datname = current_database()
             and wait_event_type = 'Lock' and wait_event <> 'advisory'`,
          );
          return rows.length > 0;
        },
        60_000,
      );
      child.signal('SIGKILL');
      await child.killed;
      await blocker.query('rollback');
      await until('the killed process is gone from the database', async () => {
        const { rows } = await client.query(
          `select 1 from pg_stat_activity where datname = current_database()
             and application_name = '' and pid <> $1`,
          [pidOf(blocker)],
        );
        return rows.length === 1;
      });
      assert.deepEqual(await tables(client), ['schema_migration'], 'nothing of the migration');
      const { rows } = await client.query('select number from schema_migration');
      assert.deepEqual(rows, []);
      await rig.start().ready;
      assert.equal((await fetch(`${rig.url}/readyz`)).status, 200);
    } finally {
      await client.end();
      await blocker.end();
    }
  });

const pidOf = (client: pg.Client): number => (client as unknown as { processID: number }).processID;

export const migrationCases: readonly CrashCase[] = [
  { name: 'killed between two statements of a migration (C12)', run: killedInMigration },
];
