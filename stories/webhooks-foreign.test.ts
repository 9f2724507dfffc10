/** CodinGame has one place for a webhook address; whoever stands in it is not pushed aside. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { codingameOf } from './vendors.ts';
import { startWorld, type World } from './world.ts';

const theirs = 'https://other.example/webhooks/codingame';

let world: World;
let id = '';

before(async () => {
  world = await startWorld({ sandbox: { only: ['codingame'] } });
  await world.form('/codingame/integration/webhook', { url: theirs, send: 'on' });
});

after(() => world.close());

interface Hook {
  url: string;
  status: string;
  text: string;
  hint: string | null;
}

const hook = async (): Promise<Hook | undefined> =>
  (await world.api.get<{ webhooks: Hook[] }>(`/connections/${id}`)).webhooks[0];

const standing = async (): Promise<string | undefined> => (await codingameOf(world).webhook()).url;

test('leaves another system’s address where it is, and names it', async () => {
  id = await world.connect('codingame');
  assert.equal(await standing(), theirs);
  const shown = await hook();
  assert.equal(shown?.status, 'foreign');
  assert.equal(shown.text, "another system's address stands at the vendor");
  assert.ok(shown.hint?.includes(theirs), shown.hint ?? '');
  assert.match(shown.hint ?? '', /until then the hub asks for results by itself/);
});

test('is not replaced by subscribing again without consent', async () => {
  await world.api.post(`/connections/${id}/subscribe`);
  assert.equal(await standing(), theirs);
  assert.equal((await hook())?.status, 'foreign');
});

test('is left alone when the connection goes', async () => {
  const { status, body } = await world.api.call('DELETE', `/connections/${id}`);
  assert.equal(status, 200);
  assert.deepEqual(body['deleteByHand'], []);
  assert.equal(await standing(), theirs);
  id = await world.connect('codingame');
});

test('is replaced with the admin’s consent, and that consent is in the audit', async () => {
  await world.api.post(`/connections/${id}/subscribe`, { replaceForeign: true });
  const shown = await hook();
  assert.equal(shown?.status, 'no_delivery_yet');
  assert.equal(await standing(), shown.url);
  const { items } = await world.api.get<{ items: Array<{ act: string; detail: unknown }> }>(
    '/audit',
  );
  const consent = items.find(({ act }) => act === 'connection.subscribe');
  assert.deepEqual(consent?.detail, { replaceForeign: true });
});
