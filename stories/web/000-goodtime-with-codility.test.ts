/** Guide 000 by hand, in a browser: Codility's key goes in, and its live links come out of invites. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';

let app: App;
let admin: Seat;
let hands: Hands;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codility'], candidates: 4 } });
  admin = await app.seat();
  hands = handsOf(app, admin);
  await admin.signIn(await app.person('super_admin'));
});
after(() => app.close());

test('Codility’s key is made there, copied with its header, pasted as it is, and tested on the spot', async () => {
  const { page } = admin;
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/codility/account/integrations`);
  await vendor.getByLabel('Name').fill('Loopwright');
  const create = vendor.getByRole('button', { name: 'Create' });
  await admin.picture('codility-1-create', { page: vendor, at: create });
  await create.click();
  const header = vendor
    .getByRole('region', { name: 'Loopwright' })
    .first()
    .getByText('Authorization: Bearer', { exact: false });
  const copied = (await header.textContent()) ?? '';
  assert.match(copied, /^Authorization: Bearer \S+$/);
  await admin.picture('codility-2-header', { page: vendor, at: header });
  await vendor.close();

  await page.getByRole('link', { name: 'Company', exact: true }).first().click();
  await hands.heading('Collaborative Coding');
  const choose = page.getByRole('link', { name: 'Connect Codility' });
  await choose.waitFor();
  await admin.picture('codility-3-choose', { at: choose });

  await hands.openForm('Collaborative Coding', 'Codility', 'codility');
  await hands.fill('API key', `  ${copied}\n`);
  await hands.press('Test');
  await page.getByText('What it may do').waitFor();
  await admin.picture('codility-4-paste', {
    at: hands.field('API key'),
    of: page.locator('form'),
  });
  await hands.press('Save');
  await hands.heading('Codility');
  await hands.heading('What it may do');
  await admin.looksRight();
  assert.ok(
    !(await page.content()).includes(copied.split(' ').at(-1) ?? '?'),
    'the key is not shown',
  );
  app.quiet();
});
