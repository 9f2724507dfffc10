/** What a candidate sees on a phone, by the link in the mail: the interview as it is at the moment. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hubOf } from '../hub-side.ts';
import { linksIn, panelOf, seat } from '../panel.ts';
import { applyAtLever, joinLever } from '../newcomers.ts';
import { leverOf } from '../vendors.ts';
import { openApp, type App } from './app.ts';

const company = {
  name: 'Example & Söhne <Ltd>',
  phone: '+44 20 7946 0001',
  linksOpenMinutes: null as number | null,
  places: [{ id: 'berlin', name: 'Berlin office', address: 'Torstraße 1, Berlin', mapLink: 'https://maps.example/berlin', instructions: 'Ring twice.' }],
  layer: {
    coordinator: { name: 'Grace Hopper', email: 'grace@example.com', title: 'Talent partner', phone: '' },
  },
}; // prettier-ignore

/** Bytes as they are sent: on a phone, all of it comes before the first word is shown. */
const mostScript = 150_000;
const scriptOf = `performance.getEntriesByType('resource')
  .filter(({ name }) => name.endsWith('.js'))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

let app: App;
let alan: string;
let connectionId: string;
let posting: string;
let codesignal: string;
let testId: string;
let panel: ReturnType<typeof panelOf>;

before(async () => {
  app = await openApp({
    sandbox: { only: ['lever', 'codeinterview', 'codesignal'], candidates: 2 },
    env: { LOOPWRIGHT_RESULT_POLL_SECONDS: '1' },
  });
  const { world } = app;
  await joinLever(world, 'Alan Turing');
  connectionId = await hubOf(world).connect('lever');
  await hubOf(world).connect('codeinterview');
  codesignal = await hubOf(world).connect('codesignal');
  const [test] = await hubOf(world).choices(codesignal, 'tests');
  testId = test?.id ?? '';
  await world.api.call('PUT', '/company', company);
  posting = (await leverOf(world).postings())[0]?.id ?? '';
  panel = panelOf(world);
  alan = await panel.person('Alan Turing', { title: 'Staff engineer', bio: 'Builds queues.' });
});
after(() => app.close());

/** One event at ten and one the day after, and the candidate's link to them. */
const scheduled = async (name: string, hours: number, email?: string, layer: object = {}) => {
  const candidate = await applyAtLever(app.world, name, { posting, ...(email ? { email } : {}) });
  const body = 'Room: $Event.CodeInterview.Live.Link';
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: { interviewName: 'Virtual onsite', maxDays: 2, texts: { interviewerInvite: { title: '$Event.Name', body } }, ...layer },
    events: [
      { name: 'System design', topic: 'Scaling a queue', prepare: 'Bring a laptop.', minutes: 60, start: panel.at(hours), location: 'https://meet.example/1', seats: [seat(alan)] },
      { name: 'Team talk', minutes: 45, start: panel.at(hours + 24), location: 'Room Ada, 2nd floor', seats: [seat(alan)] },
    ],
  }); // prettier-ignore
  await panel.settled(id);
  // Mail and invite leave in any order, and an invite's own text may say nothing of the page.
  const own = (await panel.mails(id)).filter(({ to }) => to === candidate.email);
  const link = own.flatMap(({ text }) => linksIn(text)).find((url) => url.includes('/i/'));
  assert.ok(link);
  return { id, link };
};

const phone = async () => {
  const seat = await app.seat();
  await seat.page.setViewportSize({ width: 390, height: 844 });
  return seat;
};

test('shows days, people and ways in, in a zone that can be changed, and gives the calendar entry', async () => {
  const { link } = await scheduled('Ada $Candidate.Email <script>alert(1)</script>', 0, 'ada.script@candidates.example'); // prettier-ignore
  const seat = await phone();
  const { page } = seat;
  await page.goto(link);
  await page
    .getByRole('heading', { level: 1, name: `Your interview with ${company.name}` })
    .waitFor();
  await page.getByText('Hello Ada', { exact: false }).waitFor();
  const design = page.locator('section').filter({ hasText: 'System design' });
  await design.getByText('Alan Turing, Staff engineer').waitFor();
  await design.getByText('Builds queues.').waitFor();
  await design.getByText('Bring a laptop.', { exact: true }).waitFor();
  await design.getByRole('link', { name: 'Join the meeting' }).waitFor();
  await design.getByRole('link', { name: 'Open CodeInterview' }).waitFor();
  await page.getByText('Room Ada, 2nd floor').waitFor();
  await page.getByText('Europe/Berlin', { exact: true }).waitFor();
  await page.getByText('grace@example.com').waitFor();
  const script = await page.evaluate<number>(scriptOf);
  assert.ok(script > 50_000 && script < mostScript, `${String(script)} bytes of script`);
  await seat.looksRight();
  await page.getByRole('button', { name: 'Change the time zone' }).click();
  const zone = page.getByRole('combobox', { name: 'Time zone' });
  await zone.fill('tokyo');
  await page.getByRole('option', { name: 'Asia/Tokyo' }).waitFor();
  await seat.looksRight();
  await zone.press('ArrowDown');
  await zone.press('Enter');
  await design.getByText('19:00', { exact: false }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Add to calendar', exact: false }).first().click(),
  ]);
  assert.equal(download.suggestedFilename(), 'interview.ics');
  await seat.context.close();
  app.quiet();
});

test('says plainly that the times changed, and that it was cancelled', async () => {
  const { id, link } = await scheduled('Mona Moved', 72);
  const seat = await phone();
  const { page } = seat;
  await panel.act(id, 'move', { eventId: 'e1', start: panel.at(75) });
  await panel.settled(id);
  await page.goto(link);
  await page.getByText('The times have changed').waitFor();
  await seat.looksRight();
  await panel.act(id, 'cancel', { reason: 'The job is filled' });
  await page.reload();
  await page.getByText('This interview is cancelled').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Join the meeting' }).count(), 0);
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
});

test('a room that opens near its start says when', async () => {
  const { world } = app;
  await world.api.call('PUT', '/company', { ...company, linksOpenMinutes: 15 });
  const { link } = await scheduled('Clara Closed', 144);
  const seat = await phone();
  await seat.page.goto(link);
  await seat.page.getByText('The CodeInterview room opens on', { exact: false }).first().waitFor();
  assert.equal(await seat.page.getByRole('link', { name: 'Open CodeInterview' }).count(), 0);
  await world.api.call('PUT', '/company', company);
  await seat.context.close();
  app.quiet();
});

test('a link that was cut short says what to do, and so does one that has expired', async () => {
  const seat = await phone();
  const { page } = seat;
  seat.expect(404);
  await seat.open('/i/join_short');
  await page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
  await seat.looksRight();
  const { link, id } = await scheduled('Ella Expired', 200);
  await app.world.hub.hub.db
    .updateTable('interview')
    .set(({ fn, val }) => ({
      plan: fn('jsonb_set', [
        fn('jsonb_set', ['plan', val('{events,0,end}'), val('2000')]),
        val('{events,1,end}'),
        val('2000'),
      ]),
    }))
    .where('id', '=', id)
    .execute();
  await page.goto(link);
  await page.getByRole('heading', { name: 'This link has expired' }).waitFor();
  await page.getByText('grace@example.com').waitFor();
  assert.equal(await page.getByText('System design').count(), 0);
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
});

test('tells an onsite candidate the way, and until when a test is to be started, in the zone that is shown', async () => {
  const coding = [{ connectionId: codesignal, kind: 'test', id: testId }];
  const body = 'Take $Interview.CodeSignal.Template.Link first. $Interview.Confirmation.Link';
  const { link } = await scheduled('Otto Onsite', 250, undefined, {
    remote: false,
    placeId: 'berlin',
    coding,
    texts: { candidateInvite: { title: 'Onsite', body } },
  });
  const seat = await phone();
  const { page } = seat;
  await page.goto(link);
  const way = page.getByRole('region', { name: 'How to get there' });
  for (const told of ['Berlin office', 'Torstraße 1, Berlin', 'Ring twice.'])
    await way.getByText(told, { exact: true }).waitFor();
  assert.equal(
    await way.getByRole('link', { name: 'Open the map' }).getAttribute('href'),
    'https://maps.example/berlin',
  );
  const deadline = page.getByRole('region', { name: 'Tests to take' }).locator('time');
  await deadline.waitFor();
  assert.match((await deadline.getAttribute('title')) ?? '', /Europe\/Berlin/);
  await seat.looksRight();
  await seat.context.close();
  app.quiet();
});
