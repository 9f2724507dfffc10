/** A key is taken away at the vendor while the hub uses it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { quiet, startScreening, type Applicant, type Screening } from './screening.ts';
import { leverAdminOf } from './vendor-admin.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let screening: Screening;
let key = '';

before(async () => {
  world = await startWorld();
  key = await leverAdminOf(world).makeKey();
  screening = await startScreening(world, { lever: { apiKey: key } });
  await quiet(world);
});

after(() => world.close());

interface Connection {
  state: string;
  attention: boolean;
  pause: { code: string; text: string } | null;
}

const paused = (id: string): Promise<Connection> =>
  until('the connection is paused', async () => {
    const connection = await world.api.get<Connection>(`/connections/${id}`);
    return connection.state === 'paused' && connection;
  });

const resumeWith = async (id: string, apiKey: string): Promise<void> => {
  const changed = await world.api.call('PATCH', `/connections/${id}`, { settings: { apiKey } });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  await world.api.post(`/connections/${id}/resume`);
};

const missed: Applicant[] = [];

test('pauses the ATS, with plain words, when its key is revoked on the vendor’s page', async () => {
  await leverAdminOf(world).revokeKey(key);
  missed.push(await screening.enter());
  const { pause, attention } = await paused(screening.connectionId);
  assert.equal(pause?.code, 'unauthorized');
  assert.match(pause.text, /wrong, revoked/);
  assert.match(pause.text, /nothing is lost/);
  assert.match(pause.text, /resume it/);
  assert.equal(attention, true);
});

test('asks the vendor nothing more while it is paused, and still takes deliveries in', async () => {
  await quiet(world);
  const before = world.emulator('lever').requests.filter(({ status }) => status === 401).length;
  missed.push(await screening.enter(), await screening.enter());
  await until('every delivery waits', async () => {
    const { items } = await world.api.get<{ items: Array<{ event: string; state: string }> }>(
      `/deliveries?connectionId=${screening.connectionId}`,
    );
    return items.filter(({ state }) => state === 'queued').length >= missed.length;
  });
  await world.api.post(`/connections/${screening.connectionId}/sweep`);
  await quiet(world);
  const after = world.emulator('lever').requests.filter(({ status }) => status === 401).length;
  assert.equal(after, before);
});

test('stays paused while the key is no good', async () => {
  const { status, body } = await world.api.call(
    'POST',
    `/connections/${screening.connectionId}/resume`,
  );
  assert.equal(status, 422);
  assert.equal(body['code'], 'vendor_unauthorized');
  await paused(screening.connectionId);
});

test('goes on exactly once for everybody who was missed, with a new key', async () => {
  key = await leverAdminOf(world).makeKey();
  await resumeWith(screening.connectionId, key);
  for (const applicant of missed) await screening.arrives(applicant);
  assert.equal((await screening.lever.webhooks()).length, 7, 'one hook per event, as before');
});

test('keeps what is owed when the platform’s key is revoked, and sends it with a new one', async () => {
  await world.form('/codingame/integration/key', { action: 'revoke' });
  const applicant = await screening.enter();
  const { pause } = await paused(screening.platformId);
  assert.match(pause?.text ?? '', /The connection is paused; nothing is lost/);
  const { items } = await world.api.get<{ items: Array<{ kind: string; state: string }> }>(
    '/effects?state=owed',
  );
  assert.deepEqual(
    items.map(({ kind }) => kind),
    ['assessment'],
  );
  await world.form('/codingame/integration/key', { action: 'generate' });
  const { apiKey = '' } = world.emulator('codingame').credentials();
  await resumeWith(screening.platformId, apiKey);
  await until('the note is written', async () => {
    const notes = await screening.lever.notes(applicant.id);
    return notes.length > 0;
  });
  const mails = world.sandbox.mailbox.list({ to: applicant.email });
  assert.equal(mails.length, 1, 'one invitation');
});
