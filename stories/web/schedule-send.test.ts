/** From the ATS's link to *sent*: three clicks, Undo, two coordinators, and conflicts taken on knowingly. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { linksIn, panelOf, seat as seatOf } from '../panel.ts';
import { until } from '../world.ts';
import { sql } from 'kysely';
import { openApp, type App, type Person, type Seat } from './app.ts';
import { handsOf, type Hands } from './hands.ts';
import { loopWorld, type LoopWorld } from './loop.ts';

let app: App;
let loop: LoopWorld;
let seat: Seat;
let hands: Hands;
let member: Person;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codility'], candidates: 2 } });
  // The ATS gets the link only from a hub that was told its address.
  const { port, origin } = new URL(app.world.url);
  await app.world.restart({ env: { PORT: port, LOOPWRIGHT_PUBLIC_URL: origin } });
  loop = await loopWorld(app);
  await app.world.connect('codility');
  seat = await app.seat();
  hands = handsOf(app, seat);
  member = await app.person('team_member');
  await seat.signIn(member);
});
after(() => app.close());

interface Interview {
  id: string;
  state: string;
  candidateId: string;
  note: string;
  events: Array<{ start: string; seats: Array<{ personId: string }> }>;
}

/** *Send* waits so long. */
const undoIn = async (undoSeconds: number): Promise<void> => {
  const company = await app.world.api.get<object>('/company');
  const { status } = await app.world.api.call('PUT', '/company', { ...company, undoSeconds });
  assert.equal(status, 200);
};

const interviewsOf = async (candidateId: string): Promise<Interview[]> => {
  const { candidate } = await app.world.api.get<{ candidate: { id: string } }>(
    loop.pathOf(candidateId),
  );
  const path = `/interviews?candidateId=${candidate.id}`;
  return (await app.world.api.get<{ items: Interview[] }>(path)).items;
};

const review = async (candidateId: string): Promise<void> => {
  await seat.open(loop.pathOf(candidateId));
  await hands.press('Review');
  await hands.heading('Review and send');
  await hands.button('Send').waitFor();
};

test('from the link in the ATS to sent takes three clicks, with a template', async () => {
  const { page, context } = seat;
  await undoIn(1);
  const answer = await app.world.api.call('PATCH', `/connections/${loop.connectionId}`, {
    scheduleLink: true,
  });
  assert.equal(answer.status, 200);
  const candidate = await loop.candidate('Thea Three');
  const profile = `${app.world.sandbox.url}/lever/candidates/${candidate}`;
  await until('the link is on the candidate', async () =>
    (await app.world.page(`/lever/candidates/${candidate}`)).includes('/schedule?connection='),
  );
  let clicks = 0;
  await context.exposeFunction('clicked', () => {
    clicks += 1;
  });
  await context.addInitScript('addEventListener("click", () => void clicked(), true)');
  await page.goto(profile);
  await page.locator('a[href*="/schedule?connection="]').first().click();
  await hands.press('Review');
  await hands.press('Send');
  await page.getByText('It is on its way to everybody').waitFor();
  await until('each click was counted', () => clicks === 3);
  const [interview] = await interviewsOf(candidate);
  assert.equal(interview?.state, 'confirmed');
  await panelOf(app.world).settled(interview.id);
  await seat.looksRight();
  await page.getByRole('link', { name: 'See, move or cancel it' }).click();
  await page.waitForURL(`**/interviews/${interview.id}`);
  app.quiet();
});

test('Undo takes all of it back, by keyboard, and what was typed is still there', async () => {
  const { page } = seat;
  await undoIn(60);
  const candidate = await loop.candidate('Una <i>Undone</i>');
  await review(candidate);
  await seat.looksRight();
  await hands.press('Platforms, itinerary, note');
  await hands.fill('Note', 'She comes by train.');
  await seat.looksRight();
  await hands.press('Send');
  await hands.button('Undo').waitFor();
  await page.getByRole('timer').getByText('seconds left', { exact: false }).waitFor();
  await seat.looksRight();
  assert.equal((await interviewsOf(candidate)).length, 1, 'its time is held');
  await page.keyboard.press('Enter');
  await hands.heading('Review and send');
  assert.deepEqual(await interviewsOf(candidate), []);
  await hands.press('Platforms, itinerary, note');
  assert.equal(await hands.field('Note').inputValue(), 'She comes by train.');
  await undoIn(0);
  await page.reload();
  await hands.press('Hold');
  await page.getByText('the candidate hears nothing yet', { exact: false }).waitFor();
  assert.equal((await interviewsOf(candidate))[0]?.state, 'hold');
  app.quiet();
});

test('the place and who is named are said for one interview alone, and its page and mail have them', async () => {
  const { page } = seat;
  // The hub is asked while the coordinator's address is still typed.
  seat.expect(422);
  const company = await app.world.api.get<object>('/company');
  const berlin = { id: 'berlin', name: 'Berlin office', address: 'Torstraße 1' };
  await app.world.api.call('PUT', '/company', { ...company, places: [berlin] });
  const candidate = await loop.candidate('Pia Placed');
  await review(candidate);
  await hands.press('Name, place, people named, links, who is told');
  await page.getByText('Onsite', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Place' }).click();
  await page.getByRole('option', { name: 'Berlin office' }).click();
  const coordinator = page.getByRole('group', { name: 'Coordinator' });
  await coordinator.getByRole('button', { name: 'Name somebody' }).click();
  // Somebody without a name is no question yet, however long it takes to type it.
  await page.getByText('Fill in what is required above', { exact: false }).waitFor();
  assert.equal(await hands.button('Send').count(), 0);
  await coordinator.getByLabel('Name').fill('Grace Hopper');
  await coordinator.getByLabel('E-mail').fill('grace@example.com');
  await page.locator('mark', { hasText: 'Grace Hopper' }).first().waitFor();
  await seat.looksRight();
  await hands.press('Send');
  await page.getByText('It is on its way to everybody').waitFor();
  const [interview] = await interviewsOf(candidate);
  assert.ok(interview);
  await panelOf(app.world).settled(interview.id);
  const mails = await panelOf(app.world).mails(interview.id);
  const link = mails.flatMap(({ text }) => linksIn(text)).find((url) => url.includes('/i/'));
  await page.goto(link ?? '');
  await page.getByRole('region', { name: 'How to get there' }).getByText('Torstraße 1').waitFor();
  await page.getByText('grace@example.com').waitFor();
  const { body } = await app.world.api.call('GET', `/templates`);
  assert.ok(!JSON.stringify(body).includes('berlin'), 'the template stays as it is');
  app.quiet();
});

test('a text changed here shows in the preview at once, and only in this interview', async () => {
  const { page } = seat;
  const candidate = await loop.candidate('Tess Text');
  const path = `/templates/${loop.templateId}`;
  const { id: _id, createdAt: _made, updatedAt: _changed, layer, ...rest } = await app.world.api.get<{ layer: object } & Record<string, unknown>>(path);
  const texts = { candidateMail: null };
  const put = await app.world.api.call('PUT', path, { ...rest, layer: { ...layer, texts } });
  assert.equal(put.status, 200);
  await review(candidate);
  const sends = page.getByRole('switch', { name: 'Send the candidate a mail' });
  assert.equal(await sends.isChecked(), false, 'the template says so');
  await sends.check();
  await hands.press('Change the candidate’s mail');
  const subject = page.getByRole('textbox', { name: 'Subject' });
  await subject.fill('See you soon, Tess');
  await page.locator('dd').getByText('See you soon, Tess').waitFor();
  await seat.looksRight();
  await sends.uncheck();
  await page.locator('dd').getByText('See you soon, Tess').waitFor({ state: 'detached' });
  await sends.check();
  await page.locator('dd').getByText('See you soon, Tess').waitFor();
  await hands.press('Platforms, itinerary, note');
  await page.getByRole('combobox', { name: 'What The codility account opens' }).waitFor();
  await hands.press('Change the plan');
  await hands.press('Review');
  await page.locator('dd').getByText('See you soon, Tess').waitFor();
  assert.deepEqual((await app.world.api.get<{ layer: { texts: unknown } }>(path)).layer.texts, texts);
  app.quiet();
}); // prettier-ignore

test('of two coordinators the second hears what was taken, and takes the next best', async () => {
  const { page } = seat;
  seat.expect(409);
  const candidate = await loop.candidate('Sam Second');
  await review(candidate);
  await hands.press('Platforms, itinerary, note');
  await hands.fill('Note', 'Speaks softly.');
  const chosen = await page.locator('h2 + p time').getAttribute('datetime');
  const other = await loop.candidate('Fay First');
  // The page does not hear of it before it sends.
  await page.route('**/interviews/preview', () => undefined);
  await app.world.api.post('/interviews', {
    connectionId: loop.connectionId,
    candidateId: other,
    events: [{ name: 'Talk', minutes: 60, start: chosen, seats: [seatOf(loop.people.ana)] }],
  });
  await hands.press('Send');
  await page.getByText('Somebody was quicker').waitFor();
  await page.unroute('**/interviews/preview');
  await seat.looksRight();
  await page.getByRole('alert').filter({ hasText: 'Somebody was quicker' }).getByRole('button').first().click();
  assert.equal(await hands.field('Note').inputValue(), 'Speaks softly.');
  await hands.press('Send');
  await page.getByText('It is on its way to everybody').waitFor();
  const [interview] = await interviewsOf(candidate);
  assert.notEqual(interview?.events[0]?.start, chosen);
  assert.equal(interview?.note, 'Speaks softly.');
  app.quiet();
}); // prettier-ignore

test('a time by hand shows what speaks against it, and is taken on with a reason', async () => {
  const { page } = seat;
  const candidate = await loop.candidate('Olga Override');
  const taken = panelOf(app.world).at(0);
  const other = await loop.candidate('Bea Before');
  await app.world.api.post('/interviews', {
    connectionId: loop.connectionId,
    candidateId: other,
    events: [{ name: 'Talk', minutes: 60, start: taken, seats: [seatOf(loop.people.ana)] }],
  });
  await seat.open(loop.pathOf(candidate));
  await hands.press('Set it by hand');
  const wall = new Date(Date.parse(taken)).toLocaleString('sv', { timeZone: 'Europe/Berlin' });
  await page.getByLabel('Coding begins').fill(wall.slice(0, 16).replace(' ', 'T'));
  await page.getByText('This speaks against it').waitFor();
  await seat.looksRight();
  await hands.press('Review');
  await page.getByText('Put right what is wrong above', { exact: false }).waitFor();
  // Another coordinator plans for the same candidate meanwhile, at another time and with others.
  await app.world.api.post('/interviews', {
    connectionId: loop.connectionId,
    candidateId: candidate,
    events: [
      {
        name: 'Talk',
        minutes: 30,
        start: panelOf(app.world).at(24),
        seats: [seatOf(loop.people.cy)],
      },
    ],
  });
  await page.getByText('The candidate has an interview already', { exact: false }).waitFor();
  assert.equal(await hands.button('Send').count(), 0);
  await page.getByRole('checkbox', { name: 'Somebody has another interview then' }).check();
  await hands.fill('Why', 'Ana asked for it.');
  await seat.looksRight();
  await hands.press('Send');
  await page.getByText('It is on its way to everybody').waitFor();
  const [interview] = await interviewsOf(candidate);
  const { items } = await app.world.api.get<{ items: Array<{ detail: object }> }>(
    `/interviews/${interview?.id ?? ''}/changes`,
  );
  assert.match(JSON.stringify(items), /"reason":"Ana asked for it\."/);
  app.quiet();
});

test('a session that ends in the middle of planning loses nothing of the plan', async () => {
  const { page } = seat;
  seat.expect(401);
  const candidate = await loop.candidate('Eve Expired');
  await seat.open(loop.pathOf(candidate));
  await hands.press('Set it by hand');
  const begins = page.getByLabel('Coding begins');
  const wall = await begins.inputValue();
  await begins.fill(wall.replace(/T.*/, 'T13:20'));
  await hands.press('Change Coding');
  await hands.fill('Topic', 'Trees');
  // Nothing is answered before all is typed: the dialog would take the focus from under the fingers.
  const typed = Promise.withResolvers<undefined>();
  await page.route('**/api/v1/**', async (route) => {
    await typed.promise;
    await route.continue();
  });
  await sql`delete from session`.execute(app.world.hub.hub.db);
  await hands.fill('Minutes', '75');
  assert.equal(await hands.field('Minutes').inputValue(), '75');
  typed.resolve(undefined);
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Password', { exact: true }).fill(member.password);
  await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await begins.inputValue(), wall.replace(/T.*/, 'T13:20'));
  assert.equal(await hands.field('Topic').inputValue(), 'Trees');
  assert.equal(await hands.field('Minutes').inputValue(), '75');
  await page.getByRole('radio').first().waitFor();
  await hands.press('Review');
  await hands.heading('Review and send');
  app.quiet();
});
