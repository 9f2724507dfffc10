/** Health: what is wrong stands there with the remedy, and goes when it is put right. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { backupMade, insertAudit } from '#store/audit.ts';
import { pauseConnection } from '#store/connections.ts';
import { openApp, type App } from './app.ts';

let app: App;

before(async () => {
  app = await openApp();
});
after(() => app.close());

test('backups, disk, database, connections and work are shown, problems with the remedy', async () => {
  const { db } = app.world.hub.hub;
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(await app.person('super_admin'));
  await page.getByRole('link', { name: 'Health' }).click();
  const backup = page.locator('[data-code=backup_missing]');
  await backup.getByText('Run loopwright backup FILE', { exact: false }).waitFor();
  await page.getByText(/^PostgreSQL \d+, schema \d+, [\d.]+ MB$/).waitFor();
  await page.getByText(/GB free$/).waitFor();
  await seat.looksRight();

  const id = await app.world.connect('codeinterview');
  await insertAudit(db, { id: 'command', name: 'the command line' }, backupMade, 'backup');
  await pauseConnection(db, id, 'unauthorized', 'The key was refused.');
  await page.getByText('The key was refused.').waitFor();
  await page.reload();
  await page.getByText('The key was refused.').waitFor();
  assert.equal(await backup.count(), 0);
  await page.getByRole('columnheader', { name: 'Due for the longest' }).waitFor();
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
});

test('the page is for Super Admins', async () => {
  const seat = await app.seat();
  await seat.signIn(await app.person('admin'));
  assert.equal(await seat.page.getByRole('link', { name: 'Health' }).count(), 0);
  await seat.open('/settings/health');
  await seat.page.getByText('Not for your role').waitFor();
  await seat.context.close();
  app.quiet();
});
