/** `loopwright connection`, with the accounts that a hub has stored. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { run, type Outcome } from '#cli/testing.ts';
import { ashbyAdminOf, leverAdminOf } from './vendor-admin.ts';
import { oauthApp, startWorld, type World } from './world.ts';

const secretKey = { LOOPWRIGHT_SECRET_KEY: randomBytes(32).toString('hex') };

let world: World;

before(async () => {
  world = await startWorld({
    env: secretKey,
    sandbox: { only: ['lever', 'ashby', 'codeinterview'], candidates: 2 },
  });
});

after(() => world.close());

/** In a shell on the hub's machine, with the hub's environment. */
const command = (...args: string[]): Promise<Outcome> =>
  run(['connection', ...args], {
    ...secretKey,
    ...oauthApp(world.sandbox),
    DATABASE_URL: world.database.url,
    LOOPWRIGHT_ALLOW_HOSTS: new URL(world.sandbox.url).host,
  });

test('says what the vendor tells of the stored key, beside the running hub', async () => {
  const id = await world.connect('lever');
  const before = world.emulator('lever').requests.length;
  const { code, out, err } = await command('test', id);
  assert.equal(code, 0, err);
  const lines = out.split('\n');
  assert.equal(lines[0], `${id}: ok`);
  assert.ok(lines.includes('  Connected by: API key'), out);
  assert.match(out, /stages:read:admin: granted \(Choosing the stage/);
  assert.match(out, /notes:write:admin: not checked/);
  const asked = world.emulator('lever').requests.slice(before);
  assert.ok(asked.length > 0, 'Lever was asked');
  assert.ok(asked.every(({ method }) => method === 'GET'));
  const { apiKey = '' } = world.emulator('lever').credentials();
  assert.ok(!(out + err).includes(apiKey));
});

test('fails where a right is missing, and says where to grant it', async () => {
  const apiKey = await ashbyAdminOf(world).makeKey(['candidates:read', 'apiKeys:read']);
  const id = await world.connect('ashby', { apiKey });
  const { code, out } = await command('test', id);
  assert.equal(code, 1);
  assert.match(out, new RegExp(`^${id}: RIGHTS ARE MISSING`));
  assert.match(out, /jobsRead: missing .* Grant it: .*API keys/);
});

test('tests every connection with --all, and fails when one of them does', async () => {
  const sound = await world.connect('codeinterview');
  const key = await leverAdminOf(world).makeKey();
  const revoked = await world.connect('lever', { apiKey: key });
  await leverAdminOf(world).revokeKey(key);
  const { code, out } = await command('test', '--all');
  assert.equal(code, 1);
  assert.match(out, new RegExp(`^${sound}: ok`, 'm'));
  assert.match(out, new RegExp(`^${revoked}: FAILED\\n  lever: .*wrong, revoked`, 'm'));
  const alone = await command('test', revoked);
  assert.equal(alone.code, 1);
  assert.match(alone.err, /wrong, revoked/);
});

test('lists each connection with its state, when it was tested, and why it is paused', async () => {
  const id = await world.connect('codeinterview');
  await world.api.post(`/connections/${id}/pause`);
  const { code, out } = await command('list');
  assert.equal(code, 0);
  const { items } = await world.api.get<{ items: Array<{ id: string; state: string }> }>(
    '/connections',
  );
  const lines = out.split('\n');
  for (const one of items)
    assert.ok(
      lines.some((line) => line.startsWith(one.id) && / \d{4}-\d\d-\d\dT/.test(line)),
      one.id,
    );
  assert.match(out, new RegExp(`^${id} +codeinterview +The codeinterview account +paused `, 'm'));
  assert.match(out, new RegExp(`^${id}: Paused by super_admin`, 'm'));
});

test('names an id that is not there', async () => {
  const { code, err } = await command('test', 'cn_0000000000');
  assert.equal(code, 1);
  assert.match(err, /there is no connection with the id/);
});
