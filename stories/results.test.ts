/** A result comes back: by webhook or by asking, to the timeline, once, and true when it changes. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startLeverWithCodingame } from './lever-with-codingame.ts';
import { applyAtAshby, applyAtLever } from './newcomers.ts';
import { ashbyOf } from './vendors.ts';
import { until } from './world.ts';

const { world, hub, lever, codingame, connectionId, platformId, testId, posting, stage } =
  await startLeverWithCodingame({ env: { LOOPWRIGHT_RESULT_POLL_SECONDS: '1' } });
await hub.rule({ connectionId, platformId, testId, stageIds: [stage], name: 'Screening' });

after(() => world.close());

/** A candidate who was sent the test, the note about it written. */
const invited = async (name: string) => {
  const { id, email } = await applyAtLever(world, name, { posting });
  await lever.move(id, stage);
  await hub.effect(id, 'note', 'done');
  const [session] = await codingame.tests(email);
  assert.ok(session);
  return { id, email, session };
};

const noteWith = (id: string, text: string) =>
  until(`a note says ${text}`, async () => {
    const notes = await lever.notes(id);
    return notes.some((note) => note.includes(text)) && notes;
  });

const grade = (session: { id: number }, score: string) =>
  world.form(`/codingame/tests/${String(session.id)}/grade`, { score });

test('tells the test that was sent, with platform, test, stage, rule and link', async () => {
  const { id, session } = await invited('Tia Told');
  const [note, ...others] = await lever.notes(id);
  assert.deepEqual(others, []);
  const { name } = (await hub.choices(platformId, 'tests'))[0] ?? { name: '' };
  assert.ok(note);
  assert.match(note, /^Assessment sent \(CodinGame/);
  assert.ok(note.includes(name), note);
  assert.match(note, /Stage: Recruiter screen · Rule: Screening/);
  assert.ok(note.includes(session.test_url), note);
});

test('puts score, verdict and report into the same note, and a new score again', async () => {
  const { id, session } = await invited('Rae Result');
  await codingame.take(session.test_url, 61);
  const first = await noteWith(id, '(61 %)');
  assert.equal(first.length, 1);
  assert.match(first[0] ?? '', /Assessment result \(CodinGame/);
  assert.match(first[0] ?? '', /Status: completed · Score: \d+\/\d+ \(61 %\)/);
  assert.match(first[0] ?? '', /Verdict: to review/);
  const report = /Report: (http\S+)/.exec(first[0] ?? '')?.[1] ?? '';
  assert.equal((await fetch(report)).status, 200, 'the report link opens');

  await grade(session, '77');
  const second = await noteWith(id, '(77 %)');
  assert.equal(second.length, 1, 'Lever lets notes be changed');
  assert.match(second[0] ?? '', /scored anew/);
});

test('writes a result once, however often it is told', async () => {
  const { id, session } = await invited('Dot Duplicate');
  world.emulator('codingame').webhookFaults.copies = 3;
  await codingame.take(session.test_url, 50);
  world.emulator('codingame').webhookFaults.copies = 1;
  assert.equal((await noteWith(id, '(50 %)')).length, 1);
  await hub.quiet();
  const notes = (await hub.effects(id)).filter(({ kind }) => kind === 'note');
  assert.equal(notes.length, 2, 'one for the invitation, one for the result');
});

test('writes another note when the first was deleted by hand, and then keeps to that one', async () => {
  const { id, session } = await invited('Nell Note');
  const { apiBase = '', apiKey = '' } = world.emulator('lever').credentials();
  const headers = { authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}` };
  const at = `${apiBase}/opportunities/${id}/notes`;
  const { data } = (await (await fetch(at, { headers })).json()) as { data: Array<{ id: string }> };
  assert.equal(data.length, 1);
  await fetch(`${at}/${data[0]?.id ?? ''}`, { method: 'DELETE', headers });
  assert.deepEqual(await lever.notes(id), []);
  await codingame.take(session.test_url, 42);
  assert.equal((await noteWith(id, '(42 %)')).length, 1);
  await grade(session, '43');
  assert.equal((await noteWith(id, '(43 %)')).length, 1);
});

test('asks by itself when the webhook of the result is lost', async () => {
  const { id, session } = await invited('Pat Poll');
  world.emulator('codingame').webhookFaults.drop = true;
  await codingame.take(session.test_url, 88);
  const notes = await noteWith(id, '(88 %)');
  world.emulator('codingame').webhookFaults.drop = false;
  assert.equal(notes.length, 1);
});

test('says that a test was cancelled or deleted at the vendor', async () => {
  const { apiBase = '', apiKey = '' } = world.emulator('codingame').credentials();
  const at = (id: number) => `${apiBase}/assessment/api/v1.1/tests/${String(id)}`;
  const headers = { 'api-key': apiKey };
  const cancelled = await invited('Cam Cancelled');
  const cancel = `${at(cancelled.session.id)}/actions/cancel`;
  assert.ok((await fetch(cancel, { method: 'POST', headers })).ok);
  const deleted = await invited('Dee Deleted');
  assert.ok((await fetch(at(deleted.session.id), { method: 'DELETE', headers })).ok);
  for (const { id } of [cancelled, deleted]) {
    assert.equal((await noteWith(id, 'Status: cancelled')).length, 1);
  }
  const { items } = await world.api.get<{ items: Array<{ status: string; remoteId: string }> }>(
    '/assessments?status=cancelled',
  );
  assert.deepEqual(
    items.map(({ remoteId }) => remoteId).sort(),
    [cancelled, deleted].map(({ session }) => String(session.id)).sort(),
  );
});

test('shows the result in the list of tests as well', async () => {
  const { id, session } = await invited('Lis List');
  await codingame.take(session.test_url, 70);
  await noteWith(id, '(70 %)');
  const found = await hub.candidate(id);
  const { items } = await world.api.get<{ items: Array<Record<string, unknown>> }>(
    `/assessments?candidateId=${found?.id ?? ''}`,
  );
  const [result, ...others] = items;
  assert.ok(result);
  assert.deepEqual(others, []);
  assert.equal(result['status'], 'completed');
  assert.equal(result['percent'], 70);
  assert.match(String(result['reportUrl']), /^http/);
});

test('adds a second note in Ashby, where notes cannot be changed', async () => {
  const ashby = ashbyOf(world);
  const atsId = await hub.connect('ashby');
  const job = (await hub.choices(atsId, 'jobs')).find(({ name }) => name === 'Backend Engineer');
  const one = await applyAtAshby(world, ashby, 'Abi Ashby', { job: job?.id ?? '' });
  const quiz = await ashby.stage(one, 'Technical Quiz');
  await hub.rule({ connectionId: atsId, platformId, testId, stageIds: [quiz] });
  await ashby.move(one, quiz);
  await hub.effect(one.id, 'note', 'done');
  const [session] = await codingame.tests(one.email);
  assert.ok(session);
  await codingame.take(session.test_url, 64);
  const notes = await until('the result is in the notes', async () => {
    const found = await ashby.notes(one.candidate.id);
    return found.some((note) => note.includes('(64 %)')) && found;
  });
  assert.equal(notes.length, 2);
  assert.match(notes[0] ?? '', /Assessment sent/);
  assert.match(notes[1] ?? '', /Assessment result/);
});
