/**
 * A whole product for a bench: sandbox in the bench's own process, PostgreSQL, and processes of the
 * hub. Accounts are connected through the hub's API; the vendors' side is played on their pages.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Emulator } from '#connectors/emulator.ts';
import { startSandbox, type Sandbox } from '#sandbox/sandbox.ts';
import { insertApiKey } from '#store/api-keys.ts';
import { openDatabase } from '#store/database.ts';
import { openRig, type Child } from './rig.ts';

export interface Stage {
  sandbox: Sandbox;
  /** The hub's web process. */
  url: string;
  emulator(id: string): Emulator;
  /** Connects an emulated account; null keeps the vendor's own limit, 0 lifts it. */
  connect(id: string, requestsPerSecond: number | null): Promise<string>;
  /** A call of the hub's API; throws unless it answers 2xx. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Presses a button on an emulator's page. */
  form(path: string, fields: Record<string, string>): Promise<void>;
  query<T extends pg.QueryResultRow>(text: string): Promise<T[]>;
  /** Waits until no job is due or running; throws after `within` milliseconds. */
  idle(within: number): Promise<void>;
  close(): Promise<void>;
}

/** Settings that keep what a bench does not measure out of it; said in its notes. */
const calm = { LOOPWRIGHT_SWEEP_MINUTES: '1440', LOOPWRIGHT_RESULT_POLL_SECONDS: '86400' };

export const openStage = async (options: {
  candidates: number;
  rate: 'vendor' | 0;
  roles: ReadonlyArray<'all' | 'web' | 'worker'>;
}): Promise<Stage> => {
  const sandbox = await startSandbox({
    port: 0,
    candidates: options.candidates,
    seed: 1,
    rate: options.rate,
    allowHttpLoopback: true,
    log: () => undefined,
  });
  const rig = await openRig();
  const client = new pg.Client({ connectionString: rig.databaseUrl });
  const close = async (): Promise<void> => {
    await client.end();
    await rig.close();
    await sandbox.close();
  };
  try {
    await client.connect();
    const env = { ...calm, LOOPWRIGHT_ALLOW_HOSTS: sandbox.places.join(',') };
    const processes: Array<Child & { url: string }> = [];
    for (const role of options.roles) processes.push(await rig.hub(role, { env }));
    const url = processes.find((one) => one.url !== '')?.url ?? '';
    const key = await makeKey(rig.databaseUrl);
    return { ...stageOf({ sandbox, url, key, client }), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
};

const makeKey = async (databaseUrl: string): Promise<string> => {
  const handle = openDatabase(databaseUrl, { max: 1, onError: () => undefined });
  const input = { name: 'bench', role: 'super_admin', email: null } as const;
  const { key } = await insertApiKey(handle.db, input);
  await handle.close();
  return key;
};

const stageOf = (of: {
  sandbox: Sandbox;
  url: string;
  key: string;
  client: pg.Client;
}): Omit<Stage, 'close'> => {
  const { sandbox, url, client } = of;
  const query = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> =>
    (await client.query<T>(text)).rows;
  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${of.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    throw new Error(`bench: ${method} ${path} answered ${String(response.status)}: ${text}`);
  };
  const emulator = (id: string): Emulator => {
    const found = sandbox.emulators.get(id);
    if (!found) throw new Error(`bench: there is no emulator named ${id}.`);
    return found;
  };
  return {
    sandbox,
    url,
    emulator,
    api,
    query,
    async connect(id, requestsPerSecond) {
      const { clientId: _id, clientSecret: _secret, ...settings } = emulator(id).credentials();
      const input = { connector: id, name: id, settings, requestsPerSecond };
      return (await api<{ id: string }>('POST', '/connections', input)).id;
    },
    async form(path, fields) {
      const response = await fetch(sandbox.url + path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      });
      await response.arrayBuffer();
      if (response.status >= 400)
        throw new Error(`bench: POST ${path} answered ${String(response.status)}.`);
    },
    async idle(within) {
      const deadline = performance.now() + within;
      for (;;) {
        const [row] = await query<{ open: number }>(
          `select count(*)::int as open from pgboss.job
           where state in ('created', 'retry', 'active') and start_after <= now() and name <> 'tick'`,
        );
        if (row?.open === 0) return;
        if (performance.now() > deadline)
          throw new Error(`bench: ${String(row?.open)} jobs were still open in the end.`);
        await pause(50);
      }
    },
  };
};
