/** People and pools by hand: imported, found, changed, tagged together, deactivated; a thousand of them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { insertPerson } from '#store/people.ts';
import { hubOf } from '../hub-side.ts';
import { joinLever } from '../newcomers.ts';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { inFull } from './hands.ts';

let app: App;
let admin: Seat;
const hostile = 'Mallory <img src=x onerror=alert(1)>';

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'ics-feed'], candidates: 2 } });
  admin = await app.seat();
});
after(() => app.close());

const field = (page: Page, label: string) =>
  page.getByLabel(new RegExp(`^${label}( \\*)?$`)).and(page.locator('input, textarea'));
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, exact: true }).waitFor();
const people = (page: Page) =>
  page.getByRole('list', { name: 'People and rooms' }).getByRole('listitem');

test('users of the ATS are imported after a look at who would come', async () => {
  const { page } = admin;
  await joinLever(app.world, 'Ada Lovelace', 'Grace Hopper');
  await hubOf(app.world).connect('lever');
  await admin.signIn(await app.person('admin'));
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByText('Nobody yet').waitFor();
  await admin.looksRight();
  await page.getByRole('link', { name: 'Import from the ATS' }).click();
  await page.getByText('Ada Lovelace · ada.lovelace@example.com').waitFor();
  await admin.looksRight();
  await page.getByRole('button', { name: /^Add \d+ people$/ }).click();
  await people(page).filter({ hasText: 'Grace Hopper' }).waitFor();
  await page.getByRole('link', { name: 'Import from the ATS' }).click();
  assert.equal(await page.getByRole('button', { name: 'Nobody to add' }).isDisabled(), true);
  app.quiet();
});

test('somebody is added by hand, with all that the hub knows of a person', async () => {
  const { page } = admin;
  await admin.open('/people/new');
  admin.expect(422);
  await field(page, 'Name').fill(hostile);
  await field(page, 'E-mail').fill('not an address');
  await press(page, 'Add');
  await page.getByText('It is no plain e-mail address', { exact: false }).waitFor();
  assert.equal(await field(page, 'Name').inputValue(), hostile);
  await field(page, 'E-mail').fill('mallory@example.com');
  await field(page, 'Title').fill('Staff Engineer');
  await field(page, 'Tags').fill('backend');
  await page.keyboard.press('Enter');
  await field(page, 'Time zone').fill('Kathmandu');
  await page.getByRole('option', { name: /Kathmandu/ }).click();
  await page.getByLabel('Friday, from').fill('13:00');
  await page.getByLabel('Friday, to').fill('12:00');
  await page.getByText('It ends before it begins').waitFor();
  await page.getByLabel('Friday, to').fill('00:00');
  await page.getByText('It ends before it begins').waitFor({ state: 'detached' });
  await press(page, 'Add hours on Saturday');
  await press(page, 'Take away Saturday, 09:00 to 17:00');
  await page.getByRole('switch', { name: 'Likes some hours best' }).click();
  await press(page, 'Add a day off');
  await page.getByLabel('First day').fill('2030-12-24');
  await page.getByLabel('Last day').fill('2030-12-31');
  await field(page, 'Interviews a day at most').fill('2');
  await field(page, 'Minutes free after').fill('15');
  await admin.looksRight();
  await press(page, 'Add');
  await heading(page, hostile);
  await page.getByText('has no user with this address', { exact: false }).waitFor();
  await admin.looksRight();

  const { items } = await app.world.api.get<{ items: Array<Record<string, unknown>> }>('/people?search=mallory'); // prettier-ignore
  const [made] = items;
  assert.deepEqual(
    [made?.['zone'], made?.['tags'], made?.['perDay'], made?.['perWeek'], made?.['buffer'], made?.['daysOff']],
    [await field(page, 'Time zone').inputValue(), ['backend'], 2, null, { before: 0, after: 15 }, [{ from: '2030-12-24', to: '2030-12-31', reason: '' }]],
  ); // prettier-ignore
  assert.deepEqual((made?.['hours'] as Record<string, unknown>)['fri'], [{ from: '13:00', to: '24:00' }]); // prettier-ignore
  app.quiet();
});

test('a room has neither limits nor a need for an address', async () => {
  const { page } = admin;
  await admin.open('/people/new');
  await page.getByLabel('A room').check();
  await field(page, 'Name').fill('Lhotse');
  assert.equal(await field(page, 'Interviews a day at most').count(), 0);
  await press(page, 'Add');
  await heading(page, 'Lhotse');
  app.quiet();
});

test('a secret address is tested and kept from sight; a calendar that cannot be read says why', async () => {
  const { page } = admin;
  const { url = '' } = app.world.emulator('ics-feed').credentials();
  await admin.open('/people?search=Ada');
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await field(page, 'Secret address of the calendar').fill(`${url}x`);
  await press(page, 'Test and use it');
  await page.locator('[aria-invalid=true]').waitFor();
  await field(page, 'Secret address of the calendar').fill(url);
  await press(page, 'Test and use it');
  await page.getByText('The calendar can be read').waitFor();
  assert.equal(await field(page, 'Secret address of the calendar').inputValue(), '');
  await press(page, 'Test now');
  await page.getByText('in the week to come', { exact: false }).waitFor();
  await admin.looksRight();
  app.world.emulator('ics-feed').faults.push({ kind: 'html', match: 'GET /', times: 5 });
  await press(page, 'Test now');
  await page.getByText('Unknown', { exact: true }).waitFor();
  await admin.looksRight();
  assert.ok(!(await page.content()).includes(url));
  app.quiet();
});

test('what opens over a page is a part of it: a list and a menu', async () => {
  const { page } = admin;
  const main = page.getByRole('main');
  await admin.open('/people');
  await field(page, 'Kind').click();
  await main.getByRole('option', { name: 'Rooms', exact: true }).waitFor();
  await admin.looksRight();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('banner').getByRole('menuitem').first().waitFor();
  await admin.looksRight();
  app.quiet();
});

test('tags are given to all who are selected, and people are found by them', async () => {
  const { page } = admin;
  await admin.open('/people');
  for (const name of ['Ada Lovelace', 'Grace Hopper'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByText('2 selected').waitFor();
  await press(page, 'Change tags');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Give these tags').and(page.locator('input')).fill('tech lead');
  await page.keyboard.press('Enter');
  const taken = dialog.getByLabel('Take these tags away').and(page.locator('input'));
  await taken.click();
  await dialog.getByRole('option', { name: 'backend' }).waitFor();
  await admin.looksRight();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await inFull(page);
  }
  await taken.press('Escape');
  await dialog.getByRole('option').first().waitFor({ state: 'hidden' });
  await dialog.getByRole('button', { name: 'Change tags' }).click();
  await page.getByText('Changed for 2 people.').waitFor();
  await field(page, 'Tag').click();
  await page.getByRole('option', { name: 'tech lead' }).click();
  await people(page).nth(2).waitFor({ state: 'detached' });
  assert.equal(await people(page).count(), 2);
  await admin.looksRight();
  await people(page).getByRole('link', { name: 'Ada Lovelace' }).click();
  await heading(page, 'Ada Lovelace');
  await page.goBack();
  await people(page).nth(1).waitFor();
  assert.equal(await people(page).count(), 2, 'the way back keeps the filter');
  app.quiet();
});

test('a pool shows its members while it is typed, and what is wrong with it', async () => {
  const { page } = admin;
  await page.getByRole('link', { name: 'Pools' }).click();
  await page.getByText('No pool yet').waitFor();
  await page.getByRole('link', { name: 'New pool' }).click();
  await field(page, 'Name').fill('Leads');
  await press(page, 'Add the tag tech lead');
  const members = page.getByRole('list', { name: 'Members' });
  await members.getByText('Ada Lovelace').waitFor();
  admin.expect(422);
  await field(page, 'Who is in it').fill('"tech lead" OR (backend');
  await page.getByText('a bracket is not closed', { exact: false }).waitFor();
  await admin.looksRight();
  await field(page, 'Who is in it').fill('"tech lead" OR backend OR trainee');
  await members.getByText(hostile).waitFor();
  await page.getByText('Nobody active has the tag: trainee', { exact: false }).waitFor();
  await admin.looksRight();
  await press(page, 'Make the pool');
  await heading(page, 'Leads');
  await field(page, 'Who is in it').fill('"tech lead"');
  await press(page, 'Save');
  await page.getByText('Saved.').waitFor();
  app.quiet();
});

test('deactivating says what depends on the person, and can be undone', async () => {
  const { page } = admin;
  await admin.open('/people?search=Ada');
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await page.getByText('What depends on it').waitFor();
  await press(page, 'Deactivate');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Leaves these pools: Leads.').waitFor();
  await admin.looksRight();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByText('Not active', { exact: true }).waitFor();
  await press(page, 'Activate');
  await page.getByText('Not active', { exact: true }).waitFor({ state: 'detached' });
  app.quiet();
});

test('two who change the same person overwrite nothing that they have not seen', async () => {
  const { page } = admin;
  const other = await app.seat();
  await other.signIn(await app.person('super_admin'));
  for (const seat of [other, admin]) {
    await seat.open('/people?search=Ada');
    await seat.page.getByRole('link', { name: 'Ada Lovelace' }).click();
    await field(seat.page, 'Title').waitFor();
  }
  const others = async (label: string, text: string): Promise<void> => {
    await field(other.page, label).fill(text);
    const saved = other.page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await press(other.page, 'Save');
    assert.equal((await saved).status(), 200);
  };
  const shows = (label: string, text: string, at = page) =>
    until(`${label} shows ${text}`, async () => (await field(at, label).inputValue()) === text);
  await others('Title', 'Engineer');
  await shows('Title', 'Engineer');
  // What nobody typed at is taken in.
  await field(page, 'Title').fill('Principal');
  await others('Interviews a day at most', '3');
  await shows('Interviews a day at most', '3');
  await page.getByText('taken in here: Interviews a day at most', { exact: false }).waitFor();
  // What both changed is told at once, and by whom when it is saved.
  await others('Title', 'Staff');
  await page.getByText('Somebody else has saved this while you were changing it').waitFor();
  admin.expect(412);
  await press(page, 'Save');
  const choice = page.getByRole('alert').filter({ hasText: 'Robin super admin has saved this' });
  await choice.getByText('Theirs: Staff').waitFor();
  await choice.getByText('Yours: Principal').waitFor();
  await admin.looksRight();
  await press(page, 'Take theirs');
  await shows('Title', 'Staff');
  await press(page, 'Bring mine back');
  await shows('Title', 'Principal');
  await press(page, 'Save');
  await page.getByText('Saved.').waitFor();
  await shows('Title', 'Principal', other.page);
  await field(page, 'Title').fill('Lead');
  await others('Title', 'Chief');
  await press(page, 'Save mine anyway');
  await page.getByText('has saved this while', { exact: false }).waitFor({ state: 'detached' });
  await until('mine is saved over theirs, and what only they changed stays', async () => {
    const { items } = await app.world.api.get<{ items: Array<{ title: string; perDay: number }> }>('/people?search=ada.l');
    return items[0]?.title === 'Lead' && items[0].perDay === 3;
  });
  await other.context.close();
  app.quiet();
}); // prettier-ignore

test('a pool is deleted after a question that names the templates which ask for it', async () => {
  const { page } = admin;
  const { items } = await app.world.api.get<{ items: Array<{ id: string }> }>('/pools');
  const poolId = items[0]?.id ?? '';
  const seats = [{ from: { kind: 'pool', poolId, count: 1 } }];
  await app.world.api.post('/templates', { name: 'Onsite', layer: { events: [{ name: 'Talk', minutes: 60, seats }] } }); // prettier-ignore
  await admin.open(`/pools/${poolId}`);
  admin.expect(404);
  await press(page, 'Delete the pool');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('These templates ask for it', { exact: false }).waitFor();
  await admin.looksRight();
  await dialog.getByRole('button', { name: 'Delete the pool' }).click();
  await page.getByText('Leads is deleted.').waitFor();
  app.quiet();
});

test('others see people; a Team Member changes its own hours, and nobody else', async () => {
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(await app.person('team_member', 'grace.hopper@example.com'));
  await page.getByRole('link', { name: 'People' }).click();
  assert.equal(await page.getByRole('checkbox').count(), 0);
  assert.equal(await page.getByRole('link', { name: 'Add somebody' }).count(), 0);
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await page.getByRole('table', { name: 'Working hours' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0);
  await seat.looksRight();
  await page.getByRole('link', { name: 'People' }).first().click();
  await page.getByRole('link', { name: 'Grace Hopper' }).click();
  await field(page, 'Interviews a week at most').fill('3');
  assert.equal(await field(page, 'Name').count(), 0, 'who somebody is, others say');
  await press(page, 'Save');
  await page.getByText('Saved.').waitFor();
  await seat.looksRight();
  await seat.open('/people/new');
  await heading(page, 'Not for your role');
  await seat.context.close();

  const other = await app.seat();
  await other.signIn(await app.person('interviewer'));
  assert.equal(await other.page.getByRole('link', { name: 'People' }).count(), 0);
  await other.open('/people');
  await heading(other.page, 'Not for your role');
  await other.context.close();
  app.quiet();
});

test('a thousand people come page by page, and one of them is found at once', async () => {
  const { page } = admin;
  const { db } = app.world.hub.hub;
  const hours = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  await db.transaction().execute(async (tx) => {
    for (let index = 0; index < 1_000; index += 1) {
      const number = String(index).padStart(4, '0');
      await insertPerson(tx, {
        kind: 'person', name: `Number ${number}`, email: `n${number}@example.com`, title: 'Engineer', zone: 'UTC',
        hours, daysOff: [], perDay: null, perWeek: null, preferred: null, buffer: { before: 0, after: 0 },
        tags: [`team ${String(index % 40)}`, 'backend'], active: true,
      });
    }
  }); // prettier-ignore
  await admin.open('/people');
  await page.getByText('50 shown').waitFor();
  await press(page, 'Show more');
  await page.getByText('100 shown').waitFor();
  assert.equal(await people(page).count(), 100);
  await field(page, 'Search by name or address').fill('number 0987');
  await page.getByRole('link', { name: 'Number 0987' }).waitFor();
  await people(page).nth(1).waitFor({ state: 'detached' });
  await field(page, 'Search by name or address').fill('');
  await page.getByText('100 shown').waitFor();
  for (let count = 150; count <= 1_000; count += 50) {
    await press(page, 'Show more');
    await page.getByText(`${String(count)} shown`).or(page.getByText('Number 0999')).first().waitFor(); // prettier-ignore
  }
  await page.getByRole('checkbox', { name: 'Select Number 0001' }).check();
  const until = await page.evaluate<number>(`new Promise((resolve) => {
    const begun = performance.now();
    document.querySelector('input[aria-label="Select Number 0002"]').click();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
  })`);
  await page.getByText('2 selected').waitFor();
  assert.ok(until < 1_000, `a click among a thousand rows takes ${String(Math.round(until))} ms`);
  await admin.open('/pools/new');
  await field(page, 'Who is in it').fill('backend AND NOT "team 1"');
  const members = page.getByRole('list', { name: 'Members' });
  await members.getByText('Number 0000').waitFor();
  await page.getByLabel('Search', { exact: true }).fill('number 0987');
  await members.getByText('Number 0987').waitFor();
  app.quiet();
});
