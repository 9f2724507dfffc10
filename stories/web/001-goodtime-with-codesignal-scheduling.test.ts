/** Guide 001 by hand, in a browser: CodeSignal's links and templates, from `$` in a text to the room. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { applyAtLever } from '../newcomers.ts';
import { linksIn, seat as seatOf, type Mail } from '../panel.ts';
import { leverOf } from '../vendors.ts';
import { openApp, type App, type Person, type Seat } from './app.ts';
import { loopWorld, type LoopWorld } from './loop.ts';
import { mailsOf, sendingOf, type Sending } from './sending.ts';

interface Room {
  status: string;
}

interface Template {
  id: string;
  createdAt: string;
  updatedAt: string;
  layer: object;
}

let app: App;
let loop: LoopWorld;
let platformId = '';
let member: Seat;
let members: Sending;
let admin: Person;
/** Limited to her own jobs, of which Frontend Engineer is one. */
let lena: Seat;
let lenas: Sending;
let limited: Person;
/** Makes a candidate for it. */
let frontend: (name: string) => Promise<string>;
/** The interview with a room for each event. */
let panel = '';
/** Somebody's mailbox, and the rooms at CodeSignal. */
let outside: Page;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codesignal', 'smtp'], candidates: 2 } });
  const { world } = app;
  loop = await loopWorld(app);
  platformId = await world.connect('codesignal');
  await world.api.call('PATCH', `/connections/${platformId}`, { name: 'CodeSignal' });
  const company = await world.api.get<{ layer: object }>('/company');
  const layer = { ...company.layer, zone: 'Europe/Berlin' };
  const { status } = await world.api.call('PUT', '/company', { ...company, layer, undoSeconds: 0 });
  assert.equal(status, 200);
  const job = (await leverOf(world).postings()).find(({ text }) => text === 'Frontend Engineer');
  const posting = job?.id ?? '';
  await world.api.post('/templates', {
    name: 'Frontend loop',
    connectionId: loop.connectionId,
    jobId: posting,
    layer: { events: [{ name: 'Coding', minutes: 60, seats: [seatOf(loop.people.ana)] }] },
  });
  frontend = async (name) => (await applyAtLever(world, name, { posting })).id;
  member = await seated(await app.person('team_member'));
  members = sendingOf(member);
  admin = await app.person('admin');
  limited = await app.person('limited_team_member', 'lena.limited@company.example');
  outside = await member.context.newPage();
  // With a mail server invitations are mailed, and their links no longer told.
  await world.connect('smtp');
});
after(() => app.close());

const seated = async (who: Person): Promise<Seat> => {
  const seat = await app.seat();
  await seat.signIn(who);
  return seat;
};

const single = '$Interview.CodeSignal.Live.Link';
const each = '$Event.CodeSignal.Live.Link';
const chosen = '$Interview.CodeSignal.Template.Link';

const roomsIn = (mails: readonly Mail[], who: string): string[] =>
  mails
    .filter(({ to }) => to.startsWith(who))
    .flatMap(({ text }) => linksIn(text).filter((link) => link.includes('/codesignal/')));

/** The last invite that somebody got, in their mailbox. */
const openInvite = async (who: string): Promise<void> => {
  const { sandbox } = app.world;
  const mails = sandbox.mailbox.list({ to: `${who}@example.com` });
  const invite = mails.find(({ calendar }) => calendar !== undefined);
  await outside.goto(`${sandbox.url}/mailbox/${String(invite?.id)}`);
};

/** Rooms at CodeSignal that were not deleted. */
const open = () =>
  (app.world.emulator('codesignal').snapshot() as { interviews: Room[] }).interviews.filter(
    ({ status }) => status !== 'deleted',
  );

const newLink = (): Locator => members.event('Design').getByRole('button', { name: /^New link/ });

/** Both invites of what is scheduled with a template say no more than this. */
const textsOf = async (templateId: string, body: string): Promise<void> => {
  const { id, createdAt: _made, updatedAt: _changed, ...template } = await app.world.api.get<Template>(`/templates/${templateId}`);
  const texts = { interviewerInvite: { title: '$Event.Name', body }, candidateInvite: { title: 'Interview', body } };
  const layer = { ...template.layer, texts };
  const { status } = await app.world.api.call('PUT', `/templates/${id}`, { ...template, layer });
  assert.equal(status, 200);
}; // prettier-ignore

/** Another key in the place of the connection's, with these permissions. */
const keyWith = async (permissions: string): Promise<void> => {
  const { world } = app;
  await world.form('/codesignal/integrations/api-keys', { description: permissions, permissions });
  const { keys } = world.emulator('codesignal').snapshot() as { keys: Array<{ value: string }> };
  const settings = { apiKey: keys.at(-1)?.value };
  const { status } = await world.api.call('PATCH', `/connections/${platformId}`, { settings });
  assert.equal(status, 200);
};

/** What cuts off the end of the menu, by its class; null: nothing does. */
const cutBy = `(() => {
  const menu = document.querySelector('[role=listbox][aria-label=Variables]');
  const { bottom } = menu.getBoundingClientRect();
  for (let up = menu.parentElement; up !== document.body; up = up.parentElement)
    if (getComputedStyle(up).overflowY !== 'visible' && up.getBoundingClientRect().bottom < bottom)
      return up.className;
  return null;
})()`;

test('`$` in the text of an invite offers CodeSignal’s variables while scheduling, and Review shows what comes of them', async () => {
  const { page } = member;
  await members.review(loop.pathOf(await loop.candidate('Ada Arlen')));
  await members.begin('the interviewers’ invite', 'Room: $codesig');
  for (const variable of [single, each, chosen]) await members.offer(variable).waitFor();
  assert.equal(await page.evaluate(cutBy), null);
  await member.looksRight();
  await member.picture('codesignal-7-variable', { at: members.offer(single) });
  await page.keyboard.press('Enter');
  await members.mark(single).nth(1).waitFor();
  await members.begin('the candidate’s invite', 'Room: $codesig');
  await members.offer(single).click();
  await members.mark(single).nth(2).waitFor();
  await page.getByText('1 CodeSignal session', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Done with/ }).click();
  await member.picture('codesignal-8-review', { at: members.mark(single).first() });
  app.quiet();
});

test('sent, it is one room: the same link in every invite, which opens CodeSignal', async () => {
  const mails = await mailsOf(app, await members.send());
  const links = ['ada', 'ana', 'ben'].flatMap((who) => roomsIn(mails, who));
  assert.equal(links.length, 3);
  assert.equal(new Set(links).size, 1);
  assert.equal(open().length, 1);
  await openInvite('ana.arlt');
  const link = outside.locator('a[href*="/codesignal/"]').first();
  await member.picture('codesignal-9-invite', { page: outside, at: link });
  await link.click();
  await outside.getByRole('link', { name: 'I\'M THE INTERVIEWER' }).click();
  await outside.getByLabel('Your name').fill('Ana Arlt');
  await outside.getByRole('button', { name: 'Join' }).click();
  await outside.getByText('You are in the lobby as Ana Arlt.').waitFor();
  await member.picture('codesignal-10-room', { page: outside, at: outside.getByRole('button', { name: 'Start the interview' }) });
  app.quiet();
}); // prettier-ignore

test('a panel whose events each name their own link gets a room for each, and the candidate a list of them', async () => {
  const { page } = member;
  await textsOf(loop.templateId, each);
  await members.review(loop.pathOf(await loop.candidate('Eve Each')));
  await page.getByText('2 CodeSignal sessions', { exact: true }).waitFor();
  panel = await members.send();
  const mails = await mailsOf(app, panel);
  const [ana] = roomsIn(mails, 'ana');
  const [ben] = roomsIn(mails, 'ben');
  assert.ok(ana && ben && ana !== ben);
  assert.deepEqual(roomsIn(mails, 'eve'), [ana, ben]);
  const own = mails.find(({ to, calendar }) => to.startsWith('eve') && calendar !== null);
  assert.match(own?.text ?? '', new RegExp(`\\d\\d:\\d\\d CET: ${ana}\n.*\\d\\d:\\d\\d CET: ${ben}`));
  assert.equal(open().length, 3);
  for (const [event, link] of [['Coding', ana], ['Design', ben]] as const)
    await members.event(event).getByRole('link', { name: link, exact: true }).waitFor();
  await member.picture('codesignal-11-each', { at: newLink() });
  app.quiet();
}); // prettier-ignore

test('a new link closes the room of that event alone, and whoever reads it is told', async () => {
  member.expect(409);
  const before = await mailsOf(app, panel);
  const [old = ''] = roomsIn(before, 'ben');
  await newLink().click();
  await members.confirm('Make a new link');
  const after = (await mailsOf(app, panel)).slice(before.length);
  assert.deepEqual(after.map(({ to }) => to.split('@')[0]).sort(), ['ben.brecht', 'eve.each']);
  const [fresh = ''] = roomsIn(after, 'ben');
  assert.notEqual(fresh, old);
  await members.event('Design').getByRole('link', { name: fresh, exact: true }).waitFor();
  assert.equal(open().length, 3);
  assert.equal((await outside.goto(old))?.status(), 404);
  await outside.goto(fresh);
  await outside.getByText('Give your name to join the interview').waitFor();
  app.quiet();
});

test('moved, everybody keeps their link; cancelled, the rooms are gone from CodeSignal', async () => {
  const before = await mailsOf(app, panel);
  const linksOf = (mails: readonly Mail[]) => ['ana', 'ben', 'eve'].map((who) => roomsIn(mails, who).slice(-2));
  const [, fresh = ''] = roomsIn(before, 'ben');
  await members.change('Reschedule all of it');
  await member.page.getByRole('dialog').getByRole('radio').last().check();
  await members.confirm('Reschedule');
  const moved = (await mailsOf(app, panel)).slice(before.length).filter(({ calendar }) => calendar !== null);
  assert.equal(moved.length, 3);
  assert.deepEqual(linksOf(moved)[1], [fresh]);
  assert.deepEqual(linksOf(moved)[2], linksOf(before)[2]);
  assert.equal(open().length, 3);
  await members.change('Cancel the interview');
  await members.confirm('Cancel the interview');
  await mailsOf(app, panel);
  assert.equal(open().length, 1, 'that of the other interview');
  assert.equal((await outside.goto(fresh))?.status(), 404);
  app.quiet();
}); // prettier-ignore

test('what is no variable, or one of a platform that is not connected, is told before anything is sent', async () => {
  const { page } = member;
  member.expect(422);
  await members.review(loop.pathOf(await loop.candidate('Ty Typo')));
  await members.begin('the interviewers’ invite', 'Room: $Interview.CodeSignal.Live.Lnk and $Interview.Codility.Live.Link.');
  await page.getByText('There is no variable $Interview.Codility.Live.Link', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor({ state: 'detached' });
  await page.getByText('Put right what is wrong above, and it can be sent.').waitFor();
  for (const _wrong of ['Lnk', 'Codility']) await page.getByRole('button', { name: /^Use \$/ }).first().click();
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  app.quiet();
}); // prettier-ignore

test('further off than a link of CodeSignal lives, invites hold an address of the hub that opens in time', async () => {
  const { page } = member;
  await textsOf(loop.templateId, single);
  await member.open(loop.pathOf(await loop.candidate('Fay Far')));
  const day = (from: number): string => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Until', { exact: true }).fill(day(34));
  await page.getByLabel('From', { exact: true }).fill(day(30));
  await page.getByRole('radio').first().waitFor();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  const rooms = open().length;
  const mails = await mailsOf(app, await members.send());
  const links = new Set(mails.flatMap(({ text }) => linksIn(text).filter((one) => one.includes('/join/'))));
  assert.equal(links.size, 1);
  assert.equal(open().length, rooms);
  await outside.goto([...links][0] ?? '');
  await outside.getByText('Not open yet').waitFor();
  app.quiet();
}); // prettier-ignore

test('an Admin puts CodeSignal’s template into an interview template, chosen from the account’s own', async () => {
  const seat = await seated(admin);
  const { page } = seat;
  await page.getByRole('link', { name: 'Templates' }).click();
  await page.getByRole('link', { name: 'Open Frontend loop' }).click();
  for (const who of ['interviewers', 'candidate']) {
    await page.getByRole('button', { name: `Override: Invite to the ${who}` }).click();
    const body = page.getByRole('textbox', { name: `Text (Invite to the ${who})` });
    await body.press('Control+a');
    await page.keyboard.type('Task: $template');
    await page.getByRole('option', { name: chosen }).click();
  }
  await page.getByRole('button', { name: 'Override: What is used at the platforms' }).click();
  const field = page.getByRole('combobox', { name: 'What CodeSignal opens' });
  await field.click();
  await page.getByRole('option', { name: 'System design' }).click();
  await seat.picture('codesignal-12-template', { at: field });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved', { exact: false }).first().waitFor();
  await seat.context.close();
  app.quiet();
}); // prettier-ignore

test('whoever schedules for the own jobs alone reads what the template opens, and the room begins with it', async () => {
  lena = await seated(limited);
  lenas = sendingOf(lena);
  const { page } = lena;
  await page.getByRole('link', { name: 'Templates' }).click();
  await page.getByRole('link', { name: 'Open Frontend loop' }).click();
  await page.getByText('CodeSignal: System design').waitFor();
  await lenas.review(loop.pathOf(await frontend('Tia Template')));
  await page.getByText('1 CodeSignal session from the template “System design”', { exact: true }).waitFor();
  const mails = await mailsOf(app, await lenas.send());
  const links = ['tia', 'ana'].flatMap((who) => roomsIn(mails, who));
  assert.equal(links.length, 2);
  assert.equal(new Set(links).size, 1);
  await outside.goto(links[0] ?? '');
  await outside.getByRole('heading', { name: 'System design' }).waitFor();
  app.quiet();
}); // prettier-ignore

test('a test is chosen instead while scheduling: the candidate gets it, the interviewers its state and report', async () => {
  const { page } = lena;
  await lenas.review(loop.pathOf(await frontend('Tess Test')));
  await page.getByRole('button', { name: 'Platforms, itinerary, note' }).click();
  const field = page.getByRole('combobox', { name: 'What CodeSignal opens' });
  await field.and(page.locator('[value="System design"]')).waitFor();
  await field.click();
  await page.getByRole('option', { name: 'System design' }).click();
  const plain = page.getByText(`${chosen} opens a plain room: nothing is chosen at CodeSignal`, { exact: false });
  await plain.waitFor();
  await field.click();
  await page.getByRole('option', { name: 'Backend assessment' }).click();
  await page.getByText('1 CodeSignal test “Backend assessment”', { exact: true }).waitFor();
  assert.equal(await plain.count(), 0);
  await lena.looksRight();
  await lena.picture('codesignal-13-choose', { at: field });
  const rooms = open().length;
  const mails = await mailsOf(app, await lenas.send());
  assert.equal(open().length, rooms);
  const [invitation = ''] = roomsIn(mails, 'tess');
  await outside.goto(invitation);
  await outside.getByText('Backend assessment', { exact: false }).first().waitFor();
  const [own = ''] = mails.filter(({ to }) => to.startsWith('ana')).flatMap(({ text }) => linksIn(text));
  await outside.goto(own);
  await outside.getByRole('heading', { name: 'Test of Tess Test' }).waitFor();
  await outside.getByText('Backend assessment at CodeSignal', { exact: false }).waitFor();
  await outside.getByText('Sent, not started').waitFor();
  await member.picture('codesignal-14-report', { page: outside });
  app.quiet();
}); // prettier-ignore

test('a key without LiveInterview: the page says what is missing and where, and goes on once it is granted', async () => {
  const { page } = member;
  await members.review(loop.pathOf(await loop.candidate('Pia Permission')));
  await keyWith('companyTest.company.read companyTestSession.company.read');
  const rooms = open().length;
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('link', { name: 'See, move or cancel it' }).click();
  await page.getByText('One thing could not be done').waitFor();
  await page.getByText('No link: it could not be made.').waitFor();
  await page.getByText('The key lacks a permission for this', { exact: false }).first().waitFor();
  await page
    .getByText('under Integrations > API Keys in CodeSignal', { exact: false })
    .first()
    .waitFor();
  await keyWith('liveInterview');
  await page
    .getByRole('button', { name: /^Try again: Live room/ })
    .first()
    .click();
  await page.getByText('One thing could not be done').waitFor({ state: 'detached' });
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const links = roomsIn(await mailsOf(app, id), '');
  assert.equal(new Set(links).size, 1);
  assert.equal(open().length, rooms + 1);
  await page.getByRole('link', { name: links[0] ?? '', exact: true }).waitFor();
  app.quiet();
});
