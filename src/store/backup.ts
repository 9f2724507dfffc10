/**
 * A snapshot of every table as lines of JSON, and the way back. The queue's tables are not in it:
 * after a restore the tick makes the jobs anew from the ledger. Secrets stay sealed; the keys that
 * open them are named, not included.
 *
 * First a header, then `[table, row]` a line, at last `{"end":true,"rows":N}`.
 */
import { z } from 'zod';
import pg from 'pg';
import { LoopwrightError } from '#core/errors.ts';
import { newestMigration, readCondition } from './condition.ts';
import { migrate, migrations } from './migrate.ts';
import { unseal, type Vault } from './vault.ts';

const header = z.object({
  format: z.literal('loopwright-backup/1'),
  /** Of the Loopwright that wrote it. */
  version: z.string(),
  migration: z.int().positive(),
  createdAt: z.iso.datetime(),
  /** Without these keys its secrets cannot be opened. */
  keyIds: z.array(z.string()),
});

export type BackupHeader = z.infer<typeof header>;

const fetchedAtOnce = 500;

/**
 * The lines of a backup, without their line ends, read with a cursor in one snapshot: bounded memory,
 * and a hub may work on meanwhile. The database has to be at this version's migration.
 */
export async function* readSnapshot(url: string, version: string): AsyncGenerator<string> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const keys = await client.query<{ id: string }>(
      'select distinct key_id as id from secret order by 1',
    );
    const clock = await client.query<{ now: string }>(
      `select to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
    );
    yield JSON.stringify({
      format: 'loopwright-backup/1',
      version,
      migration: newestMigration,
      createdAt: clock.rows[0]?.now ?? '',
      keyIds: keys.rows.map(({ id }) => id),
    } satisfies BackupHeader);
    let rows = 0;
    for (const table of await tablesOf(client)) {
      for await (const row of rowsOf(client, table)) {
        rows += 1;
        yield `[${JSON.stringify(table)},${row}]`;
      }
    }
    yield JSON.stringify({ end: true, rows });
  } finally {
    await client.end();
  }
}

/**
 * Our tables, in alphabetical order, but for what a restore writes itself: the migrations' own log
 * and that there was a restore.
 */
const tablesOf = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = current_schema()::regnamespace and relkind = 'r'
       and relname not in ('schema_migration', 'installation') order by relname`,
  );
  return rows.map(({ name }) => name);
};

/** PostgreSQL writes the JSON, so that no value loses precision on its way through JavaScript. */
async function* rowsOf(client: pg.Client, table: string): AsyncGenerator<string> {
  const from = client.escapeIdentifier(table);
  await client.query(
    `declare backup no scroll cursor for select row_to_json(one)::text as row from ${from} as one`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: string }>(
      `fetch ${String(fetchedAtOnce)} from backup`,
    );
    for (const { row } of rows) yield row;
    if (rows.length < fetchedAtOnce) break;
  }
  await client.query('close backup');
}

export const damaged = (): LoopwrightError =>
  new LoopwrightError(
    'backup_damaged',
    422,
    'restore: the file is not a whole backup of Loopwright. Take another copy of it, or another backup.',
  );

/** Throws `backup_damaged`, `backup_newer`. */
export const parseHeader = (line: string): BackupHeader => {
  const read = header.safeParse(parseLine(line));
  if (!read.success) throw damaged();
  if (read.data.migration > newestMigration) {
    throw new LoopwrightError(
      'backup_newer',
      422,
      `restore: the backup was made by Loopwright ${read.data.version} with database version ${String(read.data.migration)}, this one knows ${String(newestMigration)}. Restore it with that version or a later one.`,
    );
  }
  return read.data;
};

const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    throw damaged();
  }
};

/**
 * Fills an empty database, or with `force` replaces what is in it, in one transaction, and brings it
 * to this version. Returns how many rows there are now. `lines` go on behind the header.
 *
 * Throws `hub_running`, `database_not_empty`, `database_newer`, `backup_damaged`, `secret_…`.
 */
export const writeSnapshot = async (
  url: string,
  backup: { header: BackupHeader; lines: AsyncIterable<string> },
  options: { force: boolean; vault: Vault | null },
): Promise<number> => {
  await prepareTables(url, backup.header);
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  let rows: number;
  try {
    await client.query('begin');
    const tables = await tablesOf(client);
    await refuseRunningHub(client);
    if (!options.force) await refuseContent(client, tables);
    await empty(client, tables);
    rows = await fill(client, new Set(tables), backup.lines);
    await client.query(
      `insert into installation (restored_at) values (now())
       on conflict (only_row) do update set restored_at = excluded.restored_at`,
    );
    await restartIdentities(client);
    if (options.vault) await tryKeys(client, options.vault);
    await client.query('commit');
  } finally {
    // An open transaction is rolled back by the server.
    await client.end();
  }
  await migrate(url);
  return rows;
};

/** The tables have to be as they were when the backup was made; later migrations follow the rows. */
const prepareTables = async (url: string, { migration }: BackupHeader): Promise<void> => {
  const condition = await readCondition(url);
  if (condition.migration !== null && condition.migration !== migration) {
    throw new LoopwrightError(
      condition.migration > newestMigration ? 'database_newer' : 'database_version',
      409,
      `restore: the database is at version ${String(condition.migration)}, the backup at ${String(migration)}. Restore into a new data folder or a new database.`,
    );
  }
  await migrate(
    url,
    migrations.filter(({ number }) => number <= migration),
  );
};

const refuseRunningHub = async (client: pg.Client): Promise<void> => {
  const { rowCount } = await client.query(
    `select from pg_stat_activity
     where datname = current_database() and application_name = 'loopwright-process'`,
  );
  if (rowCount === 0) return;
  throw new LoopwrightError(
    'hub_running',
    409,
    'restore: a hub is running on this database. Stop it (all of its processes), then restore.',
  );
};

/** What a hub that was merely started leaves behind is no content. */
const traces = new Set(['process', 'job_run', 'rate_bucket', 'one_time_link', 'sign_in_window']);

const refuseContent = async (client: pg.Client, tables: readonly string[]): Promise<void> => {
  for (const table of tables.filter((name) => !traces.has(name))) {
    const { rowCount } = await client.query(
      `select from ${client.escapeIdentifier(table)} limit 1`,
    );
    if (rowCount === 0) continue;
    throw new LoopwrightError(
      'database_not_empty',
      409,
      `restore: the database is not empty (there are rows in ${table}). Restore into a new data folder or database, or replace everything in this one with --force.`,
    );
  }
};

/** Jobs of the former content go too: they speak of rows that are no more. */
const empty = async (client: pg.Client, tables: readonly string[]): Promise<void> => {
  await client.query(
    `truncate ${tables.map((table) => client.escapeIdentifier(table)).join(', ')} restart identity`,
  );
  const { rows } = await client.query<{ known: boolean }>(
    `select to_regclass('pgboss.job') is not null as known`,
  );
  if (rows[0]?.known) await client.query('delete from pgboss.job');
};

const rowLine = z.tuple([z.string(), z.record(z.string(), z.unknown())]);
const endLine = z.object({ end: z.literal(true), rows: z.int() });
const insertedAtOnce = 500;

/** Rows may come before those that they refer to, so references are checked when all are there. */
const fill = async (
  client: pg.Client,
  tables: ReadonlySet<string>,
  lines: AsyncIterable<string>,
): Promise<number> => {
  const references = await referencesOf(client);
  await alterReferences(client, references, 'deferrable initially deferred');
  let table = '';
  let batch: string[] = [];
  let rows = 0;
  let end: z.infer<typeof endLine> | undefined;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await insertRows(client, table, `[${batch.join(',')}]`);
    batch = [];
  };
  for await (const line of lines) {
    if (end) throw damaged();
    const parsed = parseLine(line);
    const row = rowLine.safeParse(parsed);
    if (!row.success) {
      end = endLine.safeParse(parsed).data;
      if (!end) throw damaged();
      continue;
    }
    const [name] = row.data;
    if (!tables.has(name)) throw damaged();
    if (name !== table || batch.length === insertedAtOnce) await flush();
    table = name;
    // The row's own text, for the sake of precision.
    batch.push(line.slice(JSON.stringify(name).length + 2, -1));
    rows += 1;
  }
  await flush();
  if (end?.rows !== rows) throw damaged();
  await client.query('set constraints all immediate');
  await alterReferences(client, references, 'not deferrable');
  return rows;
};

const insertRows = async (client: pg.Client, table: string, rows: string): Promise<void> => {
  const into = client.escapeIdentifier(table);
  await client.query(
    `insert into ${into} overriding system value
     select * from json_populate_recordset(null::${into}, $1::json)`,
    [rows],
  );
};

interface Reference {
  table: string;
  name: string;
}

const referencesOf = async (client: pg.Client): Promise<Reference[]> => {
  const { rows } = await client.query<Reference>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name from pg_constraint
     where connamespace = current_schema()::regnamespace and contype = 'f'`,
  );
  return rows;
};

const alterReferences = async (
  client: pg.Client,
  references: readonly Reference[],
  mode: 'deferrable initially deferred' | 'not deferrable',
): Promise<void> => {
  for (const { table, name } of references) {
    await client.query(`alter table ${table} alter constraint ${name} ${mode}`);
  }
};

/** Numbers go on behind the highest one in use. */
const restartIdentities = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select attrelid::regclass::text as table, quote_ident(attname) as column
     from pg_attribute join pg_class on pg_class.oid = attrelid
     where relnamespace = current_schema()::regnamespace and relkind = 'r' and attidentity <> ''`,
  );
  for (const { table, column } of rows) {
    const { rows: found } = await client.query<{ next: string }>(
      `select coalesce(max(${column}), 0) + 1 as next from ${table}`,
    );
    await client.query(
      `alter table ${table} alter column ${column} restart with ${String(Number(found[0]?.next ?? 1))}`,
    );
  }
};

interface SealedRow {
  connection_id: string;
  name: string;
  key_id: string;
  nonce: Buffer;
  ciphertext: Buffer;
}

/** A key may bear the right id and yet be another one. */
const tryKeys = async (client: pg.Client, vault: Vault): Promise<void> => {
  const { rows } = await client.query<SealedRow>(
    `select distinct on (key_id) connection_id, name, key_id, nonce, ciphertext from secret`,
  );
  for (const row of rows) unseal(vault, row.connection_id, row.name, row);
};
