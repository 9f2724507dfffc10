/** Guide 001: a key with the right permission, live links, and templates or tests behind one variable. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { replaceChoices } from '#store/choices.ts';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { linksIn, panelOf, seat, type Interview, type Mail } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({
  sandbox: { only: ['lever', 'codesignal'], candidates: 2 },
  env: { LOOPWRIGHT_RESULT_POLL_SECONDS: '1' },
});
const hub = hubOf(world);
const panel = panelOf(world);
await joinLever(world, 'Alan Turing', 'Barbara Liskov');
const connectionId = await hub.connect('lever');
const [posting] = await leverOf(world).postings();
const [alan, barbara] = [await panel.person('Alan Turing'), await panel.person('Barbara Liskov')];

after(() => world.close());

interface TestPage {
  code?: string;
  state: string;
  candidate: string;
  test: {
    testName: string;
    platform: string;
    status: string;
    percent: number | null;
    url: string | null;
    reportUrl: string | null;
  } | null;
}

interface Account {
  interviews: Array<{ id: string; status: string; templateId: string | null }>;
  sessions: Array<{ id: string; status: string; testId: string; email: string | null }>;
}

const account = (): Account => world.emulator('codesignal').snapshot() as Account;
const open = () => account().interviews.filter(({ status }) => status !== 'deleted');

const addKey = async (description: string, permissions: string[]): Promise<string> => {
  const path = '/codesignal/integrations/api-keys';
  const fields = new URLSearchParams([
    ['description', description],
    ...permissions.map((name) => ['permissions', name] as [string, string]),
  ]);
  await fetch(world.sandbox.url + path, { method: 'POST', body: fields, redirect: 'manual' });
  const [, row = ''] = (await world.page(path)).split(description);
  return /user-select:all">\s*([^<\s]+)/.exec(row)?.[1] ?? '';
};

const platformId = await world.connect('codesignal', {
  apiKey: await addKey('For Loopwright', ['liveInterview', 'companyTest', 'companyTestSession']),
});

test('a key without the permission is accepted for what it may, and the missing one is named', async () => {
  const settings = { ...world.emulator('codesignal').credentials() };
  settings['apiKey'] = await addKey('Tests only', ['companyTest', 'companyTestSession']);
  const { verification } = await world.api.post<{
    verification: { permissions: Array<{ name: string; state: string; where?: string }> };
  }>('/connections/test', { connector: 'codesignal', settings });
  const missing = verification.permissions.filter(({ state }) => state === 'missing');
  assert.ok(missing.some(({ name }) => /liveInterview/i.test(name)));
  assert.match(missing[0]?.where ?? '', /API Keys/);
});

const schedule = async (
  name: string,
  day: number,
  body: string,
  coding: { kind: 'template' | 'test'; id: string } | null = null,
) => {
  const candidate = await applyAtLever(world, name, { posting: posting?.id ?? '' });
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: {
      texts: {
        interviewerInvite: { title: '$Event.Name', body },
        candidateInvite: { title: 'Your interview', body },
        candidateMail: null,
      },
      ...(coding ? { coding: [{ connectionId: platformId, ...coding }] } : {}),
    },
    events: [
      { name: 'Coding', minutes: 60, start: panel.at(day * 24), seats: [seat(alan)] },
      { name: 'Design', minutes: 60, start: panel.at(day * 24 + 1), seats: [seat(barbara)] },
    ],
  });
  await panel.settled(id);
  const mails = await panel.mails(id);
  const isOwn = ({ to }: Mail): boolean => to === candidate.email;
  return {
    id,
    candidate,
    mails,
    own: mails.find(isOwn),
    inside: mails.filter((one) => !isOwn(one)),
  };
};

test('one session for the interview, or one for each event, as the variable says', async () => {
  const single = await schedule('Sue Single', 0, '$Interview.CodeSignal.Live.Link');
  assert.equal(open().length, 1);
  const links = [single.own, ...single.inside].flatMap((mail) => linksIn(mail?.text ?? ''));
  assert.equal(links.length, 3);
  assert.equal(new Set(links).size, 1);
  assert.match(await (await fetch(links[0] ?? '')).text(), /Give your name to join the interview/);

  const each = await schedule('Ed Each', 1, '$Event.CodeSignal.Live.Link');
  assert.equal(open().length, 3);
  assert.equal(new Set(each.inside.flatMap(({ text }) => linksIn(text))).size, 2);
});

test('cancelling deletes the session at CodeSignal', async () => {
  const { id } = await schedule('Cy Cancel', 2, '$Interview.CodeSignal.Live.Link');
  const before = open().length;
  await panel.act(id, 'cancel');
  await panel.settled(id);
  assert.equal(open().length, before - 1);
});

test('an interview template is a live interview launched with it: the same link for both', async () => {
  const templates = await hub.choices(platformId, 'templates');
  const template = templates.find(({ name }) => name === 'System design');
  assert.ok(template);
  const { own, inside } = await schedule('Tia Template', 3, '$Interview.CodeSignal.Template.Link', {
    kind: 'template',
    id: template.id,
  });
  assert.equal(open().at(-1)?.templateId, template.id);
  const links = [own, ...inside].flatMap((mail) => linksIn(mail?.text ?? ''));
  assert.equal(links.length, 3);
  assert.equal(new Set(links).size, 1);
});

const testPageAt = async (page: string): Promise<TestPage> =>
  (await fetch(page.replace('/tests/', '/api/v1/test-pages/'))).json() as Promise<TestPage>;

test('a template that is gone at CodeSignal is told before an interview is made with it', async () => {
  const [template] = await hub.choices(platformId, 'templates');
  const { id: templateId } = await world.api.post<{ id: string }>('/templates', {
    name: 'With what will go',
    layer: {
      coding: [{ connectionId: platformId, kind: 'template', id: template?.id }],
      texts: { interviewerInvite: { title: 'Coding', body: '$Event.CodeSignal.Live.Link' } },
    },
  });
  const candidate = await applyAtLever(world, 'Gil Gone', { posting: posting?.id ?? '' });
  const body = {
    connectionId,
    candidateId: candidate.id,
    templateId,
    events: [{ name: 'Coding', minutes: 60, start: panel.at(90), seats: [seat(alan)] }],
  };
  const look = async () =>
    (
      await world.api.post<{ problems: Array<{ code: string; text: string; blocks: boolean }> }>(
        '/interviews/preview',
        body,
      )
    ).problems;
  assert.deepEqual(await look(), []);
  const { db } = world.hub.hub;
  await replaceChoices(db, platformId, 'template', [], Date.now());
  const [problem, ...others] = await look();
  assert.deepEqual([problem?.code, problem?.blocks, others], ['choice_gone', false, []]);
  assert.match(problem?.text ?? '', new RegExp(`“${template?.name ?? ''}” is no longer among`));
  await world.api.post(`/connections/${platformId}/refresh`);
  await until('the list is read again', async () => (await look()).length === 0);
});

test('what is gone is told of an event’s own template, and not where an event has another', async () => {
  const [whole, own] = await hub.choices(platformId, 'templates');
  const candidate = await applyAtLever(world, 'Ola Own', { posting: posting?.id ?? '' });
  const templateOf = (id?: string) => [{ connectionId: platformId, kind: 'template', id }];
  const { id: templateId } = await world.api.post<{ id: string }>('/templates', {
    name: 'With rooms of its own',
    layer: {
      coding: templateOf(whole?.id),
      texts: { interviewerInvite: { title: 'Coding', body: '$Event.CodeSignal.Live.Link' } },
      events: [{ name: 'Coding', minutes: 60, coding: templateOf(own?.id), seats: [seat(alan)] }],
    },
  });
  type Looked = { problems: Array<{ code: string; text: string; blocks: boolean; field: string }> };
  const look = async (event: object = {}) => {
    const body = { connectionId, candidateId: candidate.id, templateId, events: [{ start: panel.at(120), ...event }] };
    const { problems } = await world.api.post<Looked>('/interviews/preview', body);
    return problems.map(({ code, text, field }) => [code, /“(.*)”/.exec(text)?.[1], field]);
  };
  const { db } = world.hub.hub;
  const keep = (one?: { id: string; name: string }) =>
    replaceChoices(db, platformId, 'template', one ? [{ id: one.id, name: one.name, detail: {} }] : [], Date.now());
  const field = 'texts.interviewerInvite.body';
  await keep(whole);
  assert.deepEqual(await look(), [['choice_gone', own?.name, field]]);
  assert.deepEqual(await look({ coding: templateOf(own?.id) }), [['choice_gone', own?.name, field]], 'as its template says');
  assert.deepEqual(await look({ coding: [] }), []);
  await keep(own);
  assert.deepEqual(await look(), [], 'no room begins with what is gone');
  assert.deepEqual(await look({ coding: [] }), [['choice_gone', whole?.name, field]]);
  await world.api.post(`/connections/${platformId}/refresh`);
  await until('the list is read again', async () => (await look({ coding: [] })).length === 0);
}); // prettier-ignore

test('a test goes to the candidate by our invite, and the interviewers get the hub’s page', async () => {
  const tests = await hub.choices(platformId, 'tests');
  const chosen = tests.find(({ name }) => name === 'Backend assessment');
  assert.ok(chosen);
  const mailed = world.sandbox.mailbox.list().length;
  const before = open().length;
  const { id, own, inside, candidate } = await schedule(
    'Tess Test',
    4,
    '$Interview.CodeSignal.Template.Link',
    { kind: 'test', id: chosen.id },
  );
  assert.equal(open().length, before, 'no live interview is made for a test');
  const [session, ...others] = account().sessions.filter(({ email }) => email === candidate.email);
  assert.deepEqual(others, []);
  assert.equal(session?.testId, chosen.id);
  assert.equal(world.sandbox.mailbox.list().length, mailed, 'CodeSignal mails nobody');
  assert.match(linksIn(own?.text ?? '')[0] ?? '', /\/codesignal\//);
  const pages = new Set(inside.flatMap(({ text }) => linksIn(text)));
  assert.equal(pages.size, 1);
  const [page = ''] = pages;
  assert.match(page, new RegExp(`^${world.url}/tests/`));
  const shown = (of = page) => testPageAt(of);
  const sent = await shown();
  assert.deepEqual([sent.state, sent.candidate], ['sent', 'Tess Test']);
  assert.equal(sent.test?.testName, 'Backend assessment');
  assert.deepEqual([sent.test.platform, sent.test.status], ['CodeSignal', 'invited']);
  assert.equal(sent.test.url, linksIn(own?.text ?? '')[0]);
  const invitation = new URL(linksIn(own?.text ?? '')[0] ?? '').pathname;
  await world.form(`${invitation}/start`);
  await world.form(`${invitation}/finish`, { score: '82', answer: 'x' });
  const done = await until('the page shows the result', async () => {
    const { test: result } = await shown();
    return result?.status === 'completed' && result;
  });
  assert.deepEqual([Math.round(done.percent ?? 0), done.url], [82, null]);
  assert.match(done.reportUrl ?? '', /^http/);
  assert.equal((await fetch(page.replace('/tests/', '/join/'))).status, 404);
  assert.equal((await shown(`${page}x`)).code, 'not_found');
  await panel.act(id, 'texts', { texts: { candidateMail: { subject: 'Hello', body: page } } });
  const stopped = await until('the interviewers’ page does not reach the candidate', async () =>
    (await world.api.get<Interview>(`/interviews/${id}`)).effects.find(
      ({ state }) => state === 'failed',
    ),
  );
  assert.match(stopped.error?.text ?? '', /internal address/);
});

test('the page says of a test that could not be sent that somebody has to decide, and of one that is not needed any more, too', async () => {
  const chosen = (await hub.choices(platformId, 'tests'))[0]?.id ?? '';
  const body = '$Interview.CodeSignal.Template.Link';
  const candidate = await applyAtLever(world, 'Noa Nowhere', { posting: posting?.id ?? '', email: '' });
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: {
      texts: { interviewerInvite: { title: 'Coding', body } },
      coding: [{ connectionId: platformId, kind: 'test', id: chosen }],
    },
    events: [{ name: 'Coding', minutes: 60, start: panel.at(60 * 24), seats: [seat(alan)] }],
  });
  const page = await until('the interviewer has the page', async () =>
    (await panel.mails(id)).flatMap(({ text }) => linksIn(text))[0],
  );
  const says = (state: string) =>
    until(`the page says ${state}`, async () => {
      const shown = await testPageAt(page);
      return shown.state === state && shown;
    });
  assert.equal((await says('stopped')).test, null);
  await panel.act(id, 'cancel', { reason: null });
  await says('off');
}); // prettier-ignore

test('an interview that is further off than a link lives gets the hub’s own address', async () => {
  const { own, inside } = await schedule('Fay Far', 30, '$Interview.CodeSignal.Live.Link');
  const links = [own, ...inside].flatMap((mail) => linksIn(mail?.text ?? ''));
  assert.equal(new Set(links).size, 1);
  assert.match(links[0] ?? '', new RegExp(`^${world.url}/join/`));
  assert.match(await (await fetch(links[0] ?? '')).text(), /Not open yet/);
});

test('where the company prefers it, the link is the hub’s own and leads on to the room', async () => {
  const company = await world.api.get<object>('/company');
  const put = (layer: object) => world.api.call('PUT', '/company', { ...company, layer });
  assert.equal((await put({ hubLinks: true })).status, 200);
  const { id, own, inside } = await schedule('Hub Links', 8, '$Event.CodeSignal.Live.Link');
  await put({});
  const links = [own, ...inside].flatMap((mail) => linksIn(mail?.text ?? ''));
  assert.equal(new Set(links).size, 2);
  const rooms: Array<string | null> = [];
  for (const link of new Set(links)) {
    assert.match(link, new RegExp(`^${world.url}/join/`));
    const answer = await fetch(link, { redirect: 'manual' });
    assert.equal(answer.status, 302);
    rooms.push(answer.headers.get('location'));
  }
  const { effects } = await world.api.get<Interview>(`/interviews/${id}`);
  const made = effects.flatMap(({ kind, remoteUrl }) =>
    (kind as string) === 'live_session' ? [remoteUrl] : [],
  );
  assert.deepEqual(rooms.sort(), made.sort());
});

test('guessing the hub’s own links comes to an end, and whoever has one still gets in', async () => {
  const { own } = await schedule('Gil Guessed', 32, '$Interview.CodeSignal.Live.Link');
  const [link = ''] = linksIn(own?.text ?? '');
  const refused = await until('guessing is refused', async () => {
    const answer = await fetch(`${world.url}/join/join_guess`);
    assert.ok([404, 429].includes(answer.status), String(answer.status));
    return answer.status === 429 && answer;
  });
  assert.match(refused.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
  assert.match(await refused.text(), /<h1>Too many attempts<\/h1>/);
  assert.equal((await fetch(link)).status, 200);
  const opened = await until('one link is opened too often', async () => {
    const answer = await fetch(link);
    assert.ok([200, 429].includes(answer.status), String(answer.status));
    return answer.status === 429 && answer;
  });
  assert.match(opened.headers.get('content-type') ?? '', /^text\/html/);
});

test('a move beyond the link’s life replaces it, and every invite says so', async () => {
  const { id, mails } = await schedule('Mia Moved', 5, '$Interview.CodeSignal.Live.Link');
  const before = open().length;
  await panel.act(id, 'reschedule', { start: panel.at(40 * 24) });
  await panel.settled(id);
  assert.equal(open().length, before - 1, 'the session that would have died is gone');
  const told = (await panel.mails(id)).slice(mails.length);
  assert.equal(told.length, 3);
  for (const { text } of told) assert.match(text, new RegExp(`${world.url}/join/`));
});

test('while CodeSignal is away the invites wait, then say that the link follows, and are mended once', async () => {
  const emulator = world.emulator('codesignal');
  emulator.faults.push({ kind: 503, match: 'POST', times: 3 });
  const candidate = await applyAtLever(world, 'Wes Waiting', { posting: posting?.id ?? '' });
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    layer: {
      linkWaitMinutes: 0,
      texts: {
        interviewerInvite: { title: 'Coding', body: 'Room: $Event.CodeSignal.Live.Link' },
        candidateInvite: null,
        candidateMail: null,
      },
    },
    events: [{ name: 'Coding', minutes: 60, start: panel.at(6 * 24), seats: [seat(alan)] }],
  });
  const [early] = await until('an invite went out without the link', async () => {
    const mails = await panel.mails(id);
    return mails.length > 0 && mails;
  });
  assert.match(early?.text ?? '', /link follows/i);
  assert.doesNotMatch(early?.text ?? '', /\$|http/);
  await until('the link followed', async () => (await panel.mails(id)).length === 2, 60_000);
  await panel.settled(id);
  const mails = await panel.mails(id);
  assert.equal(mails.length, 2);
  assert.equal(linksIn(mails[1]?.text ?? '').length, 1);
});
