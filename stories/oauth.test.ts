/** *Connect with Lever*: consent on the emulator's page, and the tokens' life afterwards. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readConfig } from '#config.ts';
import { startHub, type Running } from '#main.ts';
import { comeBack, decide, leverHosts } from './consent.ts';
import { quiet, startScreening, type Screening } from './screening.ts';
import { leverAdminOf } from './vendor-admin.ts';
import { oauthApp, startWorld, until, type World } from './world.ts';

let world: World;
let worker: Running;
let workerFolder = '';
let screening: Screening;
let skew = 0;
/** The hubs' and the vendors' clock; tests put it forward. */
const now = (): number => Date.now() + skew;
const env = { LOOPWRIGHT_SECRET_KEY: randomBytes(32).toString('hex') };

before(async () => {
  world = await startWorld({ env, overrides: { now }, sandbox: { now } });
  workerFolder = await mkdtemp(path.join(tmpdir(), 'loopwright-worker-'));
});

after(async () => {
  await worker.close();
  await world.close();
  await rm(workerFolder, { recursive: true, force: true });
});

interface Problem {
  code: string;
  field?: string;
}

const hosts = (): Record<string, string> => leverHosts(world);

const begin = async (settings: Record<string, string> = hosts()): Promise<URL> => {
  const { authorizeUrl } = await world.api.post<{ authorizeUrl: string }>('/connections/oauth', {
    connector: 'lever',
    name: 'Lever by consent',
    settings,
  });
  return new URL(authorizeUrl);
};

const connections = async (): Promise<Array<{ id: string }>> =>
  (await world.api.get<{ items: Array<{ id: string }> }>('/connections')).items;

const refreshes = (): number =>
  world.emulator('lever').requests.filter(({ body }) => body.includes('grant_type=refresh_token'))
    .length;

test('connects nothing when the admin denies', async () => {
  const { status, text } = await comeBack(await decide(await begin(), 'deny'));
  assert.equal(status, 400);
  assert.match(text, /oauth_denied/);
  assert.match(text, /consent was not given/);
  assert.deepEqual(await connections(), []);
});

test('refuses a state that is forged, missing or older than ten minutes', async () => {
  const back = new URL(await decide(await begin(), 'accept'));
  const forged = new URL(back);
  forged.searchParams.set('state', 'A'.repeat(32));
  const missing = new URL(back);
  missing.searchParams.delete('state');
  await world.hub.hub.db
    .updateTable('oauth_attempt')
    .set({ expires_at: new Date(Date.now() - 1_000) })
    .execute();
  for (const one of [forged, missing, back]) {
    const { status, text } = await comeBack(one.href);
    assert.equal(status, 400);
    assert.match(text, /oauth_state_invalid/);
  }
  assert.deepEqual(await connections(), []);
});

test('connects nothing when the consent was for another audience', async () => {
  const audience = hosts()['audience']?.replace(/\/$/, '') ?? '';
  const back = await decide(await begin({ ...hosts(), audience }), 'accept');
  const { status, text } = await comeBack(back);
  assert.equal(status, 422, text);
  assert.match(text, /audience/i);
  assert.deepEqual(await connections(), []);
});

test('names a setting that is no address before anybody is sent away', async () => {
  const { status, body } = await world.api.call<Problem>('POST', '/connections/oauth', {
    connector: 'lever',
    name: 'Lever',
    settings: { ...hosts(), authBase: 'nonsense' },
  });
  assert.equal(status, 422);
  assert.equal(body.field, 'settings.authBase');
  const other = await world.api.call<Problem>('POST', '/connections/oauth', {
    connector: 'codingame',
    name: 'CodinGame',
  });
  assert.equal(other.body.code, 'oauth_not_offered');
});

test('connects through the consent page, and the code and state work once', async () => {
  const back = await decide(await begin(), 'accept');
  const { status, text } = await comeBack(back);
  assert.equal(status, 200, text);
  assert.match(text, /Lever by consent is connected/);
  const again = await comeBack(back);
  assert.equal(again.status, 400);
  const [made, ...others] = await connections();
  assert.ok(made);
  assert.deepEqual(others, []);
  const shown = await world.api.get<Record<string, unknown>>(`/connections/${made.id}`);
  assert.equal(shown['connectedBy'], 'oauth');
  assert.ok(!JSON.stringify(shown).includes('eyJ'), 'no token is shown');
  screening = await startScreening(world, { connectionId: made.id });
  await screening.arrives(await screening.enter());
});

test('renews the rotating tokens once over two processes in a burst', async () => {
  worker = await startHub(
    readConfig({
      LOOPWRIGHT_ROLE: 'worker',
      LOOPWRIGHT_PUBLIC_URL: world.url,
      LOOPWRIGHT_DATA: workerFolder,
      DATABASE_URL: world.database.url,
      LOOPWRIGHT_ALLOW_HOSTS: new URL(world.sandbox.url).host,
      LOG_LEVEL: 'silent',
      ...oauthApp(world.sandbox),
      ...env,
    }),
    { now },
  );
  await quiet(world);
  const before = refreshes();
  skew += 61 * 60_000;
  const burst = await Promise.all(Array.from({ length: 14 }, () => screening.enter()));
  for (const applicant of burst) await screening.arrives(applicant);
  assert.equal(refreshes() - before, 1);
  const { state } = await world.api.get<{ state: string }>(
    `/connections/${screening.connectionId}`,
  );
  assert.equal(state, 'active');
});

test('notices that access was revoked and pauses; a pasted key lets it go on', async () => {
  await leverAdminOf(world).revokeApps();
  const applicant = await screening.enter();
  const at = `/connections/${screening.connectionId}`;
  const { pause } = await until('the connection is paused', async () => {
    const shown = await world.api.get<{ state: string; pause: { text: string } }>(at);
    return shown.state === 'paused' && shown;
  });
  assert.match(pause.text, /permission was revoked/);
  assert.match(pause.text, /Connect again as a Lever Super Admin/);
  const resumed = await world.api.call<Problem>('POST', `${at}/resume`);
  assert.equal(resumed.body.code, 'vendor_unauthorized');
  const { apiKey } = world.emulator('lever').credentials();
  await world.api.call('PATCH', at, { settings: { apiKey } });
  await world.api.post(`${at}/resume`);
  await screening.arrives(applicant);
  const shown = await world.api.get<{ connectedBy: string }>(at);
  assert.equal(shown.connectedBy, 'key', 'the pasted key took the place of the consent');
});
