/** Guide 002 by hand, in a browser: scheduled from Lever, followed there, and cancelled on either side. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { panelOf, seat as seatOf, type Interview } from '../panel.ts';
import { openApp, type App, type Seat } from './app.ts';
import { loopWorld, type LoopWorld } from './loop.ts';

let app: App;
let loop: LoopWorld;
let member: Seat;
let lever: Page;
/** Ada in Lever. */
let profile = '';
/** A tab of the hub: where Lever leads. */
let hub: Page;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'smtp'], candidates: 2 } });
  loop = await loopWorld(app);
  const { world } = app;
  await world.api.call('PATCH', `/connections/${loop.connectionId}`, { name: 'Lever' });
  await world.form('/lever/settings/integrations/toggle', { enabled: 'true' });
  const address = world.url + loop.pathOf('{opportunityId}');
  await world.form('/lever/settings/integrations/address', { address });
  const company = await world.api.get<{ layer: object }>('/company');
  const layer = { ...company.layer, zone: 'Europe/Berlin' };
  const { status } = await world.api.call('PUT', '/company', { ...company, layer, undoSeconds: 0 });
  assert.equal(status, 200);
  member = await app.seat();
  await member.signIn(await app.person('team_member'));
  await world.connect('smtp');
  lever = await member.context.newPage();
});
after(() => app.close());

/** The tab that opens beside Lever. */
const opened = async (link: Locator, heading: string): Promise<Page> => {
  const [tab] = await Promise.all([member.context.waitForEvent('page'), link.click()]);
  await tab.getByRole('heading', { name: heading }).waitFor();
  return tab;
};

const idOf = (tab: Page): string => new URL(tab.url()).pathname.split('/').at(-1) ?? '';

const change = async (entry: string, act: string): Promise<void> => {
  await hub.getByRole('button', { name: 'Change', exact: true }).click();
  await hub.getByRole('menuitem', { name: entry, exact: true }).click();
  await confirmed(act);
};

const confirmed = async (act: string): Promise<void> => {
  const dialog = hub.getByRole('dialog');
  await dialog.getByRole('button', { name: act, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
};

/** The profile in Lever once the hub has done everything, with so many panels. */
const panelsOn = async (at: string, count: number): Promise<Locator> => {
  await panelOf(app.world).settled(idOf(hub));
  await lever.goto(at);
  const panels = lever.getByRole('region', { name: 'Panel' });
  assert.equal(await panels.count(), count);
  return panels;
};

const calledOff = () => hub.getByRole('alert').filter({ hasText: 'Invites and rooms still stand' });

/** Calls the interview off in Lever, where it is gone at once; it stands in the hub, flagged. */
const callOff = async (): Promise<void> => {
  await lever.getByRole('button', { name: 'Cancel interview' }).click();
  await lever.getByText('No interview is scheduled.').waitFor();
  await calledOff().waitFor();
  const { state, flag } = await app.world.api.get<Interview>(`/interviews/${idOf(hub)}`);
  assert.deepEqual([state, flag], ['confirmed', 'cancelled_in_ats']);
};

test('Schedule opens the candidate in a new tab: from the list, the banner and the menu', async () => {
  const { url } = app.world.sandbox;
  await lever.goto(`${url}/lever/candidates`);
  await lever.getByLabel('Name').fill('Ada Arlen');
  await lever.getByLabel('E-mail').fill('ada@candidates.example');
  await lever.getByLabel('Stage').last().selectOption({ label: 'On-site interview' });
  await lever.getByRole('button', { name: 'Add', exact: true }).click();
  await lever.getByRole('heading', { name: 'Ada Arlen', level: 1 }).waitFor();
  profile = lever.url().split('?')[0] ?? '';
  await lever.goto(profile);

  const banner = lever.getByRole('link', { name: 'Schedule Interview in Loopwright' });
  await member.picture('lever-10-banner', { page: lever, at: banner });
  await (await opened(banner, 'Schedule Ada Arlen')).close();
  await lever.getByLabel('More actions').click();
  const entry = lever.getByRole('link', { name: 'Schedule in Loopwright', exact: true });
  await member.picture('lever-11-menu', { page: lever, at: lever.locator('details') });
  await (await opened(entry, 'Schedule Ada Arlen')).close();
  await lever.goto(`${url}/lever/candidates`);
  const row = lever.getByRole('row').filter({ hasText: 'Ada Arlen' });
  const button = row.getByRole('link', { name: 'Schedule', exact: true });
  await member.picture('lever-9-list', { page: lever, at: button });
  hub = await opened(button, 'Schedule Ada Arlen');
  app.quiet();
});

test('each event gets a form of Lever while it is scheduled, and each interviewer’s invite leads to it', async () => {
  await hub.getByRole('radio').first().waitFor();
  const { items } = await app.world.api.get<{ items: Array<{ name: string }> }>(
    `/connections/${loop.connectionId}/choices/feedback-forms`,
  );
  const forms = items.map(({ name }) => name);
  for (const [index, event] of ['Coding', 'Design'].entries()) {
    await hub.getByRole('button', { name: `Change ${event}` }).click();
    const field = hub.getByRole('combobox', { name: 'Feedback form' });
    await field.click();
    await hub.getByRole('option', { name: forms[index] ?? '', exact: true }).click();
    if (index === 0) await member.picture('lever-12-form', { page: hub, at: field });
    await hub.getByRole('button', { name: `Done with ${event}` }).click();
  }
  await hub.getByRole('button', { name: 'Review', exact: true }).click();
  await hub.getByRole('button', { name: 'Send', exact: true }).click();
  await hub.getByText('It is on its way to everybody').waitFor();
  await hub.getByRole('link', { name: 'See, move or cancel it' }).click();
  await hub.getByRole('heading', { name: 'Ada Arlen' }).waitFor();

  const panel = await panelsOn(profile, 1);
  for (const form of forms.slice(0, 2)) await panel.getByText(form, { exact: false }).waitFor();
  await member.picture('lever-13-panel', { page: lever, at: panel });
  await hub.close();

  for (const [index, who] of ['ana.arlt', 'ben.brecht'].entries()) {
    const { sandbox } = app.world;
    const mails = sandbox.mailbox.list({ to: `${who}@example.com` });
    const invite = mails.find(({ calendar }) => calendar !== undefined);
    await lever.goto(`${sandbox.url}/mailbox/${String(invite?.id)}`);
    const link = lever.locator('a[href*="/lever/interviews/"]').first();
    if (index === 0) await member.picture('lever-14-invite', { page: lever, at: link });
    await link.click();
    await lever.getByText(forms[index] ?? '?').waitFor();
  }
  app.quiet();
});

test('View in External App leads to the interview, and what is rescheduled there follows in Lever', async () => {
  await lever.goto(profile);
  const panel = lever.getByRole('region', { name: 'Panel' });
  const view = panel.getByRole('link', { name: 'View in External App' });
  hub = await opened(view, 'Ada Arlen');
  const button = hub.getByRole('button', { name: 'Change', exact: true });
  await member.picture('lever-15-interview', { page: hub, at: button });
  const before = await panel.textContent();
  await button.click();
  await hub.getByRole('menuitem', { name: 'Reschedule all of it', exact: true }).click();
  await hub.getByRole('dialog').getByRole('radio').last().check();
  await confirmed('Reschedule');
  assert.notEqual(await (await panelsOn(profile, 1)).textContent(), before);
  app.quiet();
});

test('called off in Lever, it stands in the hub, flagged, and is put back from there', async () => {
  const told = (await panelOf(app.world).mails(idOf(hub))).length;
  await callOff();
  assert.equal((await panelOf(app.world).mails(idOf(hub))).length, told, 'nobody is told');
  await member.picture('lever-16-flag', { page: hub, at: calledOff() });
  await calledOff().getByRole('button', { name: 'Put it back' }).click();
  await confirmed('Put it back');
  await calledOff().waitFor({ state: 'detached' });
  await panelsOn(profile, 1);
  app.quiet();
});

test('called off in Lever, it is cancelled everywhere from the hub', async () => {
  await callOff();
  await calledOff().getByRole('button', { name: 'Cancel everywhere' }).click();
  await confirmed('Cancel the interview');
  await panelsOn(profile, 0);
  const mails = await panelOf(app.world).mails(idOf(hub));
  const taken = mails.filter(({ calendar }) => calendar?.method === 'CANCEL').map(({ to }) => to);
  assert.equal(new Set(taken).size, 3);
  app.quiet();
});

test('deleted in the hub, it is gone from the profile in Lever', async () => {
  const candidateId = await loop.candidate('Dee Deleted');
  const at = `${app.world.sandbox.url}/lever/candidates/${candidateId}`;
  const panel = panelOf(app.world);
  const events = [{ name: 'Talk', minutes: 60, start: panel.at(48), seats: [seatOf(loop.people.cy)] }];
  const { id } = await panel.schedule({ connectionId: loop.connectionId, candidateId, events });
  await hub.goto(`${app.world.url}/interviews/${id}`);
  await panelsOn(at, 1);
  await change('Cancel the interview', 'Cancel the interview');
  await panelsOn(at, 0);
  app.quiet();
}); // prettier-ignore
