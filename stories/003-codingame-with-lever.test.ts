/** Guide 003: a candidate with a tag reaches a stage in Lever, so a CodinGame test is sent. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { codingameOf, leverOf } from './vendors.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
let rule = { id: '' };
let lever: ReturnType<typeof leverOf>;
let codingame: ReturnType<typeof codingameOf>;
let stage = '';

before(async () => {
  world = await startWorld();
  lever = leverOf(world);
  codingame = codingameOf(world);
  stage = await lever.stage('Recruiter screen');
});

after(() => world.close());

interface Effect {
  id: string;
  kind: string;
  state: string;
  error: { text: string } | null;
}

const effectsOf = async (email: string): Promise<Effect[]> => {
  const found = await world.api.get<{ items: Array<{ id: string }> }>(
    `/candidates?search=${encodeURIComponent(email)}`,
  );
  const id = found.items[0]?.id;
  if (id === undefined) return [];
  return (await world.api.get<{ items: Effect[] }>(`/effects?candidateId=${id}`)).items;
};

test('connects both accounts and finds exactly one webhook per event in Lever', async () => {
  const connectionId = await world.connect('lever');
  const platformId = await world.connect('codingame');
  const hooks = await lever.webhooks();
  const stageChange = hooks.filter((hook) => hook.event === 'candidateStageChange');
  assert.equal(stageChange.length, 1);
  assert.equal(new Set(hooks.map((hook) => hook.event)).size, hooks.length);
  const [campaign] = await codingame.campaigns();
  assert.ok(campaign);
  rule = await world.api.post('/rules', {
    name: 'Backend screening',
    connectionId,
    stageIds: [stage],
    tag: 'codingame-backend',
    jobId: null,
    action: 'assessment',
    platformId,
    testId: String(campaign.id),
    repeats: false,
    enabled: true,
  });
  assert.match(rule.id, /^ru_/);
});

test('sends the test when a candidate of a tagged job reaches the stage, and says so on the timeline', async () => {
  const [posting] = await lever.postings();
  const [candidate] = await lever.applicants('with address');
  assert.ok(posting && candidate);
  await world.form(`/lever/jobs/${posting.id}/tags`, { tag: 'codingame-backend' });
  if (!(await lever.opportunity(candidate.id)).tags.includes('codingame-backend'))
    await lever.tag(candidate.id, 'codingame-backend');
  await lever.move(candidate.id, stage);
  const email = candidate.emails[0] ?? '';
  const [session] = await until('the test is sent', async () => {
    const tests = await codingame.tests(email);
    return tests.length > 0 && tests;
  });
  assert.equal(session?.status, 'waiting');
  const [note] = await until('the note is written', async () => {
    const notes = await lever.notes(candidate.id);
    return notes.length > 0 && notes;
  });
  assert.match(note ?? '', /Assessment sent \(CodinGame\)/);
  assert.ok(note?.includes(session.test_url), note);
  const mail = world.sandbox.mailbox.list().find((one) => one.to === email);
  assert.ok(mail, 'the invitation is in the mailbox');

  await codingame.take(session.test_url, 82);
  const [result, ...others] = await until('the result is on the timeline', async () => {
    const notes = await lever.notes(candidate.id);
    return notes.some((text) => text.includes('(82 %)')) && notes;
  });
  assert.deepEqual(others, [], 'the note was updated in place');
  assert.match(result ?? '', /Assessment result \(CodinGame\)/);
  assert.match(result ?? '', /Report: http/);
});

test('does not send again when the candidate enters the stage once more', async () => {
  const candidate = await inTheStage();
  const email = candidate.emails[0] ?? '';
  await lever.move(candidate.id, 'applicant-new');
  await lever.move(candidate.id, stage);
  await until('the second entry was looked at', async () => {
    const { items } = await world.api.get<{ items: unknown[] }>(`/rules/${rule.id}/decisions`);
    return items.length >= 2;
  });
  assert.equal((await codingame.tests(email)).length, 1);
  assert.equal((await lever.notes(candidate.id)).length, 1);
});

/** The candidate who stands in the stage now, as the hub knows it. */
const inTheStage = async () => {
  const found = await world.api.get<{ items: Array<{ remoteId: string }> }>(
    `/candidates?stageId=${stage}`,
  );
  const id = found.items[0]?.remoteId;
  assert.ok(id, 'nobody stands in the stage');
  return lever.opportunity(id);
};

test('waits for an e-mail address, visibly, and sends when one appears', async () => {
  const [candidate] = await lever.applicants('without address');
  assert.ok(candidate);
  await lever.tag(candidate.id, 'codingame-backend');
  await lever.move(candidate.id, stage);
  const waiting = await until('the effect waits', async () => {
    const { items } = await world.api.get<{ items: Effect[] }>('/effects?state=waiting');
    return items[0];
  });
  assert.match(waiting.error?.text ?? '', /no e-mail address/);
  await lever.setEmail(candidate.id, 'found@candidates.example');
  await until('the test is sent', async () => {
    const tests = await codingame.tests('found@candidates.example');
    return tests.length === 1;
  });
  await until('the ledger says so', async () =>
    (await effectsOf('found@candidates.example')).find(
      (effect) => effect.id === waiting.id && effect.state === 'done',
    ),
  );
});
