import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, type Rig, textOf } from '../fixtures/test-rig.ts';

const someone = async (rig: Rig, index = 0): Promise<string> =>
  textOf((await rig.call('candidate.list')).body['results']?.[String(index)]?.['id']);

const enabledIs = (value: string): RegExp =>
  new RegExp(`<dt>Enabled</dt>\\s*<dd>\\s*${value}\\s*</dd>`);

test('finds the integration tile and shows a new key exactly once', async () => {
  const rig = createRig();
  assert.match(await rig.page('/admin/integrations?q=loop'), />\s*Loopwright\s*<\/a>/);
  assert.match(await rig.page('/admin/integrations?q=nothing'), /No integration of that name/);
  const found = await rig.page('/admin/integrations?q=codeinterview');
  const [, tile = ''] = /href="\/ashby(\/admin\/integrations\/[^"]+)"/.exec(found) ?? [];
  assert.match(await rig.page(tile), /Create API Key for Code Interview/);
  assert.equal((await rig.emulator.pages.request('/admin/integrations/nobody')).status, 404);
  const response = await rig.post('/admin/api/keys', { title: 'Mine', scope: 'jobs:read' });
  const key = /id="api-key"[^>]*>([0-9a-f]+)</.exec(await response.text())?.[1] ?? '';
  assert.equal(key.length, 64);
  const keys = await rig.page('/admin/api/keys');
  assert.ok(keys.includes('Mine') && !keys.includes(key));
});

test('revokes a key for good', async () => {
  const rig = createRig();
  const page = await rig.page('/admin/api/keys');
  const id = /keys\/([^/]+)\/revoke/.exec(page)?.[1] ?? '';
  const key = rig.emulator.credentials()['apiKey'] ?? '';
  assert.equal((await rig.post(`/admin/api/keys/${id}/revoke`)).status, 303);
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
  assert.equal((await rig.call('apiKey.info', {}, { authorization })).status, 403);
});

test('pages and searches the candidates', async () => {
  const rig = createRig({ candidates: 60 });
  assert.match(await rig.page('/candidates'), /60 candidates, page 1 of 2/);
  assert.match(await rig.page('/candidates?page=2'), /page 2 of 2/);
  const email = (await rig.call('candidate.list')).body['results']?.['0']?.['emailAddresses'];
  const found = await rig.page(`/candidates?q=${textOf(email?.['0']?.['value'])}`);
  assert.match(found, /1 candidates/);
});

test('moves a candidate from the profile and says so', async () => {
  const rig = createRig();
  const id = await someone(rig);
  const page = await rig.page(`/candidates/${id}`);
  const stage = /<option\s+value="([^"]+)"[^>]*>\s*Technical Quiz/.exec(page)?.[1] ?? '';
  const response = await rig.post(`/candidates/${id}/stage`, { stage });
  assert.equal(response.status, 303);
  assert.equal(
    response.headers.get('location'),
    `/ashby/candidates/${id}?notice=Moved%20to%20Technical%20Quiz.`,
  );
  const application = (await rig.call('application.list', { limit: 1 })).body['results']?.['0'];
  assert.equal(application?.['currentInterviewStage']?.['title'], 'Technical Quiz');
  await rig.post(`/candidates/${id}/archive`);
  const archived = (await rig.call('application.list', { limit: 1 })).body['results']?.['0'];
  assert.equal(archived?.['status'], 'Archived');
  assert.match(await rig.page(`/candidates/${id}`), /Moved to Archived/);
});

test('opens the profile at the address that the API gives', async () => {
  const rig = createRig();
  const candidate = (await rig.call('candidate.list')).body['results']?.['0'];
  const url = textOf(candidate?.['profileUrl']);
  assert.ok(url.startsWith('http://emulator.test/ashby/'));
  const path = url.replace('http://emulator.test/ashby', '');
  assert.match(await rig.page(path), new RegExp(textOf(candidate?.['id'])));
  const feed = `${path}/applications/${textOf(candidate?.['applicationIds']?.['0'])}/feed`;
  assert.equal((await rig.emulator.pages.request(feed)).status, 200);
});

test('sets and removes the address, adds and removes tags', async () => {
  const rig = createRig();
  const id = await someone(rig, 1);
  await rig.post(`/candidates/${id}/email`, { email: 'late@example.com' });
  const info = async () => (await rig.call('candidate.info', { id })).body['results'];
  assert.equal((await info())?.['primaryEmailAddress']?.['value'], 'late@example.com');
  await rig.post(`/candidates/${id}/email`, { email: '' });
  assert.equal((await info())?.['primaryEmailAddress'], undefined);
  const profile = await rig.page(`/candidates/${id}`);
  assert.match(profile, /<input name="title" list="tags"/);
  assert.match(profile, /<option value="Send test">/);
  await rig.post(`/candidates/${id}/tags`, { title: 'Brand new' });
  const tag = (await info())?.['tags']?.['0'];
  assert.equal(tag?.['title'], 'Brand new');
  await rig.post(`/candidates/${id}/tags/remove`, { tag: textOf(tag['id']) });
  assert.deepEqual((await info())?.['tags'], []);
});

test('shows sanitised notes with their links and escapes what candidates wrote', async () => {
  const rig = createRig();
  const name = '<img src=x onerror=alert(1)>';
  const created = await rig.call('candidate.create', { name, email: 'a@example.com' });
  const candidateId = textOf(created.body['results']?.['id']);
  const value = '<a href="https://room.example/1">Room</a><img src=x>';
  await rig.call('candidate.createNote', { candidateId, note: { type: 'text/html', value } });
  await rig.call('candidate.createNote', { candidateId, note: '<i>plain</i>' });
  const page = await rig.page(`/candidates/${candidateId}`);
  assert.ok(page.includes('<a href="https://room.example/1">Room</a>'));
  assert.ok(page.includes('&lt;i&gt;plain&lt;/i&gt;'));
  assert.ok(!page.includes('<img'));
  assert.ok(!(await rig.page('/candidates')).includes('<img'));
});

test('adds, disables, edits and deletes webhooks by hand, and lists deliveries', async () => {
  const rig = createRig();
  const requestUrl = 'https://hub.example/in';
  await rig.post('/admin/webhooks', { type: 'candidateStageChange', requestUrl, secretToken: 's' });
  let page = await rig.page('/admin/webhooks');
  assert.match(page, enabledIs('True'));
  assert.match(page, /<td>\s*ping\s*<\/td>/);
  const id = /webhooks\/([^/"]+)\/delete/.exec(page)?.[1] ?? '';
  await rig.post(`/admin/webhooks/${id}/enabled`);
  page = await rig.page('/admin/webhooks');
  assert.match(page, enabledIs('False'));
  await rig.post(`/candidates/${await someone(rig)}/hire`);
  await rig.advance(0);
  assert.equal(rig.received.length, 1, 'a disabled webhook is silent');
  await rig.post(`/admin/webhooks/${id}`, { requestUrl: `${requestUrl}/2`, enabled: 'on' });
  assert.equal(rig.received.at(-1)?.url, `${requestUrl}/2`);
  assert.match(await rig.page('/admin/webhooks'), enabledIs('True'));
  await rig.post(`/admin/webhooks/${id}/delete`);
  assert.match(await rig.page('/admin/webhooks'), /No webhooks/);
});

test('answers 404 for a candidate that is gone, and lists the jobs', async () => {
  const rig = createRig();
  const id = await someone(rig);
  const response = await rig.post(`/candidates/${id}/delete`);
  assert.match(response.headers.get('location') ?? '', /^\/ashby\/candidates\?/);
  assert.equal((await rig.emulator.pages.request(`/candidates/${id}`)).status, 404);
  assert.match(await rig.page('/jobs'), /Head of Security \(confidential\)/);
});

test('shows an interview with its people and form, and cancels it', async () => {
  const rig = createRig();
  const application = (await rig.call('application.list', { limit: 1 })).body['results']?.['0'];
  const event = {
    startTime: '2026-11-10T09:00:00.000Z',
    endTime: '2026-11-10T10:00:00.000Z',
    interviewers: [{ email: 'rosa.marin@northwind.example' }],
  };
  const applicationId = application?.['id'];
  await rig.call('interviewSchedule.create', { applicationId, interviewEvents: [event] });
  const profile = `/candidates/${textOf(application?.['candidate']?.['id'])}`;
  const page = await rig.page(profile);
  assert.match(page, /<strong>Scheduled<\/strong>/);
  assert.match(page, /<td>\s*Rosa Marin\s*<\/td>/);
  const form = /href="\/ashby(\/interview-briefings\/[^"]+)"/.exec(page)?.[1] ?? '';
  assert.match(await rig.page(form), /Form: General feedback/);
  const schedule = /name="schedule" value="([^"]+)"/.exec(page)?.[1] ?? '';
  await rig.post(`${profile}/interviews/cancel`, { schedule });
  const list = (await rig.call('interviewSchedule.list', { applicationId })).body['results'];
  assert.equal(list?.['0']?.['status'], 'Cancelled');
  assert.doesNotMatch(await rig.page(profile), /Cancel interview/);
});

test('keeps an event with feedback unless the caller allows its deletion', async () => {
  const rig = createRig();
  const application = (await rig.call('application.list', { limit: 1 })).body['results']?.['0'];
  const applicationId = application?.['id'];
  const event = (hour: string) => ({
    startTime: `2026-11-10T${hour}:00:00.000Z`,
    endTime: `2026-11-10T${hour}:30:00.000Z`,
    interviewers: [{ email: 'rosa.marin@northwind.example' }],
  });
  const made = await rig.call('interviewSchedule.create', {
    applicationId,
    interviewEvents: [event('09'), event('10')],
  });
  const interviewScheduleId = made.body['results']?.['id'];
  const earlier = JSON.stringify(rig.emulator.snapshot()).replaceAll(',"feedbackBy":[]', '');
  const restored = createRig({ saved: JSON.parse(earlier) as unknown });
  const shown = await restored.call('interviewSchedule.list', { applicationId });
  assert.equal(shown.body['results']?.['0']?.['id'], interviewScheduleId, 'also from before this');
  const events = made.body['results']?.['interviewEvents'];
  const first = textOf(events?.['0']?.['id']);
  const interviewer = textOf(events?.['0']?.['interviewerUserIds']?.['0']);
  const form = `/interview-briefings/${first}/feedback`;
  assert.match(await rig.page(form), /Submit as Rosa Marin/);
  assert.equal((await rig.post(form, { interviewer: 'nobody' })).status, 404);
  await rig.post(form, { interviewer });
  assert.match(await rig.page(form), /Rosa Marin has submitted feedback/);
  const cancel = (more: Record<string, unknown>) =>
    rig.call('interviewSchedule.update', { interviewScheduleId, ...more });
  const refused = await cancel({ interviewEventIdToCancel: [first] });
  assert.equal(refused.body['success'], false);
  const moved = await cancel({ interviewEvent: { ...event('11'), interviewEventId: first } });
  assert.equal(moved.body['success'], true, 'a change deletes nothing');
  const left = await cancel({ interviewEventIdToCancel: first, allowFeedbackDeletion: true });
  assert.deepEqual(
    [left.body['success'], left.body['results']?.['interviewEvents']?.['0']?.['startTime']],
    [true, event('10').startTime],
  );
});
