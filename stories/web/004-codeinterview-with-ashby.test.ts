/** Guide 004 by hand, in a browser: from the set-up link to two connected accounts, and out again. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';

let app: App;
let admin: Seat;
let hands: Hands;
const grace = { email: 'grace@example.com', password: 'compile the bug out of it' };

before(async () => {
  app = await openApp();
  admin = await app.seat();
  hands = handsOf(app, admin);
});
after(() => app.close());

test('the set-up link makes the first Super Admin, who then signs in by mail and password', async () => {
  const { page } = admin;
  admin.expect(422);
  await page.goto(app.world.hub.setupLink ?? '');
  await hands.fill('Your name', 'Grace Hopper');
  await hands.fill('E-mail', grace.email);
  await hands.fill('Password', 'short');
  await hands.press('Make the account');
  await page.getByText('It has less than 12 characters', { exact: false }).waitFor();
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Grace Hopper');
  await admin.looksRight();
  await hands.fill('Password', grace.password);
  await hands.press('Make the account');
  await hands.heading('Today');
  await hands.heading('First steps');
  await admin.looksRight();

  await hands.press('Your account');
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await hands.heading('Sign in');
  await admin.looksRight();
  await admin.signIn(grace);
  app.quiet();
});

test('a wrong key is refused at its field, and nothing that was typed is lost', async () => {
  const { page } = admin;
  await hands.openForm('ATS Integrations', 'Ashby', 'ashby');
  await hands.fill('Name', 'Our Ashby');
  await hands.fill('API key', 'not-a-key-of-theirs');
  await hands.press('Save');
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
  const tile = vendor.getByRole('link', { name: 'Code Interview' });
  await admin.picture('ashby-1-tile', { page: vendor, at: tile });
  await tile.click();
  const create = vendor.getByRole('button', { name: 'Create API Key for Code Interview' });
  await admin.picture('ashby-2-create', { page: vendor, at: create });
  await create.click();
  const shown = vendor.locator('#api-key');
  const key = (await shown.textContent()) ?? '';
  await admin.picture('ashby-3-copy', { page: vendor, at: shown });
  assert.match(key, /^\w{64}$/);

  await hands.fill('API key', `  Authorization: Bearer ${key}\n`);
  await hands.press('Test');
  await page.getByText('candidatesWrite').waitFor();
  await admin.picture('ashby-4-paste', {
    at: hands.field('API key'),
    of: page.locator('form'),
  });
  await hands.press('Save');
  await hands.heading('Our Ashby');
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
  await admin.picture('ashby-5-webhook', { page: vendor, at: hooks });
  await vendor.close();
  app.quiet();
});

test('CodeInterview’s key connects it, and the first steps shrink', async () => {
  const { page } = admin;
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/codeinterview/settings`);
  const field = vendor.getByLabel('Key, to be copied');
  const key = await field.inputValue();
  await admin.picture('codeinterview-1-copy', { page: vendor, at: field });
  await vendor.close();
  await hands.openForm('Collaborative Coding', 'CodeInterview', 'codeinterview');
  await hands.fill('API key', key);
  await hands.press('Save');
  await hands.heading('CodeInterview');
  await hands.fill('Requests per second, at most', '2.5');
  await hands.press('Save');
  await page.getByText('Saved.', { exact: true }).waitFor();
  const id = page.url().split('/').at(-1) ?? '';
  const { requestsPerSecond } = await app.world.api.get<{ requestsPerSecond: number }>(
    `/connections/${id}`,
  );
  assert.equal(requestsPerSecond, 2.5);
  await page.getByRole('link', { name: 'Company' }).first().click();
  await page.getByRole('link', { name: 'Open Our Ashby' }).waitFor();
  await admin.looksRight();
  await page.getByRole('link', { name: 'Today' }).click();
  await hands.heading('First steps');
  await page.getByText('Done', { exact: true }).nth(1).waitFor();
  app.quiet();
});

test('one rule makes an interview link at each of the chosen stages', async () => {
  const { page } = admin;
  const box = (label: string) => hands.field(label).and(page.locator('input'));
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('link', { name: 'New rule' }).click();
  await box('Reaches one of these stages').click();
  for (const stage of [/^Technical Quiz/, /^Onsite/])
    await page.getByRole('option', { name: stage }).first().click();
  await page.keyboard.press('Escape');
  await box('The hub does this').click();
  await page.getByRole('option', { name: 'Makes an interview link' }).click();
  await admin.picture('codeinterview-2-rule', {
    of: page.locator('form'),
    at: box('The hub does this'),
  });
  await hands.fill('Name of the rule', 'Interview links');
  await hands.press('Make the rule');
  await hands.heading('Interview links');
  app.quiet();
});

test('a candidate moved in Ashby gets a link, in the notes of the profile and at CodeInterview', async () => {
  const { page } = admin;
  const { url } = app.world.sandbox;
  const vendor = await admin.context.newPage();
  await vendor.goto(`${url}/ashby/candidates#new`);
  await vendor.getByLabel('Name').fill('Quinn Quick');
  await vendor.getByRole('button', { name: 'Add candidate' }).click();
  await vendor.getByRole('heading', { name: 'Quinn Quick' }).waitFor();
  const stage = vendor.getByLabel(/^Stage/);
  await stage.selectOption({ label: 'Technical Quiz' });
  const change = vendor.getByRole('button', { name: 'Change stage' });
  await admin.picture('codeinterview-3-move', { page: vendor, at: change });
  await change.click();
  const note = vendor.locator('article.note', { hasText: 'CodeInterview' });
  await until('the link is in the notes', async () => {
    await vendor.goto(vendor.url());
    return (await note.count()) === 1;
  });
  await admin.picture('codeinterview-4-note', { page: vendor, at: note });
  const link = (await note.getByRole('link').first().getAttribute('href')) ?? '';
  await page.getByRole('list', { name: 'Decisions' }).getByText('Quinn Quick').waitFor();
  await vendor.goto(`${url}/codeinterview/`);
  const row = vendor.getByRole('row').filter({ hasText: 'Quinn Quick' });
  await admin.picture('codeinterview-5-list', { page: vendor, at: row });
  const listed = (await row.getByRole('link').first().getAttribute('href')) ?? '';
  assert.ok(link.endsWith(listed), `${link} ${listed}`);
  await vendor.close();
  app.quiet();
});

test('disconnecting says what it will remove, and removes it', async () => {
  const { page } = admin;
  await page.getByRole('link', { name: 'Company' }).first().click();
  await page.getByRole('link', { name: 'Open Our Ashby' }).click();
  await hands.heading('Our Ashby');
  // Live updates may ask for what is just going.
  admin.expect(404);
  await hands.press('Disconnect');
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
