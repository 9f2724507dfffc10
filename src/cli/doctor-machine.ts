/** What `doctor` sees without the database: Node, folder, address, port. */
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { get } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { publicUrlProblems } from '#api/public-url.ts';
import type { Config } from '#config.ts';
import { exitCodes } from './exit-codes.ts';
import { codeOf } from './failure.ts';
import type { Finding } from './finding.ts';

const neededNode = 24;

export const checkNode = (version: string): Finding =>
  Number.parseInt(version, 10) >= neededNode
    ? { what: 'node', state: 'ok', text: version }
    : {
        what: 'node',
        state: 'problem',
        text: `${version} is too old.`,
        remedy: `Install Node ${String(neededNode)} or later, or run the hub with the one in node_modules/.bin.`,
      };

/** A day of a busy hub fits many times; a database on a full disk stops. */
const leastFree = 500_000_000;

/** The folder is not made here: where it is missing, the one above it has to be writable. */
export const checkFolder = async ({ dataDir }: Pick<Config, 'dataDir'>): Promise<Finding[]> => {
  const what = 'data folder';
  const wanted = path.resolve(dataDir);
  const there = await firstThere(wanted);
  const refusal = await access(there, constants.W_OK | constants.X_OK).then(
    () => undefined,
    (thrown: unknown) => codeOf(thrown),
  );
  if (refusal !== undefined || !(await stat(there)).isDirectory()) {
    const reason = refusal ?? 'not a folder';
    return [
      {
        what,
        state: 'problem',
        text: `${there} cannot be written to (${reason}).`,
        remedy: 'Let LOOPWRIGHT_DATA name a folder that this user may write to.',
        exitCode: exitCodes.cannotCreate,
      },
    ];
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const megabytes = `${String(Math.floor(free / 1e6))} MB free`;
  if (free < leastFree) {
    return [
      {
        what,
        state: 'problem',
        text: `the disk of ${wanted} is nearly full: ${megabytes}.`,
        remedy: `Free ${String(leastFree / 1e6)} MB at least, or move the folder to another disk.`,
        exitCode: exitCodes.cannotCreate,
      },
    ];
  }
  const made = there === wanted ? '' : ', made at the first start';
  return [{ what, state: 'ok', text: `${wanted} (${megabytes}${made})` }];
};

const firstThere = async (folder: string): Promise<string> => {
  const isThere = await stat(folder).then(
    () => true,
    (thrown: unknown) => codeOf(thrown) !== 'ENOENT',
  );
  return isThere || path.dirname(folder) === folder ? folder : firstThere(path.dirname(folder));
};

export const checkAddress = ({ publicUrl }: Pick<Config, 'publicUrl'>): Finding[] => {
  const what = 'public address';
  if (publicUrl === undefined) {
    return [
      {
        what,
        state: 'note',
        text: 'it is not set, so vendors cannot deliver webhooks; the sweep finds changes later.',
        remedy: 'Set LOOPWRIGHT_PUBLIC_URL to the https address of the hub, then restart it.',
      },
    ];
  }
  const problems = publicUrlProblems(publicUrl);
  if (problems.length === 0) return [{ what, state: 'ok', text: publicUrl }];
  return problems.map(({ text }) => ({
    what,
    state: 'problem',
    text: text.replace(/^public address: /, ''),
  }));
};

/** Whether a hub answers at `HOST:PORT`, or could listen there. */
export const checkPort = async ({
  host,
  port,
  role,
}: Pick<Config, 'host' | 'port' | 'role'>): Promise<Finding[]> => {
  const what = 'port';
  if (role === 'worker') return [{ what, state: 'ok', text: 'a worker needs none' }];
  const where = `${host}:${String(port)}`;
  if (port === 0) return [{ what, state: 'note', text: 'PORT is 0: any free one is taken.' }];
  const answer = await ask(host, port);
  if (answer === 'hub') return [{ what, state: 'ok', text: `a hub answers at ${where}` }];
  if (answer === 'hub, not ready') {
    return [
      {
        what,
        state: 'problem',
        text: `the hub at ${where} is not ready.`,
        remedy: 'Wait a moment; if it stays so, read its log.',
        exitCode: exitCodes.unavailable,
      },
    ];
  }
  const code = await tryToListen(host, port);
  if (code === undefined) {
    return [{ what, state: 'note', text: `no hub answers at ${where}, and the port is free.` }];
  }
  const taken = code === 'EADDRINUSE';
  return [
    {
      what,
      state: 'problem',
      text: taken ? `${where} is taken by another program.` : `${where} cannot be used (${code}).`,
      remedy: taken ? 'Stop it, or set PORT.' : 'Set HOST and PORT to an address of this machine.',
      exitCode: exitCodes.unavailable,
    },
  ];
};

const patience = 3_000;
const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

const ask = async (
  host: string,
  port: number,
): Promise<'hub' | 'hub, not ready' | 'somebody or nobody'> => {
  const alive = await read(host, port, '/healthz');
  if (alive !== '{"status":"ok"}') return 'somebody or nobody';
  return (await read(host, port, '/readyz')) === '{"status":"ready"}' ? 'hub' : 'hub, not ready';
};

/** The beginning of the answer; undefined when there is none. */
const read = (host: string, port: number, pathname: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const signal = AbortSignal.timeout(patience);
    const request = get(
      { host: everywhere[host] ?? host, port, path: pathname, signal },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > 1_000) response.destroy();
        });
        response.on('close', () => {
          resolve(text);
        });
        response.on('error', () => undefined);
      },
    );
    request.on('error', () => {
      resolve(undefined);
    });
  });

const tryToListen = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? 'unknown');
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
