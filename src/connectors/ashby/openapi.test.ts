/** Every implemented endpoint, and all that the client asks, against Ashby's published OpenAPI text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { someCandidate, sweep } from '#connectors/conformance-ats-case.ts';
import { endpointNames } from './emulator/api.ts';
import { openContract } from './fixtures/openapi-check.ts';
import { createRig, type Loose, textOf } from './fixtures/test-rig.ts';
import { playground } from './fixtures/testing.ts';
import ashby from './index.ts';

const contract = openContract(process.env);
const skip = typeof contract === 'string' ? contract : false;

/** One good request per endpoint, in an order in which each finds what it needs. */
const requests = async (): Promise<Array<[endpoint: string, body: unknown, answer: Loose]>> => {
  const rig = createRig();
  const done: Array<[string, unknown, Loose]> = [];
  const call = async (endpoint: string, body: unknown = {}): Promise<Loose> => {
    const { body: answer } = await rig.call(endpoint, body);
    done.push([endpoint, body, answer]);
    return answer;
  };
  const first = (answer: Loose): Loose => answer['results']?.['0'] ?? {};

  await call('apiKey.info');
  await call('version.list');
  const userId = first(await call('user.list', { includeDeactivated: true }))['id'];
  await call('user.info', { userId });
  await call('user.search', { email: 'rosa.marin@northwind.example' });
  await call('hiringTeamRole.list');
  await call('department.list');
  await call('location.list');
  await call('hiringTeamRole.list', { namesOnly: false });
  const archiveReasonId = first(await call('archiveReason.list'))['id'];
  const sourceId = first(await call('source.list'))['id'];
  const interviewPlanId = first(await call('interviewPlan.list', { limit: 100 }))['id'];
  await call('interviewStageGroup.list', { interviewPlanId });
  const stages = (await call('interviewStage.list', { interviewPlanId }))['results'] ?? {};
  await call('interviewStage.info', { interviewStageId: stages['1']?.['id'] });
  const jobId = first(await call('job.list', { status: ['Open', 'Draft'] }))['id'];
  await call('job.info', { id: jobId });
  await call('job.search', { title: 'engineer' });
  await call('jobInterviewPlan.info', { jobId });
  const tagId = first(await call('candidateTag.list'))['id'];
  await call('candidateTag.create', { title: 'Fresh' });

  const listed = await call('candidate.list', { limit: 5, createdAfter: 0 });
  await call('candidate.list', { limit: 5, cursor: listed['nextCursor'] });
  const created = await call('candidate.create', {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    linkedInUrl: 'https://linkedin.example/ada',
    location: { city: 'London', country: 'United Kingdom' },
    sourceId,
  });
  const candidateId = created['results']?.['id'];
  await call('candidate.info', { id: candidateId });
  await call('candidate.search', { email: 'ada@example.com' });
  await call('candidate.update', { candidateId, phoneNumber: '+44 1', creditedToUserId: userId });
  await call('candidate.addTag', { candidateId, tagId });
  await call('candidate.removeTag', { candidateId, tagId });
  await call('candidate.createNote', {
    candidateId,
    note: { type: 'text/html', value: '<b>Hello</b>' },
  });
  await call('candidate.listNotes', { candidateId });

  const application = await call('application.create', { candidateId, jobId, sourceId });
  const applicationId = application['results']?.['id'];
  await call('application.update', { applicationId, creditedToUserId: userId });
  await call('application.list', { status: 'Active', jobId });
  await call('application.list', { status: ['Hired', 'Archived'] });
  await call('application.changeStage', { applicationId, interviewStageId: stages['1']?.['id'] });
  await call('application.changeStage', {
    applicationId,
    interviewStageId: stages['6']?.['id'],
    archiveReasonId,
  });
  await call('application.transfer', {
    applicationId,
    jobId,
    interviewPlanId,
    interviewStageId: stages['0']?.['id'],
  });
  await call('application.info', { applicationId, expand: ['openings', 'referrals'] });
  await call('application.listHistory', { applicationId });

  const email = 'rosa.marin@northwind.example';
  const interviewId = first(await call('interview.list', { limit: 5 }))['id'];
  await call('interview.info', { id: interviewId });
  const feedbackFormDefinitionId = first(await call('feedbackFormDefinition.list'))['id'];
  await call('feedbackFormDefinition.info', { feedbackFormDefinitionId });
  const event = {
    startTime: '2026-11-10T09:00:00.000Z',
    endTime: '2026-11-10T10:00:00.000Z',
    interviewers: [{ email, feedbackRequired: true }],
    interviewId,
    extraData: { own: '1' },
  };
  const made = await call('interviewSchedule.create', { applicationId, interviewEvents: [event] });
  const interviewScheduleId = made['results']?.['id'];
  const interviewEventId = made['results']?.['interviewEvents']?.['0']?.['id'];
  const interviewEvent = [{ ...event, interviewEventId }];
  await call('interviewSchedule.update', { interviewScheduleId, interviewEvent });
  await call('interviewSchedule.list', { applicationId });
  await call('interviewEvent.list', { interviewScheduleId, expand: ['interview'] });
  const cancelled = { interviewScheduleId, interviewEventIdToCancel: interviewEventId };
  await call('interviewSchedule.update', cancelled);
  await call('interviewSchedule.cancel', { id: interviewScheduleId });

  const hook = await call('webhook.create', {
    webhookType: 'candidateStageChange',
    requestUrl: 'https://hub.example/in/1',
    secretToken: 'secret',
  });
  const webhookId = hook['results']?.['id'];
  await call('webhook.info', { webhookId });
  await call('webhook.update', { webhookId, enabled: false });
  await call('webhook.delete', { webhookId });
  return done;
};

test('answers every implemented endpoint as the OpenAPI text says', { skip }, async () => {
  if (typeof contract === 'string') return;
  const faults: string[] = [];
  const done = await requests();
  for (const [endpoint, body, answer] of done) {
    if (endpoint === 'version.list') continue;
    assert.equal(answer['success'], true, `${endpoint}: ${JSON.stringify(answer)}`);
    for (const fault of contract.checkRequest(endpoint, body))
      faults.push(`${endpoint} request: ${fault}`);
    for (const fault of contract.checkResponse(endpoint, answer))
      faults.push(`${endpoint} response: ${fault}`);
  }
  assert.deepEqual(faults, []);
  assert.deepEqual(
    endpointNames.filter((name) => !done.some(([endpoint]) => endpoint === name)),
    [],
    'every endpoint was called',
  );
});

test('implements nothing that the OpenAPI text lacks, but the newer version list', { skip }, () => {
  if (typeof contract === 'string') return;
  assert.deepEqual(
    endpointNames.filter((name) => !contract.knows(name)),
    ['version.list'],
  );
});

test('refuses in the documented shape', { skip }, async () => {
  if (typeof contract === 'string') return;
  const rig = createRig();
  for (const [endpoint, body] of [
    ['candidate.info', { id: '00000000-0000-4000-8000-000000000000' }],
    ['candidate.createNote', { candidateId: 'nonsense', note: 'x' }],
    ['application.changeStage', {}],
    ['candidate.list', { cursor: 'nonsense' }],
  ] as const) {
    const { body: answer } = await rig.call(endpoint, body);
    assert.equal(answer['success'], false);
    assert.deepEqual(contract.checkResponse(endpoint, answer), [], endpoint);
  }
});

test('sends webhooks as the OpenAPI text says', { skip }, async () => {
  if (typeof contract === 'string') return;
  const rig = createRig();
  const types = [
    'applicationSubmit',
    'applicationUpdate',
    'candidateDelete',
    'candidateHire',
    'candidateMerge',
    'candidateStageChange',
    'interviewPlanTransition',
    'jobUpdate',
  ];
  for (const type of types)
    await rig.post('/admin/webhooks', { type, requestUrl: `https://hub.example/${type}` });
  const { body } = await rig.call('candidate.list');
  const id = (index: number): string => textOf(body['results']?.[String(index)]?.['id']);
  const plans = (await rig.call('interviewPlan.list')).body['results'];
  const jobId = (await rig.call('job.list')).body['results']?.['0']?.['id'];
  await rig.call('application.create', { candidateId: id(0), jobId });
  await rig.post(`/candidates/${id(0)}/hire`);
  await rig.post(`/candidates/${id(2)}/merge`, { into: id(0) });
  await rig.post(`/candidates/${id(1)}/delete`);
  await rig.post('/admin/interview-plans/transition', {
    job: textOf(jobId),
    plan: textOf(plans?.['1']?.['id']),
  });
  await rig.advance(0);
  const seen = new Set<string>();
  for (const delivery of rig.received) {
    const payload = JSON.parse(delivery.body) as { action: string };
    seen.add(payload.action);
    assert.deepEqual(contract.checkWebhook(payload.action, payload), [], payload.action);
  }
  assert.deepEqual([...seen].sort(), [...types, 'ping'].sort());
});

test('asks for nothing that the OpenAPI text does not allow', { skip }, async () => {
  if (typeof contract === 'string') return;
  const world = playground(150);
  const { ats, hooks, emulator, link } = world;
  await ashby.verify({ ...link, settings: ashby.settings.parse(link.settings) });
  await Promise.all([ats.stages(), ats.tags(), ats.jobs(), ats.users()]);
  const candidate = await someCandidate(ats);
  await ats.search({ email: candidate.email ?? '', name: candidate.name });
  await ats.ofPerson(candidate.personId);
  await ats.addNote(candidate.remoteId, [['Hello']], 'aaaa1111');
  await ats.findNote(candidate.remoteId, 'aaaa1111');
  await sweep(ats, (await ats.changes(null)).cursor);
  const { interviews } = ats;
  assert.ok(interviews);
  const [form] = await interviews.feedbackForms();
  const pushed = {
    remoteId: candidate.remoteId,
    ref: 'aaaa1111',
    url: 'https://hub.example/interviews/1',
    timeZone: 'Europe/Berlin',
    note: null,
    events: ['one', 'two'].map((key) => ({
      key,
      remoteId: null,
      title: 'Technical Interview',
      start: world.now(),
      end: world.now() + 3_600_000,
      location: '',
      note: '',
      feedbackFormId: form?.id ?? null,
      interviewers: [{ userId: '', email: 'rosa.marin@northwind.example', feedbackFormId: null }],
    })),
  };
  const { id } = await interviews.create(pushed);
  await interviews.update(id, { ...pushed, events: pushed.events.slice(1) });
  await interviews.remove(candidate.remoteId, id);

  const url = 'https://hub.example/hooks/one';
  const request = {
    event: 'candidateMerge',
    url,
    secret: 's',
    known: null,
    replaceForeign: false,
  };
  const made = await hooks.subscribe(request);
  assert.ok(made.state === 'subscribed');
  const known = { id: made.id, url: 'https://old.example/hooks/one', secretStored: false };
  await hooks.subscribe({ ...request, known });
  await hooks.enable?.({ event: request.event, id: made.id });
  await hooks.unsubscribe({ event: request.event, id: made.id, url });

  const faults = emulator.requests.flatMap(({ path, body }) => {
    const endpoint = path.slice(1);
    if (!contract.knows(endpoint)) return [`${endpoint} is unknown`];
    return contract.checkRequest(endpoint, JSON.parse(body)).map((fault) => endpoint + fault);
  });
  assert.deepEqual(faults, []);
  const endpoints = new Set(emulator.requests.map(({ path }) => path.slice(1)));
  assert.ok(endpoints.size >= 16, [...endpoints].join(' '));
});

test('notices an answer that breaks the text', { skip }, () => {
  if (typeof contract === 'string') return;
  const broken = { success: true, results: { title: 'Key', createdAt: 'yesterday' } };
  assert.notDeepEqual(contract.checkResponse('apiKey.info', broken), []);
  assert.notDeepEqual(contract.checkRequest('candidate.list', { createdAfter: '2026-01-01' }), []);
});
