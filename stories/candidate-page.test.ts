/** The candidate's page: the interview as it is now, for whoever has the address, and nothing internal. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { linksIn, panelOf, seat, type Interview } from './panel.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'codeinterview'], candidates: 2 } });
const hub = hubOf(world);
const lever = leverOf(world);
await joinLever(world, 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov');
const connectionId = await hub.connect('lever');
await hub.connect('codeinterview');
const form = await until('the feedback forms are read', async () => (await hub.choices(connectionId, 'feedback-forms'))[0]); // prettier-ignore
const posting = (await lever.postings())[0]?.id ?? '';

after(() => world.close());

const { person, at, settled, act, mails: mailsOf } = panelOf(world);
const alan = await person('Alan Turing', { title: 'Staff engineer' });
const edsger = await person('Edsger Dijkstra');
const barbara = await person('Barbara Liskov');
const note = 'Salary ends at 90k';

interface Page {
  state: string;
  movedAt: string | null;
  contact: { name: string; email: string } | null;
  events: Array<{
    name: string;
    start: string;
    people: Array<{ name: string; title: string }>;
    links: Array<{ kind: string; url: string | null; opensAt: string | null }>;
  }>;
  invites: Array<{ day: number }>;
}

const get = async (where: string) => {
  const response = await fetch(world.url + where);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
};

const read = async (token: string): Promise<Page> => {
  const answer = await get(`/api/v1/candidate-pages/${token}`);
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text) as Page;
};

const tokenIn = (text: string): string =>
  linksIn(text).flatMap((link) => /\/i\/([\w-]+)$/.exec(link)?.[1] ?? [])[0] ?? '';

const scheduled = async (name: string, hours: number) => {
  const candidate = await applyAtLever(world, name, { posting });
  const coordinator = {
    name: 'Grace Hopper',
    email: 'grace@example.com',
    title: '',
    phone: '+44 20',
  };
  const body = 'Room: $Event.CodeInterview.Live.Link\n$Event.Feedback.Link\n$Interview.Hub.Link';
  const { id } = await world.api.post<Interview>('/interviews', {
    connectionId,
    candidateId: candidate.id,
    candidateZone: 'Asia/Kathmandu',
    note,
    layer: { coordinator, texts: { interviewerInvite: { title: '$Event.Name', body } } },
    events: [
      { name: 'Design', topic: 'Queues', minutes: 60, start: at(hours), feedbackFormId: form.id, seats: [seat(alan), seat(barbara, { required: false })] },
      { name: 'Debrief', minutes: 30, start: at(hours + 1), internal: true, seats: [seat(edsger)] },
    ],
  }); // prettier-ignore
  await settled(id);
  const own = async () => (await mailsOf(id)).filter(({ to }) => to === candidate.email);
  const told = (await own()).map(({ text }) => tokenIn(text));
  assert.ok(told[0]);
  assert.deepEqual(new Set(told).size, 1, 'mail and invite lead to the same page');
  return { id, candidate, own, token: told[0] };
};

test('shows events, people and links, and tells nothing that is not for the candidate', async () => {
  const { id, token, own } = await scheduled('Pia Page', 0);
  const page = await read(token);
  assert.equal(page.state, 'confirmed');
  assert.equal(page.contact?.email, 'grace@example.com');
  assert.deepEqual(page.events.map(({ name, people }) => [name, people]), [
    ['Design', [{ name: 'Alan Turing', title: 'Staff engineer', bio: '' }]],
  ]); // prettier-ignore
  const [link] = page.events[0]?.links ?? [];
  assert.match(link?.url ?? '', /^http/);
  const answer = await get(`/api/v1/candidate-pages/${token}`);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(answer.headers.get('x-robots-tag'), 'noindex');
  const calendar = await get(`/api/v1/candidate-pages/${token}/invites/1`);
  assert.match(calendar.headers.get('content-type') ?? '', /^text\/calendar/);
  const sent = (await own()).find((mail) => mail.calendar !== null)?.calendar?.content ?? '';
  const uid = /^UID:.*$/m;
  assert.equal(uid.exec(calendar.text)?.[0], uid.exec(sent)?.[0], 'the same entry as the invite');
  assert.equal((await get(`/api/v1/candidate-pages/${token}/invites/2`)).status, 404);
  const { items } = await world.api.get<{ items: Array<{ url: string; name: string }> }>('/candidates?limit=100');
  const profile = items.find(({ name }) => name === 'Pia Page')?.url;
  assert.ok(profile);
  const feedback = (await mailsOf(id)).filter(({ to }) => to === 'alan.turing@example.com').flatMap(({ text }) => linksIn(text)).filter((url) => url !== link?.url);
  assert.ok(feedback.length > 0, 'the interviewer has a link of its own');
  for (const secret of [profile, id, note, 'Debrief', 'Edsger', 'Barbara', 'alan.turing@', ...feedback])
    for (const { text } of [answer, calendar])
      assert.ok(!text.replaceAll('\r\n ', '').replaceAll(`${id}.day1@`, '').includes(secret), `${secret} in ${text}`);
  const mails = await mailsOf(id);
  assert.ok(mails.filter(({ to }) => to.endsWith('@example.com')).every(({ text, html }) => !`${text}${html}`.includes(token)));
}); // prettier-ignore

test('the link stays the same through moves, and says what became of the interview', async () => {
  const { id, token, own } = await scheduled('Mona Moved', 30);
  assert.equal((await read(token)).movedAt, null);
  await act(id, 'move', { eventId: 'e1', start: at(40) });
  await settled(id);
  const moved = await read(token);
  assert.equal(Date.parse(moved.events[0]?.start ?? ''), Date.parse(at(40)));
  assert.notEqual(moved.movedAt, null);
  assert.ok((await own()).every(({ text }) => tokenIn(text) === token));
  await act(id, 'cancel', { reason: 'The job is filled' });
  await settled(id);
  const cancelled = await read(token);
  assert.equal(cancelled.state, 'cancelled');
  assert.deepEqual([cancelled.invites, cancelled.events.flatMap(({ links }) => links)], [[], []]);
});

test('another address gets another link, and the old one leads nowhere', async () => {
  const { candidate, id, token } = await scheduled('Ron Revoked', 60);
  await lever.setEmail(candidate.id, 'ron.new@candidates.example');
  const next = await until('the new address is told', async () => {
    const mails = await mailsOf(id);
    return mails.flatMap(({ to, text }) => (to.startsWith('ron.new') ? [tokenIn(text)] : []))[0];
  });
  assert.notEqual(next, token);
  assert.equal((await read(next)).state, 'confirmed');
  assert.equal((await get(`/api/v1/candidate-pages/${token}`)).status, 404);
  assert.equal((await get(`/join/${next}`)).status, 404, 'it opens no other door');
});

test('a forged link is refused with a problem, and guessing comes to an end', async () => {
  const { token } = await scheduled('Fay Forged', 90);
  const forged = await get(`/api/v1/candidate-pages/${token.slice(0, -1)}x`);
  assert.equal(forged.status, 404);
  assert.equal((JSON.parse(forged.text) as { code: string }).code, 'not_found');
  const end = await until('guessing is refused', async () => {
    const { status, headers } = await get('/api/v1/candidate-pages/join_guess');
    return status === 429 && headers;
  });
  assert.match(end.get('retry-after') ?? '', /^\d+$/);
  assert.equal((await read(token)).state, 'confirmed', 'whoever has the link is not held up');
});
