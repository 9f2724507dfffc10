/** An event's own template at a coding platform: chosen in a template and in a plan, out of a long list. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { replaceChoices } from '#store/choices.ts';
import { linksIn } from '../panel.ts';
import { openApp, type App, type Seat } from './app.ts';
import { loopWorld, type LoopWorld } from './loop.ts';
import { mailsOf, sendingOf } from './sending.ts';

let app: App;
let loop: LoopWorld;
let platformId = '';
let seat: Seat;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codesignal'], candidates: 2 } });
  const { world } = app;
  loop = await loopWorld(app);
  platformId = await world.connect('codesignal');
  await world.api.call('PATCH', `/connections/${platformId}`, { name: 'CodeSignal' });
  const { id, createdAt: _made, updatedAt: _changed, ...template } = await world.api.get<{ id: string; createdAt: string; updatedAt: string; layer: object }>(`/templates/${loop.templateId}`);
  const texts = { interviewerInvite: { title: '$Event.Name', body: '$Event.CodeSignal.Live.Link' } };
  const company = await world.api.get<object>('/company');
  for (const [path, body] of [
    [`/templates/${id}`, { ...template, layer: { ...template.layer, texts } }],
    ['/company', { ...company, undoSeconds: 0 }],
  ] as const)
    assert.equal((await world.api.call('PUT', path, body)).status, 200);
  const { items } = await world.api.get<{ items: Array<{ id: string; name: string }> }>(`/connections/${platformId}/choices/templates`);
  const many = Array.from({ length: 150 }, (_, index) => ({ id: `other-${String(index)}`, name: `Another ${String(index)}`, detail: {} }));
  const own = items.map(({ id: own, name }) => ({ id: own, name, detail: {} }));
  await replaceChoices(world.hub.hub.db, platformId, 'template', [...many, ...own], Date.now());
  seat = await app.seat();
  await seat.signIn(await app.person('admin'));
}); // prettier-ignore
after(() => app.close());

const choose = async (event: string, search: string, name: string): Promise<void> => {
  const { page } = seat;
  await page.getByRole('button', { name: `Change ${event}` }).click();
  const field = page.getByRole('group', { name: event, exact: true }).getByRole('combobox', { name: 'What CodeSignal opens' });
  await field.focus();
  await page.keyboard.type(search);
  await page.getByRole('option', { name }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForFunction(`document.activeElement.value === ${JSON.stringify(name)}`);
}; // prettier-ignore

test('an event of a template has a template of its own, found in a long list by keyboard', async () => {
  const { page } = seat;
  await seat.open(`/templates/${loop.templateId}`);
  await choose('Coding', 'pair', 'Pair programming');
  await seat.looksRight();
  await page.getByRole('button', { name: 'Save' }).click();
  interface Template {
    layer: { events: Array<{ coding?: Array<{ name: string }> }> };
  }
  await page.getByText('Saved').first().waitFor();
  const { layer } = await app.world.api.get<Template>(`/templates/${loop.templateId}`);
  assert.equal(layer.events[0]?.coding?.[0]?.name, 'Pair programming');
  await seat.open(`/templates/${loop.templateId}`);
  await page.getByRole('button', { name: 'Change Coding' }).click();
  const field = page.getByRole('combobox', { name: 'What CodeSignal opens' }).first();
  await page.waitForFunction(
    (one) => (one as unknown as { value: string }).value === 'Pair programming',
    await field.elementHandle(),
  );
  app.quiet();
});

test('a plan has it from its template, chooses for another event, and what comes of both is sent', async () => {
  const { page } = seat;
  const { send } = sendingOf(seat);
  await seat.open(loop.pathOf(await loop.candidate('Ella Event')));
  await choose('Design', 'system', 'System design');
  await seat.looksRight();
  await page.getByRole('button', { name: 'Move Design up' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  for (const name of ['Pair programming', 'System design'])
    await page.getByText(`1 CodeSignal session from the template “${name}”`).waitFor();
  await seat.looksRight();
  const id = await send();
  const mails = await mailsOf(app, id);
  const links = mails.flatMap(({ text }) => linksIn(text).filter((link) => link.includes('/codesignal/')));
  assert.equal(new Set(links).size, 2);
  const { events } = await app.world.api.get<{ events: Array<{ name: string; coding: Array<{ name: string }> }> }>(`/interviews/${id}`);
  const own = Object.fromEntries(events.map(({ name, coding }) => [name, coding.map((one) => one.name)]));
  assert.deepEqual(own, { Coding: ['Pair programming'], Design: ['System design'] });
  await page.getByRole('article', { name: 'Design' }).getByText('System design', { exact: false }).waitFor();
  app.quiet();
}); // prettier-ignore
