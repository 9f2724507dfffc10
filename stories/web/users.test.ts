/** Users, invitations and API keys by hand, as a Super Admin; what others see of them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApp, type App, type Person, type Seat } from './app.ts';

let app: App;
let seat: Seat;
let admin: Person;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever'], candidates: 0 } });
  seat = await app.seat();
  admin = await app.person('super_admin');
  await seat.signIn(admin);
});
after(() => app.close());

const field = (page: Page, label: string) =>
  page.getByLabel(new RegExp(`^${label}( \\*)?$`)).and(page.locator('input'));
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, exact: true }).waitFor();
/** The link or key that is shown once. */
const shown = async (page: Page): Promise<string> =>
  (await page.getByRole('status').locator('code').textContent()) ?? '';

test('the last Super Admin stays one, and is told so', async () => {
  const { page } = seat;
  await page.getByRole('link', { name: 'Users' }).click();
  await page.getByText('Everybody who was invited has answered').waitFor();
  await seat.looksRight();
  await page.getByRole('link', { name: 'Robin super admin' }).click();
  await page.getByText('This is the last active Super Admin', { exact: false }).waitFor();
  assert.equal(await page.getByRole('radio', { name: /^Interviewer/ }).isDisabled(), true);
  assert.equal(await page.getByRole('button', { name: 'Shut out' }).count(), 0);
  await page.getByText('This one', { exact: true }).waitFor();
  await seat.looksRight();
  app.quiet();
});

test('an invitation gives its link where no mail goes; a new link ends the one before; withdrawn, none works', async () => {
  const { page } = seat;
  await page.getByRole('link', { name: 'Users' }).first().click();
  await press(page, 'Invite somebody');
  const dialog = page.getByRole('dialog');
  seat.expect(409, 422);
  await field(page, 'E-mail').fill('no address');
  await dialog.getByRole('button', { name: 'Invite' }).click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  await field(page, 'E-mail').fill('ada@example.com');
  await dialog.getByRole('radio', { name: /^Admin/ }).check();
  await seat.looksRight();
  await dialog.getByRole('button', { name: 'Invite' }).click();
  await dialog.getByText('hand this link over yourself', { exact: false }).waitFor();
  const first = await shown(page);
  await seat.looksRight();
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  const invited = page.getByRole('list', { name: 'Invitations' }).getByRole('listitem');
  await invited.getByText('ada@example.com').waitFor();
  await press(page, 'New link for ada@example.com');
  await page.getByRole('status').getByText('hand this link over').waitFor();
  const second = await shown(page);
  assert.notEqual(first, second);
  await seat.looksRight();

  const ada = await app.seat();
  ada.expect(403);
  await ada.page.goto(first);
  await ada.page.getByText('link is wrong', { exact: false }).waitFor();
  await ada.page.goto(second);
  await ada.page.getByLabel(/^Your name/).fill('Ada <b>Lovelace</b>');
  await field(ada.page, 'Password').fill('notes on the analytical engine');
  await press(ada.page, 'Join');
  await heading(ada.page, 'Today');
  await invited.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Ada <b>Lovelace</b>' }).waitFor();

  await press(page, 'Invite somebody');
  await field(page, 'E-mail').fill('mallory@example.com');
  await dialog.getByRole('button', { name: 'Invite' }).click();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await press(page, 'Withdraw the invitation of mallory@example.com');
  await dialog.getByText('stops working at once', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('The invitation is withdrawn.').waitFor();
  await page.getByText('Everybody who was invited has answered').waitFor();
  await ada.context.close();
  app.quiet();
});

test('a role is changed, sessions are ended, and a link gives a new password where no mail goes', async () => {
  const { page } = seat;
  const ada = await app.seat();
  await ada.signIn({ email: 'ada@example.com', password: 'notes on the analytical engine' });
  await page.getByRole('link', { name: 'Ada <b>Lovelace</b>' }).click();
  await heading(page, 'Ada <b>Lovelace</b>');
  await page.getByRole('radio', { name: /^Team Member/ }).check();
  await press(page, 'Save');
  await page.getByText('Saved.', { exact: false }).waitFor();
  await seat.looksRight();

  ada.expect(401, 403);
  await press(page, 'End all');
  await page.getByText(/sessions? (is|are) ended\./).waitFor();
  await ada.page.reload();
  await heading(ada.page, 'Sign in');

  await press(page, 'Make a link');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('written to the audit log', { exact: false }).waitFor();
  await seat.looksRight();
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  await page.getByText('shown only now', { exact: false }).waitFor();
  await ada.page.goto(await shown(page));
  await field(ada.page, 'New password').fill('poetical science of numbers');
  await press(ada.page, 'Set the password');
  await heading(ada.page, 'Sign in');
  await ada.signIn({ email: 'ada@example.com', password: 'poetical science of numbers' });
  await ada.context.close();
  app.quiet();
});

test('whoever is shut out cannot sign in, until let in again', async () => {
  const { page } = seat;
  await press(page, 'Shut out');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Their sessions end', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Shut out' }).click();
  await page.getByText('cannot sign in any more', { exact: false }).waitFor();
  await page.getByText('Nowhere', { exact: true }).waitFor();
  await seat.looksRight();
  await press(page, 'Let in again');
  await page.getByRole('button', { name: 'Shut out' }).waitFor();
  app.quiet();
});

test('an API key is shown once, works, and is refused once it is revoked', async () => {
  const { page } = seat;
  await page.getByRole('link', { name: 'API keys' }).click();
  await heading(page, 'API keys');
  await press(page, 'New key');
  const dialog = page.getByRole('dialog');
  await field(page, 'Name').fill('Reports <script>');
  await seat.looksRight();
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  await dialog.getByText('Copy it now', { exact: false }).waitFor();
  const key = await shown(page);
  await seat.looksRight();
  const ask = () => fetch(`${app.world.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } }); // prettier-ignore
  assert.equal((await ask()).status, 200);
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByText('Reports <script>').waitFor();
  assert.ok(!(await page.content()).includes(key));
  await seat.looksRight();
  await press(page, 'Revoke Reports <script>');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Reports <script> is revoked.').waitFor();
  assert.equal((await ask()).status, 401);
  app.quiet();
});

test('nobody but a Super Admin finds users or keys', async () => {
  for (const role of ['admin', 'team_member'] as const) {
    const other = await app.seat();
    await other.signIn(await app.person(role));
    assert.equal(await other.page.getByRole('link', { name: 'Users' }).count(), 0);
    assert.equal(await other.page.getByRole('link', { name: 'API keys' }).count(), 0);
    for (const path of ['/settings/users', '/settings/api-keys']) {
      await other.open(path);
      await heading(other.page, 'Not for your role');
    }
    await other.context.close();
  }
  app.quiet();
});
