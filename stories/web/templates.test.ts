/** Templates, made and changed by hand, with what everybody would get beside them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { hubOf } from '../hub-side.ts';
import { applyAtLever } from '../newcomers.ts';
import { leverOf } from '../vendors.ts';
import { openApp, type App, type Seat } from './app.ts';

let app: App;
let seat: Seat;
let page: Page;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codility'], candidates: 3 } });
  await hubOf(app.world).connect('lever');
  await app.world.connect('codility');
  const posting = (await leverOf(app.world).postings())[0]?.id ?? '';
  await applyAtLever(app.world, 'Ada Applicant', { posting });
  for (const name of ['Alan Turing', 'Grace Hopper'])
    await app.world.api.post('/people', {
      name,
      email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@example.com`,
      zone: 'UTC',
    });
  seat = await app.seat();
  page = seat.page;
  await seat.signIn(await app.person('admin'));
});
after(() => app.close());

const field = (name: string | RegExp): Locator => page.getByRole('textbox', { name });

test('guide 000: a template with the link to a Codility room, chosen by typing $', async () => {
  await page.getByRole('link', { name: 'Templates' }).click();
  await page.getByText('No templates yet').waitFor();
  await seat.looksRight();
  await page.getByRole('link', { name: 'Make the first template' }).click();
  await page.getByLabel('Name', { exact: false }).first().fill('Backend loop');
  await page.getByRole('button', { name: 'Override: Invite to the interviewers' }).click();
  const body = field('Text (Invite to the interviewers)');
  await body.press('Control+a');
  await page.keyboard.type('Room: $codil');
  await page.getByRole('option', { name: '$Interview.Codility.Live.Link' }).waitFor();
  await seat.looksRight();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Make the template' }).click();
  await page.getByRole('heading', { name: 'Backend loop' }).waitFor();
  const { items } = await app.world.api.get<{ items: Array<{ layer: { texts: { interviewerInvite: { body: string } } } }> }>('/templates'); // prettier-ignore
  assert.match(items[0]?.layer.texts.interviewerInvite.body ?? '', /^Room: \$Interview\.Codility\.Live\.Link$/);
  await seat.looksRight();
  app.quiet();
}); // prettier-ignore
