/** Whatever changes about an interview reaches Ashby: each change once, in the words of its contract. */
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtAshby } from './newcomers.ts';
import { linksIn, panelOf, seat } from './panel.ts';
import { ashbyOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({ sandbox: { only: ['ashby'], candidates: 2 } });
const hub = hubOf(world);
const ashby = ashbyOf(world);
const panel = panelOf(world);
const connectionId = await hub.connect('ashby');
const person = (name: string) =>
  panel.person(name, { email: `${name.toLowerCase().replace(' ', '.')}@northwind.example` });
const rosa = await person('Rosa Marin');
const kenji = await person('Kenji Ito');
const maya = await person('Maya Osei');
const [job] = await hub.choices(connectionId, 'jobs');
const [standard, scorecard, design] = await until('the feedback forms were read', async () => {
  const forms = await hub.choices(connectionId, 'feedback-forms');
  return ['Interview', 'Technical Interview', 'System Design'].map((title) =>
    forms.find(({ name }) => name.startsWith(`${title} (`)),
  );
});

after(() => world.close());
// What one test leaves under way would count in the next.
beforeEach(() => hub.quiet());

interface Standing {
  id: string;
  status: string;
  applicationId: string;
  events: Array<{
    id: string;
    start: number;
    interviewId: string;
    interviewers: Array<{ userId: string }>;
  }>;
}

const users = (world.emulator('ashby').snapshot() as { users: Array<{ id: string; email: string }> })
  .users; // prettier-ignore
const userOf = (name: string): string =>
  users.find(({ email }) => email.startsWith(name))?.id ?? 'nobody';

/** The one schedule that a candidacy has in Ashby, its events in order. */
const standingOf = (applicationId: string): Standing => {
  const { schedules } = world.emulator('ashby').snapshot() as { schedules: Standing[] };
  const [standing, ...others] = schedules.filter((one) => one.applicationId === applicationId);
  assert.ok(standing);
  assert.deepEqual(others, [], 'a change never makes a second one');
  return { ...standing, events: standing.events.toSorted((a, b) => a.start - b.start) };
};

interface Write {
  endpoint: string;
  body: Record<string, unknown>;
}

/** What was written about interviews since the last look. */
const writesSince = (from: number): Write[] =>
  world
    .emulator('ashby')
    .requests.slice(from)
    .filter(({ path }) => /interviewSchedule\.(create|update|cancel)/.test(path))
    .map(({ path, body }) => ({
      endpoint: path.split('/').at(-1) ?? '',
      body: JSON.parse(body) as Record<string, unknown>,
    }));

const schedule = async (name: string, day: number, forms: Record<string, unknown> = {}) => {
  const application = await applyAtAshby(world, ashby, name, { job: job?.id ?? '' });
  const interviewerInvite = { title: '$Event.Name', body: 'Feedback: $Event.Feedback.Link' };
  const { id } = await panel.schedule({
    connectionId,
    candidateId: application.id,
    layer: { texts: { interviewerInvite, candidateMail: null } },
    events: [
      { name: 'Coding', minutes: 60, start: panel.at(24 * day), seats: [seat(rosa)], ...forms },
      { name: 'Design', minutes: 60, start: panel.at(24 * day + 1), seats: [seat(kenji)] },
    ],
  });
  await panel.settled(id);
  await hub.quiet();
  return { id, application, before: standingOf(application.id) };
};

/** Changes the interview, waits for all that follows, and tells what was written of it. */
const change = async (id: string, act: string, body: Record<string, unknown>): Promise<Write[]> => {
  const from = world.emulator('ashby').requests.length;
  await panel.act(id, act, body);
  await panel.settled(id);
  // Ashby tells the hub of its own changes; nothing follows from that.
  await hub.quiet();
  return writesSince(from);
};

/** Every event as Ashby has it, under its id: nothing is added and nothing taken away. */
const assertRewritten = (writes: Write[], { id, events }: Standing): void => {
  assert.deepEqual(
    writes.map(({ endpoint }) => endpoint),
    ['interviewSchedule.update'],
  );
  const [body] = writes.map((one) => one.body);
  assert.deepEqual(Object.keys(body ?? {}), ['interviewScheduleId', 'interviewEvent']);
  assert.equal(body?.['interviewScheduleId'], id);
  const written = body['interviewEvent'] as Array<{ interviewEventId?: string }>;
  assert.deepEqual(
    written.map(({ interviewEventId }) => interviewEventId).sort(),
    events.map((event) => event.id).sort(),
  );
};

test('an event moves: one write, and it keeps its id, its people and its form', async () => {
  const { id, application, before } = await schedule('Mo Moved', 0);
  const writes = await change(id, 'move', { eventId: 'e1', start: panel.at(5) });
  assertRewritten(writes, before);
  const [coding, talk] = before.events;
  assert.ok(coding && talk);
  const [first, second] = standingOf(application.id).events;
  assert.partialDeepStrictEqual(first, { id: talk.id, start: talk.start });
  assert.partialDeepStrictEqual(second, {
    ...coding,
    start: Date.parse(panel.at(5)),
    end: Date.parse(panel.at(6)),
    updatedAt: (second as object as { updatedAt: number }).updatedAt,
  });
});

test('an interviewer is replaced: the event and its feedback link stay, the other one gets them', async () => {
  const { id, application, before } = await schedule('Rae Replaced', 1);
  const link = (await ashby.schedules(application.id))[0]?.interviewEvents[0]?.feedbackLink ?? '?';
  const writes = await change(id, 'replace', { eventId: 'e1', personId: rosa, byPersonId: maya });
  assertRewritten(writes, before);
  const [event, other] = standingOf(application.id).events;
  assert.equal(event?.id, before.events[0]?.id);
  assert.deepEqual(
    event?.interviewers.map(({ userId }) => userId),
    [userOf('maya')],
  );
  assert.deepEqual(other?.interviewers, before.events[1]?.interviewers);
  const invite = (await panel.mails(id)).findLast(
    ({ to, calendar }) => to.startsWith('maya') && calendar?.method === 'REQUEST',
  );
  assert.deepEqual(linksIn(invite?.text ?? ''), [link]);
});

test('a feedback form is chosen, changed and given up: the page behind the same link has it', async () => {
  const { id, application, before } = await schedule('Flo Form', 2);
  const link = `/ashby/interview-briefings/${before.events[0]?.id ?? ''}/feedback`;
  const mails = (await panel.mails(id)).length;
  for (const [form, title] of [
    [scorecard, 'Coding scorecard'],
    [design, 'Design scorecard'],
    [null, 'General feedback'],
  ] as const) {
    const writes = await change(id, 'event', { eventId: 'e1', feedbackFormId: form?.id ?? null });
    assertRewritten(writes, before);
    const [event, other] = standingOf(application.id).events;
    assert.equal(event?.interviewId, (form ?? standard)?.id);
    assert.deepEqual(other?.interviewId, standard?.id);
    assert.ok((await world.page(link)).includes(`Form: ${title}`));
  }
  assert.equal((await panel.mails(id)).length, mails, 'nobody has to be told');
});

test('the form of a person goes with the person', async () => {
  const { id, application, before } = await schedule('Per Person', 3, {
    seats: [seat(rosa, { feedbackFormId: scorecard?.id })],
  });
  assert.equal(before.events[0]?.interviewId, scorecard?.id);
  const writes = await change(id, 'event', {
    eventId: 'e1',
    removeSeats: [rosa],
    addSeats: [seat(maya, { feedbackFormId: design?.id })],
  });
  assertRewritten(writes, before);
  const [event] = standingOf(application.id).events;
  assert.partialDeepStrictEqual(event, { id: before.events[0]?.id, interviewId: design?.id });
  assert.deepEqual(
    event?.interviewers.map(({ userId }) => userId),
    [userOf('maya')],
  );
});

test('an event is added and one removed: each of both is written once, the rest stays', async () => {
  const { id, application, before } = await schedule('Eve Event', 4);
  const added = { name: 'Talk', minutes: 30, start: panel.at(4 * 24 + 3), seats: [seat(maya)] };
  const [write, ...more] = await change(id, 'add-event', { event: added });
  assert.deepEqual(more, []);
  const sent = write?.body['interviewEvent'] as Array<{ interviewEventId?: string }>;
  assert.equal(sent.filter((one) => one.interviewEventId === undefined).length, 1);
  const three = standingOf(application.id).events.map((event) => event.id);
  assert.deepEqual(three.slice(0, 2), before.events.map((event) => event.id)); // prettier-ignore
  assert.equal(three.length, 3);
  const writes = await change(id, 'remove-event', { eventId: 'e2' });
  const removals = writes.filter(({ body }) => 'interviewEventIdToCancel' in body);
  assert.deepEqual(removals, [
    {
      endpoint: 'interviewSchedule.update',
      body: { interviewScheduleId: before.id, interviewEventIdToCancel: [three[1]] },
    },
  ]);
  assert.ok(writes.every(({ endpoint }) => endpoint === 'interviewSchedule.update'));
  assert.ok(writes.length <= 2);
  assert.deepEqual(
    standingOf(application.id).events.map((event) => event.id),
    [three[0], three[2]],
  );
});

test('an event whose write was done but never answered is not added twice', async () => {
  const { id, application } = await schedule('Ann Answer', 5);
  const match = 'interviewSchedule.update';
  world.emulator('ashby').faults.push({ kind: 'drop_after', match, times: 1 });
  const added = { name: 'Talk', minutes: 30, start: panel.at(5 * 24 + 3), seats: [seat(maya)] };
  const [lost, again, ...more] = await change(id, 'add-event', { event: added });
  assert.ok(lost);
  assert.deepEqual(more, []);
  assertRewritten(again ? [again] : [], standingOf(application.id));
  assert.equal(standingOf(application.id).events.length, 3);
});

test('the interview is cancelled: once, and by its id', async () => {
  const { id, application, before } = await schedule('Cy Cancelled', 6);
  assert.deepEqual(await change(id, 'cancel', {}), [
    { endpoint: 'interviewSchedule.cancel', body: { id: before.id } },
  ]);
  assert.equal(standingOf(application.id).status, 'Cancelled');
});
