/** An open drop-down list, which Mantine would put outside of the page's landmarks. */
import { after, before, test } from 'node:test';
import { openApp, type App } from './app.ts';

let app: App;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever'], candidates: 0 } });
});
after(() => app.close());

test('an open drop-down list is within a landmark, and axe finds nothing in it', async () => {
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(await app.person('super_admin'));
  await seat.open('/interviews');
  const status = page.getByRole('combobox', { name: 'Status' });
  await status.click();
  await page.locator('main').getByRole('option').first().waitFor();
  await seat.looksRight();
  await status.press('ArrowDown');
  await status.press('Enter');
  await page.getByRole('option').first().waitFor({ state: 'hidden' });
  await seat.context.close();
  app.quiet();
});
