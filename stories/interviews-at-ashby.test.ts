/** An interview is scheduled for a candidate in Ashby, moved, called off there and put back. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtAshby } from './newcomers.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { ashbyOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({ sandbox: { only: ['ashby', 'codeinterview'], candidates: 4 } });
const hub = hubOf(world);
const ashby = ashbyOf(world);
const panel = panelOf(world);
const connectionId = await hub.connect('ashby');
await hub.connect('codeinterview');
// Interviewers must be Ashby's users.
const rosa = await panel.person('Rosa Marin', { email: 'rosa.marin@northwind.example' });
const kenji = await panel.person('Kenji Ito', { email: 'kenji.ito@northwind.example' });
const [job] = await hub.choices(connectionId, 'jobs');

after(() => world.close());

const interviewerInvite = {
  title: '$Event.Name: $Candidate.FullName',
  body: 'Room: $Event.CodeInterview.Live.Link\nFeedback: $Event.Feedback.Link',
};

const schedule = async (name: string, at: number) => {
  const application = await applyAtAshby(world, ashby, name, { job: job?.id ?? '' });
  const { id } = await panel.schedule({
    connectionId,
    candidateId: application.id,
    layer: { texts: { interviewerInvite } },
    events: [
      { name: 'Coding', minutes: 60, start: panel.at(at), seats: [seat(rosa)] },
      { name: 'Design', minutes: 60, start: panel.at(at + 1), seats: [seat(kenji)] },
    ],
  });
  await panel.settled(id);
  return { id, application };
};

/** The newest invite that somebody got. */
const inviteOf = async (id: string, to: string): Promise<string> => {
  const mails = await panel.mails(id);
  return mails.findLast((mail) => mail.calendar !== null && mail.to.startsWith(to))?.text ?? '';
};

const linksOf = async (applicationId: string): Promise<string[]> => {
  const schedule = (await ashby.schedules(applicationId)).at(-1);
  return schedule?.interviewEvents.map(({ feedbackLink }) => feedbackLink) ?? [];
};

test('stands in Ashby with its events, and each interviewer’s invite has their feedback link', async () => {
  const { id, application } = await schedule('Ada Ashby', 0);
  const [standing, ...others] = await ashby.schedules(application.id);
  assert.equal(others.length, 0);
  assert.deepEqual(
    standing?.interviewEvents.map(({ startTime }) => startTime),
    [panel.at(0), panel.at(1)],
  );
  const [coding = '?', design = '?'] = await linksOf(application.id);
  assert.ok((await inviteOf(id, 'rosa')).includes(coding));
  assert.ok((await inviteOf(id, 'kenji')).includes(design));
  for (const mail of await panel.mails(id))
    if (mail.to === application.email) assert.doesNotMatch(mail.text + mail.html, /briefings/);
  const room = /Room: (\S+)/.exec(await inviteOf(id, 'rosa'))?.[1] ?? '?';
  const notes = await ashby.notes(application.candidate.id);
  assert.ok(notes.join().includes(room), 'Ashby has no place for the room but a note');
});

test('keeps schedule and links when an event is moved', async () => {
  const { id, application } = await schedule('Mo Moved', 24);
  const links = await linksOf(application.id);
  await panel.act(id, 'move', { eventId: 'e2', start: panel.at(28) });
  await until('Ashby shows the new time', async () => {
    const [standing] = await ashby.schedules(application.id);
    return standing?.interviewEvents[1]?.startTime === panel.at(28);
  });
  await panel.settled(id);
  assert.equal((await ashby.schedules(application.id)).length, 1);
  assert.deepEqual(await linksOf(application.id), links);
});

test('is flagged when it is called off in Ashby, and put back with new links', async () => {
  const { id, application } = await schedule('Cal Off', 48);
  const [standing] = await ashby.schedules(application.id);
  assert.ok(standing);
  await ashby.cancelSchedule(application, standing);
  await until('the interview is flagged', async () => {
    const { flag } = await world.api.get<Interview>(`/interviews/${id}`);
    return flag === 'cancelled_in_ats';
  });
  await panel.act(id, 'put-back');
  await until('there is a new schedule', async () => (await linksOf(application.id)).length === 2);
  const [coding = '?'] = await linksOf(application.id);
  await until('the invite has the new link', async () =>
    (await inviteOf(id, 'rosa')).includes(coding),
  );
  await panel.settled(id);
  assert.deepEqual(
    (await ashby.schedules(application.id)).map(({ status }) => status),
    ['Cancelled', 'Scheduled'],
  );
});

test('is taken out of Ashby when it is cancelled', async () => {
  const { id, application } = await schedule('Cy Cancelled', 72);
  await panel.act(id, 'cancel');
  await until('Ashby has no interview any more', async () => {
    const [standing] = await ashby.schedules(application.id);
    return standing?.status === 'Cancelled';
  });
});

test('keeps an event in Ashby that has feedback, and a person decides', async () => {
  const { id, application } = await schedule('Fee Dback', 96);
  const [standing] = await ashby.schedules(application.id);
  const [coding] = standing?.interviewEvents ?? [];
  assert.ok(coding);
  await world.form(`/ashby/interview-briefings/${coding.id}/feedback`, {
    interviewer: coding.interviewerUserIds[0] ?? '',
  });
  await panel.act(id, 'remove-event', { eventId: 'e1' });
  const stopped = await until('it is stopped and shown', async () =>
    (await world.api.get<Interview>(`/interviews/${id}`)).effects.find(
      ({ state }) => state === 'failed',
    ),
  );
  assert.match(stopped.error?.text ?? '', /submitted feedback.*Cancel the event in Ashby/);
  const kept = (await ashby.schedules(application.id)).at(-1)?.interviewEvents ?? [];
  assert.deepEqual(
    kept.map((event) => [event.id === coding.id, event.hasSubmittedFeedback]),
    [
      [true, true],
      [false, false],
    ],
  );
});
