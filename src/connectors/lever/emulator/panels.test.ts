import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, firstTwo, makeKey, type Listed, type Rig } from './rig.ts';

interface InterviewJson {
  id: string;
  subject: string | null;
  note: string | null;
  date: number;
  duration: number;
  feedbackTemplate: string | null;
  interviewers: Array<Record<string, unknown>>;
  canceledAt?: number | null;
}

interface PanelJson {
  id: string;
  applications: string[];
  canceledAt: number | null;
  start: number;
  end: number;
  externallyManaged: boolean;
  externalUrl: string | null;
  feedbackReminder: string;
  note: string | null;
  stage: string;
  user: string;
  interviews: InterviewJson[];
}

interface Refusal {
  code: string;
  message: string;
}

const hour = 3_600_000;

/** A candidate with panels, the people and forms for them, and calls to both. */
const open = async () => {
  const rig = createRig();
  const [{ id, applications, stage }] = await firstTwo(rig);
  const { body: users } = await rig.call<Listed<{ id: string; accessRole: string }>>(
    'GET',
    '/users?accessRole=interviewer',
  );
  const { body: forms } = await rig.call<Listed<{ id: string; text: string }>>(
    'GET',
    '/feedback_templates',
  );
  const [ivan, ines] = users.data.map((user) => user.id);
  const form = forms.data[0]?.id;
  assert.ok(ivan && ines && form);
  const actor = rig.settings['performAs'] ?? '';
  const interview = (more: Record<string, unknown> = {}) => ({
    interviewers: [{ id: ivan }],
    date: rig.now() + hour,
    duration: 60,
    subject: 'Coding',
    ...more,
  });
  const body = (more: Record<string, unknown> = {}) => ({
    timezone: 'Europe/Paris',
    interviews: [interview()],
    ...more,
  });
  const at = `/opportunities/${id}`;
  const send = <T = { data: PanelJson }>(method: string, path: string, json?: unknown) =>
    rig.call<T>(method, `${at}${path}?perform_as=${actor}`, json);
  const create = async (more?: Record<string, unknown>): Promise<PanelJson> => {
    const { status, body: answer } = await send('POST', '/panels', body(more));
    assert.equal(status, 201);
    return answer.data;
  };
  const read = async (panel: string) =>
    rig.call<{ data: PanelJson }>('GET', `${at}/panels/${panel}`);
  return { rig, id, at, applications, stage, actor, ivan, ines, form, interview, body, send, create, read };
}; // prettier-ignore

const hearing = async (rig: Rig): Promise<() => Promise<string[]>> => {
  for (const event of ['interviewCreated', 'interviewUpdated', 'interviewDeleted'])
    await rig.call('POST', '/webhooks', { url: 'https://hub.example/h', event });
  return async () => {
    await rig.advance(0);
    return rig.deliveries.splice(0).map(({ body }) => body.event);
  };
};

test('makes a panel with the defaults that were recorded', async () => {
  const { rig, create, applications, stage, actor, ivan, interview, read } = await open();
  const last = interview({ date: rig.now() + 3 * hour, duration: 30 });
  const panel = await create({ interviews: [interview(), last] });
  assert.deepEqual(
    [panel.externallyManaged, panel.externalUrl, panel.canceledAt, panel.feedbackReminder],
    [true, null, null, 'daily'],
  );
  assert.deepEqual([panel.stage, panel.user], [stage, actor]);
  assert.deepEqual(panel.applications, applications);
  assert.deepEqual([panel.start, panel.end], [rig.now() + hour, rig.now() + 3.5 * hour]);
  const [first] = panel.interviews;
  assert.equal(first?.feedbackTemplate, 'no-feedback');
  assert.deepEqual(first.interviewers, [
    {
      id: ivan,
      email: 'ivan.petrov@company.example',
      name: 'Ivan Petrov',
      responseStatus: 'needsAction',
      feedbackTemplate: 'no-feedback',
    },
  ]);
  assert.equal((await read(panel.id)).body.data.interviews[0]?.feedbackTemplate, null);
});

test('refuses a panel that lacks what Lever requires, and names it', async () => {
  const { rig, at, send, body, interview } = await open();
  const { body: all } = await rig.call<Listed<{ id: string; deactivatedAt: number | null }>>(
    'GET',
    '/users?includeDeactivated=true',
  );
  const gone = all.data.find((user) => user.deactivatedAt !== null)?.id;
  const withInterview = (more: Record<string, unknown>) => body({ interviews: [interview(more)] });
  const refused: Array<[Record<string, unknown>, RegExp]> = [
    [body({ timezone: undefined }), /timezone/],
    [body({ timezone: 'Paris' }), /timezone/],
    [body({ interviews: [] }), /interviews/],
    [body({ applications: [] }), /applications/],
    [body({ feedbackReminder: 'hourly' }), /feedbackReminder/],
    [withInterview({ interviewers: [] }), /interviewers/],
    [withInterview({ interviewers: [{}] }), /id/],
    [withInterview({ interviewers: [{ id: 'nobody' }] }), /no active user/],
    [withInterview({ interviewers: [{ id: gone }] }), /no active user/],
    [withInterview({ date: undefined }), /date/],
    [withInterview({ duration: undefined }), /duration/],
    [withInterview({ duration: 0 }), /duration/],
    [withInterview({ feedbackTemplate: 'none' }), /feedbackTemplate/],
  ];
  for (const [json, naming] of refused) {
    const { status, body: answer } = await send<Refusal>('POST', '/panels', json);
    assert.equal(status, 400, String(naming));
    assert.match(answer.message, naming);
  }
  const unsigned = await rig.call<Refusal>('POST', `${at}/panels`, body());
  assert.deepEqual(
    [unsigned.status, unsigned.body.message],
    [400, 'Missing required parameter: perform_as'],
  );
  assert.deepEqual((await rig.call<Listed<unknown>>('GET', `${at}/panels`)).body.data, []);
});

test('replaces a panel as a whole: ids stay, what is left out is gone', async () => {
  const { create, send, body, interview, ines, form } = await open();
  const panel = await create({
    note: 'Bring a laptop',
    externalUrl: 'https://hub.example/interviews/1',
    interviews: [interview(), interview({ subject: 'Design' })],
  });
  const kept = panel.interviews[1]?.id;
  const changed = interview({
    id: kept,
    subject: 'System design',
    interviewers: [{ id: ines, feedbackTemplate: form }],
  });
  const put = body({ interviews: [changed, interview({ subject: 'Lunch' })] });
  const { status, body: answer } = await send('PUT', `/panels/${panel.id}`, put);
  assert.equal(status, 200);
  const after = answer.data;
  assert.deepEqual([after.note, after.externalUrl], [null, null]);
  assert.deepEqual(
    after.interviews.map(({ subject }) => subject),
    ['System design', 'Lunch'],
  );
  assert.equal(after.interviews[0]?.id, kept);
  assert.equal(after.interviews[0]?.interviewers[0]?.['feedbackTemplate'], form);
  assert.ok(!panel.interviews.some(({ id }) => id === after.interviews[1]?.id));
  const foreign = body({ interviews: [interview({ id: panel.interviews[0]?.id })] });
  assert.equal((await send('PUT', `/panels/${panel.id}`, foreign)).status, 400);
  const twice = body({ interviews: [changed, changed] });
  assert.equal((await send('PUT', `/panels/${panel.id}`, twice)).status, 400);
});

test('has single interviews too, and a panel goes with its last one', async () => {
  const { rig, at, create, send, read, interview, ivan, actor } = await open();
  const panel = await create();
  const added = await send<{ data: InterviewJson & { panel: string; user: unknown } }>(
    'POST',
    '/interviews',
    interview({ panel: panel.id, subject: 'Lunch' }),
  );
  assert.deepEqual([added.status, added.body.data.panel], [201, panel.id]);
  assert.equal((await send('POST', '/interviews', interview())).status, 400);
  assert.equal((await send('POST', '/interviews', interview({ panel: 'none' }))).status, 404);
  const path = `/interviews/${added.body.data.id}`;
  const put = await send('PUT', path, { ...interview(), subject: undefined, duration: 15 });
  assert.equal(put.status, 200);
  const found = await rig.call<{ data: InterviewJson & { user: { id: string } } }>(
    'GET',
    `${at}${path}?expand=user`,
  );
  const { subject, duration, interviewers, user } = found.body.data;
  assert.deepEqual([subject, duration, interviewers[0]?.['id']], [null, 15, ivan]);
  assert.equal(interviewers[0]?.['responseStatus'], undefined);
  assert.equal(user.id, actor);
  const listed = await rig.call<Listed<InterviewJson>>('GET', `${at}/interviews?limit=1`);
  assert.deepEqual([listed.body.data.length, listed.body.hasNext], [1, true]);
  for (const { id } of [added.body.data, ...panel.interviews])
    assert.equal((await send('DELETE', `/interviews/${id}`)).status, 204);
  assert.equal((await read(panel.id)).status, 404);
});

test('lets nobody but Lever change a panel that was made in Lever', async () => {
  const { rig, actor, body, interview } = await open();
  const { panels } = rig.emulator.snapshot() as {
    panels: Array<{ id: string; opportunity: string; interviews: InterviewJson[] }>;
  };
  const [own] = panels;
  assert.ok(own);
  const at = `/opportunities/${own.opportunity}`;
  const calls: Array<[string, string, unknown]> = [
    ['PUT', `/panels/${own.id}`, body()],
    ['DELETE', `/panels/${own.id}`, undefined],
    ['POST', '/interviews', interview({ panel: own.id })],
    ['PUT', `/interviews/${own.interviews[0]?.id ?? ''}`, interview()],
    ['DELETE', `/interviews/${own.interviews[0]?.id ?? ''}`, undefined],
  ];
  for (const [method, path, json] of calls) {
    const answer = await rig.call<Refusal>(method, `${at}${path}?perform_as=${actor}`, json);
    assert.equal(answer.status, 400, `${method} ${path}`);
    assert.match(answer.body.message, /externallyManaged/);
  }
  const { body: read } = await rig.call<{ data: PanelJson }>('GET', `${at}/panels/${own.id}`);
  assert.equal(read.data.externallyManaged, false);
});

test('tells its webhooks of interviews that came, changed and went', async () => {
  const { rig, create, send, body, interview } = await open();
  const heard = await hearing(rig);
  const panel = await create({ interviews: [interview(), interview({ subject: 'Design' })] });
  assert.deepEqual(await heard(), ['interviewCreated', 'interviewCreated']);
  const [first] = panel.interviews;
  const put = body({ interviews: [interview({ id: first?.id }), interview()] });
  await send('PUT', `/panels/${panel.id}`, put);
  assert.deepEqual(await heard(), ['interviewUpdated', 'interviewCreated', 'interviewDeleted']);
  await send('DELETE', `/panels/${panel.id}`);
  await rig.advance(0);
  const { data } = rig.deliveries[0]?.body ?? {};
  assert.deepEqual(
    [data?.['interviewId'], data?.['panelId'], data?.['deletedAt']],
    [first?.id, panel.id, rig.now()],
  );
  assert.deepEqual(await heard(), ['interviewDeleted', 'interviewDeleted']);
});

test('keeps a panel readable that a person cancelled, and none that a person deleted', async () => {
  const { rig, id, create, read, send, body } = await open();
  const heard = await hearing(rig);
  const [cancelled, deleted] = [await create(), await create()];
  await heard();
  await rig.act(`/candidates/${id}/panels/${cancelled.id}/cancel`);
  assert.deepEqual(await heard(), ['interviewDeleted']);
  assert.equal((await read(cancelled.id)).body.data.canceledAt, rig.now());
  await send('PUT', `/panels/${cancelled.id}`, body());
  assert.equal((await read(cancelled.id)).body.data.canceledAt, rig.now());
  assert.equal((await send('DELETE', `/panels/${cancelled.id}`)).status, 204);
  await heard();
  await rig.act(`/candidates/${id}/panels/${deleted.id}/delete`);
  assert.deepEqual(await heard(), ['interviewDeleted']);
  assert.equal((await read(deleted.id)).status, 404);
});

test('removes interviews to come with an archiving that asks for it, and no others', async () => {
  const { rig, at, create, interview, read } = await open();
  const past = interview({ date: rig.now() - hour });
  const [mixed, coming] = [await create({ interviews: [past, interview()] }), await create()];
  const { body: reasons } = await rig.call<Listed<{ id: string }>>('GET', '/archive_reasons');
  const reason = reasons.data[1]?.id;
  await rig.call('PUT', `${at}/archived`, { reason });
  assert.equal((await read(coming.id)).status, 200);
  await rig.call('PUT', `${at}/archived`, { reason: null });
  await rig.call('PUT', `${at}/archived`, { reason, cleanInterviews: true });
  assert.equal((await read(coming.id)).status, 404);
  assert.equal((await read(mixed.id)).body.data.interviews.length, 1);
  assert.deepEqual((await create()).applications, [], 'an archived candidate has no active one');
});

test('asks for the permission of each resource', async () => {
  const { rig, at, body, actor } = await open();
  const none = await makeKey(rig, ['opportunities:write:admin']);
  for (const path of [`${at}/panels`, `${at}/interviews`, '/feedback_templates'])
    assert.equal((await rig.call('GET', path, undefined, none)).status, 403, path);
  const reader = await makeKey(rig, ['panels:read:admin']);
  const path = `${at}/panels?perform_as=${actor}`;
  assert.equal((await rig.call('GET', path, undefined, reader)).status, 200);
  assert.equal((await rig.call('POST', path, body(), reader)).status, 403);
});

test('has feedback forms with exactly one score', async () => {
  const { rig } = await open();
  interface Form {
    id: string;
    text: string;
    fields: Array<{ type: string }>;
  }
  const { body } = await rig.call<Listed<Form>>('GET', '/feedback_templates?limit=2');
  assert.deepEqual([body.data.length, body.hasNext], [2, true]);
  for (const { id, fields } of body.data) {
    assert.equal(fields.filter(({ type }) => type === 'score-system').length, 1);
    assert.equal((await rig.call('GET', `/feedback_templates/${id}`)).status, 200);
  }
  assert.equal((await rig.call('GET', '/feedback_templates/none')).status, 404);
});

test('forgets the panels of a candidate who was deleted, and keeps others over a restart', async () => {
  const { rig, id, create } = await open();
  const panelsIn = ({ emulator }: Rig): unknown[] =>
    (emulator.snapshot() as { panels: unknown[] }).panels;
  const before = panelsIn(rig).length;
  await create();
  const next = createRig({ saved: JSON.parse(JSON.stringify(rig.emulator.snapshot())) });
  assert.equal(panelsIn(next).length, before + 1);
  await next.act(`/candidates/${id}/delete`);
  assert.equal(panelsIn(next).length, before);
});
