/** Today: what waits for a person, live, and what becomes of a decision. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hubOf } from '../hub-side.ts';
import { applyAtLever } from '../newcomers.ts';
import { leverOf } from '../vendors.ts';
import { openApp, type App } from './app.ts';

let app: App;

before(async () => {
  app = await openApp();
});
after(() => app.close());

test('a test that waits for an address stands there at once, until it is skipped', async () => {
  const { world } = app;
  const hub = hubOf(world);
  const lever = leverOf(world);
  const connectionId = await hub.connect('lever');
  const platformId = await hub.connect('codingame');
  const testId = (await hub.choices(platformId, 'tests'))[0]?.id ?? '';
  const stage = await lever.stage('Recruiter screen');
  await hub.rule({ connectionId, platformId, testId, stageIds: [stage] });

  const seat = await app.seat();
  const { page } = seat;
  await seat.signIn(await app.person('team_member'));
  await page.getByText('Nothing needs you', { exact: true }).waitFor();

  const posting = (await lever.postings())[0]?.id ?? '';
  const { id } = await applyAtLever(world, 'Vi <b>Visible</b>', { posting, email: '' });
  await lever.move(id, stage);
  const row = page.getByRole('list', { name: 'Waiting' }).getByRole('listitem');
  await row.getByText('no e-mail address', { exact: false }).waitFor();
  assert.equal(await row.count(), 1);
  await seat.looksRight();

  await row.getByRole('button', { name: /^Skip it/ }).click();
  await page.getByText('Nothing needs you', { exact: true }).waitFor();
  await hub.effect(id, 'assessment', 'skipped');
  await seat.context.close();
  app.quiet();
});

test('an interviewer, who sees no candidates, is not told that nothing is to be done', async () => {
  const seat = await app.seat();
  await seat.signIn(await app.person('interviewer'));
  await seat.page.getByText('Your interviews come by invite').waitFor();
  assert.equal(await seat.page.getByText('Nothing needs you').count(), 0);
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
});
