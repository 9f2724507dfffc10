/**
 * The hub on a database that answers: every room, put together. `main.ts` loads this file while the
 * database starts.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { Counter, Histogram, Registry } from 'prom-client';
import { createApp } from '#api/app.ts';
import type { RepliesSetup, SandboxSide } from '#api/context.ts';
import { mailboxName } from '#api/present/reply-mailbox.ts';
import {
  ConnectorError,
  type Connector,
  type Link,
  type OAuthClient,
  type OAuthTokens,
  type TokenStore,
} from '#connectors/contract.ts';
import { createDial, type DialOptions } from '#connectors/dial.ts';
import { toBytes } from '#connectors/smtp/mapping.ts';
import { createGuardedFetch, createHttp, type Fetch, type HttpOptions } from '#connectors/http.ts';
import { loadConnectors } from '#connectors/registry.ts';
import { LoopwrightError } from '#core/errors.ts';
import { createFailpoint } from '#jobs/failpoint.ts';
import { connectorOf, type Guard, type Hub, type Log } from '#jobs/hub.ts';
import { createPanelWorker } from '#jobs/panel-worker.ts';
import { createInbox } from '#jobs/receive-webhook.ts';
import { firstSetupLink } from '#jobs/set-up.ts';
import { openSignIn, type SsoSetup } from '#jobs/sign-in.ts';
import { startWorker } from '#jobs/worker.ts';
import type { ConnectionRow } from '#store/connections.ts';
import { createChanges } from '#store/changes.ts';
import { openDatabase, type Database } from '#store/database.ts';
import { openInstallationVault } from '#store/key-file.ts';
import { migrate } from '#store/migrate.ts';
import { readTokens, refreshTokens, tokensName } from '#store/oauth-tokens.ts';
import { registerProcess } from '#store/processes.ts';
import { openQueue } from '#store/queue.ts';
import { linkPool } from '#store/link-pool.ts';
import { holdTurns, takeTurn } from '#store/rate-limit.ts';
import { listSecrets, type Vault } from '#store/vault.ts';
import type { Config } from '#config.ts';

/** The longest a call waits for its turn; longer, and it is tried again later. */
const longestTurn = 6_000;

export interface Overrides {
  /** Reaches the vendors; default: the guarded one. */
  fetch?: Fetch;
  now?: () => number;
  log?: Log;
  /** Allowed beside the configured ones. */
  allowHosts?: readonly string[];
  /** The vendors are played: pages say so, and forms offer their addresses. */
  sandbox?: SandboxSide;
  /** Where the built web app lies; default: `dist/web` of the clone or the package. */
  webFolder?: string;
}

/** What stands before the hub does. */
export interface Ground {
  log: Log;
  databaseUrl: string;
  /** Where it listens; null for a worker, which does not. */
  url: string | null;
  version: string;
  /** Whether the hub is about to stop. */
  draining: () => boolean;
  /** What to close at the end, the last one first. */
  ends: Array<() => Promise<void>>;
}

export interface Assembled {
  hub: Hub;
  metrics: Registry;
  app: ReturnType<typeof createApp> | null;
  /** Port of the SMTP door for replies; null: there is none. */
  repliesAt: number | null;
  /** Opens the making of the first Super Admin; null: this start made none. */
  setupLink: string | null;
}

export const assemble = async (
  config: Config,
  overrides: Overrides,
  { log, databaseUrl, url, version, draining, ends }: Ground,
): Promise<Assembled> => {
  const isWorker = config.role !== 'web';
  const [connectors] = await Promise.all([loadConnectors(), migrate(databaseUrl)]);
  const onError = (error: Error): void => {
    log.error({ error }, 'database: a connection broke. The hub connects again by itself.');
  };
  const database = openDatabase(databaseUrl, { max: 12, onError });
  ends.push(() => database.close());
  const queue = await openQueue(databaseUrl, { worker: isWorker, onError });
  const life = await registerProcess(databaseUrl, config.role, () => {
    log.warn({}, 'database: the proof that this process is alive is lost; it is given anew.');
  });
  ends.push(() => life.end());
  ends.push(() => queue.stop(8_000));

  const metrics = new Registry();
  const panels = createPanelWorker({ log });
  ends.push(() => panels.close());
  const observed = observeCalls(metrics);
  const vault = openInstallationVault(config.dataDir, config.secretKey);
  const hub: Hub = {
    db: database.db,
    queue,
    panels,
    vault,
    processId: life.id,
    isProvenAlive: life.isProven,
    now: overrides.now ?? (() => Date.now()),
    monotonic: () => performance.now(),
    draw: () => Math.random(),
    log,
    connectors,
    publicUrl: config.publicUrl ?? url ?? `http://${config.host}:${String(config.port)}`,
    hasPublicUrl: config.publicUrl !== undefined,
    knowsPublicUrl: config.publicUrl !== undefined || url !== null,
    sweepInterval: config.sweepMinutes * 60_000,
    firstPoll: config.resultPollSeconds * 1_000,
    toBytes,
    tracksReplies: config.replies !== 'off',
    failpoint: createFailpoint(config.failpoint, (signal) => {
      process.kill(process.pid, signal);
    }),
    ...vendors(config, overrides, database.db, vault, observed, () => hub),
  };
  const inbox = createInbox(hub);
  ends.push(() => inbox.idle());
  const changes = createChanges(databaseUrl);
  ends.push(() => changes.close());
  const app =
    url === null
      ? null
      : createApp({
          hub,
          oauth: { hub, clients: new Map(Object.entries(config.oauthClients)) },
          replies: repliesSetup(config),
          inbox,
          ...openSignIn(hub, ssoOf(config, overrides, observed)),
          metrics,
          changes,
          version,
          trustedProxies: config.trustedProxies,
          dataDir: config.dataDir,
          sandbox: overrides.sandbox ?? null,
          sandboxUrl: config.sandboxUrl,
          webFolder: overrides.webFolder ?? path.join(import.meta.dirname, '../dist/web'),
          draining,
        });
  const setupLink = url === null ? null : await firstSetupLink(hub.db, hub.publicUrl, hub.now());
  const repliesAt = url === null ? null : await openReplies(hub, config, ends);
  if (isWorker) await startWorker(hub);
  if (isWorker && config.imap !== undefined) {
    const { startReplyMailbox } = await import('#api/reply-mailbox.ts');
    const mailbox = startReplyMailbox(hub, config.imap);
    ends.push(() => mailbox.close());
  }
  return { hub, metrics, app, repliesAt, setupLink };
};

/** The provider of single sign-on; its address is a setting, and so it may be a private one. */
const ssoOf = (
  { allowHosts, oidc }: Config,
  overrides: Overrides,
  observed: Observed,
): SsoSetup | null => {
  if (!oidc) return null;
  const { hostname, port, protocol } = new URL(oidc.issuer);
  const own = `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  const fetch = overrides.fetch ?? createGuardedFetch([...allowHosts, own]);
  return { ...oidc, http: createHttp({ connector: 'oidc', fetch, ...observed('oidc') }) };
};

const repliesSetup = ({ replies, imap }: Config): RepliesSetup => ({
  by: replies,
  mailbox: imap === undefined ? null : { name: mailboxName(imap), seconds: imap.seconds },
});

const openReplies = async (
  hub: Hub,
  { replies, host, repliesPort: port }: Config,
  ends: Ground['ends'],
): Promise<number | null> => {
  if (replies !== 'smtp') return null;
  const { startReplyServer } = await import('#api/reply-server.ts');
  try {
    const door = await startReplyServer(hub, { host, port });
    ends.push(door.close);
    return door.port;
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE'))
      throw thrown;
    throw new LoopwrightError(
      'port_in_use',
      500,
      `serve: the port ${String(port)} is taken by another program. Stop it, or set LOOPWRIGHT_REPLIES_PORT.`,
    );
  }
};

type Observed = (connector: string) => Pick<HttpOptions, 'monotonic' | 'observe'>;

/** Counts and times every call to the outside. */
const observeCalls = (metrics: Registry): Observed => {
  const calls = new Counter({
    name: 'loopwright_outside_calls_total',
    help: 'Calls to vendors, by connector, operation and outcome (a status or an error kind).',
    labelNames: ['connector', 'operation', 'outcome'],
    registers: [metrics],
  });
  const seconds = new Histogram({
    name: 'loopwright_outside_call_seconds',
    help: 'How long calls to vendors took.',
    labelNames: ['connector'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  });
  return (connector) => ({
    monotonic: () => performance.now(),
    observe: ({ operation, outcome, milliseconds }) => {
      calls.inc({ connector, operation, outcome });
      seconds.observe({ connector }, milliseconds / 1000);
    },
  });
};

/** How the hub reaches vendors: rate limit, tokens and metrics bound to a connection. */
const vendors = (
  config: Config,
  overrides: Overrides,
  db: Database,
  vault: Vault,
  observed: Observed,
  hub: () => Hub,
): Pick<Hub, 'link' | 'open'> => {
  const allowed = [...config.allowHosts, ...(overrides.allowHosts ?? [])];
  const fetch = overrides.fetch ?? createGuardedFetch(allowed);
  const link = (
    draft: Parameters<Hub['link']>[0],
    guard?: Guard,
  ): Link<Record<string, unknown>> => {
    const { connector, connection, secrets } = draft;
    const limit = limitOf(connector, connection);
    const bucket = bucketOf(connector, draft.settings, secrets);
    const common: Omit<DialOptions, 'allowed' | 'beforeSend'> = {
      connector: connector.id,
      ...observed(connector.id),
      ...(limit ? { takeTurn: () => waitForTurn(db, connector, bucket, limit) } : {}),
    };
    const http = createHttp({
      ...common,
      fetch,
      ...(limit
        ? {
            slowDown: (milliseconds) => holdTurns(db, bucket, limit, milliseconds ?? 1_000),
          }
        : {}),
      ...(guard
        ? {
            beforeSend: (request) => guard.beforeSend(request),
            afterHead: (request) => {
              guard.afterHead(request);
            },
          }
        : {}),
    });
    const dial = createDial({
      ...common,
      allowed,
      ...(guard ? { beforeSend: (request) => guard.beforeSend(request) } : {}),
    });
    const tokens = secrets[tokensName];
    return {
      settings: { ...draft.settings, ...withoutTokens(secrets) },
      http,
      dial,
      now: () => hub().now(),
      ...(connection ? { pool: linkPool(db, connection.id) } : {}),
      ...(tokens === undefined
        ? {}
        : {
            tokens: tokenStore(db, vault, tokens, {
              client: config.oauthClients[connector.id] ?? { clientId: '', clientSecret: '' },
              connection,
              failpoint: (detail) => {
                hub().failpoint('C11', detail);
              },
            }),
          }),
    };
  };

  return {
    link: (draft) => link(draft),
    async open(connection, guard) {
      const connector = connectorOf(hub(), connection);
      const secrets = await listSecrets(db, vault, connection.id);
      return connector.connect(
        link({ connector, settings: connection.settings, secrets, connection }, guard),
      );
    },
  };
};

const withoutTokens = (secrets: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(secrets).filter(([name]) => name !== tokensName && !name.startsWith('webhook/')),
  );

const limitOf = (
  connector: Connector,
  connection: ConnectionRow | undefined,
): { perSecond: number; burst: number } | null => {
  const own = connection?.requests_per_second ?? null;
  const limit =
    own === null ? connector.rateLimit : { perSecond: own, burst: Math.max(1, Math.floor(own)) };
  return limit.perSecond > 0 ? limit : null;
};

/**
 * Vendors count by key, so a draft and all connections with one key share a bucket. Settings are
 * sorted, for the database gives them back in an order of its own.
 */
const bucketOf = (
  connector: Connector,
  settings: object,
  secrets: Record<string, string>,
): string => {
  const account = secrets['apiKey'] ?? Object.entries(settings).sort();
  return createHash('sha256')
    .update(JSON.stringify([connector.id, account]))
    .digest('hex')
    .slice(0, 24);
};

const waitForTurn = async (
  db: Database,
  connector: Connector,
  bucket: string,
  limit: { perSecond: number; burst: number },
): Promise<void> => {
  const wait = await takeTurn(db, bucket, limit, longestTurn);
  if (wait === null) {
    throw new ConnectorError({
      connector: connector.id,
      operation: 'rate limit',
      kind: 'rate_limited',
      message: `${connector.id}: the vendor's rate limit is used up for now. The hub tries again by itself.`,
      retryAfter: longestTurn,
      surelyNotDone: true,
    });
  }
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
};

/** Stored tokens; a draft's are held in memory until there is a connection to store them with. */
const tokenStore = (
  db: Database,
  vault: Vault,
  initial: string,
  of: {
    client: OAuthClient;
    connection: ConnectionRow | undefined;
    failpoint: (detail: string) => void;
  },
): TokenStore => {
  const { client, connection } = of;
  let held = JSON.parse(initial) as OAuthTokens;
  return {
    client,
    async read() {
      if (connection) held = (await readTokens(db, vault, connection.id)) ?? held;
      return held;
    },
    async refresh(stale, exchange) {
      const renew = async (current: OAuthTokens): Promise<OAuthTokens> => {
        const next = await exchange(current);
        of.failpoint('exchanged');
        return next;
      };
      held = connection
        ? await refreshTokens(db, vault, connection.id, stale, renew)
        : await renew(stale);
      of.failpoint('stored');
      return held;
    },
  };
};
