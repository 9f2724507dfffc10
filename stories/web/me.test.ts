/** What an interviewer has of the hub: the own interviews, and when they interview. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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
});
after(() => app.close());

test('an interviewer begins with the own interviews, and is told when there are none', async () => {
  const { page } = seat;
  await seat.signIn(await app.person('interviewer', 'alan.turing@example.com'));
  await page.getByRole('heading', { name: 'My interviews' }).waitFor();
  await page.getByText('No interview to come').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Today' }).count(), 0);
  await seat.looksRight();
  app.quiet();
});

test('the own events of an interview show their time, people and links, and lead to its page', async () => {
  const { page } = seat;
  const { id } = await ours.schedule(hostile, {}, 'ada@candidates.example');
  await ours.panel.settled(id);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await seat.open('/me');
  const row = page.getByRole('list', { name: 'To come' }).getByRole('listitem');
  await row.getByText('11:00 – 12:00 CET', { exact: false }).waitFor();
  await row.getByText('Design', { exact: true }).waitFor();
  assert.equal(await row.getByText('Coding', { exact: true }).count(), 0, 'the event of another');
  await row.getByRole('button', { name: 'Copy', exact: false }).waitFor();
  assert.ok(!asked.includes(`/api/v1/interviews/${id}`), 'the list has all of it');
  await row.getByRole('button', { name: 'Decline Design' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Decline', exact: true }).click();
  await row.getByText('Declined', { exact: true }).waitFor();
  const { items } = await app.world.api.get<{ items: unknown[] }>(
    '/today?lane=needs_me&kind=interviewer_declined',
  );
  assert.match(JSON.stringify(items), /Alan Turing/);
  await page.getByText('Declined. Whoever', { exact: false }).waitFor({ state: 'detached' });
  await seat.looksRight();
  await row.getByRole('button', { name: 'Accept Design' }).click();
  await row.getByText('Accepted', { exact: true }).waitFor();
  await row.getByRole('link', { name: hostile }).click();
  await page.getByRole('heading', { name: hostile }).waitFor();
  await page.getByRole('link', { name: 'My interviews' }).click();
  await row.first().waitFor();
  app.quiet();
});

test('hours, limits and days off are changed from there, and nothing of others is seen', async () => {
  const { page } = seat;
  await page.getByRole('link', { name: 'Change hours and limits' }).click();
  await page.getByRole('textbox', { name: 'Interviews a day at most' }).fill('2');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.getByRole('link', { name: 'My interviews' }).first().click();
  await page.getByText('2 a day at most').waitFor();
  app.quiet();
});

test('the own interviews come into any calendar by an address that is shown once, replaced and turned off', async () => {
  const { page } = seat;
  const calendar = page.locator('section', { has: page.getByRole('heading', { name: 'In my calendar' }) });
  const address = page.getByRole('dialog', { name: 'The address of your calendar' });
  const taken = async (): Promise<string> => {
    await address.getByRole('button', { name: 'Copy', exact: false }).waitFor();
    const [url = ''] = /http\S+\.ics/.exec((await address.textContent()) ?? '') ?? [];
    return url;
  };
  const read = async (url: string): Promise<string> => (await fetch(url)).text();
  await calendar.getByText('Turned off.').waitFor();
  await calendar.getByRole('button', { name: 'Turn on' }).click();
  const first = await taken();
  await address.getByText('From URL', { exact: false }).waitFor();
  await seat.looksRight();
  assert.match(await read(first), /SUMMARY:Design: Ada/);
  await address.getByRole('button', { name: 'Done' }).click();
  await calendar.getByText('Not read by a calendar yet').waitFor();
  await address.waitFor({ state: 'detached' });
  assert.doesNotMatch(await page.content(), /\.ics/, 'it is shown once');

  await calendar.getByRole('button', { name: 'New address' }).click();
  const ask = page.getByRole('dialog', { name: 'Make a new address?' });
  await ask.getByRole('button', { name: 'Cancel' }).click();
  assert.match(await read(first), /BEGIN:VCALENDAR/);
  await calendar.getByRole('button', { name: 'New address' }).click();
  await ask.getByRole('button', { name: 'New address' }).click();
  const second = await taken();
  await address.getByRole('button', { name: 'Done' }).click();
  assert.match(await read(first), /not_found/);
  assert.match(await read(second), /BEGIN:VCALENDAR/);
  await page.reload();
  await calendar.getByText('Read by a calendar', { exact: false }).waitFor();

  await calendar.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('dialog', { name: 'Turn off' }).getByRole('button', { name: 'Turn off' }).click();
  await calendar.getByText('Turned off.').waitFor();
  assert.match(await read(second), /not_found/);
  app.quiet();
}); // prettier-ignore

test('an Admin finds whose calendar feed is on, and turns it off', async () => {
  const own = await app.world.as('interviewer', 'alan.turing@example.com');
  const { url } = await own.post<{ url: string }>('/me/calendar-feed');
  const admin = await app.seat();
  const { page } = admin;
  await admin.signIn(await app.person('admin'));
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('combobox', { name: 'Calendar feed' }).click();
  await page.getByRole('option', { name: 'On', exact: true }).click();
  const people = page.getByRole('list', { name: 'People and rooms' }).getByRole('listitem');
  await people.filter({ hasText: 'Barbara Liskov' }).waitFor({ state: 'detached' });
  await admin.looksRight();
  await people.getByRole('link', { name: 'Alan Turing' }).click();
  const feed = page.locator('section', { has: page.getByRole('heading', { name: 'Calendar feed' }) });
  await feed.getByText('Not read by a calendar yet').waitFor();
  await admin.looksRight();
  await feed.getByRole('button', { name: 'Turn off' }).click();
  const ask = page.getByRole('dialog', { name: 'Turn off the calendar feed?' });
  await ask.getByText('interviews of Alan Turing', { exact: false }).waitFor();
  await admin.looksRight();
  await ask.getByRole('button', { name: 'Turn off' }).click();
  await feed.getByText('Turned off.').waitFor();
  assert.equal(await feed.getByRole('button').count(), 0);
  assert.equal((await fetch(url)).status, 404);
  await page.getByRole('link', { name: 'People' }).first().click();
  await admin.context.close();
  app.quiet();
}); // prettier-ignore

test('an account without an interviewer of its address is told who can help', async () => {
  const other = await app.seat();
  await other.signIn(await app.person('interviewer', 'nobody.known@example.com'));
  await other.page.getByText('You are not among the interviewers').waitFor();
  await other.page.getByText('nobody.known@example.com', { exact: false }).first().waitFor();
  await other.looksRight();
  await other.context.close();
  app.quiet();
});

test('only whoever sits in an event answers for it, and only while it stands', async () => {
  const { id } = await ours.schedule('Ada Answered');
  await ours.panel.settled(id);
  const [design, coding] = (await ours.get(id)).events;
  const answer = async (email: string, eventId = ''): Promise<string> => {
    const wish = { name: email, role: 'interviewer', email };
    const { key } = await app.world.api.post<{ key: string }>('/api-keys', wish);
    const answered = await fetch(`${app.world.url}/api/v1/interviews/${id}/rsvp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ eventId, status: 'declined' }),
    });
    const { code = 'taken' } = (await answered.json()) as { code?: string };
    return code;
  };
  assert.equal(await answer('barbara.liskov@example.com', design?.id), 'interview_not_found');
  assert.equal(await answer('alan.turing@example.com', coding?.id), 'event_not_found');
  assert.equal(await answer('alan.turing@example.com', design?.id), 'taken');
  await ours.panel.act(id, 'cancel', { reason: null });
  assert.equal(await answer('alan.turing@example.com', design?.id), 'answer_not_asked');
});
