/** What this room's tests share: a hub on a real database and a real port, the vendors emulated. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '#config.ts';
import type { CreateEmulator, Emulator } from '#connectors/emulator.ts';
import type { Role } from '#core/roles.ts';
import { startHub, type Running } from '#main.ts';
import { insertApiKey } from '#store/api-keys.ts';
import { createTestDatabase, type TestDatabase } from '#store/testing.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body, loosely typed; a missing part is undefined. */
  body: Loose;
}

/** Any part of a JSON answer: tests look into it by path. */
export interface Loose {
  readonly [name: string]: Loose;
}

export interface Call {
  (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface World {
  running: Running;
  database: TestDatabase;
  url: string;
  emulators: Readonly<Record<string, Emulator>>;
  /** Everything that was logged, as text. */
  log: string[];
  /** The headers of a new key of this role. */
  keyOf(role: Role, email?: string): Promise<{ authorization: string }>;
  /** A caller with a new key of this role. */
  as(role: Role, email?: string): Promise<Call>;
  /** A caller that sends nothing by itself. */
  stranger: Call;
  close(): Promise<void>;
}

export const publicUrl = 'https://hub.example.com';
const vendors = ['lever', 'ashby', 'codingame', 'codeinterview', 'codesignal'];

const makeEmulator = async (id: string, hubUrl: () => string): Promise<Emulator> => {
  const module = (await import(`#connectors/${id}/emulator/index.ts`)) as {
    createEmulator: CreateEmulator;
  };
  return module.createEmulator({
    seed: 1,
    candidates: 20,
    now: () => Date.now(),
    later(milliseconds, task) {
      const timer = setTimeout(task, milliseconds);
      return () => {
        clearTimeout(timer);
      };
    },
    fetch: (url, init) => fetch(url.replace(publicUrl, hubUrl()), init),
    origin: `http://emulator.test/${id}`,
    rate: 0,
    allowHttpLoopback: false,
    deliverMail: () => undefined,
    changed: () => undefined,
  });
};

export const startWorld = async (
  setup: {
    role?: 'all' | 'web';
    /** Leads to the database another way. */
    through?: (databaseUrl: string) => Promise<string>;
    /** Default: the web app was not built. */
    webFolder?: string;
    /** Of a sandbox that runs apart. */
    sandboxUrl?: string;
  } = {},
): Promise<World> => {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'loopwright-api-'));
  const log: string[] = [];
  const write = (fields: Record<string, unknown>, message: string): void => {
    const { error } = fields;
    log.push(
      `${JSON.stringify(fields)} ${error instanceof Error ? String(error.stack) : ''} ${message}`,
    );
  };
  let hubUrl = '';
  const emulators: Record<string, Emulator> = {};
  for (const id of vendors) emulators[id] = await makeEmulator(id, () => hubUrl);
  const running = await startHub(
    readConfig({
      PORT: '0',
      DATABASE_URL: (await setup.through?.(database.url)) ?? database.url,
      LOOPWRIGHT_DATA: dataDir,
      LOOPWRIGHT_PUBLIC_URL: publicUrl,
      LOOPWRIGHT_ROLE: setup.role ?? 'all',
      LOOPWRIGHT_SANDBOX: setup.sandboxUrl,
      LEVER_CLIENT_ID: emulators['lever']?.credentials()['clientId'],
      LEVER_CLIENT_SECRET: emulators['lever']?.credentials()['clientSecret'],
    }),
    {
      webFolder: setup.webFolder ?? path.join(dataDir, 'no-web'),
      log: { info: write, warn: write, error: write },
      fetch: (url, init) => {
        const { pathname, search } = new URL(url);
        const [, id = '', rest = '/'] = /^\/(\w+)\/api(\/.*)$/.exec(pathname) ?? [];
        const emulator = emulators[id];
        if (!emulator) throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } });
        return emulator.api.request(rest + search, init);
      },
    },
  );
  const { url } = running;
  assert.ok(url);
  hubUrl = url;
  const keyOf: World['keyOf'] = async (role, email) => {
    const input = { name: `a ${role}`, role, email: email ?? null };
    const { key } = await insertApiKey(running.hub.db, input);
    return { authorization: `Bearer ${key}` };
  };
  return {
    running,
    database,
    url,
    emulators,
    log,
    keyOf,
    as: async (role, email) => callerAt(url, await keyOf(role, email)),
    stranger: callerAt(url, {}),
    async close() {
      for (const emulator of Object.values(emulators)) emulator.stop();
      await running.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

const callerAt =
  (url: string, own: Record<string, string>): Call =>
  async (method, where, body, headers = {}) => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(url + where, {
      method,
      redirect: 'manual',
      headers: {
        ...own,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : {}) as Loose,
    };
  };

/** A text of an answer's body. */
export const read = (answer: { body: Loose }, name: string): string => {
  const value: unknown = answer.body[name];
  assert.equal(typeof value, 'string', `${name} in ${JSON.stringify(answer.body)}`);
  return value as string;
};

/** What a list holds. */
export const items = <T>(answer: Answer): T[] => {
  assert.equal(answer.status, 200, answer.text);
  return answer.body['items'] as unknown as T[];
};

/** A vendor's working settings, as its settings form takes them. */
export const settingsOf = (world: World, id: string): Record<string, string> => {
  const {
    clientId: _id,
    clientSecret: _secret,
    ...settings
  } = world.emulators[id]?.credentials() ?? {};
  return settings;
};

/** Connects an emulated vendor and returns the connection's id. */
export const connect = async (world: World, admin: Call, connector: string): Promise<string> => {
  const settings = settingsOf(world, connector);
  const made = await admin('POST', '/api/v1/connections', {
    connector,
    name: connector,
    settings,
    requestsPerSecond: 0,
  });
  assert.equal(made.status, 201, made.text);
  return read(made, 'id');
};

/** Waits until `look` gives something, without a fixed sleep; fails after half a minute. */
export const eventually = async <T>(
  look: () => Promise<T | null | undefined | false>,
): Promise<T> => {
  const end = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `it did not come true: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Asserts a problem document and returns it. */
export const problem = (answer: Answer, status: number, code: string, field?: string): Loose => {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.equal(answer.body['code'], code, answer.text);
  assert.equal(answer.body['status'], status);
  assert.equal(answer.body['type'], `urn:loopwright:problem:${code}`);
  assert.match(read(answer, 'detail'), /^[\w -]+: .+\.$/s);
  assert.doesNotMatch(answer.text, /\bat .+\.(ts|js):\d+/);
  if (field !== undefined) assert.equal(answer.body['field'], field, answer.text);
  return answer.body;
};
