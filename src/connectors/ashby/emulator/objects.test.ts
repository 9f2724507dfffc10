import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sanitiseHtml } from './sanitise.ts';
import {
  code,
  createRig,
  items,
  makeKey,
  opening,
  results,
  unknownId,
  withKey,
  textOf,
} from '../fixtures/test-rig.ts';

test('tells null and absent fields apart as recordings do', async () => {
  const rig = createRig();
  const second = (await results(rig, 'candidate.list'))['1'];
  assert.ok(second && !('primaryEmailAddress' in second), 'no address: the field is absent');
  assert.equal(second['source'], null);
  assert.equal(second['timezone'], null);
  const application = await results(rig, 'application.info', {
    applicationId: second['applicationIds']?.['0'],
  });
  assert.equal(application['archiveReason'], null);
  assert.ok(!('archivedAt' in application));
  assert.equal(application['applicationHistory']?.['0']?.['actorId'], null);
  assert.ok(!('leftStageAt' in application['applicationHistory']['0']));
  assert.ok(!('tags' in application));
});

test('repeats stage titles over two plans with ids of their own', async () => {
  const rig = createRig();
  const plans = items(await results(rig, 'interviewPlan.list'));
  const stages = await Promise.all(
    plans.map(async (plan) =>
      items(await results(rig, 'interviewStage.list', { interviewPlanId: plan['id'] })),
    ),
  );
  const titles = stages.map((list) => list.map((stage) => textOf(stage['title'])));
  assert.equal(titles.length, 2);
  assert.deepEqual(titles[0], titles[1]);
  assert.equal(new Set(stages.flat().map((stage) => stage['id'])).size, 14);
  assert.equal(
    await code(rig, 'interviewStage.list', { interviewPlanId: unknownId }),
    'interview_plan_not_found',
  );
});

test('moves an application, keeps its history, and answers with the full stage', async () => {
  const rig = createRig();
  const { applicationId, stage } = await opening(rig);
  const interviewStageId = stage('Technical Quiz');
  await rig.advance(1000);
  const moved = await results(rig, 'application.changeStage', { applicationId, interviewStageId });
  assert.equal(moved['currentInterviewStage']?.['type'], 'Active');
  const { applicationHistory: history } = await results(rig, 'application.info', { applicationId });
  assert.equal(items(history).length, 2);
  assert.equal(history?.['0']?.['leftStageAt'], history?.['1']?.['enteredStageAt']);
  assert.equal(history?.['1']?.['stageId'], interviewStageId);
  const rows = await results(rig, 'application.listHistory', { applicationId, limit: 1 });
  assert.deepEqual(rows['0'], history?.['0']);
});

test('asks for an archive reason exactly where it belongs', async () => {
  const rig = createRig();
  const { applicationId, stage, reason } = await opening(rig);
  const to = (title: string, archiveReasonId?: unknown) => ({
    applicationId,
    interviewStageId: stage(title),
    archiveReasonId,
  });
  const change = 'application.changeStage';
  assert.equal(await code(rig, change, to('Archived')), 'invalid_input');
  assert.equal(await code(rig, change, to('Onsite', reason)), 'invalid_input');
  assert.equal(await code(rig, change, to('Archived', unknownId)), 'archive_reason_not_found');
  const archived = await results(rig, change, to('Archived', reason));
  assert.equal(archived['status'], 'Archived');
  assert.equal(archived['archiveReason']?.['id'], reason);
  assert.ok(archived['archivedAt']);
});

test('refuses a stage of another plan', async () => {
  const rig = createRig();
  const { applicationId } = await opening(rig);
  const other = (await results(rig, 'interviewPlan.list'))['1']?.['id'];
  const stages = await results(rig, 'interviewStage.list', { interviewPlanId: other });
  assert.equal(
    await code(rig, 'application.changeStage', {
      applicationId,
      interviewStageId: stages['1']?.['id'],
    }),
    'interview_stage_not_found',
  );
});

test('answers application.create and update with a partial stage', async () => {
  const rig = createRig();
  const { applicationId, candidateId } = await opening(rig);
  const jobId = (await results(rig, 'job.list'))['1']?.['id'];
  const created = await results(rig, 'application.create', { candidateId, jobId });
  assert.deepEqual(Object.keys(created['currentInterviewStage'] ?? {}), ['id']);
  const updated = await results(rig, 'application.update', { applicationId });
  assert.deepEqual(Object.keys(updated['currentInterviewStage'] ?? {}), ['id', 'title']);
  assert.deepEqual(Object.keys(updated['candidate'] ?? {}), ['id', 'name']);
});

test('filters applications by one status or several, and by job', async () => {
  const rig = createRig();
  const count = async (body: object): Promise<number> =>
    items(await results(rig, 'application.list', body)).length;
  const archived = await count({ status: 'Archived' });
  const active = await count({ status: 'Active' });
  assert.ok(archived > 0 && active > 0);
  assert.equal(await count({ status: ['Archived', 'Active'] }), archived + active);
  const jobId = (await results(rig, 'job.list'))['0']?.['id'];
  const ofJob = items(await results(rig, 'application.list', { jobId }));
  assert.ok(ofJob.length > 0 && ofJob.every((one) => one['job']?.['id'] === jobId));
});

test('searches by address and name together', async () => {
  const rig = createRig();
  const candidate = (await results(rig, 'candidate.list'))['0'];
  const email = textOf(candidate?.['primaryEmailAddress']?.['value']).toUpperCase();
  const name = candidate?.['name'];
  assert.equal(items(await results(rig, 'candidate.search', { email, name })).length, 1);
  assert.equal(items(await results(rig, 'candidate.search', { email, name: 'zz' })).length, 0);
});

test('puts tags on candidates once and takes them off strictly', async () => {
  const rig = createRig();
  const candidateId = (await results(rig, 'candidate.list'))['0']?.['id'];
  const tag = await results(rig, 'candidateTag.create', { title: ' send TEST ' });
  assert.equal(tag['title'], 'Send test', 'an existing title answers with the existing tag');
  const tagId = tag['id'];
  await results(rig, 'candidate.addTag', { candidateId, tagId });
  const tagged = await results(rig, 'candidate.addTag', { candidateId, tagId });
  assert.deepEqual(items(tagged['tags']).length, 1);
  const removeTag = 'candidate.removeTag';
  assert.equal(await code(rig, removeTag, { candidateId, tagId, extra: 1 }), 'invalid_input');
  const bare = await results(rig, removeTag, { candidateId, tagId });
  assert.deepEqual(bare['tags'], []);
});

test('keeps notes in the allowed HTML only', () => {
  assert.equal(
    sanitiseHtml('<p>Hi <b onclick="x()">there</b><script>alert(1)</script> &amp; <i>you</p>'),
    'Hi <b>there</b> &amp; <i>you</i>',
  );
  assert.equal(
    sanitiseHtml('<a href="https://x.example/?a=1&amp;b=2" target=_blank>go</a>'),
    '<a href="https://x.example/?a=1&amp;b=2">go</a>',
  );
  assert.equal(sanitiseHtml('<a href="java&#115;cript:alert(1)">x</a>'), '<a>x</a>');
  assert.equal(sanitiseHtml('1 < 2 & 3 > 2</b>'), '1 &lt; 2 &amp; 3 &gt; 2');
  assert.equal(sanitiseHtml('<ul><li>one<li>two</ul>'), '<ul><li>one<li>two</li></li></ul>');
});

test('lists notes, private ones only to keys that may see them', async () => {
  const rig = createRig();
  const candidateId = (await results(rig, 'candidate.list'))['0']?.['id'];
  const html = { type: 'text/html', value: '<h1>Link</h1><a href="https://x.example">go</a>' };
  const note = await results(rig, 'candidate.createNote', { candidateId, note: html });
  assert.equal(note['content'], 'Link<a href="https://x.example">go</a>');
  await results(rig, 'candidate.createNote', { candidateId, note: '<b>', isPrivate: true });
  assert.equal(items(await results(rig, 'candidate.listNotes', { candidateId })).length, 1);
  const key = await makeKey(rig, { scope: 'candidates:read', privateFields: 'on' });
  const { body } = await rig.call('candidate.listNotes', { candidateId }, withKey(key));
  assert.deepEqual(
    items(body['results']).map((one) => one['content']),
    ['Link<a href="https://x.example">go</a>', '<b>'],
  );
});

test('hides confidential jobs and their applications from ordinary keys', async () => {
  const rig = createRig();
  const key = await makeKey(rig, { scope: 'jobs:read', confidentialJobs: 'on' });
  const { body } = await rig.call('job.list', {}, withKey(key));
  const secretJob = items(body['results']).find((job) => job['confidential'] === (true as unknown));
  assert.ok(secretJob);
  assert.equal(await code(rig, 'job.info', { id: secretJob['id'] }), 'job_not_found');
  const candidateId = textOf((await results(rig, 'candidate.list'))['0']?.['id']);
  const { applicationId } = await opening(rig);
  await rig.post(`/candidates/${candidateId}/transfer`, { job: textOf(secretJob['id']) });
  assert.equal(await code(rig, 'application.info', { applicationId }), 'application_not_found');
});
