/**
 * What benches run against: a PostgreSQL of their own that flushes to disk as in production, and
 * the hub as processes of its own, started as an administrator would.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#store/embedded.ts';
import type { Place } from './machine.ts';

export const root = path.dirname(path.dirname(import.meta.dirname));

const living = new Set<ChildProcess>();
/** Servers that are no children of this process, with the folders to remove. */
const servers = new Map<number, string>();
// A bench that breaks off must leave nothing running.
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
  for (const [pid, folder] of servers) {
    process.kill(pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

export interface Child {
  pid: number;
  process: ChildProcess;
  /** What it printed when it was ready, as `ready` matched it. */
  match: RegExpExecArray;
  stop(): Promise<void>;
}

/** Starts a program and waits until it prints what `ready` matches. */
export const startChild = async (
  command: readonly string[],
  options: {
    ready: RegExp;
    env?: Record<string, string>;
    cwd?: string;
    place?: Place;
    ipc?: boolean;
  },
): Promise<Child> => {
  const [program = '', ...args] = [...(options.place?.prefix ?? []), ...command];
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env: { ...cleanEnvironment(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc ? (['ipc'] as const) : [])],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    let text = '';
    const hear = (chunk: Buffer): void => {
      text = (text + chunk.toString()).slice(-8_000);
      const found = options.ready.exec(text);
      if (found) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(
        new Error(`bench: ${program} ended (${String(code)}) before it was ready.\n${text.trim()}`),
      );
    });
  });
  return {
    pid: child.pid ?? 0,
    process: child,
    match,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** The environment without settings of the hub, which would change what is measured. */
export const cleanEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^(LOOPWRIGHT_|LEVER_|DATABASE_URL$|PORT$|HOST$|LOG_LEVEL$)/.test(name)
        ? []
        : [[name, value]],
    ),
  );

export interface Rig {
  databaseUrl: string;
  folder: string;
  /** Settings that every process of the hub shares. */
  env: Record<string, string>;
  /** A process of the hub, once it is ready; `url` is empty for a worker. */
  hub(
    role: 'all' | 'web' | 'worker',
    options?: { env?: Record<string, string>; place?: Place },
  ): Promise<Child & { url: string }>;
  close(): Promise<void>;
}

export const temporaryFolder = async (purpose: string): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), `loopwright-${purpose}-`));
  // mkdtemp closes the folder to all others, among them the user that PostgreSQL runs as.
  await chmod(folder, 0o711);
  return folder;
};

/** A port that nothing listens on now. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** The process id of the server behind this address. */
export const postmasterOf = async (url: string): Promise<number> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: string }>(
      `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
    );
    return Number(rows[0]?.pid);
  } finally {
    await client.end();
  }
};

export const openRig = async (): Promise<Rig> => {
  const folder = await temporaryFolder('bench');
  const server = await startEmbedded({
    dataDir: path.join(folder, 'postgres'),
    log: () => undefined,
  }).catch(async (thrown: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  });
  const postmaster = await postmasterOf(server.url);
  servers.set(postmaster, folder);
  const env = {
    // One for all: workers tell vendors the address of the web process.
    PORT: String(await freePort()),
    DATABASE_URL: server.url,
    LOOPWRIGHT_DATA: path.join(folder, 'hub'),
    LOOPWRIGHT_SECRET_KEY: `bench:${randomBytes(32).toString('hex')}`,
    LOG_LEVEL: 'silent',
  };
  const children: Child[] = [];
  return {
    databaseUrl: server.url,
    folder,
    env,
    async hub(role, options = {}) {
      const child = await startChild(
        [process.execPath, 'src/cli/loopwright.ts', 'serve', '--role', role],
        {
          ready: /Loopwright (?:is ready at (\S+)\.|works off jobs\.) Ctrl/,
          env: { ...env, ...options.env },
          ...(options.place ? { place: options.place } : {}),
        },
      );
      children.push(child);
      return { ...child, url: child.match[1] ?? '' };
    },
    async close() {
      await Promise.all(children.map((child) => child.stop()));
      await server.stop();
      servers.delete(postmaster);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
