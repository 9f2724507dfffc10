/** Changes of an interview by hand: each says who will hear of it before it happens. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { leverOf } from '../vendors.ts';
import { until } from '../world.ts';
import { openApp, type App, type Seat } from './app.ts';
import { seat as sit } from '../panel.ts';
import { interviewsOf, type Interviews } from './interviews.ts';

let app: App;
let ours: Interviews;
let seat: Seat;

before(async () => {
  app = await openApp({
    sandbox: { only: ['lever', 'codeinterview', 'codesignal'] },
    env: { LOOPWRIGHT_REPLIES: 'api' },
  });
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

test('a conflict offers other times, or is taken on knowingly and with a reason', async () => {
  const { page } = seat;
  const other = await ours.schedule('Otto Other');
  await open('Carla Conflict');
  await choose('Change Design', 'Move the event');
  const byHand = dialog().getByLabel('Or start by hand at');
  await byHand.fill(berlin(other.at(0)));
  await dialog().getByText('Something speaks against it').waitFor();
  await seat.looksRight();
  await dialog().getByRole('group', { name: 'The next best' }).getByRole('button').first().click();
  await dialog().getByText('Something speaks against it').waitFor({ state: 'detached' });
  await told('Alan Turing', 'gets an update');
  assert.notEqual(await byHand.inputValue(), berlin(other.at(0)));

  await byHand.fill(berlin(other.at(0)));
  await dialog().getByLabel('Even though somebody sits in another interview then').check();
  await told('Alan Turing', 'gets an update');
  const move = dialog().getByRole('button', { name: 'Move the event', exact: true });
  assert.ok(await move.isDisabled(), 'nobody said why');
  await dialog().getByLabel('Why').fill('Both are short');
  await move.click();
  await done();
  const happened = page.getByRole('list', { name: 'What happened' });
  await happened.getByText('Even though somebody sits in another interview then: “Both are short”').waitFor();
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
  const happened = seat.page.getByRole('list', { name: 'What happened' });
  await happened.getByText('Design · Barbara Liskov instead of Alan Turing').waitFor();
  app.quiet();
});

test('an event is added, edited and removed', async () => {
  const { id, at } = await open('Eva Events');
  await choose('Change', 'Add an event');
  await dialog().getByLabel('Title').fill('Lunch');
  await dialog().getByRole('button', { name: 'Add a seat' }).click();
  await dialog().getByRole('combobox', { name: 'Seat 1' }).fill('Barbara');
  await seat.page.getByRole('option', { name: 'Barbara Liskov' }).click();
  await dialog().getByLabel('Starts').fill(berlin(at(4)));
  await told('Eva Events', 'gets an update');
  await told('Barbara Liskov', 'gets an invite');
  await seat.looksRight();
  await act('Add the event');
  await done();
  await choose('Change Lunch', 'Edit the event');
  await dialog().getByLabel('Title').fill('A long lunch');
  await told('Barbara Liskov', 'gets an update');
  await dialog().getByRole('button', { name: 'Take Barbara Liskov out of Lunch' }).click();
  await dialog().getByRole('button', { name: 'Add a seat' }).click();
  await dialog().getByRole('combobox', { name: 'Seat 1' }).fill('Edsger');
  await seat.page.getByRole('option', { name: 'Edsger Dijkstra' }).click();
  await dialog().getByLabel('Title').focus();
  await told('Barbara Liskov', 'gets a cancellation');
  await told('Edsger Dijkstra', 'gets an invite');
  await told('Alan Turing', 'hears nothing');
  await seat.looksRight();
  await act('Save the event');
  await done();
  const lunch = (await ours.get(id)).events[2];
  assert.deepEqual([lunch?.name, lunch?.seats.map(({ name }) => name)], ['A long lunch', ['Edsger Dijkstra']]);
  await choose('Change A long lunch', 'Remove the event');
  await told('Eva Events', 'gets an update');
  await act('Remove the event');
  await done();
  assert.deepEqual((await ours.get(id)).events.map(({ name }) => name), ['Design', 'Coding']);
  app.quiet();
}); // prettier-ignore

test('another template is chosen for all of an interview, and one of its own for an event', async () => {
  const { page } = seat;
  const { name } = await app.world.api.get<{ name: string }>(`/connections/${await ours.hub.connect('codesignal')}`);
  const interviewerInvite = { title: '$Event.Name', body: '$Event.CodeSignal.Live.Link' };
  const { id } = await open('Cody Chosen', { layer: { interviewName: 'Onsite', texts: { interviewerInvite } } });
  const pick = async (template: string): Promise<void> => {
    await dialog().getByRole('combobox', { name: `What ${name} opens` }).click();
    await page.getByRole('option', { name: template }).click();
    await dialog().getByText('gives way to a new one', { exact: false }).waitFor();
  };
  await choose('Change', 'Choose templates or tests');
  await pick('Pair programming');
  await told('Alan Turing', 'gets an update');
  await told('Edsger Dijkstra', 'gets an update');
  await seat.looksRight();
  await act('Save the choices');
  await done();
  await ours.panel.settled(id);
  await choose('Change Design', 'Edit the event');
  await pick('System design');
  await told('Alan Turing', 'gets an update');
  await told('Edsger Dijkstra', 'hears nothing');
  await act('Save the event');
  await done();
  await ours.panel.settled(id);
  await page.getByRole('article', { name: 'Design' }).getByText('System design', { exact: false }).waitFor();
  await page.getByRole('article', { name: 'Coding' }).getByText('Pair programming', { exact: false }).waitFor();
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

test('a draft whose time has gone is confirmed at one that is offered instead', async () => {
  const { page } = seat;
  const { id, at } = await ours.schedule('Dora Draft', { state: 'draft' });
  const [design] = (await ours.get(id)).events;
  const events = [{ name: 'Talk', minutes: 60, start: at(0), seats: [sit(ours.alan)] }];
  await ours.schedule('Tia Taken', { events });
  await seat.open(`/interviews/${id}`);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await dialog().getByText('Something speaks against it').waitFor();
  await dialog().getByRole('group', { name: 'The next best' }).getByRole('button').first().click();
  await dialog()
    .getByText(/^Instead: Design: /)
    .waitFor();
  await told('Dora Draft', 'gets an invite');
  await act('Confirm');
  await done();
  const now = await ours.get(id);
  assert.equal(now.state, 'confirmed');
  assert.notEqual(now.events[0]?.start, design?.start);
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
  // The page may hear that it is gone before it hears that the undoing is done.
  seat.expect(404);
  await seat.page.getByRole('button', { name: 'Undo' }).click();
  await seat.page.getByRole('heading', { name: 'Interviews' }).waitFor();
  const gone = await app.world.api.call('GET', `/interviews/${id}`);
  assert.equal(gone.status, 404);
  app.quiet();
});

const flagged = (title: string) => seat.page.getByRole('alert').filter({ hasText: title });

test('an interview that was cancelled in the ATS is put back from where that is told', async () => {
  const { candidate, id } = await open('Pat Put-Back');
  const [made] = await leverOf(app.world).panels(candidate.id);
  await app.world.form(`/lever/candidates/${candidate.id}/panels/${made?.id ?? ''}/cancel`);
  await flagged('Cancelled in').getByRole('button', { name: 'Put it back' }).click();
  await act('Put it back');
  await done();
  await flagged('Cancelled in').waitFor({ state: 'detached' });
  assert.equal((await ours.get(id)).flag, null);
  app.quiet();
});

test('who declined is replaced from where that is told; after the candidate’s no it is rescheduled', async () => {
  const { id } = await open('Dana Declined');
  await ours.decline(id, 'Alan Turing');
  const alert = flagged('An interviewer declined');
  await alert.getByText('Alan Turing').waitFor();
  await ours.decline(id, 'Dana Declined');
  await flagged('Dana Declined declined').getByRole('button', { name: 'Reschedule all of it' }).waitFor();
  await seat.looksRight();
  await alert.getByRole('button', { name: 'Replace Alan Turing in Design' }).click();
  await dialog().getByRole('radio', { name: 'Barbara Liskov' }).check();
  await act('Replace');
  await done();
  await alert.waitFor({ state: 'detached' });
  app.quiet();
}); // prettier-ignore

test('what could not be done is told, and a person decides about it where it happened', async () => {
  const { page } = seat;
  app.world.emulator('codeinterview').faults.push({ kind: 404, match: 'POST', times: 1 });
  const { id } = await ours.schedule('Fay Failed');
  await seat.open(`/interviews/${id}`);
  await page.getByText('One thing could not be done').waitFor();
  await seat.looksRight();
  const stopped = page.getByRole('status').filter({ hasText: 'One thing could not be done' });
  await stopped.getByRole('button', { name: /^Try again/ }).click();
  await page.getByText('One thing could not be done').waitFor({ state: 'detached' });
  await ours.panel.settled(id);
  app.quiet();
});

test('who cannot come any more is told with the ways out, as soon as it is known', async () => {
  const { page } = seat;
  const events = [
    { name: 'Talk', minutes: 60, start: ours.panel.at(12), seats: [sit(ours.barbara)] },
  ];
  await ours.schedule('Hale Healthy', { events });
  const { id } = await open('Connie Conflicting');
  const left = {
    name: 'Edsger Dijkstra',
    email: 'edsger.dijkstra@example.com',
    zone: 'Europe/Berlin',
    active: false,
  };
  const { status } = await app.world.api.call('PUT', `/people/${ours.edsger}`, left);
  assert.equal(status, 200);
  const alert = flagged('Somebody cannot come');
  await alert.getByText('is no longer an active interviewer', { exact: false }).waitFor();
  await alert.getByRole('button', { name: 'Move the event Coding' }).waitFor();
  await seat.looksRight();
  await seat.open('/interviews');
  await page.getByLabel('Status').and(page.locator('input')).click();
  await page.getByRole('option', { name: 'Somebody cannot come' }).click();
  const rows = page.getByRole('list', { name: 'Interviews' }).getByRole('listitem');
  await rows.filter({ hasText: 'Hale Healthy' }).waitFor({ state: 'detached' });
  await rows.getByRole('link', { name: 'Connie Conflicting' }).click();
  await alert.getByRole('button', { name: 'Replace Edsger Dijkstra in Coding' }).click();
  await dialog().getByRole('radio', { name: 'Barbara Liskov' }).check();
  await act('Replace');
  await done();
  await alert.waitFor({ state: 'detached' });
  assert.equal((await ours.get(id)).events[1]?.seats[0]?.name, 'Barbara Liskov');
  await page.getByText('Changed', { exact: true }).waitFor();
  app.quiet();
});
