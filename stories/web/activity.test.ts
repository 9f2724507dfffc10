/** Activity: who did what, found by its filters, and taken along as a table. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { insertAudit } from '#store/audit.ts';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';

let app: App;
let connectionId = '';

before(async () => {
  app = await openApp();
  connectionId = await app.world.connect('codeinterview');
  const { db } = app.world.hub.hub;
  await insertAudit(db, { id: 'us_eve', name: '=Eve<script>' }, 'rule.enable', 'ru_x');
  for (let count = 0; count < 1_000; count += 1)
    await insertAudit(db, { id: 'us_many', name: 'Many' }, 'person.change', `pe_${String(count)}`);
});
after(() => app.close());

const rowsOf = ({ page }: Seat) =>
  page.getByRole('list', { name: 'Changes' }).getByRole('listitem');

test('what is looked for is found, also by the address, and taken along as a table', async () => {
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(await app.person('super_admin'));
  await page.getByRole('link', { name: 'Activity' }).click();
  const rows = rowsOf(seat);
  await until('a page of the thousand', async () => (await rows.count()) === 50);
  await page.getByRole('button', { name: 'Show more' }).click();
  await until('the next page', async () => (await rows.count()) === 100);

  await page.getByLabel('Who').fill('eve');
  await page.getByText('=Eve<script>', { exact: true }).waitFor();
  assert.equal(await rows.count(), 1);
  await rows.getByText('Rule: switched on').waitFor();
  await seat.looksRight();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export as CSV' }).click();
  const table = await readFile(await (await download).path(), 'utf8');
  assert.match(table, /^\u{feff}time,who,.*\r\n[^,]+,'=Eve<script>,us_eve,rule\.enable,ru_x,,\{\}\r\n$/u);

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByLabel('About').fill('codeinterview');
  await rows.getByRole('link', { name: 'The codeinterview account' }).waitFor();
  await page.waitForURL(/about=codeinterview/);
  await page.reload();
  await rows.getByText('Connection: created').waitFor();
  await page.getByLabel('From').fill('2999-01-01');
  await page.getByText('No change fits these filters.').waitFor();
  await seat.looksRight();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByLabel('About').fill(connectionId);
  await rows.getByRole('link', { name: 'The codeinterview account' }).click();
  await page.getByRole('heading', { name: 'The codeinterview account' }).waitFor();
  await seat.context.close();
  app.quiet();
}); // prettier-ignore

test('an Admin sees the own acts; a Team Member is told whose page it is', async () => {
  const admin = await app.seat();
  await admin.signIn(await app.person('admin'));
  await admin.open('/activity');
  await admin.page.getByText('What you changed yourself', { exact: false }).waitFor();
  await rowsOf(admin).first().waitFor();
  assert.equal(await admin.page.getByText('Many', { exact: true }).count(), 0);
  const member = await app.seat();
  await member.signIn(await app.person('team_member'));
  assert.equal(await member.page.getByRole('link', { name: 'Activity' }).count(), 0);
  await member.open('/activity');
  await member.page.getByText('Not for your role').waitFor();
  for (const { context } of [admin, member]) await context.close();
  app.quiet();
});
