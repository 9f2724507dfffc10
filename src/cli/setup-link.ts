import { newSetupLink } from '#jobs/set-up.ts';
import { serverTime } from '#store/database.ts';
import { loadConfig } from '#config.ts';
import type { Input } from './command.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

/** Prints the link alone to standard output. */
export const printSetupLink = async (_input: Input, terminal: Terminal): Promise<number> => {
  const config = loadConfig();
  const publicUrl = config.publicUrl ?? `http://${config.host}:${String(config.port)}`;
  return withDatabase(config, { create: true }, terminal, async (db) => {
    const link = await newSetupLink(db, publicUrl, await serverTime(db));
    terminal.note(
      'Whoever opens this link first becomes Super Admin. It works once and for 24 hours:',
    );
    terminal.print(link);
    return 0;
  });
};
