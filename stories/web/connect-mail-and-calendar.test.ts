/** A mail server and a calendar feed, connected by hand. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';

let app: App;
let admin: Seat;
let hands: Hands;

before(async () => {
  app = await openApp({ sandbox: { only: ['smtp', 'ics-feed'], candidates: 0 } });
  admin = await app.seat();
  hands = handsOf(app, admin);
  await admin.signIn(await app.person('super_admin'));
});
after(() => app.close());

const open = async (vendor: string): Promise<void> => {
  await admin.page.getByRole('link', { name: 'Company', exact: true }).first().click();
  await admin.page.getByRole('link', { name: `Connect ${vendor}` }).click();
  await hands.heading(`Connect ${vendor}`);
};

test('a mail server is tested without sending anything, and connected', async () => {
  const { page } = admin;
  const account = app.world.emulator('smtp').credentials();
  await open('Mail server (SMTP)');
  await hands.fill('Server', account['host'] ?? '');
  await hands.fill('Port', account['port'] ?? '');
  await page.getByRole('combobox', { name: 'Encryption' }).click();
  await page.getByRole('option', { name: 'none' }).click();
  await hands.fill('User', account['user'] ?? '');
  await hands.fill('Password', account['password'] ?? '');
  await hands.fill('Sender’s address', account['fromAddress'] ?? '');
  await hands.press('Test');
  await page.getByText('What it may do').waitFor();
  await admin.looksRight();
  await admin.picture('smtp-1-form', { of: page.locator('form') });
  assert.deepEqual(app.world.sandbox.mailbox.list(), []);
  await hands.press('Save');
  await hands.heading('Mail server (SMTP)');
  await admin.looksRight();
  app.quiet();
});

test('a secret address of a calendar is tested, connected, and never shown again', async () => {
  const { page } = admin;
  const { url = '' } = app.world.emulator('ics-feed').credentials();
  await open('ICS calendar feed');
  await hands.fill('Name', 'Ada’s calendar');
  await hands.fill('Secret address', url);
  await hands.press('Test');
  await page.getByText('What it may do').waitFor();
  await admin.picture('ics-feed-1-form', {
    at: hands.field('Secret address'),
    of: page.locator('form'),
  });
  await hands.press('Save');
  await hands.heading('Ada’s calendar');
  await admin.looksRight();
  assert.ok(!(await page.content()).includes(url));
  app.quiet();
});
