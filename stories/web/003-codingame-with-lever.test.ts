/** Guide 003 by hand, in a browser: CodinGame's tests for candidates of Lever. */
import { after, before, test } from 'node:test';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';

let app: App;
let admin: Seat;
let hands: Hands;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codingame'], candidates: 4 } });
  admin = await app.seat();
  hands = handsOf(app, admin);
  await admin.signIn(await app.person('super_admin'));
});
after(() => app.close());

test('CodinGame’s key connects the account', async () => {
  const { page } = admin;
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/codingame/integration`);
  const shown = vendor.getByLabel('Key, to be copied');
  const key = await shown.inputValue();
  await admin.picture('codingame-1-copy', { page: vendor, at: shown });
  await vendor.close();
  await hands.openForm('Collaborative Coding', 'CodinGame', 'codingame');
  await hands.fill('API key', key);
  await hands.press('Test');
  await page.getByText('What it may do').waitFor();
  await admin.looksRight();
  await admin.picture('codingame-2-paste', {
    at: hands.field('API key'),
    of: page.locator('form'),
  });
  await hands.press('Save');
  await hands.heading('CodinGame');
  await hands.heading('What it may do');
  app.quiet();
});

test('*Connect with Lever* asks there for the permissions, and leads back connected', async () => {
  const { page } = admin;
  await hands.openForm('ATS Integrations', 'Lever', 'lever');
  const { authBase = '', audience = '' } = app.world.emulator('lever').credentials();
  await hands.fill('Authorization address', authBase);
  await hands.fill('Audience', audience);
  await hands.press('Connect with Lever');
  const accept = page.getByRole('button', { name: /accept/i });
  await accept.waitFor();
  await admin.picture('lever-6-accept', { at: accept });
  await accept.click();
  await page.getByRole('link', { name: 'See what it may do' }).click();
  await hands.heading('Lever');
  await hands.heading('What it may do');
  await admin.looksRight();
  app.quiet();
});
