/**
 * All emulators on one port, with a front page, a mailbox and controls.
 *
 * An emulator's API is served below `/<id>/api`, its pages below `/<id>`. With a state folder every
 * change is on disk before the request that made it is answered, so `kill -9` loses nothing that was
 * acknowledged. Webhooks that were still to be tried again at the kill may be lost where an emulator
 * does not keep them; the hub's sweep finds what they would have told.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { LoopwrightError, messageOf } from '#core/errors.ts';
import type { CreateEmulator, Emulator } from '#connectors/emulator.ts';
import { connectorIds } from '#connectors/registry.ts';
import { later, now as realNow } from './clock.ts';
import { controls } from './control.ts';
import { goOn } from './earlier-state.ts';
import { failurePages } from './failures.ts';
import { indexPage } from './index-page.ts';
import { createMailbox, mailboxPages, type Mailbox } from './mailbox.ts';
import { serveBelow } from './mount.ts';
import { forgetful, openStateFile, type StateFile } from './state-file.ts';

export interface SandboxOptions {
  /** 0 lets the system choose. */
  port: number;
  /** Of the mail server; default: any. */
  smtpPort?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Ids of the vendors to play; absent or empty: all that have an emulator. */
  only?: readonly string[];
  /** How many candidates each ATS begins with. */
  candidates: number;
  /** The same seed makes the same data. */
  seed: number;
  /** Requests per second: each vendor's own limit, or a number for all; 0 lifts it. */
  rate: 'vendor' | number;
  /** Accept webhook addresses with http to loopback where the vendor demands https. */
  allowHttpLoopback: boolean;
  /** Folder that keeps the state over a restart; absent: all is forgotten. */
  stateDir?: string;
  now?(): number;
  log(line: string): void;
}

export interface Sandbox {
  /** Such as `http://127.0.0.1:4001`, without a slash at its end. */
  url: string;
  /** Every `host:port` that a hub has to be allowed to call. */
  places: readonly string[];
  emulators: ReadonlyMap<string, Emulator>;
  mailbox: Mailbox;
  close(): Promise<void>;
}

/** Throws `port_in_use`, `sandbox_vendor_unknown`, `data_folder_in_use`, `sandbox_state_unreadable`. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const creators = await loadEmulators(options.only ?? []);
  const memory =
    options.stateDir === undefined ? forgetful() : await openStateFile(options.stateDir);
  const app = new Hono();
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const host = options.host ?? '127.0.0.1';
  try {
    await listen(server, options.port, host);
  } catch (thrown) {
    await memory.close();
    throw thrown;
  }
  const { port } = server.address() as AddressInfo;
  const url = `http://${host}:${String(port)}`;
  const mailbox: Mailbox = createMailbox({
    saved: memory.saved('mailbox'),
    changed: () => {
      memory.changed('mailbox', () => mailbox.snapshot());
    },
  });
  const emulators = new Map(
    creators.map(([id, create]) => [id, begin(id, create, { options, memory, mailbox, url })]),
  );
  addRoutes(app, { url, emulators, mailbox, memory, log: options.log });
  const end = async (): Promise<void> => {
    for (const emulator of emulators.values()) emulator.stop();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    await memory.close();
  };
  const places = [new URL(url).host];
  try {
    for (const { listen } of emulators.values())
      if (listen) places.push(await listen(host, options.smtpPort ?? 0));
  } catch (thrown) {
    await end();
    throw portInUse(thrown, options.smtpPort ?? 0, 'SANDBOX_SMTP_PORT');
  }
  return {
    url,
    places,
    emulators,
    mailbox,
    close: end,
  };
};

/** Ids in the registry's order with what makes the emulator; connectors without one are left out. */
const loadEmulators = async (
  only: readonly string[],
): Promise<ReadonlyArray<readonly [id: string, create: CreateEmulator]>> => {
  const unknown = only.find((id) => !connectorIds.includes(id));
  if (unknown !== undefined) throw unknownVendor(unknown);
  const wanted = connectorIds.filter((id) => only.length === 0 || only.includes(id));
  const loaded = await Promise.all(
    wanted.map(async (id) => {
      const create = await loadEmulator(id);
      if (create === null && only.length > 0) throw unknownVendor(id);
      return create === null ? [] : [[id, create] as const];
    }),
  );
  return loaded.flat();
};

const loadEmulator = async (id: string): Promise<CreateEmulator | null> => {
  const entry = `#connectors/${id}/emulator/index.ts`;
  try {
    return ((await import(entry)) as { createEmulator: CreateEmulator }).createEmulator;
  } catch (thrown) {
    const isMissing =
      thrown instanceof Error &&
      'code' in thrown &&
      thrown.code === 'ERR_MODULE_NOT_FOUND' &&
      thrown.message.includes(`/connectors/${id}/emulator/index.`);
    if (isMissing) return null;
    throw thrown;
  }
};

const unknownVendor = (id: string): LoopwrightError =>
  new LoopwrightError(
    'sandbox_vendor_unknown',
    422,
    `sandbox: there is no emulator named ${id}. Known connectors are: ${connectorIds.join(', ')}.`,
  );

const listen = async (server: Server, port: number, host: string): Promise<void> => {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (thrown) {
    throw portInUse(thrown, port, 'SANDBOX_PORT (--port for the sandbox command)');
  }
};

/** What failed, or the remedy where the port was taken. */
const portInUse = (thrown: unknown, port: number, setting: string): unknown =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE'
    ? new LoopwrightError(
        'port_in_use',
        503,
        `sandbox: the port ${String(port)} is in use. Stop what listens there, or choose another port with ${setting}.`,
      )
    : thrown;

const begin = (
  id: string,
  create: CreateEmulator,
  setup: { options: SandboxOptions; memory: StateFile; mailbox: Mailbox; url: string },
): Emulator => {
  const { options, memory, mailbox } = setup;
  const saved = memory.saved(id);
  let emulator: Emulator | null = null;
  const make = (from: unknown, candidates = options.candidates): Emulator =>
    create({
      seed: options.seed,
      candidates,
      rate: options.rate,
      allowHttpLoopback: options.allowHttpLoopback,
      now: options.now ?? realNow,
      later,
      fetch: (address, init) => fetch(address, init),
      origin: `${setup.url}/${id}`,
      deliverMail: mailbox.deliver,
      changed: () => {
        memory.changed(id, () => emulator?.snapshot());
      },
      ...(from === undefined ? {} : { saved: from }),
    });
  if (saved !== undefined) {
    const old = goOn({ id, saved, create: make, log: options.log });
    emulator = old.emulator;
    if (!old.isChanged) return emulator;
  } else emulator = make(undefined);
  // Seeded data counts from the first start; it must be the same after the second.
  const begun = emulator;
  memory.changed(id, () => begun.snapshot());
  return begun;
};

const addRoutes = (
  app: Hono,
  setup: {
    url: string;
    emulators: ReadonlyMap<string, Emulator>;
    mailbox: Mailbox;
    memory: StateFile;
    log(line: string): void;
  },
): void => {
  const { url, emulators, mailbox, memory } = setup;
  app.onError((thrown, c) => {
    setup.log(`sandbox: ${c.req.method} ${c.req.path} failed: ${messageOf(thrown)}`);
    return c.text('sandbox: this request failed. See the sandbox in the terminal.', 500);
  });
  app.use(async (c, next) => {
    await next();
    if (c.req.method !== 'GET') await memory.settled();
  });
  app.get('/', (c) => c.html(indexPage([...emulators.values()], url)));
  app.route('/', controls(emulators, mailbox));
  app.route('/mailbox', mailboxPages(mailbox, '/mailbox'));
  app.route('/failures', failurePages(emulators, '/failures'));
  for (const [id, { api, pages }] of emulators) {
    app.all(`/${id}/api/*`, serveBelow(`/${id}/api`, api));
    const page = serveBelow(`/${id}`, pages);
    app.all(`/${id}`, page);
    app.all(`/${id}/*`, page);
  }
};
