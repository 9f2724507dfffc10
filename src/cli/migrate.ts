import { newestMigration } from '#store/condition.ts';
import { migrate } from '#store/migrate.ts';
import { loadConfig } from '#config.ts';
import { withUrl } from './with-database.ts';
import type { Input } from './command.ts';
import type { Terminal } from './terminal.ts';

/** Brings the database to this version, making the embedded one where there is none. */
export const migrateDatabase = async (_input: Input, terminal: Terminal): Promise<number> => {
  const applied = await withUrl(loadConfig(), { create: true }, terminal, ({ url }) =>
    migrate(url),
  );
  const done = applied.length === 0 ? 'nothing was left to do' : `applied ${applied.join(', ')}`;
  terminal.print(`The database is at version ${String(newestMigration)}: ${done}.`);
  return 0;
};
