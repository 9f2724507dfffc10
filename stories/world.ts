/**
 * A whole product on real sockets: sandbox, PostgreSQL, hub. Stories act as people do: through the
 * hub's HTTP API and through the forms on the emulators' pages.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Emulator } from '#connectors/emulator.ts';
import type { Role } from '#core/roles.ts';
import { readConfig } from '#config.ts';
import { startHub, type Overrides, type Running } from '#main.ts';
import { loadConnectors } from '#connectors/registry.ts';
import { sandboxSide } from '#sandbox/side.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '#sandbox/sandbox.ts';
import { insertApiKey } from '#store/api-keys.ts';
import { createTestDatabase, type TestDatabase } from '#store/testing.ts';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
}

/** The hub's API as one key sees it. */
export interface Api {
  key: string;
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  /** The body of a 2xx answer; anything else fails the test with the problem. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
}

export interface World {
  sandbox: Sandbox;
  hub: Running;
  url: string;
  database: TestDatabase;
  api: Api;
  as(role: Role, email?: string): Promise<Api>;
  emulator(id: string): Emulator;
  /** Presses a button on an emulator's page: `form('/lever/candidates/x/stage', { stage })`. */
  form(path: string, fields?: Record<string, string>): Promise<string>;
  /** The text of an emulator's page. */
  page(path: string): Promise<string>;
  /** Connects an emulated vendor as its pages tell; returns the connection's id. */
  connect(id: string, settings?: Record<string, unknown>): Promise<string>;
  restart(overrides?: WorldOptions): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  sandbox?: Partial<SandboxOptions>;
  overrides?: Overrides;
  env?: Record<string, string>;
  /** The hub knows that its vendors are played, as in the demo. */
  announced?: boolean;
}

/** Waits until `probe` gives something, looking again and again; fails with `what` after `within`. */
export const until = async <T>(
  what: string,
  probe: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  within = 40_000,
): Promise<T> => {
  const signal = AbortSignal.timeout(within);
  for (;;) {
    const found = await probe();
    if (found !== null && found !== undefined && found !== false) return found;
    assert.ok(!signal.aborted, `did not happen in time: ${what}`);
    await pause(20);
  }
};

export const apiOf = (url: string, key: string): Api => {
  const call = async <T>(
    method: string,
    at: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const response = await fetch(`${url}/api/v1${at}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T };
  };
  const ok = async <T>(method: string, at: string, body?: unknown): Promise<T> => {
    const answer = await call<T>(method, at, body);
    assert.ok(answer.status < 300, `${method} ${at}: ${JSON.stringify(answer)}`);
    return answer.body;
  };
  return {
    key,
    call,
    get: (at) => ok('GET', at),
    post: (at, body) => ok('POST', at, body ?? {}),
  };
};

export const startWorld = async (options: WorldOptions = {}): Promise<World> => {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'loopwright-story-'));
  const sandbox = await startSandbox({
    port: 0,
    candidates: 12,
    seed: 1,
    rate: 0,
    allowHttpLoopback: true,
    log: () => undefined,
    ...options.sandbox,
  });
  const side = options.announced === true ? sandboxSide(sandbox, await loadConnectors()) : null;
  const start = (wish: WorldOptions): Promise<Running> =>
    startHub(
      readConfig({
        PORT: '0',
        LOOPWRIGHT_DATA: dataDir,
        DATABASE_URL: database.url,
        LOOPWRIGHT_ALLOW_HOSTS: sandbox.places.join(','),
        LOG_LEVEL: 'silent',
        ...oauthApp(sandbox),
        ...wish.env,
      }),
      { ...(side === null ? {} : { sandbox: side }), ...wish.overrides },
    );
  const world: World = {
    sandbox,
    hub: await start(options),
    url: '',
    database,
    api: apiOf('', ''),
    async as(role, email) {
      const { key } = await insertApiKey(world.hub.hub.db, {
        name: role,
        role,
        email: email ?? null,
      });
      return apiOf(world.url, key);
    },
    emulator(id) {
      const emulator = sandbox.emulators.get(id);
      assert.ok(emulator, `no emulator named ${id}`);
      return emulator;
    },
    async form(at, fields = {}) {
      const response = await fetch(sandbox.url + at, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
        redirect: 'manual',
      });
      const text = await response.text();
      assert.ok(response.status < 400, `POST ${at}: ${String(response.status)} ${text}`);
      return text;
    },
    async page(at) {
      const response = await fetch(sandbox.url + at);
      const text = await response.text();
      assert.ok(response.status < 400, `GET ${at}: ${String(response.status)} ${text}`);
      return text;
    },
    async connect(id, settings = {}) {
      const {
        clientId: _id,
        clientSecret: _secret,
        ...credentials
      } = world.emulator(id).credentials();
      const made = await world.api.post<{ id: string }>('/connections', {
        connector: id,
        name: `The ${id} account`,
        settings: { ...credentials, ...settings },
      });
      return made.id;
    },
    async restart(wish = options) {
      await world.hub.close();
      world.hub = await start(wish);
      world.url = world.hub.url ?? '';
      world.api = await world.as('super_admin');
    },
    async close() {
      await world.hub.close();
      await sandbox.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  world.url = world.hub.url ?? '';
  world.api = await world.as('super_admin');
  return world;
};

/** The OAuth app that the emulated Lever knows. */
export const oauthApp = (sandbox: Sandbox): Record<string, string> => {
  const { clientId, clientSecret } = sandbox.emulators.get('lever')?.credentials() ?? {};
  return clientId !== undefined && clientSecret !== undefined
    ? { LEVER_CLIENT_ID: clientId, LEVER_CLIENT_SECRET: clientSecret }
    : {};
};
