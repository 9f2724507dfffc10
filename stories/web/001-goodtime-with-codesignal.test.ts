/** Guide 001 by hand, in a browser: a key with the right permission, live links, a template or a test. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';

let app: App;
let admin: Seat;
let hands: Hands;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codesignal'], candidates: 4 } });
  admin = await app.seat();
  hands = handsOf(app, admin);
  await admin.signIn(await app.person('super_admin'));
});
after(() => app.close());

/** *ADD A KEY* in CodeSignal, with these permissions; the page with the key stays open. */
const addKey = async (vendor: Page, description: string, permissions: readonly string[]) => {
  await vendor.goto(`${app.world.sandbox.url}/codesignal/integrations/api-keys`);
  await vendor.getByRole('link', { name: 'ADD A KEY' }).click();
  await vendor.getByLabel('Key description').fill(description);
  for (const name of permissions) await vendor.getByLabel(name, { exact: true }).check();
};

const copyKey = async (vendor: Page, description: string): Promise<string> => {
  await vendor.getByRole('button', { name: 'SAVE' }).click();
  const row = vendor.getByRole('row').filter({ hasText: description });
  return (await row.locator('code').first().textContent()) ?? '';
};

test('a key without the permission for live interviews is told what is missing, and where to grant it', async () => {
  const { page } = admin;
  const vendor = await admin.context.newPage();
  await addKey(vendor, 'Tests only', ['CompanyTest']);
  const narrow = await copyKey(vendor, 'Tests only');
  await vendor.close();
  await page.getByRole('link', { name: 'Company', exact: true }).first().click();
  const choose = page.getByRole('link', { name: 'Connect CodeSignal' });
  await choose.waitFor();
  await admin.picture('codesignal-6-choose', { at: choose });
  await hands.openForm('Collaborative Coding', 'CodeSignal', 'codesignal');
  await hands.fill('API key', narrow);
  await hands.press('Test');
  await page.getByText('API Keys', { exact: false }).first().waitFor();
  await page
    .getByText(/missing/i)
    .first()
    .waitFor();
  await admin.looksRight();
  app.quiet();
});

test('a key with LiveInterview connects the account', async () => {
  const { page } = admin;
  const vendor = await admin.context.newPage();
  await addKey(vendor, 'Loopwright', ['LiveInterview', 'CompanyTest', 'CompanyTestSession']);
  await admin.picture('codesignal-1-permissions', {
    page: vendor,
    at: vendor.getByLabel('LiveInterview', { exact: true }),
  });
  const key = await copyKey(vendor, 'Loopwright');
  assert.match(key, /^\w{40}$/);
  await admin.picture('codesignal-2-copy', { page: vendor, at: vendor.getByText(key) });
  await vendor.close();

  await hands.fill('API key', key);
  await hands.press('Test');
  await page.getByText('liveInterview.company.write').first().waitFor();
  await admin.picture('codesignal-3-paste', {
    at: hands.field('API key'),
    of: page.locator('form'),
  });
  await hands.press('Save');
  await hands.heading('CodeSignal');
  await hands.heading('What it may do');
  await admin.looksRight();
  app.quiet();
});

test('the webhook is entered in CodeSignal by hand, with the address and the secret that the hub shows', async () => {
  const { page } = admin;
  const [address, secret] = await page.locator('code').allTextContents();
  assert.match(address ?? '', /\/hooks\/hook_/);
  await admin.picture('codesignal-4-webhook', { at: page.locator('code').first() });
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/codesignal/integrations/webhooks/new`);
  await vendor.getByLabel('Endpoint URL').fill(address ?? '');
  await vendor.getByLabel('Secret key').fill(secret ?? '');
  for (const box of await vendor.getByRole('checkbox').all()) await box.check();
  await admin.picture('codesignal-5-enter', { page: vendor, at: vendor.getByLabel('Secret key') });
  await vendor.getByRole('button', { name: 'SAVE' }).click();
  await vendor.getByText('The test call was answered 200').waitFor();
  await vendor.close();
  await page.getByText('healthy').first().waitFor();
  app.quiet();
});
