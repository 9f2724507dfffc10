/** Guide 002: Lever's scheduling toggle, its Schedule buttons, and the panel that follows every change. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { linksIn, panelOf, seat } from './panel.ts';
import { leverAdminOf } from './vendor-admin.ts';
import { leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

const world = await startWorld({
  sandbox: { only: ['lever', 'codeinterview', 'smtp'], candidates: 2 },
});
const hub = hubOf(world);
const panel = panelOf(world);
const lever = leverOf(world);
const { apiKey: seeded = '' } = world.emulator('lever').credentials();
await joinLever(world, 'Alan Turing', 'Barbara Liskov', 'Edsger Dijkstra');
await world.form('/lever/settings/integrations/toggle', { enabled: 'true' });

after(() => world.close());

interface Panel {
  id: string;
  canceledAt: number | null;
  externalUrl: string;
  interviews: Array<{ id: string; subject: string; date: number; duration: number; note: string }>;
}

const panels = async (candidate: string): Promise<Panel[]> => {
  const { apiBase = '' } = world.emulator('lever').credentials();
  const authorization = `Basic ${Buffer.from(`${seeded}:`).toString('base64')}`;
  const at = `${apiBase}/opportunities/${candidate}/panels`;
  const response = await fetch(at, { headers: { authorization } });
  return ((await response.json()) as { data: Panel[] }).data;
};

const pressKey = async (): Promise<string> => {
  const response = await fetch(`${world.sandbox.url}/lever/settings/integrations/key`, {
    method: 'POST',
  });
  return /id="new-key">(\w+)</.exec(await response.text())?.[1] ?? '';
};

const connectionId = await world.connect('lever', { apiKey: await pressKey() });
await world.connect('codeinterview');
await world.connect('smtp');
const [posting] = await lever.postings();
const people = [
  await panel.person('Alan Turing'),
  await panel.person('Barbara Liskov'),
  await panel.person('Edsger Dijkstra'),
];
const [alan = '', barbara = '', edsger = ''] = people;
const form = await until('the feedback forms were read', async () => {
  const forms = await hub.choices(connectionId, 'feedback-forms');
  return forms[0];
});

const apply = (name: string) => applyAtLever(world, name, { posting: posting?.id ?? '' });

const schedule = async (name: string, day: number, change: Record<string, unknown> = {}) => {
  const candidate = await apply(name);
  const body = {
    connectionId,
    candidateId: candidate.id,
    layer: {
      interviewName: 'Onsite loop',
      texts: {
        interviewerInvite: {
          title: '$Event.Name',
          body: 'Room: $Event.CodeInterview.Live.Link\nFeedback: $Event.Feedback.Link',
        },
        candidateInvite: { title: 'Your day', body: '$Event.CodeInterview.Live.Link' },
        candidateMail: null,
      },
    },
    events: [
      { name: 'Design', minutes: 60, start: panel.at(24 * day), feedbackFormId: form.id, seats: [seat(alan)] },
      { name: 'Coding', minutes: 45, start: panel.at(24 * day + 1), feedbackFormId: form.id, seats: [seat(barbara)] },
    ],
    ...change,
  }; // prettier-ignore
  const { id } = await panel.schedule(body);
  await panel.settled(id);
  return { id, candidate };
};

test('the key of the toggle is shown once, and is enough for everything', async () => {
  const page = await world.page('/lever/settings/integrations');
  assert.match(page, /panels:write:admin/);
  const { permissions } = await world.api.post<{
    permissions: Array<{ name: string; state: string }>;
  }>(`/connections/${connectionId}/test`);
  assert.deepEqual(
    permissions.filter(({ state }) => state === 'missing'),
    [],
  );
});

test('every Schedule button opens the hub for its candidate', async () => {
  const candidate = await apply('Sam Button');
  const address = `${world.url}/schedule?connection=${connectionId}&candidate={opportunityId}`;
  await world.form('/lever/settings/integrations/address', { address });
  const to = address.replace('{opportunityId}', candidate.id).replaceAll('&', '&amp;');
  for (const at of ['/lever/candidates', `/lever/candidates/${candidate.id}`])
    assert.ok((await world.page(at)).includes(`href="${to}" target="_blank"`), at);
  assert.equal((await fetch(to.replaceAll('&amp;', '&'))).status, 200);
  const draft = await world.api.get<{ candidate: { name: string } }>(
    `/schedule?connection=${connectionId}&candidate=${candidate.id}`,
  );
  assert.equal(draft.candidate.name, 'Sam Button');
});

test('the panel appears with its events, links and forms; each invite holds its feedback link', async () => {
  const { id, candidate } = await schedule('Pat Panel', 0);
  const [made, ...others] = await panels(candidate.id);
  assert.deepEqual(others, []);
  assert.equal(made?.externalUrl, `${world.url}/interviews/${id}`);
  assert.deepEqual(
    made.interviews.map(({ subject, duration }) => [subject, duration]),
    [
      ['Design', 60],
      ['Coding', 45],
    ],
  );
  for (const interview of made.interviews) assert.match(interview.note, /CodeInterview: http/);
  const profile = await world.page(`/lever/candidates/${candidate.id}`);
  assert.match(profile, /View in External App/);
  assert.ok(profile.includes(form.name));
  const mails = await panel.mails(id);
  const inside = mails.filter(({ to }) => to !== candidate.email);
  const feedback = inside.flatMap(({ text }) =>
    linksIn(text).filter((link) => /\/lever\//.test(link)),
  );
  assert.deepEqual(
    feedback.map((link) => link.split('/').at(-1)).sort(),
    made.interviews.map((interview) => interview.id).sort(),
  );
  assert.match(await (await fetch(feedback[0] ?? '')).text(), /Feedback of/);
  const own = mails.find(({ to }) => to === candidate.email);
  assert.doesNotMatch(`${own?.text ?? ''}${own?.html ?? ''}`, /lever|interviews\/iv_/);
  const pushed = world.emulator('lever').requests.filter(({ path }) => /panels/.test(path));
  assert.equal(pushed.filter(({ method }) => method === 'POST').length, 1);
});

test('edits follow with the same ids: moved, one event more, one less, another interviewer', async () => {
  const { id, candidate } = await schedule('Edda Edited', 1);
  const [before] = await panels(candidate.id);
  await panel.act(id, 'move', { eventId: 'e1', start: panel.at(24 + 3) });
  await panel.act(id, 'replace', { eventId: 'e2', personId: barbara, byPersonId: edsger });
  await panel.act(id, 'add-event', {
    event: { name: 'Lunch', minutes: 60, start: panel.at(24 + 5), seats: [seat(alan)] },
  });
  await panel.settled(id);
  const [after, ...others] = await panels(candidate.id);
  assert.deepEqual(others, []);
  assert.equal(after?.id, before?.id);
  const idOf = (one: Panel | undefined, subject: string) =>
    one?.interviews.find((interview) => interview.subject === subject)?.id;
  assert.equal(idOf(after, 'Design'), idOf(before, 'Design'));
  assert.equal(idOf(after, 'Coding'), idOf(before, 'Coding'));
  assert.ok(idOf(after, 'Lunch'));
  const design = after?.interviews.find(({ subject }) => subject === 'Design');
  assert.equal(design?.date, Date.parse(panel.at(24 + 3)));
  await panel.act(id, 'remove-event', { eventId: 'e2' });
  await panel.settled(id);
  assert.deepEqual(
    (await panels(candidate.id))[0]?.interviews.map(({ subject }) => subject).sort(),
    ['Design', 'Lunch'],
  );
});

test('deleting it in the hub deletes it in Lever', async () => {
  const { id, candidate } = await schedule('Dee Deleted', 2);
  await panel.act(id, 'cancel');
  await panel.settled(id);
  assert.deepEqual(
    (await panels(candidate.id)).filter(({ canceledAt }) => canceledAt === null),
    [],
  );
});

for (const [what, day, act] of [
  ['cancelled', 3, 'cancel'],
  ['deleted', 4, 'delete'],
] as const)
  test(`an interview that is ${what} in Lever is flagged; calendars stay; it can be put back`, async () => {
    const { id, candidate } = await schedule(`Cal ${what}`, day);
    const mails = (await panel.mails(id)).length;
    const [made] = await panels(candidate.id);
    await world.form(`/lever/candidates/${candidate.id}/panels/${made?.id ?? ''}/${act}`);
    await until('it is flagged', async () => {
      const { flag } = await world.api.get<{ flag: string | null }>(`/interviews/${id}`);
      return flag === 'cancelled_in_ats';
    });
    await panel.settled(id);
    assert.equal((await panel.mails(id)).length, mails, 'nobody is told anything');
    await panel.act(id, 'put-back');
    await panel.settled(id);
    const standing = (await panels(candidate.id)).filter(({ canceledAt }) => canceledAt === null);
    assert.equal(standing.length, 1);
    assert.notEqual(standing[0]?.id, made?.id);
    const told = (await panel.mails(id)).slice(mails);
    assert.deepEqual(told.map(({ to }) => to).sort(), [
      'alan.turing@example.com',
      'barbara.liskov@example.com',
    ]);
    const { flag } = await world.api.get<{ flag: string | null }>(`/interviews/${id}`);
    assert.equal(flag, null);
  });

test('cancel everywhere, after it was cancelled in Lever, takes the rest back', async () => {
  const { id, candidate } = await schedule('Eve Everywhere', 5);
  const [made] = await panels(candidate.id);
  await world.form(`/lever/candidates/${candidate.id}/panels/${made?.id ?? ''}/cancel`);
  await until('it is flagged', async () => {
    const { flag } = await world.api.get<{ flag: string | null }>(`/interviews/${id}`);
    return flag === 'cancelled_in_ats';
  });
  const mails = (await panel.mails(id)).length;
  await panel.act(id, 'cancel');
  await panel.settled(id);
  const told = (await panel.mails(id)).slice(mails);
  assert.deepEqual(new Set(told.map(({ calendar }) => calendar?.method)), new Set(['CANCEL']));
  assert.equal(told.length, 3);
});

test('a cancellation whose webhook was lost is found by the sweep', async () => {
  const { id, candidate } = await schedule('Wim Webhook', 6);
  for (const event of ['interviewUpdated', 'interviewDeleted'])
    await leverAdminOf(world).deleteHook(event);
  const [made] = await panels(candidate.id);
  await world.form(`/lever/candidates/${candidate.id}/panels/${made?.id ?? ''}/delete`);
  await hub.quiet();
  await world.api.post(`/connections/${connectionId}/sweep`);
  await until('it is flagged', async () => {
    const { flag } = await world.api.get<{ flag: string | null }>(`/interviews/${id}`);
    return flag === 'cancelled_in_ats';
  });
});

test('an interviewer without a Lever account stops the planning, by name', async () => {
  const stranger = await panel.person('Hedy Stranger');
  const candidate = await apply('Una Unknown');
  const { status, body } = await world.api.call('POST', '/interviews', {
    connectionId,
    candidateId: candidate.id,
    events: [{ name: 'Design', minutes: 60, start: panel.at(24 * 9), seats: [seat(stranger)] }],
  });
  assert.equal(status, 409);
  assert.equal(body['code'], 'interview_conflicts');
  assert.match(String(body['detail']), /Hedy Stranger.*(Lever|ATS)/);
  assert.deepEqual(await panels(candidate.id), []);
});
