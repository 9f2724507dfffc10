import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { InterviewState, Plan } from '#core/interview/model.ts';
import { dayUid, eventUid } from '#core/interview/things.ts';
import { insertAssessment } from '#store/assessments.ts';
import { replaceBookings } from '#store/bookings.ts';
import { upsertCandidate } from '#store/candidates.ts';
import { replaceChoices } from '#store/choices.ts';
import { insertConnection, pauseConnection } from '#store/connections.ts';
import { ensureEffect } from '#store/effects.ts';
import { insertInterview, recordChange, updateInterview } from '#store/interviews.ts';
import { nextSequence, recordReply } from '#store/invites.ts';
import { insertPerson, type PersonInput, updatePerson } from '#store/people.ts';
import { applicant } from '#store/testing-candidate.ts';
import { items, startWorld, type Call, type World } from './testing.ts';

interface Row {
  id: string;
  kind: string;
  at: string;
  text: string | null;
  people: string[];
  candidate: { name: string; job: string | null } | null;
  interview: { id: string; flag: string | null } | null;
  effect: { kind: string; decisions: string[] } | null;
  connection: { name: string } | null;
}

const owner = 'owner@example.com';
const hour = 3_600_000;
const everyDay = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const base = { settings: {}, requestsPerSecond: null };

let world: World;
let admin: Call;
let atsId = '';
let platformId = '';
let begin = 0;

before(async () => {
  world = await startWorld({ role: 'web' });
  const { db, now } = world.running.hub;
  begin = now();
  admin = await world.as('super_admin');
  atsId = (await insertConnection(db, { connector: 'lever', name: 'ATS', ...base })).id;
  platformId = (await insertConnection(db, { connector: 'codingame', name: 'Tests', ...base })).id;
  const job = (id: string, team: string[]) => ({ id, name: `Job ${id}`, detail: { team } });
  await replaceChoices(db, atsId, 'job', [job('mine', [owner]), job('theirs', [])], begin);
});
after(() => world.close());

const lane = async (
  name: 'needs_me' | 'in_motion',
  call: Call = admin,
  more = '',
): Promise<Row[]> => items<Row>(await call('GET', `/api/v1/today?lane=${name}&limit=100${more}`));

const about = async (name: string): Promise<Row[]> => {
  const all = [...(await lane('needs_me')), ...(await lane('in_motion'))];
  return all.filter(({ candidate }) => candidate?.name === name);
};

const candidateOf = async (name: string, jobId = 'mine'): Promise<string> => {
  const own = { remoteId: name, personId: name, name, jobId };
  const facts = { ...applicant, ...own, email: 'Cand@Example.com', url: 'https://ats.example/c' };
  return (await upsertCandidate(world.running.hub.db, atsId, facts, begin)).id;
}; // prettier-ignore

const inputOf = (name: string, active = true): PersonInput => ({
  name, email: `${name.toLowerCase()}@example.com`, title: '', zone: 'Asia/Kathmandu', hours: everyDay,
  daysOff: [], perDay: null, perWeek: null, tags: [], active, kind: 'person', preferred: null,
  buffer: { before: 0, after: 0 },
}); // prettier-ignore

const personOf = async (name: string) => insertPerson(world.running.hub.db, inputOf(name));

const interviewOf = async (
  name: string,
  people: ReadonlyArray<{ id: string; name: string; email: string; required?: boolean }>,
  { state = 'confirmed', inHours = 30 }: { state?: InterviewState; inHours?: number } = {},
) => {
  const { db } = world.running.hub;
  const start = begin + inHours * hour;
  const seats = people.map((one) => ({ personId: one.id, name: one.name, email: one.email, required: one.required ?? true }));
  const plan = { name: 'Onsite', zone: 'UTC', candidateZone: 'UTC', events: [{ id: 'e1', name: 'E', start, end: start + hour, seats }] } as unknown as Plan;
  const row = await insertInterview(db, {
    state, connectionId: atsId, candidateId: await candidateOf(name), templateId: null, plan, linkWaitUntil: begin, sendAt: null,
  });
  await replaceBookings(db, row.id, plan);
  return row;
}; // prettier-ignore

const decline = async (interviewId: string, uid: string, address: string): Promise<void> => {
  const { db } = world.running.hub;
  await nextSequence(db, { uid, interviewId, fingerprint: 'f', times: 't' });
  const reply = { uid, address, status: 'declined', sequence: 0, stamp: begin, comment: null };
  await recordReply(db, interviewId, reply as Parameters<typeof recordReply>[2]);
};

const effectOf = async (
  name: string,
  state: 'failed' | 'unknown' | 'waiting' | 'owed' | 'done',
  jobId?: string,
): Promise<string> => {
  const { row } = await ensureEffect(world.running.hub.db, {
    key: `about/${name}`,
    kind: 'assessment',
    state,
    candidateId: await candidateOf(name, jobId),
    connectionId: platformId,
    ruleId: null,
    parentId: null,
    request: {},
    text: `why ${name}`,
  });
  return row.id;
};

test('effects stand in the lane of their state, with candidate, job and what may be decided', async () => {
  for (const state of ['failed', 'unknown', 'waiting', 'owed', 'done'] as const)
    await effectOf(state, state);
  const needs = (await lane('needs_me')).map(({ kind, text }) => `${kind} ${String(text)}`);
  assert.deepEqual(needs, [
    'effect_unknown why unknown',
    'effect_failed why failed',
    'effect_waiting why waiting',
  ]);
  const [failed] = await about('failed');
  assert.deepEqual(failed?.effect?.decisions, ['retry', 'skip']);
  assert.equal(failed.candidate?.job, 'Job mine');
  assert.equal(failed.connection?.name, 'Tests');
  assert.deepEqual((await about('owed')).map(({ kind }) => kind), ['effect_under_way']);
  assert.deepEqual(await about('done'), []);
}); // prettier-ignore

test('a test that is out is in motion', async () => {
  const effectId = await effectOf('Tess', 'done');
  await insertAssessment(world.running.hub.db, {
    effectId,
    candidateId: await candidateOf('Tess'),
    connectionId: platformId,
    remoteId: 'r',
    url: '',
    reportUrl: null,
    testId: 't',
    testName: 'Backend',
    nextPollAt: begin,
  });
  const [row] = await about('Tess');
  assert.deepEqual([row?.kind, row?.text], ['test_out', 'Backend']);
});

test('holds and the interviews of the next days are in motion, by their start', async () => {
  const ada = await personOf('Ada');
  await interviewOf('In a week', [ada], { inHours: 24 * 9 });
  await interviewOf('Tomorrow', [ada], { inHours: 24 });
  await interviewOf('Held', [ada], { state: 'hold', inHours: 24 * 9 + 4 });
  await interviewOf('Yesterday', [ada], { inHours: -24 });
  const rows = (await lane('in_motion')).filter(({ interview }) => interview !== null);
  assert.deepEqual(
    rows.map(({ kind, candidate }) => [kind, candidate?.name]),
    [
      ['interview', 'Tomorrow'],
      ['hold', 'Held'],
    ],
  );
});

test('who declined is named, as long as the times are the same and the person is asked', async () => {
  const [bea, cem, dan] = [await personOf('Bea'), await personOf('Cem'), await personOf('Dan')];
  const row = await interviewOf('Declined', [bea, { ...cem, required: false }]);
  for (const { email } of [bea, cem, dan]) await decline(row.id, eventUid(row.id, 'e1', 0), email);
  const [first] = await about('Declined');
  assert.deepEqual([first?.kind, first?.people], ['interviewer_declined', ['Bea']]);
  await decline(row.id, dayUid(row.id, 1, 0), 'cand@example.com');
  assert.deepEqual(
    (await about('Declined')).map(({ kind }) => kind),
    ['candidate_declined', 'interviewer_declined', 'interview'],
  );
  const { db } = world.running.hub;
  for (const uid of [eventUid(row.id, 'e1', 0), dayUid(row.id, 1, 0)])
    await nextSequence(db, { uid, interviewId: row.id, fingerprint: 'g', times: 'later' });
  assert.deepEqual((await about('Declined')).map(({ kind }) => kind), ['interview']);
}); // prettier-ignore

test('somebody who cannot come after all is a conflict, unless it was overridden', async () => {
  const { db } = world.running.hub;
  const eve = await personOf('Eve');
  const row = await interviewOf('Conflicting', [eve], { inHours: 40 });
  assert.deepEqual((await about('Conflicting')).map(({ kind }) => kind), ['interview']);
  await updatePerson(db, eve.id, inputOf('Eve', false));
  assert.deepEqual((await about('Conflicting'))[0]?.people, ['Eve']);
  await updatePerson(db, eve.id, inputOf('Eve'));
  const second = await interviewOf('Twice', [eve], { inHours: 40 });
  assert.equal((await about('Conflicting'))[0]?.kind, 'conflict');
  assert.equal((await about('Twice'))[0]?.kind, 'conflict');
  const overridden = [{ code: 'double_booked', personId: eve.id, eventId: 'e1' }];
  await recordChange(db, second, { id: 'x', name: 'X' }, 'confirmed', { overridden });
  assert.deepEqual((await about('Conflicting')).map(({ kind }) => kind), ['interview']);
  assert.deepEqual((await about('Twice')).map(({ kind }) => kind), ['interview']);
  await updateInterview(db, row.id, { flag: 'cancelled_in_ats' });
  const [flagged] = await about('Conflicting');
  assert.deepEqual([flagged?.kind, flagged?.interview?.flag], ['flagged', 'cancelled_in_ats']);
}); // prettier-ignore

test('a paused connection comes first, for those who see connections', async () => {
  const { db } = world.running.hub;
  const { id } = await insertConnection(db, { connector: 'ashby', name: 'Paused', ...base });
  await pauseConnection(db, id, 'unauthorized', 'The key was refused.');
  const [first] = await lane('needs_me', await world.as('team_member'));
  assert.deepEqual(
    [first?.kind, first?.text, first?.connection?.name],
    ['connection_paused', 'The key was refused.', 'Paused'],
  );
  const limited = await lane('needs_me', await world.as('limited_team_member', owner));
  assert.ok(limited.length > 0);
  assert.ok(limited.every(({ kind }) => kind !== 'connection_paused'));
});

test('a Limited Team Member sees the own jobs alone', async () => {
  await effectOf('Mine', 'failed', 'mine');
  await effectOf('Theirs', 'failed', 'theirs');
  const names = (rows: Row[]) => rows.map(({ candidate }) => candidate?.name);
  const limited = names(await lane('needs_me', await world.as('limited_team_member', owner)));
  assert.ok(limited.includes('Mine'));
  assert.ok(!limited.includes('Theirs'));
  assert.ok(names(await lane('needs_me')).includes('Theirs'));
  assert.deepEqual(await lane('needs_me', await world.as('limited_team_member')), []);
});

test('pages follow one another without gap or double, and a kind may be asked for alone', async () => {
  const whole = (await lane('needs_me')).map(({ id }) => id);
  const read: string[] = [];
  let cursor = '';
  do {
    const answer = await admin('GET', `/api/v1/today?lane=needs_me&limit=2${cursor}`);
    read.push(...items<Row>(answer).map(({ id }) => id));
    const next = answer.body['next'] as unknown as string | null;
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  assert.deepEqual(read, whole);
  assert.equal(new Set(whole).size, whole.length);
  const failed = await lane('needs_me', admin, '&kind=effect_failed');
  assert.deepEqual([...new Set(failed.map(({ kind }) => kind))], ['effect_failed']);
  assert.deepEqual(await lane('needs_me', admin, '&kind=hold'), []);
});
