/** What the hub knows of people and rooms, as the panel engine uses it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { field, panelOf, seat, type Interview } from './panel.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'ics-feed'], candidates: 2 } });
await joinLever(world, 'Kim Kalender', 'Mia Met', 'Max Met', 'Pat Pause');
const connectionId = await hubOf(world).connect('lever');
const posting = (await leverOf(world).postings())[0]?.id ?? '';

after(() => world.close());

const { person, at, settled, mails } = panelOf(world);

interface Solution {
  schedules: Array<{
    events: Array<{ start: string; seats: Array<{ chosen: string[] }> }>;
    score: Record<string, number>;
  }>;
  remarks: string[];
}

const about = async (name: string, change: Record<string, unknown> = {}) => {
  const candidate = await applyAtLever(world, name, { posting });
  return { connectionId, candidateId: candidate.id, candidateZone: 'UTC', ...change };
};
/** A search in these hours only. */
const during = (from: number, to: number) => ({
  from: at(from),
  to: at(to),
  windows: [{ start: at(from), end: at(to) }],
});
const talk = (...seats: unknown[]) => ({ name: 'Talk', minutes: 60, seats });
const solve = (body: Record<string, unknown>) => world.api.post<Solution>('/panels/solve', body);

test('a room is booked once at a time, serves several events, and is named as the place', async () => {
  const kim = await person('Kim Kalender');
  const mia = await person('Mia Met', { tags: ['met'] });
  const { id: room } = await world.api.post<{ id: string }>('/people', { kind: 'room', name: 'Lhotse', email: '', zone: 'UTC' });
  const layer = {
    texts: {
      interviewerInvite: { title: '$Event.Name', body: 'In $Event.Rooms.Names with $Event.Interviewers.FullNames.' },
    },
  };
  const events = [talk(seat(kim), seat(room)), { ...talk(seat(mia), seat(room)), name: 'Code' }];
  const asked = await about('Rob Room', { layer, events });
  const { id } = await world.api.post<Interview>('/interviews', { ...asked, ...during(0, 2) });
  await settled(id);
  const all = (await mails(id)).filter(({ to }) => to.endsWith('@example.com'));
  assert.deepEqual(all.map(({ text }) => text.trim()).sort(), ['In Lhotse with Kim Kalender.', 'In Lhotse with Mia Met.']);
  assert.ok(all.every((mail) => field(mail, 'LOCATION') === 'Lhotse'));
  const other = await about('Ron Room', { events: [talk(seat(room))] });
  const { schedules } = await solve({ ...other, ...during(0, 2) });
  assert.deepEqual(schedules, [], 'it is taken');
  const limits = { kind: 'room', name: 'Makalu', email: '', zone: 'UTC', perDay: 2 };
  assert.equal((await world.api.call('POST', '/people', limits)).body['field'], 'perDay');
  const { perDay: _perDay, ...second } = limits;
  await world.api.post('/people', second);
  const twin = await world.api.call('POST', '/people', { name: 'Twin', email: 'KIM.kalender@example.com', zone: 'UTC' });
  assert.equal(twin.body['code'], 'person_exists', 'rooms may lack an address, and nobody shares one');
  const nameless = { name: 'Nobody', email: '', zone: 'UTC' };
  assert.equal((await world.api.call('POST', '/people', nameless)).body['field'], 'email');
}); // prettier-ignore

test('whoever met the candidate before comes last', async () => {
  await person('Max Met', { tags: ['met'] });
  const { id: poolId } = await world.api.post<{ id: string }>('/pools', { name: 'Met', expression: 'met' });
  const pool = { from: { kind: 'pool', poolId, count: 1 } };
  const asked = await about('Mo Again', { events: [talk(pool)] });
  const first = await world.api.post<Interview>('/interviews', { ...asked, ...during(24, 25) });
  const sat = first.events[0]?.seats[0]?.personId;
  for (const hours of [48, 72, 96]) {
    const { schedules } = await solve({ ...asked, ...during(hours, hours + 1) });
    assert.notEqual(schedules[0]?.events[0]?.seats[0]?.chosen[0], sat);
    assert.equal(schedules[0]?.score['met'], 0);
  }
  const again = { ...asked, events: [talk(seat(sat ?? ''))] };
  const { schedules } = await solve({ ...again, ...during(120, 121) });
  assert.equal(schedules[0]?.score['met'], 1, 'but may sit, where there is nobody else');
}); // prettier-ignore

test('buffers of a person hold when an interview is made and when it is moved', async () => {
  const pat = await person('Pat Pause', { buffer: { before: 0, after: 30 } });
  const one = await about('Pia Pause', { events: [{ ...talk(seat(pat)), start: at(121) }] });
  await world.api.post('/interviews', one);
  const asked = await about('Pim Pause', { events: [talk(seat(pat))] });
  const { schedules } = await solve({ ...asked, ...during(119, 121) });
  assert.deepEqual(schedules.map(({ events }) => events[0]?.start).sort(), [at(119), at(119.25), at(119.5)]);
  const made = await world.api.post<Interview>('/interviews', { ...asked, ...during(119, 121) });
  const move = { eventId: 'e1', start: at(119.75) };
  const { status, body } = await world.api.call('POST', `/interviews/${made.id}/move`, move);
  assert.equal(status, 409);
  const [fresh] = body['alternatives'] as Array<{ events: Array<{ start: string }> }>;
  assert.ok(fresh, 'a move that is refused says where to');
  await world.api.post(`/interviews/${made.id}/reschedule`, { events: fresh.events });
}); // prettier-ignore

test('an invite in a calendar is not in its own way, and a calendar that fails is not free', async () => {
  const feed = await world.connect('ics-feed');
  const kim = await world.api.get<{ items: Array<{ id: string; name: string; email: string }> }>('/people?search=kim');
  const [row] = kim.items;
  assert.ok(row);
  const answer = await world.api.call('PUT', `/people/${row.id}`, {
    name: row.name, email: row.email, zone: 'UTC', busySources: [feed], hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((one) => [one, [{ from: '00:00', to: '24:00' }]])),
  });
  assert.equal(answer.status, 200);
  const asked = await about('Ivy Invite', { events: [talk(seat(row.id))] });
  const made = await world.api.post<Interview>('/interviews', { ...asked, ...during(145, 146) });
  const inBerlin = (hours: number) =>
    new Date(at(hours)).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).slice(0, 16).replace(' ', 'T');
  const token = /api\/(\w+)\//.exec(String(world.emulator('ics-feed').credentials()['url']))?.[1] ?? '';
  await world.form(`/ics-feed/${token}/entries`, { title: 'Talk', start: inBerlin(145), end: inBerlin(146) });
  const { schedules: taken } = await solve({ ...asked, ...during(145, 146.5) });
  assert.deepEqual(taken, [], 'for others it is in the way');
  const later = during(145.25, 146.25);
  const moved = await world.api.post<Interview>(`/interviews/${made.id}/reschedule`, { best: later });
  assert.equal(moved.events[0]?.start, at(145.25));
  world.emulator('ics-feed').faults.push({ kind: 'html', match: 'GET /', times: 20 });
  const { schedules, remarks } = await solve({ ...asked, ...during(190, 191) });
  assert.equal(schedules[0]?.score['unknown'], 1);
  assert.match(remarks.join(' '), /Kim Kalender has a calendar that cannot be read/);
}); // prettier-ignore
