import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, firstTwo, type Listed, type OpportunityJson } from './rig.ts';

type Single = { data: OpportunityJson; deduped?: boolean };

interface PostingJson {
  id: string;
  text: string;
  owner: { email: string };
  hiringManager: { email: string };
  followers: Array<{ email: string }>;
}

test('seeds the same account for the same seed and another for another', async () => {
  const [one, same, other] = [createRig(), createRig(), createRig({ seed: 8 })];
  const [a] = await firstTwo(one);
  assert.deepEqual(await firstTwo(same), await firstTwo(one));
  assert.deepEqual(same.settings, one.settings);
  assert.notEqual((await firstTwo(other))[0].id, a.id);
  assert.notEqual(other.settings['apiKey'], one.settings['apiKey']);
});

test('leads with two new applicants, the second without an e-mail address', async () => {
  const rig = createRig();
  const [first, second] = await firstTwo(rig);
  for (const one of [first, second]) {
    assert.equal(one.stage, 'applicant-new');
    assert.equal(one.archived, null);
    assert.ok(one.tags.includes('Backend Engineer'));
  }
  assert.equal(first.emails.length, 1);
  assert.deepEqual(second.emails, []);
});

test('pages with pre-encoded tokens that may be encoded again, and no `next` at the end', async () => {
  const rig = createRig({ candidates: 25 });
  const seen: string[] = [];
  let offset: string | undefined;
  for (let round = 0; ; round += 1) {
    const query: string = offset === undefined ? '' : `&offset=${encodeURIComponent(offset)}`;
    const path = `/opportunities?limit=10&confidentiality=all${query}`;
    const { body } = await rig.call<Listed<OpportunityJson>>('GET', path);
    seen.push(...body.data.map((one) => one.id));
    if (!body.hasNext) {
      assert.ok(!('next' in body));
      break;
    }
    offset = body.next;
    assert.match(offset ?? '', /^%5B\d+%2C\d+%2C%22[0-9a-f-]{36}%22%5D$/);
    const raw = await rig.call<Listed<OpportunityJson>>(
      'GET',
      `/opportunities?offset=${offset ?? ''}`,
    );
    assert.ok((offset ?? '').includes(raw.body.data[0]?.id ?? 'none'));
    assert.ok(round < 5);
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length > 20);
});

test('answers 400 to an offset that is no token and to a limit out of range', async () => {
  const rig = createRig();
  const bad = await rig.call<{ message: string }>('GET', '/opportunities?offset=garbage%25');
  assert.equal(bad.status, 400);
  assert.match(bad.body.message, /Invalid offset token/);
  assert.equal((await rig.call('GET', '/users?offset=%5B1%5D')).status, 400);
  assert.equal((await rig.call('GET', '/users?limit=101')).status, 400);
});

test('keeps only included fields and puts objects in place of expanded ids', async () => {
  const rig = createRig();
  const { body } = await rig.call<Listed<Record<string, unknown>>>(
    'GET',
    '/opportunities?limit=1&include=id&include=name&expand=stage&expand=contact&expand=applications',
  );
  const [one] = body.data;
  assert.deepEqual(Object.keys(one ?? {}), ['id', 'name', 'stage', 'contact', 'applications']);
  assert.deepEqual(one?.['stage'], { id: 'applicant-new', text: 'New applicant' });
  const refused = await rig.call<{ message: string }>('GET', '/opportunities?expand=posting');
  assert.equal(refused.status, 400);
  assert.equal(refused.body.message, 'posting is not expandable');
});

test('filters by stage, address, contact, archive state, posting and tag, case-sensitively', async () => {
  const rig = createRig({ candidates: 200 });
  const [first] = await firstTwo(rig);
  const list = async (query: string): Promise<OpportunityJson[]> =>
    (await rig.call<Listed<OpportunityJson>>('GET', `/opportunities?${query}`)).body.data;
  const inOffer = await list('stage_id=offer');
  assert.ok(inOffer.length > 0 && inOffer.every((one) => one.stage === 'offer'));
  const both = await list('stage_id=offer&stage_id=applicant-new');
  assert.ok(both.length > inOffer.length);
  const address = (first.emails[0] ?? '').toUpperCase();
  assert.deepEqual(
    (await list(`email=${address}`)).map((one) => one.id),
    [first.id],
  );
  assert.ok((await list(`contact_id=${first.contact}`)).some((one) => one.id === first.id));
  assert.ok((await list('archived=false')).every((one) => one.archived === null));
  assert.ok((await list('archived=true')).every((one) => one.archived !== null));
  assert.ok((await list('tag=Backend%20Engineer')).length > 5);
  assert.deepEqual(await list('tag=backend%20engineer'), []);
  const union = await list('tag=remote&tag=Web');
  assert.ok(union.every((one) => one.tags.includes('remote') || one.tags.includes('Web')));
  const newest = await list(`created_at_start=${String(first.createdAt)}`);
  assert.deepEqual(
    newest.map((one) => one.id),
    [first.id],
  );
});

test('lists what advanced since an instant, though `updatedAt` may be null', async () => {
  const rig = createRig();
  const [, second] = await firstTwo(rig);
  await rig.advance(1000);
  await rig.call('PUT', `/opportunities/${second.id}/stage`, { stage: 'offer' });
  const since = `advanced_at_start=${String(rig.now())}`;
  const { body } = await rig.call<Listed<OpportunityJson>>('GET', `/opportunities?${since}`);
  assert.deepEqual(
    body.data.map((one) => one.id),
    [second.id],
  );
  assert.equal(body.data[0]?.updatedAt, rig.now());
  const before = `advanced_at_end=${String(rig.now() - 1)}`;
  const rest = await rig.call<Listed<OpportunityJson>>('GET', `/opportunities?${before}`);
  assert.ok(rest.body.data.every((one) => one.id !== second.id));
});

test('has candidates whose `updatedAt` is null and some without a job or `opportunityLocation`', async () => {
  const rig = createRig({ candidates: 100 });
  const { body } = await rig.call<Listed<OpportunityJson>>('GET', '/opportunities');
  assert.ok(body.data.some((one) => one.updatedAt === null));
  for (const one of body.data)
    assert.equal('opportunityLocation' in one, one.applications.length > 0);
  assert.ok(body.data.some((one) => one.applications.length === 0));
});

test('changes the stage, keeping the history, and answers without name and location', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const path = `/opportunities/${first.id}`;
  const actor = rig.settings['performAs'] ?? '';
  const put = await rig.call<Single>('PUT', `${path}/stage?perform_as=${actor}`, {
    stage: 'offer',
  });
  assert.equal(put.status, 200);
  assert.equal(put.body.data.name, '');
  assert.ok(!('opportunityLocation' in put.body.data));
  const { data } = (await rig.call<Single>('GET', path)).body;
  assert.equal(data.stage, 'offer');
  assert.equal(data.name, first.name);
  const change = { toStageId: 'offer', toStageIndex: 9, updatedAt: rig.now(), userId: actor };
  assert.deepEqual(data.stageChanges, [...first.stageChanges, change]);
  assert.equal((await rig.call('PUT', `${path}/stage`, { stage: 'nowhere' })).status, 400);
  assert.equal((await rig.call('PUT', `${path}/stage`, {})).status, 400);
});

test('archives with a reason, unarchives with null, and still moves an archived one', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const path = `/opportunities/${first.id}`;
  const reasons = await rig.call<Listed<{ id: string }>>('GET', '/archive_reasons?type=non-hired');
  const reason = reasons.body.data[0]?.id ?? '';
  const archived = await rig.call<Single>('PUT', `${path}/archived`, { reason });
  assert.deepEqual(archived.body.data.archived, { reason, archivedAt: rig.now() });
  const moved = await rig.call<Single>('PUT', `${path}/stage`, { stage: 'offer' });
  assert.equal(moved.body.data.archived?.reason, reason);
  const back = await rig.call<Single>('PUT', `${path}/archived`, { reason: null });
  assert.equal(back.body.data.archived, null);
  assert.equal((await rig.call('PUT', `${path}/archived`, { reason: 'none' })).status, 400);
});

test('adds and removes tags, sources and links, the links on the person', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const path = `/opportunities/${first.id}`;
  const post = async (action: string, body: unknown): Promise<OpportunityJson> =>
    (await rig.call<Single>('POST', `${path}/${action}`, body)).body.data;
  assert.ok((await post('addTags', { tags: ['brand new'] })).tags.includes('brand new'));
  const tags = await rig.call<Listed<{ text: string; count: number }>>('GET', '/tags');
  assert.deepEqual(
    tags.body.data.find((one) => one.text === 'brand new'),
    { text: 'brand new', count: 1 },
  );
  assert.ok(!(await post('removeTags', { tags: ['brand new'] })).tags.includes('brand new'));
  assert.ok((await post('addSources', { sources: ['Fair'] })).sources.includes('Fair'));
  assert.ok(!(await post('removeSources', { sources: ['Fair'] })).sources.includes('Fair'));
  assert.deepEqual((await post('addLinks', { links: ['https://a.example'] })).links, [
    'https://a.example',
  ]);
  assert.deepEqual((await post('removeLinks', { links: ['https://a.example'] })).links, []);
});

test('derives tags from the posting: renaming it or tagging it shows on its candidates', async () => {
  const rig = createRig();
  const [first] = await firstTwo(rig);
  const tagsNow = async (): Promise<string[]> =>
    (await rig.call<Single>('GET', `/opportunities/${first.id}`)).body.data.tags;
  for (const tag of ['Backend Engineer', 'Engineering', 'Platform', 'Paris', 'Full-time'])
    assert.ok((await tagsNow()).includes(tag), tag);
  const postings = await rig.call<Listed<PostingJson>>('GET', '/postings');
  const posting = postings.body.data.find((one) => one.text === 'Backend Engineer')?.id ?? '';
  await rig.act(`/jobs/${posting}/rename`, { text: 'Kernel Engineer' });
  await rig.act(`/jobs/${posting}/tags`, { tag: 'send-test' });
  assert.ok(
    (await tagsNow()).includes('Kernel Engineer') && (await tagsNow()).includes('send-test'),
  );
  assert.ok(!(await tagsNow()).includes('Backend Engineer'));
  const { body } = await rig.call<Listed<OpportunityJson>>(
    'GET',
    '/opportunities?tag=send-test&confidentiality=all',
  );
  const counts = await rig.call<Listed<{ text: string; count: number }>>('GET', '/tags');
  const count = counts.body.data.find((one) => one.text === 'send-test')?.count ?? 0;
  assert.ok(body.data.length > 0 && count >= body.data.length);
  await rig.act(`/jobs/${posting}/tags/remove`, { tag: 'send-test' });
  assert.ok(!(await tagsNow()).includes('send-test'));
});

test("creates opportunities only in a user's name and puts known addresses on one contact", async () => {
  const rig = createRig();
  const body = { name: 'Nova', emails: ['Nova@People.example'], tags: ['x'] };
  const refused = await rig.call<{ message: string }>('POST', '/opportunities', body);
  assert.equal(refused.status, 400);
  assert.equal(refused.body.message, 'Missing required parameter: perform_as');
  const path = `/opportunities?perform_as=${rig.settings['performAs'] ?? ''}`;
  const one = await rig.call<Single>('POST', path, body);
  assert.equal(one.status, 201);
  assert.ok(!('deduped' in one.body));
  assert.equal(one.body.data.stage, 'lead-new');
  const again = await rig.call<Single>('POST', path, {
    name: 'Other',
    emails: ['nova@people.example'],
  });
  assert.equal(again.body.deduped, true);
  assert.equal(again.body.data.contact, one.body.data.contact);
  assert.notEqual(again.body.data.id, one.body.data.id);
  assert.equal(again.body.data.name, 'Nova');
  assert.equal((await rig.call('POST', path, { postings: ['a', 'b'] })).status, 400);
});

test('takes multipart bodies for opportunities', async () => {
  const rig = createRig();
  const form = new FormData();
  form.append('name', 'Multi Part');
  form.append('emails[]', 'multi@people.example');
  form.append('tags[]', 'one');
  form.append('tags[]', 'two');
  const url = `${rig.settings['apiBase'] ?? ''}/opportunities?perform_as=${rig.settings['performAs'] ?? ''}`;
  const headers = { authorization: `Bearer ${rig.settings['apiKey'] ?? ''}` };
  const response = await rig.fetch(url, { method: 'POST', headers, body: form });
  const { data } = (await response.json()) as Single;
  assert.equal(response.status, 201);
  assert.deepEqual([data.emails, data.tags], [['multi@people.example'], ['one', 'two']]);
});

test('gives a contact with its location as an object and takes it as a string', async () => {
  const rig = createRig();
  const [, second] = await firstTwo(rig);
  const path = `/contacts/${second.contact}`;
  const put = await rig.call<{ data: Record<string, unknown> }>('PUT', path, {
    name: 'New Name',
    location: 'Oslo',
    emails: ['now@people.example'],
  });
  assert.ok(!('isAnonymized' in put.body.data));
  const { data } = (await rig.call<{ data: Record<string, unknown> }>('GET', path)).body;
  assert.deepEqual([data['name'], data['location']], ['New Name', { name: 'Oslo' }]);
  const found = await rig.call<Listed<OpportunityJson>>(
    'GET',
    '/opportunities?email=NOW@people.example',
  );
  assert.deepEqual(
    found.body.data.map((one) => [one.id, one.name]),
    [[second.id, 'New Name']],
  );
});

test('lists the eleven stages in the recorded order, five with slugs for ids', async () => {
  const rig = createRig();
  const { body } = await rig.call<Listed<{ id: string; text: string }>>('GET', '/stages');
  assert.equal(body.data.length, 11);
  assert.deepEqual(
    body.data.filter((one) => !/^[0-9a-f]{8}-/.test(one.id)).map((one) => one.id),
    ['lead-new', 'lead-reached-out', 'lead-responded', 'applicant-new', 'offer'],
  );
  assert.equal(body.data.at(-1)?.text, 'Background Check');
  const missing = await rig.call<Record<string, string>>('GET', '/stages/nope');
  assert.deepEqual(
    [missing.status, missing.body],
    [404, { code: 'ResourceNotFound', message: 'stages nope was not found' }],
  );
  const both = await rig.call<{ data: { stages: unknown[]; archiveReasons: unknown[] } }>(
    'GET',
    '/disposition_stages',
  );
  assert.equal(both.body.data.stages.length, 11);
  assert.ok(both.body.data.archiveReasons.length > 1);
});

test('leaves deactivated users out unless asked, and finds one by address', async () => {
  const rig = createRig();
  type Users = Listed<{ id: string; email: string; accessRole: string }>;
  const active = (await rig.call<Users>('GET', '/users')).body.data;
  const all = (await rig.call<Users>('GET', '/users?includeDeactivated=true')).body.data;
  assert.equal(all.length, active.length + 1);
  assert.deepEqual(
    new Set(all.map((one) => one.accessRole)),
    new Set(['super admin', 'admin', 'team member', 'limited team member', 'interviewer']),
  );
  const [one] = active;
  const found = (await rig.call<Users>('GET', `/users?email=${(one?.email ?? '').toUpperCase()}`))
    .body;
  assert.deepEqual(
    found.data.map((user) => user.id),
    [one?.id],
  );
});

test('adds users without a word to them, and deactivates them', async () => {
  const rig = createRig();
  interface User {
    data: { id: string; accessRole: string; deactivatedAt: number | null };
  }
  const grace = { name: 'Grace Hopper', email: 'grace@company.example' };
  const { status, body } = await rig.call<User>('POST', '/users', grace);
  assert.deepEqual([status, body.data.accessRole], [201, 'interviewer']);
  const again = { ...grace, email: 'Grace@company.example' };
  assert.equal((await rig.call('POST', '/users', again)).status, 400);
  assert.equal((await rig.call('POST', '/users', { ...again, accessRole: 'king' })).status, 400);
  assert.equal((await rig.call('POST', '/users', { name: 'Nobody' })).status, 400);
  const at = `/users/${body.data.id}`;
  const off = await rig.call<User>('POST', `${at}/deactivate`);
  assert.equal(off.body.data.deactivatedAt, rig.now());
  const on = await rig.call<User>('POST', `${at}/reactivate`);
  assert.equal(on.body.data.deactivatedAt, null);

  await rig.act('/team', { name: 'Mary Shaw', email: 'mary@company.example' });
  const page = await rig.page('/team');
  assert.match(page, /mary@company\.example/);
  const [, path = ''] =
    /action="\/lever(\/team\/[^"]+)">\s*<button aria-label="Deactivate Mary Shaw"/.exec(page) ?? [];
  await rig.act(path);
  assert.match(await rig.page('/team'), /Reactivate Mary Shaw/);
});

test('expands the people of a posting', async () => {
  const rig = createRig();
  const expand = 'expand=owner&expand=hiringManager&expand=followers';
  const { body } = await rig.call<Listed<PostingJson>>(
    'GET',
    `/postings?state=published&${expand}`,
  );
  const [posting] = body.data;
  assert.match(posting?.owner.email ?? '', /@company\.example$/);
  assert.match(posting?.hiringManager.email ?? '', /@company\.example$/);
  assert.equal(posting?.followers.length, 2);
  const one = await rig.call<{ data: PostingJson }>('GET', `/postings/${posting.id}?${expand}`);
  assert.equal(one.body.data.owner.email, posting.owner.email);
});

test('pages short lists with the same kind of token', async () => {
  const rig = createRig();
  type Users = Listed<{ id: string }>;
  const all = (await rig.call<Users>('GET', '/users')).body;
  assert.ok(!all.hasNext && !('next' in all));
  const first = (await rig.call<Users>('GET', '/users?limit=4')).body;
  assert.ok(first.hasNext);
  const rest = (await rig.call<Users>('GET', `/users?offset=${first.next ?? ''}`)).body;
  assert.deepEqual([...first.data, ...rest.data], all.data);
});
