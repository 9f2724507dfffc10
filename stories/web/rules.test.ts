/** Rules by hand: the configuration of the guides 003 and 004, who would match, and what became of it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { hubOf, type HubSide } from '../hub-side.ts';
import { applyAtAshby, applyAtLever } from '../newcomers.ts';
import { ashbyOf, codingameOf, leverOf } from '../vendors.ts';
import { openApp, type App, type Seat } from './app.ts';

let app: App;
let hub: HubSide;
let admin: Seat;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codingame', 'ashby', 'codeinterview'] } });
  hub = hubOf(app.world);
  admin = await app.seat();
});
after(() => app.close());

const field = (page: Page, label: string) =>
  page.getByLabel(new RegExp(`^${label}( \\*)?$`)).and(page.locator('input'));
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const choose = async (page: Page, label: string, option: string | RegExp): Promise<void> => {
  await field(page, label).click();
  await page.getByRole('option', { name: option, exact: true }).first().click();
};

test('without two accounts, an Admin is told whom to ask, and a Super Admin where to go', async () => {
  const { page } = admin;
  await admin.signIn(await app.person('admin'));
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByText('No rule yet').waitFor();
  await admin.looksRight();
  await page.getByRole('link', { name: 'New rule' }).click();
  await page.getByText('Ask a Super Admin to connect one of each.', { exact: false }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Connect accounts' }).count(), 0);
  await admin.looksRight();

  const owner = await app.seat();
  await owner.signIn(await app.person('super_admin'));
  await owner.open('/rules/new');
  await owner.page.getByRole('link', { name: 'Connect accounts' }).waitFor();
  await owner.context.close();
  app.quiet();
});

test('guide 003: tag, stage and test are chosen from the vendors’ lists, and make a rule', async () => {
  const { world } = app;
  const { page } = admin;
  await hub.connect('lever');
  await hub.connect('codingame');
  const lever = leverOf(world);
  const posting = (await lever.postings())[0]?.id ?? '';
  const stage = await lever.stage('Recruiter screen');
  for (const [name, email] of [['Ada <img src=x onerror=alert(1)>', 'ada@candidates.example'], ['Nemo Nowhere', '']] as const) {
    const { id } = await applyAtLever(world, name, { posting, email });
    await lever.tag(id, 'codingame-backend');
    await lever.move(id, stage);
  }
  await hub.quiet();

  await admin.open('/rules/new');
  await field(page, 'Is in this ATS').waitFor();
  assert.equal(await field(page, 'Is in this ATS').inputValue(), 'The lever account');
  await press(page, 'Make the rule');
  await page.getByText('Choose at least one stage.').waitFor();
  await page.getByText('Choose the test.').waitFor();
  await admin.looksRight();

  await choose(page, 'Reaches one of these stages', 'Recruiter screen');
  await page.keyboard.press('Escape');
  await field(page, 'And has this tag').fill('codingame-backend');
  await page.keyboard.press('Escape');
  const [campaign] = await codingameOf(world).campaigns();
  await choose(page, 'Test', campaign?.name ?? '');

  await press(page, 'Look in the ATS');
  const matching = page.getByRole('list', { name: 'Candidates who would match' });
  await matching.getByText('Ada <img src=x onerror=alert(1)>').waitFor();
  await matching.getByText('no e-mail address').waitFor();
  assert.equal(await matching.getByRole('button').count(), 0, 'nothing is sent by what is not saved');
  await page.getByText('Rules are not retroactive', { exact: false }).waitFor();
  await admin.looksRight();

  await press(page, 'Make the rule');
  await page.getByRole('heading', { name: `${campaign?.name ?? ''} at Recruiter screen` }).waitFor();
  await page.getByText('On', { exact: true }).waitFor();
  await page.getByText('Nothing yet').waitFor();
  await admin.looksRight();
  app.quiet();
}); // prettier-ignore

test('who was there before gets it by hand, after a question; once', async () => {
  const { page } = admin;
  admin.expect(409);
  await press(page, 'Look in the ATS');
  await page.getByRole('button', { name: /^Send now to Ada/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('cannot be taken back', { exact: false }).waitFor();
  await admin.looksRight();
  await dialog.getByRole('button', { name: 'Send now' }).click();
  await page.getByText('Asked for', { exact: true }).waitFor();

  await page.getByRole('button', { name: /^Send now to Nemo/ }).click();
  await dialog.getByText('it waits until somebody adds one', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Send now' }).click();
  await page.getByText('It waits for an e-mail address of Nemo Nowhere.').waitFor();
  const sent = await codingameOf(app.world).tests('ada@candidates.example');
  assert.equal(sent.length, 1);

  await page.reload();
  await press(page, 'Look in the ATS');
  await page.getByRole('button', { name: /^Send now to Ada/ }).click();
  await dialog.getByRole('button', { name: 'Send now' }).click();
  await dialog.getByText('asked for before', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  app.quiet();
});

test('what the rule does for whoever comes stands on its page as it happens', async () => {
  const { world } = app;
  const lever = leverOf(world);
  const posting = (await lever.postings())[0]?.id ?? '';
  const { id } = await applyAtLever(world, 'Vera Voss', { posting });
  await lever.tag(id, 'codingame-backend');
  await lever.move(id, await lever.stage('Recruiter screen'));
  const row = admin.page
    .getByRole('list', { name: 'Decisions' })
    .getByRole('listitem')
    .filter({ hasText: 'Vera Voss' });
  await row.getByText('Done', { exact: true }).waitFor();
  await row.getByText('entered Recruiter screen', { exact: false }).waitFor();
  await admin.looksRight();
  app.quiet();
});

test('guide 004: one form takes several stages and makes interview links', async () => {
  const { world } = app;
  const { page } = admin;
  await hub.connect('ashby');
  await hub.connect('codeinterview');
  await admin.open('/rules');
  await page.getByRole('link', { name: 'New rule' }).click();
  await choose(page, 'Is in this ATS', 'The ashby account');
  await choose(page, 'Reaches one of these stages', /^Technical Quiz/);
  await page.getByRole('option', { name: /^Onsite/ }).first().click();
  await page.keyboard.press('Escape');
  await choose(page, 'The hub does this', 'Makes an interview link');
  assert.equal(await field(page, 'Platform').inputValue(), 'The codeinterview account', 'the only one that can');
  await field(page, 'Name of the rule').fill('Quiz <b>links</b>');
  await admin.looksRight();
  await press(page, 'Make the rule');
  await page.getByRole('heading', { name: 'Quiz <b>links</b>' }).waitFor();

  const ashby = ashbyOf(world);
  const [somebody] = await ashby.applicants('with address');
  assert.ok(somebody);
  const { items } = await world.api.get<{ items: Array<{ name: string; stageIds: string[]; connectionId: string }> }>('/rules');
  const rule = items.find(({ name }) => name === 'Quiz <b>links</b>');
  assert.equal(rule?.stageIds.length, 2);
  const [job] = await hub.choices(rule.connectionId, 'jobs');
  const newcomer = await applyAtAshby(world, ashby, 'Quinn Quick', { job: job?.id ?? '' });
  await ashby.move(newcomer, await ashby.stage(newcomer, 'Technical Quiz'));
  const row = page.getByRole('list', { name: 'Decisions' }).getByRole('listitem').filter({ hasText: 'Quinn Quick' });
  await row.getByText('Done', { exact: true }).waitFor();
  app.quiet();
}); // prettier-ignore

test('a rule is switched off and on, says why it rests, and is deleted after a question', async () => {
  const { page } = admin;
  await press(page, 'Switch off');
  await page.getByText('Off. Switch it on', { exact: false }).waitFor();
  await press(page, 'Switch on');
  await page.getByRole('button', { name: 'Switch off' }).waitFor();

  const { items } = await app.world.api.get<{ items: Array<{ id: string; name: string }> }>('/connections'); // prettier-ignore
  const platform = items.find(({ name }) => name === 'The codeinterview account');
  await app.world.api.post(`/connections/${platform?.id ?? ''}/pause`);
  await page.getByText('is paused; what is owed goes out', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'Rules' }).first().click();
  const row = page.getByRole('list', { name: 'Rules' }).getByRole('listitem').filter({ hasText: 'Quiz' }); // prettier-ignore
  await row.getByText('Not working').waitFor();
  await row.getByText('or Onsite', { exact: false }).waitFor();
  await admin.looksRight();

  await row.getByRole('link', { name: 'Quiz <b>links</b>' }).click();
  admin.expect(404);
  await press(page, 'Delete the rule');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('What was sent stays sent', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Delete the rule' }).click();
  await page.getByText('Quiz <b>links</b> is deleted.').waitFor();
  await row.waitFor({ state: 'detached' });
  app.quiet();
});

test('a change that meets its field’s refusal keeps what was typed', async () => {
  const { page } = admin;
  await page.getByRole('list', { name: 'Rules' }).getByRole('link').first().click();
  await field(page, 'Name of the rule').fill('x'.repeat(300));
  admin.expect(422);
  await press(page, 'Save');
  await page.locator('[aria-invalid=true]').waitFor();
  assert.equal(await field(page, 'Name of the rule').inputValue(), 'x'.repeat(300));
  await field(page, 'Name of the rule').fill('Backend screening');
  await press(page, 'Save');
  await page.getByRole('heading', { name: 'Backend screening' }).waitFor();
  app.quiet();
});

test('a Team Member sees and may send, but changes nothing; others find it is not for them', async () => {
  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(await app.person('team_member'));
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByRole('link', { name: 'Backend screening' }).click();
  await page.getByText('At Recruiter screen in The lever account', { exact: false }).waitFor();
  await press(page, 'Look in the ATS');
  await page.getByRole('button', { name: /^Send now to Ada/ }).waitFor();
  for (const name of ['Save', 'Switch off', 'Delete the rule'])
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name);
  await seat.looksRight();
  await seat.open('/rules/new');
  await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
  await seat.context.close();

  const other = await app.seat();
  await other.signIn(await app.person('limited_team_member'));
  assert.equal(await other.page.getByRole('link', { name: 'Rules' }).count(), 0);
  await other.open('/rules');
  await other.page.getByRole('heading', { name: 'Not for your role' }).waitFor();
  await other.context.close();
  app.quiet();
});
