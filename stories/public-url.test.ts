/** A public address that no vendor can reach is named at once, with how to set it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld, type World } from './world.ts';

let world: World;
let id = '';

before(async () => {
  world = await startWorld({ sandbox: { only: ['lever', 'codeinterview'], candidates: 2 } });
  id = await world.connect('lever');
});

after(() => world.close());

interface Told {
  problems: Array<{ code: string; text: string }>;
}

for (const [publicUrl, codes] of [
  ['http://127.0.0.1:4000', ['public_url_loopback', 'public_url_http']],
  ['https://localhost', ['public_url_loopback']],
  ['https://10.1.2.3', ['public_url_private']],
  ['https://hub.internal', ['public_url_private']],
  ['http://hub.example.com', ['public_url_http']],
  ['https://hub.example.com', []],
] as const)
  test(`tells ${codes.length === 0 ? 'nothing' : codes.join(' and ')} of ${publicUrl}`, async () => {
    await world.restart({ env: { LOOPWRIGHT_PUBLIC_URL: publicUrl } });
    const health = await world.api.get<Told>('/health');
    const connection = await world.api.get<Told>(`/connections/${id}`);
    for (const told of [health, connection]) {
      // The hub's own health tells of a missing backup as well.
      const problems = told.problems.filter(({ code }) => code !== 'backup_missing');
      assert.deepEqual(
        problems.map(({ code }) => code),
        codes,
      );
      for (const { text } of problems) {
        assert.ok(text.includes(publicUrl), text);
        assert.match(text, /Set LOOPWRIGHT_PUBLIC_URL to the https address/);
      }
    }
  });

test('does not matter to a vendor without webhooks', async () => {
  await world.restart({ env: { LOOPWRIGHT_PUBLIC_URL: 'http://127.0.0.1:4000' } });
  const pads = await world.connect('codeinterview');
  const connection = await world.api.get<Told & { webhooks: unknown[] }>(`/connections/${pads}`);
  assert.deepEqual(connection.problems, []);
  assert.deepEqual(connection.webhooks, []);
});

test('is refused at the start when it is no plain address', async () => {
  await assert.rejects(
    world.restart({ env: { LOOPWRIGHT_PUBLIC_URL: 'https://hub.example.com/path?x=1' } }),
    /LOOPWRIGHT_PUBLIC_URL must be an http or https address without path/,
  );
});
