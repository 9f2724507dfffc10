/** A candidate is in one interview at a time: it is told beforehand, and refused unless taken on knowingly. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { panelOf, seat, type Interview } from './panel.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 2 } });
const panel = panelOf(world);
await joinLever(world, 'Ana Arlt', 'Ben Brecht');
const connectionId = await hubOf(world).connect('lever');
const posting = (await leverOf(world).postings())[0]?.id ?? '';
const ana = await panel.person('Ana Arlt');
const ben = await panel.person('Ben Brecht');

after(() => world.close());

interface Problem {
  code: string;
  detail: string;
  field?: string;
  interview?: { id: string; name: string; start: string };
  alternatives?: Array<{ events: Array<{ start: string }> }>;
}

const talk = (by: string, hours: number, more: object = {}) => ({
  name: 'Talk',
  minutes: 60,
  start: panel.at(hours),
  seats: [seat(by)],
  ...more,
});

const apply = async (name: string): Promise<string> =>
  (await applyAtLever(world, name, { posting })).id;

const wish = (candidateId: string, events: object[], more: object = {}) => ({
  connectionId,
  candidateId,
  layer: { interviewName: 'Onsite loop' },
  events,
  ...more,
});

const send = (body: object) => world.api.call<Interview & Problem>('POST', '/interviews', body);

const anyway = { override: ['candidate_busy'], overrideReason: 'She asked for both.' };

test('of two who schedule one candidate at the same moment the second is refused, and told which is there', async () => {
  const id = await apply('Tia Twice');
  const answers = await Promise.all([ana, ben].map((by) => send(wish(id, [talk(by, 0)]))));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
  const made = answers.find(({ status }) => status === 201)?.body;
  const refused = answers.find(({ status }) => status === 409)?.body;
  assert.equal(refused?.code, 'candidate_busy');
  assert.equal(refused.field, 'events.e1');
  assert.deepEqual(refused.interview, { id: made?.id, name: 'Onsite loop', start: panel.at(0) });
  assert.match(refused.detail, /another interview then: Onsite loop, .*or override candidate_busy\./);
  const [other] = refused.alternatives ?? [];
  assert.notEqual(other?.events[0]?.start, panel.at(0));
  assert.ok(other, 'other times of the candidate are offered');
}); // prettier-ignore

test('a preview says it before anything is sent, and it can be sent knowingly, which is recorded', async () => {
  const id = await apply('Pia Preview');
  const { id: first } = await panel.schedule(wish(id, [talk(ana, 24)]));
  const body = wish(id, [talk(ben, 24.5)]);
  const { problems } = await world.api.post<{ problems: Array<Problem & { blocks: boolean }> }>('/interviews/preview', body); // prettier-ignore
  assert.deepEqual(
    problems.map(({ code, blocks, interview }) => [code, blocks, interview?.id]),
    [['candidate_busy', true, first]],
  );
  const made = await panel.schedule({ ...body, ...anyway });
  const { items } = await world.api.get<{ items: Array<{ detail: object }> }>(
    `/interviews/${made.id}/changes`,
  );
  assert.partialDeepStrictEqual(items[0]?.detail, {
    overridden: [{ code: 'candidate_busy' }],
    reason: 'She asked for both.',
  });
  // What was taken on is not asked again while the time stays.
  await panel.act(made.id, 'event', { eventId: 'e1', name: 'Long talk' });
});

test('moving into another interview of the candidate is refused, and so is confirming a draft there', async () => {
  const id = await apply('Mo Moves');
  await panel.schedule(wish(id, [talk(ana, 48)]));
  const later = await panel.schedule(wish(id, [talk(ben, 50)]));
  const draft = await panel.schedule(wish(id, [talk(ben, 48)], { state: 'draft' }));
  const start = panel.at(48.5);
  for (const [path, body] of [
    [`/interviews/${later.id}/move`, { eventId: 'e1', start }],
    [`/interviews/${later.id}/reschedule`, { start }],
    [`/interviews/${draft.id}/hold`, {}],
    [`/interviews/${draft.id}/confirm`, {}],
  ] as const) {
    const { status, body: problem } = await world.api.call('POST', path, body);
    assert.deepEqual([status, problem['code']], [409, 'candidate_busy'], path);
  }
  await panel.act(later.id, 'move', { eventId: 'e1', start, ...anyway });
});

test('of two drafts of one candidate that are confirmed at the same moment one is refused', async () => {
  const id = await apply('Dee Drafts');
  const drafts = await Promise.all(
    [ana, ben].map((by) => panel.schedule(wish(id, [talk(by, 72)], { state: 'draft' }))),
  );
  const answers = await Promise.all(
    drafts.map((draft) => world.api.call('POST', `/interviews/${draft.id}/confirm`, {})),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  assert.equal(answers.find(({ status }) => status === 409)?.body['code'], 'candidate_busy');
});

test('who only comes before or after, what is cancelled, and what is internal are in nobody’s way', async () => {
  const id = await apply('Ian Internal');
  const first = await panel.schedule(wish(id, [talk(ana, 96)]));
  await panel.schedule(wish(id, [talk(ben, 97)]));
  await panel.schedule(wish(id, [talk(ben, 96, { internal: true })]));
  await panel.act(first.id, 'cancel');
  await panel.schedule(wish(id, [talk(ana, 96)]));
});

test('the engine offers no time at which the candidate is elsewhere', async () => {
  const id = await apply('Eva Engine');
  await panel.schedule(wish(id, [talk(ana, 120)]));
  const window = { start: panel.at(120), end: panel.at(122) };
  const search = { from: window.start, to: window.end, windows: [window], startEvery: 15 };
  const { starts } = await world.api.post<{ starts: string[] }>('/panels/slots', {
    ...wish(id, [{ name: 'Talk', minutes: 60, seats: [seat(ben)] }]),
    ...search,
  });
  assert.deepEqual(starts, [panel.at(121)]);
});
