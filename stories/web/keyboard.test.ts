/** Each screen's main job without a mouse: every stop shows where one is, and the focus is never lost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { ensureEffect } from '#store/effects.ts';
import { hubOf } from '../hub-side.ts';
import { until } from '../world.ts';
import { openApp, type App, type Person, type Seat } from './app.ts';
import { handsOf, inFull, type Hands } from './hands.ts';
import { loopWorld, type LoopWorld } from './loop.ts';

let app: App;
let loop: LoopWorld;
let seat: Seat;
let hands: Hands;
let owner: Person;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codeinterview', 'ics-feed'], candidates: 0 } });
  loop = await loopWorld(app);
  await app.world.connect('codeinterview');
  await app.world.api.get(loop.pathOf(await loop.candidate('Kim Keyboard')));
  owner = await app.person('super_admin');
  seat = await app.seat();
  hands = handsOf(app, seat);
});
after(() => app.close());

/** What has the focus, and whether its outline or that of its box is seen. */
const stop = `(() => {
  const here = document.activeElement;
  const near = [here, here.nextElementSibling, here.parentElement, here.parentElement.parentElement];
  const isSeen = near.some((one) => one && getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2);
  const { top, bottom } = here.getBoundingClientRect();
  const told = here.getAttribute('aria-label') ?? here.textContent.slice(0, 60) + here.id;
  return { isNowhere: here === document.body, isSeen: isSeen && bottom > 0 && top < innerHeight, told: here.tagName + ' ' + told };
})()`;

interface Stop {
  isNowhere: boolean;
  isSeen: boolean;
  told: string;
}

interface Hours {
  mon: Array<{ from: string }>;
  tue: object[];
}

const press = (key: string): Promise<void> => seat.page.keyboard.press(key);
const type = (text: string): Promise<void> => seat.page.keyboard.type(text);
const hasFocus = async (one: Locator): Promise<boolean> =>
  (await one.and(seat.page.locator(':focus')).count()) > 0;
const focused = async (what: string, one: Locator): Promise<void> => {
  const isHere = until('', () => hasFocus(one), 10_000).catch(() => false);
  const { told } = (await isHere) ? { told: '' } : await seat.page.evaluate<Stop>(stop);
  assert.equal(told, '', `the focus is not at ${what}`);
};

/** Goes there by Tab; each stop on the way is seen. */
const reach = async (target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  await target.first().waitFor();
  const passed: string[] = [];
  while (!(await hasFocus(target))) {
    await press(key);
    const { isNowhere, isSeen, told } = await seat.page.evaluate<Stop>(stop);
    passed.push(told);
    // Beyond the last stop is the browser's own bar.
    assert.ok(isSeen || isNowhere, `${seat.page.url()}: the focus is not seen: ${told}`);
    assert.ok(passed.length < 120, `${seat.page.url()}: ${String(target)} is not reached: ${passed.join(', ')}`);
  }
}; // prettier-ignore

/** Presses what has this name. */
const act = async (target: Locator, key = 'Enter'): Promise<void> => {
  await reach(target);
  await press(key);
};
const button = (name: string | RegExp): Locator =>
  seat.page.getByRole('button', { name, exact: true });
const link = (name: string): Locator => seat.page.getByRole('link', { name, exact: true }).first();

/** Goes by arrows to an entry of the open menu, and takes it. */
const take = async (entry: string): Promise<void> => {
  const wanted = seat.page.getByRole('menuitem', { name: entry, exact: true });
  await wanted.waitFor();
  await focused('the first entry of the menu', seat.page.getByRole('menuitem').first());
  for (let pressed = 0; !(await hasFocus(wanted)); pressed += 1) {
    assert.ok(pressed < 20, `no arrow leads to ${entry}`);
    await press('ArrowDown');
  }
  await press('Enter');
};

/** Nothing is lost now: something within the page has the focus. */
const isSomewhere = (): Promise<boolean> =>
  until(
    'something has the focus',
    async () => !(await seat.page.evaluate<Stop>(stop)).isNowhere,
    5_000,
  );

/** *Send* waits so long. */
const undoIn = async (undoSeconds: number): Promise<void> => {
  const company = await app.world.api.get<object>('/company');
  const { status } = await app.world.api.call('PUT', '/company', { ...company, undoSeconds });
  assert.equal(status, 200);
};

test('signing in begins in the first field; the skip link leads past the navigation', async () => {
  const { page } = seat;
  await seat.open('/sign-in');
  await focused('the address', page.getByLabel('E-mail'));
  await type(owner.email);
  await press('Tab');
  await type('not the password');
  seat.expect(401);
  await press('Enter');
  await page.getByRole('alert').first().waitFor();
  await isSomewhere();
  await reach(page.getByLabel('Password', { exact: true }), 'Shift+Tab');
  await press('Control+a');
  await type(owner.password);
  await press('Enter');
  await focused('the heading', page.getByRole('heading', { name: 'Today' }));
  const skip = page.locator('.skip-link');
  await reach(skip, 'Shift+Tab');
  await press('Enter');
  await focused('the content', page.getByRole('main'));
  await act(button('Your account'));
  await focused('the menu', page.getByRole('menuitem').first());
  await press('Escape');
  await focused('what opened the menu', button('Your account'));
  app.quiet();
}); // prettier-ignore

test('Today: a row is decided, and the next one has the focus', async () => {
  const { page } = seat;
  const { items } = await app.world.api.get<{ items: Array<{ id: string }> }>('/candidates');
  for (const key of ['first', 'second'])
    await ensureEffect(app.world.hub.hub.db, {
      key, kind: 'note', state: 'unknown', candidateId: items[0]?.id ?? null, connectionId: loop.connectionId,
      ruleId: null, parentId: null, request: {}, text: `${key}: nobody knows.`,
    });
  await seat.open('/');
  await page.getByText('first: nobody knows.').waitFor();
  await focused('the heading', page.getByRole('heading', { name: 'Today' }));
  await press('j');
  await press('Enter');
  await act(page.getByRole('dialog').getByRole('button', { name: 'It happened' }));
  await page.getByText('first: nobody knows.').waitFor({ state: 'detached' });
  const row = page.getByRole('listitem').filter({ hasText: 'second: nobody knows.' });
  await focused('the row in its place', row.locator('[data-row-act]'));
  await press('m');
  await take('Skip it');
  await page.getByText('second: nobody knows.').waitFor({ state: 'detached' });
  await isSomewhere();
  app.quiet();
}); // prettier-ignore

test('Schedule: a candidate, the plan, an option, the grid, sent, undone, and sent', async () => {
  const { page } = seat;
  await undoIn(60);
  await reach(link('Schedule'), 'Shift+Tab');
  await press('Enter');
  await reach(page.getByRole('searchbox', { name: 'Search a candidate' }));
  await type('Kim');
  await act(link('Kim Keyboard'));
  await act(button('Change Coding'));
  await reach(page.getByRole('combobox', { name: 'Seat 1' }));
  await press('ArrowDown');
  await page.getByRole('main').getByRole('option').first().waitFor();
  await inFull(page);
  await seat.looksRight();
  await press('Escape');
  await act(button('Remove Design'));
  await page.getByText('Design: Ben Brecht').first().waitFor({ state: 'detached' });
  await isSomewhere();
  await reach(page.getByRole('radio', { checked: true }));
  await press('ArrowDown');
  await focused('the next option', page.getByRole('radio', { checked: true }).and(page.getByRole('radio').nth(1)));
  await reach(page.locator('td[tabindex="0"]'));
  await press('ArrowDown');
  await press('Enter');
  await page.getByText('Nothing speaks against it.').waitFor();
  await act(button('Review'));
  await focused('the review', page.getByRole('heading', { name: 'Review and send' }));
  await act(button('Send'));
  await focused('Undo', button('Undo'));
  await press('Enter');
  await focused('the review', page.getByRole('heading', { name: 'Review and send' }));
  const heard = page.waitForResponse('**/api/v1/company');
  await undoIn(0);
  await heard;
  await act(button('Send'));
  await focused('what became of it', page.getByRole('heading', { name: 'It is on its way to everybody' }));
  await act(link('See, move or cancel it'));
  await page.waitForURL('**/interviews/*');
  app.quiet();
}); // prettier-ignore

test('Interview: an event is moved, and all of it is cancelled', async () => {
  const { page } = seat;
  seat.expect(409);
  await hubOf(app.world).quiet();
  await act(button('Change Coding'));
  await take('Move the event');
  const dialog = page.getByRole('dialog');
  await reach(dialog.getByRole('radio').first().or(dialog.getByRole('radio', { checked: true })));
  await press('Space');
  await act(dialog.getByRole('button', { name: 'Move the event', exact: true }));
  await dialog.waitFor({ state: 'detached' });
  await focused('what opened the dialog', button('Change Coding'));
  await reach(button('Change'), 'Shift+Tab');
  await press('Enter');
  await take('Cancel the interview');
  await reach(dialog.getByRole('textbox', { name: 'Reason' }));
  await type('The job is filled.');
  await act(dialog.getByRole('button', { name: 'Cancel the interview', exact: true }));
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Cancelled', { exact: true }).first().waitFor();
  await isSomewhere();
  app.quiet();
}); // prettier-ignore

test('Templates: a text gets a variable, Tab leaves the editor, and it is saved', async () => {
  const { page } = seat;
  await reach(link('Templates'), 'Shift+Tab');
  await press('Enter');
  await act(link('Open Backend loop'));
  await act(button('Override: Invite to the interviewers'));
  await isSomewhere();
  const text = page.getByRole('textbox', { name: 'Text (Invite to the interviewers)' });
  await reach(text);
  await press('Control+a');
  await type('Room: $codei');
  await page.getByRole('option').first().waitFor();
  await press('Enter');
  await press('Tab');
  await until('the editor is left', async () => !(await hasFocus(text)), 5_000);
  await act(button('Save'));
  await page.getByText('Saved').first().waitFor();
  await isSomewhere();
  app.quiet();
});

test('People: one is found, and the hours are changed', async () => {
  const { page } = seat;
  await reach(link('People'), 'Shift+Tab');
  await press('Enter');
  await reach(page.getByRole('searchbox'));
  await type('Ana');
  await act(link('Ana Arlt'));
  await reach(page.getByLabel('Monday, from'));
  await type('1030');
  await act(button(/^Take away Tuesday/));
  await isSomewhere();
  await act(button('Save'));
  await until('the hours are saved', async () => {
    const { hours } = await app.world.api.get<{ hours: Hours }>(`/people/${loop.people.ana}`);
    return hours.mon[0]?.from === '10:30' && hours.tue.length === 0;
  });
  app.quiet();
}); // prettier-ignore

test('Rules: what is missing has the focus, and a rule is made', async () => {
  const { page } = seat;
  await reach(link('Rules'), 'Shift+Tab');
  await press('Enter');
  await act(link('New rule'));
  await act(button('Make the rule'));
  const stages = page.getByRole('combobox', { name: 'Reaches one of these stages' });
  await focused('the field that is missing', stages);
  await press('ArrowDown');
  await press('ArrowDown');
  await press('Enter');
  await press('Escape');
  await act(button('Make the rule'));
  await page.waitForURL('**/rules/ru_*');
  await isSomewhere();
  app.quiet();
});

test('Company: an account is connected', async () => {
  const { page } = seat;
  await reach(link('Company'), 'Shift+Tab');
  await press('Enter');
  await act(link('Connect ICS calendar feed'));
  await reach(hands.field('Secret address'));
  await type(app.world.emulator('ics-feed').credentials()['url'] ?? '');
  await act(button('Save'));
  await page.waitForURL(/company\/co/);
  await isSomewhere();
  app.quiet();
});

test('Users: somebody is invited, and the focus is back where it began', async () => {
  const { page } = seat;
  await reach(link('Users'), 'Shift+Tab');
  await press('Enter');
  await act(button('Invite somebody'));
  const dialog = page.getByRole('dialog');
  await reach(hands.field('E-mail'));
  await type('no address');
  seat.expect(422);
  await act(dialog.getByRole('button', { name: 'Invite', exact: true }));
  await focused('the field that is wrong', hands.field('E-mail'));
  await press('Control+a');
  await type('ida@example.com');
  await reach(dialog.getByRole('radio', { checked: true }));
  await press('ArrowUp');
  await act(dialog.getByRole('button', { name: 'Invite', exact: true }));
  await dialog.getByText('hand this link over yourself', { exact: false }).waitFor();
  await isSomewhere();
  await press('Escape');
  await focused('what opened the dialog', button('Invite somebody'));
  await act(button(/^Withdraw .*ida@example.com/));
  const sure = page.getByRole('dialog').getByRole('button', { name: 'Withdraw' });
  await act(sure);
  await page.getByText('Everybody who was invited has answered').waitFor();
  await isSomewhere();
  app.quiet();
});
