/** The hub, started and stopped: the port, the database, and then every room of `assemble.ts`. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { LoopwrightError } from '#core/errors.ts';
import type { Log } from '#jobs/hub.ts';
import { startEmbedded } from '#store/embedded.ts';
import type { Config } from '#config.ts';
import type { Assembled, Overrides } from './assemble.ts';

export type { Overrides } from './assemble.ts';

export const version = '0.1.0';

export interface Running extends Pick<Assembled, 'hub' | 'metrics' | 'repliesAt' | 'setupLink'> {
  /** Where it listens; null for a worker, which does not. */
  url: string | null;
  /** Stops taking work in, finishes or hands back what is under way, and ends within ten seconds. */
  close(): Promise<void>;
}

/** Values that must never stand in a log, wherever they are nested. */
const redacted = [
  'apiKey',
  'clientSecret',
  'authorization',
  'secret',
  'token',
  'email',
  'name',
  'body',
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

const describeError = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { message: 'not an Error' };
  const { name, message, stack } = error;
  return { name, message, stack, code: (error as NodeJS.ErrnoException).code };
};

export const createLog = (level: string): Log =>
  pino({ level, redact: redacted, serializers: { error: describeError, err: describeError } });

/** Starts a hub as configured: everything, or one role of several processes on one database. */
export const startHub = async (config: Config, overrides: Overrides = {}): Promise<Running> => {
  const log = overrides.log ?? createLog(config.logLevel);
  for (const warning of config.warnings) log.warn({}, warning);
  const ends: Array<() => Promise<void>> = [];
  const closeAll = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) {
      await end().catch((thrown: unknown) => {
        log.error({ error: thrown }, 'main: something did not close cleanly.');
      });
    }
  };
  try {
    return await start(config, overrides, log, ends, closeAll);
  } catch (thrown) {
    await closeAll();
    throw thrown;
  }
};

const start = async (
  config: Config,
  overrides: Overrides,
  log: Log,
  ends: Array<() => Promise<void>>,
  closeAll: () => Promise<void>,
): Promise<Running> => {
  let url: string | null = null;
  let app: Assembled['app'] = null;
  let draining = false;
  if (config.role !== 'worker') {
    url = await listen(config, ends, (request, env) =>
      app ? app.fetch(request, env) : new Response('starting', { status: 503 }),
    );
  }
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, log, ends));
  const { assemble } = await loadRooms();
  const ground = { log, databaseUrl, url, version, draining: () => draining, ends };
  const assembled = await assemble(config, overrides, ground);
  app = assembled.app;
  const { hub, metrics, repliesAt, setupLink } = assembled;
  if (setupLink !== null) {
    // The one secret that a log may hold: without it nobody could begin, and it dies on use.
    log.warn({}, `Make the first Super Admin within 24 hours at ${setupLink}`);
  }
  log.info({ url, role: config.role, process: hub.processId() }, 'Loopwright is ready.');
  return {
    url,
    hub,
    metrics,
    repliesAt,
    setupLink,
    close() {
      draining = true;
      return closeAll();
    },
  };
};

/** Most of the code. Loading it takes as long as a database takes to start, so both go on at once. */
const loadRooms = () => import('./assemble.ts');

const startDatabase = async (
  { dataDir }: Config,
  log: Log,
  ends: Array<() => Promise<void>>,
): Promise<string> => {
  const embedded = await startEmbedded({
    dataDir,
    log: (line) => {
      log.info({}, line);
    },
    onWait: () => void loadRooms(),
  });
  ends.push(() => embedded.stop());
  return embedded.url;
};

/** Listens at once, so that a taken port is known before anything is started. */
const listen = (
  config: Config,
  ends: Array<() => Promise<void>>,
  fetch: (request: Request, env: object) => Response | Promise<Response>,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const server = serve(
      { fetch, port: config.port, hostname: config.host },
      (info: AddressInfo) => {
        ends.push(
          () =>
            new Promise((done) => {
              server.close(() => {
                done();
              });
              if ('closeIdleConnections' in server) server.closeIdleConnections();
            }),
        );
        const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
        resolve(`http://${host}:${String(info.port)}`);
      },
    );
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new LoopwrightError(
              'port_in_use',
              500,
              `serve: the port ${String(config.port)} is taken by another program, perhaps another Loopwright. Stop it, or set PORT.`,
            )
          : error,
      );
    });
  });
