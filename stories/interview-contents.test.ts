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
await joinLever(world, 'Alan Turing', 'Barbara Liskov');
const connectionId = await hub.connect('lever');
const platformId = await hub.connect('codesignal');
const posting = (await leverOf(world).postings())[0]?.id ?? '';
const people = [await panel.person('Alan Turing'), await panel.person('Barbara Liskov')];
const [first, second] = await hub.choices(platformId, 'templates');
const templateOf = (id?: string) => [{ connectionId: platformId, kind: 'template', id }];

after(() => world.close());

interface Session {
  id: string;
  status: string;
  templateId: string | null;
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
      panels: Array<{ id: string; opportunity: string; interviews: Array<{ id: string; subject: string; duration: number }> }>;
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
  assert.deepEqual(await refused('event', { eventId: 'e1', seats: [{ personId: people[1], required: false }] }), [422, 'seat_not_found', 'personId']);
  assert.deepEqual(await refused('event', { eventId: 'e1', interviewerInvite: text }), [422, 'variable_unknown', 'interviewerInvite.body']);
  assert.deepEqual(await refused('event', { eventId: 'e1', feedbackFormId: 'none-such' }), [422, 'feedback_form_unknown', 'feedbackFormId']);
  assert.deepEqual(await refused('coding', { coding: templateOf('none-such') }), [422, 'template_unknown', 'body.coding.0.id']);
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
