/**
 * Templates in their order, what is told about their texts before they are saved, and what happens
 * where two change the same template, pool, person or company.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { atOnce } from '#store/testing-at-once.ts';
import { items, problem, read, startWorld, type Call, type World } from './testing.ts';
import { onlyOneWins } from './testing-at-once.ts';

let world: World;
let admin: Call;

before(async () => {
  world = await startWorld({ role: 'web' });
  admin = await world.as('super_admin');
});
after(() => world.close());

const make = async (name: string, parentId: string | null = null): Promise<string> => {
  return read(await admin('POST', '/api/v1/templates', { name, parentId }), 'id');
};

interface Listed {
  name: string;
  parentName: string | null;
}

test('a base comes before what builds upon it, page by page, whatever the names', async () => {
  const onsite = await make('Onsite');
  const again = await make('onsite');
  await make('Phone screen');
  await make('Backend', onsite);
  await make('Zebra', onsite);
  await make('Another', again);
  const expected = [...(onsite < again ? ['Onsite', 'Backend', 'Zebra', 'onsite', 'Another'] : ['onsite', 'Another', 'Onsite', 'Backend', 'Zebra']), 'Phone screen']; // prettier-ignore
  const seen: Listed[] = [];
  let cursor = '';
  do {
    const page = await admin('GET', `/api/v1/templates?limit=2${cursor}`);
    seen.push(...items<Listed>(page));
    const next = page.body['next'] as unknown as string | null;
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  assert.deepEqual(seen.map(({ name }) => name), expected);
  assert.equal(seen.find(({ name }) => name === 'Backend')?.parentName, 'Onsite');

  const children = items<Listed>(await admin('GET', `/api/v1/templates?parentId=${onsite}`));
  assert.deepEqual(children.map(({ name }) => name), ['Backend', 'Zebra']);
  const bases = items<Listed>(await admin('GET', '/api/v1/templates?parentId=none'));
  assert.equal(bases.length, 3);
  const wrong = await admin('GET', '/api/v1/templates?cursor=x');
  problem(wrong, 422, 'cursor_invalid', 'cursor');
}); // prettier-ignore

test('a text is checked while it is typed, and nothing is saved', async () => {
  const check = (text: string, context: string) =>
    admin('POST', '/api/v1/templates/check', { text, context });
  const { status, body } = await check('Hi $candidate.firstname, $Candidate.FristName', 'note');
  assert.equal(status, 200);
  assert.deepEqual(body['problems']?.['0'], {
    code: 'variable_unknown',
    variable: '$Candidate.FristName',
    at: 25,
    message:
      'There is no variable $Candidate.FristName. Did you mean $Candidate.FirstName? Write $$ for a dollar sign.',
    suggestion: '$Candidate.FirstName',
  });
  assert.equal(body['text'], 'Hi $Candidate.FirstName, $Candidate.FristName');
  const inside = await check('$Event.Feedback.Link', 'candidate_mail');
  assert.equal(inside.body['problems']?.['0']?.['code'], 'variable_internal');
  assert.equal((await check('Hi', 'nobody')).status, 422);
});

test('tells what holds where nobody says anything', async () => {
  const { body } = await admin('GET', '/api/v1/company/defaults');
  const title: unknown = body['texts']?.['candidateInvite']?.['title'];
  assert.equal(title, 'Interview with $Company.Name|us');
  assert.equal(body['maxDays'], 1);
});

describe('of several who change the same thing at once, one is served and the others are told:', () => {
  const several = (table: string, where: string, of: (name: string) => Record<string, unknown>) =>
    onlyOneWins(world, admin, { table, where, bodies: ['One', 'Two', 'Three'].map(of) });
  const person = (name: string) => ({ name, email: 'grace@example.com', zone: 'UTC' });

  for (const [noun, root, of] of [
    ['template', '/api/v1/templates', (name: string) => ({ name })],
    ['pool', '/api/v1/pools', (name: string) => ({ name, expression: 'backend' })],
  ] as const)
    test(`a ${noun}, which is not deleted unseen either`, async () => {
      const where = `${root}/${read(await admin('POST', root, of('First')), 'id')}`;
      const { before: old, now } = await several(noun, where, of);
      const remove = (tag: string) => admin('DELETE', where, undefined, { 'if-match': tag });
      problem(await remove(old), 412, 'changed_meanwhile', 'If-Match');
      assert.equal((await admin('GET', where)).status, 200);
      assert.equal((await remove(now)).status, 204);
      problem(await remove(now), 404, `${noun}_not_found`);
    });

  test('a person, also where its tags were changed with those of others', async () => {
    const id = read(await admin('POST', '/api/v1/people', person('Ada')), 'id');
    const where = `/api/v1/people/${id}`;
    const { now } = await several('person', where, person);
    const tagger = await world.as('admin');
    await tagger('POST', '/api/v1/people/tags', { personIds: [id], add: ['go'], remove: [] });
    const late = await admin('PUT', where, person('Too late'), { 'if-match': now });
    const { changed } = problem(late, 412, 'changed_meanwhile', 'If-Match');
    assert.equal(changed?.['by'], 'a admin');
    assert.match(late.text, /a admin changed it meanwhile, so nothing was done\./);
  });

  test('the company, also before anybody said anything of it', async () => {
    const where = '/api/v1/company';
    const { before: unsaid } = await several('company', where, (name) => ({ name }));
    assert.equal(unsaid, '"0"');
  });

  test('whoever names no version, or any, replaces what there is; what is no version is refused', async () => {
    const where = `/api/v1/pools/${read(await admin('POST', '/api/v1/pools', { name: 'A', expression: 'a' }), 'id')}`;
    const put = async (headers: Record<string, string>) =>
      admin('PUT', where, { name: 'A', expression: 'b' }, headers);
    for (const headers of [{}, { 'if-match': '*' }, { 'if-match': '"9", W/"3"' }])
      assert.equal((await put(headers)).status, 200, JSON.stringify(headers));
    for (const tag of ['4', '"x"', '', '"4'])
      problem(await put({ 'if-match': tag }), 422, 'input_invalid', 'If-Match');
  });
}); // prettier-ignore

test('a place has an id of its own, and a layer names no place that the company has not', async () => {
  const put = (company: object) => admin('PUT', '/api/v1/company', company);
  const berlin = { id: 'berlin', name: 'Berlin' };
  const twice = await put({ places: [berlin, { id: 'paris', name: 'Paris' }, berlin] });
  problem(twice, 422, 'input_invalid', 'places.2.id');
  // The company's own layer is held against what is being saved with it.
  const layer = { placeId: 'berlin' };
  problem(await put({ layer }), 422, 'place_unknown', 'layer.placeId');
  assert.equal((await put({ places: [berlin], layer })).status, 200);

  const save = (placeId: string | null) =>
    admin('POST', '/api/v1/templates', { name: 'Onsite there', layer: { placeId } });
  problem(await save('paris'), 422, 'place_unknown', 'layer.placeId');
  for (const known of ['berlin', null]) assert.equal((await save(known)).status, 201);
});

test('a place that a template names stays, and says which; so it does where both are saved at once', async () => {
  const put = (places: object[]) => admin('PUT', '/api/v1/company', { places });
  const [bonn, oslo] = [{ id: 'bonn', name: 'Bonn office' }, { id: 'oslo', name: 'Oslo' }];
  const at = (name: string, placeId: string | null) => ({ name, layer: { placeId } });
  const left = (await admin('GET', '/api/v1/company')).body['places'] as unknown as object[];
  assert.equal((await put([...left, bonn, oslo])).status, 200);
  const made = async (name: string): Promise<string> =>
    `/api/v1/templates/${read(await admin('POST', '/api/v1/templates', at(name, 'bonn')), 'id')}`;
  const [one, two, removed] = [await made('Onsite B'), await made('Onsite A'), await made('Left')];
  await admin('DELETE', removed);
  const refused = await put([...left, oslo]);
  problem(refused, 409, 'place_in_use', 'places');
  assert.match(refused.text, /Bonn office is named by Onsite A, Onsite B\. Choose another place/);
  await admin('PUT', one, at('Elsewhere', null));
  await admin('PUT', two, at('Anywhere', null));
  assert.equal((await put([...left, oslo])).status, 200);

  // Oslo goes while a template begins to name it.
  const [gone, named] = await atOnce(world.running.hub.db, 'company', () => [
    put(left),
    admin('PUT', one, at('In Oslo', 'oslo')),
  ]);
  const { body: company } = await admin('GET', '/api/v1/company');
  const { body: template } = await admin('GET', one);
  const stands = JSON.stringify(company['places']).includes('oslo');
  assert.equal(JSON.stringify(template['layer']).includes('oslo'), stands);
  assert.ok(gone && named);
  if (stands) problem(gone, 409, 'place_in_use', 'places');
  else problem(named, 422, 'place_unknown', 'layer.placeId');
}); // prettier-ignore

test('what was read is given back whole: what is only told is passed over, the rest is kept', async () => {
  const again = async (path: string): Promise<void> => {
    const read = (await admin('GET', path)).body;
    const { status, body, text } = await admin('PUT', path, read);
    assert.equal(status, 200, text);
    const { version, updatedAt: _now, ...given } = body;
    const { version: before, updatedAt: _then, ...expected } = read;
    assert.deepEqual(given, expected);
    assert.notEqual(version, before);
  };
  const made = async (list: string, body: object): Promise<string> =>
    `${list}/${read(await admin('POST', list, body), 'id')}`;
  await again('/api/v1/company');
  await again(await made('/api/v1/people', { name: 'Ada', email: 'ada@example.com', zone: 'UTC' }));
  await again(await made('/api/v1/pools', { name: 'Backend', expression: 'backend' }));
  const template = await made('/api/v1/templates', { name: 'Told', layer: { remote: false } });
  await again(template);
  const typo = await admin('PUT', template, { name: 'Told', createdAt: 'then', stage: 'x' });
  problem(typo, 422, 'input_unknown_field', 'stage');
});
