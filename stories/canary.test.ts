/**
 * Secrets are planted everywhere a hub gets them from, everything it does with them is done, and
 * then all that it wrote and said is searched for them.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { run, type Outcome } from '#cli/testing.ts';
import type { Log } from '#jobs/hub.ts';
import { findConnection } from '#store/connections.ts';
import { listSecrets } from '#store/vault.ts';
import { startScreening } from './screening.ts';
import { leverAdminOf } from './vendor-admin.ts';
import { startWorld, until, type World } from './world.ts';

const key = randomBytes(32);
const env = { LOOPWRIGHT_SECRET_KEY: `canary:${key.toString('hex')}` };
/** Keys that vendors refuse, and so end up in failures. */
const refused = {
  lever: `CanaryLever${randomBytes(16).toString('hex')}`,
  ashby: randomBytes(32).toString('hex'),
  codingame: `CanaryGame${randomBytes(16).toString('hex')}`,
  codeinterview: `CanaryView${randomBytes(16).toString('hex')}`,
};

let world: World;
let folder = '';
/** What each secret is, so that a find can be told without telling the secret. */
const planted = new Map<string, string>();
const plant = (what: string, value: string | undefined): void => {
  assert.ok(value !== undefined && value.length >= 16, `${what} is no canary`);
  planted.set(what, value);
};

/** Everything that is handed to the log, before any redaction. */
const logged: string[] = [];
const written = (_: string, value: unknown): unknown =>
  value instanceof Error
    ? {
        ...Object.fromEntries(Object.entries(value)),
        message: value.message,
        stack: value.stack,
        cause: value.cause,
      }
    : value;
const write = (fields: Record<string, unknown>, message: string): void => {
  logged.push(JSON.stringify({ ...fields, message }, written));
};
const log: Log = { info: write, warn: write, error: write };

/** Every answer of the hub's API. */
const answers: string[] = [];
const ask = async (
  method: string,
  at: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const answer = await world.api.call(method, at, body, headers);
  answers.push(JSON.stringify(answer.body));
  return answer;
};

const credentials = (id: string): Record<string, string> => {
  const { clientId: _id, clientSecret: _secret, ...settings } = world.emulator(id).credentials();
  return settings;
};

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'loopwright-canary-'));
  world = await startWorld({ env, overrides: { log }, sandbox: { candidates: 30 } });
});

after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const consent = async (): Promise<string> => {
  const { apiKey: _key, performAs: _user, ...hosts } = credentials('lever');
  // Not among the searched answers: the address in it carries the state, as it has to.
  const begun = await world.api.call('POST', '/connections/oauth', {
    connector: 'lever',
    name: 'Lever by consent',
    settings: hosts,
  });
  const authorize = new URL(String(begun.body['authorizeUrl']));
  const form = new URLSearchParams(authorize.searchParams);
  form.set('decision', 'accept');
  const sent = await fetch(authorize.origin + authorize.pathname, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const back = new URL(sent.headers.get('location') ?? '');
  plant('code of the consent', back.searchParams.get('code') ?? undefined);
  plant('state of the consent', back.searchParams.get('state') ?? undefined);
  // Twice: the second time it is refused.
  for (let round = 0; round < 2; round += 1) answers.push(await (await fetch(back)).text());
  const { items } = await world.api.get<{ items: Array<{ id: string; name: string }> }>(
    '/connections',
  );
  const made = items.find(({ name }) => name === 'Lever by consent');
  assert.ok(made);
  return made.id;
};

const useAll = async (): Promise<void> => {
  for (const [id, apiKey] of Object.entries(refused)) {
    plant(`refused key of ${id}`, apiKey);
    const wish = { connector: id, name: id, settings: { ...credentials(id), apiKey } };
    for (const at of ['/connections', '/connections/test']) {
      const { status } = await ask('POST', at, wish);
      assert.ok(status >= 400, `${at} ${id}`);
    }
    plant(`key of ${id}`, credentials(id)['apiKey']);
  }
  const { apiKey = '' } = credentials('lever');
  // Pasted into the wrong field.
  for (const field of ['apiBase', 'webBase', 'audience']) {
    const settings = { ...credentials('lever'), [field]: apiKey };
    await ask('POST', '/connections/test', { connector: 'lever', settings });
  }
  const viaConsent = await consent();
  const screening = await startScreening(world);
  await screening.arrives(await screening.enter());
  for (const id of ['ashby', 'codeinterview']) await world.connect(id);
  const name = { name: 'Canary', role: 'admin' };
  const made = await world.api.call<{ key: string }>('POST', '/api-keys', name, {
    'idempotency-key': 'canary-1',
  });
  plant('key of the API', made.body.key);
  const { items } = await world.api.get<{ items: Array<{ id: string }> }>('/connections');
  for (const { id } of items) {
    const row = await findConnection(world.hub.hub.db, id);
    const stored = await listSecrets(world.hub.hub.db, world.hub.hub.vault, id);
    for (const [secret, value] of Object.entries(stored)) {
      if (secret === 'oauth') {
        const { accessToken, refreshToken } = JSON.parse(value) as Record<string, string>;
        plant('access token', accessToken);
        plant('refresh token', refreshToken);
      } else plant(`${secret} of ${row.connector} ${id}`, value);
    }
    await ask('GET', `/connections/${id}`);
    await ask('POST', `/connections/${id}/test`);
  }
  await revokeAll(viaConsent, screening);
  for (const at of ['/audit', '/deliveries', '/effects', '/candidates', '/api-keys', '/health'])
    await ask('GET', at);
  answers.push(await (await fetch(`${world.url}/metrics`)).text());
};

/** Work under way fails because the vendor takes the access away. */
const revokeAll = async (
  viaConsent: string,
  screening: Awaited<ReturnType<typeof startScreening>>,
): Promise<void> => {
  await leverAdminOf(world).revokeApps();
  await ask('POST', `/connections/${viaConsent}/test`);
  const { faults } = world.emulator('codingame');
  faults.push({ kind: 401, match: '', times: 100 });
  await screening.enter();
  await until('the platform refuses the key', async () => {
    const { body } = await ask('GET', `/connections/${screening.platformId}`);
    return body['state'] === 'paused';
  });
};

/** Names of the secrets that stand in the text, in any form that they are usually written in. */
const found = (text: string): string[] =>
  [...planted].flatMap(([what, value]) => {
    const bytes = Buffer.from(value);
    const forms = [
      value,
      encodeURIComponent(value),
      bytes.toString('hex'),
      bytes.toString('base64').replace(/=+$/, ''),
      // As Basic authorization carries it: name, colon.
      Buffer.from(`${value}:`).toString('base64').replace(/=+$/, ''),
      JSON.stringify(value).slice(1, -1),
    ];
    return forms.some((form) => text.includes(form)) ? [what] : [];
  });

const everyTable = async (): Promise<Record<string, string>> => {
  const { db } = world.hub.hub;
  const tables = await sql<{ schema: string; name: string }>`
    select nspname as schema, relname as name from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and nspname in ('public', 'pgboss')`.execute(db);
  const texts: Record<string, string> = {};
  for (const { schema, name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`
      select one::text as row from ${sql.table(`${schema}.${name}`)} as one`.execute(db);
    texts[`${schema}.${name}`] = rows.map(({ row }) => row).join('\n');
  }
  return texts;
};

test('no secret stands in a log line, an answer, a table or a backup', async () => {
  for (const form of ['hex', 'base64', 'base64url'] as const)
    plant(`LOOPWRIGHT_SECRET_KEY in ${form}`, key.toString(form));
  await useAll();
  assert.ok(planted.size >= 20, [...planted.keys()].join(', '));

  assert.ok(logged.length > 0 && answers.length > 30);
  assert.deepEqual(found(logged.join('\n')), []);
  assert.deepEqual(found(answers.join('\n')), []);

  const tables = await everyTable();
  for (const name of ['secret', 'idempotency', 'audit', 'effect', 'delivery'])
    assert.ok(tables[`public.${name}`], `${name} is empty: the search would prove nothing`);
  assert.deepEqual(
    Object.entries(tables).flatMap(([name, text]) => found(text).map((what) => [name, what])),
    [],
  );

  const file = path.join(folder, 'canary.backup');
  const place = { ...env, DATABASE_URL: world.database.url, LOOPWRIGHT_DATA: folder };
  const said: Outcome[] = [];
  for (const args of [['backup', file], ['connection', 'list'], ['doctor'], ['api-key', 'list']])
    said.push(await run(args, place));
  assert.deepEqual(found(JSON.stringify(said)), []);
  const backup = gunzipSync(await readFile(file)).toString();
  assert.ok(backup.includes('"secret"'));
  assert.deepEqual(found(backup), []);
});
