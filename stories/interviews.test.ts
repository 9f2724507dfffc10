/** A coordinator schedules, changes and cancels an interview; every party hears of it once. */
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { hubOf, type Effect } from './hub-side.ts';
import { field, panelOf, seat, type Interview } from './panel.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { codeinterviewOf, leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld();
const hub = hubOf(world);
const lever = leverOf(world);
await joinLever(world, 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov');
const connectionId = await hub.connect('lever');
await hub.connect('codeinterview');
const posting = (await lever.postings())[0]?.id ?? '';

after(() => world.close());
// What one test leaves under way would count in the next.
beforeEach(() => hub.quiet());

const { person, at, settled, mails: mailsOf } = panelOf(world);
const alan = await person('Alan Turing');
const edsger = await person('Edsger Dijkstra');
const barbara = await person('Barbara Liskov');

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((name) => [
  name,
  [{ from: '00:00', to: '24:00' }],
]);

const retag = async (name: string, tags: string[]): Promise<void> => {
  const { items } = await world.api.get<{ items: Array<{ id: string; email: string }> }>(
    `/people?search=${encodeURIComponent(name)}`,
  );
  const [row] = items;
  const change = { name, email: row?.email, zone: 'Europe/Berlin', tags, hours: Object.fromEntries(everyDay) as object };
  const { status } = await world.api.call('PUT', `/people/${row?.id ?? ''}`, change);
  assert.equal(status, 200);
}; // prettier-ignore

const texts = {
  interviewerInvite: {
    title: '$Event.Name: $Candidate.FullName',
    body: 'Room: $Event.CodeInterview.Live.Link',
  },
  candidateInvite: { title: 'Interview', body: 'Rooms:\n$Event.CodeInterview.Live.Link' },
};

const schedule = async (name: string, change: Record<string, unknown> = {}) => {
  const candidate = await applyAtLever(world, name, { posting });
  const body = {
    connectionId,
    candidateId: candidate.id,
    candidateZone: 'Asia/Kathmandu',
    layer: { texts },
    events: [
      { name: 'Design', minutes: 60, start: at(0), seats: [seat(alan)] },
      { name: 'Coding', minutes: 60, start: at(1), seats: [seat(edsger)] },
    ],
    ...change,
  };
  return { candidate, body };
};

test('makes a session for each event, and every invite says what its reader may know', async () => {
  const { body, candidate } = await schedule('Ada Panel');
  const { id } = await world.api.post<Interview>('/interviews', body);
  await settled(id);
  const pads = await codeinterviewOf(world).pads();
  assert.equal(pads.length, 2);
  const mails = await mailsOf(id);
  assert.deepEqual(
    mails.map(({ to }) => to).sort(),
    ['alan.turing@example.com', candidate.email, candidate.email, 'edsger.dijkstra@example.com'].sort(),
  );
  const invites = mails.filter(({ calendar }) => calendar !== null);
  const links = new Set(
    invites
      .filter(({ to }) => to !== candidate.email)
      .map(({ text }) => /https?:\S+/.exec(text)?.[0]),
  );
  assert.equal(links.size, 2, 'each event has a link of its own');
  const own = invites.find(({ to }) => to === candidate.email);
  assert.ok(own);
  for (const link of links) assert.ok(link && own.text.includes(link), 'the candidate has them all');
  assert.match(own.text, /GMT\+5:45/);
  for (const mail of mails) {
    assert.equal(mail.state, 'kept', 'no server is connected, so the outbox keeps it');
    assert.doesNotMatch(`${mail.subject}${mail.text}`, /\$[A-Z]/);
  }
  assert.doesNotMatch(own.calendar?.content ?? '', /example\.com.*example\.com/s);
}); // prettier-ignore

test('moving an event keeps sessions and uids, and tells only who is concerned', async () => {
  const { body, candidate } = await schedule('Mo Moved');
  const { id, events } = await world.api.post<Interview>('/interviews', {
    ...body,
    events: body.events.map((event, index) => ({ ...event, start: at(24 + index) })),
  });
  const before = await settled(id);
  const sessions = ({ effects }: Interview) =>
    effects.flatMap(({ kind, remoteId }) => (kind === ('live_session' as string) ? [remoteId] : []));
  const first = await mailsOf(id);
  await world.api.post(`/interviews/${id}/move`, { eventId: events[1]?.id, start: at(30) });
  await until('the move was told', async () => (await mailsOf(id)).length > first.length);
  const after = await settled(id);
  assert.deepEqual(sessions(after), sessions(before));
  const told = (await mailsOf(id)).slice(first.length);
  assert.deepEqual(
    [...new Set(told.map(({ to }) => to))].sort(),
    [candidate.email, 'edsger.dijkstra@example.com'].sort(),
  );
  const moved = told.find(({ to }) => to.startsWith('edsger'));
  const old = first.find(({ to }) => to.startsWith('edsger'));
  assert.ok(moved && old);
  assert.equal(field(moved, 'UID'), field(old, 'UID'));
  assert.equal(field(old, 'SEQUENCE'), '0');
  assert.equal(field(moved, 'SEQUENCE'), '1');
}); // prettier-ignore

test('replacing somebody uninvites one and invites the other, under one number', async () => {
  const { body } = await schedule('Rae Replaced', { events: [{ name: 'Design', minutes: 60, start: at(50), seats: [seat(alan), seat(edsger)] }] });
  const { id } = await world.api.post<Interview>('/interviews', body);
  await settled(id);
  const first = await mailsOf(id);
  await world.api.post(`/interviews/${id}/replace`, { eventId: 'e1', personId: alan, byPersonId: barbara });
  await until('everybody was told', async () =>
    (await mailsOf(id)).some(({ to }) => to.startsWith('barbara')),
  );
  await settled(id);
  const told = (await mailsOf(id)).slice(first.length).filter(({ calendar }) => calendar !== null);
  const byName = new Map(told.map((mail) => [mail.to.split('.')[0], mail]));
  assert.deepEqual([...byName.keys()].sort(), ['alan', 'barbara', 'edsger', 'rae']);
  assert.equal(byName.get('alan')?.calendar?.method, 'CANCEL');
  assert.equal(byName.get('barbara')?.calendar?.method, 'REQUEST');
  for (const mail of told) assert.equal(field(mail, 'SEQUENCE'), '1');
  assert.doesNotMatch(byName.get('alan')?.calendar?.content ?? '', /STATUS|edsger/);
}); // prettier-ignore

test('cancelling ends the sessions and takes every invite back', async () => {
  const { body } = await schedule('Cy Cancelled', { events: [{ name: 'Design', minutes: 60, start: at(75), seats: [seat(alan)] }] });
  const { id } = await world.api.post<Interview>('/interviews', body);
  const before = await settled(id);
  const session = before.effects.find(({ kind }) => kind === ('live_session' as string));
  await world.api.post(`/interviews/${id}/cancel`, { reason: 'The job was filled.' });
  await until('all is taken back', async () => {
    const mails = await mailsOf(id);
    return mails.filter(({ calendar }) => calendar?.method === 'CANCEL').length === 2;
  });
  await settled(id);
  const off = (await mailsOf(id)).filter(({ calendar }) => calendar?.method === 'CANCEL');
  for (const mail of off) {
    assert.match(mail.calendar?.content ?? '', /STATUS:CANCELLED/);
    assert.match(mail.text, /The job was filled/);
    assert.match(mail.html, /The job was filled/);
  }
  const pads = await codeinterviewOf(world).pads();
  const pad = pads.find((one) => one.id === session?.remoteId);
  assert.ok(pad, 'CodeInterview deletes nothing');
  const { status, body: problem } = await world.api.call('POST', `/interviews/${id}/move`, { eventId: 'e1', start: at(80) });
  assert.equal(status, 409);
  assert.equal(problem['code'], 'interview_state');
}); // prettier-ignore

test('a hold asks the interviewers only, and its confirmation makes the rest', async () => {
  const { body, candidate } = await schedule('Hal Hold', { state: 'hold', events: [{ name: 'Design', minutes: 60, start: at(100), seats: [seat(alan)] }] });
  const { id } = await world.api.post<Interview>('/interviews', body);
  await settled(id);
  const held = await mailsOf(id);
  assert.deepEqual(held.map(({ to }) => to), ['alan.turing@example.com']);
  assert.match(held[0]?.subject ?? '', /^\[Hold\] Design/);
  assert.match(held[0]?.calendar?.content ?? '', /STATUS:TENTATIVE/);
  assert.equal((await lever.notes(candidate.id)).length, 1, 'a note tells of it');
  await world.api.post(`/interviews/${id}/confirm`, {});
  await until('the candidate hears of it', async () => (await mailsOf(id)).length === 4);
  const all = await mailsOf(id);
  assert.equal(all.filter(({ to }) => to === candidate.email).length, 2);
  const later = all.slice(held.length).map(({ subject }) => subject);
  assert.ok(later.length === 3 && later.every((subject) => !subject.includes('[Hold]')), later.join());
}); // prettier-ignore

test('nobody sits in two places: of two interviews that take one person, one is refused', async () => {
  const events = [{ name: 'Design', minutes: 60, start: at(125), seats: [seat(alan)] }];
  const one = await schedule('Tia Twin', { events });
  const two = await schedule('Tom Twin', { events });
  const answers = await Promise.all(
    [one, two].map(({ body }) => world.api.call('POST', '/interviews', body)),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
  const refused = answers.find(({ status }) => status === 409);
  assert.ok(refused);
  assert.equal(refused.body['code'], 'interview_conflicts');
  assert.match(String(refused.body['detail']), /is in another interview then/);
});

test('the second of two coordinators hears what the first one changed', async () => {
  const { body } = await schedule('Val Versions', { events: [{ name: 'Design', minutes: 60, start: at(150), seats: [seat(alan)] }] });
  const { id, revision } = await world.api.post<Interview>('/interviews', body);
  await world.api.post(`/interviews/${id}/move`, { revision, eventId: 'e1', start: at(151) });
  const { status, body: problem } = await world.api.call('POST', `/interviews/${id}/cancel`, { revision });
  assert.equal(status, 409);
  assert.equal(problem['code'], 'interview_changed');
  assert.match(String(problem['detail']), /move/);
}); // prettier-ignore

test('a preview shows what every party would get, and does nothing', async () => {
  const { body } = await schedule('Pia Preview', {
    events: [{ name: 'Design', minutes: 60, start: at(175), seats: [seat(alan)] }],
    layer: { texts: { ...texts, candidateMail: { subject: 'Hi', body: 'Call $Candidate.Phone now.' } } },
  });
  const pads = (await codeinterviewOf(world).pads()).length;
  const preview = await world.api.post<{
    creates: string[];
    mails: Array<{
      audience: string;
      text: string;
      marks: { text: Array<{ from: number; to: number; variable: string }> };
    }>;
    warnings: Array<{ variable: string; sentence: string }>;
    itinerary: { candidate: string; interviewers: string };
  }>('/interviews/preview', body);
  const { candidate: own, interviewers: inside } = preview.itinerary;
  assert.match(own, /^\S+ GMT\+5:45 to \S+ GMT\+5:45: Design with Alan Turing$/);
  assert.match(inside, /^\S+ UTC to \S+ UTC: Design with Alan Turing$/);
  assert.deepEqual(preview.creates, ['1 CodeInterview session']);
  assert.equal(preview.mails.length, 3);
  const marked = preview.mails.flatMap(({ text, marks }) => marks.text.map(({ from, to, variable }) => [variable, text.slice(from, to)].join(' ')));
  assert.ok(marked.includes('$Event.CodeInterview.Live.Link (link follows)'), marked.join());
  assert.deepEqual(preview.warnings.map(({ variable, sentence }) => [variable, sentence]), [['$Candidate.Phone', 'Call  now.']]);
  assert.equal((await codeinterviewOf(world).pads()).length, pads);
}); // prettier-ignore

test('an event that is added takes who of a pool is free, and is refused where nobody is', async () => {
  for (const [name, tags] of [['Alan Turing', ['late']], ['Barbara Liskov', ['late', 'rare']]] as const)
    await retag(name, [...tags]);
  const pool = async (expression: string) => {
    const { id } = await world.api.post<{ id: string }>('/pools', { name: expression, expression });
    return { from: { kind: 'pool', poolId: id, count: 1 } };
  };
  const events = [{ name: 'Design', minutes: 60, start: at(300), seats: [seat(edsger)] }];
  const one = await schedule('Ava Added', { events });
  const { id } = await world.api.post<Interview>('/interviews', one.body);
  const taken = await schedule('Tim Taken', { events: [{ name: 'Talk', minutes: 60, start: at(301), seats: [seat(alan)] }] });
  await world.api.post('/interviews', taken.body);
  const added = await world.api.post<Interview>(`/interviews/${id}/add-event`, {
    event: { name: 'Coding', minutes: 60, start: at(301), seats: [await pool('late')] },
  });
  const [seated] = added.events.find(({ name }) => name === 'Coding')?.seats ?? [];
  assert.equal(seated?.name, 'Barbara Liskov');
  assert.match(seated.why, /number 1 of 1 free/);
  const { status, body } = await world.api.call('POST', `/interviews/${id}/add-event`, {
    event: { name: 'Pairing', minutes: 60, start: at(301), seats: [await pool('rare')] },
  });
  assert.equal(status, 409);
  assert.equal(body['code'], 'interview_conflicts');
  assert.match(String(body['detail']), /0 of 1 people free/);
}); // prettier-ignore

test('an unknown variable and an internal one are refused with the field and the remedy', async () => {
  const { body } = await schedule('Una Unknown');
  const attempt = (body_: string) =>
    world.api.call('POST', '/interviews/preview', { ...body, layer: { texts: { candidateMail: { subject: 'Hi', body: body_ } } } });
  const unknown = await attempt('Hi $Candidate.FristName');
  assert.equal(unknown.status, 422);
  assert.equal(unknown.body['code'], 'variable_unknown');
  assert.equal(unknown.body['field'], 'layer.texts.candidateMail.body');
  assert.match(String(unknown.body['detail']), /\$Candidate\.FirstName/);
  assert.equal((await attempt('$Event.Feedback.Link')).body['code'], 'variable_internal');
}); // prettier-ignore

const unknownSession = async (name: string, hours: number) => {
  const events = [{ name: 'Design', minutes: 60, start: at(hours), seats: [seat(barbara)] }];
  const { body } = await schedule(name, { events });
  world
    .emulator('codeinterview')
    .faults.push({ kind: 'html', match: 'POST /1/pads/new', times: 1 });
  const { id } = await world.api.post<Interview>('/interviews', body);
  const session = await until('nobody can tell', async () =>
    (await world.api.get<Interview>(`/interviews/${id}`)).effects.find(
      ({ state }) => state === 'unknown',
    ),
  );
  return { id, session };
};

test('a session of which nobody can tell is made once a person says that it was not', async () => {
  const pads = (await codeinterviewOf(world).pads()).length;
  const { id, session } = await unknownSession('Nia Not', 200);
  await world.api.post(`/effects/${session.id}/decide`, { decision: 'it_did_not' });
  const after = await settled(id);
  assert.equal(after.effects.find((one) => one.id === session.id)?.state, 'done');
  assert.equal((await codeinterviewOf(world).pads()).length, pads + 1);
});

test('a session that a person found at the platform is not made again', async () => {
  const pads = (await codeinterviewOf(world).pads()).length;
  const { id, session } = await unknownSession('Hana Happened', 225);
  await world.api.post(`/effects/${session.id}/decide`, { decision: 'it_happened' });
  // Any change compares the plan with the ledger anew.
  await world.api.post(`/interviews/${id}/texts`, { texts: { itinerary: '$Event.Name' } });
  await hub.quiet();
  const { effects } = await world.api.get<Interview>(`/interviews/${id}`);
  assert.equal(effects.find((one) => one.id === session.id)?.state, 'done');
  assert.equal((await codeinterviewOf(world).pads()).length, pads, 'its word counts');
  const noted = await world.api.get<{ items: Effect[] }>(`/effects?limit=100`);
  assert.ok(
    noted.items.every(({ state }) => state !== 'failed'),
    'no note of a rule is owed for it',
  );
});

test('no internal address reaches the candidate, however it came into a text', async () => {
  const events = [{ name: 'Design', minutes: 60, start: at(250), seats: [seat(barbara)] }];
  const { body, candidate } = await schedule('Lia Leak', { events });
  const draft = await world.api.post<Interview & { candidateId: string }>('/interviews', { ...body, state: 'draft' });
  const { url } = await world.api.get<{ url: string }>(`/candidates/${draft.candidateId}`);
  const leaking = { candidateMail: { subject: 'Hello', body: `Your profile: ${url}` } };
  const { id } = await world.api.post<Interview>('/interviews', { ...body, layer: { texts: { ...texts, ...leaking } } });
  const stopped = await until('the mail is stopped', async () =>
    (await world.api.get<Interview>(`/interviews/${id}`)).effects.find(({ state }) => state === 'failed'),
  );
  assert.match(stopped.error?.text ?? '', /internal address/);
  const mails = await mailsOf(id);
  assert.ok(mails.every(({ to, text }) => to !== candidate.email || !text.includes(url)));
  await world.api.post(`/interviews/${id}/texts`, { texts: { candidateMail: { subject: 'Hello', body: 'See you.' } } });
  await world.api.post(`/effects/${stopped.id}/decide`, { decision: 'retry' });
  await until('the mended mail goes out', async () => (await mailsOf(id)).some(({ text }) => text === 'See you.'));
}); // prettier-ignore

test('a preview says that an event of which the ATS cannot be told gets no feedback link', async () => {
  const stranger = await person('Niklaus Wirth');
  const interviewerInvite = { title: '$Event.Name', body: 'Feedback: $Event.Feedback.Link' };
  const { body } = await schedule('Fay Feedback', {
    layer: { texts: { interviewerInvite } },
    events: [{ name: 'Design', minutes: 60, start: at(275), seats: [seat(stranger)] }],
  });
  const { warnings } = await world.api.post<{ warnings: Array<{ variable: string }> }>(
    '/interviews/preview',
    body,
  );
  assert.deepEqual(
    warnings.map(({ variable }) => variable),
    ['$Event.Feedback.Link'],
  );
  const { status, body: problem } = await world.api.call('POST', '/interviews', body);
  assert.equal(status, 409);
  assert.match(String(problem['detail']), /no user in the ATS.*choose somebody else/i);
  assert.doesNotMatch(String(problem['detail']), /override/, 'nobody may take that upon himself');
});

test('a variable that nothing stands for any more is not sent as a blank: the mail stops and says so', async () => {
  const events = [{ name: 'Design', minutes: 60, start: at(325), seats: [seat(barbara)] }];
  const account = await hub.connect('codility');
  const room = { title: 'Design', body: 'Room: $Interview.Codility.Live.Link' };
  const { body } = await schedule('Dan Disconnected', {
    events,
    layer: { texts: { interviewerInvite: room, candidateInvite: null, candidateMail: null } },
  });
  const { id } = await world.api.post<Interview>('/interviews', body);
  await settled(id);
  const before = (await mailsOf(id)).length;
  assert.equal((await world.api.call('DELETE', `/connections/${account}`)).status, 200);
  const { db, queue } = world.hub.hub;
  await queue.send(db, 'reconcile-interview', { interviewId: id });
  const stopped = await until('the mail is stopped', async () =>
    (await world.api.get<Interview>(`/interviews/${id}`)).effects.find(
      ({ kind, state }) => kind === ('mail' as string) && state === 'failed',
    ),
  );
  assert.match(stopped.error?.text ?? '', /\$Interview\.Codility\.Live\.Link/);
  assert.equal((await mailsOf(id)).length, before);
  await hub.connect('codility');
  await queue.send(db, 'reconcile-interview', { interviewId: id });
  const mended = await until('another room was made', async () => (await mailsOf(id))[before]);
  assert.match(mended.text, /Room: http/);
});

test('a test that nobody chose is not promised: it is told before anything is sent', async () => {
  const platform = await hub.connect('codingame');
  const [chosen] = await hub.choices(platform, 'tests');
  const events = [{ name: 'Design', minutes: 60, start: at(400), seats: [seat(barbara)] }];
  const { body } = await schedule('Pia Promised', { events });
  const promise = { subject: 'Before', body: 'Do $Interview.CodinGame.Template.Link' };
  const layer = { texts: { ...texts, candidateMail: promise }, coding: [] as object[] };
  const refused = await world.api.call('POST', '/interviews', { ...body, layer });
  assert.deepEqual(
    [refused.status, refused.body['code'], refused.body['field']],
    [422, 'choice_missing', 'texts.candidateMail.body'],
  );
  type Looked = { creates: string[]; problems: Array<{ code: string; blocks: boolean }> };
  const look = () => world.api.post<Looked>('/interviews/preview', { ...body, layer });
  const [problem] = (await look()).problems;
  assert.deepEqual([problem?.code, problem?.blocks], ['choice_missing', true]);
  layer.coding.push({ connectionId: platform, kind: 'test', id: chosen?.id });
  const { creates, problems } = await look();
  assert.deepEqual(problems, []);
  assert.ok(creates.includes(`1 CodinGame test “${chosen?.name ?? ''}”`), creates.join());
});
