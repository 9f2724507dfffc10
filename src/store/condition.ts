/** What a database is, read without changing it. */
import { sql } from 'kysely';
import pg from 'pg';
import type { Executor } from './database.ts';
import { migrations } from './migrate.ts';

export const newestMigration = migrations.at(-1)?.number ?? 0;

/** The oldest PostgreSQL that the migrations and queries are written for. */
export const oldestServer = 15;

export interface Condition {
  /** The server's major version. */
  server: number;
  /** The newest migration that was applied; null when there was none. */
  migration: number | null;
}

export const readCondition = async (url: string): Promise<Condition> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server: number; known: boolean }>(
      `select current_setting('server_version_num')::integer / 10000 as server,
              to_regclass('schema_migration') is not null as known`,
    );
    const { server = 0, known = false } = rows[0] ?? {};
    if (!known) return { server, migration: null };
    const applied = await client.query<{ newest: number | null }>(
      'select max(number) as newest from schema_migration',
    );
    return { server, migration: applied.rows[0]?.newest ?? null };
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** How large it is, beside its version, and when it was last restored from a backup. */
export const readVitals = async (
  db: Executor,
): Promise<{ server: number; bytes: number; restoredAt: number | null }> => {
  const { rows } = await sql<{ server: number; bytes: number; restoredAt: number | null }>`
    select current_setting('server_version_num')::integer / 10000 as server,
      pg_database_size(current_database()) as bytes,
      (select restored_at from installation) as "restoredAt"`.execute(db);
  return rows[0] ?? { server: 0, bytes: 0, restoredAt: null };
};
