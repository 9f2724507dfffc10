/** Changes of an interview by hand: each says who will hear of it before it happens. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { interviewsOf, type Interviews } from './interviews.ts';

let app: App;
let ours: Interviews;
let seat: Seat;

before(async () => {
  app = await openApp({ sandbox: { only: ['lever', 'codeinterview'] } });
  ours = await interviewsOf(app);
  seat = await app.seat();
  await seat.signIn(await app.person('team_member'));
  seat.expect(409);
});
after(() => app.close());

const dialog = () => seat.page.getByRole('dialog');
const act = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const told = (name: string, what: string) =>
  dialog()
    .getByRole('list', { name: 'Who will hear of it' })
    .getByRole('listitem')
    .filter({ hasText: name })
    .getByText(what, { exact: true })
    .waitFor();
const done = () => dialog().waitFor({ state: 'detached' });

/** Opens an interview that everybody has heard of. */
const open = async (name: string, change: Record<string, unknown> = {}) => {
  const made = await ours.schedule(name, change);
  await ours.panel.settled(made.id);
  await seat.open(`/interviews/${made.id}`);
  await seat.page.getByRole('heading', { name }).waitFor();
  return made;
};

const choose = async (what: string, entry: string): Promise<void> => {
  await seat.page.getByRole('button', { name: what, exact: true }).click();
  await seat.page.getByRole('menuitem', { name: entry, exact: true }).click();
};

/** A time as the browser's field takes it, in Berlin's winter. */
const berlin = (at: string): string =>
  new Date(Date.parse(at) + 3_600_000).toISOString().slice(0, 16);

test('one event is moved: who is concerned gets an update, who is not hears nothing', async () => {
  const { id, at } = await open('Mona Moved');
  await choose('Change Coding', 'Move the event');
  // The other event may stand on a weekend, and then nothing fits by itself.
  await dialog()
    .getByText(/^(Times that fit|No time of the next)/)
    .waitFor();
  await dialog()
    .getByLabel('Or start by hand at')
    .fill(berlin(at(3)));
  await told('Mona Moved', 'gets an update');
  await told('Edsger Dijkstra', 'gets an update');
  await told('Alan Turing', 'hears nothing');
  await seat.looksRight();
  await act('Move the event');
  await done();
  const { events } = await ours.get(id);
  assert.equal(Date.parse(events[1]?.start ?? ''), Date.parse(at(3)));
  await seat.page.getByText('Changed', { exact: true }).waitFor();
  app.quiet();
});

test('a conflict says what speaks against it, and is taken on knowingly', async () => {
  const other = await ours.schedule('Otto Other');
  const { id } = await open('Carla Conflict');
  await choose('Change Design', 'Move the event');
  await dialog().getByLabel('Or start by hand at').fill(berlin(other.at(0)));
  await dialog().getByText('Something speaks against it').waitFor();
  await seat.looksRight();
  await dialog().getByLabel('Even though somebody sits in another interview then').check();
  await told('Alan Turing', 'gets an update');
  await act('Move the event');
  await done();
  const { items } = await app.world.api.get<{ items: Array<{ detail: { overridden?: unknown } }> }>(`/interviews/${id}/changes`);
  assert.match(JSON.stringify(items.at(-1)?.detail.overridden), /double_booked/);
  app.quiet();
}); // prettier-ignore

test('all of it is rescheduled to a time that the engine offers', async () => {
  const { id } = await open('Rita Rescheduled');
  const before = await ours.get(id);
  await choose('Change', 'Reschedule all of it');
  await dialog().getByRole('radio').first().check();
  await told('Rita Rescheduled', 'gets an update');
  await act('Reschedule');
  await done();
  assert.notEqual((await ours.get(id)).events[0]?.start, before.events[0]?.start);
  app.quiet();
});

test('an interviewer is replaced by one of those who may, ranked with reasons', async () => {
  const { id } = await open('Paul Replaced');
  await seat.page.getByRole('button', { name: 'Replace Alan Turing in Design' }).click();
  await dialog().getByRole('radio', { name: 'Barbara Liskov' }).check();
  await told('Alan Turing', 'gets a cancellation');
  await told('Barbara Liskov', 'gets an invite');
  await told('Edsger Dijkstra', 'hears nothing');
  await seat.looksRight();
  await act('Replace');
  await done();
  assert.equal((await ours.get(id)).events[0]?.seats[0]?.name, 'Barbara Liskov');
  app.quiet();
});

test('an event is added, edited and removed', async () => {
  const { id, at } = await open('Eva Events');
  await choose('Change', 'Add an event');
  await dialog().getByLabel('Title').fill('Lunch');
  await dialog().getByLabel('Starts').fill(berlin(at(4)));
  await told('Eva Events', 'gets an update');
  await seat.looksRight();
  await act('Add the event');
  await done();
  await choose('Change Lunch', 'Edit title, length and place');
  await dialog().getByLabel('Title').fill('A long lunch');
  await told('Alan Turing', 'hears nothing');
  await act('Save the event');
  await done();
  await choose('Change A long lunch', 'Remove the event');
  await told('Eva Events', 'gets an update');
  await act('Remove the event');
  await done();
  assert.deepEqual((await ours.get(id)).events.map(({ name }) => name), ['Design', 'Coding']);
  app.quiet();
}); // prettier-ignore

test('a new link takes the place of an old one, and its readers are told', async () => {
  const { id } = await open('Lena Link');
  const design = seat.page.getByRole('article', { name: 'Design' });
  const before = (await design.getByRole('link').textContent()) ?? '';
  await design.getByRole('button', { name: /^New link/ }).click();
  await told('Alan Turing', 'gets an update');
  await told('Edsger Dijkstra', 'hears nothing');
  await seat.looksRight();
  await act('Make a new link');
  await done();
  await ours.panel.settled(id);
  await until('the new link is shown', async () => (await design.getByRole('link').textContent()) !== before);
  app.quiet();
}); // prettier-ignore

test('texts are changed for this interview alone', async () => {
  const { id } = await open('Tina Texts');
  await choose('Change', 'Change the texts');
  const title = dialog().getByRole('textbox', { name: 'Candidate’s invite: title' });
  await title.and(seat.page.locator('[contenteditable=true]')).waitFor();
  await title.fill('Your day with us');
  await told('Tina Texts', 'gets an update');
  await told('Alan Turing', 'hears nothing');
  await seat.looksRight();
  await act('Save the texts');
  await done();
  const { texts } = await app.world.api.get<{ texts: { candidateInvite: { title: string } } }>(`/interviews/${id}`);
  assert.equal(texts.candidateInvite.title, 'Your day with us');
  app.quiet();
}); // prettier-ignore

test('it is cancelled everywhere with a reason, and only whom the coordinator chose is told', async () => {
  const { id } = await open('Carl Cancelled');
  await choose('Change', 'Cancel the interview');
  await dialog().getByLabel('Reason').fill('The role is filled');
  await told('Carl Cancelled', 'gets a cancellation');
  await dialog().getByLabel('Tell the candidate').uncheck();
  await told('Carl Cancelled', 'hears nothing');
  await seat.looksRight();
  await act('Cancel the interview');
  await done();
  await seat.page.getByText('The role is filled', { exact: true }).waitFor();
  assert.equal((await ours.get(id)).state, 'cancelled');
  assert.equal(await seat.page.getByRole('button', { name: 'Change', exact: true }).count(), 0);
  app.quiet();
});

test('a hold is confirmed, and only then the candidate hears of it', async () => {
  const { id } = await open('Holly Hold', { state: 'hold' });
  await seat.page.getByText('On hold', { exact: true }).waitFor();
  await seat.page.getByRole('button', { name: 'Confirm' }).click();
  await told('Holly Hold', 'gets an invite');
  await act('Confirm');
  await done();
  await seat.page.getByText('Scheduled', { exact: true }).waitFor();
  assert.equal((await ours.get(id)).state, 'confirmed');
  app.quiet();
});

test('two coordinators at once: what the other did is told, and nothing typed is lost', async () => {
  const { id, at } = await open('Tom Together');
  await choose('Change', 'Cancel the interview');
  await dialog().getByLabel('Reason').fill('No longer needed');
  await ours.panel.act(id, 'move', { eventId: 'e2', start: at(5) });
  await dialog().getByText('Somebody changed it meanwhile').waitFor();
  await dialog().getByText('moved an event', { exact: false }).waitFor();
  await seat.looksRight();
  await act('Go on with what it is now');
  assert.equal(await dialog().getByLabel('Reason').inputValue(), 'No longer needed');
  await told('Tom Together', 'gets a cancellation');
  await act('Cancel the interview');
  await done();
  assert.equal((await ours.get(id)).state, 'cancelled');
  app.quiet();
});

test('while nothing has been sent, all of it is undone', async () => {
  const { id } = await ours.schedule('Una Undone', { undoSeconds: 60 });
  await seat.open(`/interviews/${id}`);
  await seat.page.getByText('Nothing has been sent yet').waitFor();
  await seat.looksRight();
  await seat.page.getByRole('button', { name: 'Undo' }).click();
  await seat.page.getByRole('heading', { name: 'Interviews' }).waitFor();
  const gone = await app.world.api.call('GET', `/interviews/${id}`);
  assert.equal(gone.status, 404);
  seat.expect(404);
  app.quiet();
});
