/** A hub for the time of a command that talks to vendors; it takes no work and serves nobody. */
import type { Hub } from '#jobs/hub.ts';
import type { Config } from '#config.ts';
import { startHub } from '#main.ts';
import { requireVault } from './keys.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The rate limits of the vendors hold together with those of a running hub. */
export const withHub = <T>(
  config: Config,
  terminal: Terminal,
  work: (hub: Hub) => Promise<T>,
): Promise<T> =>
  withDatabase(config, { create: false }, terminal, async (_db, { url }) => {
    requireVault(config);
    // The role web works off no jobs; a port of the system's choice is in nobody's way.
    const running = await startHub(
      { ...config, databaseUrl: url, role: 'web', host: '127.0.0.1', port: 0 },
      { log: silent },
    );
    try {
      return await work(running.hub);
    } finally {
      await running.close();
    }
  });
