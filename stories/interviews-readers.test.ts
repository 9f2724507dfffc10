/** Whoever an invite belongs to: another address, or another organizer, and nobody has two or none. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { field, panelOf, seat, type Mail } from './panel.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'smtp'], candidates: 2 } });
const hub = hubOf(world);
const lever = leverOf(world);
await joinLever(world, 'Alan Turing', 'Edsger Dijkstra');
const connectionId = await hub.connect('lever');
let server = await hub.connect('smtp');
const posting = (await lever.postings())[0]?.id ?? '';

after(() => world.close());

const { person, at, settled, schedule, act, mails: mailsOf } = panelOf(world);
const alan = await person('Alan Turing');
const edsger = await person('Edsger Dijkstra');

const texts = {
  interviewerInvite: { title: '$Event.Name: $Candidate.FullName', body: 'Hello' },
  candidateInvite: { title: 'Interview', body: 'Hello' },
  candidateMail: null,
};

let day = 0;
const scheduled = async (name: string) => {
  day += 1;
  const candidate = await applyAtLever(world, name, { posting });
  const { id } = await schedule({
    connectionId,
    candidateId: candidate.id,
    layer: { texts },
    events: [
      { name: 'Design', minutes: 60, start: at(24 * day), seats: [seat(alan), seat(edsger)] },
      { name: 'Coding', minutes: 60, start: at(24 * day + 1), seats: [seat(edsger)] },
    ],
  });
  await settled(id);
  return { id, candidate };
};

/** What each mail says to a calendar: method, for whom, which entry, its number and its organizer. */
const said = (mails: readonly Mail[]) =>
  mails.map((mail) => ({
    to: mail.to,
    method: mail.calendar?.method,
    uid: field(mail, 'UID'),
    sequence: field(mail, 'SEQUENCE'),
    organizer: /mailto:(\S+)/.exec(field(mail, 'ORGANIZER'))?.[1],
    status: field(mail, 'STATUS'),
    attendees: [...(mail.calendar?.content.replaceAll('\r\n ', '') ?? '').matchAll(/^ATTENDEE.*mailto:(\S+)$/gm)].map(([, address]) => address),
  })); // prettier-ignore

const since = async (id: string, first: readonly Mail[]) => (await mailsOf(id)).slice(first.length);

test('a candidate with another address is invited there, and uninvited at the old one', async () => {
  const { id, candidate } = await scheduled('Ada Address');
  const first = await mailsOf(id);
  const entry = said(first).find(({ to }) => to === candidate.email);
  await lever.setEmail(candidate.id, 'ada.new@candidates.example');
  await until('both have heard', async () => (await since(id, first)).length === 2);
  await settled(id);
  const told = said(await since(id, first)).sort((a, b) => a.to.localeCompare(b.to));
  assert.deepEqual(told, [
    { ...entry, sequence: '1', method: 'CANCEL', status: '' },
    { ...entry, sequence: '1', to: 'ada.new@candidates.example', attendees: ['ada.new@candidates.example'] },
  ].sort((a, b) => (a.to ?? '').localeCompare(b.to ?? ''))); // prettier-ignore
  const off = (await since(id, first)).find(({ calendar }) => calendar?.method === 'CANCEL');
  assert.match(off?.subject ?? '', /^Replaced: /);
  assert.match(off?.text ?? '', /goes on: this invitation was moved to another address/);
  assert.doesNotMatch(`${off?.text ?? ''}${off?.calendar?.content ?? ''}`, /ada\.new/, 'the old address may be a stranger’s');
  await act(id, 'cancel');
  await settled(id);
  const off2 = said((await mailsOf(id)).slice(first.length + 2)).filter(({ to }) => to.includes('ada'));
  assert.deepEqual(off2.map(({ to, method, status }) => [to, method, status]), [['ada.new@candidates.example', 'CANCEL', 'CANCELLED']]);
}); // prettier-ignore

test('a candidate whose address was taken out keeps the invite until there is another', async () => {
  const { id, candidate } = await scheduled('Nel Nowhere');
  const first = await mailsOf(id);
  await lever.setEmail(candidate.id, '');
  await until('the invite waits', async () =>
    (await world.api.get<{ effects: Array<{ state: string }> }>(`/interviews/${id}`)).effects.some(
      ({ state }) => state === 'waiting',
    ),
  );
  await hub.quiet();
  assert.deepEqual(await since(id, first), []);
  await lever.setEmail(candidate.id, 'nel.new@candidates.example');
  await until('both have heard', async () => (await since(id, first)).length === 2);
  assert.deepEqual(
    new Set(said(await since(id, first)).map(({ to, method }) => `${method ?? ''} ${to}`)),
    new Set([`CANCEL ${candidate.email}`, 'REQUEST nel.new@candidates.example']),
  );
});

test('an interviewer with another address is invited there, to the same entry as all who sit there', async () => {
  const { id } = await scheduled('Ira Interviewer');
  const first = await mailsOf(id);
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const hours = Object.fromEntries(days.map((name) => [name, [{ from: '00:00', to: '24:00' }]]));
  const move = async (email: string) => {
    const change = { name: 'Alan Turing', email, zone: 'Europe/Berlin', hours };
    assert.equal((await world.api.call('PUT', `/people/${alan}`, change)).status, 200);
  };
  await move('alan@elsewhere.example');
  await until('all have heard', async () => (await since(id, first)).length >= 3);
  await settled(id);
  const told = said(await since(id, first));
  const entry = said(first).find(({ to }) => to.startsWith('alan'));
  assert.deepEqual(
    new Map(told.map(({ to, method, uid, sequence }) => [to, [method, uid, sequence]])),
    new Map([
      ['alan.turing@example.com', ['CANCEL', entry?.uid, '1']],
      ['alan@elsewhere.example', ['REQUEST', entry?.uid, '1']],
      ['edsger.dijkstra@example.com', ['REQUEST', entry?.uid, '1']],
    ]),
  );
  assert.equal(told.length, 3, 'not about the event in which Edsger sits alone');
  const { items } = await world.api.get<{ items: Array<{ act: string }> }>(`/interviews/${id}/changes`);
  assert.ok(items.some((one) => one.act === 'address'));
  await move('alan.turing@example.com');
  await until('he is back', async () => (await since(id, first)).length >= 6);
  await settled(id);
  const back = said((await since(id, first)).slice(3));
  assert.deepEqual(
    new Set(back.map(({ to, method, sequence }) => `${method ?? ''} ${sequence} ${to}`)),
    new Set(['CANCEL 2 alan@elsewhere.example', 'REQUEST 2 alan.turing@example.com', 'REQUEST 2 edsger.dijkstra@example.com']),
  );
}); // prettier-ignore

/** Each has one entry more, from the new organizer; the old one was taken back by the old organizer. */
const replacedBy = (first: readonly Mail[], told: readonly Mail[], organizer: string): void => {
  const entries = said(first).map(({ to, uid }) => `${to} ${uid}`);
  const off = said(told).filter(({ method }) => method === 'CANCEL');
  const on = said(told).filter(({ method }) => method === 'REQUEST');
  assert.deepEqual(off.map(({ to, uid }) => `${to} ${uid}`).sort(), entries.sort());
  assert.deepEqual(on.map(({ to }) => to).sort(), first.map(({ to }) => to).sort());
  for (const one of off) {
    assert.notEqual(one.organizer, organizer);
    assert.equal(one.status, 'CANCELLED');
    assert.equal(one.sequence, '1');
  }
  for (const one of on) {
    assert.equal(one.organizer, organizer);
    assert.ok(!off.some(({ uid }) => uid === one.uid));
    assert.equal(one.sequence, '0');
  }
};

test('another sender takes every invite back in the name of the old one, and invites anew, at once', async () => {
  const { id } = await scheduled('Ozzy Organizer');
  const first = await mailsOf(id);
  const settings = { fromAddress: 'talent@robotics.example', fromName: 'Talent' };
  assert.equal((await world.api.call('PATCH', `/connections/${server}`, { settings })).status, 200);
  await until('all have heard', async () => (await since(id, first)).length >= 8);
  await settled(id);
  const told = await since(id, first);
  replacedBy(first, told, 'talent@robotics.example');
  for (const mail of told) {
    const [one] = said([mail]);
    const [arrived] = world.sandbox.mailbox
      .list({ to: mail.to })
      .filter(({ calendar = '' }) =>
        [`METHOD:${one?.method ?? ''}`, `UID:${one?.uid ?? ''}`].every((line) => calendar.includes(line)),
      )
      .filter(({ subject }) => subject === mail.subject);
    assert.equal(arrived?.from, one?.organizer, 'who sends is who organizes');
  }
  const off = told.find(({ calendar }) => calendar?.method === 'CANCEL');
  assert.match(off?.text ?? '', /a new invitation from talent@robotics\.example takes the place/);
  await act(id, 'move', { eventId: 'e2', start: at(24 * day + 3) });
  await until('the move is told', async () => (await since(id, first)).length >= 10);
  await settled(id);
  const moved = said((await since(id, first)).slice(8));
  assert.deepEqual(moved.map(({ sequence, method }) => `${method ?? ''} ${sequence}`), ['REQUEST 1', 'REQUEST 1']);
}); // prettier-ignore

test('another name of the same sender, or a server that is away for a while, is told to nobody', async () => {
  const { id } = await scheduled('Sam Same');
  const first = await mailsOf(id);
  const rename = { settings: { fromName: 'Careers' } };
  assert.equal((await world.api.call('PATCH', `/connections/${server}`, rename)).status, 200);
  assert.equal((await world.api.call('DELETE', `/connections/${server}`)).status, 200);
  const { db, queue } = world.hub.hub;
  await queue.send(db, 'reconcile-interview', { interviewId: id });
  await hub.quiet();
  assert.deepEqual(await since(id, first), []);
  // The emulator's account has another sender than the one before.
  server = await hub.connect('smtp');
  await until('all have heard', async () => (await since(id, first)).length >= 8);
  await settled(id);
  const told = await since(id, first);
  replacedBy(first, told, 'interviews@robotics.example');
  assert.deepEqual(new Set(told.map(({ state }) => state)), new Set(['sent']), 'also what the server that is gone had sent');
}); // prettier-ignore

test('of two servers the second takes over at once when the first is disconnected', async () => {
  const { id } = await scheduled('Tess Two');
  const first = await mailsOf(id);
  const second = await hub.connect('smtp');
  const settings = { fromAddress: 'second@robotics.example' };
  assert.equal((await world.api.call('PATCH', `/connections/${second}`, { settings })).status, 200);
  await hub.quiet();
  assert.deepEqual(await since(id, first), [], 'the first one still sends');
  assert.equal((await world.api.call('DELETE', `/connections/${server}`)).status, 200);
  await until('all have heard', async () => (await since(id, first)).length >= 8);
  await settled(id);
  replacedBy(first, await since(id, first), 'second@robotics.example');
});
