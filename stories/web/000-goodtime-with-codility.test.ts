/** Guide 000 by hand, in a browser: Codility's key goes in, and its live links come out of invites. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { linksIn, panelOf } from '../panel.ts';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';
import { loopWorld, type LoopWorld } from './loop.ts';

let app: App;
let admin: Seat;
let hands: Hands;
let loop: LoopWorld;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codility'], candidates: 4 } });
  const company = await app.world.api.get<object>('/company');
  await app.world.api.call('PUT', '/company', { ...company, undoSeconds: 0 });
  admin = await app.seat();
  hands = handsOf(app, admin);
  await admin.signIn(await app.person('super_admin'));
});
after(() => app.close());

test('Codility’s key is made there, copied with its header, pasted as it is, and tested on the spot', async () => {
  const { page } = admin;
  const vendor = await admin.context.newPage();
  await vendor.goto(`${app.world.sandbox.url}/codility/account/integrations`);
  await vendor.getByLabel('Name').fill('Loopwright');
  const create = vendor.getByRole('button', { name: 'Create' });
  await admin.picture('codility-1-create', { page: vendor, at: create });
  await create.click();
  const header = vendor
    .getByRole('region', { name: 'Loopwright' })
    .first()
    .getByText('Authorization: Bearer', { exact: false });
  const copied = (await header.textContent()) ?? '';
  assert.match(copied, /^Authorization: Bearer \S+$/);
  await admin.picture('codility-2-header', { page: vendor, at: header });
  await vendor.close();

  await page.getByRole('link', { name: 'Company', exact: true }).first().click();
  await hands.heading('Collaborative Coding');
  const choose = page.getByRole('link', { name: 'Connect Codility' });
  await choose.waitFor();
  await admin.picture('codility-3-choose', { at: choose });

  await hands.openForm('Collaborative Coding', 'Codility', 'codility');
  await hands.fill('API key', `  ${copied}\n`);
  await hands.press('Test');
  await page.getByText('What it may do').waitFor();
  await admin.picture('codility-4-paste', {
    at: hands.field('API key'),
    of: page.locator('form'),
  });
  await hands.press('Save');
  await hands.heading('Codility');
  await hands.heading('What it may do');
  await admin.looksRight();
  assert.ok(
    !(await page.content()).includes(copied.split(' ').at(-1) ?? '?'),
    'the key is not shown',
  );
  app.quiet();
});

test('`$` in the text of an invite offers Codility’s variables, and a template is made with one', async () => {
  const { page } = admin;
  loop = await loopWorld(app);
  await page.getByRole('link', { name: 'Templates' }).click();
  await page.getByRole('link', { name: 'Backend loop' }).click();
  await page.getByRole('button', { name: 'Override: Invite to the interviewers' }).click();
  const body = page.getByRole('textbox', { name: 'Text (Invite to the interviewers)' });
  await body.press('Control+a');
  await page.keyboard.type('Room: $codil');
  const option = page.getByRole('option', { name: '$Interview.Codility.Live.Link' });
  await option.waitFor();
  await admin.picture('codility-5-variable', { at: option });
  await page.keyboard.press('Enter');
  await hands.press('Save');
  await until('the template holds it', async () => {
    const template = await app.world.api.get<object>(`/templates/${loop.templateId}`);
    return JSON.stringify(template).includes('Room: $Interview.Codility.Live.Link');
  });
  app.quiet();
});

test('a Team Member schedules in the app, and the link stands in the invite and opens CodeLive', async () => {
  const seat = await app.seat();
  const { page } = seat;
  const member = handsOf(app, seat);
  await seat.signIn(await app.person('team_member'));
  await app.world.api.get(loop.pathOf(await loop.candidate('Ada Arlen')));
  await page.getByRole('link', { name: 'Schedule', exact: true }).click();
  await member.fill('Search a candidate', 'arlen');
  await page.getByRole('link', { name: 'Ada Arlen' }).click();
  await page.getByRole('radio').first().waitFor();
  await seat.picture('codility-6-options', { at: page.getByRole('radio').first() });
  await member.press('Review');
  await member.heading('Review and send');
  await member.button('Send').waitFor();
  await seat.picture('codility-7-review', { at: member.button('Send') });
  await member.press('Send');
  await page.getByText('It is on its way to everybody').waitFor();
  await page.getByRole('link', { name: 'See, move or cancel it' }).click();
  await member.heading('Ada Arlen');
  const id = page.url().split('/').at(-1) ?? '';
  await panelOf(app.world).settled(id);
  const mails = await panelOf(app.world).mails(id);
  const inside = mails.filter(({ to }) => /^(ana|ben)\./.test(to));
  const links = new Set(inside.flatMap(({ text }) => linksIn(text)));
  assert.equal(inside.length, 2);
  assert.equal(links.size, 1, 'the same link for everybody');

  await admin.page.goto(`${app.world.url}/mails`);
  await admin.page.getByRole('link').filter({ hasText: 'Coding' }).first().click();
  const room = admin.page.getByText(/Room: http/).first();
  await room.waitFor();
  await admin.picture('codility-8-invite', { at: room });
  await page.goto([...links][0] ?? '');
  await page.getByLabel('Your name').fill('Ana Arlt');
  await page.getByRole('button', { name: 'Sign in as host' }).click();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText('Host: Ana Arlt').waitFor();
  await seat.picture('codility-9-room');
  await seat.context.close();
  app.quiet();
});
