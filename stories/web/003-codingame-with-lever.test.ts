/** Guide 003 by hand, in a browser: CodinGame's tests for candidates of Lever. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { codingameOf, leverOf } from '../vendors.ts';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';

let app: App;
let admin: Seat;
let hands: Hands;
/** An Admin, who makes the rules; and a window at the vendors. */
let rules: Seat;
let vendor: Page;

before(async () => {
  app = await openApp({
    sandbox: { only: ['lever', 'codingame'], candidates: 4 },
    env: { LOOPWRIGHT_RESULT_POLL_SECONDS: '1' },
  });
  admin = await app.seat();
  hands = handsOf(app, admin);
  await admin.signIn(await app.person('super_admin'));
  rules = await app.seat();
  vendor = await rules.context.newPage();
});
after(() => app.close());

const box = (label: string) =>
  rules.page.getByLabel(new RegExp(`^${label}( \\*)?$`)).and(rules.page.locator('input'));

const choose = async (label: string, option: string): Promise<void> => {
  await box(label).click();
  await rules.page.getByRole('option', { name: option, exact: true }).first().click();
};

const turnEventsOn = async (): Promise<void> => {
  await vendor.goto(`${app.world.sandbox.url}/lever/settings/webhooks`);
  await vendor.getByRole('button', { name: 'Turn all on' }).click();
  await vendor.getByText('Every event is on.').waitFor();
};

/** Somebody applies in Lever; leads to the profile. */
const apply = async (name: string, email: string, job: string): Promise<void> => {
  await vendor.goto(`${app.world.sandbox.url}/lever/candidates`);
  await vendor.getByLabel('Name').fill(name);
  await vendor.getByLabel('E-mail').fill(email);
  await vendor.getByLabel('Job').selectOption({ label: job });
  await vendor.getByRole('button', { name: 'Add', exact: true }).click();
  await vendor.getByRole('heading', { name, level: 1 }).waitFor();
};

const reachTheStage = async (picture?: string): Promise<void> => {
  await vendor.getByLabel('Stage').selectOption({ label: 'Recruiter screen' });
  const change = vendor.getByRole('button', { name: 'Change stage' });
  if (picture !== undefined) await rules.picture(picture, { page: vendor, at: change });
  await change.click();
  await vendor.getByText('The stage was changed.').waitFor();
};

test('CodinGame’s key connects the account', async () => {
  const { page } = admin;
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/codingame/integration`);
  const shown = vendor.getByLabel('Key, to be copied');
  const key = await shown.inputValue();
  await admin.picture('codingame-1-copy', { page: vendor, at: shown });
  await vendor.close();
  await hands.openForm('Collaborative Coding', 'CodinGame', 'codingame');
  await hands.fill('API key', key);
  await hands.press('Test');
  await page.getByText('What it may do').waitFor();
  await admin.looksRight();
  await admin.picture('codingame-2-paste', {
    at: hands.field('API key'),
    of: page.locator('form'),
  });
  await hands.press('Save');
  await hands.heading('CodinGame');
  await hands.heading('What it may do');
  app.quiet();
});

test('*Connect with Lever* asks there for the permissions, and leads back connected', async () => {
  const { page } = admin;
  await hands.openForm('ATS Integrations', 'Lever', 'lever');
  const { authBase = '', audience = '' } = app.world.emulator('lever').credentials();
  await hands.fill('Authorization address', authBase);
  await hands.fill('Audience', audience);
  await hands.press('Connect with Lever');
  const accept = page.getByRole('button', { name: /accept/i });
  await accept.waitFor();
  await admin.picture('lever-6-accept', { at: accept });
  await accept.click();
  await page.getByRole('link', { name: 'See what it may do' }).click();
  await hands.heading('Lever');
  await hands.heading('What it may do');
  await admin.looksRight();
  app.quiet();
});

test('an Admin makes the rule: tag, stage and test, from the vendors’ own lists', async () => {
  const { page } = rules;
  await turnEventsOn();
  await rules.signIn(await app.person('admin'));
  const { heading, press } = handsOf(app, rules);
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('link', { name: 'New rule' }).click();
  await choose('Reaches one of these stages', 'Recruiter screen');
  await page.keyboard.press('Escape');
  await box('And has this tag').fill('codingame-backend');
  await page.keyboard.press('Escape');
  const [campaign] = await codingameOf(app.world).campaigns();
  await choose('Test', campaign?.name ?? '');
  await rules.picture('codingame-3-rule', {
    of: page.locator('form'),
    at: box('And has this tag'),
  });
  await press('Make the rule');
  await heading(`${campaign?.name ?? ''} at Recruiter screen`);
  app.quiet();
});

test('the tag is put on the job, a candidate of it reaches the stage, and the test is sent', async () => {
  await vendor.goto(`${app.world.sandbox.url}/lever/jobs`);
  await vendor.locator('tbody').getByRole('link').first().click();
  const job = (await vendor.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await vendor.getByLabel('Tag').fill('codingame-backend');
  const add = vendor.getByRole('button', { name: 'Add tag' });
  await rules.picture('codingame-4-job', { page: vendor, at: add });
  await add.click();

  await apply('Ada Arrives', 'ada@candidates.example', job);
  await vendor.getByText('codingame-backend').waitFor();
  await reachTheStage('codingame-5-stage');
  await until('the note is on the timeline', async () => {
    await vendor.goto(vendor.url());
    return (await vendor.getByText('Assessment sent (CodinGame)').count()) === 1;
  });
  await rules.page.getByRole('list', { name: 'Decisions' }).getByText('Ada Arrives').waitFor();
  app.quiet();
});

test('the candidate takes it, and the result is on the timeline with a link to the report', async () => {
  const profile = vendor.url();
  const [session] = await codingameOf(app.world).tests('ada@candidates.example');
  await vendor.goto(session?.test_url ?? '');
  await vendor.getByRole('button', { name: 'Start the test' }).click();
  await vendor.getByRole('button', { name: 'Hand in' }).click();
  const result = vendor.locator('pre', { hasText: 'Assessment result (CodinGame)' });
  await until('the result is on the timeline', async () => {
    await vendor.goto(profile);
    return (await result.count()) === 1;
  });
  await result.getByText('(82 %)').waitFor();
  await rules.picture('codingame-7-result', { page: vendor, at: result });
  await result.getByRole('link').last().click();
  await vendor.getByRole('heading', { name: 'Report' }).waitFor();
  app.quiet();
});

test('without an address the test waits on Today, and goes out when one is added in Lever', async () => {
  const { page } = rules;
  await vendor.goto(`${app.world.sandbox.url}/lever/jobs`);
  const job = (await vendor.locator('tbody').getByRole('link').first().textContent()) ?? '';
  await apply('Nemo Nowhere', '', job);
  await reachTheStage();
  await page.getByRole('link', { name: 'Today' }).click();
  const row = page.getByRole('list', { name: 'Needs me' }).getByRole('listitem');
  await row.getByText('no e-mail address', { exact: false }).waitFor();
  await rules.looksRight();
  await rules.picture('codingame-6-waits', { at: row });
  await vendor.getByLabel('E-mail').fill('nemo@candidates.example');
  await vendor.getByRole('button', { name: 'Save e-mail' }).click();
  await row.waitFor({ state: 'detached' });
  await until('the test is sent', async () => {
    const tests = await codingameOf(app.world).tests('nemo@candidates.example');
    return tests.length === 1;
  });
  app.quiet();
});

test('to stop, the hub disconnects, which takes the webhooks away, and Lever revokes the access', async () => {
  const { page } = admin;
  await page.getByRole('link', { name: 'Company', exact: true }).first().click();
  await page.getByRole('link', { name: 'Open Lever' }).click();
  // Live updates may ask for what is just going.
  admin.expect(404);
  await hands.press('Disconnect');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('webhooks at the vendor', { exact: false }).waitFor();
  await admin.looksRight();
  await admin.picture('codingame-8-disconnect', { at: dialog });
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('link', { name: 'Connect Lever' }).waitFor();
  assert.deepEqual(await leverOf(app.world).webhooks(), []);

  await vendor.goto(`${app.world.sandbox.url}/lever/settings/apps`);
  const revoke = vendor.getByRole('button', { name: 'Revoke access' });
  await admin.picture('codingame-9-revoke', { page: vendor, at: revoke });
  await revoke.click();
  await vendor.getByText('No app has access.').waitFor();
  await vendor.close();
  app.quiet();
});
