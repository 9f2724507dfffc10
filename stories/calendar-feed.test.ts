/** An interviewer's own calendar reads along: whose interviews, as they are now, and for how long. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import ical from 'ical.js';
import { openBrowser, signIn } from './browser.ts';
import { keepLog } from './kept-log.ts';
import { panelOfThree } from './panel-of-three.ts';
import { field, seat } from './panel.ts';
import { applyAtLever } from './newcomers.ts';
import { startWorld } from './world.ts';

const { log, fields: logged } = keepLog();
const world = await startWorld({
  sandbox: { only: ['lever'], candidates: 2 },
  overrides: { log },
});
after(() => world.close());

const {
  connectionId,
  posting,
  people,
  scheduled,
  at,
  settled,
  schedule,
  act,
  mails: mailsOf,
} = await panelOfThree(world);

const feedOf = async (address: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(address, { headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text };
};

/** The feed as another library reads it, by the title of the entry. */
const entriesIn = (text: string): Map<unknown, (name: string) => string> =>
  new Map(
    new ical.Component(ical.parse(text) as unknown[]).getAllSubcomponents('vevent').map((event) => {
      const value = (name: string): string => String(event.getFirstPropertyValue(name));
      return [value('summary'), value];
    }),
  );

const ownFeed = '/me/calendar-feed';
interface Feed {
  on: boolean;
  url: string;
  readAt: string | null;
}

test('an interviewer’s calendar reads the own events as they are now: held, moved, cancelled, and nothing of others', async () => {
  const alan = await world.as('interviewer', 'alan.turing@example.com');
  assert.equal((await alan.get<Feed>(ownFeed)).on, false);
  const { url } = await alan.post<Feed>(ownFeed);
  assert.match(url, new RegExp(`^${world.url}/feeds/[\\w-]{43}\\.ics$`));
  const interviewerInvite = { title: '$Event.Name: $Candidate.FullName', body: 'Join: https://meet.example/alan' };
  const { id } = await scheduled('Cal Calendar', 100, { interviewerInvite });
  const candidate = await applyAtLever(world, 'Hal Held', { posting });
  const [first = ''] = people;
  const held = await schedule({
    connectionId,
    candidateId: candidate.id,
    state: 'hold',
    layer: { texts: { interviewerInvite } },
    events: [{ name: 'Chat', minutes: 30, start: at(124), location: 'https://meet.example/room', seats: [seat(first)] }],
  });
  await settled(held.id);

  const read = await feedOf(url);
  assert.equal(read.status, 200, read.text);
  assert.match(read.headers.get('content-type') ?? '', /^text\/calendar/);
  assert.equal(read.headers.get('cache-control'), 'private, no-cache');
  assert.match(read.text, /\r\nMETHOD:PUBLISH\r\n[^]*\r\nREFRESH-INTERVAL;VALUE=DURATION:PT60M\r\n/);
  const entries = entriesIn(read.text);
  const mails = await mailsOf(id);
  const invite = mails.find(({ to, calendar }) => to === 'alan.turing@example.com' && calendar);
  assert.ok(invite);
  const own = entries.get('Event 1: Cal Calendar');
  assert.equal(own?.('uid'), field(invite, 'UID'), 'the entry of the invite');
  assert.equal(own('sequence'), field(invite, 'SEQUENCE'));
  assert.equal(own('description'), 'Join: https://meet.example/alan');
  assert.equal(own('url'), `${world.url}/interviews/${id}`);
  assert.equal(entries.has('Event 2: Cal Calendar'), false, 'the event of another');
  const hold = entries.get('[Hold] Chat: Hal Held');
  assert.deepEqual([hold?.('status'), hold?.('location')], ['TENTATIVE', 'https://meet.example/room']);

  const tag = read.headers.get('etag') ?? '';
  const known = await feedOf(url, { 'if-none-match': `"other", W/${tag}` });
  assert.deepEqual([known.status, known.text, known.headers.get('etag')], [304, '', tag]);
  await act(id, 'move', { eventId: 'e1', start: at(110) });
  await settled(id);
  const after = await feedOf(url, { 'if-none-match': tag });
  assert.equal(after.status, 200);
  const moved = entriesIn(after.text).get('Event 1: Cal Calendar');
  assert.deepEqual([moved?.('uid'), moved?.('sequence')], [own('uid'), '1']);
  assert.equal(moved?.('dtstart'), at(110).replace('.000', ''));
  await act(id, 'cancel', { reason: null });
  const left = entriesIn((await feedOf(url)).text);
  assert.deepEqual([left.has('Event 1: Cal Calendar'), left.has('[Hold] Chat: Hal Held')], [false, true]);
  assert.notEqual((await alan.get<Feed>(ownFeed)).readAt, null);
}); // prettier-ignore

test('what can still be taken back is in no calendar yet', async () => {
  const edsger = await world.as('interviewer', 'edsger.dijkstra@example.com');
  const { url } = await edsger.post<Feed>(ownFeed);
  const candidate = await applyAtLever(world, 'Wanda Waiting', { posting });
  const [, second = ''] = people;
  const interview = {
    connectionId,
    candidateId: candidate.id,
    undoSeconds: 60,
    events: [{ name: 'Chat', minutes: 30, start: at(150), seats: [seat(second)] }],
  };
  const { id } = await schedule(interview);
  assert.doesNotMatch((await feedOf(url)).text, /Wanda/);
  await act(id, 'undo');
});

test('an Admin sees whose feed is on and turns it off; nobody else does, and nobody is told its address', async () => {
  const edsger = people[1] ?? '';
  const path = `/people/${edsger}/calendar-feed`;
  const own = await world.as('interviewer', 'edsger.dijkstra@example.com');
  const admin = await world.as('admin');
  const { url } = await own.post<Feed>(ownFeed);
  const on = async (feed: string) =>
    (await admin.get<{ items: Array<{ id: string }> }>(`/people?calendarFeed=${feed}`)).items.some(({ id }) => id === edsger);
  assert.deepEqual([await on('true'), await on('false')], [true, false]);
  const seen = await admin.get<Feed>(path);
  assert.deepEqual([seen.on, Object.keys(seen)], [true, ['on', 'createdAt', 'readAt']]);
  const member = await world.as('team_member', 'tim@example.com');
  for (const [method, at, status, code] of [
    ['GET', path, 404, 'person_not_found'],
    ['DELETE', path, 404, 'person_not_found'],
    ['GET', '/people?calendarFeed=true', 403, 'not_allowed'],
  ] as const) {
    const refused = await member.call<{ code: string }>(method, at);
    assert.deepEqual([refused.status, refused.body.code], [status, code], `${method} ${at}`);
  }
  assert.equal((await feedOf(url)).status, 200);
  assert.equal((await admin.call('DELETE', path)).status, 204);
  assert.equal((await feedOf(url)).status, 404);
  assert.deepEqual([await on('true'), await on('false')], [false, true]);
  assert.equal((await own.get<Feed>(ownFeed)).on, false);
  const { items } = await admin.get<{ items: Array<{ act: string; object: string }> }>('/audit?act=calendar_feed');
  assert.deepEqual([items.length, items[0]?.act, items[0]?.object], [1, 'calendar_feed.disable', edsger], 'an own act');
}); // prettier-ignore

test('a feed’s address is good until it is replaced, turned off, or its user or address is gone, and is told nowhere', async () => {
  const email = 'barbara.liskov@example.com';
  const invited = await world.api.post<{ link: string }>('/invitations', { email, role: 'interviewer' });
  const token = invited.link.split('/').at(-1) ?? '';
  const browser = openBrowser(world.url);
  const account = { token, name: 'Barbara Liskov', password: 'seven quiet grey geese' };
  assert.equal((await browser.call('POST', '/api/v1/invitations/accept', account)).status, 201);
  const make = async () => {
    const made = await browser.call<Feed>('POST', `/api/v1${ownFeed}`);
    assert.equal(made.status, 201, made.text);
    return made.body.url;
  };
  const statuses = async (...urls: string[]) => Promise.all(urls.map(async (url) => (await feedOf(url)).status));
  const first = await make();
  const second = await make();
  assert.deepEqual(await statuses(first, second), [404, 200], 'replaced');
  assert.equal((await browser.call('DELETE', `/api/v1${ownFeed}`)).status, 204);
  assert.equal((await feedOf(second)).status, 404, 'turned off');
  const third = await make();
  const { items } = await world.api.get<{ items: Array<{ id: string; email: string }> }>('/users');
  const user = items.find((one) => one.email === email)?.id ?? '';
  await world.api.post(`/users/${user}/deactivate`);
  const refused = await feedOf(third);
  assert.deepEqual([refused.status, (JSON.parse(refused.text) as { code: string }).code], [404, 'not_found'], 'deactivated');
  await world.api.post(`/users/${user}/reactivate`);
  assert.equal((await feedOf(third)).status, 404, 'it stays off');
  assert.equal((await signIn(browser, email, account.password)).status, 200);
  const fourth = await make();
  const role = async (name: string) => (await world.api.call('PATCH', `/users/${user}`, { role: name })).status;
  assert.deepEqual([await role('limited_team_member'), await role('interviewer')], [200, 200]);
  assert.equal((await feedOf(fourth)).status, 200, 'everybody who signs in may have one');
  const [, , barbara = ''] = people;
  const person = await world.api.get<Record<string, unknown>>(`/people/${barbara}`);
  const { id: _id, bounced: _bounced, createdAt: _createdAt, updatedAt: _updatedAt, ...input } = person;
  const changed = await world.api.call('PUT', `/people/${barbara}`, { ...input, email: 'other@example.com' });
  assert.equal(changed.status, 200);
  assert.equal((await feedOf(fourth)).status, 404, 'another address');

  const nobody = await world.as('interviewer', 'nobody@example.com');
  const { status, body } = await nobody.call<{ code: string }>('POST', ownFeed);
  assert.deepEqual([status, body.code], [404, 'own_person_missing']);
  const log = await world.api.get<{ items: Array<{ act: string; object: { id: string } }> }>('/audit?act=calendar_feed');
  assert.deepEqual(log.items.slice(0, 4).map(({ act: what }) => what.split('.')[1]), ['enable', 'disable', 'enable', 'disable']);
  const secrets = [first, second, third, fourth].map((url) => url.split('/').at(-1)?.slice(0, 43) ?? '');
  const said = JSON.stringify([logged, log]) + (await feedOf(`${world.url}/metrics`)).text;
  assert.ok(secrets.every((one) => one.length === 43 && !said.includes(one)));
}); // prettier-ignore
