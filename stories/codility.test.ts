/** Codility, told per invitation where to report, and live links that are made or pasted. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever } from './newcomers.ts';
import { codilityOf, leverOf } from './vendors.ts';
import { startWorld, until } from './world.ts';

// So long until the hub asks by itself: what it knows sooner, a callback has told.
const world = await startWorld({
  sandbox: { only: ['lever', 'codility'] },
  env: { LOOPWRIGHT_RESULT_POLL_SECONDS: '86400' },
});
const hub = hubOf(world);
const lever = leverOf(world);
const codility = codilityOf(world);
const connectionId = await hub.connect('lever');
const [posting] = await lever.postings();

after(() => world.close());

interface Hook {
  url: string;
  status: string;
  attention: boolean;
}

const hooksOf = async (id: string): Promise<Hook[]> =>
  (await world.api.get<{ webhooks: Hook[] }>(`/connections/${id}`)).webhooks;

const enter = async (name: string, stage: string) => {
  const applicant = await applyAtLever(world, name, { posting: posting?.id ?? '' });
  await lever.move(applicant.id, await lever.stage(stage));
  return applicant;
};

const noteWith = (id: string, text: string) =>
  until(`a note says ${text}`, async () => {
    const notes = await lever.notes(id);
    return notes.find((note) => note.includes(text));
  });

const platformId = await hub.connect('codility');

test('registers nothing, and says that every invitation carries the address', async () => {
  const [hook, ...others] = await hooksOf(platformId);
  assert.deepEqual(others, []);
  assert.equal(hook?.status, 'per_invitation');
  assert.equal(hook.attention, false);
});

test('sends a test and hears of the result, and later of the similarity, by its callbacks', async () => {
  const [offered] = await codility.tests();
  assert.ok(offered);
  await hub.rule({
    connectionId,
    platformId,
    testId: String(offered.id),
    stageIds: [await lever.stage('Recruiter screen')],
  });
  const { id, email } = await enter('Cora Callback', 'Recruiter screen');
  await noteWith(id, 'Assessment sent (Codility)');
  const [session, ...others] = await codility.sessions(email);
  assert.ok(session);
  assert.deepEqual(others, []);
  const [hook] = await hooksOf(platformId);
  const invitation = world.emulator('codility').requests.find(({ path }) => /invite/.test(path));
  assert.deepEqual(
    (JSON.parse(invitation?.body ?? '') as { event_callbacks: unknown }).event_callbacks,
    ['result', 'similarity'].map((event) => ({ event, url: hook?.url })),
  );
  await codility.take(session, 73);
  assert.doesNotMatch(await noteWith(id, '(73 %)'), /similarity/);
  await codility.compare(session, 'high');
  await noteWith(id, 'similarity: high');
  assert.equal((await lever.notes(id)).length, 1);
  assert.equal((await hooksOf(platformId))[0]?.status, 'healthy');
});

test('makes a live session by the mapping of the settings', async () => {
  const stage = 'HM Screen';
  await hub.rule({ connectionId, platformId, stageIds: [await lever.stage(stage)] });
  const { id } = await enter('Liv Live', stage);
  const note = await noteWith(id, 'Technical interview link (Codility)');
  const [interview, ...others] = await codility.interviews();
  assert.deepEqual(others, []);
  assert.ok(note.includes(interview?.interview_link ?? 'none'), note);
});

test('gives every pasted link to one candidate, and goes on when further ones are pasted', async () => {
  const links = ['https://app.codility.com/live/1', 'https://app.codility.com/live/2'];
  const poolId = await world.connect('codility', { liveMode: 'pool', livePool: links.join('\n') });
  const stage = 'On-site interview';
  await hub.rule({ connectionId, platformId: poolId, stageIds: [await lever.stage(stage)] });
  const entered = await Promise.all(
    ['Pia Pool', 'Pat Pool', 'Per Pool'].map((name) => enter(name, stage)),
  );
  const settled = await until('all three are decided', async () => {
    const found = (await Promise.all(entered.map(({ id }) => hub.effects(id)))).map((all) =>
      all.find(({ kind, state }) => kind === 'live_link' && ['done', 'failed'].includes(state)),
    );
    return found.every((effect) => effect !== undefined) && found;
  });
  const given = settled.filter(({ state }) => state === 'done').map(({ remoteUrl }) => remoteUrl);
  assert.deepEqual(given.toSorted(), links);
  const [left] = settled.filter(({ state }) => state === 'failed');
  assert.match(left?.error?.text ?? '', /no link left of 2. Paste further links/);
  const more = 'https://app.codility.com/live/3';
  await world.api.call('PATCH', `/connections/${poolId}`, {
    settings: { livePool: [...links, more].join('\n') },
  });
  await world.api.post(`/effects/${left?.id ?? ''}/decide`, { decision: 'retry' });
  await until('the third has its link', async () => {
    const all = (await Promise.all(entered.map(({ id }) => hub.effects(id)))).flat();
    return all.find(({ id, remoteUrl }) => id === left?.id && remoteUrl === more);
  });
});

test('disconnects without asking anything of Codility, and leaves nothing to delete by hand', async () => {
  const before = world.emulator('codility').requests.length;
  const { body } = await world.api.call('DELETE', `/connections/${platformId}`);
  assert.deepEqual(body['deleteByHand'], []);
  assert.equal(world.emulator('codility').requests.length, before);
});
