/** What an interviewer sees of a candidate's test on a phone, by the link in the invite; also once it is gone. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hubOf } from '../hub-side.ts';
import { linksIn, panelOf, seat } from '../panel.ts';
import { applyAtLever, joinLever } from '../newcomers.ts';
import { leverOf } from '../vendors.ts';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';

let app: App;
let reader: Seat;
let alan: string;
let connectionId: string;
let posting: string;
let codesignal: string;
let testId: string;
let panel: ReturnType<typeof panelOf>;
let days = 0;

before(async () => {
  app = await openApp({
    sandbox: { only: ['lever', 'codesignal'], candidates: 2 },
    env: { LOOPWRIGHT_RESULT_POLL_SECONDS: '1' },
  });
  const { world } = app;
  await joinLever(world, 'Alan Turing');
  connectionId = await hubOf(world).connect('lever');
  codesignal = await hubOf(world).connect('codesignal');
  const [test] = await hubOf(world).choices(codesignal, 'tests');
  testId = test?.id ?? '';
  posting = (await leverOf(world).postings())[0]?.id ?? '';
  panel = panelOf(world);
  alan = await panel.person('Alan Turing');
  reader = await app.seat();
  await reader.page.setViewportSize({ width: 390, height: 844 });
});
after(() => app.close());

/** An interview with a test: the interviewers' link to its page, and the candidate's to take it. */
const scheduled = async (name: string, email?: string) => {
  const address = email === undefined ? {} : { email };
  const candidate = await applyAtLever(app.world, name, { posting, ...address });
  const body = 'Test: $Interview.CodeSignal.Template.Link';
  days += 1;
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: {
      interviewName: 'Virtual onsite',
      texts: { interviewerInvite: { title: '$Event.Name', body }, candidateInvite: { title: 'Interview', body } },
      coding: [{ connectionId: codesignal, kind: 'test', id: testId }],
    },
    events: [{ name: 'Coding', minutes: 60, start: panel.at(days * 24), seats: [seat(alan)] }],
  });
  const told = async (to: string, place: string): Promise<string | undefined> =>
    (await panel.mails(id))
      .flatMap((one) => (one.to === to ? linksIn(one.text) : []))
      .find((link) => link.includes(place));
  const link = await until('the interviewer is told', () => told('alan.turing@example.com', '/tests/'));
  if (email === '') return { id, link, url: '', candidate, taking: '' };
  await panel.settled(id);
  const url = (await told(candidate.email, '/codesignal/')) ?? '';
  return { id, link, url, candidate, taking: new URL(url).pathname };
}; // prettier-ignore

const heading = (name: string) =>
  reader.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const says = (text: string) => reader.page.getByText(text, { exact: false }).first().waitFor();

const ownLink = () =>
  reader.page.locator('section', {
    has: reader.page.getByRole('heading', { name: 'The candidate’s link' }),
  });

/** Until the hub has read from the platform how far this test is. */
const isRead = (url: string, what: 'started' | 'completed' | 'expired') =>
  until(`the test is ${what}`, async () => {
    const sent = await app.world.api.get<{ items: Array<{ url: string; status: string }> }>(
      '/assessments?limit=100',
    );
    return sent.items.some((one) => one.url === url && one.status === what);
  });

test('interviewers see of a test how far it is, the link, and at last score and report', async () => {
  const { page } = reader;
  const { link, url, taking } = await scheduled('Tess <b>Test</b>', 'tess@candidates.example');
  assert.match(link, new RegExp(`^${app.world.url}/tests/`));
  await page.goto(link);
  await heading('Test of Tess <b>Test</b>');
  await says('Sent, not started');
  await says(' at CodeSignal · ');
  await says('To be started by');
  await ownLink().getByText(url).waitFor();
  assert.equal(await ownLink().getByRole('link').count(), 0, 'nobody opens it by a slip');
  await reader.looksRight();
  await app.world.form(`${taking}/start`);
  await app.world.form(`${taking}/finish`, { score: '61', answer: 'x' });
  await isRead(url, 'completed');
  await page.reload();
  await says('(61 %)');
  await page.getByText('Completed', { exact: true }).waitFor();
  const report = await page.getByRole('link', { name: 'Open the report' }).getAttribute('href');
  assert.match(report ?? '', /^http/);
  assert.equal(await ownLink().count(), 0, 'there is nothing left to do');
  await reader.looksRight();
  app.quiet();
});

test('a cancelled interview’s test is taken back, and the page says why', async () => {
  const { page } = reader;
  const { id, link } = await scheduled('Cara Cancelled');
  await panel.act(id, 'cancel', { reason: null });
  await panel.settled(id);
  await page.goto(link);
  await heading('Test of Cara Cancelled');
  await page.getByText('The interview was cancelled', { exact: true }).waitFor();
  await says('Taken back');
  assert.equal(await ownLink().count(), 0);
  await reader.looksRight();
  app.quiet();
});

test('a test that was begun before its interview was cancelled goes on, and its link is offered no more', async () => {
  const { page } = reader;
  const { id, link, url, taking } = await scheduled('Bea Begun');
  await app.world.form(`${taking}/start`);
  await panel.act(id, 'cancel', { reason: null });
  await isRead(url, 'started');
  await page.goto(link);
  await page.getByText('The interview was cancelled', { exact: true }).waitFor();
  await says('In progress');
  assert.equal(await ownLink().count(), 0);
  await reader.looksRight();
  app.quiet();
});

test('a test that could not be sent waits for somebody; once its interview is cancelled, it says that alone', async () => {
  const { page } = reader;
  const { id, link } = await scheduled('Noa Nowhere', '');
  await page.goto(link);
  await says('The test could not be sent');
  await reader.looksRight();
  await panel.act(id, 'cancel', { reason: null });
  await page.reload();
  await page.getByText('The interview was cancelled', { exact: true }).waitFor();
  assert.equal(await page.getByRole('status').count(), 1);
  await reader.looksRight();
  app.quiet();
});

test('a test that was not taken in time says who can help', async () => {
  const { page } = reader;
  const { link, url, candidate } = await scheduled('Eve Expired');
  const { sessions } = app.world.emulator('codesignal').snapshot() as {
    sessions: Array<{ id: string; email: string }>;
  };
  const session = sessions.find(({ email }) => email === candidate.email);
  await app.world.form(`/codesignal/sessions/${session?.id ?? ''}/expire`);
  await isRead(url, 'expired');
  await page.goto(link);
  await says('Not taken in time');
  await says('Whoever schedules can send another test');
  assert.equal(await ownLink().count(), 0);
  await reader.looksRight();
  app.quiet();
});

test('a test of somebody whose data were erased names nobody', async () => {
  const { page } = reader;
  const { id, link, candidate } = await scheduled('Gus Gone');
  await app.world.form(`/lever/candidates/${candidate.id}/delete`);
  await until('the hub knows that the candidate is gone', async () => {
    const { flag } = await app.world.api.get<{ flag: string | null }>(`/interviews/${id}`);
    return flag === 'candidate_gone';
  });
  await panel.act(id, 'cancel', { reason: null });
  await hubOf(app.world).quiet();
  await page.goto(link);
  await heading('Test');
  assert.doesNotMatch(await page.content(), /Gus|Gone/);
  await reader.looksRight();
  app.quiet();
});

test('a link that was cut short, or is no link of the hub’s at all, says what to do', async () => {
  const { page } = reader;
  reader.expect(404, 422);
  const { link } = await scheduled('Uma Unknown');
  for (const path of [`${link}x`, `${app.world.url}/tests/${'x'.repeat(300)}`]) {
    await page.goto(path);
    await heading('This link leads nowhere');
    await says('Open it from your newest invite');
    await reader.looksRight();
  }
  app.quiet();
});
