/** Templates, made and changed by hand, with what everybody would get beside them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { hubOf } from '../hub-side.ts';
import { applyAtLever } from '../newcomers.ts';
import { leverOf } from '../vendors.ts';
import { openApp, type App, type Person, type Seat } from './app.ts';

interface Layer {
  texts?: object;
  events?: Array<{ prepare?: string; seats: Array<{ from: object }> }>;
  coding?: Array<{ name: string }>;
}

let app: App;
let seat: Seat;
let page: Page;
let superAdmin: Person;

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
  superAdmin = await app.person('super_admin');
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
  const ats = page.getByRole('combobox', { name: 'ATS' });
  assert.equal(await ats.inputValue(), 'The lever account', 'the only one');
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

test('an unknown variable is marked at once with what was meant; an internal one never reaches the candidate', async () => {
  await seat.open('/templates/new');
  await page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('Refused');
  await page.getByRole('button', { name: 'Override: Mail to the candidate' }).click();
  const body = field('Text (Mail to the candidate)');
  await body.press('Control+a');
  await page.keyboard.type('Hi $Candidate.FristName, see ');
  await page.getByText('Did you mean $Candidate.FirstName?').waitFor();
  assert.equal(await body.getAttribute('aria-invalid'), 'true');
  await page.getByRole('button', { name: 'Use $Candidate.FirstName' }).click();
  await page.getByText('Did you mean').waitFor({ state: 'detached' });
  assert.match(await body.innerText(), /^Hi \$Candidate\.FirstName, see/);

  // What is internal is not even offered there.
  await body.press('Control+a');
  await page.keyboard.type('$Feedback');
  await page.getByText('No variable fits. Write $$').waitFor();
  await body.press('Control+a');
  await page.keyboard.type('Form: $Event.Feedback.Link now');
  await page.getByText('is internal and must not stand', { exact: false }).waitFor();
  await seat.looksRight();
  seat.expect(422);
  await page.getByRole('button', { name: 'Make the template' }).click();
  await page.getByText('is internal and must not stand', { exact: false }).nth(1).waitFor();
  const { items } = await app.world.api.get<{ items: Array<{ name: string }> }>('/templates');
  assert.deepEqual(items.map(({ name }) => name), ['Backend loop']);

  await page.getByRole('link', { name: 'Today' }).click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
  await page.getByRole('button', { name: 'Stay here' }).click();
  assert.match(await body.innerText(), /^Form:/);
  await page.getByRole('link', { name: 'Today' }).click();
  await page.getByRole('button', { name: 'Leave without saving' }).click();
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  app.quiet();
}); // prettier-ignore

test('a text out of GoodTime is pasted over: its spellings become ours', async () => {
  await seat.open('/templates/new');
  await page.getByRole('button', { name: 'Override: Invite to the candidate' }).click();
  const body = field('Text (Invite to the candidate)');
  await body.press('Control+a');
  await page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'Join $interview.codility.link|later.\\n\\n$Candidate.Name costs $50,000');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  })()`);
  await page.getByText('$Interview.Codility.Live.Link|later', { exact: true }).waitFor();
  assert.equal(
    (await body.innerText()).replaceAll(/\n+/g, '\n').trim(),
    'Join $Interview.Codility.Live.Link|later.\n$Candidate.FullName costs $50,000',
  );
  await page.getByRole('button', { name: 'Invite to the candidate: back to' }).click();
  await page.getByRole('button', { name: 'Override: Invite to the candidate' }).waitFor();
  app.quiet();
});

test('what a base says is inherited, overridden, and taken back; the base cannot be deleted', async () => {
  const { id: base } = await app.world.api.post<{ id: string }>('/templates', {
    name: 'Onsite base',
    layer: { remote: false, events: [{ name: 'Algorithms', minutes: 45 }] },
  });
  await seat.open(`/templates/new?base=${base}`);
  const place = page.getByRole('group', { name: 'Where it takes place' });
  await place.getByText('from Onsite base').waitFor();
  await place.getByText('Onsite', { exact: true }).waitFor();
  await page.getByText('Algorithms, 45 minutes').waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('Onsite, platform');
  await page.getByRole('button', { name: 'Override: Where it takes place' }).click();
  await page.getByText('Remote', { exact: true }).click();
  await page.getByRole('button', { name: 'Override: Events of the interview' }).click();
  await page.getByRole('button', { name: 'Change Algorithms' }).click();
  const event = page.getByRole('group', { name: 'Algorithms' });
  await event.getByLabel('Topic').fill('Graphs');
  await event.getByRole('button', { name: 'Add a seat' }).click();
  await event.getByRole('combobox', { name: 'Seat 1' }).click();
  await page.getByRole('option', { name: 'Alan Turing' }).click();
  await page.keyboard.press('Escape');
  await seat.looksRight();
  await page.getByRole('button', { name: 'Where it takes place: back to Onsite base' }).click();
  // What is refused in an event that is closed opens it.
  await page.getByRole('button', { name: 'Add an event' }).click();
  await page.getByRole('button', { name: 'Done with Event 2' }).click();
  seat.expect(422);
  await page.getByRole('button', { name: 'Make the template' }).click();
  await page.getByRole('textbox', { name: 'Title' }).and(page.locator(':focus')).waitFor();
  await page.getByRole('button', { name: 'Remove Event 2' }).click();
  await page.getByRole('button', { name: 'Make the template' }).click();
  await page.getByRole('heading', { name: 'Onsite, platform' }).waitFor();
  const { items } = await app.world.api.get<{ items: Array<{ id: string; layer: Record<string, unknown> }> }>(`/templates?parentId=${base}`); // prettier-ignore
  const [child] = items;
  assert.deepEqual(Object.keys(child?.layer ?? {}), ['events']);
  await seat.open('/templates');
  await page.getByText('builds upon Onsite base').waitFor();
  await seat.looksRight();
  await page.getByRole('link', { name: 'Open Onsite base' }).click();
  await page.getByText('Give them another base first').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete', exact: true }).count(), 0);
  await page.getByRole('link', { name: 'Onsite, platform' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Onsite, platform?' });
  await dialog.getByText('Interviews that are scheduled keep').waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Templates' }).waitFor();
  await page.getByText('Onsite, platform', { exact: true }).waitFor({ state: 'detached' });
  app.quiet();
});

test('beside it stands what everybody would get for a real candidate, as it is typed', async () => {
  await seat.open('/templates');
  await page.getByRole('link', { name: 'Open Backend loop' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByRole('combobox', { name: 'Candidate' }).click();
  await page.getByRole('option', { name: 'Ada Applicant' }).click();
  const invite = preview.getByRole('article').filter({ hasText: 'Candidate’s invite' }).or(preview.getByRole('article').filter({ hasText: "Candidate's invite" })); // prettier-ignore
  await invite.waitFor();
  await page.getByRole('button', { name: 'Override: Mail to the candidate' }).click();
  const subject = field('Subject (Mail to the candidate)');
  await subject.press('Control+a');
  await page.keyboard.type('Dear $Candidate.FullName');
  const mail = preview.getByRole('article').filter({ hasText: "Candidate's mail" });
  await mail.getByText('Dear', { exact: false }).first().waitFor();
  await mail.locator('mark', { hasText: 'Ada Applicant' }).first().waitFor();
  await seat.looksRight();
  app.quiet();
});

test('a team member sees a template, and no field or button to change it', async () => {
  const other = await app.seat();
  await other.signIn(await app.person('team_member'));
  await other.page.getByRole('link', { name: 'Templates' }).click();
  await other.page.getByRole('link', { name: 'Open Backend loop' }).click();
  await other.page.getByText('An Admin changes them').waitFor();
  await other.page.getByText('Room: $Interview.Codility.Live.Link', { exact: false }).waitFor();
  for (const name of [/^Override/, 'Save', 'Delete', 'Duplicate'])
    assert.equal(await other.page.getByRole('button', { name }).count(), 0);
  await other.looksRight();
  await other.context.close();
  app.quiet();
});

test('a copy begins with all of the template; a pool takes two seats, and the vendor’s test is chosen', async () => {
  const { id: poolId } = await app.world.api.post<{ id: string }>('/pools', { name: 'Backend people', expression: 'backend' }); // prettier-ignore
  await seat.open('/templates');
  await page.getByRole('link', { name: 'Open Backend loop' }).click();
  await page.getByRole('link', { name: 'Duplicate' }).click();
  const name = page.getByRole('textbox', { name: 'Name', exact: false }).first();
  await page.getByRole('button', { name: 'Invite to the interviewers: back to' }).waitFor();
  assert.equal(await name.inputValue(), 'Backend loop (copy)');
  await page.getByRole('button', { name: 'Override: Events of the interview' }).click();
  await page.getByRole('button', { name: 'Add an event' }).click();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Pairing');
  await page.getByRole('textbox', { name: 'For the candidate to prepare' }).fill('Bring a laptop.');
  const event = page.getByRole('group', { name: 'Pairing' });
  await event.getByRole('button', { name: 'Add a seat' }).click();
  await event.getByRole('combobox', { name: 'Seat 1' }).click();
  await page.getByRole('option', { name: 'Backend people' }).click();
  await page.keyboard.press('Escape');
  await event.getByRole('textbox', { name: 'How many' }).fill('2');
  await page.getByRole('button', { name: 'Override: What is used' }).click();
  await page.getByRole('combobox', { name: 'What The codility account opens' }).click();
  const test = page.getByRole('option').first();
  const chosen = await test.innerText();
  await test.click();
  await page.getByRole('button', { name: 'Make the template' }).click();
  await page.getByRole('heading', { name: 'Backend loop (copy)' }).waitFor();

  const { items } = await app.world.api.get<{ items: Array<{ name: string; layer: Layer }> }>('/templates'); // prettier-ignore
  const [original, made] = items.filter((one) => one.name.startsWith('Backend loop'));
  assert.ok(original && made);
  assert.deepEqual(made.layer.texts, original.layer.texts);
  assert.deepEqual(made.layer.events?.[0]?.seats[0]?.from, { kind: 'pool', poolId, count: 2 });
  assert.equal(made.layer.events[0].prepare, 'Bring a laptop.');
  assert.equal(made.layer.coding?.[0]?.name, chosen);
  assert.equal(original.layer.events, undefined, 'the first one stays as it is');
  await page.getByText('2 of Backend people').waitFor();
  app.quiet();
});

test('the company’s defaults lie beneath every template', async () => {
  const other = await app.seat();
  await other.signIn(superAdmin);
  await other.page.getByRole('link', { name: 'Scheduling defaults' }).click();
  await other.page.getByRole('textbox', { name: 'Name', exact: false }).first().fill('Analytical Engines');
  await other.page.getByRole('switch', { name: 'Name an organizer' }).check();
  await other.page.getByLabel('Name of the organizer').fill('Recruiting');
  await other.page.getByLabel('E-mail address of the organizer').fill('nobody');
  await other.page.getByLabel('Careers page').fill('https://example.com/careers');
  await other.page.getByRole('textbox', { name: 'Links open before an event' }).fill('15');
  for (const [name, address] of [['Berlin office', 'Torstraße 1, Berlin'], ['Berlin: Office!', '']] as const) {
    await other.page.getByRole('button', { name: 'Add a place' }).click();
    const place = other.page.getByRole('list', { name: 'Places of the company' }).getByRole('group').last();
    await place.getByLabel('Name').fill(name);
    await place.getByLabel('Address').fill(address);
    await place.getByLabel('How to get in').fill('Ring twice');
  }
  await other.page.getByRole('button', { name: 'Override: Wait for links' }).click();
  await other.page.getByRole('textbox', { name: 'Wait for links' }).fill('7');
  await other.looksRight();
  other.expect(422);
  await other.page.getByRole('button', { name: 'Save' }).click();
  await other.page.getByText('It is no plain e-mail address', { exact: false }).waitFor();
  await other.page.getByLabel('E-mail address of the organizer').fill('jobs@example.com');
  await other.page.getByRole('button', { name: 'Save' }).click();
  await other.page.getByText('Saved. Interviews', { exact: false }).waitFor();
  const company = await app.world.api.get<{ careersLink: string; linksOpenMinutes: number; places: Array<{ id: string; name: string }> }>('/company');
  assert.equal(company.careersLink, 'https://example.com/careers');
  assert.equal(company.linksOpenMinutes, 15);
  assert.deepEqual(company.places.map(({ id, name }) => [id, name]), [['berlin-office', 'Berlin office'], ['berlin-office-2', 'Berlin: Office!']]);
  await other.page.getByRole('link', { name: 'Templates' }).click();
  await other.page.getByRole('link', { name: 'New template' }).click();
  const wait = other.page.getByRole('group', { name: 'Wait for links' });
  await wait.getByText('from the company’s defaults').waitFor();
  await wait.getByText('7 minutes', { exact: true }).waitFor();
  await other.context.close();
  app.quiet();
}); // prettier-ignore

test('a template names a place and who signs, and the mail tells of both', async () => {
  await seat.open('/templates');
  await page.getByRole('link', { name: 'Open Backend loop', exact: true }).click();
  await page.getByRole('button', { name: 'Override: Place' }).click();
  await page.getByRole('combobox', { name: 'Place' }).click();
  await page.getByRole('option', { name: 'Berlin office' }).click();
  await page.getByRole('button', { name: 'Override: Recruiter' }).click();
  const recruiter = page.getByRole('group', { name: 'Recruiter' });
  await recruiter.getByLabel('Name').fill('Grace Hopper');
  await recruiter.getByLabel('E-mail').fill('grace@example.com');
  await recruiter.getByLabel('Signature').fill('Grace Hopper\nTalent, Analytical Engines');
  await page.getByRole('button', { name: 'Override: Mail to the candidate' }).click();
  const body = field('Text (Mail to the candidate)');
  await body.press('Control+a');
  await page.keyboard.type('At $Location.Address : $Location.Instructions . $Recruiter.Signature ');
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByRole('combobox', { name: 'Candidate' }).click();
  await page.getByRole('option', { name: 'Ada Applicant' }).click();
  const mail = preview.getByRole('article').filter({ hasText: "Candidate's mail" });
  for (const told of ['Torstraße 1, Berlin', 'Ring twice', 'Talent, Analytical Engines'])
    await mail.getByText(told, { exact: false }).first().waitFor();
  await seat.looksRight();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The template is saved', { exact: false }).waitFor();
  app.quiet();
});

test('a place that a template names is not removed: the app says which, also where that is new', async () => {
  const other = await app.seat();
  await other.signIn(superAdmin);
  await other.page.getByRole('link', { name: 'Scheduling defaults' }).click();
  const remove = other.page.getByRole('button', { name: 'Remove Berlin office' });
  await other.page.getByText('Named by Backend loop').waitFor();
  await remove.click();
  const needed = other.page.getByRole('dialog', { name: 'Berlin office is still needed' });
  await needed.getByRole('link', { name: 'Backend loop' }).waitFor();
  await other.looksRight();
  await needed.getByRole('button', { name: 'Keep it' }).click();
  // A template that names it only now is told when the company is saved without it.
  await page.getByRole('combobox', { name: 'Place' }).click();
  await page.getByRole('option', { name: 'Berlin: Office!' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await other.page.getByText('Named by Backend loop').waitFor();
  const list = other.page.getByRole('list', { name: 'Places of the company' });
  await list
    .getByRole('group', { name: 'Berlin: Office!' })
    .getByText('Named by Backend loop')
    .waitFor();
  await remove.click();
  await remove.waitFor({ state: 'detached' });
  await page.getByRole('combobox', { name: 'Place' }).click();
  await page.getByRole('option', { name: 'Berlin office', exact: true }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await list.getByText('Named by Backend loop').waitFor({ state: 'detached' });
  other.expect(409);
  await other.page.getByRole('button', { name: 'Save' }).click();
  await other.page.getByText('Berlin office is named by Backend loop.', { exact: false }).waitFor();
  await other.looksRight();
  await page.getByRole('combobox', { name: 'Place' }).click();
  await page.getByRole('option', { name: 'Berlin: Office!' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await list.getByText('Named by Backend loop').waitFor();
  await other.page.getByRole('button', { name: 'Save' }).click();
  await other.page.getByText('Saved. Interviews', { exact: false }).waitFor();
  await other.context.close();
  app.quiet();
});
