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

test('by keyboard, no field hides under the header or the bar at the foot', async () => {
  const { page } = seat;
  const before = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.setViewportSize({ width: 1280, height: 480 });
  await page.getByRole('combobox', { name: 'Template' }).focus();
  for (let pressed = 0; pressed < 16; pressed += 1) {
    await page.keyboard.press('Tab');
    const [top = 0, bottom = 0, room = 0, foot = 0] = await page.evaluate<number[]>(`[
      document.activeElement.getBoundingClientRect().top,
      document.activeElement.getBoundingClientRect().bottom,
      document.querySelector('header').getBoundingClientRect().bottom,
      [...document.querySelectorAll('button')].find((one) => one.textContent === 'Review').getBoundingClientRect().top,
    ]`);
    assert.ok(top >= room && bottom <= foot, `Tab ${String(pressed + 1)}: ${String(top)} to ${String(bottom)}`);
  }
  await page.setViewportSize(before);
  app.quiet();
}); // prettier-ignore

test('whatever is changed in the plan refreshes the options', async () => {
  const { page } = seat;
  const { press, fill, button } = handsOf(app, seat);
  await press('Move Design up');
  await page.getByText('Design: Ben Brecht · Coding: Ana Arlt').first().waitFor();
  await press('Remove Design');
  await page
    .getByRole('radio', { name: /09:00–10:00/ })
    .first()
    .waitFor();
  await press('Change Coding');
  await fill('Minutes', '90');
  await page
    .getByRole('radio', { name: /09:00–10:30/ })
    .first()
    .waitFor();
  await page.getByRole('combobox', { name: 'Seat 1' }).click();
  await page.getByRole('option', { name: 'Cy Celan' }).click();
  await page.keyboard.press('Escape');
  await page.getByText('90 min · Ana Arlt or Cy Celan').waitFor();
  await seat.looksRight();
  await press('Add an event');
  await page.getByText('Give each event a name, and the times follow.').waitFor();
  await page.getByRole('textbox', { name: 'Title' }).last().fill('Debrief');
  await page.getByText('Say who sits in each event, and the times follow.').waitFor();
  await press('Remove Debrief');
  await button('Order, breaks and days')
    .or(page.getByText('Order, breaks and days'))
    .first()
    .click();
  await page.getByText('Any order', { exact: true }).click();
  await page.getByText('in any order · no break needed', { exact: false }).waitFor();
  await seat.looksRight();
  app.quiet();
});

test('the candidate’s zone stands beside one’s own, in options and in the grid', async () => {
  const { page } = seat;
  await page.reload();
  await page.getByRole('grid').waitFor();
  const zone = page.getByRole('combobox', { name: 'Time zone of the candidate' });
  await zone.click();
  await zone.fill('Kat');
  await page.getByRole('option', { name: /Kath?mandu/ }).click();
  await page.getByRole('columnheader', { name: 'You, Europe/Berlin' }).waitFor();
  await page
    .getByRole('radio', { name: /GMT\+5:45.*CET/ })
    .first()
    .waitFor();
  await seat.looksRight();
  app.quiet();
});

test('the grid is walked by the arrow keys, and Enter begins the interview there', async () => {
  const { page } = seat;
  await page.reload();
  const grid = page.getByRole('grid');
  await grid.getByText('Coding').first().waitFor();
  await page
    .getByRole('radio', { name: /09:00–10:45/ })
    .first()
    .click();
  await page.getByText(/Chosen: .*09:00–10:45/).waitFor();
  const nine = grid.getByRole('row', { name: /^9:00/ });
  await nine.locator('[aria-selected="true"]').first().waitFor();
  await grid.locator('td[tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByText(/Chosen: .*09:30–11:15/).waitFor();
  await page.getByText('Nothing speaks against it.').waitFor();
  const day = await page.locator('#day-title').textContent();
  await page.keyboard.press('PageDown');
  await page
    .locator('#day-title')
    .getByText(day ?? '', { exact: true })
    .waitFor({ state: 'detached' });
  await seat.looksRight();
  app.quiet();
});

test('where nobody can, the page says why, and one click on what would help brings options', async () => {
  const { page } = seat;
  const person = await app.world.api.get<Record<string, unknown>>(`/people/${loop.people.ben}`);
  const { id: _id, createdAt: _made, updatedAt: _changed, bounced: _bounced, ...fields } = person;
  const never = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, []]));
  const { status } = await app.world.api.call('PUT', `/people/${loop.people.ben}`, { ...fields, hours: never });
  assert.equal(status, 200);
  await page.reload();
  await page.getByText('There is no time at which everybody can').waitFor();
  await seat.looksRight();
  await page.getByRole('button', { name: /Opens \d+ start time/ }).first().click();
  await page.getByText('Given up for this interview').waitFor();
  await page.getByRole('radio').first().waitFor();
  await seat.looksRight();
  app.quiet();
}); // prettier-ignore
