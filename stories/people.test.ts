/** People over the API: found, imported, tagged together, tied to things, and their calendars tested. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hubOf } from './hub-side.ts';
import { joinLever } from './newcomers.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ sandbox: { only: ['lever', 'ics-feed'], candidates: 2 } });
await joinLever(world, 'Ada Ats');
const lever = await hubOf(world).connect('lever');

after(() => world.close());

interface Person {
  id: string;
  name: string;
  version: number;
  tags: string[];
  busySources: string[];
}
const add = (name: string, more: Record<string, unknown> = {}) =>
  world.api.post<Person>('/people', { name, email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`, zone: 'UTC', ...more }); // prettier-ignore
const names = async (query: string): Promise<string[]> =>
  (await world.api.get<{ items: Person[] }>(`/people?${query}`)).items.map(({ name }) => name);

const zoe = await add('zoe Zimmer', { tags: ['Backend', 'senior'] });
const bob = await add('Bob Busy', { tags: ['backend'] });
await add('Old Otto', { active: false });
await add('Lhotse', { kind: 'room', email: '' });

test('people come by name, page by page, and are found by tag, kind and whether they are active', async () => {
  assert.deepEqual(await names(''), ['Bob Busy', 'Lhotse', 'Old Otto', 'zoe Zimmer']);
  const first = await world.api.get<{ items: Person[]; next: string }>('/people?limit=3');
  assert.deepEqual(await names(`limit=3&cursor=${first.next}`), ['zoe Zimmer']);
  assert.deepEqual(await names('tag=BACKEND'), ['Bob Busy', 'zoe Zimmer']);
  assert.deepEqual(await names('tag=back'), []);
  assert.deepEqual(await names('kind=room'), ['Lhotse']);
  assert.deepEqual(await names('active=false'), ['Old Otto']);
  const { items, next } = await world.api.get<{ items: unknown[]; next: null }>('/people/tags');
  const { next: cursor } = await world.api.get<{ next: string }>('/people/tags?limit=1');
  const rest = await world.api.get<{ items: unknown[] }>(`/people/tags?limit=1&cursor=${cursor}`);
  assert.deepEqual([next, rest.items], [null, items.slice(1)]);
  assert.deepEqual(items, [{ tag: 'Backend', people: 2 }, { tag: 'senior', people: 1 }]);
}); // prettier-ignore

test('a preview of a pool counts its members, and names tags that nobody has', async () => {
  const ask = (expression: string) => world.api.call<{ count: number; unusedTags: string[] }>('POST', '/pools/preview', { expression });
  const { body } = await ask('backend AND NOT (senior OR trainee)');
  assert.deepEqual([body.count, body.unusedTags], [1, ['trainee']]);
  const wrong = await ask('backend AND');
  assert.equal(wrong.status, 422);
  assert.equal((wrong.body as unknown as { field: string }).field, 'expression');
}); // prettier-ignore

test('members of a pool come by name, page by page, and are found by name or address', async () => {
  const members = async (query: string) => {
    const { items, next } = await world.api.get<{ items: Person[]; next: string | null }>(`/pools/members?${query}`);
    return { names: items.map(({ name }) => name), next };
  };
  const all = 'expression=BACKEND+OR+gone';
  const first = await members(`${all}&limit=1`);
  assert.deepEqual(first.names, ['Bob Busy']);
  assert.deepEqual(await members(`${all}&limit=1&cursor=${first.next ?? ''}`), { names: ['zoe Zimmer'], next: null });
  assert.deepEqual((await members(`${all}&search=zimmer@EXAMPLE`)).names, ['zoe Zimmer']);
  assert.deepEqual((await members('expression=backend+AND+NOT+senior&search=z')).names, []);
  assert.deepEqual((await members('expression=NOT+backend')).names, ['Lhotse'], 'who is not active is in no pool');
  const wrong = await world.api.call('GET', '/pools/members?expression=backend+AND');
  assert.equal(wrong.status, 422);
  assert.equal((wrong.body as { field: string }).field, 'expression');
}); // prettier-ignore

test('tags are changed for all who are named, or for nobody', async () => {
  const change = (body: Record<string, unknown>) => world.api.call<{ changed?: number; field?: string }>('POST', '/people/tags', body);
  const ids = [zoe.id, bob.id];
  const { body } = await change({ personIds: ids, add: ['go', 'SENIOR'], remove: ['backend'] });
  assert.equal(body.changed, 2);
  const tagsOf = async (id: string) => (await world.api.get<Person>(`/people/${id}`)).tags;
  assert.deepEqual([await tagsOf(zoe.id), await tagsOf(bob.id)], [['senior', 'go'], ['go', 'SENIOR']]);
  assert.equal((await change({ personIds: ids, add: ['go'] })).body.changed, 0);
  const many = Array.from({ length: 49 }, (_, index) => `t${String(index)}`);
  const refused = await change({ personIds: ids, add: many });
  assert.deepEqual([refused.status, refused.body.field], [422, 'add']);
  assert.equal((await change({ personIds: [zoe.id, 'pe_unknown'], remove: ['go'] })).status, 404);
  assert.deepEqual(await tagsOf(zoe.id), ['senior', 'go']);
}); // prettier-ignore

test('an import says beforehand whom it adds, and whom the ATS does not know', async () => {
  interface Preview {
    added: Array<{ name: string }>;
    known: number;
    missing: Person[];
  }
  const look = () => world.api.post<Preview>('/people/import/preview', { connectionId: lever });
  const before = await look();
  assert.ok(before.added.some(({ name }) => name === 'Ada Ats'));
  assert.deepEqual(
    before.missing.map(({ name }) => name),
    ['Bob Busy', 'zoe Zimmer'],
  );
  assert.ok(!(await names('')).includes('Ada Ats'), 'looking adds nobody');
  await world.api.post('/people/import', { connectionId: lever });
  const afterwards = await look();
  assert.deepEqual([afterwards.added, afterwards.known], [[], before.added.length + before.known]);
});

test('what depends on a person is told: users of the ATS, pools, templates', async () => {
  interface Ties {
    atsUsers: Array<{ userId: string | null }>;
    pools: Array<{ name: string }>;
    templates: Array<{ name: string }>;
    interviews: unknown[];
  }
  await world.api.post('/pools', { name: 'Seniors', expression: 'senior' });
  const seats = [{ from: { kind: 'people', personIds: [zoe.id] } }];
  await world.api.post('/templates', { name: 'Onsite', layer: { events: [{ name: 'Talk', minutes: 60, seats }] } });
  const ties = await world.api.get<Ties>(`/people/${zoe.id}/ties`);
  assert.equal(ties.atsUsers[0]?.userId, null);
  assert.deepEqual([ties.pools[0]?.name, ties.templates[0]?.name, ties.interviews], ['Seniors', 'Onsite', []]);
  const [ada] = (await world.api.get<{ items: Person[] }>('/people?search=ada.ats')).items;
  const known = await world.api.get<Ties>(`/people/${ada?.id ?? ''}/ties`);
  assert.ok(known.atsUsers[0]?.userId);
}); // prettier-ignore

test('a secret address is tested, replaces the one before, and is never shown; a calendar that is gone is unknown', async () => {
  const { url = '' } = world.emulator('ics-feed').credentials();
  const put = (address: string) => world.api.call<Person & { field?: string }>('PUT', `/people/${bob.id}/calendar`, { url: address });
  const wrong = await put(`${url}x`);
  assert.deepEqual([wrong.status, wrong.body.field], [422, 'url']);
  assert.deepEqual((await world.api.get<Person>(`/people/${bob.id}`)).busySources, []);
  const { version } = await world.api.get<Person>(`/people/${bob.id}`);
  const first = (await put(url)).body.busySources;
  assert.equal((await world.api.get<Person>(`/people/${bob.id}`)).version, version + 1);
  const second = (await put(url)).body.busySources;
  assert.equal(second.length, 1);
  assert.notDeepEqual(first, second);
  assert.equal((await world.api.call('GET', `/connections/${first[0] ?? ''}`)).status, 404);
  const shown = JSON.stringify(await world.api.get(`/connections/${second[0] ?? ''}`));
  assert.ok(!shown.includes(url));

  const check = async () =>
    (await world.api.post<{ items: Array<{ state: string; text: string | null }> }>(`/people/${bob.id}/test-calendars`)).items[0];
  assert.equal((await check())?.state, 'ok');
  await world.api.call('DELETE', `/connections/${second[0] ?? ''}`);
  assert.equal((await world.api.get<Person>(`/people/${bob.id}`)).version, version + 2, 'nobody changed Bob');
  const gone = await check();
  assert.equal(gone?.state, 'unknown');
  assert.match(gone.text ?? '', /was removed/);
}); // prettier-ignore
