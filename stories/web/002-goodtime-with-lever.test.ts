/** Guide 002 by hand, in a browser: the toggle in Lever, its key, and what is scheduled from Lever. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';

let app: App;
let admin: Seat;
let hands: Hands;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever'], candidates: 4 } });
  admin = await app.seat();
  hands = handsOf(app, admin);
  await admin.signIn(await app.person('super_admin'));
});
after(() => app.close());

test('the toggle in Lever tells its permissions and gives a key, shown once, that connects Lever', async () => {
  const { page } = admin;
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/lever/settings/integrations`);
  const toggle = vendor.getByRole('button', { name: 'Turn Loopwright on' });
  await admin.picture('lever-1-toggle', { page: vendor, at: toggle });
  await toggle.click();
  await vendor.getByText('The key of Loopwright has these permissions').waitFor();
  const generate = vendor.getByRole('button', { name: 'Generate New Key' });
  await admin.picture('lever-2-generate', { page: vendor, at: generate });
  await generate.click();
  const shown = vendor.locator('#new-key');
  const key = (await shown.textContent()) ?? '';
  await admin.picture('lever-3-copy', { page: vendor, at: shown });
  await vendor.getByRole('link', { name: 'Done' }).click();
  assert.ok(!(await vendor.content()).includes(key), 'the key is shown once');
  await vendor.close();

  await hands.openForm('ATS Integrations', 'Lever', 'lever');
  await hands.fill('API key', key);
  await hands.press('Test');
  await page.getByText('What it may do').waitFor();
  admin.expect(422);
  await admin.picture('lever-4-paste', {
    at: hands.field('API key'),
    of: page.locator('form'),
  });
  await hands.press('Save');
  await page.locator('[aria-invalid=true]').waitFor();
  await page.getByRole('combobox', { name: 'Acts as' }).click();
  await page.getByRole('option', { name: 'Alex Martin' }).click();
  await admin.looksRight();
  await hands.press('Save');
  await hands.heading('Lever');
  await hands.heading('What it may do');
  await admin.looksRight();
  app.quiet();
});

test('each event is switched on in Lever, which sends nothing before', async () => {
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/lever/settings/webhooks`);
  await vendor.getByText('/hooks/hook_', { exact: false }).first().waitFor();
  const group = vendor.getByRole('row').filter({ hasText: 'Candidate Stage Change' });
  await admin.picture('lever-5-webhooks', { page: vendor, at: group.first() });
  await vendor.getByRole('button', { name: 'Turn all on' }).click();
  await vendor.getByText('Every event is on.').waitFor();
  await vendor.close();
  app.quiet();
});

test('the hub tells the address of the Schedule button, and Lever takes it', async () => {
  const { page } = admin;
  const shown = page.locator('code', { hasText: '/schedule?connection=' });
  await admin.picture('lever-7-copy', { at: shown });
  const address = (await shown.textContent()) ?? '';
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/lever/settings/integrations`);
  const field = vendor.getByLabel('Schedule address');
  await field.fill(`${address}{opportunityId}`);
  await admin.picture('lever-8-address', { page: vendor, at: field });
  await vendor.getByRole('button', { name: 'Save address' }).click();
  await vendor.getByText('The address was saved.').waitFor();
  await vendor.goto(`${app.world.sandbox.url}/lever/candidates`);
  const button = vendor.getByRole('link', { name: 'Schedule', exact: true }).first();
  const [tab] = await Promise.all([admin.context.waitForEvent('page'), button.click()]);
  await tab.getByRole('heading', { name: /^Schedule / }).waitFor();
  app.quiet();
});
