/**
 * From the command to a `/readyz` that says yes, for a copy that is packed and installed as users
 * get it: with a fresh data folder (the database is made) and with one from an earlier run. Then the
 * memory of the idle hub and of its PostgreSQL.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { findEmbedded } from '#store/embedded.ts';
import { descendants, memoryOf, type Memory } from './parts/machine.ts';
import {
  cleanEnvironment,
  freePort,
  postmasterOf,
  root,
  startChild,
  temporaryFolder,
  type Child,
} from './parts/rig.ts';
import type { Bench, Figure } from './report.ts';

const execute = promisify(execFile);
const longest = 60_000;
const idleFor = 10_000;

/** Packs this clone and installs it beside nothing else; returns the installed package. */
const install = async (folder: string): Promise<string> => {
  const env = cleanEnvironment();
  await execute('npm', ['pack', '--pack-destination', folder], { cwd: root, env });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('bench: npm pack wrote no tarball.');
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--omit=dev'];
  await execute('npm', ['install', ...flags, `./${tarball}`], { cwd: folder, env });
  return path.join(folder, 'node_modules', 'loopwright');
};

interface Start {
  child: Child;
  milliseconds: number;
}

/** Starts the installed command on `dataDir` and asks until it is ready. */
const start = async (installed: string, dataDir: string): Promise<Start> => {
  const port = String(await freePort());
  const begin = performance.now();
  const starting = startChild(
    [process.execPath, path.join(installed, 'dist', 'cli', 'launch.js'), 'serve'],
    {
      ready: /Loopwright is ready at/,
      cwd: path.dirname(dataDir),
      env: { PORT: port, LOOPWRIGHT_DATA: dataDir, LOG_LEVEL: 'warn' },
    },
  );
  const milliseconds = await Promise.race([
    isReady(`http://127.0.0.1:${port}/readyz`, begin),
    // Only its failure ends the race: readiness is what `/readyz` says.
    starting.then(() => new Promise<never>(() => undefined)),
  ]);
  return { child: await starting, milliseconds };
};

const isReady = async (url: string, begin: number): Promise<number> => {
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    const taken = performance.now() - begin;
    if (answer?.status === 200) return taken;
    if (taken > longest) throw new Error('bench: the hub was not ready within 60 s.');
    await pause(5);
  }
};

interface Idle {
  hub: Memory;
  postgres: Memory;
}

/** After a while without work. PostgreSQL is whoever runs below the server that has this folder. */
const measureIdle = async ({ child }: Start, dataDir: string): Promise<Idle | null> => {
  await pause(idleFor);
  const url = await findEmbedded(dataDir);
  const hub = await memoryOf([child.pid]);
  const postgres =
    url === undefined ? null : await memoryOf(await descendants(await postmasterOf(url)));
  return hub && postgres ? { hub, postgres } : null;
};

export const bench: Bench = {
  name: 'cold-start',
  summary: 'An installed copy from the command to /readyz, and the memory of the idle hub.',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: 'string', default: '5' }, installed: { type: 'string' } },
    });
    const folder = await temporaryFolder('cold');
    try {
      const installed = values.installed ?? (await install(folder));
      const fresh: number[] = [];
      const existing: number[] = [];
      let idle: Idle | null = null;
      for (let round = 0; round < Number(values.rounds); round += 1) {
        const dataDir = path.join(folder, `round-${String(round)}`, 'data');
        await mkdir(path.dirname(dataDir), { recursive: true, mode: 0o711 });
        const first = await start(installed, dataDir);
        fresh.push(first.milliseconds);
        await first.child.stop();
        const second = await start(installed, dataDir);
        existing.push(second.milliseconds);
        if (round === 0) idle = await measureIdle(second, dataDir);
        await second.child.stop();
      }
      return figuresOf(fresh, existing, idle);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const mebibytes = (bytes: number): number => bytes / 2 ** 20;

const figuresOf = (
  fresh: readonly number[],
  existing: readonly number[],
  idle: Idle | null,
): Figure[] => [
  {
    id: 'existing',
    label: 'ready, data folder of an earlier run',
    unit: 's',
    samples: existing.map((milliseconds) => milliseconds / 1_000),
    goal: { atMost: 3 },
    note: "A packed and installed copy, started by the command's own file with Node 24; the operating system's file cache is warm.",
  },
  {
    id: 'fresh',
    label: 'ready, fresh data folder (makes the database)',
    unit: 's',
    samples: fresh.map((milliseconds) => milliseconds / 1_000),
    goal: { atMost: 3 },
  },
  ...(idle === null
    ? []
    : [
        {
          id: 'hub-memory',
          label: 'hub, idle: resident',
          unit: 'MiB',
          samples: [mebibytes(idle.hub.resident)],
          note: 'Ten seconds after it was ready, no connections, role all.',
        },
        {
          id: 'postgres-memory',
          label: 'its PostgreSQL, idle: proportional',
          unit: 'MiB',
          samples: [mebibytes(idle.postgres.proportional)],
          note: "All of the server's processes; pages that they share are counted once (PSS).",
        },
      ]),
];
