/** Coming in by a link: an invitation, a forgotten password, consent at a vendor; and live updates. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../world.ts';
import { openApp, type App, type Person } from './app.ts';

let app: App;
let admin: Person;

before(async () => {
  app = await openApp();
  admin = await app.person('super_admin');
});
after(() => app.close());

test('an invitation is accepted at its link, which works once', async () => {
  const invited = { email: 'ada@example.com', role: 'team_member' };
  const { link } = await app.world.api.post<{ link: string }>('/invitations', invited);
  const seat = await app.seat();
  const { page } = seat;
  seat.expect(403, 404, 422);
  await page.goto(link);
  await page.getByRole('heading', { name: 'Join Loopwright' }).waitFor();
  await page.getByText('as Team Member', { exact: false }).waitFor();
  assert.equal(await page.getByLabel('E-mail').inputValue(), invited.email);
  await seat.looksRight();
  await page.getByLabel('Your name').fill('Ada <script>alert(1)</script>');
  await page.getByLabel('Password', { exact: true }).fill('notes on the analytical engine');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  await seat.open('/account');
  await page.getByText('Ada <script>alert(1)</script>', { exact: false }).first().waitFor();
  await page.goto(link);
  await page.getByRole('alert').waitFor();
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
});

test('a forgotten password is set anew by the mailed link', async () => {
  await app.world.connect('smtp');
  const seat = await app.seat();
  const { page } = seat;
  await seat.open('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill(admin.email);
  await seat.looksRight();
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('a mail is on its way', { exact: false }).waitFor();
  await seat.looksRight();
  const { mailbox } = app.world.sandbox;
  const mail = await until('the mail', () => mailbox.list({ to: admin.email })[0]);
  const [link = ''] = /http\S+\/reset\/[\w-]+/.exec(mailbox.find(mail.id)?.text ?? '') ?? [];
  await page.goto(link);
  admin = { ...admin, password: 'another row of quiet words' };
  await page.getByLabel('New password', { exact: true }).fill(admin.password);
  await seat.looksRight();
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('Your password is set', { exact: false }).waitFor();
  await seat.signIn(admin);
  await seat.context.close();
  app.quiet();
});

test('Connect with Lever leads to the consent there, and back to what it may do', async () => {
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(admin);
  await seat.open('/settings/company/connect/lever');
  const { apiBase, authBase, audience, webBase } = app.world.emulator('lever').credentials();
  await page.getByRole('button', { name: 'Addresses and more' }).click();
  await page.getByLabel('API address').fill(apiBase ?? '');
  await page.getByLabel('Authorization address').fill(authBase ?? '');
  await page.getByLabel('Audience').fill(audience ?? '');
  await page.getByLabel('Web address').fill(webBase ?? '');
  await page.getByRole('button', { name: 'Connect with Lever' }).click();
  await page.getByRole('button', { name: /Accept|Allow/ }).click();
  await page.getByRole('heading', { name: 'Connected' }).waitFor();
  await page.getByRole('link', { name: 'See what it may do' }).click();
  await page.getByRole('heading', { name: 'Lever', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Connect with Lever again' }).waitFor();
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
});

test('what somebody else changes appears without a reload', async () => {
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(admin);
  await page.getByRole('link', { name: 'Company' }).click();
  await page.getByRole('link', { name: 'Connect Ashby' }).waitFor();
  await app.world.connect('ashby');
  const card = page.getByRole('listitem').filter({ hasText: 'The ashby account' });
  await card.getByText('Connected', { exact: true }).waitFor();
  const { items } = await app.world.api.get<{ items: Array<{ id: string; connector: string }> }>('/connections'); // prettier-ignore
  const { id = '' } = items.find(({ connector }) => connector === 'ashby') ?? {};
  await app.world.api.post(`/connections/${id}/pause`);
  await card.getByText('Paused', { exact: true }).waitFor();
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
});
