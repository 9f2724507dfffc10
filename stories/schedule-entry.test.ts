/** Coming from the ATS: its button opens the hub for one candidate. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { applyAtLever } from './newcomers.ts';
import { leverOf } from './vendors.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever'], candidates: 2 } });
const connectionId = await hubOf(world).connect('lever');
const [posting] = await leverOf(world).postings();
const candidate = await applyAtLever(world, 'Grace Entry', { posting: posting?.id ?? '' });
const query = `connection=${connectionId}&candidate=${candidate.id}`;

after(() => world.close());

interface Draft {
  candidate: { id: string; name: string };
  template: { name: string } | null;
  interview: { templateId: string | null; events: Array<Record<string, unknown>> };
  settings: Record<string, unknown>;
  remarks: string[];
}

test('answers an empty draft, with what is missing, and stores nothing', async () => {
  const draft = await world.api.get<Draft>(`/schedule?${query}`);
  assert.equal(draft.candidate.name, 'Grace Entry');
  assert.equal(draft.template, null);
  assert.match(draft.remarks.join(' '), /No template is for this job and stage/);
  const { items } = await world.api.get<{ items: unknown[] }>('/interviews');
  assert.deepEqual(items, []);
});

test('takes the template of the job; with times it becomes an interview', async () => {
  await world.api.post('/people', { name: 'Alan Turing', email: 'alan@example.com', zone: 'UTC' });
  const { items } = await world.api.get<{ items: Array<{ id: string }> }>('/people');
  const personIds = items.map(({ id }) => id);
  await world.api.post('/templates', {
    name: 'Backend loop',
    connectionId,
    jobId: posting?.id,
    layer: {
      events: [{ name: 'Design', minutes: 45, seats: [{ from: { kind: 'people', personIds } }] }],
    },
  });
  const draft = await world.api.get<Draft>(`/schedule?${query}`);
  assert.equal(draft.template?.name, 'Backend loop');
  assert.deepEqual(draft.remarks, []);
  assert.deepEqual(
    draft.interview.events.map(({ name, minutes }) => ({ name, minutes })),
    [{ name: 'Design', minutes: 45 }],
  );
  const events = draft.interview.events.map((event) => ({
    ...event,
    start: '2031-03-05T10:00:00Z',
  }));
  const { state } = await world.api.post<{ state: string }>('/interviews', {
    ...draft.interview,
    events,
    state: 'draft',
  });
  assert.equal(state, 'draft');
});

test('takes another template where one is named, with the settings it lays over the company’s', async () => {
  const { id } = await world.api.post<{ id: string }>('/templates', {
    name: 'A talk before anything else',
    layer: { order: 'any', gapMinutes: 15, events: [{ name: 'Talk', minutes: 30 }] },
  });
  const draft = await world.api.get<Draft>(`/schedule?${query}&template=${id}`);
  assert.equal(draft.interview.templateId, id);
  assert.deepEqual(draft.interview.events.map(({ name }) => name), ['Talk']);
  const { order, gapMinutes, maxDays } = draft.settings;
  assert.deepEqual({ order, gapMinutes, maxDays }, { order: 'any', gapMinutes: 15, maxDays: 1 });
  const nowhere = await world.api.call('GET', `/schedule?${query}&template=te_none`);
  assert.equal(nowhere.status, 404);
}); // prettier-ignore

test('says which candidate or connection is not there', async () => {
  const nobody = await world.api.call(
    'GET',
    `/schedule?connection=${connectionId}&candidate=nobody`,
  );
  assert.equal(nobody.body['code'], 'candidate_unknown');
  const nowhere = await world.api.call('GET', '/schedule?connection=cn_none&candidate=nobody');
  assert.equal(nowhere.status, 404);
});

test('says that a job is not shared to whoever follows its link, and nothing of ids of the hub', async () => {
  const limited = await world.as('limited_team_member', 'nobody@example.com');
  const shown = await limited.call('GET', `/schedule?${query}`);
  assert.deepEqual([shown.status, shown.body['code']], [403, 'candidate_not_shared']);
  const { candidate: known } = await world.api.get<Draft>(`/schedule?${query}`);
  const at = `/schedule?connection=${connectionId}&candidate=${known.id}`;
  assert.equal((await limited.call('GET', at)).status, 404);
});
