/** The list of interviews and the page of one: where it stands, links, answers, and what happened. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { codeinterviewOf } from '../vendors.ts';
import { openApp, type App, type Seat } from './app.ts';
import { interviewsOf, type Interviews } from './interviews.ts';

const hostile = 'Ada <img src=x onerror=alert(1)>';

let app: App;
let ours: Interviews;
let seat: Seat;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codeinterview'] } });
  ours = await interviewsOf(app);
  seat = await app.seat();
  await seat.signIn(await app.person('team_member'));
});
after(() => app.close());

test('an empty list says how the first interview comes about', async () => {
  const { page } = seat;
  await page.getByRole('link', { name: 'Interviews', exact: true }).click();
  await page.getByText('No interview yet').waitFor();
  await seat.looksRight();
  app.quiet();
});

test('an interview shows its candidate as text, two zones, seats, links and all that happened', async () => {
  const { page } = seat;
  const { id } = await ours.schedule(hostile, {}, 'ada@candidates.example');
  await ours.panel.settled(id);
  const row = page.getByRole('list', { name: 'Interviews' }).getByRole('listitem');
  await row.getByText('Scheduled', { exact: true }).waitFor();
  await row.getByText('Not tracked', { exact: true }).waitFor();
  assert.equal(await row.getByText('no answer', { exact: false }).count(), 0);
  await seat.looksRight();
  await row.getByRole('link', { name: hostile }).click();

  await page.getByRole('heading', { name: hostile }).waitFor();
  const design = page.getByRole('article', { name: 'Design' });
  await design.getByText('Alan Turing', { exact: true }).waitFor();
  await design.getByText('11:00 – 12:00 CET', { exact: false }).waitFor();
  await design.getByText('15:45 – 16:45 GMT+5:45', { exact: false }).waitFor();
  await design.getByText('Not tracked', { exact: true }).waitFor();
  const pads = await codeinterviewOf(app.world).pads();
  const links = design.getByRole('link');
  assert.equal(await links.count(), 1);
  const shown = (await links.textContent()) ?? '';
  assert.ok(pads.some((pad) => shown.includes(pad.id)), shown);
  assert.equal(pads.length, 2);
  const happened = page.getByRole('list', { name: 'What happened' });
  await happened.getByText('Invite to Alan Turing for Design').waitFor();
  await happened.getByText('scheduled it', { exact: false }).waitFor();
  await seat.looksRight();
  app.quiet();
}); // prettier-ignore

test('what changes elsewhere stands on the page at once', async () => {
  const { page } = seat;
  const [, id = ''] = /interviews\/(iv_\w+)/.exec(page.url()) ?? [];
  await ours.panel.act(id, 'cancel', { reason: 'The role is filled' });
  await page.getByText('Cancelled', { exact: true }).waitFor();
  await page.getByText('The role is filled', { exact: true }).waitFor();
  await page.getByText('Taken back', { exact: true }).first().waitFor();
  app.quiet();
});

test('interviews are found by status, name and interviewer', async () => {
  const { page } = seat;
  await ours.schedule('Grace Found', { state: 'draft' });
  await seat.open('/interviews');
  const rows = page.getByRole('list', { name: 'Interviews' }).getByRole('listitem');
  await rows.filter({ hasText: 'Grace Found' }).waitFor();
  await page.getByLabel('Status').and(page.locator('input')).click();
  await page.getByRole('option', { name: 'Draft', exact: true }).click();
  await rows.filter({ hasText: hostile }).waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'Grace Found' }).waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('100%');
  await page.getByText('Nothing matches').waitFor();
  await seat.looksRight();
  await page.getByRole('textbox', { name: 'Name' }).fill('grace f');
  await rows.filter({ hasText: 'Grace Found' }).waitFor();
  app.quiet();
});

test('a candidate who is gone from the ATS is told as such, with what can be done', async () => {
  const { page } = seat;
  const { id, candidate } = await ours.schedule('Gwen Gone');
  await ours.panel.settled(id);
  await seat.open(`/interviews/${id}`);
  await page.getByRole('heading', { name: 'Gwen Gone' }).waitFor();
  await app.world.form(`/lever/candidates/${candidate.id}/delete`);
  const alert = page.getByRole('alert').filter({ hasText: 'The candidate is gone from' });
  await alert.getByText('restore the candidate there', { exact: false }).waitFor();
  await page.getByText('Candidate gone from the ATS', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Gwen Gone' }).waitFor();
  await seat.looksRight();
  await seat.open('/interviews');
  await page.getByLabel('Status').and(page.locator('input')).click();
  await page.getByRole('option', { name: 'Candidate gone from the ATS' }).click();
  const rows = page.getByRole('list', { name: 'Interviews' }).getByRole('listitem');
  await rows.filter({ hasText: hostile }).waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'Gwen Gone' }).waitFor();
  await seat.open('/');
  const row = page.getByRole('list', { name: 'Needs me' }).getByRole('listitem');
  await row.getByText('Cancel it, or restore the candidate there.').waitFor();
  app.quiet();
});

test('an interviewer sees its own interview, and no button that changes it', async () => {
  const { id } = await ours.schedule('Ida Own');
  await ours.panel.settled(id);
  const own = await app.seat();
  await own.signIn(await app.person('interviewer', 'alan.turing@example.com'));
  await own.open(`/interviews/${id}`);
  await own.page.getByRole('heading', { name: 'Ida Own' }).waitFor();
  await own.page.getByRole('article', { name: 'Design' }).waitFor();
  const buttons = await own.page.getByRole('main').getByRole('button').allTextContents();
  assert.deepEqual([...new Set(buttons)], ['Copy']);
  await own.looksRight();
  await own.context.close();
  app.quiet();
});
