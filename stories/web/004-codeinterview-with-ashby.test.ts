/** Guide 004 by hand, in a browser: from the set-up link to two connected accounts, and out again. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openApp, type App, type Seat } from './app.ts';

let app: App;
let admin: Seat;
const grace = { email: 'grace@example.com', password: 'compile the bug out of it' };

before(async () => {
  app = await openApp();
  admin = await app.seat();
});
after(() => app.close());

const fill = (label: string, text: string) =>
  admin.page.getByLabel(new RegExp(`^${label}( \\*)?$`)).fill(text);
const press = (name: string) => admin.page.getByRole('button', { name, exact: true }).click();
const heading = (name: string) =>
  admin.page.getByRole('heading', { name, exact: true }).first().waitFor();

test('the set-up link makes the first Super Admin, who then signs in by mail and password', async () => {
  const { page } = admin;
  admin.expect(422);
  await page.goto(app.world.hub.setupLink ?? '');
  await fill('Your name', 'Grace Hopper');
  await fill('E-mail', grace.email);
  await fill('Password', 'short');
  await press('Make the account');
  await page.getByText('It has less than 12 characters', { exact: false }).waitFor();
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Grace Hopper');
  await admin.looksRight();
  await fill('Password', grace.password);
  await press('Make the account');
  await heading('Today');
  await heading('First steps');
  await admin.looksRight();

  await press('Your account');
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await heading('Sign in');
  await admin.looksRight();
  await admin.signIn(grace);
  app.quiet();
});

/** Opens the form of a vendor from *Settings → Company*, and lets it reach the sandbox. */
const openForm = async (section: string, vendor: string, addresses: Record<string, string>) => {
  const { page } = admin;
  await page.getByRole('link', { name: 'Company' }).first().click();
  await heading(section);
  await page.getByRole('link', { name: `Connect ${vendor}` }).click();
  await heading(`Connect ${vendor}`);
  await press('Addresses and more');
  for (const [label, address] of Object.entries(addresses)) await fill(label, address);
};

test('a wrong key is refused at its field, and nothing that was typed is lost', async () => {
  const { page } = admin;
  const { apiBase = '', webBase = '' } = app.world.emulator('ashby').credentials();
  await openForm('ATS Integrations', 'Ashby', { 'API address': apiBase, 'Web address': webBase });
  await fill('Name', 'Our Ashby');
  await fill('API key', 'not-a-key-of-theirs');
  await press('Save');
  const key = page.getByLabel(/^API key( \*)?$/);
  await page.locator('[aria-invalid=true]').waitFor();
  assert.equal(await key.getAttribute('aria-invalid'), 'true');
  assert.equal(await key.inputValue(), 'not-a-key-of-theirs');
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Our Ashby');
  const { items } = await app.world.api.get<{ items: unknown[] }>('/connections');
  assert.deepEqual(items, []);
  await admin.looksRight();
  app.quiet();
});

test('a key made in Ashby, pasted with blanks and a header around it, connects the account', async () => {
  const { page } = admin;
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/ashby/admin/integrations?q=code+interview`);
  await vendor.getByRole('link', { name: 'Code Interview' }).click();
  await vendor.getByRole('button', { name: 'Create API Key for Code Interview' }).click();
  const key = (await vendor.locator('#api-key').textContent()) ?? '';
  assert.match(key, /^\w{64}$/);

  await fill('API key', `  Authorization: Bearer ${key}\n`);
  await press('Test');
  await page.getByText('candidatesWrite').waitFor();
  await press('Save');
  await heading('Our Ashby');
  await page.getByText('healthy').first().waitFor();
  await admin.looksRight();
  const text = await page.content();
  assert.ok(!text.includes(key), 'the key is never shown again');

  await vendor.goto(`${app.world.sandbox.url}/ashby/admin/webhooks`);
  const hooks = vendor.locator('section', {
    has: vendor.getByRole('heading', { name: 'candidateStageChange' }),
  });
  assert.equal(await hooks.count(), 1, 'the webhook is created only once');
  await hooks.getByText('True').waitFor();
  await vendor.close();
  app.quiet();
});

test('CodeInterview’s key connects it, and the first steps shrink', async () => {
  const { page } = admin;
  const { apiBase = '', webBase = '' } = app.world.emulator('codeinterview').credentials();
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/codeinterview/settings`);
  const key = await vendor.getByLabel('Key, to be copied').inputValue();
  await vendor.close();
  await openForm('Collaborative Coding', 'CodeInterview', {
    'API address': apiBase,
    'Web address': webBase,
  });
  await fill('API key', key);
  await press('Save');
  await heading('CodeInterview');
  await page.getByRole('link', { name: 'Company' }).first().click();
  await page.getByRole('link', { name: 'Open Our Ashby' }).waitFor();
  await admin.looksRight();
  await page.getByRole('link', { name: 'Today' }).click();
  await heading('First steps');
  await page.getByText('Done', { exact: true }).nth(1).waitFor();
  app.quiet();
});

test('disconnecting says what it will remove, and removes it', async () => {
  const { page } = admin;
  await page.getByRole('link', { name: 'Company' }).first().click();
  await page.getByRole('link', { name: 'Open Our Ashby' }).click();
  await heading('Our Ashby');
  // Live updates may ask for what is just going.
  admin.expect(404);
  await press('Disconnect');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('the stored key').waitFor();
  await dialog.getByText('6 webhooks at the vendor').waitFor();
  await admin.looksRight();
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('link', { name: 'Connect Ashby' }).waitFor();
  await page.getByRole('link', { name: 'Open Our Ashby' }).waitFor({ state: 'detached' });
  const { webhooks } = app.world.emulator('ashby').snapshot() as { webhooks: unknown[] };
  assert.deepEqual(webhooks, []);
  app.quiet();
});
