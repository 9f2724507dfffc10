/** What an interview holds is changed after it was scheduled: its events, and what its links lead to. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { field, linksIn, panelOf, seat, type Mail } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'codesignal'], candidates: 2 } });
const hub = hubOf(world);
const panel = panelOf(world);
await joinLever(world, 'Alan Turing', 'Barbara Liskov', 'Carla Conway');
const connectionId = await hub.connect('lever');
const platformId = await hub.connect('codesignal');
const posting = (await leverOf(world).postings())[0]?.id ?? '';
const people = [await panel.person('Alan Turing'), await panel.person('Barbara Liskov')];
const carla = await panel.person('Carla Conway', { tags: ['design'] });
const [first, second] = await hub.choices(platformId, 'templates');
const templateOf = (id?: string) => [{ connectionId: platformId, kind: 'template', id }];

after(() => world.close());

interface Session {
  id: string;
  status: string;
  templateId: string | null;
}

interface Ats {
  id: string;
  subject: string;
  duration: number;
  feedbackTemplate: string | null;
  interviewers: Array<{ id: string }>;
}

const rooms = (): Session[] =>
  (world.emulator('codesignal').snapshot() as { interviews: Session[] }).interviews.filter(
    ({ status }) => status !== 'deleted',
  );

const schedule = async (name: string, day: number) => {
  const candidate = await applyAtLever(world, name, { posting });
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: {
      texts: {
        interviewerInvite: { title: '$Event.Name', body: '$Event.Location\n$Event.CodeSignal.Live.Link' },
        candidateInvite: { title: 'Your day', body: '$Interview.Itinerary\n$Event.CodeSignal.Live.Link' },
        candidateMail: null,
      },
      coding: templateOf(first?.id),
    },
    events: people.map((person, index) => ({
      name: `Event ${String(index + 1)}`,
      minutes: 60,
      start: panel.at(day * 24 + index * 2),
      seats: [seat(person)],
    })),
  });
  await panel.settled(id);
  return { id, candidate, mails: await panel.mails(id) };
}; // prettier-ignore

const panelsOf = (opportunity: string) =>
  (
    world.emulator('lever').snapshot() as {
      panels: Array<{ id: string; opportunity: string; interviews: Ats[] }>;
    }
  ).panels.filter((one) => one.opportunity === opportunity); // prettier-ignore

const newestTo = (mails: Mail[], to: string): Mail | undefined => mails.findLast((mail) => mail.to === to); // prettier-ignore

test('an event gets another name, length and place: the ATS follows, and only its people are told', async () => {
  const { id, candidate, mails } = await schedule('Ned Renamed', 0);
  const [before] = panelsOf(candidate.id);
  await panel.act(id, 'event', { eventId: 'e2', name: 'System design', minutes: 90, location: 'Room 5' }); // prettier-ignore
  await panel.settled(id);
  const [now, ...others] = panelsOf(candidate.id);
  assert.deepEqual(others, []);
  assert.equal(now?.id, before?.id);
  assert.deepEqual(
    now?.interviews.map((one) => [one.id, one.subject, one.duration]),
    before?.interviews.map((one, index) => [one.id, ...(index === 1 ? ['System design', 90] : [one.subject, 60])]),
  );
  const all = await panel.mails(id);
  const told = all.slice(mails.length).map(({ to }) => to);
  assert.deepEqual(told.sort(), ['barbara.liskov@example.com', candidate.email].sort());
  const invite = newestTo(all, 'barbara.liskov@example.com');
  assert.ok(invite);
  assert.equal(invite.subject, 'System design');
  assert.match(invite.text, /Room 5/);
  const [was] = mails.filter(({ to }) => to === 'barbara.liskov@example.com');
  assert.ok(was);
  assert.equal(field(invite, 'UID'), field(was, 'UID'));
  assert.equal(field(invite, 'SEQUENCE'), '1');
  assert.deepEqual(linksIn(invite.text), linksIn(was.text), 'its room stays');
}); // prettier-ignore

test('an event gets other people, a form and a template of its own: who is concerned is told, once', async () => {
  const [form] = await hub.choices(connectionId, 'feedback-forms');
  const pool = await world.api.post<{ id: string }>('/pools', { name: 'Design', expression: 'design' });
  const standing = rooms().map((one) => one.id);
  const { id, candidate, mails } = await schedule('Sue Seats', 5);
  const before = rooms().filter((one) => !standing.includes(one.id));
  const [was] = panelsOf(candidate.id);
  const wish = {
    eventId: 'e1',
    minutes: 30,
    feedbackFormId: form?.id,
    removeSeats: [people[0]],
    addSeats: [{ from: { kind: 'pool', poolId: pool.id, count: 1 } }],
    coding: templateOf(second?.id),
  };
  const { foreseen } = await panel.act(id, 'event', { ...wish, dryRun: true });
  assert.deepEqual(
    foreseen?.told.map(({ name, acts }) => [name, ...acts]),
    [['Sue Seats', 'update'], ['Alan Turing', 'remove'], ['Barbara Liskov'], ['Carla Conway', 'create']],
  );
  assert.deepEqual(
    foreseen.outside.map(({ kind, act }) => `${kind} ${act}`).sort(),
    ['ats_interview update', 'live_session create', 'live_session remove'],
  );
  await panel.act(id, 'event', wish);
  await panel.settled(id);
  const [now, ...others] = panelsOf(candidate.id);
  assert.deepEqual(others, []);
  assert.equal(now?.id, was?.id);
  const [e1, e2] = now?.interviews ?? [];
  assert.deepEqual([e1?.id, e1?.duration, e1?.feedbackTemplate], [was?.interviews[0]?.id, 30, form?.id]);
  assert.notDeepEqual(e1?.interviewers, was?.interviews[0]?.interviewers);
  assert.equal(e1?.interviewers.length, 1);
  assert.deepEqual(e2, was?.interviews[1]);
  const after = rooms().filter((one) => !standing.includes(one.id));
  assert.deepEqual(after.map((one) => one.templateId).sort(), [first?.id, second?.id].sort());
  assert.equal(after.filter((one) => before.some((old) => old.id === one.id)).length, 1, 'the other room stays');
  const { items: changes } = await world.api.get<{ items: Array<{ act: string; detail: object }> }>(`/interviews/${id}/changes`);
  assert.deepEqual(changes.at(-1)?.detail, { event: 'Event 1', changed: ['minutes', 'form', 'people', 'coding'] });
  const told = (await panel.mails(id)).slice(mails.length);
  assert.deepEqual(
    told.map((mail) => `${mail.to} ${mail.calendar?.method ?? ''}`).sort(),
    ['alan.turing@example.com CANCEL', 'carla.conway@example.com REQUEST', `${candidate.email} REQUEST`].sort(),
  );
  assert.equal(field(newestTo(told, candidate.email) as Mail, 'SEQUENCE'), '1');

  await panel.act(id, 'event', { ...wish, removeSeats: [], addSeats: [] });
  await panel.settled(id);
  assert.deepEqual(rooms().filter((one) => !standing.includes(one.id)), after);
  assert.equal((await panel.mails(id)).length, mails.length + told.length);
  await panel.act(id, 'coding', { coding: templateOf(second?.id) });
  await panel.settled(id);
  const last = rooms().filter((one) => !standing.includes(one.id));
  assert.deepEqual(last.map((one) => one.templateId), [second?.id, second?.id]);
  assert.equal(last.filter((one) => after.some((old) => old.id === one.id)).length, 1, 'its own template stays');
  const event = { name: 'One more', minutes: 30, start: panel.at(5 * 24 + 5), seats: [seat(carla)], coding: templateOf(first?.id) };
  await panel.act(id, 'add-event', { event });
  await panel.settled(id);
  const more = rooms().filter((one) => !standing.includes(one.id) && !last.some((old) => old.id === one.id));
  assert.deepEqual(more.map((one) => one.templateId), [first?.id]);
}); // prettier-ignore

test('another template is another room: the old ones go, the new ones are in every invite, once', async () => {
  const standing = rooms().map((one) => one.id);
  const { id, candidate, mails } = await schedule('Tom Template', 1);
  const before = rooms().filter((one) => !standing.includes(one.id));
  assert.deepEqual(before.map((one) => one.templateId), [first?.id, first?.id]); // prettier-ignore
  await panel.act(id, 'coding', { coding: templateOf(second?.id) });
  await panel.settled(id);
  const now = rooms().filter((one) => !standing.includes(one.id));
  assert.deepEqual(now.map((one) => one.templateId), [second?.id, second?.id]); // prettier-ignore
  assert.ok(now.every((one) => !before.some((old) => old.id === one.id)));
  const told = (await panel.mails(id)).slice(mails.length);
  assert.deepEqual(
    told.map(({ to }) => to).sort(),
    ['alan.turing@example.com', 'barbara.liskov@example.com', candidate.email].sort(),
  );
  const links = linksIn(newestTo(told, candidate.email)?.text ?? '');
  assert.equal(new Set(links).size, 2);
  for (const link of links) assert.ok(!mails.some(({ text }) => text.includes(link)));

  await panel.act(id, 'coding', { coding: templateOf(second?.id) });
  await panel.settled(id);
  assert.deepEqual(rooms().filter((one) => !standing.includes(one.id)), now); // prettier-ignore
});

test('of two who change it at once the second is told what the first did, and nothing is done', async () => {
  const { id } = await schedule('Tina Twice', 2);
  await panel.act(id, 'event', { eventId: 'e1', name: 'Mine', revision: 1 });
  const second = await world.api.call('POST', `/interviews/${id}/event`, { eventId: 'e1', name: 'No, mine', revision: 1 }); // prettier-ignore
  assert.equal(second.status, 409);
  assert.equal(second.body['code'], 'interview_changed');
  assert.match(String(second.body['detail']), /event/);
  const { events } = await world.api.get<{ events: Array<{ name: string }> }>(`/interviews/${id}`);
  assert.equal(events[0]?.name, 'Mine');
});

test('what cannot be is refused at its field, and changes nothing', async () => {
  const { id, mails } = await schedule('Bea Bad', 3);
  const refused = async (act: string, body: object) => {
    const { status, body: problem } = await world.api.call('POST', `/interviews/${id}/${act}`, body);
    return [status, problem['code'], problem['field']];
  };
  const text = { title: 'Talk', body: '$Candidate.FristName' };
  assert.deepEqual(await refused('event', { eventId: 'e9', name: 'X' }), [422, 'event_not_found', 'eventId']);
  assert.deepEqual(await refused('event', { eventId: 'e1', minutes: 1 }), [422, 'input_invalid', 'minutes']);
  assert.deepEqual(await refused('event', { eventId: 'e1', seats: [{ personId: people[1], required: false }] }), [422, 'seat_not_found', 'seats.0.personId']);
  assert.deepEqual(await refused('event', { eventId: 'e1', interviewerInvite: text }), [422, 'variable_unknown', 'interviewerInvite.body']);
  assert.deepEqual(await refused('event', { eventId: 'e1', feedbackFormId: 'none-such' }), [422, 'feedback_form_unknown', 'feedbackFormId']);
  assert.deepEqual(await refused('coding', { coding: templateOf('none-such') }), [422, 'template_unknown', 'coding.0.id']);
  const change = (fields: object) => refused('event', { eventId: 'e1', ...fields });
  const from = (personId = '') => [seat(personId)];
  assert.deepEqual(await change({ coding: templateOf('none-such') }), [422, 'template_unknown', 'coding.0.id']);
  assert.deepEqual(await change({ coding: [{ connectionId: platformId, kind: 'test', id: first?.id }] }), [422, 'input_invalid', 'coding.0.kind']);
  assert.deepEqual(await change({ removeSeats: [people[1]] }), [422, 'seat_not_found', 'removeSeats.0']);
  assert.deepEqual(await change({ addSeats: from(people[0]) }), [409, 'interview_conflicts', 'addSeats.0']);
  assert.deepEqual(await change({ addSeats: from('pe_none') }), [409, 'interview_conflicts', 'addSeats.0']);
  assert.deepEqual(await change({ addSeats: [seat(carla, { feedbackFormId: 'none-such' })] }), [422, 'feedback_form_unknown', 'addSeats.0.feedbackFormId']);
  const wrong = { name: 'More', minutes: 30, start: panel.at(3 * 24 + 5), coding: templateOf('none-such') };
  assert.deepEqual(await refused('add-event', { event: wrong }), [422, 'template_unknown', 'event.coding.0.id']);
  const added = { name: 'More', minutes: 30, start: panel.at(3 * 24 + 5), feedbackFormId: 'none-such' };
  assert.deepEqual(await refused('add-event', { event: added }), [422, 'feedback_form_unknown', 'event.feedbackFormId']);
  await panel.settled(id);
  assert.equal((await panel.mails(id)).length, mails.length);
}); // prettier-ignore

test('somebody optional who does not work then is not made required unasked', async () => {
  const id = people[1] ?? '';
  const candidate = await applyAtLever(world, 'Opal Optional', { posting });
  const interview = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    events: [{ name: 'Talk', minutes: 60, start: panel.at(4 * 24), seats: [seat(people[0] ?? ''), seat(id, { required: false })] }],
  });
  await panel.settled(interview.id);
  const barbara = { name: 'Barbara Liskov', email: 'barbara.liskov@example.com', zone: 'Europe/Berlin' };
  await world.api.call('PUT', `/people/${id}`, { ...barbara, hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } });
  const { status, body } = await world.api.call('POST', `/interviews/${interview.id}/event`, {
    eventId: 'e1',
    seats: [{ personId: id, required: true }],
  });
  assert.equal(status, 409, JSON.stringify(body));
  assert.equal(body['code'], 'interview_conflicts');
}); // prettier-ignore

test('an event has rooms of its own from its template, or from how it is scheduled', async () => {
  const texts = { interviewerInvite: { title: '$Event.Name', body: '$Event.CodeSignal.Live.Link' }, candidateInvite: null, candidateMail: null };
  const event = { minutes: 60, seats: [seat(carla)] };
  const events = [{ ...event, name: 'Coding' }, { ...event, name: 'Design', coding: templateOf(second?.id) }];
  const template = { name: 'Own rooms', layer: { texts, coding: templateOf(first?.id), events } };
  const { id: templateId, layer } = await world.api.post<{ id: string; layer: { events: Array<{ coding?: object[] }> } }>('/templates', template);
  assert.deepEqual(layer.events[1]?.coding, [{ ...templateOf(second?.id)[0], platform: 'CodeSignal', name: second?.name }]);
  const scheduleAt = async (day: number, codings: object[]) => {
    const candidate = await applyAtLever(world, `Rooms ${String(day)}`, { posting });
    const before = rooms().length;
    const times = codings.map((coding, index) => ({ ...coding, start: panel.at(day * 24 + index * 2) }));
    const wish = { connectionId, candidateId: candidate.id, templateId, events: times };
    const { creates } = await world.api.post<{ creates: string[] }>('/interviews/preview', wish);
    const { id } = await panel.schedule(wish);
    await panel.settled(id);
    return { creates, made: rooms().slice(before).map((one) => one.templateId).toSorted() };
  };
  const both = [first?.id, second?.id].toSorted();
  const { creates, made } = await scheduleAt(8, [{}, {}]);
  assert.deepEqual(made, both, 'as the template says');
  assert.ok(creates.includes(`1 CodeSignal session from the template “${second?.name ?? ''}”`), creates.join());
  const turned = await scheduleAt(9, [{ coding: templateOf(second?.id) }, { coding: [] }]);
  assert.deepEqual(turned.made, both, 'as this interview says');
  const plain = await scheduleAt(7, [{ coding: [{ connectionId: platformId, kind: null, id: null }] }, {}]);
  assert.ok(plain.creates.includes('1 CodeSignal session'), `a plain room: ${plain.creates.join()}`);
}); // prettier-ignore

test('what an event cannot have at a platform is refused where it is said', async () => {
  const event = { name: 'Coding', minutes: 60, seats: [seat(carla)] };
  const answers = async (path: string, body: object) => {
    const { status, body: problem } = await world.api.call('POST', path, body);
    return [status, problem['code'], problem['field']];
  };
  const layer = { events: [event, { ...event, coding: templateOf('no such') }] };
  assert.deepEqual(await answers('/templates', { name: 'Wrong', layer }), [422, 'template_unknown', 'layer.events.1.coding.0.id']);
  const candidate = await applyAtLever(world, 'Wanda Wrong', { posting });
  const wish = (coding: object[]) => ({ connectionId, candidateId: candidate.id, events: [{ ...event, coding, start: panel.at(43 * 24) }] });
  assert.deepEqual(await answers('/interviews/preview', wish(templateOf('no such'))), [422, 'template_unknown', 'events.0.coding.0.id']);
  const test = [{ connectionId: platformId, kind: 'test', id: first?.id }];
  assert.deepEqual(await answers('/interviews/preview', wish(test)), [422, 'input_invalid', 'events.0.coding.0.kind']);
  const nowhere = [{ connectionId, kind: 'template', id: first?.id }];
  assert.deepEqual(await answers('/interviews/preview', wish(nowhere)), [422, 'platform_unknown', 'events.0.coding.0.connectionId']);
}); // prettier-ignore
