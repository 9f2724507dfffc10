/**
 * What the acknowledgement is compared with: the same server, routes, checks, store and queue, but
 * each delivery in a transaction of its own. It even saves one statement: it does not note on the
 * hook when a delivery last came.
 */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Registry } from 'prom-client';
import { createApp } from '#api/app.ts';
import { loadConnectors } from '#connectors/registry.ts';
import { createFailpoint } from '#jobs/failpoint.ts';
import type { Hub } from '#jobs/hub.ts';
import type { Inbox } from '#jobs/receive-webhook.ts';
import { openSignIn } from '#jobs/sign-in.ts';
import { inTransaction, openDatabase } from '#store/database.ts';
import { insertDeliveries } from '#store/deliveries.ts';
import { openInstallationVault } from '#store/key-file.ts';
import { openQueue } from '#store/queue.ts';
import { loadConfig } from '#config.ts';

const config = loadConfig();
const databaseUrl = config.databaseUrl ?? '';
const onError = (error: Error): void => {
  process.stderr.write(`${error.message}\n`);
};
// As many connections as the hub has.
const { db } = openDatabase(databaseUrl, { max: 12, onError });
const queue = await openQueue(databaseUrl, { worker: false, onError });

const noVendor = (): never => {
  throw new Error('bench: the baseline takes deliveries in and calls no vendor.');
};

const hub: Hub = {
  db,
  queue,
  vault: openInstallationVault(config.dataDir, config.secretKey),
  processId: () => 0,
  isProvenAlive: () => true,
  now: () => Date.now(),
  monotonic: () => performance.now(),
  draw: () => Math.random(),
  tracksReplies: false,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  connectors: await loadConnectors(),
  publicUrl: 'http://127.0.0.1',
  hasPublicUrl: true,
  knowsPublicUrl: true,
  sweepInterval: config.sweepMinutes * 60_000,
  firstPoll: config.resultPollSeconds * 1_000,
  failpoint: createFailpoint(undefined, noVendor),
  open: noVendor,
  toBytes: noVendor,
  panels: { run: noVendor, close: noVendor },
  link: noVendor,
};

const inbox: Inbox = {
  receive: (received) =>
    inTransaction(db, async (tx) => {
      const [wake] = received.wakes;
      const subject = wake?.kind === 'candidate' ? wake.id : null;
      const fresh = await insertDeliveries(tx, [{ ...received, subject }]);
      if (fresh.length === 0) return 'known';
      const { connectionId } = received;
      const jobs = subject === null ? [] : [{ connectionId, remoteId: subject }];
      await queue.sendMany(tx, 'apply-rule', jobs);
      return 'new';
    }),
  idle: () => Promise.resolve(),
};

const app = createApp({
  hub,
  inbox,
  replies: { by: 'off', mailbox: null },
  ...openSignIn(hub, null),
  oauth: { hub, clients: new Map() },
  metrics: new Registry(),
  changes: {
    listen: () => () => undefined,
    position: () => null,
    since: () => null,
    close: () => Promise.resolve(),
  },
  version: 'baseline',
  trustedProxies: [],
  dataDir: '.',
  sandbox: null,
  sandboxUrl: undefined,
  webFolder: '',
  draining: () => false,
});
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
  process.stdout.write(`baseline ready at http://127.0.0.1:${String(port)}\n`);
});
process.once('SIGTERM', () => process.exit(0));
