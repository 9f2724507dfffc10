/** The scheduling screen: a candidate is found, the plan is changed, and options follow at once. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf } from './hands.ts';
import { loopWorld, type LoopWorld } from './loop.ts';

let app: App;
let loop: LoopWorld;
let seat: Seat;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever'], candidates: 2 } });
  seat = await app.seat();
});
after(() => app.close());

test('where the hub knows no candidate yet, the page says how they come about', async () => {
  await seat.signIn(await app.person('team_member'));
  await seat.page.getByRole('link', { name: 'Schedule', exact: true }).click();
  await seat.page.getByText('No candidate yet').waitFor();
  await seat.looksRight();
  app.quiet();
});

test('a candidate is searched by name, and leads to the plan of the job’s template', async () => {
  const { page } = seat;
  const { heading, fill } = handsOf(app, seat);
  loop = await loopWorld(app);
  await app.world.api.get(loop.pathOf(await loop.candidate('Ada <b>Lovelace</b>')));
  await fill('Search a candidate', 'nobody at all');
  await page.getByText('Nobody is called “nobody at all”').waitFor();
  await seat.looksRight();
  await fill('Search a candidate', 'lovel');
  await page.getByRole('link', { name: 'Ada <b>Lovelace</b>' }).waitFor();
  await seat.looksRight();
  await page.getByRole('link', { name: 'Ada <b>Lovelace</b>' }).click();
  await heading('Schedule Ada <b>Lovelace</b>');
  await page.getByText('60 min · Ana Arlt').waitFor();
  const options = page.getByRole('radio');
  await options.first().waitFor();
  assert.ok(await options.first().isChecked(), 'the best is chosen already');
  await page.getByText('Coding: Ana Arlt · Design: Ben Brecht').first().waitFor();
  await seat.looksRight();
  app.quiet();
});
