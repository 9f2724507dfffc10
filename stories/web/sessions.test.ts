/** Who is in, who is not, and what becomes of a form whose session has ended. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openApp, type App, type Person, type Seat } from './app.ts';

let app: App;
let admin: Person;
let interviewer: Person;

before(async () => {
  app = await openApp();
  admin = await app.person('super_admin');
  interviewer = await app.person('interviewer');
});
after(() => app.close());

const press = (seat: Seat, name: string) =>
  seat.page.getByRole('button', { name, exact: true }).click();

test('a visitor is led to signing in and then to where they were going', async () => {
  const seat = await app.seat();
  seat.expect(401);
  await seat.open('/settings/company');
  await seat.page.getByLabel('E-mail').fill(admin.email);
  await seat.page.getByLabel('Password', { exact: true }).fill('not the password');
  await press(seat, 'Sign in');
  await seat.page.getByRole('alert').waitFor();
  assert.match((await seat.page.getByRole('alert').textContent()) ?? '', /do not fit together/);
  await seat.looksRight();
  await seat.page.getByLabel('Password', { exact: true }).fill(admin.password);
  await press(seat, 'Sign in');
  await seat.page.getByRole('heading', { name: 'Company', exact: true }).waitFor();
  await seat.context.close();
  app.quiet();
});

test('an address of another site is not followed after signing in', async () => {
  const seat = await app.seat();
  for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:0']) {
    await seat.open(`/sign-in?${new URLSearchParams({ to }).toString()}`);
    await seat.page.getByLabel('E-mail').fill(admin.email);
    await seat.page.getByLabel('Password', { exact: true }).fill(admin.password);
    await press(seat, 'Sign in');
    await seat.page.getByRole('heading', { name: 'Today' }).waitFor();
    assert.equal(new URL(seat.page.url()).origin, app.world.url, to);
  }
  await seat.context.close();
  app.quiet();
});

test('a session that ends in mid-form loses nothing that was typed', async () => {
  const seat = await app.seat();
  seat.expect(401);
  await seat.signIn(admin);
  await seat.open('/settings/company/connect/codility');
  await seat.page.getByLabel('Name', { exact: true }).fill('Codility of the Berlin team');
  await seat.page.getByLabel(/^API key( \*)?$/).fill('pasted-with-care');
  await sql`delete from session`.execute(app.world.hub.hub.db);
  await press(seat, 'Test');
  const dialog = seat.page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.waitFor();
  await seat.looksRight();
  await seat.page.keyboard.press('Escape');
  await dialog.getByLabel('Password', { exact: true }).fill('not it');
  await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
  await dialog.getByText('do not fit together', { exact: false }).waitFor();
  await dialog.getByLabel('Password', { exact: true }).fill(admin.password);
  await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const { page } = seat;
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Codility of the Berlin team'); // prettier-ignore
  assert.equal(await page.getByLabel(/^API key( \*)?$/).inputValue(), 'pasted-with-care');
  await seat.context.close();
  app.quiet();
});

test('somebody else who signs in over a page does not get that page', async () => {
  const seat = await app.seat();
  seat.expect(401);
  await seat.signIn(admin);
  await seat.open('/settings/company/connect/codility');
  await seat.page.getByLabel(/^API key( \*)?$/).fill('a secret of the first one');
  await sql`delete from session`.execute(app.world.hub.hub.db);
  await press(seat, 'Test');
  const dialog = seat.page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('E-mail').fill(interviewer.email);
  await dialog.getByLabel('Password', { exact: true }).fill(interviewer.password);
  await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
  await seat.page.getByRole('heading', { name: 'My interviews' }).waitFor();
  assert.equal(await seat.page.getByLabel('API key').count(), 0);
  await seat.context.close();
  app.quiet();
});

test('a role without the right finds no entry, and an explanation at the address', async () => {
  const seat = await app.seat();
  await seat.signIn(interviewer);
  assert.equal(await seat.page.getByRole('link', { name: 'Company' }).count(), 0);
  assert.equal(await seat.page.getByRole('heading', { name: 'First steps' }).count(), 0);
  await seat.open('/settings/company');
  await seat.page.getByRole('heading', { name: 'Not for your role' }).waitFor();
  await seat.looksRight();
  await seat.open('/no/such/page');
  await seat.page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
});

test('sessions are listed, and one is ended from another', async () => {
  const [here, there] = [await app.seat(), await app.seat()];
  await here.signIn(interviewer);
  await there.signIn(interviewer);
  await here.open('/account');
  await here.page.getByRole('list', { name: 'Your sessions' }).waitFor();
  await here.looksRight();
  await press(here, 'End all others');
  await here.page
    .getByText(/ha(s|ve) ended\./)
    .first()
    .waitFor();
  there.expect(401);
  await there.open('/account');
  await there.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await here.context.close();
  await there.context.close();
  app.quiet();
});

test('by keyboard alone: skip link, menu, appearance, sign-out', async () => {
  const seat = await app.seat();
  await seat.signIn(interviewer);
  const { page } = seat;
  await page.reload();
  await page.getByRole('heading', { name: 'My interviews' }).waitFor();
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press('Tab');
  await page.getByRole('link', { name: 'Skip to the content' }).waitFor();
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate('document.activeElement.tagName'), 'MAIN');
  await page.getByRole('button', { name: 'Your account' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: 'Dark' }).focus();
  await page.keyboard.press('Enter');
  await page.locator(':root[data-mantine-color-scheme=dark]').waitFor();
  await page.getByRole('menuitem', { name: 'Sign out' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await seat.context.close();
  app.quiet();
});
